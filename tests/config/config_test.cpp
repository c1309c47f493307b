// SPDX-License-Identifier: MIT
#include "config/config.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "rules/parse.hpp"
#include "tests/config/support.hpp"

namespace tocsin::config {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view kSmallest = R"(feeds:
  - https://www.agency.example/en/rss
  - https://wire.example/rss.xml
  - https://wire.example/atom.xml
watches:
  - {name: JCPOA, any: [JCPOA, Joint Comprehensive Plan of Action]}
  - {name: Khamenei, person: Ali Khamenei}
  - name: Astana talks
    query: |
      Astana NEAR/8 (talk* OR process OR round*)
receivers:
  - {name: desk, email: {to: [desk@example.org]}}
)";

TEST(Config, ReadsTheSmallestUsefulFileWithoutAWord) {
  const auto loaded = parse(kSmallest, "smallest.yaml");
  EXPECT_EQ(describe(loaded), "");
  EXPECT_TRUE(loaded.ok());
}

TEST(Config, NamesFeedsByTheirHostsAndNumbersRepeats) {
  const auto loaded = parse(kSmallest, "smallest.yaml");
  std::vector<std::string> names;
  names.reserve(loaded.config.feeds.size());
  for (const auto& feed : loaded.config.feeds) names.push_back(feed.name);
  EXPECT_THAT(names, ElementsAre("agency.example", "wire.example", "wire.example-2"));
}

TEST(Config, MailsFromThisHostWhenNoRelayIsConfigured) {
  const auto loaded = parse(kSmallest, "smallest.yaml");
  const auto& email = *loaded.config.delivery.receivers.at(0).email;
  EXPECT_EQ(email.server.host, "localhost");
  EXPECT_EQ(email.server.port, 25);
  EXPECT_EQ(email.server.tls, net::SmtpTls::none);
  EXPECT_THAT(email.from, ::testing::StartsWith("tocsin@"));
  EXPECT_THAT(email.to, ElementsAre("desk@example.org"));
}

TEST(Config, SendsEverythingToEveryReceiverWithoutARoute) {
  const auto loaded = read(
      "watches: [{name: a, any: b}]\n"
      "receivers: [{name: x, print: true}, {name: y, print: true}]\n");
  const auto& root = loaded.config.delivery.root;
  ASSERT_EQ(root.routes.size(), 2U);
  EXPECT_EQ(root.routes[0].receiver, "x");
  EXPECT_EQ(root.routes[1].receiver, "y");
  EXPECT_TRUE(root.routes[0].continues && root.routes[1].continues);
  EXPECT_EQ(root.routes[1].id, "root/y");
}

TEST(Config, PrintsAlertsWhenThereAreNoReceivers) {
  const auto loaded = read("watches: [{name: a, any: b}]\n");
  ASSERT_EQ(loaded.config.delivery.receivers.size(), 1U);
  EXPECT_TRUE(loaded.config.delivery.receivers[0].print);
}

TEST(Config, NeedsFeedsUnlessToldOtherwise) {
  const std::string text = "watches: [{name: a, any: b}]\n";
  EXPECT_THAT(describe(parse(text, "t.yaml")), HasSubstr("no feeds are configured"));
  EXPECT_TRUE(read(text).ok());
}

TEST(Config, TakesOneTextForAListOfOne) {
  const auto loaded = read(
      "watches: [{name: a, any: word, languages: en}]\n"
      "receivers: [{name: x, email: {to: a@example.org}}]\n");
  EXPECT_EQ(describe(loaded), "");
  ASSERT_EQ(loaded.config.rules.watches.at(0).any.size(), 1U);
  EXPECT_THAT(loaded.config.delivery.receivers.at(0).email->to, ElementsAre("a@example.org"));
}

