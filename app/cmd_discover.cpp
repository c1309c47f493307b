// SPDX-License-Identifier: MIT
#include <algorithm>
#include <chrono>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "app/command.hpp"
#include "app/options.hpp"
#include "base/redact.hpp"
#include "fetcher/discovery.hpp"
#include "fetcher/feed_spec.hpp"
#include "net/curl_client.hpp"
#include "parser/parser.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin discover [--allow-private] [--json] URL

Finds the feeds of a web page: those that it announces, ordinary links that look like feeds, and
where there are none of these, the addresses at which feeds often lie. Each is fetched, and only
what parses as a feed is printed: address and title, as lines for `feeds:`.

  --allow-private   the page may be at a private or loopback address
  --json            one JSON object a line: url, title, format, items

Exit status: 0 when a feed was found, 1 when there is none or the page cannot be had.

Example:
  tocsin discover https://example.org/news/
)";

constexpr std::size_t kMostTried = 12;

struct Found {
  std::string url, title, format;
  std::size_t items = 0;
};

/// One page or feed after the other, on a loop of its own.
class Browser {
 public:
  explicit Browser(bool allow_private) : allow_private_(allow_private) {}

  Result<net::Response> get(const std::string& url) {
    net::Request request;
    request.url = url.find("://") == std::string::npos ? "https://" + url : url;
    request.headers = {{"User-Agent", fetcher::FetchOptions{}.user_agent}};
    request.allow_private = allow_private_;
    request.max_redirects = 5;
    request.timeout = std::chrono::seconds{20};
    Result<net::Response> answer = Error{};
    boost::asio::co_spawn(loop_, ask(client_, std::move(request), answer),
                          [this](const std::exception_ptr&) { loop_.stop(); });
    loop_.restart();
    loop_.run();
    if (answer && answer->status != 200)
      return Error{Errc::unavailable, redact(url) + ": HTTP " + std::to_string(answer->status)};
    return answer;
  }

 private:
  static boost::asio::awaitable<void> ask(net::CurlClient& client, net::Request request,
                                          Result<net::Response>& answer) {
    auto got = co_await client.send(std::move(request));
    answer = std::move(got);
  }

  bool allow_private_;
  boost::asio::io_context loop_{1};
  net::CurlClient client_{loop_.get_executor()};
};

std::optional<Found> as_feed(const net::Response& response) {
  parser::Source source;
  source.url = response.final_url;
  source.content_type = std::string(net::header(response.headers, "content-type"));
  auto feed = parser::parse_feed(response.body, source);
  if (!feed) return std::nullopt;
  return Found{response.final_url, std::move(feed->title), std::move(feed->format),
               feed->items.size()};
}

std::vector<Found> look_around(Browser& browser, const net::Response& page) {
  std::vector<std::string> addresses;
  for (auto& announced : fetcher::discover_feeds(page.body, page.final_url))
    addresses.push_back(std::move(announced.url));
  if (addresses.empty()) addresses = fetcher::usual_feed_addresses(page.final_url);
  if (addresses.size() > kMostTried) addresses.resize(kMostTried);
  std::vector<Found> found;
  for (const auto& address : addresses) {
    const auto response = browser.get(address);
    if (!response) continue;
    auto feed = as_feed(*response);
    const bool known = feed && std::any_of(found.begin(), found.end(), [&](const Found& other) {
                         return other.url == feed->url;
                       });
    if (feed && !known) found.push_back(std::move(*feed));
  }
  return found;
}

void print(const Found& feed, bool json) {
  if (json) {
    const boost::json::object out = {{"url", feed.url},
                                     {"title", scrub(feed.title, 300)},
                                     {"format", feed.format},
                                     {"items", feed.items}};
    std::cout << boost::json::serialize(out) << '\n';
    return;
  }
  std::cout << "  - " << scrub(feed.url, 2'000) << "  # " << scrub(feed.title, 300) << ", "
            << feed.format << ", " << feed.items << (feed.items == 1 ? " item\n" : " items\n");
}

int run(const Args& args) {
  const auto options = parse_options(args, {{"--allow-private", false}, {"--json", false}});
  if (!options) return usage_error("discover", options.error().message);
  if (options->operands.size() != 1) return usage_error("discover", "it takes one URL");
  Browser browser(options->has("--allow-private"));
  const auto page = browser.get(options->operands.front());
  if (!page) {
    std::cerr << "tocsin discover: " << page.error().message << '\n';
    return kFindings;
  }
  std::vector<Found> found;
  if (auto feed = as_feed(*page))
    found.push_back(std::move(*feed));
  else
    found = look_around(browser, *page);
  for (const auto& feed : found) print(feed, options->has("--json"));
  if (!found.empty()) return kFine;
  std::cerr << "tocsin discover: no feed was found at " << redact(options->operands.front())
            << '\n';
  return kFindings;
}

}  // namespace

const Command kDiscoverCommand = {"discover", "the feeds that a web page announces", kHelp, &run};

}  // namespace tocsin::app
