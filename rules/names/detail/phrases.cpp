// SPDX-License-Identifier: MIT
#include "rules/names/detail/phrases.hpp"

#include <algorithm>

#include <unicode/uchar.h>

#include "rules/names/detail/lexicon.hpp"
#include "rules/names/detail/spelling.hpp"
#include "text/fold.hpp"

namespace tocsin::rules::names {
namespace {

constexpr std::size_t kMostWords = 16;
constexpr std::size_t kWidestGap = 4;     // bytes between two words of a form
constexpr std::size_t kShortestStem = 4;  // letters of a one-word form that may inflect

std::string_view slice(const NameText& field, const text::Token& token) {
  return field.text.substr(token.start, token.length);
}

std::uint64_t stem_hash(std::string_view folded) {
  return text::word_hash(word_stem(folded, script_of(folded)));
}

bool begins_with_capital(std::string_view word) {
  std::size_t at = 0;
  return !word.empty() && u_isupper(static_cast<UChar32>(text::next_code_point(word, at))) != 0;
}

bool near(const NameText& field, std::size_t a, std::size_t b) {
  const auto& first = field.tokens[a];
  const auto& second = field.tokens[b];
  if (second.start - first.end() > kWidestGap) return false;
  const auto gap = field.text.substr(first.end(), second.start - first.end());
  return gap.find(". ") == gap.npos && gap.find('\n') == gap.npos;
}

}  // namespace

bool all_capitals(std::string_view word) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < word.size();) {
    const auto c = static_cast<UChar32>(text::next_code_point(word, at));
    if (u_isalpha(c) == 0) continue;
    if (u_isupper(c) == 0) return false;
    ++count;
  }
  return count > 1;
}

std::uint64_t StemCache::at(std::uint64_t hash, std::string_view written) {
  Known& place = known_[hash % kKnown];
  if (place.hash != hash) place = {hash, stem_hash(text::fold(written))};
  return place.stem;
}

bool PhraseSet::add(std::string_view form, const PhraseKind& kind) {
  const bool star = form.ends_with('*');
  if (star) form.remove_suffix(1);
  std::vector<text::Token> tokens;
  text::tokenize(form, tokens);
  std::vector<std::string> words, written;
  for (const text::Token& token : tokens) {
    written.emplace_back(form.substr(token.start, token.length));
    words.push_back(text::fold(written.back()));
  }
  if (words.size() > 1 && kind.inflects && words.front() == "the") {
    words.erase(words.begin());
    written.erase(written.begin());
  }
  while (kind.inflects && words.size() > 1 && Lexicon::legal_suffix(words.back())) {
    words.pop_back();
    written.pop_back();
  }
  if (words.empty() || words.size() > kMostWords) return false;
  Phrase phrase;
  phrase.kind = kind;
  for (const std::string& word : words) {
    phrase.words.push_back(text::word_hash(word));
    phrase.stems.push_back(stem_hash(word));
    phrase.bare.push_back(text::word_hash(bare_stem(word, script_of(word))));
  }
  phrase.capitals =
      words.size() == 1 && all_capitals(written[0]) && letters(words[0]) <= 8 && !kind.exclude;
  phrase.capital = words.size() == 1 && begins_with_capital(written[0]);
  if (star) phrase.prefix = words.back();
  const auto id = static_cast<std::uint32_t>(phrases_.size());
  const bool inflects = kind.inflects && !phrase.capitals && !star &&
                        (words.size() > 1 || letters(words[0]) >= kShortestStem);
  if (star && words.size() == 1)
    by_prefix_.push_back(id);
  else
    by_word_[phrase.words[0]].push_back(id);
  if (inflects) by_stem_[phrase.stems[0]].push_back(id);
  if (inflects && phrase.bare[0] != phrase.stems[0]) by_stem_[phrase.bare[0]].push_back(id);
  phrases_.push_back(std::move(phrase));
  return true;
}

std::size_t PhraseSet::length_at(const Phrase& phrase, const NameText& field, std::size_t at,
                                 std::span<const std::uint64_t> stems, bool& inflected) const {
  const std::size_t n = phrase.words.size();
  if (at + n > field.tokens.size()) return 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (i > 0 && !near(field, at + i - 1, at + i)) return 0;
    const bool last = i + 1 == n;
    if (last && !phrase.prefix.empty()) {
      if (!text::fold(slice(field, field.tokens[at + i])).starts_with(phrase.prefix)) return 0;
    } else if (const auto word = field.tokens[at + i].hash; word != phrase.words[i]) {
      if (stems.empty()) return 0;
      // What looks like an ending may be part of the name: Gazprom, Gazproma.
      const auto stem = stems[at + i];
      if (stem != phrase.stems[i] && stem != phrase.bare[i]) return 0;
      inflected = true;
    }
  }
  const auto first = slice(field, field.tokens[at]);
  if (phrase.capitals && !all_capitals(first)) return 0;
  if (phrase.capital && !begins_with_capital(first)) return 0;
  return n;
}

void PhraseSet::try_all(const std::vector<std::uint32_t>& ids, const NameText& field,
                        std::size_t at, std::span<const std::uint64_t> stems, bool by_stem,
                        std::vector<PhraseMention>& out) const {
  for (const std::uint32_t id : ids) {
    const Phrase& phrase = phrases_[id];
    bool inflected = false;
    const std::size_t n =
        length_at(phrase, field, at, by_stem ? stems : std::span<const std::uint64_t>{}, inflected);
    if (n == 0 || (by_stem && !inflected)) continue;
    out.push_back({phrase.kind, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + n),
                   inflected});
  }
}

void PhraseSet::find(const NameText& field, StemText& stems,
                     std::vector<PhraseMention>& out) const {
  stems.stems.clear();
  if (!by_stem_.empty())
    for (const text::Token& token : field.tokens)
      stems.stems.push_back(stems.cache.at(token.hash, slice(field, token)));
  for (std::size_t at = 0; at < field.tokens.size(); ++at) {
    if (const auto found = by_word_.find(field.tokens[at].hash); found != by_word_.end())
      try_all(found->second, field, at, stems.stems, false, out);
    if (!by_prefix_.empty()) try_all(by_prefix_, field, at, stems.stems, false, out);
    if (stems.stems.empty()) continue;
    if (const auto found = by_stem_.find(stems.stems[at]); found != by_stem_.end())
      try_all(found->second, field, at, stems.stems, true, out);
  }
}

}  // namespace tocsin::rules::names
