// SPDX-License-Identifier: MIT
#include "net/curl_smtp.hpp"

#include <optional>
#include <thread>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/demo/mail_sink.hpp"
#include "tests/support/run.hpp"

namespace tocsin::net {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// The sink runs on the test's own loop: client and server take turns.
class CurlSmtpTest : public ::testing::Test {
 protected:
  Result<SmtpReply> send(Mail mail) {
    return testing::run(loop, client.send(server, std::move(mail)));
  }
  static Mail mail(const std::string& body = "Subject: hello\r\n\r\nText.\r\n") {
    return {"tocsin@example.org", "desk@example.org", body};
  }
  SmtpServer plain_server() {
    SmtpServer made;
    made.host = "127.0.0.1";
    made.port = sink.port();
    made.tls = SmtpTls::none;
    made.hello_name = "tocsin.test";
    return made;
  }

  boost::asio::io_context loop{1};
  demo::MailSink sink{loop.get_executor()};
  CurlSmtpClient client{loop.get_executor()};
  SmtpServer server = plain_server();
};

TEST_F(CurlSmtpTest, HandsAMailOver) {
  const auto reply = send(mail());
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->code, 250);
  ASSERT_EQ(sink.mails().size(), 1U);
  EXPECT_EQ(sink.mails()[0].from, "tocsin@example.org");
  EXPECT_THAT(sink.mails()[0].to, ElementsAre("desk@example.org"));
  EXPECT_THAT(sink.mails()[0].data, HasSubstr("Subject: hello"));
}

TEST_F(CurlSmtpTest, KeepsLinesThatBeginWithADot) {
  ASSERT_TRUE(send(mail("Subject: x\r\n\r\n.\r\n..two\r\nend\r\n")));
  ASSERT_EQ(sink.mails().size(), 1U);
  EXPECT_THAT(sink.mails()[0].data, HasSubstr("\r\n.\r\n..two\r\nend"));
}

TEST_F(CurlSmtpTest, TellsARefusalWithItsStage) {
  sink.script = [](std::string_view stage, std::string_view) {
    return std::string(stage == "rcpt" ? "550 5.1.1 no such user" : "");
  };
  const auto reply = send(mail());
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->code, 550);
  EXPECT_EQ(reply->stage, "rcpt");
  EXPECT_THAT(reply->text, HasSubstr("no such user"));
}

TEST_F(CurlSmtpTest, TellsARefusalAfterTheText) {
  sink.script = [](std::string_view stage, std::string_view) {
    return std::string(stage == "body" ? "451 4.7.1 greylisted, try later" : "");
  };
  const auto reply = send(mail());
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->code, 451);
  EXPECT_EQ(reply->stage, "data");
}

TEST_F(CurlSmtpTest, LogsInWhenAskedTo) {
  sink.username = server.username = "desk";
  sink.password = server.password = "s3cret";
  ASSERT_TRUE(send(mail()));
  ASSERT_EQ(sink.mails().size(), 1U);
  EXPECT_EQ(sink.mails()[0].login, "desk");
}

TEST_F(CurlSmtpTest, TellsAWrongPasswordAsTheServersAnswer) {
  sink.username = server.username = "desk";
  sink.password = "s3cret";
  server.password = "wrong";
  const auto reply = send(mail());
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(reply->stage, "auth");
  EXPECT_GE(reply->code, 500);
}

TEST_F(CurlSmtpTest, DoesNotSendInTheClearWhenStarttlsIsRequired) {
  server.tls = SmtpTls::starttls;
  const auto reply = send(mail());
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, Errc::denied);
  EXPECT_TRUE(sink.mails().empty());
}

TEST_F(CurlSmtpTest, CountsALostConnectionAsUnavailable) {
  sink.script = [](std::string_view stage, std::string_view) {
    return std::string(stage == "mail" ? "drop" : "");
  };
  const auto reply = send(mail());
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, Errc::unavailable);
}

TEST_F(CurlSmtpTest, RefusesBareLineEndsAndBrokenAddresses) {
  EXPECT_EQ(send(mail("Subject: x\n\ntext")).error().code, Errc::malformed);
  EXPECT_EQ(send(mail("Subject: x\r\n\r\na\rb\r\n")).error().code, Errc::malformed);
  auto injected = mail();
  injected.to = "desk@example.org>\r\nRCPT TO:<evil@example.org";
  EXPECT_EQ(send(injected).error().code, Errc::malformed);
  EXPECT_TRUE(sink.mails().empty());
}

TEST_F(CurlSmtpTest, HoldsUpNoOtherRelayWhenOneHangs) {
  const boost::asio::ip::tcp::acceptor silent(loop, {boost::asio::ip::address_v4::loopback(), 0});
  auto hung = plain_server();
  hung.port = silent.local_endpoint().port();
  std::vector<std::optional<Result<SmtpReply>>> answers(20);
  for (auto& answer : answers)
    boost::asio::co_spawn(loop, testing::keep(client.send(hung, mail()), answer),
                          boost::asio::detached);
  const auto reply = send(mail());
  ASSERT_TRUE(reply) << reply.error().message;
  for (const auto& answer : answers) EXPECT_FALSE(answer) << "nobody answers there";
}

TEST_F(CurlSmtpTest, SendsManyOneAfterTheOther) {
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(send(mail()));
  EXPECT_EQ(sink.mails().size(), 20U);
}

}  // namespace
}  // namespace tocsin::net
