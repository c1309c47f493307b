// SPDX-License-Identifier: MIT
#include "net/detail/body_room.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "net/curl_client.hpp"
#include "tests/support/deflated.hpp"
#include "tests/support/raw_server.hpp"

namespace tocsin::net {
namespace {

namespace asio = boost::asio;
using detail::BodyRoom;

std::string large_body() {
  std::string out;
  for (int i = 0; out.size() < 3 * BodyRoom::kFree; ++i) out += std::to_string(i) + ' ';
  return out;
}

/// Asks for many large bodies at once, and keeps those that come.
class BodyRoomTest : public ::testing::Test {
 protected:
  static constexpr std::size_t kAsked = 2 * BodyRoom::kPlaces;

  void ask(const std::string& url) {
    for (std::size_t i = 0; i < kAsked; ++i)
      asio::co_spawn(loop, one(url), [](const std::exception_ptr&) {});
  }
  asio::awaitable<void> one(std::string url) {
    Request request;
    request.url = std::move(url);
    request.allow_private = true;
    auto response = co_await client.send(std::move(request));
    ++ended;
    if (response && keeps)
      kept.push_back(std::move(*response));
    else if (response && response->body == body)
      ++whole;
  }
  void run_until(auto condition) {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds{30};
    while (!condition() && std::chrono::steady_clock::now() < limit)
      loop.run_one_for(std::chrono::milliseconds{50});
    EXPECT_TRUE(condition());
  }

  const std::string body = large_body();
  asio::io_context loop{1};
  CurlClient client{loop.get_executor()};
  std::vector<Response> kept;
  std::size_t ended = 0, whole = 0;
  bool keeps = false;
};

TEST_F(BodyRoomTest, LetsEveryLargeBodyComeWholeInTheEnd) {
  testing::RawServer server(
      [&](const std::string&) { return testing::http_answer(200, "", body); });
  ask(server.url());
  run_until([&] { return ended == kAsked; });
  EXPECT_EQ(whole, kAsked);
}

TEST_F(BodyRoomTest, LetsEveryCompressedBodyComeWholeInTheEnd) {
  const auto zipped = testing::deflated(body);
  testing::RawServer server([&](const std::string&) {
    return testing::http_answer(200, "Content-Encoding: gzip\r\n", zipped);
  });
  ask(server.url());
  run_until([&] { return ended == kAsked; });
  EXPECT_EQ(whole, kAsked);
}

TEST_F(BodyRoomTest, MakesLargeBodiesWaitForThoseThatAreHeld) {
  keeps = true;
  testing::RawServer server(
      [&](const std::string&) { return testing::http_answer(200, "", body); });
  ask(server.url());
  run_until([&] { return ended == BodyRoom::kPlaces; });
  // The others are on their way and wait; small ones do not.
  testing::RawServer small([](const std::string&) { return testing::http_answer(200, "", "x"); });
  asio::co_spawn(loop, one(small.url()), [](const std::exception_ptr&) {});
  run_until([&] { return ended == BodyRoom::kPlaces + 1; });
  EXPECT_EQ(kept.back().body, "x");
  EXPECT_EQ(kept.back().room, nullptr);
  keeps = false;
  kept.clear();
  run_until([&] { return ended == kAsked + 1; });
  EXPECT_EQ(whole, kAsked - BodyRoom::kPlaces);
}

TEST_F(BodyRoomTest, PassesOverAWaiterThatEndedMeanwhile) {
  BodyRoom room(loop.get_executor());
  std::vector<BodyRoom::Place> places;
  for (std::size_t i = 0; i < BodyRoom::kPlaces; ++i) places.push_back(room.take());
  std::vector<std::string> called;
  const int first = 0, next = 0, last = 0;  // who waits, by address
  room.wait(&first, [&] { called.emplace_back("ended"); });
  room.wait(&next, [&] {
    called.emplace_back("next");
    places.push_back(room.take());
  });
  room.wait(&last, [&] { called.emplace_back("last"); });
  places.erase(places.begin());
  loop.run_one();
  EXPECT_EQ(called, (std::vector<std::string>{"ended", "next"}));
  room.leave(&last);
}

TEST_F(BodyRoomTest, GivesAPlaceBackFromAnyThreadAndAfterItsEnd) {
  std::optional<BodyRoom> room(loop.get_executor());
  std::vector<BodyRoom::Place> places;
  for (std::size_t i = 0; i < BodyRoom::kPlaces; ++i) places.push_back(room->take());
  EXPECT_EQ(std::count(places.begin(), places.end(), nullptr), 0);
  EXPECT_EQ(room->take(), nullptr);
  int asked = 0;
  room->wait(&asked, [&] { ++asked; });
  std::thread([&] { places.pop_back(); }).join();
  loop.run_one();
  EXPECT_EQ(asked, 1);
  EXPECT_NE(room->take(), nullptr);
  room.reset();
  places.clear();
  loop.poll();
}

}  // namespace
}  // namespace tocsin::net
