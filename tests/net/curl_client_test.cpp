// SPDX-License-Identifier: MIT
#include "net/curl_client.hpp"

#include <chrono>
#include <future>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/raw_server.hpp"
#include "tests/support/run.hpp"

namespace tocsin::net {
namespace {

using ::testing::HasSubstr;
using testing::http_answer;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::RawServer;

class CurlClientTest : public ::testing::Test {
 protected:
  Result<Response> send(Request request) {
    return testing::run(loop, client.send(std::move(request)));
  }
  static Request get(const std::string& url) {
    Request request;
    request.url = url;
    request.allow_private = true;
    return request;
  }
  boost::asio::io_context loop{1};
  CurlClient client{loop.get_executor()};
};

TEST_F(CurlClientTest, BringsStatusHeadersAndBody) {
  RawServer server([](const std::string&) {
    return http_answer(200, "ETag: \"a, b\"\r\nX-Y:  z \r\n", "hello");
  });
  const auto response = send(get(server.url("/feed")));
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->body, "hello");
  EXPECT_EQ(header(response->headers, "etag"), "\"a, b\"");
  EXPECT_EQ(header(response->headers, "x-y"), "z");
  EXPECT_EQ(response->final_url, server.url("/feed"));
  EXPECT_FALSE(response->body_unterminated);
}

TEST_F(CurlClientTest, SendsTheHeadersThatItIsGivenAndNothingPersonal) {
  RawServer server([](const std::string&) { return http_answer(304, "", ""); });
  auto request = get(server.url());
  request.headers = {{"If-None-Match", "W/\"x\""}, {"User-Agent", "tocsin test"}};
  const auto response = send(request);
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 304);
  const auto seen = server.requests().at(0);
  EXPECT_THAT(seen, HasSubstr("If-None-Match: W/\"x\"\r\n"));
  EXPECT_THAT(seen, HasSubstr("User-Agent: tocsin test\r\n"));
  EXPECT_THAT(seen, Not(HasSubstr("Cookie")));
  EXPECT_THAT(seen, Not(HasSubstr("Referer")));
}

TEST_F(CurlClientTest, PostsABody) {
  RawServer server([](const std::string&) { return http_answer(204, "", ""); });
  auto request = get(server.url("/hook"));
  request.method = "POST";
  request.headers = {{"Content-Type", "application/json"}};
  request.body = R"({"a":1})";
  ASSERT_TRUE(send(request));
  const auto seen = server.requests().at(0);
  EXPECT_THAT(seen, HasSubstr("POST /hook HTTP/1.1\r\n"));
  EXPECT_THAT(seen, HasSubstr("Content-Length: 7\r\n"));
  EXPECT_THAT(seen, HasSubstr(R"({"a":1})"));
}

TEST_F(CurlClientTest, RefusesPrivateAddressesInEverySpelling) {
  RawServer server([](const std::string&) { return http_answer(200, "", "secret"); });
  const auto port = std::to_string(server.port());
  for (const auto* host : {"127.0.0.1", "localhost", "0x7f.1", "2130706433", "017700000001", "0",
                           "[::ffff:127.0.0.1]"}) {
    auto request = get("http://" + std::string(host) + ":" + port + "/");
    request.allow_private = false;
    const auto response = send(request);
    ASSERT_FALSE(response) << host;
    EXPECT_EQ(response.error().code, Errc::denied) << host << ": " << response.error().message;
    EXPECT_THAT(response.error().message, HasSubstr("allow_private"));
  }
  EXPECT_THAT(server.requests(), IsEmpty());
}

