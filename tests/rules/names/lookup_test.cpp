// SPDX-License-Identifier: MIT
// How words are looked up: the keys that two spellings share, the table of keys, and that many
// names are found as each alone would be.
#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/names/detail/key_table.hpp"
#include "rules/names/detail/skeleton.hpp"
#include "rules/names/detail/spelling.hpp"
#include "rules/names/detail/wade_giles.hpp"
#include "tests/rules/names/support.hpp"

namespace tocsin::rules {
namespace {

using names::Keys;
using names::KeyTable;
using names::Script;
using names::Side;

Keys keys(std::string_view word, Side side) {
  Keys out;
  names::add_keys(names::encode(word, names::script_of(word)), side, names::Reach::one_apart, out);
  return out;
}

bool meet(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  return std::find_first_of(a.begin(), a.end(), b.begin(), b.end()) != a.end();
}

bool meet(const Keys& watched, const Keys& text) {
  return meet(watched.full, text.full) || meet(watched.full, text.amiss) ||
         meet(watched.near, text.near);
}

struct Spellings {
  std::string_view watched, text;
};

TEST(Skeleton, IsSharedBySpellingsThatSoundAlike) {
  constexpr Spellings kCases[] = {
      {"Khamenei", "Хаменеи"},  {"Khamenei", "خامنه‌ای"},
      {"Khamenei", "Chamenei"}, {"Putin", "Poutine"},
      {"Putin", "プーチン"},    {"Zelensky", "Selenskyj"},
      {"Hussein", "Khusein"},   {"Gough", "Гоф"},
      {"Erdogan", "Erdoğan"},   {"Mohammad", "Muhammed"},
  };
  for (const auto& [watched, text] : kCases) {
    const Side side = names::script_of(text) == Script::latin ? Side::latin_text : Side::other_text;
    const Keys a = keys(watched, Side::watched), b = keys(text, side);
    EXPECT_TRUE(meet(a, b)) << watched << " and " << text;
  }
}

TEST(Skeleton, OfANameWithOneSlipMeetsTheNameAlthoughItIsNotTheSame) {
  for (const std::string_view slip : {"Shamkani", "Shamkhnani", "Shamkhati", "Shakmhani"}) {
    const Keys a = keys("Shamkhani", Side::watched), b = keys(slip, Side::latin_text);
    EXPECT_TRUE(meet(a, b)) << slip;
  }
  EXPECT_FALSE(meet(keys("Khomeini", Side::watched).full, keys("Putin", Side::latin_text).full));
}

TEST(WadeGiles, SpellsPinyinTheOldWay) {
  const std::pair<std::string_view, std::string_view> kCases[] = {
      {"zedong", "tsetung"},     {"enlai", ""},          {"zhou", "chou"},
      {"xiaoping", "hsiaoping"}, {"guofeng", "kuofeng"}, {"xiannian", "hsiennien"},
      {"zemin", "tsemin"},       {"smith", ""},          {"jong", ""}};
  for (const auto& [pinyin, wade] : kCases) EXPECT_EQ(names::wade_giles(pinyin), wade) << pinyin;
}

TEST(KeyTable, GivesEveryNumberOfAKeyAndNoOther) {
  KeyTable table;
  names::fill(table, [](auto visit) {
    for (std::uint32_t i = 0; i < 5000; ++i) visit(names::pair_key(i % 1000, 7), i);
  });
  std::vector<std::uint32_t> found;
  table.find(names::pair_key(3, 7), found);
  EXPECT_THAT(found, testing::UnorderedElementsAre(3U, 1003U, 2003U, 3003U, 4003U));
  found.clear();
  table.find(names::pair_key(7, 3), found);
  EXPECT_TRUE(found.empty());
}

TEST(Names, AreFoundAmongManyAsEachAlone) {
  std::vector<EntitySpec> all;
  for (const auto name : {"Ali Khamenei", "Vladimir Putin", "Recep Tayyip Erdogan", "Kim Jong-un",
                          "Angela Merkel", "Benjamin Netanyahu", "Volodymyr Zelensky",
                          "Herbert von Karajan", "Ali Larijani", "Boris Johnson"})
    all.push_back(person(name));
  constexpr std::string_view kTexts[] = {
      "Ayatollah Ali Khamenei met Wladimir Putin and R. T. Erdogan in Sochi.",
      "Владимиром Путиным и Ангелой Меркель, Эрдоган Реджеп Тайип",
      "Kim Jong Un, Binyamin Netanjahu, Zelenskyy Volodymyr; Larijani, Ali",
      "وقال علي خامنئي وفلاديمير بوتين",
      "von Karajan, Herbert",
      "ウラジーミル・プーチン",
      "Boris Jonson and Johnson, Boris. Putin. Prime Minister Boris Johnson's",
  };
  for (const std::string_view text : kTexts) {
    std::vector<std::string> alone;
    for (std::size_t i = 0; i < all.size(); ++i)
      for (const std::string& hit : found({all[i]}, text))
        alone.push_back(std::to_string(i) + ":" + hit);
    EXPECT_THAT(found(all, text), testing::UnorderedElementsAreArray(alone)) << text;
    EXPECT_FALSE(alone.empty()) << text;
  }
}

}  // namespace
}  // namespace tocsin::rules
