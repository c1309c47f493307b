// SPDX-License-Identifier: MIT
#include "notifier/mime.hpp"

#include <gtest/gtest.h>

#include "app/demo/mail_reader.hpp"
#include "tests/notifier/sample.hpp"

namespace tocsin::notifier {
namespace {

/// The longest line of `text`, without line ends.
std::size_t longest_line(std::string_view text) {
  std::size_t most = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find("\r\n"), text.size());
    most = std::max(most, end);
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return most;
}

/// The value of a field that `header_field` made, read back.
std::string read_back(const std::string& field) {
  std::string unfolded;
  for (std::size_t i = field.find(": ") + 2; i < field.size(); ++i)
    if (field[i] != '\r' && field[i] != '\n') unfolded += field[i];
  return demo::decode_words(unfolded);
}

TEST(HeaderField, KeepsPlainTextPlain) {
  EXPECT_EQ(header_field("Subject", "Talks in Astana"), "Subject: Talks in Astana\r\n");
}

TEST(HeaderField, FoldsLongPlainTextAtBlanks) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "word" + std::to_string(i) + " ";
  text.pop_back();
  const auto field = header_field("Subject", text);
  EXPECT_LE(longest_line(field), 78U);
  EXPECT_EQ(read_back(field), text);
}

TEST(HeaderField, EncodesWhatIsNotAscii) {
  EXPECT_EQ(header_field("Subject", "Erdoğan"), "Subject: =?UTF-8?Q?Erdo=C4=9Fan?=\r\n");
  EXPECT_EQ(header_field("Subject", "核"), "Subject: =?UTF-8?B?5qC4?=\r\n");
}

TEST(HeaderField, EncodesInWholeCharactersOnShortLines) {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "Хаменеи ";
  text.pop_back();
  const auto field = header_field("Subject", text);
  EXPECT_LE(longest_line(field), 78U);
  EXPECT_EQ(read_back(field), text);
  // Each encoded word decodes on its own.
  for (auto at = field.find("=?"); at != std::string::npos; at = field.find("=?", at + 2)) {
    const auto end = field.find("?=", at + 10);
    const auto word = demo::decode_words(field.substr(at, end + 2 - at));
    EXPECT_EQ(word.find("\xEF\xBF\xBD"), std::string::npos);
    EXPECT_NE(static_cast<unsigned char>(word.front()) & 0xC0U, 0x80U);
    at = end;
  }
}

TEST(HeaderField, CannotBeLeft) {
  const auto field =
      header_field("Subject", "nice\r\nBcc: all@example.org\r\n\r\nbody\x00\x0B\x7F");
  EXPECT_EQ(field, "Subject: nice Bcc: all@example.org body\r\n");
}

TEST(HeaderField, EncodesWhatLooksEncoded) {
  const auto field = header_field("Subject", "=?UTF-8?Q?trick?=");
  EXPECT_EQ(field.find("=?UTF-8?Q?trick?="), std::string::npos);
  EXPECT_EQ(read_back(field), "=?UTF-8?Q?trick?=");
}

TEST(HeaderField, FoldsAWordThatIsTooLongForALine) {
  const std::string text(5000, 'x');
  const auto field = header_field("Subject", text);
  EXPECT_LE(longest_line(field), 78U);
  EXPECT_EQ(read_back(field), text);
}

TEST(MailboxField, QuotesTheDisplayName) {
  EXPECT_EQ(mailbox_field("From", "The \"desk\", ops", "a@example.org"),
            "From: \"The \\\"desk\\\", ops\"\r\n <a@example.org>\r\n");
  EXPECT_EQ(mailbox_field("To", "", "a@example.org"), "To: <a@example.org>\r\n");
}

TEST(QuotedPrintable, EncodesWhatRelaysMightChange) {
  EXPECT_EQ(quoted_printable("a=b \n.dot\nFrom me\r\nend\t"),
            "a=3Db=20\r\n=2Edot\r\n=46rom me\r\nend=09\r\n");
}

TEST(QuotedPrintable, BreaksLongLinesSoftlyAndNeverInACharacter) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "é";
  const auto encoded = quoted_printable(text);
  EXPECT_LE(longest_line(encoded), 76U);
  for (auto at = encoded.find("=\r\n"); at != std::string::npos; at = encoded.find("=\r\n", at + 1))
    EXPECT_EQ(encoded.substr(at - 3, 3), "=A9");
}

TEST(MailAddress, IsCheckedStrictly) {
  for (const auto* good : {"a@b", "desk+x@example.org", "o'neil@example.org"})
    EXPECT_TRUE(is_mail_address(good)) << good;
  for (const auto* bad : {"", "a", "@b", "a@", "a b@c", "a@b\r\nX: y", "<a@b>", "a@b@c", "a,b@c"})
    EXPECT_FALSE(is_mail_address(bad)) << bad;
}

TEST(Mailbox, ReadsBothForms) {
  EXPECT_EQ(parse_mailbox("\"The desk\" <desk@example.org>").display, "The desk");
  EXPECT_EQ(parse_mailbox("\"The desk\" <desk@example.org>").address, "desk@example.org");
  EXPECT_EQ(parse_mailbox(" desk@example.org ").address, "desk@example.org");
}

TEST(MailDate, IsThatOfRfc5322) {
  EXPECT_EQ(mail_date(sample::at(8, 4, 30)), "Mon, 23 Nov 2026 08:04:30 +0000");
}

TEST(IdAtom, KeepsDifferentNamesDifferent) {
  EXPECT_EQ(id_atom("desk-mail"), "desk-mail");
  EXPECT_NE(id_atom("desk mail"), id_atom("desk/mail"));
  EXPECT_NE(id_atom("дом"), id_atom("дым"));
  EXPECT_LE(id_atom(std::string(500, 'a')).size(), 64U);
  EXPECT_NE(id_atom(""), "");
}

}  // namespace
}  // namespace tocsin::notifier
