// SPDX-License-Identifier: MIT
// Channels over the real clients against servers on loopback: what the fakes cannot show.
#include <functional>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "app/demo/hook_sink.hpp"
#include "app/demo/mail_reader.hpp"
#include "app/demo/mail_sink.hpp"
#include "net/curl_client.hpp"
#include "net/curl_smtp.hpp"
#include "notifier/channels/make.hpp"
#include "notifier/event_json.hpp"
#include "tests/notifier/sample.hpp"

namespace tocsin::notifier {
namespace {

namespace asio = boost::asio;
using Outcome = Attempt::Outcome;

constexpr std::string_view kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// A loop with both sinks, both clients and one channel.
class Peers : public ::testing::Test {
 protected:
  void open(const ReceiverSpec& receiver) {
    ChannelDeps deps{http_, smtp_, clock_, [](std::string_view) {}};
    auto made = make_channel(receiver, delivery_, std::move(deps));
    ASSERT_TRUE(made) << made.error().message;
    channel_ = std::move(*made);
  }

  Attempt deliver(const Event& event, std::string target = {}) {
    Attempt attempt;
    Delivery delivery{event, std::move(target), clock_.now(), 1};
    loop_.restart();
    asio::co_spawn(loop_, channel_->deliver(std::move(delivery)),
                   [&](std::exception_ptr bug, Attempt result) {
                     EXPECT_FALSE(bug);
                     attempt = std::move(result);
                     loop_.stop();
                   });
    loop_.run();
    return attempt;
  }

  [[nodiscard]] ReceiverSpec mailing() const {
    ReceiverSpec receiver;
    receiver.name = "desk-mail";
    receiver.email.emplace();
    receiver.email->server.host = "127.0.0.1";
    receiver.email->server.port = mail_.port();
    receiver.email->server.tls = net::SmtpTls::none;
    receiver.email->from = "tocsin@example.org";
    receiver.email->to = {"desk@example.org"};
    return receiver;
  }

  [[nodiscard]] ReceiverSpec hooked() const {
    ReceiverSpec receiver;
    receiver.name = "hook";
    receiver.webhook.emplace();
    receiver.webhook->url = hook_.base_url() + "/tocsin";
    receiver.webhook->secret = kSecret;
    receiver.webhook->timeout = std::chrono::seconds{10};
    return receiver;
  }

