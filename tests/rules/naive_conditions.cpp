// SPDX-License-Identifier: MIT
#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <re2/re2.h>

#include "rules/words.hpp"
#include "tests/rules/naive.hpp"
#include "text/fold.hpp"

namespace tocsin::rules {
namespace {

bool is_whole(const std::string& pattern, const std::string& text) {
  return !text.empty() && glob(text::fold(pattern), text::fold(text));
}

/// `leaf` as a phrase somewhere in `text`.
bool is_inside(const Leaf& leaf, const std::string& text) {
  const auto words = read_words(text);
  for (std::size_t i = 0; i + leaf.words.size() <= words.size(); ++i) {
    bool all = true;
    for (std::size_t w = 0; w < leaf.words.size(); ++w)
      all = all && glob(leaf.words[w].folded, words[i + w].folded);
    if (all) return true;
  }
  return false;
}

bool in_any(const Leaf& leaf, const std::vector<std::string>& texts) {
  return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
    if (leaf.words.empty())
      return !text.empty() &&
             re2::RE2::PartialMatch(text, re2::RE2("(?i)" + leaf.term, re2::RE2::Quiet));
    return is_inside(leaf, text);
  });
}

/// example.org, org: the host of `url` and all that it is part of.
std::vector<std::string> hosts(const std::string& url) {
  const auto from = url.find("://");
  if (from == std::string::npos) return {};
  auto host = url.substr(from + 3);
  host = host.substr(0, host.find_first_of("/?#:"));
  std::vector<std::string> out;
  while (!host.empty()) {
    out.push_back(host);
    const auto dot = host.find('.');
    host = dot == std::string::npos ? "" : host.substr(dot + 1);
  }
  return out;
}

}  // namespace

bool naive_value(const Leaf& leaf, const Item& item, const ItemContext& context) {
  const auto any_whole = [&](const std::vector<std::string>& texts) {
    return std::any_of(texts.begin(), texts.end(),
                       [&](const auto& text) { return is_whole(leaf.term, text); });
  };
  if ((leaf.scope & kTag) != 0 && in_any(leaf, item.tags)) return true;
  if ((leaf.scope & kAuthor) != 0)
    for (const auto& author : item.authors)
      if (in_any(leaf, {author.name})) return true;
  if ((leaf.scope & kUrl) != 0 && in_any(leaf, {item.url})) return true;
  if ((leaf.scope & kSite) != 0 && any_whole(hosts(item.url))) return true;
  if ((leaf.scope & kFeed) != 0 && any_whole({std::string(context.feed)})) return true;
  if ((leaf.scope & kLang) != 0 &&
      any_whole({item.language, item.language.substr(0, item.language.find('-'))}))
    return true;
  return (leaf.scope & kLabel) != 0 && context.labels != nullptr &&
         context.labels->contains(leaf.key) && any_whole({context.labels->at(leaf.key)});
}

bool naive_comparison(const Comparison& test, const Item& item, const ItemContext& context,
                      std::size_t words) {
  auto value = static_cast<std::int64_t>(words);
  const auto when = item.published.value_or(context.now);
  if (test.what == Comparison::What::age) value = (context.now - when).count();
  if (test.what == Comparison::What::date)
    value = std::chrono::floor<std::chrono::days>(when).time_since_epoch().count();
  switch (test.op) {
    case Comparison::Op::less: return value < test.value;
    case Comparison::Op::less_equal: return value <= test.value;
    case Comparison::Op::equal: return value == test.value;
    case Comparison::Op::greater_equal: return value >= test.value;
    case Comparison::Op::greater: return value > test.value;
  }
  return false;
}

}  // namespace tocsin::rules
