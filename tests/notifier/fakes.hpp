// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <exception>
#include <optional>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "base/clock.hpp"
#include "net/http_client.hpp"
#include "net/smtp_client.hpp"
#include "notifier/channel.hpp"
#include "notifier/channels/make.hpp"

/// The world as scripts, for tests of channels.
namespace tocsin::notifier::fakes {

/// Answers with what `script` holds, in order; then with 200. Keeps every request.
class ScriptedHttp final : public net::HttpClient {
 public:
  boost::asio::awaitable<Result<net::Response>> send(net::Request request) override {
    requests.push_back(std::move(request));
    if (script.empty()) {
      net::Response fine;
      fine.status = 200;
      co_return fine;
    }
    auto answer = std::move(script.front());
    script.pop_front();
    co_return answer;
  }

  void answer(int status, net::Headers headers = {}, std::string body = {}) {
    net::Response response;
    response.status = status;
    response.headers = std::move(headers);
    response.body = std::move(body);
    script.emplace_back(std::move(response));
  }

  std::deque<Result<net::Response>> script;
  std::vector<net::Request> requests;
};

/// Likewise for mail; then with 250.
class ScriptedSmtp final : public net::SmtpClient {
 public:
  boost::asio::awaitable<Result<net::SmtpReply>> send(net::SmtpServer server,
                                                      net::Mail mail) override {
    servers.push_back(std::move(server));
    mails.push_back(std::move(mail));
    if (script.empty()) {
      net::SmtpReply fine{250, "ok", "data"};
      co_return fine;
    }
    auto answer = std::move(script.front());
    script.pop_front();
    co_return answer;
  }

  std::deque<Result<net::SmtpReply>> script;
  std::vector<net::SmtpServer> servers;
  std::vector<net::Mail> mails;
};

class FixedClock final : public Clock {
 public:
  explicit FixedClock(Timestamp when) : when_(when) {}
  [[nodiscard]] Timestamp now() const noexcept override { return when_; }
  void advance(std::chrono::milliseconds by) { when_ += by; }

 private:
  Timestamp when_;
};

/// Runs `work` on a loop of its own and returns its value.
template <class T>
T run(boost::asio::awaitable<T> work) {
  boost::asio::io_context loop;
  std::optional<T> value;
  std::exception_ptr thrown;
  boost::asio::co_spawn(loop, std::move(work), [&](std::exception_ptr bug, T result) {
    thrown = bug;
    value.emplace(std::move(result));
  });
  loop.run();
  if (thrown) std::rethrow_exception(thrown);
  return std::move(*value);
}

/// A channel with everything that it leans on.
struct Rig {
  ScriptedHttp http;
  ScriptedSmtp smtp;
  FixedClock clock{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} +
                   std::chrono::hours{9}};
  std::vector<std::string> printed;
  DeliverySpec delivery;
  std::unique_ptr<Channel> channel;

  Result<void> open(const ReceiverSpec& receiver) {
    ChannelDeps deps{http, smtp, clock,
                     [this](std::string_view line) { printed.emplace_back(line); }};
    auto made = make_channel(receiver, delivery, std::move(deps));
    if (!made) return std::move(made).error();
    channel = std::move(*made);
    return {};
  }

  Attempt deliver(const Event& event, std::string target = {}) {
    Delivery delivery_of_it{event, std::move(target), clock.now(), 1};
    return run(channel->deliver(std::move(delivery_of_it)));
  }
};

}  // namespace tocsin::notifier::fakes
