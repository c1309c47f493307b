// SPDX-License-Identifier: MIT
#include "notifier/channels/email.hpp"

#include <gtest/gtest.h>

#include "app/demo/mail_reader.hpp"
#include "tests/notifier/fakes.hpp"
#include "tests/notifier/sample.hpp"

namespace tocsin::notifier {
namespace {

using Outcome = Attempt::Outcome;

ReceiverSpec desk() {
  ReceiverSpec receiver;
  receiver.name = "desk-mail";
  receiver.email.emplace();
  receiver.email->server.host = "mail.example.org";
  receiver.email->from = "tocsin@example.org";
  receiver.email->to = {"desk@example.org", "Night desk <night@example.org>"};
  return receiver;
}

/// One message to the first address, read back.
demo::ReadMail mail_about(const Event& event, const ReceiverSpec& receiver = desk()) {
  fakes::Rig rig;
  rig.delivery.source = "https://tocsin.example.org/x";
  rig.delivery.timezone = "Europe/Helsinki";
  const auto opened = rig.open(receiver);
  EXPECT_TRUE(opened) << opened.error().message;
  EXPECT_EQ(rig.deliver(event, "desk@example.org").outcome, Outcome::delivered);
  auto read = demo::read_mail(rig.smtp.mails.at(0).data);
  EXPECT_TRUE(read) << read.error().message;
  return read ? std::move(*read) : demo::ReadMail{};
}

TEST(Email, HasATargetForEachAddress) {
  fakes::Rig rig;
  ASSERT_TRUE(rig.open(desk()));
  EXPECT_EQ(rig.channel->targets(),
            (std::vector<std::string>{"desk@example.org", "Night desk <night@example.org>"}));
  rig.deliver(sample::event(), "Night desk <night@example.org>");
  EXPECT_EQ(rig.smtp.mails.at(0).to, "night@example.org");
  EXPECT_EQ(rig.smtp.mails.at(0).from, "tocsin@example.org");
}

TEST(Email, CarriesTheHeadersThatMailProgramsActOn) {
  const auto mail = mail_about(sample::event());
  EXPECT_EQ(mail.header("From"), "\"tocsin\" <tocsin@example.org>");
  EXPECT_EQ(mail.header("To"), "<desk@example.org>");
  EXPECT_EQ(mail.header("Subject"),
            "[jcpoa, names] Kremlin: Putin to see Ayatollah Khamenei in Tehran");
  EXPECT_EQ(mail.header("Date"), "Mon, 23 Nov 2026 08:04:30 +0000");
  EXPECT_EQ(mail.header("Message-ID"),
            "<0123456789abcdef0123456789abcdef.desk-mail@tocsin.example.org>");
  EXPECT_EQ(mail.header("References"), "<story.5f2c.desk-mail@tocsin.example.org>");
  EXPECT_EQ(mail.header("List-Id"), "<desk-mail.tocsin.example.org>");
  EXPECT_EQ(mail.header("Auto-Submitted"), "auto-generated");
  EXPECT_EQ(mail.header("MIME-Version"), "1.0");
  for (const auto* once : {"From", "To", "Subject", "Date", "Message-ID", "References"})
    EXPECT_EQ(mail.count(once), 1U) << once;
}

TEST(Email, IsTheSameBytesOnEveryAttempt) {
  fakes::Rig rig;
  ASSERT_TRUE(rig.open(desk()));
  rig.deliver(sample::event(), "desk@example.org");
  rig.clock.advance(std::chrono::hours{5});
  rig.deliver(sample::event(), "desk@example.org");
  EXPECT_EQ(rig.smtp.mails.at(0).data, rig.smtp.mails.at(1).data);
}

TEST(Email, PutsSourceTimeAndLinkFirstAndMarksTheWords) {
  const auto text = mail_about(sample::event()).text_of("text/plain");
  EXPECT_EQ(text,
            "Kremlin: Putin to see [Ayatollah Khamenei] in Tehran\r\n"
            "tasnim - Mon 23 Nov 2026, 10:00 GMT+2 (4 min after publication)\r\n"
            "https://example.org/a/1?x=1&y=2\r\n"
            "\r\n"
            "> Iran, Russia and Turkey launched the peace talks in Kazakhstan's Astana. They also "
            "discussed the [Joint Comprehensive Plan of Action] ([JCPOA]) at length.\r\n"
            "\r\n"
            "Watch: jcpoa, names (Ayatollah Khamenei, Joint Comprehensive Plan of Action, "
            "JCPOA)\r\n"
            "By: R. Porter\r\n"
            "Reported by 3 sources since Mon 23 Nov 2026, 09:30 GMT+2\r\n"
            "\r\n"
            "-- \r\n"
            "tocsin, high, for desk-mail\r\n"
            "http://127.0.0.1:8787/alerts/0123\r\n");
}

TEST(Email, EscapesWhatFeedsPutIntoHtml) {
  auto event = sample::event();
  event.items.front().title = "<script>alert(1)</script> & \"quotes\"";
  event.items.front().url = "javascript:alert(1)";
  const auto html = mail_about(event).text_of("text/html");
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_NE(html.find("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot;"),
            std::string::npos);
  EXPECT_EQ(html.find("javascript:"), std::string::npos);
}

TEST(Email, LoadsNothingFromElsewhere) {
  const auto html = mail_about(sample::event()).text_of("text/html");
  for (const auto* remote : {"<img", "<link", "src=", "@import", "url("})
    EXPECT_EQ(html.find(remote), std::string::npos) << remote;
  EXPECT_NE(html.find("prefers-color-scheme: dark"), std::string::npos);
  EXPECT_NE(html.find("width=device-width"), std::string::npos);
}

TEST(Email, LetsNothingInThroughTitles) {
  auto event = sample::event();
  event.items.front().title = "x\r\nBcc: victim@example.org\r\n\r\n<p>body";
  event.watches.front().name = "w\nX-Evil: 1";
  event.receiver = "r\r\nEvil: 2";
  const auto mail = mail_about(event);
  EXPECT_EQ(mail.count("Bcc"), 0U);
  EXPECT_EQ(mail.count("X-Evil"), 0U);
  EXPECT_EQ(mail.count("Evil"), 0U);
  EXPECT_EQ(mail.parts.size(), 2U);
}

TEST(Email, WritesHeadersBeyondAscii) {
  auto event = sample::event();
  event.items.front().title = "علی خامنه‌ای در تهران — Путин";
  auto receiver = desk();
  receiver.email->from_name = "Дозор, the \"desk\"";
  const auto mail = mail_about(event, receiver);
  EXPECT_EQ(mail.header("Subject"),
            "[jcpoa, names] علی خامنه‌ای در تهران — Путин");
  EXPECT_EQ(mail.header("From"), "Дозор, the \"desk\" <tocsin@example.org>");
}

TEST(Email, GathersADigest) {
  const auto mail = mail_about(sample::digest(40));
  EXPECT_EQ(mail.header("Subject"), "Digest: 40 articles on jcpoa, names");
  EXPECT_EQ(mail.count("References"), 0U);
  const auto text = mail.text_of("text/plain");
  EXPECT_NE(text.find("40. Article 40 on [Khamenei]"), std::string::npos);
  EXPECT_EQ(text.find("\r\n\r\n\r\n"), std::string::npos);
}

TEST(Email, CountsWhatADigestHasNoRoomFor) {
  const auto text = mail_about(sample::digest(130)).text_of("text/plain");
  EXPECT_NE(text.find("Digest: 130 articles"), std::string::npos);
  EXPECT_NE(text.find("\r\n100. Article 100 on"), std::string::npos);
  EXPECT_EQ(text.find("Article 101 on"), std::string::npos);
  EXPECT_NE(text.find("... and 30 more"), std::string::npos);
}

TEST(Email, SaysWhatAilsTocsinItself) {
  const auto mail = mail_about(sample::health());
  EXPECT_EQ(mail.header("Subject"), "tocsin: the feed tass has been down for 6 h: HTTP 503");
  EXPECT_NE(mail.text_of("text/html").find("HTTP 503"), std::string::npos);
  EXPECT_EQ(mail.count("References"), 1U);
}

TEST(Email, UsesTheTemplatesThatItIsGiven) {
  auto receiver = desk();
  receiver.email->subject = "{{severity}}: {{item.title}} & co";
  receiver.email->text = "{{#items}}{{title}} at {{url}}\n{{/items}}";
  const auto mail = mail_about(sample::event(), receiver);
  EXPECT_EQ(mail.header("Subject"),
            "high: Kremlin: Putin to see Ayatollah Khamenei in Tehran & co");
  ASSERT_EQ(mail.parts.size(), 1U);
  EXPECT_EQ(mail.text_of("text/plain"),
            "Kremlin: Putin to see Ayatollah Khamenei in Tehran at "
            "https://example.org/a/1?x=1&y=2\r\n");
}

TEST(Email, RefusesAddressesThatAreNone) {
  auto receiver = desk();
  receiver.email->to = {"desk at example.org"};
  fakes::Rig rig;
  const auto opened = rig.open(receiver);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().message, "email: 'desk at example.org' is not a mail address");
}

TEST(JudgeSmtp, MapsEveryAnswerAsPromised) {
  struct Case {
    net::SmtpReply reply;
    Outcome outcome;
    bool slow;
  };
  const std::vector<Case> table = {{{250, "ok", "data"}, Outcome::delivered, false},
                                   {{451, "greylisted", "rcpt"}, Outcome::retry, false},
                                   {{452, "full", "data"}, Outcome::retry, false},
                                   {{421, "busy", "greeting"}, Outcome::retry, false},
                                   {{550, "no such user", "rcpt"}, Outcome::dead, false},
                                   {{554, "spam", "data"}, Outcome::dead, false},
                                   {{554, "go away", "greeting"}, Outcome::retry, true},
                                   {{535, "bad password", "auth"}, Outcome::retry, true},
                                   {{550, "sender refused", "mail"}, Outcome::retry, true}};
  for (const auto& [reply, outcome, slow] : table) {
    const auto attempt = judge_smtp(reply, {});
    EXPECT_EQ(attempt.outcome, outcome) << reply.code << " " << reply.stage;
    EXPECT_EQ(attempt.retry_after.has_value(), slow) << reply.code << " " << reply.stage;
  }
}

TEST(JudgeSmtp, TellsATargetThatIsRefusedForNowFromARelayInTrouble) {
  EXPECT_TRUE(judge_smtp(net::SmtpReply{451, "greylisted", "rcpt"}, {}).target_alone);
  EXPECT_TRUE(judge_smtp(net::SmtpReply{452, "full", "data"}, {}).target_alone);
  EXPECT_FALSE(judge_smtp(net::SmtpReply{421, "closing", "rcpt"}, {}).target_alone);
  EXPECT_FALSE(judge_smtp(net::SmtpReply{451, "busy", "mail"}, {}).target_alone);
}

TEST(JudgeSmtp, RetriesALostConnectionAndASlowServer) {
  for (const auto code : {Errc::unavailable, Errc::timeout, Errc::denied}) {
    const Result<net::SmtpReply> lost = Error{code, "no"};
    EXPECT_EQ(judge_smtp(lost, {}).outcome, Outcome::retry);
  }
}

}  // namespace
}  // namespace tocsin::notifier
