// SPDX-License-Identifier: MIT
#include "daemon/subscriptions.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <sys/random.h>

#include "base/digest.hpp"
#include "base/log.hpp"
#include "base/redact.hpp"

namespace tocsin::daemon {
namespace asio = boost::asio;
namespace fs = std::filesystem;
namespace {

using std::chrono::milliseconds;

// Hubs are asked in small steps: many feeds may name one.
constexpr std::size_t kAtOnce = 4;
constexpr milliseconds kBetweenSteps{1'000};
constexpr milliseconds kLongestNap{std::chrono::hours{1}};
constexpr std::size_t kMostRedirects = 3;
constexpr std::size_t kLargestAnswer = 64U << 10U;

std::string random_key() {
  std::array<char, 32> bytes{};
  // So few bytes always come whole (getrandom(2)).
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) return {};
  return hex_encode({bytes.data(), bytes.size()});
}

Result<void> write_key(const fs::path& file, const std::string& key) {
  const auto draft = file.native() + ".new";
  std::ofstream out(draft, std::ios::trunc);
  std::error_code failed;
  fs::permissions(draft, fs::perms::owner_read | fs::perms::owner_write, failed);
  out << key << std::flush;
  if (!failed && out) fs::rename(draft, file, failed);
  if (failed || !out) return Error{Errc::io, "cannot be written"}.context(file.native());
  return {};
}

}  // namespace

Result<std::string> subscription_key(const fs::path& folder) {
  const auto file = folder / "websub.key";
  std::ifstream in(file);
  std::string key{std::istreambuf_iterator<char>(in), {}};
  if (in && key.size() >= 32) return key;
  std::error_code failed;
  if (!in.is_open() && fs::exists(file, failed))
    return Error{Errc::denied, "cannot be read"}.context(file.native());
  key = random_key();
  if (key.empty()) return Error{Errc::io, "the system gives no random bytes"};
  if (auto written = write_key(file, key); !written) return std::move(written).error();
  return key;
}

Subscriptions::Subscriptions(net::HttpClient& http, const Clock& clock, asio::any_io_executor loop,
                             fetcher::FetchOptions options, std::string key)
    : http_(http),
      clock_(clock),
      options_(std::move(options)),
      websub_(options_.websub_callback, std::move(key)),
      requests_(loop),
      wake_(std::move(loop)) {}

void Subscriptions::set_options(fetcher::FetchOptions options) {
  options.websub_callback = std::move(options_.websub_callback);
  options_ = std::move(options);
}

Timestamp Subscriptions::now() const {
  return Timestamp{clock_.steady()};
}

std::string Subscriptions::path() const {
  return options_.websub_callback.empty() ? std::string() : websub_.path();
}

void Subscriptions::announce(const fetcher::FeedSpec& feed, const FeedState& state) {
  if (options_.websub_callback.empty()) return;
  if (state.hub.empty() || state.topic.empty()) {
    forget(feed.name);
    return;
  }
  auto& way = ways_[feed.name];
  way.proxy = feed.proxy.empty() ? options_.proxy : feed.proxy;
  way.allow_private = feed.allow_private || options_.allow_private;
  websub_.announce(feed.name, state.hub, state.topic);
  const auto next = websub_.next();
  if (next && *next <= now()) wake_.cancel();
}

void Subscriptions::forget(const std::string& feed) {
  if (ways_.erase(feed) > 0) websub_.forget(feed);
}

bool Subscriptions::is_pushed(const std::string& feed) const {
  return !ways_.empty() && websub_.is_pushed(feed, now());
}

asio::awaitable<void> Subscriptions::ask(fetcher::HubRequest asked) {
  const auto way = ways_.find(asked.feed);
  if (way == ways_.end()) co_return;
  auto& request = asked.request;
  request.headers.emplace_back("User-Agent", options_.user_agent);
  request.proxy = way->second.proxy;
  request.allow_private = way->second.allow_private;
  request.timeout = options_.timeout;
  request.max_redirects = kMostRedirects;
  request.max_body = kLargestAnswer;
  auto sending = http_.send(std::move(request));
  const auto answer = co_await std::move(sending);
  const bool taken = answer && answer->status / 100 == 2;
  const auto known = ways_.find(asked.feed);
  if (known == ways_.end()) co_return;
  if (!taken && !std::exchange(known->second.failing, true))
    log::warn("fetcher", "a hub does not take a subscription, so the feed is polled",
              {{"feed", asked.feed},
               {"error", answer ? "HTTP " + std::to_string(answer->status)
                                : scrub(answer.error().message)}});
  if (taken) known->second.failing = false;
}

asio::awaitable<void> Subscriptions::run() {
  for (;;) {
    auto due = websub_.due(now(), kAtOnce);
    for (auto& one : due) requests_.spawn(ask(std::move(one)));
    auto pause = due.empty() ? kLongestNap : kBetweenSteps;
    if (const auto next = websub_.next(); next && due.empty())
      pause = std::clamp(*next - now(), milliseconds{1}, kLongestNap);
    wake_.expires_after(pause);
    co_await wake_.async_wait(asio::as_tuple(asio::use_awaitable));
  }
}

asio::awaitable<bool> Subscriptions::stop(milliseconds limit) {
  requests_.cancel();
  return requests_.wait(limit);
}

fetcher::WebSubReply Subscriptions::handle(std::string_view method, std::string_view target,
                                           const net::Headers& headers, std::string_view body) {
  return websub_.handle(method, target, headers, body, now());
}

}  // namespace tocsin::daemon