  asio::io_context loop_{1};
  SystemClock clock_;
  net::CurlClient http_{loop_.get_executor()};
  net::CurlSmtpClient smtp_{loop_.get_executor()};
  demo::HookSink hook_{loop_.get_executor(), std::string(kSecret)};
  demo::MailSink mail_{loop_.get_executor()};
  DeliverySpec delivery_;
  std::unique_ptr<Channel> channel_;
};

TEST_F(Peers, MailArrivesAsItWasComposed) {
  open(mailing());
  auto event = sample::event();
  event.items.front().title = ".leading dot\r\n.\r\nMAIL FROM:<evil> Путин";
  const auto attempt = deliver(event);
  ASSERT_EQ(attempt.outcome, Outcome::delivered) << attempt.detail;
  ASSERT_EQ(mail_.mails().size(), 1U);
  const auto& mail = mail_.mails().front();
  EXPECT_EQ(mail.from, "tocsin@example.org");
  EXPECT_EQ(mail.to, std::vector<std::string>{"desk@example.org"});
  const auto read = demo::read_mail(mail.data);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->header("Subject"), "[jcpoa, names] .leading dot . MAIL FROM:<evil> Путин");
}

TEST_F(Peers, MailIsRefusedAsTheServerSays) {
  struct Case {
    std::string stage, reply;
    Outcome outcome;
  };
  const std::vector<Case> table = {{"rcpt", "451 greylisted, try later", Outcome::retry},
                                   {"rcpt", "550 no such user", Outcome::dead},
                                   {"body", "554 looks like spam", Outcome::dead},
                                   {"body", "452 disk full", Outcome::retry},
                                   {"mail", "550 sender refused", Outcome::retry},
                                   {"greeting", "554 go away", Outcome::retry},
                                   {"greeting", "421 busy", Outcome::retry},
                                   {"body", "drop", Outcome::retry}};
  for (const auto& [stage, reply, outcome] : table) {
    mail_.script = [&](std::string_view at, std::string_view) {
      return at == stage ? reply : std::string();
    };
    open(mailing());
    const auto attempt = deliver(sample::event());
    EXPECT_EQ(attempt.outcome, outcome) << stage << " " << reply << " -> " << attempt.detail;
  }
  EXPECT_TRUE(mail_.mails().empty());
}

TEST_F(Peers, MailAuthenticatesByPasswordAndByToken) {
  mail_.username = "desk";
  mail_.password = "pa ss";
  mail_.oauth_token = "ya29.token";
  auto receiver = mailing();
  receiver.email->server.username = "desk";
  receiver.email->server.password = "pa ss";
  open(receiver);
  EXPECT_EQ(deliver(sample::event()).outcome, Outcome::delivered);
  receiver.email->server.password.clear();
  receiver.email->server.oauth_token = "ya29.token";
  open(receiver);
  EXPECT_EQ(deliver(sample::event()).outcome, Outcome::delivered);
  receiver.email->server.oauth_token = "wrong";
  open(receiver);
  EXPECT_EQ(deliver(sample::event()).outcome, Outcome::retry);
  ASSERT_EQ(mail_.mails().size(), 2U);
  EXPECT_EQ(mail_.mails().back().login, "desk");
}

TEST_F(Peers, MailDoesNotGoOutInTheClearWhereTlsIsWanted) {
  auto receiver = mailing();
  receiver.email->server.tls = net::SmtpTls::starttls;
  open(receiver);
  const auto attempt = deliver(sample::event());
  EXPECT_EQ(attempt.outcome, Outcome::retry);
  EXPECT_TRUE(attempt.retry_after) << attempt.detail;
  EXPECT_TRUE(mail_.mails().empty());
}

TEST_F(Peers, MailWaitsForARelayThatIsDown) {
  auto receiver = mailing();
  receiver.email->server.port = 1;
  open(receiver);
  EXPECT_EQ(deliver(sample::event()).outcome, Outcome::retry);
}

TEST_F(Peers, WebhookArrivesSigned) {
  open(hooked());
  const auto attempt = deliver(sample::event());
  ASSERT_EQ(attempt.outcome, Outcome::delivered) << attempt.detail;
  ASSERT_EQ(hook_.requests().size(), 1U);
  const auto& request = hook_.requests().front();
  EXPECT_TRUE(request.signature_ok);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/tocsin");
  EXPECT_EQ(request.header("webhook-id"), sample::event().id);
  EXPECT_EQ(request.body, to_json(sample::event(), "tocsin"));
}

TEST_F(Peers, WebhookObeysTheAnswer) {
  hook_.answer = [](const demo::HookRequest&) {
    return demo::HookAnswer{429, {{"Retry-After", "17"}}, "slow down"};
  };
  open(hooked());
  auto attempt = deliver(sample::event());
  EXPECT_EQ(attempt.outcome, Outcome::retry);
  EXPECT_EQ(attempt.retry_after, std::chrono::seconds{17});
  EXPECT_EQ(attempt.detail, "HTTP 429: slow down");
  hook_.answer = [](const demo::HookRequest&) { return demo::HookAnswer{410, {}, ""}; };
  EXPECT_EQ(deliver(sample::event()).outcome, Outcome::disable);
  hook_.answer = [](const demo::HookRequest&) { return demo::HookAnswer{200, {}, "", true}; };
  EXPECT_EQ(deliver(sample::event()).outcome, Outcome::retry);
  hook_.answer = [](const demo::HookRequest&) {
    return demo::HookAnswer{302, {{"Location", "/elsewhere"}}, ""};
  };
  attempt = deliver(sample::event());
  EXPECT_EQ(attempt.outcome, Outcome::retry);
  EXPECT_TRUE(attempt.retry_after);
  EXPECT_EQ(hook_.requests().back().target, "/tocsin");
}

TEST_F(Peers, WebhookThatIsDownIsTriedAgain) {
  auto receiver = hooked();
  receiver.webhook->url = "http://127.0.0.1:1/";
  open(receiver);
  EXPECT_EQ(deliver(sample::event()).outcome, Outcome::retry);
}

TEST_F(Peers, EveryServiceSpeaksToItsServer) {
  struct Case {
    std::string kind, path;
    std::vector<std::pair<std::string, std::string>> options;
  };
  const auto base = hook_.base_url();
  const std::vector<Case> table = {
      {"slack", "/services/T/B/x", {{"url", base + "/services/T/B/x"}}},
      {"mattermost", "/hooks/x", {{"url", base + "/hooks/x"}}},
      {"discord", "/api/webhooks/1/x", {{"url", base + "/api/webhooks/1/x"}}},
      {"teams", "/workflows/x", {{"url", base + "/workflows/x"}}},
      {"telegram",
       "/bot12:ab/sendMessage",
       {{"api_url", base}, {"token", "12:ab"}, {"chat_id", "1"}}},
      {"matrix",
       "/_matrix/client/v3/rooms/%21r%3Ax/send/m.room.message/0123456789abcdef0123456789abcdef",
       {{"homeserver", base}, {"room", "!r:x"}, {"token", "t"}}},
      {"ntfy", "/", {{"url", base}, {"topic", "news"}}},
      {"gotify", "/message", {{"url", base}, {"token", "t"}}},
      {"pushover", "/1/messages.json", {{"api_url", base}, {"token", "t"}, {"user", "u"}}},
      {"pagerduty", "/v2/enqueue", {{"url", base}, {"routing_key", "k"}}},
      {"apprise", "/notify/k", {{"url", base}, {"key", "k"}}}};
  for (const auto& [kind, path, options] : table) {
    ReceiverSpec receiver;
    receiver.name = kind;
    receiver.service = ServiceSpec{kind, options, {}};
    open(receiver);
    const auto attempt = deliver(sample::event());
    EXPECT_EQ(attempt.outcome, Outcome::delivered) << kind << ": " << attempt.detail;
    const auto& request = hook_.requests().back();
    EXPECT_EQ(request.target, path);
    EXPECT_EQ(request.method, kind == "matrix" ? "PUT" : "POST");
    boost::system::error_code broken;
    EXPECT_TRUE(boost::json::parse(request.body, broken).is_object()) << kind;
  }
  EXPECT_EQ(hook_.requests().size(), table.size());
}

TEST_F(Peers, AServiceKeepsTheGapThatItIsAskedFor) {
  ReceiverSpec receiver;
  receiver.name = "discord";
  receiver.service = ServiceSpec{"discord", {{"url", hook_.base_url() + "/x"}}, {}};
  open(receiver);
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(deliver(sample::event()).outcome, Outcome::delivered);
  EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds{800});
}

}  // namespace
}  // namespace tocsin::notifier
