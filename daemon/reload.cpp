// SPDX-License-Identifier: MIT
#include "daemon/reload.hpp"

#include <chrono>
#include <map>
#include <string_view>
#include <tuple>
#include <vector>

namespace tocsin::daemon {
namespace {

constexpr std::size_t kNamed = 5;

/// "2 added (a, b)", or "" for none.
std::string list_of(const std::vector<std::string_view>& names, std::string_view what) {
  if (names.empty()) return "";
  std::string out = std::to_string(names.size()) + " " + std::string(what) + " (";
  for (std::size_t i = 0; i < names.size() && i < kNamed; ++i)
    out.append(i == 0 ? "" : ", ").append(names[i]);
  return out + (names.size() > kNamed ? ", …)" : ")");
}

bool same(const fetcher::FeedSpec& one, const fetcher::FeedSpec& other) {
  const auto key = [](const fetcher::FeedSpec& feed) {
    return std::tie(feed.url, feed.labels, feed.interval, feed.headers, feed.username,
                    feed.password, feed.bearer_token, feed.proxy, feed.ca_file, feed.pinned_key,
                    feed.silent_after, feed.allow_private, feed.allow_file, feed.first_fetch,
                    feed.first_fetch_age);
  };
  return key(one) == key(other);
}

std::tuple<std::string, std::string, std::string> essence(const notifier::ReceiverSpec& receiver) {
  std::string whom, how, secret;
  if (receiver.email) {
    for (const auto& to : receiver.email->to) whom += to + ",";
    how = receiver.email->server.host + receiver.email->subject + receiver.email->text;
  }
  if (receiver.webhook) {
    whom = receiver.webhook->url;
    how = receiver.webhook->method + receiver.webhook->body;
    secret = receiver.webhook->secret + receiver.webhook->bearer_token;
  }
  if (receiver.service) {
    whom = receiver.service->kind;
    for (const auto& [key, value] : receiver.service->options) how += key + "=" + value + "\n";
  }
  return {whom, how, secret};
}

bool same(const notifier::ReceiverSpec& one, const notifier::ReceiverSpec& other) {
  return essence(one) == essence(other);
}

/// The difference of two lists of things with unique names; "" for none.
template <class Thing>
std::string difference(const std::vector<const Thing*>& before, const std::vector<Thing>& after) {
  std::map<std::string_view, const Thing*> old;
  for (const auto* one : before) old.emplace(one->name, one);
  std::vector<std::string_view> added, removed, changed;
  for (const auto& one : after) {
    const auto known = old.find(one.name);
    if (known == old.end()) {
      added.push_back(one.name);
      continue;
    }
    if (!same(*known->second, one)) changed.push_back(one.name);
    old.erase(known);
  }
  for (const auto& [name, one] : old) removed.push_back(name);
  std::string out;
  for (const auto& part :
       {list_of(added, "added"), list_of(removed, "removed"), list_of(changed, "changed")})
    if (!part.empty()) out.append(out.empty() ? "" : ", ").append(part);
  return out;
}

}  // namespace

std::string describe_changes(
    const std::vector<std::shared_ptr<const fetcher::FeedSpec>>& feeds_before,
    const std::vector<notifier::ReceiverSpec>& receivers_before, const config::Config& after) {
  std::vector<const fetcher::FeedSpec*> old_feeds;
  for (const auto& feed : feeds_before) old_feeds.push_back(feed.get());
  std::vector<const notifier::ReceiverSpec*> old_receivers;
  for (const auto& receiver : receivers_before) old_receivers.push_back(&receiver);
  const auto feeds = difference(old_feeds, after.feeds);
  const auto receivers = difference(old_receivers, after.delivery.receivers);
  std::string out;
  if (!feeds.empty()) out = "feeds: " + feeds;
  if (!receivers.empty()) out.append(out.empty() ? "" : "; ").append("receivers: " + receivers);
  return out.empty() ? "nothing but watches or settings" : out;
}

std::string reloading_message() {
  using std::chrono::microseconds;
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return "RELOADING=1\nMONOTONIC_USEC=" +
         std::to_string(std::chrono::duration_cast<microseconds>(now).count());
}

}  // namespace tocsin::daemon
