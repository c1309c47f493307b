// SPDX-License-Identifier: MIT
// How words are looked up: the keys that two spellings share, the table of keys, and that many
// names are found as each alone would be.
#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/names/detail/comparer.hpp"
#include "rules/names/detail/key_table.hpp"
#include "rules/names/detail/skeleton.hpp"
#include "rules/names/detail/sound_table.hpp"
#include "rules/names/detail/spelling.hpp"
#include "rules/names/detail/wade_giles.hpp"
#include "tests/rules/names/support.hpp"
#include "text/fold.hpp"

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
  names::fill(table, [](auto tell) {
    for (std::uint32_t i = 0; i < 5000; ++i) tell(names::pair_key(i % 1000, 7), i);
  });
  std::vector<std::uint32_t> found;
  table.find(names::pair_key(3, 7), found);
  EXPECT_THAT(found, testing::UnorderedElementsAre(3U, 1003U, 2003U, 3003U, 4003U));
  found.clear();
  table.find(names::pair_key(7, 3), found);
  EXPECT_TRUE(found.empty());
}

/// What a comparison accepts must never be put aside by its first sounds.
TEST(SoundTable, RulesOutNoPartThatTheComparisonAccepts) {
  constexpr std::string_view kNames[] = {
      "Khamenei", "Khomeini", "Mohammad",    "Muhammed",  "Jo",        "E",      "Zelensky",
      "Putin",    "Leo",      "Schmidt",     "Wei",       "Alexander", "Larry",  "Shevardnadze",
      "Jonathan", "Johanna",  "Tchaikovsky", "Netanyahu", "O'Brien",   "Yeltsin"};
  constexpr std::string_view kWords[] = {
      "Khamenei",    "Chamenei", "Хаменеи",   "Хаменеи",    "Mohamed", "محمد",
      "Jo",          "E",        "Zelenskiy", "Зеленского", "Putina",  "Poutine",
      "Lea",         "Schmitt",  "Way",       "Aleksandr",  "Lary",    "Шеварднадзе",
      "Chaikovskij", "נתניהו",   "ולפוטין",   "Jelzin",     "푸틴",    "普京"};
  std::vector<names::Part> parts;
  for (const std::string_view name : kNames)
    parts.push_back({.folded = text::fold(name),
                     .symbols = names::encode(name, names::script_of(name)),
                     .script = names::script_of(name)});
  names::SoundTable table;
  constexpr std::uint64_t kKey = 42;
  names::fill(table, [&](auto tell) {
    for (std::uint32_t i = 0; i < parts.size(); ++i) tell(kKey, i, parts[i].symbols);
  });
  const names::People nobody;
  names::Comparer comparer;
  names::WordCache words(comparer);
  int accepted = 0, ruled_out = 0;
  for (const std::string_view written : kWords)
    for (const auto role : {names::Role::given, names::Role::family})
      for (const float most : {0.06F, 0.14F, 1.0F}) {
        const names::Word& word = words.at(written, names::script_of(written), nobody);
        names::SoundBound bound;
        comparer.bound(word, role, most, bound);
        std::vector<std::uint32_t> found;
        table.find(kKey, bound, found);
        ruled_out += static_cast<int>(parts.size() - found.size());
        for (std::uint32_t i = 0; i < parts.size(); ++i) {
          if (!comparer.compare_anew(word, parts[i], role, most).within) continue;
          ++accepted;
          EXPECT_THAT(found, testing::Contains(i)) << written << " and " << kNames[i];
        }
      }
  EXPECT_GT(accepted, 50);
  EXPECT_GT(ruled_out, 1000);
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
