// SPDX-License-Identifier: MIT
#include "rules/names/detail/spelling.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <span>
#include <unordered_map>

#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include "rules/names/detail/letters.hpp"
#include "rules/names/detail/syllables.hpp"
#include "text/fold.hpp"

namespace tocsin::rules::names {
namespace {

std::size_t utf8_length(char lead) {
  const auto c = static_cast<unsigned char>(lead);
  return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

/// The first eight bytes of `text` as one number; zeros behind fewer.
std::uint64_t head_of(std::string_view text) {
  std::uint64_t out = 0;
  if (text.size() >= sizeof out)
    std::memcpy(&out, text.data(), sizeof out);  // of a size known here: one instruction
  else
    std::memcpy(&out, text.data(), text.size());
  return out;
}

/// A script's letter groups by the last byte of their first letter, the longest first.
class Table {
 public:
  explicit Table(std::span<const Letters> rows) {
    for (const Letters& row : rows) rows_[bucket(row.letters)].push_back(Row(row));
    const auto longer = [](const Row& a, const Row& b) {
      return a.group.letters.size() > b.group.letters.size();
    };
    for (auto& some : rows_) std::stable_sort(some.begin(), some.end(), longer);
  }

  /// The longest group that `text`, which is not empty, begins with; none: null.
  [[nodiscard]] const Letters* at(std::string_view text) const {
    const std::uint64_t head = head_of(text);
    for (const Row& row : rows_[bucket(text)])
      if ((head & row.mask) == row.head && text.starts_with(row.group.letters)) return &row.group;
    return nullptr;
  }

  /// True when the one letter is a group.
  [[nodiscard]] bool contains(std::string_view letter) const {
    const Letters* row = at(letter);
    return row != nullptr && row->letters == letter;
  }

 private:
  static std::size_t bucket(std::string_view text) {
    const std::size_t first = std::min(text.size(), utf8_length(text[0]));
    return static_cast<unsigned char>(text[first - 1]);
  }
  struct Row {
    explicit Row(const Letters& letters)
        : group(letters),
          head(head_of(letters.letters)),
          mask(head_of(std::string(letters.letters.size(), '\xFF'))) {}
    Letters group;
    std::uint64_t head, mask;  ///< of the first bytes: puts most others aside
  };
  std::array<std::vector<Row>, 256> rows_;
};

const Table& table_of(Script script) {
  static const std::vector<Table> tables = [] {
    std::vector<Table> all;
    for (int s = 0; s <= static_cast<int>(Script::han); ++s)
      all.emplace_back(letters_of(static_cast<Script>(s)));
    return all;
  }();
  return tables[static_cast<std::size_t>(script)];
}

/// `word` in small letters between ^ and $, marks kept where the table reads them.
std::string prepared(std::string_view word, Script script) {
  const Table& table = table_of(script);
  const auto& folds = text::FoldTable::instance();
  constexpr char32_t kFirstHiragana = 0x3041, kLastHiragana = 0x3096, kToKatakana = 0x60;
  constexpr char32_t kGeresh = 0x05F3;
  std::string out = "^";
  for (std::size_t at = 0; at < word.size();) {
    if (script == Script::latin && static_cast<unsigned char>(word[at]) < 0x80) {
      const auto& entry = folds.ascii(static_cast<unsigned char>(word[at++]));
      out.append(entry.bytes.data(), entry.length);
      continue;
    }
    char32_t c = text::next_code_point(word, at);
    if (c >= kFirstHiragana && c <= kLastHiragana) c += kToKatakana;
    if (script == Script::hebrew && (c == U'\'' || c == kGeresh || c == 0x2019)) c = kGeresh;
    const auto small = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
    std::string as_written;
    text::append_utf8(as_written, small);
    const auto& entry = folds.at(small);
    if (c == kGeresh || script == Script::kana || table.contains(as_written))
      out += as_written;
    else
      out.append(entry.bytes.data(), entry.length);
  }
  return out += '$';
}

void by_table(std::string_view text, const Table& table, std::string& out) {
  while (!text.empty() && text != "$") {
    const Letters* group = table.at(text);
    if (group != nullptr) out += group->symbols;
    text.remove_prefix(group != nullptr ? group->letters.size()
                                        : std::min(text.size(), utf8_length(text[0])));
  }
}

/// Where vowels are not written, two consonants of one kind have one between them: ננסי, Nancy.
/// But Allah's are one.
void part_doubles(std::string& symbols) {
  constexpr Symbol kSomeVowel = '\13';
  const auto& costs = SoundCosts::instance();
  for (std::size_t i = 1; i < symbols.size(); ++i)
    if (symbols[i] == symbols[i - 1] && symbols[i] != 'l' && costs.drop(symbols[i]) > 0.5F)
      symbols.insert(i++, 1, kSomeVowel);
}

std::string syllables(std::string_view word, Script script) {
  std::string out;
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t begin = at;
    const char32_t c = text::next_code_point(word, at);
    if (script == Script::hangul)
      hangul_symbols(c, out);
    else
      pinyin_symbols(pinyin(word.substr(begin, at - begin)), out);
  }
  return out;
}

}  // namespace

Script script_of(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = text::next_code_point(word, at);
    if (c < 0x80) {
      if ((c | 0x20U) >= 'a' && (c | 0x20U) <= 'z') return Script::latin;
      continue;
    }
    if (c == 0x30FC) return Script::kana;
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
      case USCRIPT_LATIN: return Script::latin;
      case USCRIPT_CYRILLIC: return Script::cyrillic;
      case USCRIPT_GREEK: return Script::greek;
      case USCRIPT_HEBREW: return Script::hebrew;
      case USCRIPT_ARABIC: return Script::arabic;
      case USCRIPT_HIRAGANA:
      case USCRIPT_KATAKANA: return Script::kana;
      case USCRIPT_HANGUL: return Script::hangul;
      case USCRIPT_HAN: return Script::han;
      default: break;
    }
  }
  return Script::none;
}

std::string encode(std::string_view word, Script script) {
  std::string out;
  if (script == Script::hangul || script == Script::han)
    out = syllables(word, script);
  else if (script != Script::none)
    by_table(prepared(word, script), table_of(script), out);
  if (script == Script::hebrew || script == Script::arabic) part_doubles(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::size_t letters(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::string pinyin(std::string_view character) {
  // ICU's transliterators are not to be shared between threads; each thread keeps its own readings.
  thread_local std::unordered_map<std::string, std::string> known;
  const auto [place, fresh] = known.try_emplace(std::string(character));
  if (!fresh) return place->second;
  thread_local const std::unique_ptr<icu::Transliterator> reader = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<icu::Transliterator>(icu::Transliterator::createInstance(
        "Han-Latin; NFD; [:Mn:] Remove", UTRANS_FORWARD, status));
  }();
  if (!reader) return {};
  auto word =
      icu::UnicodeString::fromUTF8({character.data(), static_cast<int32_t>(character.size())});
  reader->transliterate(word);
  std::string out;
  word.toUTF8String(out);
  if (std::any_of(out.begin(), out.end(), [](char c) { return c < 'a' || c > 'z'; })) out.clear();
  return place->second = out;
}

}  // namespace tocsin::rules::names
