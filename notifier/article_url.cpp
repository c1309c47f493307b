// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "notifier/sifter.hpp"

namespace tocsin::notifier {
namespace {

/// Parameters that say who sent the reader, not what is read. A trailing "_" is a prefix.
constexpr std::string_view kTracking[] = {"utm_",   "fbclid", "gclid",  "dclid", "msclkid",
                                          "mc_cid", "mc_eid", "igshid", "cmpid", "ocid",
                                          "smid",   "yclid",  "wt_",    "at_",   "ref_src",
                                          "_hsenc", "_hsmi",  "twclid", "ncid",  "partner"};

bool is_tracking(std::string_view parameter) {
  const auto name = parameter.substr(0, parameter.find('='));
  return std::any_of(std::begin(kTracking), std::end(kTracking), [&](std::string_view known) {
    return known.back() == '_' ? name.starts_with(known) : name == known;
  });
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string kept_query(std::string_view query) {
  std::vector<std::string_view> kept;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    if (end != 0 && !is_tracking(query.substr(0, end))) kept.push_back(query.substr(0, end));
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  std::sort(kept.begin(), kept.end());
  std::string out;
  for (const auto one : kept) out.append(out.empty() ? "?" : "&").append(one);
  return out;
}

}  // namespace

std::string article_url(std::string_view url) {
  const auto scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) return {};
  const auto scheme = lower(url.substr(0, scheme_end));
  if (scheme != "http" && scheme != "https") return {};
  url.remove_prefix(scheme_end + 3);
  url = url.substr(0, url.find('#'));
  const auto question = std::min(url.find('?'), url.size());
  const auto query = question == url.size() ? "" : kept_query(url.substr(question + 1));
  auto place = url.substr(0, question);
  const auto slash = std::min(place.find('/'), place.size());
  auto host = lower(place.substr(0, slash));
  for (const std::string_view prefix : {"www.", "m.", "amp."})
    if (host.starts_with(prefix)) host.erase(0, prefix.size());
  auto path = place.substr(slash);
  while (path.ends_with('/')) path.remove_suffix(1);
  if (path.empty() && query.empty()) return {};
  return host + std::string(path) + query;
}

}  // namespace tocsin::notifier
