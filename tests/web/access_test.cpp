// SPDX-License-Identifier: MIT
#include "web/access.hpp"

#include <gtest/gtest.h>

namespace tocsin::web {
namespace {

const Guard kLocal{.token = "s3cret", .loopback = true, .port = 8787};
const Guard kOpen{.token = "s3cret", .loopback = false, .port = 8787};

Request from(std::string host, Headers more = {}) {
  Request out;
  out.method = "POST";
  out.path = "/-/reload";
  out.headers.emplace_back("host", std::move(host));
  out.headers.insert(out.headers.end(), more.begin(), more.end());
  return out;
}

TEST(Access, TakesOnlyLiteralNamesOfThisMachineAsHost) {
  for (const auto* host : {"localhost", "127.0.0.1", "[::1]", "localhost:8787", "[::1]:8787"})
    EXPECT_EQ(judge(from(host), Access::readers, kLocal).status, 0) << host;
  for (const auto* host : {"", "127.evil.example", "localhost.evil.example", "evil.example",
                           "127.0.0.1:80", "127.0.0.1.evil.example:8787", "[::1"})
    EXPECT_EQ(judge(from(host), Access::anyone, kLocal).status, 421) << host;
}

TEST(Access, WantsTheTokenForWhatChangesState) {
  EXPECT_EQ(judge(from("localhost"), Access::owner, kLocal).status, 401);
  EXPECT_EQ(
      judge(from("localhost", {{"authorization", "Bearer wrong!"}}), Access::owner, kLocal).status,
      401);
  EXPECT_EQ(
      judge(from("localhost", {{"authorization", "Bearer s3cret"}}), Access::owner, kLocal).status,
      0);
}

TEST(Access, ChangesNothingWhereNoTokenIsConfigured) {
  const Guard guard{.token = "", .loopback = true, .port = 1};
  EXPECT_EQ(judge(from("localhost", {{"authorization", "Bearer "}}), Access::owner, guard).status,
            403);
}

TEST(Access, RefusesPagesOfOtherSitesEvenWithTheToken) {
  const std::pair<std::string, std::string> token{"authorization", "Bearer s3cret"};
  const auto status = [&](std::pair<std::string, std::string> header) {
    return judge(from("localhost:8787", {token, std::move(header)}), Access::owner, kLocal).status;
  };
  EXPECT_EQ(status({"sec-fetch-site", "cross-site"}), 403);
  EXPECT_EQ(status({"sec-fetch-site", "same-site"}), 403);
  EXPECT_EQ(status({"origin", "https://evil.example"}), 403);
  EXPECT_EQ(status({"origin", "null"}), 403);
  EXPECT_EQ(status({"origin", "http://localhost:8787"}), 0);
  EXPECT_EQ(status({"sec-fetch-site", "same-origin"}), 0);
}

TEST(Access, ShowsReadersBeyondThisMachineNothingWithoutTheToken) {
  EXPECT_EQ(judge(from("tocsin.example"), Access::readers, kOpen).status, 401);
  EXPECT_EQ(judge(from("tocsin.example"), Access::anyone, kOpen).status, 0);
  EXPECT_EQ(
      judge(from("tocsin.example", {{"authorization", "Bearer s3cret"}}), Access::readers, kOpen)
          .status,
      0);
}

TEST(Access, LeavesACallbackToItsHandler) {
  EXPECT_EQ(judge(from("hub.example"), Access::self, kLocal).status, 0);
}

TEST(Access, ComparesWholeSecrets) {
  EXPECT_TRUE(equal_secret("abc", "abc"));
  EXPECT_FALSE(equal_secret("abc", "abd"));
  EXPECT_FALSE(equal_secret("abc", "ab"));
}

}  // namespace
}  // namespace tocsin::web
