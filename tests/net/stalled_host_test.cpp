// SPDX-License-Identifier: MIT
#include <array>
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

#include "net/curl_client.hpp"
#include "tests/support/raw_server.hpp"

namespace tocsin::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

/// A server whose first connection is taken and never answered; each later one is, once.
class FirstStalls {
 public:
  FirstStalls(asio::io_context& loop, std::function<void()> on_first)
      : acceptor_(loop, {asio::ip::address_v4::loopback(), 0}), on_first_(std::move(on_first)) {
    accept();
  }
  void hang_up() { sockets_.clear(); }
  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + "/";
  }

 private:
  void accept() {
    acceptor_.async_accept([this](boost::system::error_code failed, tcp::socket socket) {
      if (failed) return;
      sockets_.push_back(std::make_unique<tcp::socket>(std::move(socket)));
      sockets_.back()->async_read_some(
          asio::buffer(request_), [this, of = sockets_.back().get()](auto, std::size_t) {
            if (of == sockets_.front().get()) return on_first_();
            asio::write(*of, asio::buffer(testing::http_answer(200, "", "here")));
          });
      accept();
    });
  }

  tcp::acceptor acceptor_;
  std::function<void()> on_first_;
  std::vector<std::unique_ptr<tcp::socket>> sockets_;
  std::array<char, 4096> request_{};
};

TEST(StalledHost, HoldsUpNoOtherRequestToItself) {
  asio::io_context loop{1};
  CurlClient client(loop.get_executor());
  std::string url;
  std::vector<std::string> ended;
  std::function<void()> hang_up;
  const auto ask = [&](std::string name) -> asio::awaitable<void> {
    Request request;
    request.url = url + name;
    request.allow_private = true;
    request.timeout = std::chrono::seconds{10};
    const auto response = co_await client.send(std::move(request));
    ended.push_back(name + (response ? " answered" : " given up"));
    if (ended.size() == 1) hang_up();
    if (ended.size() == 2) loop.stop();
  };
  FirstStalls server(
      loop, [&] { asio::co_spawn(loop, ask("second"), [](const std::exception_ptr&) {}); });
  url = server.url();
  hang_up = [&server] { server.hang_up(); };
  asio::co_spawn(loop, ask("first"), [](const std::exception_ptr&) {});
  loop.run_for(std::chrono::seconds{60});
  EXPECT_EQ(ended, (std::vector<std::string>{"second answered", "first given up"}));
}

}  // namespace
}  // namespace tocsin::net
