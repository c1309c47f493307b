// SPDX-License-Identifier: MIT
#include "fetcher/websub.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/digest.hpp"

namespace tocsin::fetcher {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const Timestamp kNow{1'800'000'000s};
constexpr std::string_view kHub = "https://hub.example/", kTopic = "https://news.example/rss?a=b";

class WebSubTest : public ::testing::Test {
 protected:
  WebSubTest() { websub.announce("news", std::string(kHub), std::string(kTopic)); }

  /// The value of a form field as it was sent.
  static std::string field(const std::string& form, const std::string& name) {
    const auto at = form.find(name + "=");
    if (at == std::string::npos) return {};
    const auto from = at + name.size() + 1;
    return form.substr(from, form.find('&', from) - from);
  }
  /// Asks for the subscription and says at which path the hub calls back.
  std::string subscribed_path() {
    request = websub.due(kNow).at(0).request;
    const auto callback = field(request.body, "hub.callback");
    return "/websub/" + callback.substr(callback.rfind("%2F") + 3);
  }
  WebSubReply verify(const std::string& path, const std::string& more = "") {
    return websub.handle("GET",
                         path +
                             "?hub.mode=subscribe&hub.topic=https%3A%2F%2Fnews.example%2Frss"
                             "%3Fa%3Db&hub.challenge=c%20h" +
                             more,
                         {}, "", kNow);
  }
  WebSubReply push(const std::string& path, const std::string& body, const std::string& signature) {
    const net::Headers headers = {{"content-type", "application/rss+xml"},
                                  {"x-hub-signature", signature}};
    return websub.handle("POST", path, headers, body, kNow);
  }
  std::string signature_of(const std::string& body) const {
    const auto mac = hmac_sha256(field(request.body, "hub.secret"), body);
    return "sha256=" + hex_encode({reinterpret_cast<const char*>(mac.data()), mac.size()});
  }

  WebSub websub{"https://desk.example/websub/", "0123456789abcdef"};
  net::Request request;
};

TEST_F(WebSubTest, AsksTheHubForTheTopicOnceAndThenEverMoreSeldom) {
  const auto path = subscribed_path();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, kHub);
  EXPECT_EQ(net::header(request.headers, "content-type"), "application/x-www-form-urlencoded");
  EXPECT_EQ(field(request.body, "hub.mode"), "subscribe");
  EXPECT_EQ(field(request.body, "hub.topic"), "https%3A%2F%2Fnews.example%2Frss%3Fa%3Db");
  EXPECT_THAT(field(request.body, "hub.callback"),
              HasSubstr("https%3A%2F%2Fdesk.example%2Fwebsub%2F"));
  EXPECT_THAT(websub.due(kNow + 4min), IsEmpty());
  EXPECT_THAT(websub.due(kNow + 5min), SizeIs(1));
  EXPECT_THAT(websub.due(kNow + 14min), IsEmpty());
  EXPECT_THAT(websub.due(kNow + 15min), SizeIs(1));
  EXPECT_EQ(websub.next(), kNow + 35min);
}

TEST_F(WebSubTest, ConfirmsWhatItAskedForAndRenewsInTime) {
  const auto path = subscribed_path();
  EXPECT_FALSE(websub.is_pushed("news", kNow));
  const auto reply = verify(path, "&hub.lease_seconds=86400");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "c h");
  EXPECT_TRUE(websub.is_pushed("news", kNow + 23h));
  EXPECT_FALSE(websub.is_pushed("news", kNow + 24h));
  EXPECT_THAT(websub.due(kNow + 15h), IsEmpty());
  EXPECT_THAT(websub.due(kNow + 16h), SizeIs(1));
}

TEST_F(WebSubTest, ClampsTheLeaseThatAHubGrants) {
  const auto path = subscribed_path();
  EXPECT_EQ(verify(path, "&hub.lease_seconds=1").status, 200);
  EXPECT_TRUE(websub.is_pushed("news", kNow + 9min));
  verify(path, "&hub.lease_seconds=99999999999999999999999");
  EXPECT_TRUE(websub.is_pushed("news", kNow + 24h * 89));
  EXPECT_FALSE(websub.is_pushed("news", kNow + 24h * 91));
  verify(path, "&hub.lease_seconds=-5");
  EXPECT_FALSE(websub.is_pushed("news", kNow + 11min));
  verify(path);
  EXPECT_TRUE(websub.is_pushed("news", kNow + 24h * 9));
}

