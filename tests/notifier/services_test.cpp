// SPDX-License-Identifier: MIT
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>

#include "notifier/channels/body.hpp"
#include "notifier/plain.hpp"
#include "tests/notifier/fakes.hpp"
#include "tests/notifier/sample.hpp"

namespace tocsin::notifier {
namespace {

using Outcome = Attempt::Outcome;
using Options = std::vector<std::pair<std::string, std::string>>;

ReceiverSpec service(const std::string& kind, Options options) {
  ReceiverSpec receiver;
  receiver.name = "chat";
  receiver.service = ServiceSpec{kind, std::move(options), {}};
  return receiver;
}

/// The one request that a service makes of `event`.
net::Request request_of(const std::string& kind, Options options, const Event& event) {
  fakes::Rig rig;
  const auto opened = rig.open(service(kind, std::move(options)));
  EXPECT_TRUE(opened) << opened.error().message;
  if (!opened) return {};
  EXPECT_EQ(rig.deliver(event).outcome, Outcome::delivered);
  EXPECT_EQ(rig.http.requests.size(), 1U);
  return rig.http.requests.at(0);
}

boost::json::object body_of(const net::Request& request) {
  EXPECT_EQ(net::header(request.headers, "content-type"), "application/json; charset=utf-8");
  return boost::json::parse(request.body).as_object();
}

std::string text(const boost::json::value& value) {
  return std::string(value.as_string());
}

/// A title that every service has to defuse in its own way.
Event hostile() {
  auto event = sample::event();
  event.items.front().title = "<!channel> @everyone *b* [x](http://evil) <b>&amp; Khamenei";
  event.items.front().hits.clear();
  return event;
}

/// An event that no service can hold.
Event huge() {
  auto event = sample::digest(500);
  for (auto& item : event.items) {
    item.title = std::string(200, 'T') + " \xF0\x9F\x94\x94 Khamenei & co";
    const std::string body = std::string(600, 'x') + " JCPOA & " + std::string(600, 'y');
    item.hits = {sample::hit("jcpoa", Field::body, "JCPOA", body)};
  }
  return event;
}

TEST(Slack, SendsMrkdwnWithTheWordsMarked) {
  const auto body = body_of(request_of("slack", {{"url", "http://h/x"}}, sample::event()));
  EXPECT_EQ(text(body.at("text")),
            "[jcpoa, names] Kremlin: Putin to see Ayatollah Khamenei in Tehran");
  const auto shown = text(body.at("blocks").at(0).at("text").at("text"));
  EXPECT_NE(shown.find("*<https://example.org/a/1?x=1&amp;y=2|Kremlin: Putin"), std::string::npos);
  EXPECT_NE(shown.find("the *Joint Comprehensive Plan of Action* (*JCPOA*)"), std::string::npos);
  EXPECT_EQ(body.at("blocks").at(0).at("text").at("type"), "mrkdwn");
}

TEST(Slack, CallsNobody) {
  const auto request = request_of("slack", {{"url", "http://h/x"}}, hostile());
  EXPECT_EQ(request.body.find("<!channel>"), std::string::npos);
  EXPECT_NE(request.body.find("&lt;!channel&gt;"), std::string::npos);
}

TEST(Slack, StaysWithinASection) {
  const auto body = body_of(request_of("slack", {{"url", "http://h/x"}}, huge()));
  const auto shown = text(body.at("blocks").at(0).at("text").at("text"));
  EXPECT_LE(char_count(shown), 3000U);
  EXPECT_NE(shown.find(" more articles"), std::string::npos);
}

TEST(Mattermost, EscapesMarkdown) {
  const auto body = body_of(request_of("mattermost", {{"url", "http://h/x"}}, hostile()));
  const auto shown = text(body.at("text"));
  EXPECT_NE(shown.find("\\[x\\]\\(http://evil\\)"), std::string::npos) << shown;
  EXPECT_NE(shown.find("\\@everyone"), std::string::npos) << shown;
}

TEST(Mattermost, StaysWithinAPost) {
  const auto body = body_of(request_of("mattermost", {{"url", "http://h/x"}}, huge()));
  EXPECT_LE(char_count(text(body.at("text"))), 16'383U);
}

TEST(Discord, MentionsNobodyAndStaysWithinAnEmbed) {
  const auto body = body_of(request_of("discord", {{"url", "http://h/x"}}, huge()));
  EXPECT_EQ(body.at("allowed_mentions").at("parse").as_array().size(), 0U);
  const auto& embed = body.at("embeds").at(0);
  EXPECT_LE(measure_utf16(text(embed.at("title"))), 256U);
  EXPECT_LE(measure_utf16(text(embed.at("description"))), 4'096U);
}

TEST(Discord, LinksTheTitleOfOneItem) {
  const auto body = body_of(request_of("discord", {{"url", "http://h/x"}}, sample::event()));
  const auto& embed = body.at("embeds").at(0);
  EXPECT_EQ(embed.at("url"), "https://example.org/a/1?x=1&y=2");
  EXPECT_EQ(embed.at("timestamp"), "2026-11-23T08:04:30Z");
}

TEST(Teams, SendsAnAdaptiveCardThatIsSmallEnough) {
  const auto request = request_of("teams", {{"url", "http://h/x"}}, huge());
  EXPECT_LE(request.body.size(), 28U * 1024U);
  const auto body = body_of(request);
  EXPECT_EQ(body.at("attachments").at(0).at("contentType"),
            "application/vnd.microsoft.card.adaptive");
  EXPECT_EQ(body.at("attachments").at(0).at("content").at("type"), "AdaptiveCard");
}

TEST(Teams, SeesThroughASuccessThatIsNone) {
  fakes::Rig rig;
  ASSERT_TRUE(rig.open(service("teams", {{"url", "http://h/x"}})));
  rig.http.answer(200, {}, "Webhook message delivery failed with error: HTTP error 429");
  EXPECT_EQ(rig.deliver(sample::event()).outcome, Outcome::retry);
}

TEST(Telegram, SendsHtmlToTheChat) {
  const auto request = request_of(
      "telegram", {{"token", "12:ab"}, {"chat_id", "-100"}, {"thread_id", "7"}}, hostile());
  EXPECT_EQ(request.url, "https://api.telegram.org/bot12:ab/sendMessage");
  const auto body = body_of(request);
  EXPECT_EQ(body.at("chat_id"), "-100");
  EXPECT_EQ(body.at("message_thread_id"), "7");
  EXPECT_EQ(body.at("parse_mode"), "HTML");
  EXPECT_NE(text(body.at("text")).find("&lt;b&gt;&amp;amp; Khamenei</a>"), std::string::npos);
}

TEST(Telegram, StaysWithinAMessage) {
  const auto request = request_of("telegram", {{"token", "12:ab"}, {"chat_id", "-100"}}, huge());
  EXPECT_LE(measure_utf16(text(body_of(request).at("text"))), 4'096U);
}

TEST(Telegram, WaitsAsLongAsTheBodySays) {
  fakes::Rig rig;
  ASSERT_TRUE(rig.open(service("telegram", {{"token", "12:ab"}, {"chat_id", "1"}})));
  rig.http.answer(429, {}, R"({"ok":false,"parameters":{"retry_after":31}})");
  const auto attempt = rig.deliver(sample::event());
  EXPECT_EQ(attempt.outcome, Outcome::retry);
  EXPECT_EQ(attempt.retry_after, std::chrono::seconds{31});
}

TEST(Matrix, PutsUnderTheAlertsOwnId) {
  const auto request = request_of(
      "matrix", {{"homeserver", "http://m/"}, {"room", "!r:example.org"}, {"token", "t"}},
      sample::event());
  EXPECT_EQ(request.method, "PUT");
  EXPECT_EQ(request.url,
            "http://m/_matrix/client/v3/rooms/%21r%3Aexample.org/send/m.room.message/"
            "0123456789abcdef0123456789abcdef");
  EXPECT_EQ(net::header(request.headers, "authorization"), "Bearer t");
  const auto body = body_of(request);
  EXPECT_NE(text(body.at("formatted_body")).find("<b>Joint Comprehensive Plan of Action</b>"),
            std::string::npos);
  EXPECT_NE(text(body.at("body")).find("[Joint Comprehensive Plan of Action]"), std::string::npos);
}

TEST(Matrix, StaysWithinAnEvent) {
  const auto request =
      request_of("matrix", {{"homeserver", "http://m"}, {"room", "!r:x"}, {"token", "t"}}, huge());
  EXPECT_LE(request.body.size(), 65'536U);
}

TEST(Ntfy, StaysWithinAMessage) {
  const auto request =
      request_of("ntfy", {{"topic", "news"}, {"token", "tk"}, {"tags", "a, b"}}, huge());
  EXPECT_EQ(request.url, "https://ntfy.sh");
  EXPECT_EQ(net::header(request.headers, "authorization"), "Bearer tk");
  const auto body = body_of(request);
  EXPECT_LE(text(body.at("message")).size(), 4'096U);
  EXPECT_EQ(body.at("priority"), 4);
  EXPECT_EQ(body.at("tags").as_array().size(), 2U);
}

TEST(Ntfy, TakesAPriorityByName) {
  const Options options = {{"topic", "news"}, {"priority", "urgent"}};
  EXPECT_EQ(body_of(request_of("ntfy", options, sample::event())).at("priority"), 5);
  fakes::Rig rig;
  EXPECT_FALSE(rig.open(service("ntfy", {{"topic", "news"}, {"priority", "loud"}})));
}

TEST(Gotify, SendsTheTokenInAHeader) {
  const auto request =
      request_of("gotify", {{"url", "http://g/"}, {"token", "t"}}, sample::event());
  EXPECT_EQ(request.url, "http://g/message");
  EXPECT_EQ(net::header(request.headers, "x-gotify-key"), "t");
  EXPECT_EQ(body_of(request).at("priority"), 7);
}

TEST(Pushover, StaysWithinItsLimits) {
  const auto body = body_of(request_of("pushover", {{"token", "t"}, {"user", "u"}}, huge()));
  EXPECT_LE(char_count(text(body.at("message"))), 1'024U);
  EXPECT_LE(char_count(text(body.at("title"))), 250U);
}

TEST(Pushover, SaysHowLongAnEmergencyRings) {
  const Options options = {{"token", "t"}, {"user", "u"}, {"priority", "2"}};
  const auto body = body_of(request_of("pushover", options, sample::event()));
  EXPECT_EQ(body.at("retry"), 60);
  EXPECT_EQ(body.at("expire"), 3'600);
}

TEST(Pagerduty, GathersAGroupInOneIncident) {
  auto later = sample::event();
  later.id = "other";
  const auto first = body_of(request_of("pagerduty", {{"routing_key", "k"}}, sample::event()));
  const auto second = body_of(request_of("pagerduty", {{"routing_key", "k"}}, later));
  EXPECT_EQ(first.at("dedup_key"), second.at("dedup_key"));
  EXPECT_EQ(first.at("payload").at("severity"), "error");
  EXPECT_EQ(first.at("event_action"), "trigger");
  EXPECT_EQ(first.at("links").at(0).at("href"), "https://example.org/a/1?x=1&y=2");
}

TEST(Apprise, NotifiesByKeyOrByUrls) {
  EXPECT_EQ(request_of("apprise", {{"url", "http://a"}, {"key", "k"}}, sample::event()).url,
            "http://a/notify/k");
  const Options stateless = {{"url", "http://a"}, {"urls", "json://x"}, {"urls", "xml://y"}};
  const auto request = request_of("apprise", stateless, sample::event());
  EXPECT_EQ(request.url, "http://a/notify");
  EXPECT_EQ(body_of(request).at("urls"), "json://x,xml://y");
}

TEST(Apprise, DoesNotTakeNobodyForSuccess) {
  fakes::Rig rig;
  ASSERT_TRUE(rig.open(service("apprise", {{"url", "http://a"}, {"key", "k"}})));
  rig.http.answer(204);
  EXPECT_EQ(rig.deliver(sample::event()).outcome, Outcome::dead);
  rig.http.answer(424);
  EXPECT_EQ(rig.deliver(sample::event()).outcome, Outcome::retry);
}

TEST(Services, UseTheTemplatesThatTheyAreGiven) {
  const Options options = {{"url", "http://h/x"}, {"text", "{{severity}}: {{item.title}}"}};
  const auto body = body_of(request_of("slack", options, hostile()));
  EXPECT_EQ(text(body.at("blocks").at(0).at("text").at("text")),
            "high: &lt;!channel&gt; @everyone *b* [x](http://evil) &lt;b&gt;&amp;amp; Khamenei");
}

TEST(Services, SayWhatAilsTocsinItself) {
  const auto body = body_of(request_of("slack", {{"url", "http://h/x"}}, sample::health()));
  EXPECT_EQ(text(body.at("blocks").at(0).at("text").at("text")),
            "the feed tass has been down for 6 h: HTTP 503");
}

TEST(Services, SayWhatIsMissing) {
  const std::vector<std::tuple<std::string, Options, std::string>> table = {
      {"slack", {}, "slack: 'url' is not an http(s) URL"},
      {"telegram", {{"token", "t"}}, "telegram: 'chat_id' is missing"},
      {"matrix", {{"homeserver", "http://m"}, {"room", "r"}}, "matrix: 'token' is missing"},
      {"apprise", {{"url", "http://a"}}, "apprise: give either 'key' or 'urls'"},
      {"exec", {}, "exec: 'command' is missing"},
      {"file", {}, "file: 'path' is missing"},
      {"slak", {}, "there is no service 'slak'; did you mean 'slack'?"},
      {"slack",
       {{"url", "http://h"}, {"text", "{{nope"}},
       "text: template: line 1, column 1: this tag does not close; write }} after its name"}};
  for (const auto& [kind, options, message] : table) {
    fakes::Rig rig;
    const auto opened = rig.open(service(kind, options));
    ASSERT_FALSE(opened) << kind;
    EXPECT_EQ(opened.error().message, message);
  }
}

TEST(Body, KeepsSomethingOfTheFirstItemHoweverSmallTheLimit) {
  for (const std::size_t most : {0U, 5U, 30U, 100U, 200U, 500U}) {
    const auto body = message_body(huge(), markdown_style(), {most, &measure_bytes});
    EXPECT_LE(body.size(), most) << most;
  }
}

}  // namespace
}  // namespace tocsin::notifier
