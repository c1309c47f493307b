// SPDX-License-Identifier: MIT
#include "notifier/context.hpp"

#include <gtest/gtest.h>

#include "tests/notifier/sample.hpp"

namespace tocsin::notifier {
namespace {

std::string marked(const EventHit& hit) {
  auto text = hit.context;
  return text.insert(hit.context_end, "]").insert(hit.context_start, "[");
}

EventHit hit_on(const std::string& words, const std::string& text) {
  return sample::hit("w", Field::body, words, text);
}

TEST(Context, IsTheWholeTextWhereThatIsShort) {
  EXPECT_EQ(marked(hit_on("JCPOA", "about the JCPOA, again")), "about the [JCPOA], again");
}

TEST(Context, StandsOnOneLine) {
  EXPECT_EQ(marked(hit_on("peace\ntalks", "the\tlong \n peace\ntalks\r\nin Astana")),
            "the long [peace talks] in Astana");
}

TEST(Context, EndsWithTheParagraph) {
  EXPECT_EQ(marked(hit_on("JCPOA", "one.\n\ntwo JCPOA three\n\nfour")), "… two [JCPOA] three …");
}

TEST(Context, CutsAtWordsWithAMark) {
  std::string text;
  for (int i = 100; i < 200; ++i) text += "word" + std::to_string(i) + " ";
  const auto hit = hit_on("word150", text);
  EXPECT_TRUE(hit.context.starts_with("… word1")) << hit.context;
  EXPECT_TRUE(hit.context.ends_with(" …")) << hit.context;
  EXPECT_LT(hit.context.size(), 300U);
  EXPECT_NE(marked(hit).find(" [word150] word151"), std::string::npos);
}

TEST(Context, NeverCutsACharacter) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "核";
  const auto hit = make_hit("w", {Field::body, 330, 336, "核核", "核核", ""}, text);
  EXPECT_EQ(hit.context.substr(hit.context_start, hit.context_end - hit.context_start), "核核");
  EXPECT_TRUE(hit.context.starts_with("… 核"));
}

TEST(Context, ShowsTheHitAloneWhenItsOffsetsDoNotFit) {
  EXPECT_EQ(marked(make_hit("w", {Field::body, 90, 95, "JCPOA", "JCPOA", ""}, "short")), "[JCPOA]");
}

TEST(Context, CutsASpanThatIsTooLong) {
  std::string text = "start ";
  for (int i = 0; i < 500; ++i) text += "long ";
  const auto hit = make_hit(
      "w", {Field::body, 6, static_cast<std::uint32_t>(text.size()), text.substr(6), "", ""}, text);
  EXPECT_LT(hit.context.size(), 420U);
  EXPECT_LE(hit.context_end, hit.context.size());
}

}  // namespace
}  // namespace tocsin::notifier
