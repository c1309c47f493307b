// SPDX-License-Identifier: MIT
#include "config/detail/findings.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

#include "base/redact.hpp"
#include "base/spelling.hpp"

namespace tocsin::config::detail {

void Findings::add(Diagnostic::Severity severity, const Node& at, std::string message,
                   std::string hint) {
  Diagnostic found;
  found.severity = severity;
  found.file = at.source->name();
  found.line = at.start.line;
  found.column = at.start.column;
  if (at.is_scalar() && at.end.line == at.start.line && at.end.column > at.start.column)
    found.length = at.end.column - at.start.column;
  found.message = std::move(message);
  found.hint = std::move(hint);
  found.source_line = mask_line(at.source->line(at.start.line));
  errors_ += severity == Diagnostic::Severity::error ? 1U : 0U;
  all_.push_back(std::move(found));
}

void Findings::error_at(const Source& source, Mark at, std::uint32_t length, std::string message,
                        std::string hint) {
  all_.push_back({Diagnostic::Severity::error, source.name(), at.line, at.column, length,
                  std::move(message), std::move(hint), mask_line(source.line(at.line))});
  ++errors_;
}

void Findings::error_in(const std::string& file, std::string message, std::string hint) {
  all_.push_back(
      {Diagnostic::Severity::error, file, 0, 0, 1, std::move(message), std::move(hint), {}});
  ++errors_;
}

void Findings::hide(const Node& secret) {
  constexpr auto kEnd = std::numeric_limits<std::uint32_t>::max();
  for (auto line = secret.start.line; line <= secret.end.line; ++line)
    hidden_.push_back({secret.source->name(), line,
                       line == secret.start.line ? secret.start.column : 1U,
                       line == secret.end.line ? secret.end.column : kEnd});
}

void Findings::star_out(Diagnostic& found) const {
  for (const auto& span : hidden_) {
    if (span.line != found.line || span.file != found.file) continue;
    const auto begin = byte_of_character(found.source_line, span.from - 1);
    const auto end = byte_of_character(found.source_line, span.to - 1);
    const auto hidden = std::string_view(found.source_line).substr(begin, end - begin);
    found.source_line.replace(begin, end - begin, std::string(count_characters(hidden), '*'));
  }
}

std::vector<Diagnostic> Findings::take() {
  for (auto& found : all_) star_out(found);
  std::map<std::string_view, std::size_t> order;
  for (const auto& found : all_) order.emplace(found.file, order.size());
  std::vector<std::tuple<std::size_t, std::uint32_t, std::uint32_t, std::size_t>> keys;
  for (std::size_t i = 0; i < all_.size(); ++i)
    keys.emplace_back(order[all_[i].file], all_[i].line, all_[i].column, i);
  std::sort(keys.begin(), keys.end());
  std::vector<Diagnostic> out;
  out.reserve(all_.size());
  for (const auto& key : keys) out.push_back(std::move(all_[std::get<3>(key)]));
  all_.clear();
  return out;
}

std::string in_quotes(std::string_view text) {
  return "'" + scrub(text, 60) + "'";
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> names,
                         std::string otherwise) {
  if (count_characters(word) < 3) return otherwise;  // too little to go by
  auto close = closest(word, names);
  // One letter or an ending off a long word is near too: "watch" for "watches".
  for (const auto name : names)
    if (close.empty() && word.size() >= 4 && (name.starts_with(word) || word.starts_with(name)))
      close = name;
  return close.empty() ? otherwise : "did you mean '" + std::string(close) + "'?";
}

}  // namespace tocsin::config::detail
