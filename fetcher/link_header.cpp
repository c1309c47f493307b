// SPDX-License-Identifier: MIT
#include "fetcher/link_header.hpp"

#include <algorithm>

#include "text/url.hpp"

namespace tocsin::fetcher {
namespace {

bool same(std::string_view one, std::string_view lower_case) {
  return std::equal(one.begin(), one.end(), lower_case.begin(), lower_case.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Takes what stands before the next `separator` that is in no quotes, and the separator.
std::string_view take(std::string_view& rest, char separator) {
  bool quoted = false;
  std::size_t at = 0;
  for (; at < rest.size(); ++at) {
    if (rest[at] == '\\' && quoted)
      ++at;
    else if (rest[at] == '"')
      quoted = !quoted;
    else if (rest[at] == separator && !quoted)
      break;
  }
  const auto taken = rest.substr(0, at);
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return taken;
}

/// Whether the parameters of a link name `rel` among its relations.
bool has_relation(std::string_view parameters, std::string_view rel) {
  while (!parameters.empty()) {
    auto value = take(parameters, ';');
    const auto name = take(value, '=');
    if (!same(trimmed(name), "rel")) continue;
    value = trimmed(value);
    if (value.size() >= 2 && value.front() == '"') value = value.substr(1, value.size() - 2);
    while (!value.empty())
      if (same(take(value, ' '), rel)) return true;
    return false;  // RFC 8288, 3.3: a second `rel` does not count
  }
  return false;
}

}  // namespace

std::string link_target(const net::Headers& headers, std::string_view rel, std::string_view base) {
  for (const auto& [name, value] : headers) {
    if (name != "link") continue;
    std::string_view rest = value;
    for (;;) {
      const auto open = rest.find('<');
      const auto close = rest.find('>', open);
      if (close == std::string_view::npos) break;
      const auto target = rest.substr(open + 1, close - open - 1);
      rest.remove_prefix(close + 1);
      auto parameters = take(rest, ',');
      if (has_relation(parameters, rel)) return text::resolve_url(base, target);
    }
  }
  return {};
}

}  // namespace tocsin::fetcher
