// SPDX-License-Identifier: MIT
#include "config/print.hpp"

#include <cstdlib>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/config/support.hpp"

namespace tocsin::config {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Writes `text` to a file of its own and prints it.
std::string printed(const std::string& text) {
  // Named by the process: ctest runs each of these tests as a process of its own, several at once.
  const auto file = ::testing::TempDir() + "tocsin_print_" + std::to_string(::getpid()) + ".yaml";
  std::ofstream(file, std::ios::binary) << text;
  auto out = print(file);
  std::filesystem::remove(file);
  return out ? std::move(*out) : "ERROR " + out.error().message;
}

TEST(Print, WritesDefaultsOutAndMarksThem) {
  const auto text = printed("feeds: [https://a.example/rss]\nwatches: [{name: a, any: word}]\n");
  EXPECT_THAT(text, HasSubstr("fetch:\n  interval:\n    min: 10m  # default\n"));
  EXPECT_THAT(text, HasSubstr("keep_items: 90d  # default\n"));
  EXPECT_THAT(text, HasSubstr("feeds:\n  - https://a.example/rss\n"));
}

TEST(Print, NeverShowsASecret) {
  setenv("TOCSIN_TEST_TOKEN", "hidden-one", 1);  // NOLINT(concurrency-mt-unsafe)
  const auto text = printed(R"(
global: {smtp: {host: "mail.example.org", username: u, password: hidden-two}}
feeds:
  - {url: "https://bot:hidden-three@a.example/rss?token=hidden-four", bearer_token: "${TOCSIN_TEST_TOKEN}", headers: {Authorization: hidden-five}}
watches: [{name: a, any: word}]
receivers:
  - {name: x, slack: {url: "https://hooks.example.org/hidden-six"}}
  - {name: y, slack: "https://hooks.example.org/hidden-seven"}
  - {name: z, webhook: {url: "https://h.example/", secret_file: path/to/it, headers: {X-Api-Key: hidden-eight}}}
)");
  EXPECT_THAT(text, Not(HasSubstr("hidden")));
  EXPECT_THAT(text, Not(HasSubstr("ERROR")));
  EXPECT_THAT(text, HasSubstr("bearer_token: \"${TOCSIN_TEST_TOKEN}\""));
  EXPECT_THAT(text, HasSubstr("secret_file: path/to/it"));
}

TEST(Print, ReadsBackAsTheSameConfiguration) {
  trust_secrets_of_tests();
  const auto first = print(folder() + "/files/full.yaml");
  ASSERT_TRUE(first) << first.error().message;
  const auto file = folder() + "/files/printed.yaml";  // beside the files that it names
  const auto loaded = parse(*first, file);
  EXPECT_EQ(describe(loaded), "") << *first;
  const auto original = load(folder() + "/files/full.yaml");
  EXPECT_EQ(loaded.config.feeds.size(), original.config.feeds.size());
  EXPECT_EQ(loaded.config.rules.watches.at(1).query->text,
            original.config.rules.watches.at(1).query->text);
  EXPECT_EQ(loaded.config.delivery.root.routes.at(1).routes.at(0).matchers.at(0).value, "ir|ru");
  EXPECT_EQ(loaded.config.storage.keep_matches, original.config.storage.keep_matches);
  EXPECT_EQ(loaded.config.tests.size(), original.config.tests.size());
}

TEST(Print, RefusesAFileThatDoesNotCheck) {
  EXPECT_THAT(printed("feeds: 3\n"), HasSubstr("ERROR"));
}

}  // namespace
}  // namespace tocsin::config
