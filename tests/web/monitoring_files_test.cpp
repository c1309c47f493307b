// SPDX-License-Identifier: MIT
// What is shipped for Prometheus and Grafana, and told in the documents, names what there is.

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <re2/re2.h>

#include "tests/support/needs.hpp"
#include "tests/support/source_dir.hpp"
#include "web/metrics.hpp"

namespace tocsin::web {
namespace {

std::string read(const std::string& path) {
  std::ifstream in(testing::source_dir() + "/" + path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::set<std::string> names_in(const std::string& text) {
  static const re2::RE2 name_of_metric("\\b((?:tocsin|process)_[a-z_]+[a-z])\\b");
  std::set<std::string> names;
  re2::StringPiece rest(text);
  for (std::string name; re2::RE2::FindAndConsume(&rest, name_of_metric, &name);)
    names.insert(name);
  return names;
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

class MonitoringFile : public ::testing::TestWithParam<const char*> {};

TEST_P(MonitoringFile, NamesOnlyMetricsThatThereAre) {
  const auto known = names_in(all_metrics());
  const auto named = names_in(read(GetParam()));
  EXPECT_GT(named.size(), 5U);
  for (const auto& name : named) EXPECT_TRUE(known.contains(name)) << name;
}

INSTANTIATE_TEST_SUITE_P(Shipped, MonitoringFile,
                         ::testing::Values("packaging/prometheus/tocsin.rules.yml",
                                           "packaging/grafana/tocsin.json", "docs/operations.md"));

bool lacks_promtool() {
  return testing::is_missing("command -v promtool");
}

TEST(Metrics, PassPromtoolsLint) {
  if (lacks_promtool()) GTEST_SKIP() << "promtool is missing";
  FILE* promtool = ::popen("promtool check metrics", "w");
  ASSERT_NE(promtool, nullptr);
  std::fputs(all_metrics().c_str(), promtool);
  EXPECT_EQ(::pclose(promtool), 0);
}

TEST(AlertRules, PassPromtoolsCheck) {
  if (lacks_promtool()) GTEST_SKIP() << "promtool is missing";
  const auto check =
      "promtool check config " + testing::source_dir() + "/packaging/prometheus/prometheus.yml";
  EXPECT_EQ(std::system(check.c_str()), 0);  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
}

}  // namespace
}  // namespace tocsin::web
