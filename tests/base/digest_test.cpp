// SPDX-License-Identifier: MIT
#include "base/digest.hpp"

#include <gtest/gtest.h>

namespace tocsin {
namespace {

std::string as_text(const std::array<std::uint8_t, 32>& digest) {
  return hex_encode({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

TEST(Digest, MatchesThePublishedSha256OfAbc) {  // FIPS 180-4, example B.1
  EXPECT_EQ(as_text(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, MatchesThePublishedHmac) {  // RFC 4231, test case 2
  EXPECT_EQ(as_text(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Base64, MatchesThePublishedVectors) {  // RFC 4648, section 10
  EXPECT_EQ(base64_encode(""), "");
  EXPECT_EQ(base64_encode("f"), "Zg==");
  EXPECT_EQ(base64_encode("fo"), "Zm8=");
  EXPECT_EQ(base64_encode("foobar"), "Zm9vYmFy");
  std::string out;
  EXPECT_TRUE(base64_decode("Zm9v\nYmE=", out));
  EXPECT_EQ(out, "fooba");
  EXPECT_FALSE(base64_decode("Zm9*", out));
}

TEST(StableId, DependsOnTheTextAlone) {
  EXPECT_EQ(stable_id("abc", 4), "ba7816bf");
  EXPECT_EQ(stable_hash64("abc"), 0xba7816bf8f01cfeaULL);
}

TEST(ConstantTimeCompare, TellsEqualFromDifferent) {
  EXPECT_TRUE(equal_in_constant_time("secret", "secret"));
  EXPECT_FALSE(equal_in_constant_time("secret", "secreT"));
  EXPECT_FALSE(equal_in_constant_time("secret", "secret1"));
}

}  // namespace
}  // namespace tocsin
