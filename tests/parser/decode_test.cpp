// SPDX-License-Identifier: MIT
#include "parser/decode.hpp"

#include <gtest/gtest.h>

namespace tocsin::parser {
namespace {

using namespace std::string_literals;

TEST(Decode, BelievesAByteOrderMarkBeforeAnyLabel) {
  const auto decoded = decode("\xFF\xFEh\0i\0"s, "text/xml; charset=koi8-r");
  EXPECT_EQ(decoded.text, "hi");
  EXPECT_EQ(decoded.encoding, "utf-16le");
}

TEST(Decode, ReadsUtf16AndUtf32WithoutAMark) {
  EXPECT_EQ(decode("<\0a\0>\0"s, "").text, "<a>");
  EXPECT_EQ(decode("\0\0\0<\0\0\0a"s, "").text, "<a");
}

TEST(Decode, LeavesValidUtf8AloneWhateverTheLabelsSay) {
  const auto decoded = decode("<?xml encoding='windows-1251'?>Путин", "text/xml; charset=latin1");
  EXPECT_EQ(decoded.encoding, "utf-8");
  EXPECT_TRUE(decoded.text.ends_with("Путин"));
}

TEST(Decode, PrefersTheTransportsLabelToTheDocuments) {
  EXPECT_EQ(
      decode("<?xml encoding='koi8-r'?>\xCF\xF3\xF2\xE8\xED", "text/xml; charset=windows-1251")
          .text.substr(25),
      "Путин");
}

TEST(Decode, ReadsLegacyLabelsAsTheirSupersets) {
  EXPECT_EQ(decode("\x93\xE9\x94", "text/xml; charset=iso-8859-1").text, "“é”");
}

TEST(Decode, TakesALabelForALieThatMakesNoTextOfTheBytes) {
  const auto decoded = decode("<t>Президент сказал</t>"s.substr(0, 3) +
                                  "\xCF\xF0\xE5\xE7\xE8\xE4\xE5\xED\xF2 \xF1\xEA\xE0\xE7\xE0\xEB, "
                                  "\xF7\xF2\xEE \xE2\xF1\xE5 \xF5\xEE\xF0\xEE\xF8\xEE</t>",
                              "text/xml; charset=utf-8");
  EXPECT_EQ(decoded.encoding, "windows-1251");
  EXPECT_EQ(decoded.text, "<t>Президент сказал, что все хорошо</t>");
  EXPECT_FALSE(decoded.warning.empty());
}

TEST(Decode, NamesACharsetByPlainSignsAlone) {
  EXPECT_EQ(decode("\xA4\x40",
                   "text/xml; charset=big\xC1"
                   "5")
                .encoding,
            "big5-hkscs");
}

TEST(Decode, ReadsUtf16BehindABlank) {
  EXPECT_EQ(decode("\n\0<\0a\0"s, "").text, "\n<a");
  EXPECT_EQ(decode("\0\0\0\n\0\0\0<"s, "").text, "\n<");
}

TEST(Decode, GuessesThaiWhichHasNoLabel) {
  // Three words, one of an odd number of letters.
  const auto thai = decode(
      "<t>\xA2\xE8\xD2\xC7\xA8\xD2\xA1\xE0\xC1\xD7\xCD\xA7\xCB\xC5\xC7\xA7 "
      "\xC3\xD1\xB0\xCA\xC0\xD2\xC1\xD5\xC1\xD5 \xE0\xC1\xD7\xCD\xA7</t>"s,
      "");
  EXPECT_EQ(thai.encoding, "windows-874");
  EXPECT_EQ(thai.text, "<t>ข่าวจากเมืองหลวง รัฐสภามีมี เมือง</t>");
}

TEST(Decode, JoinsSurrogatesThatWereWrittenAsUtf8) {
  EXPECT_EQ(decode("<t>\xED\xA0\xBD\xED\xB8\x80</t>", "").text, "<t>😀</t>");
}

TEST(Decode, KeepsUtf8WithOneBadByte) {
  std::string text;
  for (int i = 0; i < 10; ++i) text += "Астана ";
  const auto decoded = decode(text + "\xE9", "");
  EXPECT_EQ(decoded.text, text + "é");
  EXPECT_EQ(decoded.encoding, "utf-8");
}

}  // namespace
}  // namespace tocsin::parser
