// SPDX-License-Identifier: MIT
#include "text/url.hpp"

#include <gtest/gtest.h>

namespace tocsin::text {
namespace {

TEST(ResolveUrl, FollowsRfc3986) {  // section 5.4.1
  const std::string base = "http://a/b/c/d;p?q";
  EXPECT_EQ(resolve_url(base, "g"), "http://a/b/c/g");
  EXPECT_EQ(resolve_url(base, "./g/"), "http://a/b/c/g/");
  EXPECT_EQ(resolve_url(base, "/g"), "http://a/g");
  EXPECT_EQ(resolve_url(base, "//g"), "http://g");
  EXPECT_EQ(resolve_url(base, "?y"), "http://a/b/c/d;p?y");
  EXPECT_EQ(resolve_url(base, "../../g"), "http://a/g");
  EXPECT_EQ(resolve_url(base, "https://x.example/y"), "https://x.example/y");
}

TEST(ResolveUrl, TrimsAndEncodesWhatNoUrlMayHold) {
  EXPECT_EQ(resolve_url("http://a.example/", "  /a b\n"), "http://a.example/a%20b");
  EXPECT_EQ(resolve_url("http://a.example/", "/é%20"), "http://a.example/%C3%A9%20");
}

TEST(ResolveUrl, GivesBackWhatItCannotResolve) {
  EXPECT_EQ(resolve_url("", " relative "), "relative");
  EXPECT_EQ(resolve_url("no base", "relative"), "relative");
}

TEST(CanonicalUrl, AgreesOnSpellingsOfOneAddress) {
  const auto plain = canonical_url("https://news.example/a?id=7");
  for (const auto* other :
       {"http://news.example/a?id=7", "https://www.NEWS.example:443/a?id=7#top",
        "https://news.example/a?utm_source=rss&id=7&fbclid=x", "https://news.example/a/?id=7"})
    EXPECT_EQ(canonical_url(other), plain) << other;
}

TEST(CanonicalUrl, KeepsWhatTellsArticlesApart) {
  EXPECT_NE(canonical_url("https://n.example/?p=1"), canonical_url("https://n.example/?p=2"));
  EXPECT_NE(canonical_url("https://n.example/A"), canonical_url("https://n.example/a"));
}

}  // namespace
}  // namespace tocsin::text
