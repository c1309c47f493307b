// SPDX-License-Identifier: MIT
// A feed that names a hub: the program subscribes, proves that it did, and alerts what is pushed.
#include <csignal>
#include <future>
#include <string>

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/digest.hpp"
#include "tests/e2e/world.hpp"
#include "tests/support/raw_server.hpp"

namespace tocsin::testing {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using std::chrono::seconds;
using ::testing::HasSubstr;

std::uint16_t free_port() {
  asio::io_context loop;
  return tcp::acceptor(loop, tcp::endpoint{asio::ip::address_v4::loopback(), 0})
      .local_endpoint()
      .port();
}

/// Sends `request`, whole, to a server of this machine and returns the whole answer.
std::string ask(std::uint16_t port, const std::string& request) {
  asio::io_context loop;
  tcp::socket socket(loop);
  boost::system::error_code ended;
  socket.connect({asio::ip::address_v4::loopback(), port}, ended);
  asio::write(socket, asio::buffer(request), ended);
  std::string answer;
  asio::read(socket, asio::dynamic_buffer(answer), ended);
  return answer;
}

std::string decoded(std::string text) {
  for (auto at = text.find('%'); at != std::string::npos; at = text.find('%', at + 1))
    text.replace(at, 3, 1, static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16)));
  return text;
}

/// The value of a field of the form that a request holds, as it was sent.
std::string field(const std::string& request, const std::string& name) {
  const auto from = request.find(name + "=") + name.size() + 1;
  return request.substr(from, request.find('&', from) - from);
}

std::string feed_with(const std::string& server, const std::string& items) {
  return "<feed xmlns='http://www.w3.org/2005/Atom'><title>Wire</title><id>urn:wire</id>"
         "<link rel='hub' href='" +
         server + "/hub'/><link rel='self' href='" + server + "/feed'/>" + items + "</feed>";
}

TEST(WebSubEndToEnd, AlertsWhatAHubPushes) {
  std::promise<std::string> subscribed;
  std::string base;
  RawServer server([&](const std::string& request) {
    if (request.starts_with("GET"))
      return http_answer(200, "ETag: \"1\"\r\n",
                         feed_with(base, "<entry><id>urn:1</id><title>old</title></entry>"));
    subscribed.set_value(request);
    return http_answer(202, "", "");
  });
  base = server.url("");
  const auto port = free_port();
  const auto callback = "http://127.0.0.1:" + std::to_string(port) + "/websub";
  const ScratchFolder folder;
  const auto file =
      folder.write("tocsin.yaml",
                   "fetch: {interval: {min: 1h, default: 1h, max: 1h}, allow_private: true, "
                   "articles: never, websub: \"" +
                       callback +
                       "\"}\n"
                       "feeds: [{name: wire, url: \"" +
                       base +
                       "/feed\"}]\n"
                       "watches: [{name: flood, any: [flood]}]\n"
                       "server: {listen: \"127.0.0.1:" +
                       std::to_string(port) +
                       "\"}\n"
                       "storage: {path: \"" +
                       (folder.path() / "state").string() + "\"}\n");
  Process tocsin({tocsin_binary(), "run", "--config", file}, (folder.path() / "log").string());

  auto asked = subscribed.get_future();
  ASSERT_EQ(asked.wait_for(seconds{60}), std::future_status::ready);
  const auto request = asked.get();
  const auto path = decoded(field(request, "hub.callback")).substr(callback.size());
  const auto verified =
      ask(port, "GET /websub" + path + "?hub.mode=subscribe&hub.challenge=prove-it&hub.topic=" +
                    field(request, "hub.topic") +
                    "&hub.lease_seconds=86400 HTTP/1.1\r\nHost: desk.example\r\n"
                    "Connection: close\r\n\r\n");
  EXPECT_THAT(verified, HasSubstr("\r\n\r\nprove-it"));

  const auto news =
      feed_with(base, "<entry><id>urn:2</id><title>A flood in the old town</title></entry>");
  const auto mac = hmac_sha256(field(request, "hub.secret"), news);
  const auto pushed =
      ask(port, "POST /websub" + path +
                    " HTTP/1.1\r\nHost: desk.example\r\nConnection: close\r\n"
                    "Content-Type: application/atom+xml\r\nX-Hub-Signature: sha256=" +
                    hex_encode({reinterpret_cast<const char*>(mac.data()), mac.size()}) +
                    "\r\nContent-Length: " + std::to_string(news.size()) + "\r\n\r\n" + news);
  EXPECT_THAT(pushed, HasSubstr("HTTP/1.1 202"));
  EXPECT_THAT(tocsin.read_line(seconds{30}).value_or("nothing"),
              HasSubstr("A [flood] in the old town"));
  tocsin.signal(SIGTERM);
  EXPECT_EQ(tocsin.wait(seconds{15}), 0);
}

}  // namespace
}  // namespace tocsin::testing
