// SPDX-License-Identifier: MIT
#include "rules/names/detail/words.hpp"

#include <algorithm>
#include <iterator>

#include "rules/names/detail/comparer.hpp"
#include "rules/names/detail/lexicon.hpp"
#include "text/fold.hpp"
#include "text/tokenizer.hpp"

namespace tocsin::rules::names {
namespace {

constexpr std::size_t kMostWords = 50'000;  // some 50 MB of words met

/// In a script without vowels a short word says little: then it must agree nearly exactly.
float evidence_of(std::string_view symbols, Script script) {
  constexpr float kNone = 0.04F, kLittle = 0.1F, kConsonant = 0.3F;
  if (script != Script::arabic && script != Script::hebrew) return 1.0F;
  const auto& costs = SoundCosts::instance();
  const auto consonants = std::count_if(symbols.begin(), symbols.end(), [&](Symbol s) {
    return !costs.vowel(s) && costs.drop(s) > kConsonant;
  });
  if (consonants <= 1) return kNone;
  return consonants == 2 ? kLittle : 1.0F;
}

Side side_of(Script script) {
  if (script == Script::latin) return Side::latin_text;
  return script == Script::han ? Side::han_text : Side::other_text;
}

/// The word without `clitic` bytes in front.
Spoken speak(std::string_view written, std::size_t clitic, Script script) {
  Spoken out;
  const std::string_view rest = written.substr(clitic);
  out.folded = text::fold(rest);
  out.symbols = encode(rest, script);
  out.stems = stems(out.folded, script);
  out.clitic = static_cast<std::uint8_t>(clitic);
  out.evidence = evidence_of(out.symbols, script);
  return out;
}

void add_keys_of(const Spoken& spoken, const Word& word, Keys& keys) {
  const Script script = word.script;
  const std::size_t respelled = script == Script::latin ? 5 : 4;  // symbols
  const Side side = side_of(script);
  const std::string_view symbols = spoken.symbols;
  const bool long_enough = symbols.size() >= respelled && spoken.clitic == 0 &&
                           !(word.joined && script == Script::latin);
  const Reach reach = long_enough ? Reach::one_apart : Reach::same;
  add_keys(symbols, side, reach, keys);
  // A particle of Korean is no part of the word; other endings come with a word that is sure.
  const Reach of_stem = script == Script::hangul ? reach : Reach::same;
  for (const Stem& stem : spoken.stems)
    if (stem.length < symbols.size()) add_keys(symbols.substr(0, stem.length), side, of_stem, keys);
}

void clear(Keys& keys) {
  for (auto* all : {&keys.full, &keys.near, &keys.amiss}) all->clear();
  keys.consonants = 0;
}

void add_known(const std::vector<std::uint64_t>& keys, const KeyFilter& known,
               std::vector<std::uint64_t>& out) {
  const auto is_known = [&](std::uint64_t key) { return known.perhaps(key); };
  out.reserve(static_cast<std::size_t>(std::count_if(keys.begin(), keys.end(), is_known)));
  std::copy_if(keys.begin(), keys.end(), std::back_inserter(out), is_known);
}

/// Beside a family name as it should be, a given name of another script may be quite unlike.
/// In Latin letters it is respelled less, but an ending may take the place of its vowel: Leo, Lea.
float most_of_a_given(const Word& word, const People& people) {
  constexpr float kLatin = 0.14F, kVowel = 0.55F;
  if (people.any_loose) return budget_of(word.script, Fuzzy::loose);
  if (word.script == Script::latin && !word.spoken.empty())
    return std::max(kLatin, kVowel / static_cast<float>(word.spoken.front().symbols.size()));
  return budget_of(word.script, word.script == Script::han ? Fuzzy::strict : Fuzzy::loose);
}

/// Another form of a given name is not respelled as well.
bool stands_for_its_group(const Likeness& like, Script script) {
  return like.cost <= most_of_a_form(script) * static_cast<float>(like.length);
}

void add_like(std::vector<GivenLike>& all, const GivenLike& one) {
  const auto known = std::find_if(all.begin(), all.end(),
                                  [&](const GivenLike& other) { return other.id == one.id; });
  if (known == all.end())
    all.push_back(one);
  else if (one.cost / one.length < known->cost / known->length)
    *known = one;
}

}  // namespace

bool WordCache::use(std::uint64_t serial) {
  if (serial == serial_ && words_.size() < kMostWords) return true;
  words_.clear();
  comparer_.forget();
  std::fill(slots_.begin(), slots_.end(), Slot{});
  serial_ = serial;
  return false;
}

WordCache::Slot& WordCache::slot(std::uint64_t hash) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].word != 0 && slots_[at].hash != hash) at = (at + 1) & mask;
  return slots_[at];
}

void WordCache::grow() {
  constexpr std::size_t kFirst = 4096;
  std::vector<Slot> old(std::max(kFirst, slots_.size() * 2));
  old.swap(slots_);
  for (const Slot& known : old)
    if (known.word != 0) slot(known.hash) = known;
}

Word& WordCache::at(std::string_view written, Script script, const People& people, bool joined) {
  if (words_.size() * 2 >= slots_.size()) grow();
  const std::uint64_t hash = joined ? ~text::word_hash(written) : text::word_hash(written);
  Slot& place = slot(hash);
  if (place.word != 0) return words_[place.word - 1];
  Word& word = words_.emplace_back();
  place = {hash, static_cast<std::uint32_t>(words_.size())};
  word.number = place.word;
  word.script = script;
  word.joined = joined;
  read(word, written, people);
  return word;
}

