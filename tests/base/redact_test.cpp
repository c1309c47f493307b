// SPDX-License-Identifier: MIT
#include "base/redact.hpp"

#include <gtest/gtest.h>

namespace tocsin {
namespace {

TEST(Redact, CutsUserAndPasswordOutOfAUrl) {
  EXPECT_EQ(redact("https://bob:hunter2@wiki.example.org/feed"), "https://wiki.example.org/feed");
  EXPECT_EQ(redact("https://a@b:c@d.example/x"), "https://d.example/x");
}

TEST(Redact, MasksParametersThatSpeakOfSecrets) {
  EXPECT_EQ(redact("https://h.example/f?id=7&api_key=abc&Token=t#x"),
            "https://h.example/f?id=7&api_key=***&Token=***#x");
}

TEST(Redact, LeavesAnAtSignInThePathAlone) {
  EXPECT_EQ(redact("https://h.example/@user/feed"), "https://h.example/@user/feed");
}

TEST(Scrub, TurnsControlCharactersIntoBlanks) {
  EXPECT_EQ(scrub("a\r\nb\x1b[31m\u2028c\u0085d"), "a  b [31m c d");
}

TEST(Scrub, CutsLongTextAtACharacter) {
  EXPECT_EQ(scrub("Тегеран", 5), "Те…");
}

TEST(Utf8Prefix, NeverCutsASequenceInTwo) {
  EXPECT_EQ(utf8_prefix("аб", 3), "а");
  EXPECT_EQ(utf8_prefix("аб", 4), "аб");
  EXPECT_EQ(utf8_prefix("a", 0), "");
}

}  // namespace
}  // namespace tocsin
