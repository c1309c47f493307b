// SPDX-License-Identifier: MIT
#include "app/http_once.hpp"

#include <optional>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "net/curl_client.hpp"

namespace tocsin::app {
namespace {

namespace asio = boost::asio;

/// `http` and `answer` outlive the loop that this runs on.
asio::awaitable<void> ask(net::HttpClient& http, net::Request request,
                          std::optional<Result<net::Response>>& answer) {
  auto sending = http.send(std::move(request));
  auto got = co_await std::move(sending);
  answer.emplace(std::move(got));
}

}  // namespace

Result<net::Response> http_once(net::Request request) {
  asio::io_context loop{1};
  net::CurlClient http(loop.get_executor());
  std::optional<Result<net::Response>> answer;
  asio::co_spawn(loop, ask(http, std::move(request), answer), asio::detached);
  while (!answer) loop.run_one();
  return std::move(*answer);
}

}  // namespace tocsin::app
