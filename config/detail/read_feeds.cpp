// SPDX-License-Identifier: MIT
// `feeds:`.
#include <algorithm>
#include <cctype>
#include <cstddef>
#include <map>
#include <set>

#include "base/time_format.hpp"
#include "config/detail/opml.hpp"
#include "config/detail/read.hpp"
#include "config/detail/values.hpp"

namespace tocsin::config::detail {
namespace {

using fetcher::FeedSpec;
using fetcher::FirstFetch;
using std::chrono::milliseconds;

/// `url` with scheme and host in small letters, where case means nothing.
std::string with_small_host(std::string url) {
  const auto scheme = url.find("://");
  if (scheme == std::string::npos) return url;
  const auto end = std::min(url.find_first_of("/?#", scheme + 3), url.size());
  std::transform(url.begin(), url.begin() + static_cast<std::ptrdiff_t>(end), url.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return url;
}

void read_first_fetch(const View& view, FeedSpec& out) {
  const auto text = view.text("first_fetch");
  if (text.empty()) return;
  if (text == "silent")
    out.first_fetch = FirstFetch::silent;
  else if (text == "all")
    out.first_fetch = FirstFetch::all;
  else if (const auto age = view.duration("first_fetch")) {
    out.first_fetch = FirstFetch::recent;
    out.first_fetch_age = *age;
  }
}

/// The host of a URL without "www.", as a name for a feed.
std::string name_from(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return "feed";
  auto rest = url.substr(scheme + 3);
  auto host = rest.substr(0, rest.find_first_of("/?#"));
  if (const auto at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
  if (host.empty()) host = rest.substr(rest.rfind('/') + 1);  // file:///a/b.xml is b.xml
  if (host.starts_with("www.")) host.remove_prefix(4);
  return host.empty() ? "feed" : std::string(host);
}

/// Gives feeds without a name one: their host, numbered from 2 where that is taken.
class Namer {
 public:
  void take(const std::string& name) { taken_.insert(name); }
  std::string name(const std::string& wish) {
    if (taken_.insert(wish).second) return wish;
    for (int n = 2;; ++n) {
      std::string next = wish;
      next.append("-").append(std::to_string(n));
      if (taken_.insert(next).second) return next;
    }
  }

 private:
  std::set<std::string> taken_;
};

void check_url(const View& view, const FeedSpec& feed, const Reading& reading) {
  const Node* url = view.get("url");
  if (url == nullptr) return;
  auto& findings = *reading.findings;
  if (feed.url.starts_with("file:") && !feed.allow_file)
    findings.error(*url, "a file: URL is read only where it is allowed",
                   "add allow_file: true to this feed");
  const auto host = feed.url.find("://") + 3;
  const auto end = feed.url.find_first_of("/?#", host);
  const auto at = feed.url.substr(0, end).rfind('@');
  if (at != std::string::npos && at > host && !url->secret)
    findings.warn(*url, "a user name or password stands in the URL",
                  "write username: and password_file: instead");
}

void check_interval(const View& view, const FeedSpec& feed, const Reading& reading) {
  const Node* interval = view.get("interval");
  if (interval == nullptr || !feed.interval || *feed.interval >= std::chrono::minutes{5}) return;
  reading.findings->warn(*interval, "this feed is polled more often than every 5m",
                         "many servers block readers that do; keep it for tests and feeds of your "
                         "own");
}

/// A feed, and what to call it when it has no name of its own.
struct Named {
  FeedSpec feed;
  std::string wish;
};

void read_list(const View& view, const FeedSpec& defaults, const Reading& reading,
               std::vector<Named>& out) {
  const Node& path = *view.get("opml");
  const FeedSpec common = read_feed(view, defaults, reading);
  for (auto& entry : read_opml(path, *reading.findings)) {
    Named next{common, std::move(entry.title)};
    next.feed.name.clear();
    next.feed.url = std::move(entry.url);
    if (next.wish.empty()) next.wish = name_from(next.feed.url);
    for (auto& [key, value] : entry.labels) next.feed.labels.emplace(key, std::move(value));
    out.push_back(std::move(next));
  }
}

}  // namespace

FeedSpec read_feed(const View& view, const FeedSpec& defaults, const Reading& reading) {
  FeedSpec out = defaults;
  out.name = view.text("name");
  out.url = view.text("url");
  out.labels = view.labels("labels");
  out.interval = view.duration("interval");
  for (auto& [name, value] : view.labels("headers")) out.headers.emplace_back(name, value);
  out.username = view.text("username");
  out.password = read_secret(view, "password", reading.secrets, *reading.findings);
  out.bearer_token = read_secret(view, "bearer_token", reading.secrets, *reading.findings);
  out.proxy = read_secret(view, "proxy", reading.secrets, *reading.findings);
  out.ca_file = view.path("ca_file");
  out.pinned_key = view.text("pinned_key");
  out.silent_after = view.duration("silent_after");
  out.allow_private = view.flag("allow_private", false);
  out.allow_file = view.flag("allow_file", false);
  read_first_fetch(view, out);
  return out;
}

void read_feeds(const Reading& reading, Config& config) {
  FeedSpec defaults;
  read_first_fetch(reading.main().below("fetch"), defaults);
  UniqueNames names("feed", *reading.findings);
  std::map<std::string, const Node*> addresses;
  std::vector<Named> all;
  Namer namer;
  reading.each_item("feeds", [&](const Node& node) {
    const View view(&node, "url");
    if (view.has("opml")) {
      read_list(view, defaults, reading, all);
      return;
    }
    auto feed = read_feed(view, defaults, reading);
    if (feed.url.empty()) return;
    check_url(view, feed, reading);
    check_interval(view, feed, reading);
    const auto [first, fresh] = addresses.emplace(with_small_host(feed.url), view.get("url"));
    if (!fresh)
      reading.findings->warn(
          *view.get("url"), "this feed is listed a second time",
          "it stands first in line " + std::to_string(first->second->start.line) + "; keep one");
    if (!feed.name.empty() && names.add(*view.get("name"))) namer.take(feed.name);
    auto wish = name_from(feed.url);
    all.push_back({std::move(feed), std::move(wish)});
  });
  for (auto& [feed, wish] : all) {
    if (feed.name.empty()) feed.name = namer.name(wish);
    config.feeds.push_back(std::move(feed));
  }
}

}  // namespace tocsin::config::detail
