// SPDX-License-Identifier: MIT
#include "base/roff.hpp"

#include <gtest/gtest.h>

namespace tocsin::roff {
namespace {

TEST(Roff, LetsNothingBecomeARequestOrAnEscape) {
  EXPECT_EQ(escape(".so /etc/passwd"), "\\&.so /etc/passwd");
  EXPECT_EQ(escape("'br"), "\\(aqbr");
  EXPECT_EQ(escape("a\\fB"), "a\\efB");
}

TEST(Roff, KeepsHyphensThatCanBeCopied) {
  EXPECT_EQ(escape("--config"), "\\-\\-config");
}

TEST(Roff, MakesCodeBold) {
  EXPECT_EQ(from_markdown("write `a-b`, then"), "write \\fBa\\-b\\fR, then");
}

TEST(Roff, KeepsLinesAsTheyStand) {
  EXPECT_EQ(verbatim("one\n\n  .two\n"), ".nf\none\n.\n  .two\n.fi\n");
}

}  // namespace
}  // namespace tocsin::roff
