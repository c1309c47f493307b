// SPDX-License-Identifier: MIT
#include "app/network_check.hpp"

#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "base/clock.hpp"
#include "base/redact.hpp"
#include "fetcher/discovery.hpp"
#include "fetcher/fetcher.hpp"
#include "net/curl_client.hpp"
#include "parser/parser.hpp"

namespace tocsin::app {
namespace {

constexpr std::size_t kAtOnce = 8;

/// What to write instead of the address of a page that announces feeds.
std::string hint_for(const fetcher::Document& page) {
  constexpr std::size_t kMostNamed = 3;
  std::string out;
  const auto announced = fetcher::discover_feeds(page.body, page.final_url);
  for (std::size_t i = 0; i < announced.size() && i < kMostNamed; ++i)
    out.append(out.empty() ? "it announces " : ", ").append(scrub(redact(announced[i].url), 500));
  return out;
}

std::optional<NetworkFinding> judge(const fetcher::FeedSpec& feed, const fetcher::Polled& polled) {
  if (polled.error) return NetworkFinding{feed.name, scrub(polled.error->message), ""};
  if (!polled.document) return std::nullopt;
  parser::Source source;
  source.url = polled.document->final_url;
  source.content_type = polled.document->content_type;
  const auto read = parser::parse_feed(polled.document->body, source);
  if (read) return std::nullopt;
  auto hint = hint_for(*polled.document);
  if (!hint.empty()) return NetworkFinding{feed.name, "this is a web page, not a feed", hint};
  return NetworkFinding{feed.name, "not a feed: " + scrub(read.error().message),
                        "`tocsin discover` looks for feeds near an address"};
}

/// One check of all feeds, on a loop of its own.
class Check {
 public:
  explicit Check(const config::Config& config)
      : config_(config), findings_(config.feeds.size()), fetcher_(client_, clock_, config.fetch) {}

  std::vector<NetworkFinding> run() {
    for (std::size_t i = 0; i < kAtOnce; ++i)
      boost::asio::co_spawn(loop_, work(), [this](const std::exception_ptr& bug) {
        if (bug) std::rethrow_exception(bug);
        if (++ended_ == kAtOnce) loop_.stop();
      });
    loop_.run();
    std::vector<NetworkFinding> out;
    for (auto& finding : findings_)
      if (finding) out.push_back(std::move(*finding));
    return out;
  }

 private:
  boost::asio::awaitable<void> work() {
    while (next_ < config_.feeds.size()) {
      const auto at = next_++;
      const auto feed = std::make_shared<const fetcher::FeedSpec>(config_.feeds[at]);
      auto polling = fetcher_.poll(feed, FeedState{});
      const auto polled = co_await std::move(polling);
      findings_[at] = judge(*feed, polled);
    }
  }

  const config::Config& config_;
  boost::asio::io_context loop_{1};
  SystemClock clock_;
  net::CurlClient client_{loop_.get_executor()};
  std::vector<std::optional<NetworkFinding>> findings_;  // by feed
  fetcher::Fetcher fetcher_;
  std::size_t next_ = 0, ended_ = 0;
};

}  // namespace

std::vector<NetworkFinding> check_feeds(const config::Config& config) {
  return Check(config).run();
}

}  // namespace tocsin::app
