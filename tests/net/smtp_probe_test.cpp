// SPDX-License-Identifier: MIT
#include "net/smtp_probe.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/threaded_mail_sink.hpp"

namespace tocsin::net {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class SmtpProbeTest : public ::testing::Test {
 protected:
  SmtpProbe probe() {
    relay.sink().script = [this](std::string_view stage, std::string_view) {
      stages.emplace_back(stage);
      return stage == refuse_at ? answer : std::string();
    };
    relay.start();
    auto out = probe_smtp(server);
    relay.stop();
    return out;
  }

  testing::ThreadedMailSink relay;
  SmtpServer server = relay.server();
  std::vector<std::string> stages;  // what the relay was asked for; written on its thread
  std::string refuse_at, answer;
};

TEST_F(SmtpProbeTest, GreetsTheRelayAndBeginsNoMail) {
  const auto found = probe();
  EXPECT_EQ(found.hurdle, SmtpHurdle::none);
  EXPECT_EQ(found.problem, "");
  EXPECT_THAT(stages, ElementsAre("greeting", "ehlo"));
  EXPECT_TRUE(relay.sink().mails().empty());
}

TEST_F(SmtpProbeTest, LogsInWhereALoginIsGiven) {
  relay.sink().username = server.username = "desk";
  relay.sink().password = server.password = "s3cret";
  const auto found = probe();
  EXPECT_EQ(found.hurdle, SmtpHurdle::none) << found.problem;
  EXPECT_THAT(stages, ElementsAre("greeting", "ehlo", "auth"));
}

TEST_F(SmtpProbeTest, TellsThatTheLoginIsRefusedWithoutThePassword) {
  relay.sink().username = server.username = "desk";
  relay.sink().password = "s3cret";
  server.password = "wr0ng";
  const auto found = probe();
  EXPECT_EQ(found.hurdle, SmtpHurdle::login);
  EXPECT_THAT(found.problem, HasSubstr("535"));
  EXPECT_THAT(found.problem, ::testing::Not(HasSubstr("wr0ng")));
}

TEST_F(SmtpProbeTest, TellsThatTheRelayOffersNoLogin) {
  server.username = "desk";
  server.password = "s3cret";
  EXPECT_EQ(probe().hurdle, SmtpHurdle::no_login);
}

TEST_F(SmtpProbeTest, TellsThatTheRelayOffersNoStarttls) {
  server.tls = SmtpTls::starttls;
  EXPECT_EQ(probe().hurdle, SmtpHurdle::no_starttls);
}

TEST_F(SmtpProbeTest, TellsThatTlsMetPlainText) {
  server.tls = SmtpTls::tls;
  EXPECT_EQ(probe().hurdle, SmtpHurdle::tls);
}

TEST_F(SmtpProbeTest, TellsWhatTheRelaySaidWhereItRefuses) {
  refuse_at = "greeting";
  answer = "554 5.7.1 no mail from you";
  const auto found = probe();
  EXPECT_EQ(found.hurdle, SmtpHurdle::refusal);
  EXPECT_EQ(found.problem,
            "127.0.0.1:" + std::to_string(server.port) + ": 554 5.7.1 no mail from you");
}

TEST_F(SmtpProbeTest, TellsThatTheConnectionWasLost) {
  refuse_at = "ehlo";
  answer = "drop";
  EXPECT_EQ(probe().hurdle, SmtpHurdle::lost);
}

TEST(SmtpProbe, TellsThatNothingListens) {
  SmtpServer server;
  server.host = "127.0.0.1";
  boost::asio::io_context loop;
  boost::asio::ip::tcp::acceptor taken(loop, {boost::asio::ip::address_v4::loopback(), 0});
  server.port = taken.local_endpoint().port();
  taken.close();
  const auto found = probe_smtp(server);
  EXPECT_EQ(found.hurdle, SmtpHurdle::connect);
  EXPECT_EQ(found.problem,
            "127.0.0.1:" + std::to_string(server.port) + ": nothing takes connections there");
}

TEST(SmtpProbe, TellsThatThereIsNoSuchName) {
  SmtpServer server;
  server.host = "no-such-host.invalid";
  EXPECT_EQ(probe_smtp(server).hurdle, SmtpHurdle::name);
}

}  // namespace
}  // namespace tocsin::net
