// SPDX-License-Identifier: MIT
// Every case of the conformance feeds, through the program itself and the judge that comes with the
// data. No category may fall below what it has reached; the numbers in floors.txt only rise.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/support/source_dir.hpp"

namespace tocsin::parser {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

std::string environment(const char* name, const std::string& otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : value;
}

fs::path feeds() {
  return fs::path(
             environment("TOCSIN_CONFORMANCE", testing::source_dir() + "/../shared/conformance")) /
         "feeds";
}

struct Category {
  int passed = 0;
  std::string failures;
};

/// Runs the judge; results by "suite/category".
std::map<std::string, Category> judge() {
  const auto report = fs::temp_directory_path() / ("tocsin-feeds-" + std::to_string(::getpid()));
  const auto command = "python3 '" + (feeds() / "score.py").string() + "' --set visible --quiet" +
                       " --timeout 60 --json '" + report.string() + "' --cmd '" +
                       environment("TOCSIN_BINARY", "tocsin") +
                       " parse [--url {url}] [--content-type {ct}] {file}' >/dev/null";
  std::map<std::string, Category> categories;
  if (std::system(command.c_str()) == -1) return categories;
  std::ifstream in(report);
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  fs::remove(report);
  boost::system::error_code broken;
  const auto results = json::parse(text, broken);
  if (broken || !results.is_array()) return categories;
  for (const auto& result : results.as_array()) {
    const auto& one = result.as_object();
    auto& category = categories[std::string(one.at("suite").as_string()) + '/' +
                                std::string(one.at("category").as_string())];
    if (one.at("status").as_string() == "pass")
      ++category.passed;
    else
      category.failures.append("\n  ").append(one.at("id").as_string());
  }
  return categories;
}

TEST(Conformance, ReachesInEachCategoryWhatItHasReachedBefore) {
  if (!fs::exists(feeds() / "manifest.json")) {
    if (environment("CI", "") == "true") FAIL() << "the conformance data is not at " << feeds();
    GTEST_SKIP() << "the conformance data is not at " << feeds();
  }
  const auto categories = judge();
  ASSERT_FALSE(categories.empty()) << "the judge gave no results";
  std::ifstream floors(testing::source_dir() + "/tests/parser/floors.txt");
  std::string name;
  int floor = 0;
  int read = 0;
  while (floors >> name >> floor) {
    ++read;
    const auto found = categories.find(name);
    ASSERT_NE(found, categories.end()) << name;
    EXPECT_GE(found->second.passed, floor) << name << found->second.failures;
  }
  EXPECT_EQ(static_cast<std::size_t>(read), categories.size());
}

}  // namespace
}  // namespace tocsin::parser
