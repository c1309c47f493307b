// SPDX-License-Identifier: MIT
// The acceptance scenario: one article, four watches, a mail and a signed webhook, on the real
// program with servers that share no code with it.
#include <csignal>
#include <set>
#include <string>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/world.hpp"

namespace tocsin::testing {
namespace {

namespace json = boost::json;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kBackground =
    "<item><title>Harbour ferry returns to its timetable</title><guid>urn:x:1</guid>"
    "<link>https://news.example/1</link><description>Calm weather, says Astana, a talkative "
    "dog.</description></item>";

constexpr std::string_view kArticle =
    "<item><title>Russian president to visit Tehran</title><guid>urn:x:2</guid>"
    "<link>https://news.example/2?utm_source=rss</link>"
    "<pubDate>Fri, 07 Sep 2018 06:00:00 +0000</pubDate>"
    "<description>&lt;p&gt;The Russian president is to meet Ayatollah Seyed Ali Khamenei in Tehran "
    "on Friday; local media also speak of Imam Khamenei.&lt;/p&gt;&lt;p&gt;A bilateral meeting "
    "with "
    "Turkish President (Recep Tayyip) Erdogan will follow. Among the topics is the Joint "
    "Comprehensive Plan of Action (JCPOA).&lt;/p&gt;&lt;p&gt;Iran, Russia and Turkey have led "
    "several "
    "rounds of peace talks in Kazakhstan&amp;#8217;s Astana.&lt;/p&gt;</description></item>";

std::string feed_of(std::string_view items) {
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel>"
         "<title>Wire</title><link>https://news.example/</link>" +
         std::string(items) + "</channel></rss>";
}

class Scenario : public ::testing::Test {
 protected:
  std::string configuration() {
    return R"(global:
  smtp: {host: ")" +
           world.smtp_address() + R"(", tls: none, from: tocsin@example.org}
fetch:
  interval: {min: 1s, default: 1s, max: 1s}
  per_host: {concurrency: 1, spacing: 0s}
  allow_private: true
  articles: never
feeds:
  - {name: wire, url: ")" +
           world.feed_url() + R"("}
watches:
  - {name: JCPOA, severity: high, any: [JCPOA, Joint Comprehensive Plan of Action]}
  - name: Astana talks
    query: |
      Astana NEAR/8 (talk* OR process OR round*)
  - {name: Khamenei, person: Ali Khamenei}
  - {name: Erdogan, person: Recep Tayyip Erdoğan}
receivers:
  - {name: desk, email: {to: [desk@example.org]}}
  - {name: hook, webhook: {url: ")" +
           world.hook_url() + R"(", secret_file: ")" + world.secret_file() + R"("}}
storage: {path: ")" +
           (folder.path() / "state").string() + R"("}
)";
  }

  std::vector<std::string> command(bool once = false) {
    std::vector<std::string> words = {tocsin_binary(), "run",
                                      "--config",      folder.write("tocsin.yaml", configuration()),
                                      "--log",         "debug"};
    if (once) words.emplace_back("--once");
    return words;
  }

  std::string log_file() const { return (folder.path() / "daemon.err").string(); }

  /// Waits until the daemon has polled and been answered with `status`.
  void await_poll(int status) {
    for (;;) {
      const auto poll = world.next("poll");
      ASSERT_TRUE(poll) << "the daemon does not poll";
      if (poll->at("status").as_int64() == status) return;
    }
  }

  ScratchFolder folder;
  World world{folder};
};

std::set<std::string> watch_names(const json::object& data) {
  std::set<std::string> names;
  for (const auto& watch : data.at("watches").as_array())
    names.emplace(watch.at("name").as_string());
  return names;
}

std::set<std::string> hit_texts(const json::object& data, std::string_view watch) {
  std::set<std::string> texts;
  for (const auto& hit : data.at("items").at(0).at("hits").as_array())
    if (hit.at("watch").as_string() == watch) texts.emplace(hit.at("text").as_string());
  return texts;
}

const std::set<std::string> kAllWatches = {"JCPOA", "Astana talks", "Khamenei", "Erdogan"};

void expect_the_alert(const json::object& hook) {
  EXPECT_TRUE(hook.at("signature_ok").as_bool());
  EXPECT_THAT(std::string(hook.at("content_type").as_string()),
              HasSubstr("application/cloudevents+json"));
  const auto& event = hook.at("event").as_object();
  EXPECT_EQ(event.at("specversion").as_string(), "1.0");
  EXPECT_EQ(event.at("type").as_string(), "tocsin.alert");
  EXPECT_EQ(event.at("id").as_string(), hook.at("id").as_string());
  const auto& data = event.at("data").as_object();
  EXPECT_EQ(watch_names(data), kAllWatches);
  EXPECT_EQ(data.at("severity").as_string(), "high");
  EXPECT_EQ(data.at("items").as_array().size(), 1U);
  EXPECT_TRUE(hit_texts(data, "JCPOA").contains("JCPOA"));
  EXPECT_TRUE(hit_texts(data, "JCPOA").contains("Joint Comprehensive Plan of Action"));
  EXPECT_FALSE(hit_texts(data, "Astana talks").empty());
  EXPECT_FALSE(hit_texts(data, "Khamenei").empty());
  EXPECT_FALSE(hit_texts(data, "Erdogan").empty());
}

void expect_the_mail(const json::object& mail) {
  EXPECT_THAT(mail.at("defects").as_array(), IsEmpty()) << json::serialize(mail.at("defects"));
  EXPECT_EQ(mail.at("to").as_array().at(0).as_string(), "desk@example.org");
  const auto types = json::serialize(mail.at("types"));
  EXPECT_EQ(types, R"(["multipart/alternative","text/plain","text/html"])");
  const std::string plain(mail.at("plain").as_string());
  const std::string html(mail.at("html").as_string());
  for (const auto& watch : kAllWatches) EXPECT_THAT(plain, HasSubstr(watch));
  EXPECT_THAT(plain, HasSubstr("https://news.example/2"));
  EXPECT_THAT(html, HasSubstr("<mark"));
  const auto& headers = mail.at("headers").as_object();
  EXPECT_EQ(headers.at("Auto-Submitted").as_string(), "auto-generated");
  EXPECT_TRUE(headers.contains("Message-ID"));
  EXPECT_TRUE(headers.contains("List-Id"));
}

TEST_F(Scenario, AlertsOnceByMailAndBySignedWebhook) {
  world.serve(feed_of(kBackground));
  Process daemon(command(), log_file());
  await_poll(200);
  world.serve(feed_of(std::string(kArticle).append(kBackground)));

  const auto hook = world.next("hook");
  ASSERT_TRUE(hook);
  expect_the_alert(*hook);
  const auto mail = world.next("mail");
  ASSERT_TRUE(mail);
  expect_the_mail(*mail);

  await_poll(304);  // a second poll finds nothing new and says nothing
  await_poll(304);
  EXPECT_EQ(world.left("hook"), 0U);
  EXPECT_EQ(world.left("mail"), 0U);
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(seconds{10}), 0);
}

