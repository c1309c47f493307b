// SPDX-License-Identifier: MIT
#include "parser/decode.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unistr.h>

#include "text/byte_block.hpp"
#include "text/utf8.hpp"

namespace tocsin::parser {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

/// What browsers read a label as (the WHATWG Encoding Standard's supersets), and labels that ICU
/// knows by another name.
std::string superset(std::string label) {
  // ICU passes over signs in a name, and this one is shown to people.
  std::erase_if(label, [](char c) {
    return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.');
  });
  std::replace(label.begin(), label.end(), '_', '-');
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 24> kSupersets = {
      {{"iso-8859-1", "windows-1252"},
       {"iso8859-1", "windows-1252"},
       {"latin1", "windows-1252"},
       {"latin-1", "windows-1252"},
       {"us-ascii", "windows-1252"},
       {"ascii", "windows-1252"},
       {"iso-8859-9", "windows-1254"},
       {"latin5", "windows-1254"},
       {"iso-8859-11", "windows-874"},
       {"gb2312", "gb18030"},
       {"gb-2312-80", "gb18030"},
       {"gbk", "gb18030"},
       {"x-gbk", "gb18030"},
       {"shift-jis", "windows-31j"},
       {"sjis", "windows-31j"},
       {"x-sjis", "windows-31j"},
       {"euc-kr", "windows-949"},
       {"ks-c-5601-1987", "windows-949"},
       {"tis-620", "windows-874"},
       {"big5", "big5-hkscs"},
       {"utf8", "utf-8"},
       {"unicode-1-1-utf-8", "utf-8"},
       {"utf-16", "utf-16le"},
       {"utf-32", "utf-32le"}}};
  for (const auto& [from, to] : kSupersets)
    if (label == from) return std::string(to);
  if (label.starts_with("x-cp") || label.starts_with("cp-")) label.erase(0, label.find("cp"));
  if (label.starts_with("win-")) label.replace(0, 3, "windows");
  return label;
}

/// The value of charset= in a Content-Type, or of encoding= in an XML declaration.
std::string parameter(std::string_view text, std::string_view name) {
  const auto low = lower(text);
  auto at = low.find(name);
  if (at == std::string::npos) return {};
  at = low.find_first_not_of(" \t", at + name.size());
  if (at == std::string::npos || low[at] != '=') return {};
  at = low.find_first_not_of(" \t\"'", at + 1);
  if (at == std::string::npos) return {};
  return low.substr(at, low.find_first_of(" \t\"';?>", at) - at);
}

std::string declared(std::string_view bytes) {
  const auto head = bytes.substr(0, 1024);
  const auto start = head.find("<?xml");
  if (start == std::string_view::npos) return {};
  return parameter(head.substr(start, head.find("?>", start) - start), "encoding");
}

struct DetectorDeleter {
  void operator()(UCharsetDetector* detector) const noexcept { ucsdet_close(detector); }
};

struct ConverterDeleter {
  void operator()(UConverter* converter) const noexcept { ucnv_close(converter); }
};

/// `bytes` from `charset` to UTF-8; nothing when ICU does not know it.
std::optional<std::string> convert(std::string_view bytes, const std::string& charset) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, ConverterDeleter> converter(
      ucnv_open(charset.c_str(), &status));
  if (U_FAILURE(status)) return std::nullopt;
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), converter.get(),
                                status);
  if (U_FAILURE(status)) return std::nullopt;
  std::string out;
  text.toUTF8String(out);
  return out;
}

bool is_known(const std::string& charset) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, ConverterDeleter> converter(
      ucnv_open(charset.c_str(), &status));
  return U_SUCCESS(status) != 0;
}

