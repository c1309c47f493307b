// SPDX-License-Identifier: MIT
#include "rules/names/detail/words.hpp"

#include <algorithm>

#include "rules/names/detail/lexicon.hpp"
#include "text/fold.hpp"
#include "text/tokenizer.hpp"

namespace tocsin::rules::names {
namespace {

constexpr std::size_t kMostWords = 50'000;  // some 15 MB of words met

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

Keys keys_of(const Spoken& spoken, Script script) {
  const std::size_t respelled = script == Script::latin ? 5 : 4;  // symbols
  const Side side = script == Script::latin ? Side::latin_text
                    : script == Script::han ? Side::han_text
                                            : Side::other_text;
  Keys keys;
  const std::string_view symbols = spoken.symbols;
  const bool long_enough = symbols.size() >= respelled && spoken.clitic == 0;
  const Reach reach = long_enough ? Reach::one_apart : Reach::same;
  add_keys(symbols, side, reach, keys);
  // A particle of Korean is no part of the word; other endings come with a word that is sure.
  const Reach of_stem = script == Script::hangul ? reach : Reach::same;
  for (const Stem& stem : spoken.stems)
    if (stem.length < symbols.size()) add_keys(symbols.substr(0, stem.length), side, of_stem, keys);
  return keys;
}

void add_known(const std::vector<std::uint64_t>& keys, const KeyFilter& known,
               std::vector<std::uint64_t>& out) {
  for (const std::uint64_t key : keys)
    if (known.perhaps(key) && std::find(out.begin(), out.end(), key) == out.end())
      out.push_back(key);
}

}  // namespace

bool WordCache::use(std::uint64_t serial) {
  if (serial == serial_ && words_.size() < kMostWords) return true;
  words_.clear();
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

Word& WordCache::at(std::string_view written, Script script, const People& people) {
  if (words_.size() * 2 >= slots_.size()) grow();
  const std::uint64_t hash = text::word_hash(written);
  Slot& place = slot(hash);
  if (place.word != 0) return words_[place.word - 1];
  Word& word = words_.emplace_back();
  place = {hash, static_cast<std::uint32_t>(words_.size())};
  word.script = script;
  read(word, written, people);
  return word;
}

void WordCache::read(Word& word, std::string_view written, const People& people) {
  const auto add = [&](std::size_t clitic) {
    Spoken spoken = speak(written, clitic, word.script);
    if (spoken.symbols.empty()) return;
    const Keys keys = keys_of(spoken, word.script);
    word.as_given.consonants = std::max(word.as_given.consonants, keys.consonants);
    add_known(keys.full, people.given_keys, word.as_given.full);
    add_known(keys.near, people.given_keys, word.as_given.near);
    add_known(keys.full, people.family_keys, word.as_family.full);
    add_known(keys.near, people.family_keys, word.as_family.near);
    add_known(keys.full, people.whole_keys, word.as_whole);
    word.spoken.push_back(std::move(spoken));
  };
  const std::string folded = text::fold(written);
  const std::uint64_t hash = text::word_hash(folded);
  const std::uint16_t facts = Lexicon::facts(hash);
  word.watched = people.words.perhaps(hash);
  word.given = (facts & kGiven) != 0;
  word.common_family = (facts & kCommonFamily) != 0;
  word.as_given.exact = word.as_family.exact = exact_key(folded);
  word.length = static_cast<std::uint32_t>(letters(folded));
  add(0);
  word.as_family.consonants = word.as_given.consonants;
  for (const std::size_t clitic : clitics(folded, word.script))
    // Where marks were folded away, the bytes of the clitic are not those of the text.
    if (written.substr(0, clitic) == std::string_view(folded).substr(0, clitic)) add(clitic);
}

}  // namespace tocsin::rules::names