TEST_F(WebSubTest, ConfirmsNothingThatItDidNotAskFor) {
  const auto path = subscribed_path();
  const auto get = [&](const std::string& target) {
    return websub.handle("GET", target, {}, "", kNow).status;
  };
  EXPECT_EQ(get(path), 404);
  EXPECT_EQ(get(path + "?hub.mode=subscribe&hub.topic=https://evil.example/&hub.challenge=x"), 404);
  EXPECT_EQ(get(path +
                "?hub.mode=unsubscribe&hub.topic=https://news.example/rss%3Fa%3Db&hub.challenge=x"),
            404);
  EXPECT_EQ(verify("/websub/0000").status, 404);
  EXPECT_EQ(verify("/websub").status, 404);
  EXPECT_EQ(verify("/other" + path).status, 404);
  EXPECT_EQ(websub.handle("DELETE", path, {}, "", kNow).status, 405);
  WebSub idle{"https://desk.example/websub", "0123456789abcdef"};
  idle.announce("news", std::string(kHub), std::string(kTopic));
  EXPECT_EQ(
      idle.handle(
              "GET",
              path +
                  "?hub.mode=subscribe&hub.topic=https://news.example/rss%3Fa%3Db&hub.challenge=x",
              {}, "", kNow)
          .status,
      404)
      << "before it asked";
}

TEST_F(WebSubTest, TakesAPushOnlyUnderItsSignature) {
  const auto path = subscribed_path();
  verify(path);
  const auto good = push(path, "<rss/>", signature_of("<rss/>"));
  EXPECT_EQ(good.status, 202);
  EXPECT_EQ(good.feed, "news");
  EXPECT_EQ(good.document, "<rss/>");
  EXPECT_EQ(good.content_type, "application/rss+xml");
  for (const auto& signature : {std::string(), std::string("sha256="), signature_of("<rss></rss>"),
                                "md5=" + std::string(32, '0'), std::string("sha256")}) {
    const auto bad = push(path, "<rss/>", signature);
    EXPECT_EQ(bad.status, 202) << "nothing is told to whoever tries";
    EXPECT_EQ(bad.feed, "");
    EXPECT_EQ(bad.document, "");
  }
}

TEST_F(WebSubTest, GoesOnPollingWhereTheHubDenies) {
  const auto path = subscribed_path();
  verify(path);
  const auto denied = websub.handle(
      "GET", path + "?hub.mode=denied&hub.topic=https://news.example/rss%3Fa%3Db&hub.reason=no", {},
      "", kNow);
  EXPECT_EQ(denied.status, 200);
  EXPECT_FALSE(websub.is_pushed("news", kNow));
  EXPECT_THAT(websub.due(kNow + 23h), IsEmpty());
  EXPECT_THAT(websub.due(kNow + 24h), SizeIs(1));
}

TEST_F(WebSubTest, KeepsPathsAndSecretsOverARestartAndTellsNoHubAnothersSecret) {
  const auto path = subscribed_path();
  WebSub again{"https://desk.example/websub", "0123456789abcdef"};
  again.announce("news", std::string(kHub), std::string(kTopic));
  EXPECT_EQ(again.due(kNow).at(0).request.body, request.body);
  again.announce("news", "https://other.example/", std::string(kTopic));
  const auto moved = again.due(kNow).at(0).request;
  EXPECT_EQ(moved.url, "https://other.example/");
  EXPECT_THAT(moved.body, Not(HasSubstr(field(request.body, "hub.secret"))));
  WebSub other{"https://desk.example/websub", "another installation"};
  other.announce("news", std::string(kHub), std::string(kTopic));
  EXPECT_NE(other.due(kNow).at(0).request.body, request.body);
}

TEST_F(WebSubTest, ForgetsAFeedWithoutAHub) {
  const auto path = subscribed_path();
  verify(path);
  websub.announce("news", "", "");
  EXPECT_FALSE(websub.is_pushed("news", kNow));
  EXPECT_EQ(push(path, "<rss/>", signature_of("<rss/>")).status, 404);
  EXPECT_EQ(websub.next(), std::nullopt);
  websub.announce("odd", "ftp://hub.example/", "https://x.example/");
  EXPECT_THAT(websub.due(kNow), IsEmpty());
}

TEST(WebSubSignature, KnowsTheFourDigestsOfTheRecommendation) {
  // "what do ya want for nothing?" under "Jefe": RFC 2202 and RFC 4231, test case 2.
  const std::string_view text = "what do ya want for nothing?";
  EXPECT_TRUE(signature_holds("sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", text, "Jefe"));
  EXPECT_TRUE(signature_holds(
      "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", text, "Jefe"));
  EXPECT_TRUE(
      signature_holds("sha384=af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322"
                      "445e8e2240ca5e69e2c78b3239ecfab21649",
                      text, "Jefe"));
  EXPECT_TRUE(
      signature_holds("sha512=164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea25"
                      "05549758BF75C05A994A6D034F65F8F0E6FDCAEAB1A34D4A6B4B636E070A38BCE737",
                      text, "Jefe"));
  EXPECT_FALSE(signature_holds("sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", text, "jefe"));
}

}  // namespace
}  // namespace tocsin::fetcher
