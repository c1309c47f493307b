// SPDX-License-Identifier: MIT
#include "app/receiver_check.hpp"

#include <string>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/raw_server.hpp"
#include "tests/support/threaded_mail_sink.hpp"

namespace tocsin::app {
namespace {

using ::testing::HasSubstr;
using testing::http_answer;
using ::testing::Not;

notifier::ReceiverSpec hook(std::string name, std::string url) {
  notifier::ReceiverSpec out;
  out.name = std::move(name);
  out.webhook.emplace();
  out.webhook->url = std::move(url);
  return out;
}

notifier::ReceiverSpec mail(std::string name, net::SmtpServer server) {
  notifier::ReceiverSpec out;
  out.name = std::move(name);
  out.email.emplace();
  out.email->server = std::move(server);
  out.email->from = "tocsin@example.org";
  out.email->to = {"desk@example.org", "night@example.org"};
  return out;
}

std::vector<NetworkFinding> check(notifier::ReceiverSpec receiver) {
  notifier::DeliverySpec spec;
  spec.receivers = {std::move(receiver)};
  return check_receivers(spec);
}

/// What is found about a webhook that answers with `status`.
std::vector<NetworkFinding> check_answer(int status, const std::string& headers = "") {
  const testing::RawServer server(
      [&](const std::string&) { return http_answer(status, headers, ""); });
  return check(hook("ops", server.url("/in/s3cret-path")));
}

TEST(CheckReceivers, AsksAWebhookForItsOptionsAndSendsNoAlert) {
  const testing::RawServer server(
      [](const std::string&) { return http_answer(204, "Allow: POST\r\n", ""); });
  auto receiver = hook("ops", server.url("/in"));
  receiver.webhook->bearer_token = "t0ken";
  receiver.webhook->secret = "key";
  EXPECT_TRUE(check(std::move(receiver)).empty());
  ASSERT_EQ(server.requests().size(), 1U);
  const auto request = server.requests().front();
  EXPECT_TRUE(request.starts_with("OPTIONS /in HTTP/1.1\r\n")) << request;
  EXPECT_THAT(request, HasSubstr("Bearer t0ken"));
  EXPECT_THAT(request, Not(HasSubstr("webhook-")));
  EXPECT_TRUE(request.ends_with("\r\n\r\n")) << "there is a body: " << request;
}

TEST(CheckReceivers, TakesAnyAnswerThatProvesTheReceiverIsThere) {
  for (const int status : {200, 204, 400, 401, 403, 405, 429, 501})
    EXPECT_TRUE(check_answer(status).empty()) << status;
}

TEST(CheckReceivers, SaysWhichAnswersBodeIll) {
  struct Case {
    int status;
    std::string problem;
  };
  for (const auto& [status, problem] :
       {Case{301, "HTTP 301: the receiver has moved, and alerts do not follow"},
        Case{410, "HTTP 410: there is nothing at this address any more"},
        Case{503, "HTTP 503: the receiver is in trouble"}}) {
    const auto found = check_answer(status, "Location: /elsewhere\r\n");
    ASSERT_EQ(found.size(), 1U) << status;
    EXPECT_EQ(found[0].name, "ops");
    EXPECT_EQ(found[0].problem, problem);
    EXPECT_EQ(found[0].kind, NetworkFinding::Kind::failure);
    EXPECT_FALSE(found[0].hint.empty());
  }
}

TEST(CheckReceivers, NotesOfA404ThatItProvesNothing) {
  const auto found = check_answer(404, "");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, NetworkFinding::Kind::note);
  EXPECT_THAT(found[0].problem, HasSubstr("HTTP 404 to OPTIONS"));
  EXPECT_THAT(found[0].hint, HasSubstr("tocsin notify --test ops"));
}

TEST(CheckReceivers, CountsA401AgainstALoginThatIsGiven) {
  const testing::RawServer server([](const std::string&) { return http_answer(401, "", ""); });
  auto receiver = hook("ops", server.url("/in"));
  receiver.webhook->username = "desk";
  receiver.webhook->password = "s3cret";
  const auto found = check(std::move(receiver));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].problem, "HTTP 401: the login is refused");
}

TEST(CheckReceivers, TellsThatNothingListensWithoutThePathThatMayBeASecret) {
  boost::asio::io_context loop;
  boost::asio::ip::tcp::acceptor taken(loop, {boost::asio::ip::address_v4::loopback(), 0});
  const auto port = std::to_string(taken.local_endpoint().port());
  taken.close();
  const auto found = check(hook("ops", "http://127.0.0.1:" + port + "/in/s3cret-path"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0].problem, HasSubstr("127.0.0.1:" + port));
  EXPECT_THAT(found[0].problem, Not(HasSubstr("s3cret")));
  EXPECT_THAT(found[0].hint, HasSubstr("whether the service runs"));
}

TEST(CheckReceivers, AsksAServiceAtTheAddressThatItsAlertsGoTo) {
  const testing::RawServer server([](const std::string&) { return http_answer(404, "", ""); });
  notifier::ReceiverSpec slack;
  slack.name = "chat";
  slack.service.emplace();
  slack.service->kind = "slack";
  slack.service->options = {{"url", server.url("/services/T/B/x")}};
  EXPECT_EQ(check(std::move(slack)).size(), 1U);
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_TRUE(server.requests().front().starts_with("OPTIONS /services/T/B/x "));
}

TEST(CheckReceivers, GreetsARelayOnceAndMailsNobody) {
  testing::ThreadedMailSink relay;
  int greeted = 0;
  relay.sink().script = [&](std::string_view stage, std::string_view) {
    greeted += stage == "ehlo" ? 1 : 0;
    return std::string();
  };
  relay.start();
  const auto found = check(mail("desk", relay.server()));
  relay.stop();
  EXPECT_TRUE(found.empty()) << found[0].problem;
  EXPECT_EQ(greeted, 1);
  EXPECT_TRUE(relay.sink().mails().empty());
}

TEST(CheckReceivers, SaysWhatToWriteWhereTheRelayOffersNoStarttls) {
  testing::ThreadedMailSink relay;
  auto server = relay.server();
  server.tls = net::SmtpTls::starttls;
  relay.start();
  const auto found = check(mail("desk", server));
  relay.stop();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].name, "desk");
  EXPECT_THAT(found[0].problem, HasSubstr("the server offers no STARTTLS"));
  EXPECT_THAT(found[0].hint, HasSubstr("tls: tls for port 465"));
}

TEST(CheckReceivers, LeavesStandardOutputAndProgramsAlone) {
  notifier::DeliverySpec spec;
  spec.receivers.resize(2);
  spec.receivers[0].print = true;
  spec.receivers[1].service.emplace();
  spec.receivers[1].service->kind = "exec";
  spec.receivers[1].service->arguments = {"/bin/false"};
  EXPECT_TRUE(check_receivers(spec).empty());
}

}  // namespace
}  // namespace tocsin::app
