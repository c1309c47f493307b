// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <utility>
#include <vector>

#include "net/http_client.hpp"

namespace tocsin::testing {

/// Answers from a script and remembers what was asked.
class ScriptedHttp final : public net::HttpClient {
 public:
  void reply(int status, net::Headers headers = {}, std::string body = {}) {
    net::Response response;
    response.status = status;
    response.headers = std::move(headers);
    response.body = std::move(body);
    script_.emplace_back(std::move(response));
  }
  void reply(net::Response response) { script_.emplace_back(std::move(response)); }
  void fail(Error error) { script_.emplace_back(std::move(error)); }

  boost::asio::awaitable<Result<net::Response>> send(net::Request request) override {
    requests.push_back(std::move(request));
    if (script_.empty()) co_return Error{Errc::unavailable, "the script is empty"};
    auto next = std::move(script_.front());
    script_.pop_front();
    if (next && next->final_url.empty()) next->final_url = requests.back().url;
    co_return next;
  }

  std::vector<net::Request> requests;

 private:
  std::deque<Result<net::Response>> script_;
};

}  // namespace tocsin::testing
