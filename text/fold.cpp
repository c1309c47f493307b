// SPDX-License-Identifier: MIT
#include "text/fold.hpp"

#include <algorithm>
#include <cstring>
#include <set>
#include <vector>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include "base/redact.hpp"
#include "text/detail/joined.hpp"

namespace tocsin::text {
namespace {

struct Range {
  char32_t first, last;
};

// Combining marks that are spelling, not sense. Those of Indic scripts and Thai are vowels: they
// stay.
constexpr std::array kDroppedMarks = {
    Range{0x0300, 0x036F}, Range{0x0483, 0x0489}, Range{0x0591, 0x05BD}, Range{0x05BF, 0x05BF},
    Range{0x05C1, 0x05C2}, Range{0x05C4, 0x05C5}, Range{0x05C7, 0x05C7}, Range{0x0610, 0x061A},
    Range{0x064B, 0x065F}, Range{0x0670, 0x0670}, Range{0x06D6, 0x06DC}, Range{0x06DF, 0x06E4},
    Range{0x06E7, 0x06E8}, Range{0x06EA, 0x06ED}, Range{0x08D3, 0x08FF}, Range{0x1AB0, 0x1AFF},
    Range{0x1DC0, 0x1DFF}, Range{0x20D0, 0x20FF}, Range{0xFE00, 0xFE0F}, Range{0xFE20, 0xFE2F}};

constexpr char32_t kShortI = 0x0439;  // й: a letter of its own, though Unicode can take it apart

// Marks of kana: か with the first is が, は with the second is ぱ; and as they stand beside narrow
// kana.
constexpr char32_t kVoiced = 0x3099, kHalfVoiced = 0x309A, kNarrowVoiced = 0xFF9E,
                   kNarrowHalfVoiced = 0xFF9F;

constexpr std::string_view kPlainI = "\xD0\xB8",
                           kWholeShortI = "\xD0\xB9";  // и, and й in one piece

bool in(const auto& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [c](const Range& r) { return c >= r.first && c <= r.last; });
}

bool is_dropped(char32_t c) {
  if (in(kDroppedMarks, c)) return true;
  if (c == 0x0640 || c == 0x07FA) return true;  // tatweel and its N'Ko sibling
  return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

/// Letters that no normalisation takes to their plain form.
std::u32string_view plain_letter(char32_t c) {
  switch (c) {
    case U'ø': return U"o";
    case U'ł': return U"l";
    case U'æ': return U"ae";
    case U'ı': return U"i";
    case 0x0649:
    case 0x06CC: return U"\u064A";  // alef maksura, Farsi yeh
    case 0x06A9: return U"\u0643";  // keheh
    case 0x0629:
    case 0x06C1:
    case 0x06C3:
    case 0x06D5: return U"\u0647";  // teh marbuta, heh forms
    case 0x0671: return U"\u0627";  // alef wasla
    default: return {};
  }
}

std::u32string folded(char32_t c, const icu::Normalizer2& nfkc_cf, const icu::Normalizer2& nfd,
                      const icu::Normalizer2& nfc) {
  if (c == kShortI || c == 0x0419) return {kShortI};
  UErrorCode status = U_ZERO_ERROR;
  const auto cased = nfkc_cf.normalize(icu::UnicodeString(static_cast<UChar32>(c)), status);
  const auto apart = nfd.normalize(cased, status);
  icu::UnicodeString kept;
  for (int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
    const auto piece = static_cast<char32_t>(apart.char32At(i));
    if (!is_dropped(piece)) kept.append(static_cast<UChar32>(piece));
  }
  const auto whole = nfc.normalize(kept, status);
  std::u32string out;
  for (int32_t i = 0; i < whole.length(); i = whole.moveIndex32(i, 1)) {
    const auto piece = static_cast<char32_t>(whole.char32At(i));
    const int digit = u_charDigitValue(static_cast<UChar32>(piece));
    if (digit >= 0)
      out += static_cast<char32_t>(U'0' + static_cast<char32_t>(digit));
    else if (const auto plain = plain_letter(piece); !plain.empty())
      out += plain;
    else
      out += piece;
  }
  return out;
}

/// What `c` is written with behind another letter, where Unicode writes it as two; else 0.
char32_t second_of(char32_t c, const icu::Normalizer2& nfd, const icu::Normalizer2& nfc) {
  icu::UnicodeString apart;
  if (nfd.getRawDecomposition(static_cast<UChar32>(c), apart) == 0 || apart.countChar32() != 2)
    return 0;
  const auto first = apart.char32At(0), second = apart.char32At(apart.moveIndex32(0, 1));
  return nfc.composePair(first, second) == static_cast<UChar32>(c) ? static_cast<char32_t>(second)
                                                                   : 0;
}

/// What joins the letter before into one: vowels and last consonants of Hangul, voice marks of kana
/// (narrow ones too), second halves of Indic vowels. Marks that are dropped need no joining.
std::set<char32_t> joining_marks(const std::vector<Range>& characters, const icu::Normalizer2& nfd,
                                 const icu::Normalizer2& nfc) {
  std::set<char32_t> out = {kNarrowVoiced, kNarrowHalfVoiced};
  for (char32_t c = 0x1161; c <= 0x1175; ++c) out.insert(c);
  for (char32_t c = 0x11A8; c <= 0x11C2; ++c) out.insert(c);
  for (const auto& range : characters)
    for (auto c = range.first; c <= range.last; ++c)
      if (const auto second = second_of(c, nfd, nfc); second != 0 && !is_dropped(second))
        out.insert(second);
  return out;
}

/// Scripts that write without blanks between words, and syllable or word signs.
bool stands_alone(char32_t c) {
  const auto cp = static_cast<UChar32>(c);
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(cp, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return u_isalpha(cp) != 0 ||
             u_getIntPropertyValue(cp, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT;
    default: return c == 0x30FC;  // the Japanese long-vowel mark belongs to two scripts
  }
}

CharClass classify(char32_t c) {
  const auto cp = static_cast<UChar32>(c);
  if (is_dropped(c)) return CharClass::ignored;
  if (stands_alone(c)) return CharClass::single;
  // Geresh and gershayim are mostly typed as an apostrophe and a quote, and those split.
  if (c == 0x05F3 || c == 0x05F4) return CharClass::none;
  switch (u_getIntPropertyValue(cp, UCHAR_WORD_BREAK)) {
    case U_WB_ALETTER:
    case U_WB_HEBREW_LETTER:
    case U_WB_NUMERIC:
    case U_WB_EXTENDNUMLET: return CharClass::word;
    case U_WB_KATAKANA: return CharClass::single;  // repeat marks, which belong to both kana
    case U_WB_EXTEND:  // vowels of Indic scripts, but not the skin colours of emoji
      return (U_GET_GC_MASK(cp) & U_GC_M_MASK) != 0 ? CharClass::word : CharClass::none;
    case U_WB_MIDNUM: return c == U';' ? CharClass::none : CharClass::mid_number;
    case U_WB_MIDLETTER: return c == U':' ? CharClass::none : CharClass::mid_letter;
    case U_WB_MIDNUMLET: return c == 0x2018 || c == 0x2019 ? CharClass::none : CharClass::mid_both;
    default: break;
  }
  // What Unicode gives no word property but people use as letters, and digits of all kinds.
  return u_isalnum(cp) != 0 ? CharClass::word : CharClass::none;
}

/// A letter that folds to itself.
FoldEntry plain_entry(char32_t c, CharClass kind) {
  FoldEntry entry;
  entry.kind = kind;
  entry.letter = true;
  std::string bytes;
  append_utf8(bytes, c);
  entry.length = static_cast<std::uint8_t>(bytes.size());
  std::memcpy(entry.bytes.data(), bytes.data(), bytes.size());
  return entry;
}

FoldEntry make_entry(char32_t c, const icu::Normalizer2& nfkc_cf, const icu::Normalizer2& nfd,
                     const icu::Normalizer2& nfc) {
  // Most characters are Han or Hangul, and known without all that follows.
  if (u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_UNIFIED_IDEOGRAPH) != 0)
    return plain_entry(c, CharClass::single);
  if (c >= 0xAC00 && c <= 0xD7A3) return plain_entry(c, CharClass::word);
  FoldEntry entry;
  entry.kind = classify(c);
  if (entry.kind == CharClass::none || entry.kind == CharClass::ignored) return entry;
  entry.digit = u_isdigit(static_cast<UChar32>(c)) != 0;
  entry.letter = !entry.digit && u_isalpha(static_cast<UChar32>(c)) != 0;
  std::string bytes;
  for (const char32_t piece : folded(c, nfkc_cf, nfd, nfc)) append_utf8(bytes, piece);
  bytes.resize(
      utf8_prefix(bytes, entry.bytes.size()).size());  // Arabic ligatures are whole phrases
  entry.length = static_cast<std::uint8_t>(bytes.size());
  std::memcpy(entry.bytes.data(), bytes.data(), bytes.size());
  if (entry.length == 0) entry.kind = CharClass::ignored;
  return entry;
}

using CharRanges = std::vector<Range>;

UBool add_range(const void* context, UChar32 first, UChar32 limit, UCharCategory type) {
  auto& ranges = **static_cast<CharRanges* const*>(context);
  if (type != U_UNASSIGNED && type != U_PRIVATE_USE_CHAR && type != U_SURROGATE)
    ranges.push_back({static_cast<char32_t>(first), static_cast<char32_t>(limit) - 1});
  return 1;
}

/// The code points that Unicode says anything of: a quarter of all.
CharRanges characters() {
  CharRanges ranges;
  CharRanges* const into = &ranges;
  u_enumCharTypes(add_range, &into);
  return ranges;
}

}  // namespace

FoldTable::FoldTable() {
  UErrorCode status = U_ZERO_ERROR;
  const auto& nfkc_cf = *icu::Normalizer2::getNFKCCasefoldInstance(status);
  const auto& nfd = *icu::Normalizer2::getNFDInstance(status);
  const auto& nfc = *icu::Normalizer2::getNFCInstance(status);
  pages_.emplace_back();  // of all pages without a character
  const auto ranges = characters();
  for (const auto& range : ranges)
    for (auto c = range.first; c <= range.last; ++c) {
      auto& page = page_of_[c >> kPageBits];
      if (page == 0) {
        page = static_cast<std::uint16_t>(pages_.size());
        pages_.emplace_back();
      }
      pages_[page][c & kPageMask] = make_entry(c, nfkc_cf, nfd, nfc);
    }
  for (const auto c : joining_marks(ranges, nfd, nfc)) {
    auto& entry = pages_[page_of_[c >> kPageBits]][c & kPageMask];
    if (c == kNarrowVoiced || c == kNarrowHalfVoiced)  // to Unicode they are letters of no word
      entry = plain_entry(c == kNarrowVoiced ? kVoiced : kHalfVoiced, CharClass::ignored);
    else if (entry.kind == CharClass::word || entry.kind == CharClass::single)
      entry.kind = CharClass::ignored;  // with bytes, for where there is nothing to join
  }
  for (char32_t c = 0; c < two_byte_.size(); ++c) two_byte_[c] = at(c);
}

char32_t detail::joined(char32_t first, char32_t mark) noexcept {
  static const icu::Normalizer2* const nfc = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFCInstance(status);
  }();
  const auto whole = nfc->composePair(static_cast<UChar32>(first), static_cast<UChar32>(mark));
  return whole < 0 ? 0 : static_cast<char32_t>(whole);
}