TEST_F(CurlClientTest, StopsABodyThatIsTooLarge) {
  RawServer server(
      [](const std::string&) { return http_answer(200, "", std::string(200'000, 'x')); });
  auto request = get(server.url());
  request.max_body = 100'000;
  const auto response = send(request);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::too_large);
}

TEST_F(CurlClientTest, StopsAHeaderThatIsTooLarge) {
  RawServer server([](const std::string&) {
    return http_answer(200, "X: " + std::string(50'000, 'x') + "\r\n", "");
  });
  auto request = get(server.url());
  request.max_headers = 10'000;
  const auto response = send(request);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::too_large);
}

TEST_F(CurlClientTest, RefusesABodyThatWasCut) {
  RawServer server([](const std::string&) {
    return std::string("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this");
  });
  const auto response = send(get(server.url()));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::malformed);
}

TEST_F(CurlClientTest, RefusesACompressedBodyThatWasCutInside) {
  // A gzip member of "hello", and what a server sends whose disk was full.
  const std::string whole(
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcb\x48\xcd\xc9\xc9\x07\x00\x86\xa6\x10\x36\x05"
      "\x00\x00\x00",
      25);
  std::string body = whole;
  RawServer server([&](const std::string&) {
    return http_answer(200, "ETag: \"1\"\r\nContent-Encoding: gzip\r\n", body);
  });
  const auto good = send(get(server.url()));
  ASSERT_TRUE(good) << good.error().message;
  EXPECT_EQ(good->body, "hello");
  EXPECT_THAT(server.requests().at(0), HasSubstr("Accept-Encoding: gzip, deflate, br, zstd\r\n"));
  body.resize(whole.size() - 9);
  const auto cut = send(get(server.url()));
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().code, Errc::malformed);
  EXPECT_THAT(cut.error().message, HasSubstr("cut"));
}

TEST_F(CurlClientTest, RefusesABodyThatIsNotWhatContentEncodingSays) {
  for (const auto* coding : {"gzip", "br", "zstd", "made-up", "gzip, gzip"}) {
    RawServer server([&](const std::string&) {
      return http_answer(200, std::string("Content-Encoding: ") + coding + "\r\n",
                         "<rss>plain text</rss> that is no compressed data at all");
    });
    const auto response = send(get(server.url()));
    ASSERT_FALSE(response) << coding;
    EXPECT_EQ(response.error().code, Errc::malformed) << coding << response.error().message;
  }
}

TEST_F(CurlClientTest, SaysWhenNothingToldWhereTheBodyEnds) {
  RawServer server(
      [](const std::string&) { return std::string("HTTP/1.1 200 OK\r\n\r\nuntil the end"); });
  const auto response = send(get(server.url()));
  ASSERT_TRUE(response);
  EXPECT_TRUE(response->body_unterminated);
}

TEST_F(CurlClientTest, GivesUpAfterItsTimeout) {
  RawServer server([](const std::string&) {
    return std::string("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
  });
  // A listener whose queue nobody serves: the connection stands, and no answer ever comes.
  boost::asio::ip::tcp::acceptor silent(loop, {boost::asio::ip::address_v4::loopback(), 0});
  auto request = get("http://127.0.0.1:" + std::to_string(silent.local_endpoint().port()) + "/");
  request.timeout = std::chrono::milliseconds{200};
  const auto response = send(request);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::timeout);
}

/// Serves one connection: the head of an answer and nothing behind it, for as long as it lives.
class HeadAlone {
 public:
  HeadAlone(boost::asio::io_context& loop, std::string head)
      : acceptor_(loop, {boost::asio::ip::address_v4::loopback(), 0}),
        socket_(loop),
        head_(std::move(head)) {
    acceptor_.async_accept(socket_, [this](boost::system::error_code failed) {
      if (!failed) boost::asio::write(socket_, boost::asio::buffer(head_));
    });
  }
  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + "/";
  }

 private:
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::ip::tcp::socket socket_;
  std::string head_;
};

TEST_F(CurlClientTest, TakesTheHeadForTheAnswerWhereTheBodyDoesNotCome) {
  for (const int status : {200, 204, 302, 410, 503}) {
    HeadAlone server(loop, "HTTP/1.1 " + std::to_string(status) +
                               " Some reason\r\nRetry-After: 7\r\nContent-Encoding: gzip\r\n"
                               "Content-Length: 500\r\n\r\n\x1f\x8b\x08");
    auto request = get(server.url());
    request.method = "POST";
    request.until = Until::head;
    const auto start = std::chrono::steady_clock::now();
    const auto response = send(request);
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(response->status, status);
    EXPECT_EQ(header(response->headers, "retry-after"), "7");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{5});
  }
}

