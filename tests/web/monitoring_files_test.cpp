// SPDX-License-Identifier: MIT
// What is shipped for Prometheus and Grafana, and told in the documents, names what there is.
// g++ 12 with sanitizers takes std::regex's own state for uninitialised.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "web/metrics.hpp"

namespace tocsin::web {
namespace {

std::string read(const std::string& path) {
  std::ifstream in(TOCSIN_SOURCE_DIR "/" + path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::set<std::string> names_in(const std::string& text) {
  static const std::regex name("\\b(tocsin|process)_[a-z_]+[a-z]\\b");
  return {std::sregex_token_iterator(text.begin(), text.end(), name), std::sregex_token_iterator()};
}

/// Every series that there can be.
std::string all_metrics() {
  Metrics metrics("1");
  metrics.polled("failed", "timeout", 1);
  metrics.matched("watch");
  metrics.attempted("desk", "delivered");
  metrics.delivered_after(std::chrono::milliseconds{1}, std::chrono::milliseconds{1});
  return metrics.text({});
}

class MonitoringFile : public testing::TestWithParam<const char*> {};

TEST_P(MonitoringFile, NamesOnlyMetricsThatThereAre) {
  const auto known = names_in(all_metrics());
  const auto named = names_in(read(GetParam()));
  EXPECT_GT(named.size(), 5U);
  for (const auto& name : named) EXPECT_TRUE(known.contains(name)) << name;
}

INSTANTIATE_TEST_SUITE_P(Shipped, MonitoringFile,
                         testing::Values("packaging/prometheus/tocsin.rules.yml",
                                         "packaging/grafana/tocsin.json", "docs/operations.md"));

bool has_promtool() {
  return std::system("command -v promtool >/dev/null") == 0;
}

TEST(Metrics, PassPromtoolsLint) {
  if (!has_promtool()) GTEST_SKIP() << "promtool is missing";
  FILE* promtool = ::popen("promtool check metrics", "w");
  ASSERT_NE(promtool, nullptr);
  std::fputs(all_metrics().c_str(), promtool);
  EXPECT_EQ(::pclose(promtool), 0);
}

TEST(AlertRules, PassPromtoolsCheck) {
  if (!has_promtool()) GTEST_SKIP() << "promtool is missing";
  EXPECT_EQ(std::system("promtool check config " TOCSIN_SOURCE_DIR
                        "/packaging/prometheus/prometheus.yml"),
            0);
}

}  // namespace
}  // namespace tocsin::web