std::string_view bom_charset(std::string_view bytes, std::size_t& length) {
  const auto begins = [&](std::string_view mark) { return bytes.starts_with(mark); };
  using namespace std::string_view_literals;
  if (begins("\xEF\xBB\xBF"sv)) return length = 3, "utf-8";
  if (begins("\xFF\xFE\0\0"sv)) return length = 4, "utf-32le";
  if (begins("\0\0\xFE\xFF"sv)) return length = 4, "utf-32be";
  if (begins("\xFF\xFE"sv)) return length = 2, "utf-16le";
  if (begins("\xFE\xFF"sv)) return length = 2, "utf-16be";
  length = 0;
  if (bytes.size() < 4) return {};
  // What a feed may begin with is ASCII: where its zeros stand tells the rest.
  const auto may_begin = [](char c) { return "<{ \t\r\n"sv.find(c) != std::string_view::npos; };
  const bool zero[] = {bytes[0] == '\0', bytes[1] == '\0', bytes[2] == '\0', bytes[3] == '\0'};
  if (may_begin(bytes[0]) && zero[1]) return zero[2] && zero[3] ? "utf-32le" : "utf-16le";
  if (zero[0] && may_begin(bytes[1])) return "utf-16be";
  if (zero[0] && zero[1] && zero[2] && may_begin(bytes[3])) return "utf-32be";
  return {};
}

/// Sequences of two bytes or more that are UTF-8, and bytes beyond ASCII that belong to none.
struct Census {
  std::size_t good = 0, bad = 0;
};

Census count_sequences(std::string_view bytes) {
  Census census;
  for (std::size_t at = 0; at < bytes.size();) {
    const auto lead = static_cast<unsigned char>(bytes[at]);
    if (lead < 0x80) {
      ++at;
      continue;
    }
    const auto found = text::code_point_at(bytes, at);
    const bool half = bytes.substr(at).starts_with("\xED") && at + 3 <= bytes.size() &&
                      static_cast<unsigned char>(bytes[at + 1]) >= 0xA0;  // of a surrogate pair
    const bool good = found.good || half;
    const std::size_t length = half ? 3 : found.length;
    ++(good ? census.good : census.bad);
    at += good ? length : 1;
  }
  return census;
}

/// One bad byte does not make another charset of a document; nor does text that was cut.
bool is_mostly_utf8(std::string_view bytes) {
  constexpr std::size_t kGoodForEachBad = 20;
  const auto census = count_sequences(bytes);
  return census.good > 0 && census.good >= census.bad * kGoodForEachBad;
}

/// What ICU takes the bytes for, tags left out; empty when it has no idea. Charsets of seven bits
/// and of two or four bytes a character are never guessed: they are recognised by other means.
std::string guess(std::string_view bytes) {
  constexpr std::size_t kEnough = 64U << 10U;
  constexpr std::int32_t kSure = 10;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, DetectorDeleter> detector(ucsdet_open(&status));
  if (U_FAILURE(status)) return {};
  const auto sample = bytes.substr(0, kEnough);
  ucsdet_enableInputFilter(detector.get(), true);
  ucsdet_setText(detector.get(), sample.data(), static_cast<std::int32_t>(sample.size()), &status);
  std::int32_t count = 0;
  const auto** matches = ucsdet_detectAll(detector.get(), &count, &status);
  for (std::int32_t i = 0; U_SUCCESS(status) && i < count; ++i) {
    const auto name = lower(ucsdet_getName(matches[i], &status));
    if (U_FAILURE(status) || ucsdet_getConfidence(matches[i], &status) < kSure) break;
    const bool implausible =
        name.starts_with("utf-") || name.starts_with("iso-2022") || name.starts_with("ibm");
    if (!implausible) return name;
  }
  return {};
}

/// Whether the bytes beyond ASCII are Thai in its only charset of one byte, which ICU does not
/// guess: vowels and tones above and below the line stand where they can, and the bytes do not all
/// come in pairs, as those of Chinese, Japanese and Korean do.
bool looks_thai(std::string_view bytes) {
  std::size_t letters = 0;
  std::size_t marks = 0;
  std::size_t misplaced = 0;
  std::size_t run = 0;
  std::size_t glued = 0;  // to a letter of ASCII
  bool pairs_only = true;
  unsigned char before = 0;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      pairs_only = pairs_only && run % 2 == 0;
      glued += run > 0 && byte >= '@' ? 1U : 0U;
      run = before = 0;
      continue;
    }
    ++run;
    const auto above_or_below = [](unsigned char sign) {
      return sign == 0xD1 || (sign >= 0xD4 && sign <= 0xDA) || (sign >= 0xE7 && sign <= 0xEE);
    };
    const bool mark = above_or_below(byte);
    const bool letter = !mark && byte >= 0xA1 && byte <= 0xFB;
    const bool carries = (before >= 0xA1 && before <= 0xCE) || above_or_below(before);
    ++(mark ? marks : letters);
    misplaced += (mark && !carries) || (!mark && !letter) ? 1U : 0U;
    before = byte;
  }
  constexpr std::size_t kFew = 12;
  const bool by_chance = marks < 4 || (pairs_only && marks < kFew) || glued * 20 > letters;
  return !by_chance && marks * 10 >= letters && misplaced * 20 <= marks;
}

