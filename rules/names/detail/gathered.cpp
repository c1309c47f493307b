// SPDX-License-Identifier: MIT
// When what stands in a text is enough to be a watched name: limits found by measuring, each for a
// kind of text that was misread without it.
#include "rules/names/detail/gathered.hpp"

#include "rules/names/detail/lexicon.hpp"

namespace tocsin::rules::names {
namespace {

/// True for a family name in front with nothing to say that it is one.
bool turned(const Gathered& g, const PersonName& name) {
  return g.family_first && !g.comma && !name.all_given && !g.marked;
}

/// In its own script a name is hardly respelled where something else is odd about it.
bool plain_enough(const UnitText& text, const Gathered& g, const PersonName& name, Script in) {
  constexpr float kPlain = 0.02F, kFormApart = 0.045F, kNearlyPlain = 0.065F, kGiven = 0.1F;
  if (in != Script::latin || name.script != in || name.fuzzy == Fuzzy::loose) return true;
  const float respelled = (g.cost - g.price) / static_cast<float>(g.length);
  if (turned(g, name)) {
    // "Judge James" is a judge, "White House" no José.
    const bool title = text.units[g.first].is(kTitle);
    if (g.form || g.bracket || title || g.given_cost > kGiven) return false;
    return respelled <= kPlain;
  }
  if (!g.given) return respelled <= kPlain;
  if (g.form && g.fillers > 0) return respelled <= kFormApart;
  return (g.fillers == 0 && !g.form) || respelled <= kNearlyPlain;
}

/// What scripts without vowels ask for beyond the joint limit.
bool sparse_enough(const Gathered& g, float each) {
  constexpr float kReversed = 0.045F, kListed = 0.115F, kApart = 0.08F;
  if (g.family_first) return each <= (g.comma ? kListed : kReversed);
  return g.fillers == 0 || each <= kApart;
}

/// What the order and the script ask for beyond the joint limit.
bool sure_enough(const UnitText& text, const Gathered& g, Script in, float each) {
  constexpr float kBeginning = 0.1F;
  constexpr std::uint32_t kBytes = 3;  // of a character of Han
  // Any word may begin a sentence, and looks like a name there.
  if (g.family_first && !g.comma && text.units[g.first].first_of_sentence && each > kBeginning)
    return false;
  switch (in) {
    case Script::arabic:
    case Script::hebrew: return sparse_enough(g, each);
    case Script::kana: return !g.family_first || text.units[g.last - 1].gap != Gap::dot;
    case Script::han: return !g.family_first && each <= han_limit((g.end - g.start) / kBytes);
    default: return true;
  }
}

/// True when initials alone stand for the given names well enough.
bool initials_do(const Gathered& g, const PersonName& name, const Likeness& family) {
  constexpr float kSure = 0.12F;
  constexpr int kShortest = 3;  // symbols of the family name
  return g.fillers == 0 && name.fuzzy != Fuzzy::off && family.length >= kShortest &&
         g.cost <= kSure * static_cast<float>(g.length);
}

/// In small letters only the very words are a name, and not "will star".
bool small_letters_do(const Gathered& g, float each) {
  constexpr float kNearlySame = 0.03F;
  return each <= kNearlySame && g.given && g.fillers == 0 && !g.family_first &&
         (g.cost <= 0 || g.capital);
}

}  // namespace

std::optional<float> cost_of_name(const UnitText& text, const Gathered& g, const PersonName& name,
                                  Script in, const Likeness& family) {
  constexpr float kFiller = 0.01F, kOneOfMany = 0.08F;
  const bool missing = (g.mask & name.given_mask) != name.given_mask;
  if (!g.given && (!g.initial || !initials_do(g, name, family))) return std::nullopt;
  if (name.all_given && (!g.given || missing)) return std::nullopt;
  // A stranger between given and family name is a given name, so none of ours may be missing.
  if (g.given && g.fillers > 0 && missing) return std::nullopt;
  const float parts = g.cost / static_cast<float>(g.length);
  if (parts > joint_limit(in, name.fuzzy)) return std::nullopt;
  const float each = parts + kFiller * static_cast<float>(g.fillers);
  // Of several given names one that is respelled says little beside a respelled family name.
  if (in == Script::latin && missing && family.cost > kExact && each > kOneOfMany)
    return std::nullopt;
  if (!sure_enough(text, g, in, each) || !plain_enough(text, g, name, in)) return std::nullopt;
  if (g.lower && !small_letters_do(g, each)) return std::nullopt;
  return each;
}

}  // namespace tocsin::rules::names
