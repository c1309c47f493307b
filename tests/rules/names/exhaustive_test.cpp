// SPDX-License-Identifier: MIT
// The fast lookup beside a slow one that leaves nothing out: every piece of a text is tried as the
// family name of every watched person.
#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "rules/names/detail/assembler.hpp"
#include "rules/names/detail/candidates.hpp"
#include "rules/names/detail/skeleton.hpp"
#include "tests/rules/names/support.hpp"
#include "text/fold.hpp"

namespace tocsin::rules {
namespace {

using namespace names;

constexpr std::string_view kGiven[] = {"Ali",      "Vladimir", "Angela", "Mohammad",
                                       "Benjamin", "Martin",   "Jean"};
constexpr std::string_view kFamily[] = {"Khamenei", "Putin",     "Merkel", "Larijani",
                                        "Johnson",  "Shamkhani", "Lopez"};
constexpr std::size_t kCommon = std::size(kGiven);
static_assert(std::size(kFamily) == kCommon);

/// Spellings of the first given and family names above, in their order, by language.
constexpr std::string_view kGivenSpelled[][4] = {
    {"Ali", "Vladimir", "Angela", "Mohammad"}, {"Aly", "Wladimir", "Anghela", "Muhammed"},
    {"Али", "Владимир", "Ангела", "Мохаммад"}, {"علي", "فلاديمير", "أنغيلا", "محمد"},
    {"עלי", "ולדימיר", "אנגלה", "מוחמד"},      {"Άλι", "Βλαντίμιρ", "Άνγκελα", "Μοχάμαντ"}};
constexpr std::string_view kFamilySpelled[][4] = {
    {"Khamenei", "Putin", "Merkel", "Larijani"},  {"Chamenei", "Poutine", "Merkell", "Laridjani"},
    {"Хаменеи", "Путин", "Меркель", "Лариджани"}, {"خامنئي", "بوتين", "ميركل", "لاريجاني"},
    {"חמינאי", "פוטין", "מרקל", "לאריג'אני"},     {"Χαμενεΐ", "Πούτιν", "Μέρκελ", "Λαριτζανί"}};

/// `word`, with a slip of the hand in one of three where it is ASCII.
std::string slipped(std::string word, std::mt19937& random) {
  if (static_cast<unsigned char>(word[0]) >= 0x80 || random() % 3 != 0) return word;
  const std::size_t at = 1 + random() % (word.size() - 1);
  switch (random() % 3) {
    case 0: word.erase(at, 1); break;
    case 1: word[at] = "bdkmnrstlaeiou"[random() % 14]; break;
    default: std::swap(word[at], word[word.size() - 1]); break;
  }
  return word;
}

/// A given and a family name, some of watched people and some of nobody.
std::string some_name(std::mt19937& random) {
  if (random() % 2 == 0)
    return slipped(std::string(kGiven[random() % kCommon]), random) + " " +
           slipped(std::string(kFamily[random() % kCommon]), random);
  const std::size_t language = random() % std::size(kGivenSpelled);
  const auto given = std::string(kGivenSpelled[language][random() % 4]);
  const auto family = std::string(kFamilySpelled[language][random() % 4]);
  return random() % 4 == 0 ? family + ", " + given : given + " " + family;
}

struct Searched {
  People people;
  UnitText text;
  Comparer comparer;
  WordCache words{comparer};
  std::vector<Candidate> fast, all;

  using Found = std::set<std::pair<std::uint32_t, std::uint32_t>>;  // person, byte

  Searched(const std::vector<EntitySpec>& specs, std::string_view article) {
    PeopleBuilder builder;
    for (std::uint32_t i = 0; i < specs.size(); ++i)
      if (!builder.add(i, specs[i], specs[i].name.text)) ADD_FAILURE() << specs[i].name.text;
    people = std::move(builder).finish({});
    text::tokenize(article, tokens);
    words.use(1);
    read_units({Field::body, article, tokens}, people, words, text);
    CandidateFinder finder;
    finder.find(text, people, words, comparer, fast);
    for (std::uint32_t piece = 0; piece < text.pieces.size(); ++piece)
      for (std::uint32_t name = 0; name < people.names.size(); ++name)
        for (const bool whole : {false, true}) all.push_back({piece, name, whole});
  }