TEST(Config, SaysWhereEachTextBegins) {
  const auto loaded = read(
      "watches:\n"
      "  - name: a\n"
      "    query: |\n"
      "      first line\n"
      "        second\n"
      "  - {name: b, query: \"quoted\"}\n"
      "  - name: c\n"
      "    query: plain text\n"
      "      goes on\n");
  ASSERT_EQ(loaded.config.rules.watches.size(), 3U);
  const auto& block = *loaded.config.rules.watches[0].query;
  EXPECT_EQ(block.text, "first line\n  second\n");
  EXPECT_TRUE(block.block);
  EXPECT_EQ(block.at.line, 4U);
  EXPECT_EQ(block.at.column, 7U);
  EXPECT_EQ(block.indent, 6U);
  const auto& quoted = *loaded.config.rules.watches[1].query;
  EXPECT_EQ(quoted.at.line, 6U);
  EXPECT_EQ(quoted.at.column, 23U);
  const auto& plain = *loaded.config.rules.watches[2].query;
  EXPECT_EQ(plain.text, "plain text\ngoes on");
  EXPECT_EQ(plain.at.column, 12U);
  EXPECT_EQ(plain.indent, 6U);
}

/// Where the word "here" of the only watch's query stands, as "line:column", and the query.
std::string place_of_here(std::string_view query) {
  const auto loaded = read("watches:\n  - name: a\n    query: " + std::string(query) + "\n");
  if (loaded.config.rules.watches.empty()) return describe(loaded);
  const auto& text = *loaded.config.rules.watches.front().query;
  const auto at = rules::place(text, text.text.find("here"));
  return std::to_string(at.line) + ":" + std::to_string(at.column) + " " + text.text;
}

TEST(Config, KnowsTheColumnsBehindEscapes) {
  EXPECT_EQ(place_of_here(R"("\"peace talks\" AND here")"), "3:33 \"peace talks\" AND here");
  EXPECT_EQ(place_of_here("'Giro d''Italia AND here'"), "3:32 Giro d'Italia AND here");
  EXPECT_EQ(place_of_here(R"("\u0421ирия AND here")"), "3:28 Сирия AND here");
  EXPECT_EQ(place_of_here("\"a\n      AND \\\"x y\\\" AND here\""), "4:23 a\nAND \"x y\" AND here");
  EXPECT_EQ(place_of_here("'it''s\n      it''s here'"), "4:13 it's\nit's here");
  EXPECT_EQ(place_of_here("\"Сирия here\""), "3:19 Сирия here");
}

TEST(Config, KeepsTheLinesOfAFoldedTextSoThatPlacesAreTrue) {
  const auto loaded = read(
      "watches:\n"
      "  - name: a\n"
      "    query: >-\n"
      "      one OR\n"
      "      two\n");
  const auto& query = *loaded.config.rules.watches.at(0).query;
  EXPECT_EQ(query.text, "one OR\ntwo\n");
  EXPECT_EQ(query.at.line, 4U);
  EXPECT_EQ(query.indent, 6U);
}

TEST(Config, TakesDollarSignsInRulesAsTheyStand) {
  const auto loaded = read("watches: [{name: a, query: '/cost$$/ OR /${x}/'}]\n");
  EXPECT_EQ(loaded.config.rules.watches.at(0).query->text, "/cost$$/ OR /${x}/");
}

TEST(Config, ReadsVariablesAndDollarSignsElsewhere) {
  setenv("TOCSIN_TEST_TOKEN", "s3cret", 1);  // NOLINT(concurrency-mt-unsafe)
  const auto loaded = parse(
      "feeds: [{url: 'https://a.example/', bearer_token: '${TOCSIN_TEST_TOKEN}', "
      "headers: {X-Price: '5$$'}}]\nwatches: [{name: a, any: b}]\n",
      "t.yaml");
  EXPECT_EQ(describe(loaded), "");
  EXPECT_EQ(loaded.config.feeds.at(0).bearer_token, "s3cret");
  EXPECT_EQ(loaded.config.feeds.at(0).headers.at(0).second, "5$");
}

