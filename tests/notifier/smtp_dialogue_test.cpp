// SPDX-License-Identifier: MIT
#include "app/demo/smtp_dialogue.hpp"

#include <gtest/gtest.h>

#include "base/digest.hpp"

namespace tocsin::demo {
namespace {

/// The codes that `lines` are answered with, in order; "-" for silence.
std::vector<std::string> codes(SmtpDialogue& dialogue, const std::vector<std::string>& lines) {
  std::vector<std::string> out;
  for (const auto& line : lines) {
    const auto step = dialogue.line(line);
    out.push_back(step.reply.empty() ? "-" : step.reply.substr(0, 3));
  }
  return out;
}

TEST(SmtpDialogue, TakesAMessageAndUnstuffsItsDots) {
  SmtpDialogue dialogue({});
  EXPECT_EQ(dialogue.greet().reply.substr(0, 3), "220");
  EXPECT_EQ(codes(dialogue, {"EHLO x", "mail from:<a@b> SIZE=10", "RCPT TO:<c@d>", "DATA", "..x",
                             ".", "QUIT"}),
            (std::vector<std::string>{"250", "250", "250", "354", "-", "250", "221"}));
}

TEST(SmtpDialogue, HandsTheMessageOver) {
  SmtpDialogue dialogue({});
  codes(dialogue, {"EHLO x", "MAIL FROM:<a@b>", "RCPT TO:<c@d>", "DATA", "Subject: x", "", "..y"});
  const auto step = dialogue.line(".");
  ASSERT_TRUE(step.arrived);
  EXPECT_EQ(step.arrived->from, "a@b");
  EXPECT_EQ(step.arrived->to, std::vector<std::string>{"c@d"});
  EXPECT_EQ(step.arrived->data, "Subject: x\r\n\r\n.y\r\n");
}

TEST(SmtpDialogue, RefusesAsScripted) {
  SmtpDialogue::Rules rules;
  rules.script = [](std::string_view stage, std::string_view argument) {
    return stage == "rcpt" && argument == "no@d" ? std::string("550 no such user") : std::string();
  };
  SmtpDialogue dialogue(rules);
  EXPECT_EQ(codes(dialogue, {"EHLO x", "MAIL FROM:<a@b>", "RCPT TO:<no@d>", "DATA"}),
            (std::vector<std::string>{"250", "250", "550", "503"}));
}

TEST(SmtpDialogue, WantsTheRightPassword) {
  SmtpDialogue::Rules rules;
  rules.username = "desk";
  rules.password = "pw";
  rules.oauth_token = "tok";
  const auto plain = [](const std::string& word) {
    return "AUTH PLAIN " + base64_encode(std::string("\0desk\0", 6) + word);
  };
  SmtpDialogue dialogue(rules);
  EXPECT_EQ(
      codes(dialogue, {"EHLO x", "MAIL FROM:<a@b>", plain("no"), plain("pw"), "MAIL FROM:<a@b>"}),
      (std::vector<std::string>{"250", "530", "535", "235", "250"}));
  const auto oauth = base64_encode(
      "user=desk\x01"
      "auth=Bearer tok\x01\x01");
  EXPECT_EQ(codes(dialogue, {"AUTH XOAUTH2 " + oauth, "AUTH LOGIN", base64_encode("desk"),
                             base64_encode("pw")}),
            (std::vector<std::string>{"235", "334", "334", "235"}));
}

}  // namespace
}  // namespace tocsin::demo