void WordCache::read(Word& word, std::string_view written, const People& people) {
  const auto add = [&](std::size_t clitic) {
    Spoken spoken = speak(written, clitic, word.script);
    if (spoken.symbols.empty()) return;
    add_keys_of(spoken, word, keys_);
    word.spoken.push_back(std::move(spoken));
  };
  const std::string folded = text::fold(written);
  const std::uint64_t hash = text::word_hash(folded);
  const std::uint16_t facts = Lexicon::facts(hash);
  word.given = (facts & kGiven) != 0;
  word.common_family = (facts & kCommonFamily) != 0;
  word.as_family.exact = exact_key(folded);
  word.length = static_cast<std::uint32_t>(letters(folded));
  clear(keys_);
  add(0);
  for (const std::size_t clitic : clitics(folded, word.script))
    // Where marks were folded away, the bytes of the clitic are not those of the text.
    if (written.substr(0, clitic) == std::string_view(folded).substr(0, clitic)) add(clitic);
  word.as_family.consonants = keys_.consonants;
  add_known(keys_.full, people.family_full, word.as_family.full);
  add_known(keys_.amiss, people.family_full, word.as_family.amiss);
  add_known(keys_.near, people.family_near, word.as_family.near);
  found_.clear();
  people.words.find(hash, found_);
  for (const std::uint32_t part : found_) {
    if (people.parts[part].folded != folded) continue;
    if (people.parts[part].keys != 0) {
      word.exact_family = part;
      word.exact_keys = people.keys(people.parts[part]);
    }
  }
}

void WordCache::find_givens_anew(Word& word, const People& people) {
  word.givens_known = true;
  clear(keys_);
  for (const Spoken& spoken : word.spoken) add_keys_of(spoken, word, keys_);
  comparer_.bound(word, Role::given, most_of_a_given(word, people), bound_);
  try_givens(word, keys_.full, Match::full, people);
  word.sounds_given = !found_.empty();
  // In Latin script a slip of the hand is looked for beside a family name without one.
  if (word.script != Script::latin) {
    try_givens(word, keys_.amiss, Match::amiss, people);
    try_givens(word, keys_.near, Match::near, people);
  }
  std::sort(word.givens.begin(), word.givens.end(),
            [](const PartLike& a, const PartLike& b) { return a.part < b.part; });
}

void WordCache::try_givens(Word& word, const std::vector<std::uint64_t>& keys, Match match,
                           const People& people) {
  found_.clear();
  for (const std::uint64_t key : keys) people.given_parts.find(key, bound_, found_);
  fetch(people);
  for (const std::uint32_t part : found_) add_given(word, part, match, people);
}

/// Each of `found_` once, and brought near, all at once: the table's numbers lead anywhere.
void WordCache::fetch(const People& people) {
  std::sort(found_.begin(), found_.end());
  found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
  for (const std::uint32_t part : found_) {
    const auto* place = reinterpret_cast<const char*>(&people.parts[part]);  // NOLINT
    __builtin_prefetch(place);
    __builtin_prefetch(place + sizeof(Part) - 1);
  }
}

void WordCache::add_given(Word& word, std::uint32_t id, Match match, const People& people) {
  const Part& part = people.parts[id];
  if (match == Match::near && !part.given) return;  // what is only a form is not respelled so much
  const auto known = [&](const PartLike& other) { return other.part == id; };
  if (match != Match::full && std::any_of(word.givens.begin(), word.givens.end(), known)) return;
  const Likeness like =
      comparer_.compare_anew(word, part, Role::given, most_of_a_given(word, people));
  if (!like.within) return;
  word.givens.push_back({id, like});
  GivenLike one{given_id(id), like.cost, like.length, part.consonants};
  one.near = match != Match::full;
  one.wanted = match == Match::near ? kEnoughConsonants : 0;
  one.same = like.same;
  if (part.given) add_like(word.as_given, one);
  if (match == Match::near || !stands_for_its_group(like, word.script)) return;
  one.group = true;
  one.same = false;
  for (std::uint32_t g = 0; g < part.groups; ++g) {
    one.id = group_id(people.groups[part.first_group + g]);
    add_like(word.as_given, one);
  }
}

void WordCache::find_families(Word& word, const People& people) {
  if (word.families_known) return;
  word.families_known = true;
  found_.clear();
  const float most = sure_family(word.script);
  comparer_.bound(word, Role::family, most, bound_);
  for (const std::uint64_t key : word.as_family.full) people.family_parts.find(key, bound_, found_);
  fetch(people);
  for (const std::uint32_t part : found_) {
    const Likeness like = comparer_.compare_anew(word, people.parts[part], Role::family, most);
    if (like.within && like.cost <= most * static_cast<float>(like.length))
      word.families.push_back({part, like});
  }
}

void WordCache::find_wholes(Word& word, const People& people) {
  if (word.wholes_known) return;
  word.wholes_known = true;
  found_.clear();
  for (const std::uint64_t key : word.as_family.full) people.wholes.find(key, found_);
  for (const std::uint32_t number : found_) {
    const PersonName& name = people.names[people.name_of[number]];
    const Part& part = people.parts[people.name_parts[number].part];
    const Likeness like = comparer_.compare_anew(word, part, Role::whole);
    const bool near = like.within && like.cost <= kSureWhole * static_cast<float>(like.length);
    if (near && (like.same || name.all_given)) word.wholes.push_back(people.name_of[number]);
  }
  std::sort(word.wholes.begin(), word.wholes.end());
  word.wholes.erase(std::unique(word.wholes.begin(), word.wholes.end()), word.wholes.end());
}

}  // namespace tocsin::rules::names
