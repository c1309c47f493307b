// SPDX-License-Identifier: MIT
#include "tests/support/scores.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/support/source_dir.hpp"

namespace tocsin::testing {
namespace {

namespace fs = std::filesystem;

std::string environment(const char* name, const std::string& otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : value;
}

}  // namespace

fs::path conformance(const std::string& kind) {
  return fs::path(environment("TOCSIN_CONFORMANCE", source_dir() + "/../shared/conformance")) /
         kind;
}

Scores scores_of(const std::string& kind, const std::string& command) {
  const auto report =
      fs::temp_directory_path() / ("tocsin-" + kind + "-" + std::to_string(::getpid()));
  const auto line = "python3 '" + (conformance(kind) / "score.py").string() + "' --json '" +
                    report.string() + "' --cmd '" + environment("TOCSIN_BINARY", "tocsin") + " " +
                    command + "' >/dev/null";
  Scores scores;
  if (std::system(line.c_str()) == -1) return scores;
  std::ifstream in(report);
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  fs::remove(report);
  boost::system::error_code broken;
  const auto results = boost::json::parse(text, broken);
  if (broken || !results.is_object()) return scores;
  for (const auto& [set, figures] : results.get_object()) {
    if (!figures.is_object()) continue;
    for (const auto& [name, value] : figures.get_object())
      if (value.is_number())
        scores[std::string(set) + '.' + std::string(name)] = value.to_number<double>();
  }
  return scores;
}

void expect_scores(const std::string& kind, const std::string& command, const std::string& floors) {
  if (!fs::exists(conformance(kind) / "score.py")) {
    if (environment("CI", "") == "true") FAIL() << "no conformance data at " << conformance(kind);
    GTEST_SKIP() << "no conformance data at " << conformance(kind);
  }
  const auto scores = scores_of(kind, command);
  ASSERT_FALSE(scores.empty()) << "the scorer gave no report";
  std::ifstream lines(fs::path(source_dir()) / floors);
  std::string name;
  std::string relation;
  double bound = 0;
  int read = 0;
  for (; lines >> name >> relation >> bound; ++read) {
    const auto found = scores.find(name);
    ASSERT_NE(found, scores.end()) << name;
    if (relation == ">=") {
      EXPECT_GE(found->second, bound) << name;
    } else {
      EXPECT_LE(found->second, bound) << name;
    }
  }
  EXPECT_GT(read, 0) << floors;
}

}  // namespace tocsin::testing
