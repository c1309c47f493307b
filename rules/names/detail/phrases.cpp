// SPDX-License-Identifier: MIT
#include "rules/names/detail/phrases.hpp"

#include <algorithm>

#include <unicode/uchar.h>

#include "rules/names/detail/lexicon.hpp"
#include "rules/names/detail/spelling.hpp"
#include "rules/names/detail/word_stems.hpp"
#include "text/fold.hpp"

namespace tocsin::rules::names {
namespace {

constexpr std::size_t kMostWords = 16;
constexpr std::size_t kWidestGap = 4;     // bytes between two words of a form
constexpr std::size_t kShortestStem = 4;  // letters of a one-word form that may inflect
constexpr std::size_t kStemBits = std::size_t{1} << 16U;

std::string_view slice(const NameText& field, const text::Token& token) {
  return field.text.substr(token.start, token.length);
}

bool begins_with_capital(std::string_view word) {
  std::size_t at = 0;
  return !word.empty() && u_isupper(static_cast<UChar32>(text::next_code_point(word, at))) != 0;
}

std::string_view gap_before(const NameText& field, std::size_t at) {
  const std::uint32_t end = field.tokens[at - 1].end();
  return field.text.substr(end, field.tokens[at].start - end);
}

/// True when only what may stand inside a name separates two words.
bool near(std::string_view gap, bool dotted) {
  return gap.size() <= kWidestGap && gap.find('\n') == gap.npos &&
         (dotted || gap.find(". ") == gap.npos);
}

bool has_sign(std::string_view gap) {
  return gap.find('&') != gap.npos || gap.find('+') != gap.npos;
}

/// Words that join two others of a name: "Marks and Spencer", "Marks & Spencer".
bool joins(std::string_view folded) {
  constexpr std::string_view kAnd[] = {"and", "und", "et", "och", "og", "ja", "es",
                                       "en",  "ve",  "и",  "та",  "і",  "και"};
  return std::find(std::begin(kAnd), std::end(kAnd), folded) != std::end(kAnd);
}

/// `form` without what says in Han letters that it is a company.
std::string_view without_company(std::string_view form) {
  constexpr std::string_view kCompany[] = {"株式会社",     "有限会社", "股份有限公司",
                                           "有限责任公司", "有限公司", "(株)",
                                           "㈱",           "주식회사", "(주)"};
  for (const std::string_view company : kCompany) {
    if (form.size() <= company.size()) continue;
    if (form.starts_with(company)) form.remove_prefix(company.size());
    if (form.ends_with(company)) form.remove_suffix(company.size());
  }
  return form;
}

/// "Inc", "d.o.o.", "ООО".
bool legal(std::string_view folded) {
  std::string letters_only(folded);
  std::erase(letters_only, '.');
  return Lexicon::legal_suffix(letters_only);
}

/// Before a Russian company's name, and before some others'.
bool legal_in_front(std::string_view folded) {
  constexpr std::string_view kFront[] = {"ооо", "оао", "зао",  "пао", "ао", "нао", "тоо",
                                         "тов", "пат", "прат", "пт",  "pt", "чао", "jsc"};
  return std::find(std::begin(kFront), std::end(kFront), folded) != std::end(kFront);
}

/// What an acronym may have behind its capitals: LOTu, NATOn, МИДом.
bool ending_of_acronym(std::string_view folded) {
  constexpr std::string_view kEndings[] = {
      "a",   "u",   "i",   "y", "e", "ie",  "em",  "om",  "owi", "ovi", "ow", "ja",  "ju",
      "jem", "ach", "ami", "n", "s", "ssa", "sta", "lle", "lla", "lta", "an", "in",  "а",
      "у",   "ом",  "ем",  "е", "ы", "и",   "ов",  "ам",  "ами", "ах",  "і",  "ові", "ів"};
  return std::find(std::begin(kEndings), std::end(kEndings), folded) != std::end(kEndings);
}

/// The capitals that `word` begins with, when small letters follow: LOT of LOTu.
std::string_view acronym_of(std::string_view word) {
  std::size_t end = 0, count = 0;
  for (std::size_t at = 0; at < word.size(); end = at, ++count)
    if (u_isupper(static_cast<UChar32>(text::next_code_point(word, at))) == 0) break;
  return count > 1 && end < word.size() ? word.substr(0, end) : std::string_view();
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

const StemSet& StemCache::at(std::uint64_t hash, std::string_view written) {
  Known& place = known_[hash % kKnown];
  if (place.hash != hash) place = {hash, stems_of(text::fold(written), StemSet::Side::text)};
  return place.stems;
}

/// Fills `phrase` with the words of `form`, and `words` with them as written. False when there are
/// none, or too many.
bool PhraseSet::take_apart(std::string_view form, const PhraseKind& kind, Phrase& phrase,
                           std::vector<std::string>& words) {
  std::vector<text::Token> tokens;
  text::tokenize(form, tokens);
  const NameText whole{Field{}, form, tokens};
  const auto folded = [&](std::size_t i) { return text::fold(slice(whole, tokens[i])); };
  std::size_t first = 0, last = tokens.size();
  if (kind.inflects) {
    while (last - first > 1 && legal(folded(last - 1))) --last;
    if (last - first > 1 && (folded(first) == "the" || legal_in_front(folded(first)))) ++first;
  }
  bool joint = false;
  for (std::size_t i = first; i < last; ++i) {
    const auto gap = i > first ? gap_before(whole, i) : std::string_view();
    if (kind.inflects && i > first && i + 1 < last && joins(folded(i))) {
      joint = true;
      continue;
    }
    words.emplace_back(slice(whole, tokens[i]));
    phrase.words.push_back(tokens[i].hash);
    phrase.joint.push_back(joint || (kind.inflects && has_sign(gap)));
    phrase.dotted.push_back(gap.find(". ") != gap.npos);
    joint = false;
  }
  return !words.empty() && words.size() <= kMostWords;
}

bool PhraseSet::add(std::string_view form, const PhraseKind& kind) {
  const bool star = form.ends_with('*');
  if (star) form.remove_suffix(1);
  Phrase phrase;
  phrase.kind = kind;
  std::vector<std::string> words;
  if (!take_apart(kind.inflects ? without_company(form) : form, kind, phrase, words)) return false;
  if (words.size() == 1) {
    phrase.letters = letters(words[0]);
    phrase.capitals = all_capitals(words[0]) && phrase.letters <= 8 && !kind.exclude;
    phrase.capital = begins_with_capital(words[0]);
  }
  if (star) phrase.prefix = text::fold(words.back());
  phrase.kind.inflects =
      kind.inflects && !star && (words.size() > 1 || phrase.letters >= kShortestStem);
  if (phrase.kind.inflects)
    for (const std::string& word : words)
      phrase.stems.push_back(stems_of(text::fold(word), StemSet::Side::configured));
  // An acronym has endings of any length.
  phrase.kind.inflects |= kind.inflects && phrase.capitals && !star;
  phrases_.push_back(std::move(phrase));
  index(static_cast<std::uint32_t>(phrases_.size() - 1), star);
  return true;
}

void PhraseSet::index(std::uint32_t id, bool star) {
  const Phrase& phrase = phrases_[id];
  if (star && phrase.words.size() == 1)
    by_prefix_.push_back(id);
  else
    by_word_[phrase.words[0]].push_back(id);
  if (phrase.stems.empty() || phrase.capitals) return;
  some_stem_.resize(kStemBits / 64);
  const StemSet& first = phrase.stems[0];
  for (std::uint8_t i = 0; i < first.count; ++i) {
    by_stem_[first.all[i]].push_back(id);
    some_stem_[first.all[i] % kStemBits / 64] |= std::uint64_t{1} << first.all[i] % 64;
  }
}

bool PhraseSet::word_at(const Phrase& phrase, std::size_t word, const NameText& field,
                        std::size_t at, const StemText* stems, bool& inflected) const {
  const text::Token& token = field.tokens[at];
  if (word + 1 == phrase.words.size() && !phrase.prefix.empty())
    return text::fold(slice(field, token)).starts_with(phrase.prefix);
  if (token.hash == phrase.words[word]) return true;
  if (stems == nullptr) return false;
  inflected = true;
  const bool alone = phrase.words.size() == 1;
  // Nothing is lost of a short name: Meta, Mety, but not Met.
  if (alone && letters(slice(field, token)) < phrase.letters) return false;
  return phrase.stems[word].meets(stems->stems[at], alone);
}

std::size_t PhraseSet::length_at(const Phrase& phrase, const NameText& field, std::size_t at, As as,
                                 const StemText& stems, bool& inflected) const {
  const std::size_t n = phrase.words.size();
  const StemText* inflect = as == As::inflected ? &stems : nullptr;
  std::size_t here = at;
  for (std::size_t i = 0; i < n; ++i, ++here) {
    if (here >= field.tokens.size()) return 0;
    if (i > 0 && phrase.joint[i] && !has_sign(gap_before(field, here))) {
      if (!near(gap_before(field, here), false) ||
          !joins(text::fold(slice(field, field.tokens[here]))) || ++here == field.tokens.size())
        return 0;
    }
    if (i > 0 && !near(gap_before(field, here), phrase.dotted[i])) return 0;
    if (as != As::with_ending && !word_at(phrase, i, field, here, inflect, inflected)) return 0;
  }
  const auto first = slice(field, field.tokens[at]);
  if (phrase.capitals && as != As::with_ending && !all_capitals(first)) return 0;
  if (phrase.capital && !begins_with_capital(first)) return 0;
  return here - at;
}

void PhraseSet::try_all(const std::vector<std::uint32_t>& ids, const NameText& field,
                        std::size_t at, As as, const StemText& stems,
                        std::vector<PhraseMention>& out) const {
  for (const std::uint32_t id : ids) {
    const Phrase& phrase = phrases_[id];
    if (as != As::written && !phrase.kind.inflects) continue;
    if (as == As::with_ending && !phrase.capitals) continue;
    bool inflected = as == As::with_ending;
    const std::size_t n = length_at(phrase, field, at, as, stems, inflected);
    if (n == 0 || (as != As::written && !inflected)) continue;
    out.push_back({phrase.kind, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + n),
                   inflected});
  }
}

void PhraseSet::find_inflected(const NameText& field, std::size_t at, const StemText& stems,
                               std::vector<PhraseMention>& out) const {
  const StemSet& known = stems.stems[at];
  for (std::uint8_t i = 0; i < known.count; ++i) {
    const std::uint64_t stem = known.all[i];
    if ((some_stem_[stem % kStemBits / 64] >> stem % 64 & 1U) == 0) continue;
    if (const auto found = by_stem_.find(stem); found != by_stem_.end())
      try_all(found->second, field, at, As::inflected, stems, out);
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
      try_all(found->second, field, at, As::written, stems, out);
    if (!by_prefix_.empty()) try_all(by_prefix_, field, at, As::written, stems, out);
    if (!stems.stems.empty()) find_inflected(field, at, stems, out);
    const auto word = slice(field, field.tokens[at]);
    const auto acronym = acronym_of(word);
    if (acronym.empty() || !ending_of_acronym(text::fold(word.substr(acronym.size())))) continue;
    const auto found = by_word_.find(text::word_hash(text::fold(acronym)));
    if (found != by_word_.end()) try_all(found->second, field, at, As::with_ending, stems, out);
  }
}

}  // namespace tocsin::rules::names
