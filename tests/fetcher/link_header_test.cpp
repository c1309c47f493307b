// SPDX-License-Identifier: MIT
#include "fetcher/link_header.hpp"

#include <gtest/gtest.h>

namespace tocsin::fetcher {
namespace {

constexpr std::string_view kBase = "https://news.example/a/feed";

std::string hub_of(std::string value) {
  return link_target({{"etag", "\"1\""}, {"link", std::move(value)}}, "hub", kBase);
}

TEST(LinkHeader, FindsARelationInEverySpelling) {
  for (const auto* value :
       {"<https://hub.example/>; rel=\"hub\"", "<https://hub.example/>;rel=hub",
        "<https://hub.example/>; title=\"a, b; rel=self\"; REL=\"Self Hub\"",
        "</feed>; rel=self, <https://hub.example/> ; rel = \"hub\"",
        "<https://other.example/>; rel=\"next\"; x, <https://hub.example/>; rel=hub; y=1"})
    EXPECT_EQ(hub_of(value), "https://hub.example/") << value;
}

TEST(LinkHeader, LooksAtEveryFieldAndMakesTargetsAbsolute) {
  const net::Headers headers = {{"link", "<../x>; rel=next"}, {"link", "<../feed>; rel=self"}};
  EXPECT_EQ(link_target(headers, "self", kBase), "https://news.example/feed");
}

TEST(LinkHeader, FindsNothingInWhatNamesNoSuchLink) {
  for (const auto* value :
       {"", "<", "<>", "hub", "<https://hub.example/>", "<https://hub.example/>; rel=hubbub",
        "<https://hub.example/>; rel=next; rel=hub", "<https://hub.example/; rel=hub",
        "<https://hub.example/>; title=\"rel=hub"})
    EXPECT_EQ(hub_of(value), "") << value;
}

}  // namespace
}  // namespace tocsin::fetcher
