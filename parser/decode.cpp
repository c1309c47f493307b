// SPDX-License-Identifier: MIT
#include "parser/decode.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "text/utf8.hpp"

namespace tocsin::parser {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

/// What browsers read a label as (the WHATWG Encoding Standard's supersets).
std::string superset(std::string label) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kSupersets = {
      {{"iso-8859-1", "windows-1252"},
       {"latin1", "windows-1252"},
       {"us-ascii", "windows-1252"},
       {"ascii", "windows-1252"},
       {"iso-8859-9", "windows-1254"},
       {"gb2312", "gb18030"},
       {"gbk", "gb18030"},
       {"shift_jis", "windows-31j"},
       {"euc-kr", "windows-949"},
       {"ks_c_5601-1987", "windows-949"},
       {"tis-620", "windows-874"},
       {"utf8", "utf-8"}}};
  for (const auto& [from, to] : kSupersets)
    if (label == from) return std::string(to);
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

struct ConverterDeleter {
  void operator()(UConverter* converter) const noexcept { ucnv_close(converter); }
};

/// `bytes` from `charset` to UTF-8; false when ICU does not know it.
bool convert(std::string_view bytes, const std::string& charset, std::string& out) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, ConverterDeleter> converter(
      ucnv_open(charset.c_str(), &status));
  if (U_FAILURE(status)) return false;
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), converter.get(),
                                status);
  if (U_FAILURE(status)) return false;
  text.toUTF8String(out);
  return true;
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
  if (begins("<\0?\0"sv)) return "utf-16le";
  if (begins("\0<\0?"sv)) return "utf-16be";
  return {};
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
  return std::any_of(bytes.begin(), bytes.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

}  // namespace

Decoded decode(std::string_view bytes, std::string_view content_type) {
  std::size_t bom_length = 0;
  std::string label(bom_charset(bytes, bom_length));
  bytes.remove_prefix(bom_length);
  if (label.empty()) {
    if (!has_high_byte(bytes) || text::is_utf8(bytes)) return as_utf8(bytes);
    label = parameter(content_type, "charset");
    if (label.empty() || label == "utf-8") label = declared(bytes);
  }
  label = superset(std::move(label));
  if (label.empty() || label == "utf-8") return as_utf8(bytes);
  Decoded out;
  out.encoding = label;
  if (convert(bytes, label, out.text)) return out;
  auto fallback = as_utf8(bytes);
  fallback.warning = "the charset '" + text::repaired_utf8(label) + "' is not known; read as UTF-8";
  return fallback;
}

}  // namespace tocsin::parser