TEST_F(CurlClientTest, ReadsNothingOfABodyThatIsNotWanted) {
  // The body never comes: who waits for it waits for the whole timeout.
  HeadAlone server(loop,
                   "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n"
                   "Content-Length: 4000000\r\n\r\n%PDF");
  auto request = get(server.url());
  request.wants_body = [](const Headers& headers) {
    return header(headers, "content-type") == "text/html";
  };
  const auto response = send(request);
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(header(response->headers, "content-type"), "application/pdf");
  EXPECT_EQ(response->body, "");
  EXPECT_FALSE(response->complete);
}

TEST_F(CurlClientTest, ReadsABodyThatIsWantedAndAsksOnlyForThose) {
  RawServer server([](const std::string& request) {
    return request.starts_with("GET /gone")
               ? http_answer(404, "", "gone")
               : http_answer(200, "Content-Type: text/html\r\n", "page");
  });
  static int asked = 0;
  auto request = get(server.url("/"));
  request.wants_body = [](const Headers&) { return ++asked > 0; };
  EXPECT_EQ(send(request)->body, "page");
  request.url = server.url("/gone");
  EXPECT_EQ(send(request)->body, "gone");
  EXPECT_EQ(asked, 1);
}

TEST_F(CurlClientTest, CountsADeadPortAsUnavailable) {
  const auto response = send(get("http://127.0.0.1:1/"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::unavailable);
}

TEST_F(CurlClientTest, SendsCredentialsOfTheUrlAndNamesThemNowhere) {
  RawServer server([](const std::string& request) {
    return request.starts_with("GET /a") ? http_answer(301, "Location: /b\r\n", "")
                                         : http_answer(200, "", "fine");
  });
  const auto port = std::to_string(server.port());
  auto request = get("http://b%6Ft:s%40crt@127.0.0.1:" + port + "/a");
  request.max_redirects = 1;
  const auto response = send(std::move(request));
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->final_url, server.url("/b"));
  EXPECT_THAT(server.requests().at(1), HasSubstr("Authorization: Basic Ym90OnNAY3J0\r\n"));
}

TEST_F(CurlClientTest, NeverNamesACredentialInAnError) {
  const auto response = send(get("http://bob:hunter2@127.0.0.1:1/x?token=abc"));
  ASSERT_FALSE(response);
  EXPECT_THAT(response.error().message, Not(HasSubstr("hunter2")));
  EXPECT_THAT(response.error().message, Not(HasSubstr("abc")));
}

TEST_F(CurlClientTest, RefusesSchemesOtherThanHttp) {
  for (const auto* url : {"file:///etc/hostname", "ftp://127.0.0.1/x", "gopher://127.0.0.1/x"}) {
    const auto response = send(get(url));
    ASSERT_FALSE(response) << url;
    EXPECT_EQ(response.error().code, Errc::denied) << url;
  }
}

TEST_F(CurlClientTest, FollowsRedirectsAsFarAsAllowedAndTellsTheHops) {
  RawServer server([](const std::string& request) {
    if (request.starts_with("GET /a ")) return http_answer(301, "Location: /b?x=1#frag\r\n", "");
    if (request.starts_with("GET /b?x=1 ")) return http_answer(302, "Location: c\r\n", "");
    return http_answer(200, "", "there");
  });
  auto request = get(server.url("/a"));
  request.max_redirects = 5;
  const auto response = send(request);
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->body, "there");
  ASSERT_EQ(response->redirects.size(), 2U);
  EXPECT_EQ(response->redirects[0].status, 301);
  EXPECT_EQ(response->redirects[0].target, server.url("/b?x=1"));
  EXPECT_EQ(response->final_url, server.url("/c"));
}

TEST_F(CurlClientTest, EndsARedirectLoop) {
  RawServer server([](const std::string&) { return http_answer(302, "Location: /again\r\n", ""); });
  auto request = get(server.url());
  request.max_redirects = 5;
  const auto response = send(request);
  ASSERT_FALSE(response);
  EXPECT_EQ(server.requests().size(), 6U);
}

