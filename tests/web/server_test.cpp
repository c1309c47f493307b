// SPDX-License-Identifier: MIT
#include "web/server.hpp"

#include <string>
#include <thread>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::web {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

boost::asio::awaitable<Response> echo(Request request) {
  Response out;
  out.body = request.method + " " + request.path + " " + request.query + " " + request.body;
  co_return out;
}

boost::asio::awaitable<Response> fail(Request) {
  throw std::runtime_error("secret detail");
  co_return Response{};
}

/// A server on a loop of its own thread, and raw bytes to talk to it.
class WebServer : public ::testing::Test {
 protected:
  void start(ServerOptions options = {}) {
    options.port = 0;
    auto made = Server::listen(loop_.get_executor(), std::move(options));
    ASSERT_TRUE(made) << made.error().message;
    server_.emplace(std::move(*made));
    server_->router().add({"GET", "/read", Access::readers, echo});
    server_->router().add({"POST", "/change", Access::owner, echo});
    server_->router().add({"GET", "/fail", Access::readers, fail});
    server_->router().add({"POST", "/hook/", Access::self, echo});
    thread_ = std::thread([this] { loop_.run(); });
  }
  void TearDown() override {
    asio::post(loop_, [this] { server_.reset(); });
    if (thread_.joinable()) thread_.join();
  }
  tcp::socket connect() {
    tcp::socket socket(client_);
    socket.connect({asio::ip::address_v4::loopback(), server_->port()});
    return socket;
  }
  /// All bytes that come back for `bytes`, until the server hangs up.
  std::string talk(const std::string& bytes) {
    auto socket = connect();
    boost::system::error_code error;
    asio::write(socket, asio::buffer(bytes), error);
    std::string answer;
    asio::read(socket, asio::dynamic_buffer(answer), error);
    return answer;
  }
  std::string ask(const std::string& line, const std::string& more = "",
                  const std::string& body = "") {
    return talk(line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + more + "\r\n" +
                body);
  }

  asio::io_context loop_{1};
  asio::io_context client_;
  std::optional<Server> server_;
  std::thread thread_;
};

TEST_F(WebServer, AnswersWithAHandler) {
  start();
  const auto answer = ask("GET /read?since=1d");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK"));
  EXPECT_THAT(answer, HasSubstr("GET /read since=1d"));
  EXPECT_THAT(answer, HasSubstr("X-Content-Type-Options: nosniff"));
}

TEST_F(WebServer, SendsNoBodyForHead) {
  start();
  const auto answer = ask("HEAD /read");
  EXPECT_THAT(answer, HasSubstr("Content-Length: 12"));
  EXPECT_THAT(answer, Not(HasSubstr("HEAD /read")));
}

TEST_F(WebServer, KeepsAConnectionForSeveralRequests) {
  start();
  const std::string one = "GET /read HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const auto answer =
      talk(one + one + "GET /read HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  std::size_t answers = 0;
  for (auto at = answer.find("200 OK"); at != std::string::npos; at = answer.find("200 OK", at + 1))
    ++answers;
  EXPECT_EQ(answers, 3U);
}

TEST_F(WebServer, SaysWhatIsMissingAndWhatIsNotAllowed) {
  start();
  EXPECT_THAT(ask("GET /nothing"), StartsWith("HTTP/1.1 404"));
  const auto answer = ask("DELETE /read");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 405"));
  EXPECT_THAT(answer, HasSubstr("Allow: GET, HEAD"));
}

TEST_F(WebServer, AsksForTheTokenBeforeItChangesAnything) {
  ServerOptions options;
  options.token = "abc";
  start(options);
  EXPECT_THAT(ask("POST /change", "Content-Length: 0\r\n"), StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(ask("POST /change", "Content-Length: 2\r\nAuthorization: Bearer abc\r\n", "hi"),
              HasSubstr("POST /change  hi"));
}

TEST_F(WebServer, GivesACallbackItsPathAndBody) {
  start();
  const auto answer = talk(
      "POST /hook/a1b2 HTTP/1.1\r\nHost: hub.example\r\nContent-Length: 4\r\nConnection: "
      "close\r\n\r\nfeed");
  EXPECT_THAT(answer, HasSubstr("POST /hook/a1b2  feed"));
}

TEST_F(WebServer, HidesWhatAHandlerFailedBy) {
  start();
  const auto answer = ask("GET /fail");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 500"));
  EXPECT_THAT(answer, Not(HasSubstr("secret detail")));
}

TEST_F(WebServer, RefusesWhatIsTooLargeOrNoRequest) {
  start();
  EXPECT_THAT(ask("GET /read", "X: " + std::string(20'000, 'x') + "\r\n"),
              StartsWith("HTTP/1.1 431"));
  EXPECT_THAT(ask("POST /hook/x", "Content-Length: 2000000\r\n"), StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(talk("this is no request\r\n\r\n"), StartsWith("HTTP/1.1 400"));
}

TEST_F(WebServer, HangsUpOnOneThatNeverEndsItsRequest) {
  ServerOptions options;
  options.read_limit = std::chrono::milliseconds{50};
  start(options);
  talk("GET /read HTTP/1.1\r\nHost:");  // returns only because the server hung up
  EXPECT_THAT(ask("GET /read"), StartsWith("HTTP/1.1 200"));
}

TEST_F(WebServer, TakesNoMoreConnectionsThanItsLimit) {
  ServerOptions options;
  options.max_connections = 1;
  start(options);
  auto first = connect();
  const std::string request = "GET /read HTTP/1.1\r\nHost: localhost\r\n\r\n";
  asio::write(first, asio::buffer(request));
  char byte = 0;
  asio::read(first, asio::buffer(&byte, 1));  // it is being served
  EXPECT_EQ(ask("GET /read"), "");
}

TEST_F(WebServer, RefusesToServeOthersWithoutAToken) {
  ServerOptions options;
  options.host = "0.0.0.0";
  options.port = 0;
  const auto made = Server::listen(loop_.get_executor(), options);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Errc::denied);
}

TEST_F(WebServer, SaysWhenItsPortIsTaken) {
  start();
  ServerOptions options;
  options.port = server_->port();
  const auto second = Server::listen(loop_.get_executor(), options);
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().message, HasSubstr("cannot listen on 127.0.0.1:"));
}

}  // namespace
}  // namespace tocsin::web