TEST(Config, KeepsWhatAliasesStandForWhileWatchesAreGivenBack) {
  std::string text =
      "watches:\n  - {name: first, any: &words [one, two], labels: &labels {kind: a}}\n";
  constexpr int kMany = 2'000;  // several blocks of the tree
  for (int i = 0; i < kMany; ++i)
    text += "  - {name: w" + std::to_string(i) + ", any: *words, labels: *labels}\n";
  const auto loaded = read(text);
  EXPECT_EQ(describe(loaded), "");
  const auto& watches = loaded.config.rules.watches;
  ASSERT_EQ(watches.size(), kMany + 1U);
  EXPECT_EQ(watches.back().any.at(1).text, "two");
  EXPECT_EQ(watches.back().labels.at("kind"), "a");
}

TEST(Config, TellsOfTwoWatchesOfANameThatStandFarApart) {
  std::string text = "watches:\n";
  for (int i = 0; i <= 2'000; ++i)
    text += "  - {name: w" + std::to_string(i % 2'000) + ", any: [word]}\n";
  EXPECT_THAT(describe(read(text)), HasSubstr("the first stands at t.yaml:2;"));
}

TEST(Config, ReadsWhatIsLoggedAsTheCommandLineSaysIt) {
  EXPECT_EQ(read("watches: []").config.log.levels, "info");
  EXPECT_EQ(read("watches: []\nlog: debug").config.log.levels, "debug");
  const auto loaded =
      read("watches: []\nlog: {level: off, rooms: {fetcher: debug, web: info}, format: json}");
  EXPECT_EQ(describe(loaded), "");
  EXPECT_EQ(loaded.config.log.levels, "off,fetcher=debug,web=info");
  EXPECT_EQ(loaded.config.log.format, "json");
  EXPECT_THAT(describe(read("watches: []\nlog: {rooms: {fetchr: debug}}")),
              HasSubstr("did you mean 'fetcher'?"));
}

TEST(Config, WarnsOfASecretThatEverybodyCanRead) {
  namespace fs = std::filesystem;
  const auto file = fs::temp_directory_path() / ("tocsin-secret-" + std::to_string(::getpid()));
  std::ofstream(file) << "s3cret";
  const auto check = [&] {
    return describe(
        parse("feeds: [https://example.org/f]\nwatches: [{name: a, any: [b]}]\n"
              "receivers: [{name: r, webhook: {url: \"https://example.org\", secret_file: " +
                  file.string() + "}}]\n",
              "t.yaml"));
  };
  using fs::perms;
  fs::permissions(file, perms::owner_read | perms::group_read);
  EXPECT_EQ(check(), "");
  fs::permissions(file, perms::owner_read | perms::others_read);
  EXPECT_THAT(check(), HasSubstr("every user of this machine can read the secret's file"));
  EXPECT_THAT(check(), HasSubstr("run chmod o-r " + file.string()));
  fs::remove(file);
}

TEST(Config, LeavesSecretsAloneWhenOnlyWatchesAreNeeded) {
  const auto loaded = read(
      "feeds: [{url: 'https://a.example/', password_file: no/such/file}]\n"
      "watches: [{name: a, any: b}]\n");
  EXPECT_EQ(describe(loaded), "");
}

TEST(Config, ReportsAFileThatIsNotThere) {
  const auto loaded = load("no/such/file.yaml");
  EXPECT_FALSE(loaded.ok());
  EXPECT_THAT(describe(loaded), HasSubstr("no/such/file.yaml: error: "));
}

TEST(Config, ListsAllErrorsInFileOrder) {
  const auto loaded = read(
      "watchs: []\n"
      "watches: [{name: a, any: b, severty: high}]\n"
      "recievers: []\n");
  std::vector<std::uint32_t> lines;
  lines.reserve(loaded.diagnostics.size());
  for (const auto& d : loaded.diagnostics) lines.push_back(d.line);
  EXPECT_THAT(lines, ElementsAre(1, 2, 3));
}

}  // namespace
}  // namespace tocsin::config