TEST_F(CurlClientTest, LimitsTheTimeOfAWholeChainOfRedirects) {
  // The third hop is never answered: what is left of the limit ends it, not a whole new limit.
  std::promise<void> over;
  const auto given_up = over.get_future().share();
  RawServer silent([&](const std::string&) {
    given_up.wait();
    return std::string{};
  });
  RawServer slow([&](const std::string& request) {
    given_up.wait_for(std::chrono::milliseconds{300});
    const auto next = request.starts_with("GET /1 ") ? silent.url() : std::string("/1");
    return http_answer(302, "Location: " + next + "\r\n", "");
  });
  auto request = get(slow.url());
  request.max_redirects = 5;
  request.timeout = std::chrono::milliseconds{800};
  const auto start = std::chrono::steady_clock::now();
  const auto response = send(request);
  const auto took = std::chrono::steady_clock::now() - start;
  over.set_value();
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::timeout);
  EXPECT_LT(took, std::chrono::milliseconds{1300});
}

TEST_F(CurlClientTest, ReturnsARedirectItIsNotToFollow) {
  RawServer server([](const std::string&) { return http_answer(302, "Location: /x\r\n", ""); });
  const auto response = send(get(server.url()));
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 302);
}

TEST_F(CurlClientTest, DoesNotFollowARedirectToAFile) {
  RawServer server(
      [](const std::string&) { return http_answer(302, "Location: file:///etc/passwd\r\n", ""); });
  auto request = get(server.url());
  request.max_redirects = 5;
  const auto response = send(request);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::denied);
}

TEST_F(CurlClientTest, KeepsCredentialsAtTheirOrigin) {
  RawServer other([](const std::string&) { return http_answer(200, "", "ok"); });
  RawServer first([&](const std::string& request) {
    if (request.starts_with("GET /same "))
      return http_answer(302, "Location: " + other.url() + "\r\n", "");
    return http_answer(302, "Location: /same\r\n", "");
  });
  auto request = get(first.url());
  request.max_redirects = 5;
  request.username = "bot";
  request.password = "pw";
  request.headers = {{"X-Team", "desk"}};
  ASSERT_TRUE(send(request));
  EXPECT_THAT(first.requests().at(0), HasSubstr("Authorization: Basic Ym90OnB3\r\n"));
  EXPECT_THAT(first.requests().at(1), HasSubstr("Authorization: Basic Ym90OnB3\r\n"));
  EXPECT_THAT(other.requests().at(0), Not(HasSubstr("Authorization")));
  EXPECT_THAT(first.requests().at(1), HasSubstr("X-Team: desk\r\n"));
  EXPECT_THAT(other.requests().at(0), Not(HasSubstr("X-Team"))) << "it may be a key";

  RawServer bearer([&](const std::string&) {
    return http_answer(302, "Location: " + other.url() + "\r\n", "");
  });
  auto with_token = get(bearer.url());
  with_token.max_redirects = 5;
  with_token.headers = {{"authorization", "Bearer t0p"}};
  ASSERT_TRUE(send(with_token));
  EXPECT_THAT(bearer.requests().at(0), HasSubstr("Bearer t0p"));
  EXPECT_THAT(other.requests().at(1), Not(HasSubstr("t0p")));
}

TEST_F(CurlClientTest, DecodesAChunkedBody) {
  RawServer server([](const std::string&) {
    return std::string(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  });
  const auto response = send(get(server.url()));
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body, "abcde");
  EXPECT_FALSE(response->body_unterminated);
}

TEST_F(CurlClientTest, RunsManyRequestsAtOnce) {
  RawServer server([](const std::string&) { return http_answer(200, "", "x"); });
  int ended = 0;
  auto one = [&](std::string url) -> boost::asio::awaitable<void> {
    auto request = get(url);
    const auto response = co_await client.send(std::move(request));
    if (response && response->status == 200) ++ended;
  };
  for (int i = 0; i < 50; ++i)
    boost::asio::co_spawn(loop, one(server.url()), [&](const std::exception_ptr&) {
      if (ended == 50) loop.stop();
    });
  loop.run_for(std::chrono::seconds{30});
  EXPECT_EQ(ended, 50);
}

}  // namespace
}  // namespace tocsin::net
