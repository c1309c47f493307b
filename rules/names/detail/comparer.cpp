// SPDX-License-Identifier: MIT
#include "rules/names/detail/comparer.hpp"

#include <algorithm>
#include <limits>

namespace tocsin::rules::names {
namespace {

constexpr float kHundred = 100;     // costs of an alignment are hundredths
constexpr float kJoined = 0.1F;     // a long name forgives the loss of half a neighbour
constexpr float kClitic = 0.15F;    // what leaving one out costs
constexpr std::size_t kFewest = 2;  // symbols of a word that is compared
constexpr float kSame = 0.02F;      // cost below which nothing was respelled

bool leaves_vowels_out(Script script) {
  return script == Script::arabic || script == Script::hebrew;
}

Alignment::Omits omits(Script script) {
  if (leaves_vowels_out(script)) return Alignment::Omits::vowels;
  if (script == Script::hangul) return Alignment::Omits::final_r;
  return script == Script::han ? Alignment::Omits::final_r_l : Alignment::Omits::nothing;
}

/// Of the very word: its letters, or its sounds where letters are syllables.
std::uint8_t length_of(const Word& word, const Part& part) {
  constexpr std::size_t kMost = 40;
  return static_cast<std::uint8_t>(
      std::min(std::max<std::size_t>(word.length, part.symbols.size()), kMost));
}

/// The greatest cost of a word of `whole` symbols that is a part of `other`. The longer side
/// counts, and a script without vowels is compared with longer names.
std::int16_t limit_of(Script script, std::size_t whole, std::size_t other, float budget) {
  const float stretch = leaves_vowels_out(script) ? 1.6F : 1.15F;
  const float longest =
      std::min(stretch * static_cast<float>(whole), static_cast<float>(std::max(whole, other)));
  return static_cast<std::int16_t>(kHundred * budget * longest);
}

/// The greatest cost a symbol of `word` as it is spoken.
float budget_for(const Word& word, const Spoken& spoken, float most) {
  const float budget =
      std::min(most, word.joined ? kJoined : names::budget_of(word.script, Fuzzy::loose));
  return std::min(budget, spoken.evidence);
}

/// Respelling has to stop at what is a name of its own: Morton is not Martin, Maria is not Mario.
bool is_another_name(const Word& word, const Part& part, Role role, const Likeness& like) {
  constexpr float kSameName = 0.05F;
  if (word.script != Script::latin || part.script != Script::latin || like.cost <= kSame)
    return false;
  if (role != Role::given) return word.given || word.common_family;
  return word.given && like.each() > kSameName;
}

}  // namespace

float budget_of(Script script, Fuzzy fuzzy) noexcept {
  const float stretch = fuzzy == Fuzzy::loose ? 1.25F : 1.0F;
  switch (script) {
    case Script::latin: return 0.175F * stretch;
    case Script::arabic:
    case Script::hebrew: return 0.22F * stretch;
    case Script::han: return 0.28F * stretch;
    case Script::hangul:
    case Script::kana: return 0.24F * stretch;
    default: return 0.2F * stretch;
  }
}

float joint_limit(Script script, Fuzzy fuzzy) noexcept {
  if (fuzzy == Fuzzy::off) return 0.001F;
  const float stretch = fuzzy == Fuzzy::loose ? 1.25F : 1.0F;
  switch (script) {
    case Script::latin: return 0.12F * stretch;
    case Script::arabic:
    case Script::hebrew: return 0.13F * stretch;
    case Script::han: return 0.22F * stretch;
    case Script::hangul: return 0.18F * stretch;
    case Script::kana: return 0.14F * stretch;
    default: return 0.16F * stretch;
  }
}

void Comparer::forget() noexcept {
  prepared_ = {};
  if (!remembers_) return;
  remembers_ = false;
  std::fill(known_.begin(), known_.end(), Known{});
}

Comparer::Known& Comparer::known(const Word& word, const Part& part, Role role) {
  auto key = reinterpret_cast<std::uintptr_t>(&word) * 0x9FB21C651E98DF25ULL;     // NOLINT
  key = (key ^ reinterpret_cast<std::uintptr_t>(&part)) * 0x9E3779B97F4A7C15ULL;  // NOLINT
  return known_[((key >> 32U) + static_cast<std::size_t>(role)) % kKnown];
}

Likeness Comparer::compare(const Word& word, const Part& part, Role role) {
  Known& place = known(word, part, role);
  const bool same = place.word == &word && place.part == &part && place.role == role;
  if (!same) {
    place = {&word, &part, compare_anew(word, part, role), role};
    remembers_ = true;
  }
  return place.like;
}

Likeness Comparer::compare_anew(const Word& word, const Part& part, Role role, float most) {
  Likeness best;
  for (const Spoken& spoken : word.spoken) {
    if (spoken.clitic == 0 && spoken.folded == part.folded)
      return {0, 0, length_of(word, part), 0, true, true};
    const Likeness like = align(word, spoken, part, role, budget_for(word, spoken, most));
    if (like.within && (!best.within || like.cost < best.cost)) best = like;
  }
  return best;
}

void Comparer::bound(const Word& word, Role role, float most, SoundBound& out) {
  constexpr std::int16_t kMuch = 1000;
  out.least.fill(kMuch);
  out.least[0] = 0;
  out.most.fill(-1);
  out.most[0] = std::numeric_limits<std::int16_t>::max();  // sounds that are not known
  for (const Spoken& spoken : word.spoken) {
    const std::size_t whole = spoken.symbols.size();
    if (whole > Alignment::kLongest) continue;
    const auto& least = prepare(word, spoken, role).least_costs();
    std::transform(least.begin(), least.end(), out.least.begin(), out.least.begin(),
                   [](std::int16_t a, std::int16_t b) { return std::min(a, b); });
    out.most[whole] = std::max<std::int16_t>(out.most[whole], 0);  // the very word
    if (whole < kFewest) continue;
    const float budget = budget_for(word, spoken, most);
    for (std::size_t length = 1; length < out.most.size(); ++length)
      out.most[length] = std::max(out.most[length], limit_of(word.script, whole, length, budget));
  }
}

Alignment& Comparer::prepare(const Word& word, const Spoken& spoken, Role role) {
  const auto at = static_cast<std::size_t>(role);
  if (prepared_[at] != &spoken) {
    alignments_[at].prepare(spoken.symbols, omits(word.script));
    prepared_[at] = &spoken;
  }
  return alignments_[at];
}

/// What is somebody else's watched family name is hardly respelled, but perhaps that other is the
/// same person in another spelling: then the two have their consonants in common.
bool Comparer::is_anothers(const Word& word, const Part& part, const Likeness& like) const {
  constexpr float kHardly = 0.04F, kOtherSpelling = 0.11F;
  if (people_ == nullptr || word.exact_keys.empty() || part.keys == 0) return false;
  if (word.script != Script::latin || part.script != Script::latin) return false;
  if (like.each() <= kHardly) return false;
  if (like.each() > kOtherSpelling) return true;
  const auto own = people_->keys(part);
  return std::find_first_of(own.begin(), own.end(), word.exact_keys.begin(),
                            word.exact_keys.end()) == own.end();
}

Likeness Comparer::align(const Word& word, const Spoken& spoken, const Part& part, Role role,
                         float budget) {
  Likeness out;
  const std::string& other = part.symbols;
  const std::size_t whole = spoken.symbols.size();
  if (whole < kFewest || whole > Alignment::kLongest) return out;
  if (other.empty() || other.size() > Alignment::kLongest) return out;
  // Characters of Han sound like much: one sound is too little, the Z of Jay-Z.
  if (other.size() < kFewest && word.script == Script::han) return out;
  Alignment& work = prepare(word, spoken, role);
  Alignment::Row row;
  if (!work.run(other, limit_of(word.script, whole, other.size(), budget), row)) return out;
  float cost = static_cast<float>(Alignment::cost(row, whole)) / kHundred;
  std::size_t used = whole;
  float ending = 0;
  for (const Stem& stem : spoken.stems) {
    if (stem.length > whole) continue;
    const float price = static_cast<float>(Alignment::cost(row, stem.length)) / kHundred;
    if (price + stem.price >= cost) continue;
    cost = price + stem.price;
    ending = stem.price;
    used = stem.length;
  }
  const std::size_t length = std::max(used, other.size());
  const bool same = cost == 0 && spoken.folded == part.folded;
  out = {cost,          ending, static_cast<std::uint8_t>(length),
         spoken.clitic, same,   cost <= budget * static_cast<float>(length)};
  if (is_another_name(word, part, role, out) ||
      (role != Role::given && is_anothers(word, part, out)))
    out.within = false;
  if (spoken.clitic != 0) out.cost += kClitic;
  return out;
}

}  // namespace tocsin::rules::names
