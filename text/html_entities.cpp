// SPDX-License-Identifier: MIT
#include "text/html_entities.hpp"

#include <charconv>
#include <unordered_map>
#include <unordered_set>

#include "text/utf8.hpp"

namespace tocsin::text {
namespace {

constexpr std::string_view kTable =
#include "text/detail/entity_table.inc"
    ;
constexpr std::string_view kLegacy =
#include "text/detail/entity_legacy.inc"
    ;
constexpr std::size_t kLongestName = 32;

using Names = std::unordered_map<std::string_view, std::string>;

template <class Use>
void each_word(std::string_view list, Use use) {
  while (!list.empty()) {
    const auto end = std::min(list.find_first_of(" \n"), list.size());
    if (end > 0) use(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

Names read_table() {
  Names names;
  names.reserve(2400);
  each_word(kTable, [&names](std::string_view word) {
    const auto equals = word.find('=');
    std::string value;
    const char* from = word.data() + equals + 1;
    const char* const end = word.data() + word.size();
    while (from < end) {
      std::uint32_t code = 0;
      from = std::from_chars(from, end, code, 16).ptr + 1;
      append_utf8(value, code);
    }
    names.emplace(word.substr(0, equals), std::move(value));
  });
  return names;
}

const std::unordered_set<std::string_view>& legacy_names() {
  static const auto names = [] {
    std::unordered_set<std::string_view> set;
    each_word(kLegacy, [&set](std::string_view word) { set.insert(word); });
    return set;
  }();
  return names;
}

bool is_alnum(char c) noexcept {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

struct Number {
  std::size_t length = 0;
  char32_t value = 0;
};

// "&#8217;", "&#x2019;", "&#X2019", and the same without a semicolon.
Number read_number(std::string_view text, std::size_t at) {
  std::size_t from = at + 2;
  const bool hex = from < text.size() && (text[from] | 0x20) == 'x';
  if (hex) ++from;
  std::uint32_t value = 0;
  const char* const begin = text.data() + from;
  const char* const limit = text.data() + text.size();
  const auto [end, error] = std::from_chars(begin, limit, value, hex ? 16 : 10);
  if (end == begin) return {};
  if (error != std::errc{}) value = 0xFFFFFFFF;
  auto length = static_cast<std::size_t>(end - text.data()) - at;
  if (end < limit && *end == ';') ++length;
  return {length, value};
}

void append_number(std::string& out, char32_t value) {
  if (value >= 0x80 && value <= 0x9F) value = from_windows_1252(static_cast<std::uint8_t>(value));
  const bool control = value < 0x20 && value != '\t' && value != '\n' && value != '\r';
  if (control || value == 0xFFFE || value == 0xFFFF) return;
  append_utf8(out, value);
}

Reference append_numeric(std::string& out, std::string_view text, std::size_t at) {
  const auto number = read_number(text, at);
  if (number.length == 0) return {};
  auto length = number.length;
  if (number.value >= 0xD800 && number.value < 0xDC00 && text.substr(at + length, 2) == "&#") {
    const auto low = read_number(text, at + length);
    if (low.value >= 0xDC00 && low.value <= 0xDFFF) {
      append_utf8(out, 0x10000 + ((number.value - 0xD800) << 10U) + (low.value - 0xDC00));
      return {length + low.length, true};
    }
  }
  append_number(out, number.value);
  return {length, true};
}

}  // namespace

std::string_view entity_text(std::string_view name) {
  static const Names names = read_table();
  const auto found = names.find(name);
  return found == names.end() ? std::string_view{} : std::string_view(found->second);
}

Reference append_reference(std::string& out, std::string_view text, std::size_t at,
                           ReferenceIn place) {
  if (at + 1 >= text.size()) return {};
  if (text[at + 1] == '#') return append_numeric(out, text, at);
  std::size_t end = at + 1;
  while (end < text.size() && end - at <= kLongestName && is_alnum(text[end])) ++end;
  const auto name = text.substr(at + 1, end - at - 1);
  if (name.empty()) return {};
  if (end < text.size() && text[end] == ';') {
    const auto value = entity_text(name);
    out.append(value);
    return {end - at + 1, !value.empty()};
  }
  if (place == ReferenceIn::attribute) return {};
  // HTML takes the longest legacy name that the word starts with; a whole word is the safe part
  // of that ("&notit" stays as it is).
  if (!legacy_names().contains(name)) return {};
  out.append(entity_text(name));
  return {end - at, true};
}

std::string resolve_references(std::string_view text, ReferenceIn place) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto amp = std::min(text.find('&'), text.size());
    out.append(text.substr(0, amp));
    text.remove_prefix(amp);
    if (text.empty()) break;
    const auto reference = append_reference(out, text, 0, place);
    if (!reference.known) out.push_back('&');
    text.remove_prefix(reference.known ? reference.length : 1);
  }
  return out;
}

}  // namespace tocsin::text
