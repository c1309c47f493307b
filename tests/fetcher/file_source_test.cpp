// SPDX-License-Identifier: MIT
#include "fetcher/file_source.hpp"

#include <fstream>
#include <string>

#include <gtest/gtest.h>

namespace tocsin::fetcher {
namespace {

constexpr std::size_t kPlenty = 1U << 20U;

std::string written(const std::string& name, const std::string& text) {
  std::ofstream(::testing::TempDir() + name) << text;
  return "file://" + ::testing::TempDir() + name;
}

Errc failure(const std::string& url, std::size_t limit = kPlenty) {
  const auto response = read_file_url(url, "", limit);
  EXPECT_FALSE(response) << url;
  return response ? Errc::io : response.error().code;
}

TEST(FileSource, ReadsAFileByEitherSpelling) {
  const auto url = written("tocsin-source.xml", "<rss/>");
  const auto path = url.substr(7);
  for (const auto& spelling : {url, "file://localhost" + path, "file:" + path, url + "#part"}) {
    const auto response = read_file_url(spelling, "", kPlenty);
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->body, "<rss/>");
  }
}

TEST(FileSource, SaysWhenNothingChanged) {
  const auto url = written("tocsin-source-unchanged.xml", "<rss/>");
  const auto first = read_file_url(url, "", kPlenty);
  ASSERT_TRUE(first);
  const auto version = std::string(net::header(first->headers, "last-modified"));
  const auto again = read_file_url(url, version, kPlenty);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->status, 304);
  EXPECT_EQ(again->body, "");
}

TEST(FileSource, RefusesWhatIsNoReadableRegularFileOfThisMachine) {
  EXPECT_EQ(failure("file:///no/such/file.xml"), Errc::not_found);
  EXPECT_EQ(failure("file:///dev/zero"), Errc::denied);
  EXPECT_EQ(failure("file:///tmp"), Errc::denied);
  EXPECT_EQ(failure("file://elsewhere.example/etc/hostname"), Errc::malformed);
  EXPECT_EQ(failure("file:relative.xml"), Errc::malformed);
  EXPECT_EQ(failure("file:///etc/host%00name"), Errc::malformed);
  EXPECT_EQ(failure("file:///etc/host%zz"), Errc::malformed);
  EXPECT_EQ(failure("https://news.example/"), Errc::malformed);
  EXPECT_EQ(failure(written("tocsin-large.xml", std::string(100, 'x')), 99), Errc::too_large);
}

}  // namespace
}  // namespace tocsin::fetcher
