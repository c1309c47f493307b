// SPDX-License-Identifier: MIT
#include "notifier/context.hpp"

#include <cstddef>
#include <string>

#include "notifier/plain.hpp"

namespace tocsin::notifier {
namespace {

constexpr std::size_t kBefore = 100;  // characters
constexpr std::size_t kAfter = 140;
constexpr std::size_t kLongestHit = 400;

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Where the words before `start` begin.
std::size_t left_edge(std::string_view text, std::size_t start) {
  const auto paragraph = text.substr(0, start).rfind("\n\n");
  const std::size_t least = paragraph == std::string_view::npos ? 0 : paragraph + 2;
  std::size_t left = start;
  for (std::size_t n = 0; left > least && n < kBefore; ++n) {
    --left;
    while (left > least && is_continuation(text[left])) --left;
  }
  if (left == least || is_blank(text[left - 1])) return left;
  for (auto i = left; i < start; ++i)
    if (is_blank(text[i])) return i + 1;
  return left;  // one long word, or a script without blanks: cut between characters
}

/// Where the words after `end` end.
std::size_t right_edge(std::string_view text, std::size_t end) {
  const auto paragraph = text.find("\n\n", end);
  const std::size_t most = paragraph == std::string_view::npos ? text.size() : paragraph;
  std::size_t right = end;
  for (std::size_t n = 0; right < most && n < kAfter; ++n) {
    ++right;
    while (right < most && is_continuation(text[right])) ++right;
  }
  if (right == most || is_blank(text[right])) return right;
  for (auto i = right; i > end; --i)
    if (is_blank(text[i - 1])) return i - 1;
  return right;
}

/// True when nothing but blanks stands between the edge and the text's own end.
bool only_blanks(std::string_view text) {
  for (const char c : text)
    if (!is_blank(c)) return false;
  return true;
}

EventHit bare_hit(std::string_view watch, const Hit& hit) {
  EventHit out{std::string(watch), hit, cut_at_word(one_line(hit.text), kLongestHit), 0, 0};
  out.context_end = static_cast<std::uint32_t>(out.context.size());
  return out;
}

}  // namespace

EventHit make_hit(std::string_view watch, const Hit& hit, std::string_view field_text) {
  if (hit.start >= hit.end || hit.end > field_text.size()) return bare_hit(watch, hit);
  const auto left = left_edge(field_text, hit.start);
  const auto right = right_edge(field_text, hit.end);
  const auto before_text = field_text.substr(left, hit.start - left);
  const auto after_text = field_text.substr(hit.end, right - hit.end);
  const auto before = one_line(before_text);
  const auto middle =
      cut_at_word(one_line(field_text.substr(hit.start, hit.end - hit.start)), kLongestHit);
  const auto after = one_line(after_text);

  EventHit out{std::string(watch), hit, {}, 0, 0};
  auto& line = out.context;
  if (!only_blanks(field_text.substr(0, left))) line = "… ";
  line += before;
  if (!before.empty() && is_blank(before_text.back())) line += ' ';
  out.context_start = static_cast<std::uint32_t>(line.size());
  line += middle;
  out.context_end = static_cast<std::uint32_t>(line.size());
  if (!after.empty() && is_blank(after_text.front())) line += ' ';
  line += after;
  if (!only_blanks(field_text.substr(right))) line += " …";
  return out;
}

}  // namespace tocsin::notifier
