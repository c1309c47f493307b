// SPDX-License-Identifier: MIT
#include "config/detail/values.hpp"

#include <gtest/gtest.h>

#include "config/detail/source.hpp"

namespace tocsin::config::detail {
namespace {

using namespace std::chrono_literals;

TEST(ClockTime, CountsMinutesAfterMidnight) {
  EXPECT_EQ(*read_clock_time("00:00"), 0);
  EXPECT_EQ(*read_clock_time("07:30"), 450);
  EXPECT_EQ(*read_clock_time("24:00"), 1440);
  for (const auto* bad : {"7:30", "24:01", "12:60", "ab:cd", "", "12-30", "1230"})
    EXPECT_FALSE(read_clock_time(bad)) << bad;
}

TEST(ClockRange, MayGoPastMidnightButNotBeEmpty) {
  EXPECT_EQ(read_clock_range("22:00-06:30")->to_minute, 390);
  EXPECT_EQ(read_clock_range("00:00-24:00")->to_minute, 1440);
  EXPECT_FALSE(read_clock_range("08:00-08:00"));
  EXPECT_FALSE(read_clock_range("24:00-06:00"));
}

TEST(Rate, IsANumberAndATime) {
  EXPECT_EQ(read_rate("20/h")->per, 1h);
  EXPECT_EQ(read_rate("5/10m")->count, 5U);
  for (const auto* bad : {"0/h", "20", "/h", "x/h", "20/", "20/hour", "-1/h"})
    EXPECT_FALSE(read_rate(bad)) << bad;
}

TEST(Size, KnowsBothKindsOfUnits) {
  EXPECT_EQ(*read_size("8MiB"), 8U << 20U);
  EXPECT_EQ(*read_size("500KB"), 500'000U);
  EXPECT_EQ(*read_size("42"), 42U);
  for (const auto* bad : {"", "MiB", "8 megabytes", "99999999999999999999", "9999999GiB"})
    EXPECT_FALSE(read_size(bad)) << bad;
}

TEST(Endpoint, TakesNamesAndBothKindsOfAddresses) {
  EXPECT_EQ(read_endpoint("[::1]:8787")->host, "::1");
  EXPECT_EQ(read_endpoint("127.0.0.1:80")->port, 80);
  EXPECT_EQ(read_endpoint("mail.example.org", 587)->port, 587);
  for (const auto* bad : {"", ":80", "::1:80", "host", "host:0", "host:70000", "a b:80", "[::1"})
    EXPECT_FALSE(read_endpoint(bad)) << bad;
}

TEST(Url, NeedsASchemeAndAHost) {
  EXPECT_TRUE(read_url("https://a.example:8443/x?y", Schemes::web));
  EXPECT_TRUE(read_url("HTTP://[::1]/", Schemes::web));
  EXPECT_TRUE(read_url("file:///srv/a.xml", Schemes::web_and_file));
  EXPECT_TRUE(read_url("socks5h://127.0.0.1:9050", Schemes::proxy));
  for (const auto* bad :
       {"", "a.example", "//a.example/", "ftp://a.example/", "https://", "https://..",
        "https://a b/", "file:///x", "javascript:alert(1)", "https://a.example:x/"})
    EXPECT_FALSE(read_url(bad, Schemes::web)) << bad;
}

TEST(Zone, IsKnownByItsExactName) {
  EXPECT_TRUE(read_zone("Europe/Helsinki"));
  EXPECT_TRUE(read_zone("UTC"));
  EXPECT_FALSE(read_zone("europe/helsinki"));
  EXPECT_NE(read_zone("europe/helsinki").error().message.find("Europe/Helsinki"),
            std::string::npos);
}

TEST(Address, IsOneBareAddress) {
  EXPECT_TRUE(read_address("desk@example.org"));
  for (const auto* bad :
       {"desk", "@example.org", "desk@", "a@b@c", "a b@c", "a@c, b@c", "A <a@b>", "a@b\n"})
    EXPECT_FALSE(read_address(bad)) << bad;
  EXPECT_EQ(read_mailbox("Desk <a@b>")->first, "Desk");
  EXPECT_EQ(read_mailbox("a@b")->second, "a@b");
  EXPECT_FALSE(read_mailbox("Desk <a@b"));
}

TEST(Integer, RefusesOctal) {
  EXPECT_EQ(*read_integer("-12"), -12);
  EXPECT_FALSE(read_integer("0755"));
  EXPECT_FALSE(read_integer("99999999999999999999"));
}

TEST(MaskLine, HidesWhateverSpeaksOfSecrets) {
  EXPECT_EQ(mask_line("  password: hunter2"), "  password: *******");
  EXPECT_EQ(mask_line("{a: b, pasword: 'hunter2', c: d}"), "{a: b, pasword: *********, c: d}");
  EXPECT_EQ(mask_line("Authorization: Bearer abc"), "Authorization: **********");
  EXPECT_EQ(mask_line("url: https://u:p@h/?token=abc&x=y"), "url: https://***@h/?token=***&x=y");
  EXPECT_EQ(mask_line("password_file: /run/x"), "password_file: /run/x");
  EXPECT_EQ(mask_line("token: ${NAME}"), "token: ${NAME}");
  EXPECT_EQ(mask_line("passage: of time"), "passage: *******") << "rather too much than too little";
}

TEST(MaskLine, KeepsColumnsTrue) {
  EXPECT_EQ(count_characters(mask_line("secret: é日")), count_characters("secret: é日"));
  EXPECT_EQ(mask_line("a\x01\x1b"), "a  ");
}

}  // namespace
}  // namespace tocsin::config::detail