const FoldTable& FoldTable::instance() {
  static const FoldTable table;
  return table;
}

char32_t next_code_point(std::string_view text, std::size_t& at) noexcept {
  const auto byte = [&](std::size_t i) -> std::uint32_t {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const std::uint32_t lead = byte(at);
  if (lead < 0x80U) {
    ++at;
    return lead;
  }
  if (lead >= 0xC2U && lead < 0xE0U && continues(at + 1)) {
    const auto c = ((lead & 0x1FU) << 6U) | (byte(at + 1) & 0x3FU);
    at += 2;
    return c;
  }
  if (lead >= 0xE0U && lead < 0xF0U && continues(at + 1) && continues(at + 2)) {
    const auto c =
        ((lead & 0x0FU) << 12U) | ((byte(at + 1) & 0x3FU) << 6U) | (byte(at + 2) & 0x3FU);
    if (c >= 0x800U && (c < 0xD800U || c > 0xDFFFU)) {
      at += 3;
      return c;
    }
  }
  if (lead >= 0xF0U && lead < 0xF5U && continues(at + 1) && continues(at + 2) &&
      continues(at + 3)) {
    const auto c = ((lead & 0x07U) << 18U) | ((byte(at + 1) & 0x3FU) << 12U) |
                   ((byte(at + 2) & 0x3FU) << 6U) | (byte(at + 3) & 0x3FU);
    if (c >= 0x10000U && c <= 0x10FFFFU) {
      at += 4;
      return c;
    }
  }
  ++at;
  return 0xFFFD;
}

namespace {

/// Makes one of the last letter of `out` and of a mark that joins it; false when they are two.
bool join_last(std::string& out, const FoldEntry& mark) {
  auto last = out.size();
  while (last > 0 && (static_cast<unsigned char>(out[--last]) & 0xC0U) == 0x80U) {
  }
  if (out.empty()) return false;
  const auto whole = detail::joined(code_point_at(out, last).value,
                                    code_point_at({mark.bytes.data(), mark.length}, 0).value);
  if (whole == 0) return false;
  out.resize(last);
  append_utf8(out, whole);
  return true;
}

}  // namespace

std::string fold(std::string_view text) {
  const auto& table = FoldTable::instance();
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto start = at;
    const auto c = next_code_point(text, at);
    const auto& entry = table.at(c);
    if (entry.kind == CharClass::ignored && entry.length > 0 && join_last(out, entry)) continue;
    if (entry.length > 0)
      out.append(entry.bytes.data(), entry.length);
    else if (c == 0x0306 && out.ends_with(kPlainI))
      out.replace(out.size() - kPlainI.size(), kPlainI.size(), kWholeShortI);
    else if (entry.kind != CharClass::ignored)
      out.append(text.substr(start, at - start));
  }
  return out;
}

}  // namespace tocsin::text