/// Signs that a conversion went wrong: what the charset has no character for, and controls that no
/// text holds.
bool looks_wrong(std::string_view text) {
  std::size_t strange = 0;
  std::size_t foreign = 0;
  for (std::size_t at = 0; at + 2 < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) continue;
    ++foreign;
    const auto next = static_cast<unsigned char>(text[at + 1]);
    const bool c1 = byte == 0xC2 && next < 0xA0 && next != 0x85;
    const bool replacement = text.compare(at, 3, "\xEF\xBF\xBD") == 0;
    if (c1 || replacement) ++strange;
  }
  return strange * 20 > foreign;
}

Decoded as_utf8(std::string_view bytes) {
  Decoded out;
  out.encoding = "utf-8";
  if (text::is_utf8(bytes)) {
    out.text = bytes;
  } else {
    out.text = text::repaired_utf8(bytes);
    out.warning = "bytes that are no UTF-8 were replaced";
  }
  return out;
}

bool has_high_byte(std::string_view bytes) {
  return text::find_rare(bytes, 0, [](const char* block) {
           return text::ByteBlock(block).from(0x80);
         }) != bytes.size();
}

/// The charset that labels and content speak for, best first.
std::vector<std::string> candidates(std::string_view bytes, std::string_view content_type) {
  std::vector<std::string> out;
  const auto add = [&](std::string label) {
    if (!label.empty() && label != "utf-8") out.push_back(std::move(label));
  };
  add(superset(parameter(content_type, "charset")));
  add(superset(declared(bytes)));
  // A label of two or four bytes a character is a lie where there is no sign of that.
  std::erase_if(out, [&](const std::string& label) {
    return (label.starts_with("utf-16") || label.starts_with("utf-32")) &&
           bytes.find('\0') == std::string_view::npos;
  });
  return out;
}

/// Text without a byte beyond ASCII is the same in nearly all charsets; the label is kept as a
/// name.
Decoded as_ascii(std::string_view bytes, const std::vector<std::string>& labels) {
  Decoded out;
  out.text = bytes;
  out.encoding = "utf-8";
  for (const auto& label : labels) {
    if (!is_known(label)) continue;
    out.encoding = label;
    const bool shifts = label.starts_with("iso-2022") || label.starts_with("hz");
    if (!shifts) break;
    if (auto text = convert(bytes, label)) out.text = std::move(*text);
    break;
  }
  return out;
}

}  // namespace

Decoded decode(std::string_view bytes, std::string_view content_type) {
  std::size_t bom_length = 0;
  const std::string marked(bom_charset(bytes, bom_length));
  bytes.remove_prefix(bom_length);
  Decoded out;
  if (!marked.empty() && marked != "utf-8") {
    out.encoding = marked;
    out.text = convert(bytes, marked).value_or(std::string());
    return out;
  }
  const auto labels = candidates(bytes, content_type);
  if (!has_high_byte(bytes)) return bom_length > 0 ? as_utf8(bytes) : as_ascii(bytes, labels);
  if (text::is_utf8(bytes)) return as_utf8(bytes);
  if (is_mostly_utf8(bytes)) {
    out.text = text::repaired_utf8(bytes, text::BadByte::windows_1252);
    out.encoding = "utf-8";
    out.warning = "bytes that are no UTF-8 were read as windows-1252";
    return out;
  }
  for (const auto& label : labels) {
    auto text = convert(bytes, label);
    if (!text || looks_wrong(*text)) continue;
    out.text = std::move(*text);
    out.encoding = label;
    return out;
  }
  const auto guessed = looks_thai(bytes) ? "windows-874" : superset(guess(bytes));
  if (!guessed.empty())
    if (auto text = convert(bytes, guessed)) {
      out.text = std::move(*text);
      out.encoding = guessed;
      out.warning = "no label names the charset of these bytes; they were read as " + guessed;
      return out;
    }
  return as_utf8(bytes);
}

}  // namespace tocsin::parser
