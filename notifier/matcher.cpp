// SPDX-License-Identifier: MIT
#include "notifier/matcher.hpp"

#include <algorithm>
#include <utility>

#include <re2/re2.h>

#include "base/redact.hpp"

namespace tocsin::notifier {
namespace {

constexpr std::pair<std::string_view, Matcher::Op> kOperators[] = {
    // Longer ones first: "=~" begins with "=".
    {"=~", Matcher::Op::matches},
    {"!~", Matcher::Op::not_matches},
    {"!=", Matcher::Op::not_equal},
    {"=", Matcher::Op::equal},
};

constexpr bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.';
}

std::string_view trim(std::string_view text) {
  const auto from = text.find_first_not_of(" \t");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

Error wrong(std::string_view text, std::string_view what) {
  return Error{Errc::malformed, std::string(what)}.context("matcher " + scrub(text, 200));
}

Result<std::string> unquote(std::string_view text, std::string_view whole) {
  if (text.empty() || text.front() != '"') {
    if (text.find('"') != std::string_view::npos) return wrong(whole, "a stray quotation mark");
    return std::string(text);
  }
  std::string value;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      if (i + 1 != text.size()) return wrong(whole, "text behind the closing quotation mark");
      return value;
    }
    if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) ++i;
    value += text[i];
  }
  return wrong(whole, "the quotation mark is not closed");
}

std::unique_ptr<re2::RE2> pattern_of(const Matcher& matcher) {
  if (matcher.op == Matcher::Op::equal || matcher.op == Matcher::Op::not_equal) return nullptr;
  re2::RE2::Options options;
  options.set_log_errors(false);
  return std::make_unique<re2::RE2>(matcher.value, options);
}

bool holds(const Matcher& matcher, const re2::RE2* pattern, const std::string& value) {
  switch (matcher.op) {
    case Matcher::Op::equal: return value == matcher.value;
    case Matcher::Op::not_equal: return value != matcher.value;
    case Matcher::Op::matches: return pattern->ok() && re2::RE2::FullMatch(value, *pattern);
    case Matcher::Op::not_matches: return pattern->ok() && !re2::RE2::FullMatch(value, *pattern);
  }
  return false;
}

std::string label_of(const Subject& subject, std::string_view key) {
  for (const auto* labels : {&subject.watch.labels, &subject.item.feed.labels})
    if (const auto found = labels->find(key); found != labels->end()) return found->second;
  return {};
}

}  // namespace

Result<Matcher> parse_matcher(std::string_view text) {
  const auto whole = trim(text);
  const auto name_end = std::find_if_not(whole.begin(), whole.end(), is_name) - whole.begin();
  const auto name = whole.substr(0, static_cast<std::size_t>(name_end));
  auto rest = trim(whole.substr(name.size()));
  if (name.empty()) return wrong(text, "it begins with a name, like severity=\"high\"");
  for (const auto& [sign, op] : kOperators) {
    if (!rest.starts_with(sign)) continue;
    auto value = unquote(trim(rest.substr(sign.size())), text);
    if (!value) return std::move(value).error();
    Matcher matcher{.op = op, .name = std::string(name), .value = std::move(*value)};
    if (const auto pattern = pattern_of(matcher); pattern && !pattern->ok())
      return wrong(text, pattern->error());
    return matcher;
  }
  return wrong(text, "after the name stands one of = != =~ !~");
}

std::string to_string(const Matcher& matcher) {
  std::string text = matcher.name;
  for (const auto& [sign, op] : kOperators)
    if (op == matcher.op) text += sign;
  text += '"';
  for (const char c : matcher.value) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + '"';
}

std::string value_of(const Subject& subject, std::string_view name) {
  constexpr std::string_view kLabel = "label.";
  if (name == "severity") return std::string(to_string(subject.watch.severity));
  if (name == "watch") return subject.watch.name;
  if (name == "feed") return subject.item.feed.name;
  if (name == "language") return subject.item.language;
  if (name == "type") return std::string(to_string(subject.type).substr(sizeof("tocsin.") - 1));
  if (name.starts_with(kLabel)) return label_of(subject, name.substr(kLabel.size()));
  return label_of(subject, name);
}

MatcherSet::MatcherSet(const std::vector<Matcher>& matchers) {
  for (const auto& matcher : matchers) entries_.push_back({matcher, pattern_of(matcher)});
}
MatcherSet::MatcherSet(MatcherSet&&) noexcept = default;
MatcherSet& MatcherSet::operator=(MatcherSet&&) noexcept = default;
MatcherSet::~MatcherSet() = default;

const Matcher* MatcherSet::failing(const Subject& subject) const {
  for (const auto& [matcher, pattern] : entries_)
    if (!holds(matcher, pattern.get(), value_of(subject, matcher.name))) return &matcher;
  return nullptr;
}

bool MatcherSet::hold(const Subject& subject) const {
  return failing(subject) == nullptr;
}

}  // namespace tocsin::notifier