  Found found(const std::vector<Candidate>& candidates) {
    std::vector<Mention> mentions;
    assemble(text, people, candidates, words, comparer, mentions);
    Found out;
    for (const Mention& mention : mentions) out.insert({mention.entity, mention.start});
    return out;
  }

  /// True when some two pieces of one script share the keys of a given and a family name of `name`.
  bool shares_keys(const PersonName& name) {
    const auto meets = [&](const Word& word, std::span<const NamePart> parts) {
      return std::any_of(parts.begin(), parts.end(), [&](const NamePart& part) {
        Keys keys;
        add_keys(people.parts[part.part].symbols, Side::watched, Reach::same, keys);
        const auto& own = word.as_family.full;
        return std::find_first_of(own.begin(), own.end(), keys.full.begin(), keys.full.end()) !=
               own.end();
      });
    };
    for (const Piece& piece : text.pieces) words.find_givens(*piece.word, people);
    for (const Piece& first : text.pieces)
      for (const Piece& last : text.pieces)
        if (&first != &last && first.word->script == last.word->script && !first.joined &&
            !last.joined &&
            std::any_of(first.word->givens.begin(), first.word->givens.end(),
                        [&](const PartLike& like) { return of(name, like.part); }) &&
            meets(*last.word, people.family(name)))
          return true;
    return false;
  }

 private:
  bool of(const PersonName& name, std::uint32_t part) const {
    const auto given = people.given(name);
    return std::any_of(given.begin(), given.end(),
                       [&](const NamePart& one) { return one.part == part; });
  }
  std::vector<text::Token> tokens;
};

std::vector<EntitySpec> some_people(std::mt19937& random, std::size_t count) {
  std::vector<EntitySpec> out;
  for (std::size_t i = 0; i < count; ++i)
    out.push_back(person(std::string(kGiven[random() % kCommon]) + " " +
                         std::string(kFamily[random() % kCommon])));
  // Whose a family name alone is depends on who else is named.
  for (EntitySpec& spec : out) spec.bare_surname = BareSurname::never;
  return out;
}

TEST(Lookup, FindsWhatAnExhaustiveOneFindsWhereTheKeysAgree) {
  std::mt19937 random(7);
  std::size_t mentions = 0;
  for (int round = 0; round < 1500; ++round) {
    const auto specs = some_people(random, 12);
    const std::string article = some_name(random);
    Searched searched(specs, article);
    const auto fast = searched.found(searched.fast);
    const auto slow = searched.found(searched.all);
    mentions += fast.size();
    for (const auto& mention : fast)
      EXPECT_TRUE(slow.contains(mention)) << specs[mention.first].name.text << " in " << article;
    for (const auto& mention : slow) {
      const bool must = searched.shares_keys(searched.people.names[mention.first]);
      EXPECT_TRUE(!must || fast.contains(mention))
          << specs[mention.first].name.text << " in " << article;
    }
  }
  EXPECT_GT(mentions, 100U);
}

TEST(Lookup, FindsAmongManyWhatItFindsAlone) {
  std::mt19937 random(11);
  std::size_t mentions = 0;
  for (int round = 0; round < 300; ++round) {
    const auto specs = some_people(random, 8);
    const std::string article =
        some_name(random) + " and " + some_name(random) + ". " + some_name(random);
    std::vector<std::string> alone;
    for (std::size_t i = 0; i < specs.size(); ++i)
      for (const std::string& hit : found({specs[i]}, article))
        alone.push_back(std::to_string(i) + ":" + hit);
    auto together = found(specs, article);
    std::sort(alone.begin(), alone.end());
    std::sort(together.begin(), together.end());
    EXPECT_EQ(together, alone) << article;
    mentions += alone.size();
  }
  EXPECT_GT(mentions, 50U);
}

}  // namespace
}  // namespace tocsin::rules