TEST_F(Scenario, RemembersOverRestartsWhatItAlerted) {
  world.serve(feed_of(kBackground));
  ASSERT_EQ(run_program(command(true), folder.path()).status, 0);
  EXPECT_EQ(world.left("hook"), 0U);
  world.serve(feed_of(std::string(kArticle).append(kBackground)));
  const auto second = run_program(command(true), folder.path());
  ASSERT_EQ(second.status, 0) << second.err;
  EXPECT_EQ(world.left("hook"), 1U);
  EXPECT_EQ(world.left("mail"), 1U);
  world.serve(feed_of(std::string(kArticle).append(kBackground).append("<!-- edited -->")));
  ASSERT_EQ(run_program(command(true), folder.path()).status, 0);
  EXPECT_EQ(world.left("hook"), 1U);
  EXPECT_EQ(world.left("mail"), 1U);
}

TEST_F(Scenario, DeliversUnderTheSameIdAfterSigkill) {
  world.serve(feed_of(kBackground));
  {
    Process first(command(), log_file());
    await_poll(200);
    world.hold(true);  // from here on nobody answers: committed, but never delivered
    world.serve(feed_of(std::string(kArticle).append(kBackground)));
    const auto attempt = world.next("hook");
    ASSERT_TRUE(attempt);
    const auto held_mail = world.next("mail");
    ASSERT_TRUE(held_mail);
    first.signal(SIGKILL);
    ASSERT_EQ(first.wait(seconds{10}), -SIGKILL);
    world.hold(false);

    Process second(command(), log_file());
    const auto again = world.next("hook");
    ASSERT_TRUE(again);
    expect_the_alert(*again);
    EXPECT_EQ(again->at("id"), attempt->at("id"));
    const auto mail = world.next("mail");
    ASSERT_TRUE(mail);
    EXPECT_EQ(mail->at("headers").at("Message-ID"), held_mail->at("headers").at("Message-ID"));
    second.signal(SIGTERM);
    EXPECT_EQ(second.wait(seconds{10}), 0);
  }
}

TEST_F(Scenario, AlertsAnEditedArticleOnceForWhatItSaysOnlyNow) {
  const auto ferry = [](std::string_view text) {
    return feed_of("<item><title>Harbour ferry</title><guid>urn:x:1</guid><description>" +
                   std::string(text) + "</description></item>");
  };
  world.serve(ferry("Calm weather."));
  Process daemon(command(), log_file());
  await_poll(200);
  world.serve(ferry("Calm weather. Aboard, diplomats spoke of the JCPOA."));
  const auto hook = world.next("hook");
  ASSERT_TRUE(hook);
  const auto& data = hook->at("event").at("data").as_object();
  EXPECT_EQ(watch_names(data), std::set<std::string>{"JCPOA"});
  EXPECT_TRUE(data.at("items").at(0).at("update").as_bool());
  ASSERT_TRUE(world.next("mail"));
  world.serve(ferry("Calm weather. Aboard, two diplomats spoke of the JCPOA."));
  await_poll(200);
  await_poll(304);
  EXPECT_EQ(world.left("hook"), 0U);
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(seconds{10}), 0);
}

TEST_F(Scenario, KeepsTryingAReceiverThatIsDown) {
  world.serve(feed_of(kBackground));
  Process daemon(command(), log_file());
  await_poll(200);
  world.fail(true);
  world.serve(feed_of(std::string(kArticle).append(kBackground)));
  const auto refused = world.next("hook");
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->at("status").as_int64(), 503);
  world.fail(false);
  const auto taken = world.next("hook");
  ASSERT_TRUE(taken) << "no second attempt";
  EXPECT_EQ(taken->at("id"), refused->at("id"));
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(seconds{10}), 0);
}

TEST_F(Scenario, TellsThatANewConfigurationWasRefusedAndGoesOnWithTheOldOne) {
  world.serve(feed_of(kBackground));
  Process daemon(command(), log_file());
  await_poll(200);
  folder.write("tocsin.yaml", "feeds: [not an address]\n");
  daemon.signal(SIGHUP);
  const auto hook = world.next("hook");
  ASSERT_TRUE(hook);
  const auto& event = hook->at("event").as_object();
  EXPECT_EQ(event.at("type").as_string(), "tocsin.health");
  EXPECT_THAT(json::serialize(event.at("data")), HasSubstr("config_refused"));
  await_poll(304);
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(seconds{10}), 0);
}

}  // namespace
}  // namespace tocsin::testing
