// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/config/support.hpp"

// broken/*.yaml: one mistake a file (or a few that are listed together), and beside each what is
// said about it, word for word, in *.expected. With TOCSIN_BLESS=1 the expected texts are written
// anew; read the difference before committing it.
namespace tocsin::config {
namespace {

namespace fs = std::filesystem;

/// What `tocsin check` would say of the file, with the path as a user in that folder writes it.
std::string messages(const fs::path& file) {
  const auto cwd = fs::current_path();
  fs::current_path(file.parent_path());
  const auto text = describe(load(file.filename()));
  fs::current_path(cwd);
  return text;
}

std::vector<std::string> names() {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(folder() + "/broken"))
    if (entry.path().extension() == ".yaml") out.push_back(entry.path().stem().string());
  std::sort(out.begin(), out.end());
  return out;
}

class Broken : public ::testing::TestWithParam<std::string> {};

TEST_P(Broken, IsToldPreciselyWhatIsWrong) {
  unsetenv("TOCSIN_NOT_SET");
  unsetenv("CREDENTIALS_DIRECTORY");
  const fs::path file = fs::path(folder()) / "broken" / (GetParam() + ".yaml");
  const auto golden = fs::path(file).replace_extension(".expected");
  const auto said = messages(file);
  if (std::getenv("TOCSIN_BLESS") != nullptr) std::ofstream(golden, std::ios::binary) << said;
  EXPECT_EQ(said, slurp(golden));
  EXPECT_NE(said, "") << "a broken file passed in silence";
}

TEST_P(Broken, HasARemedyInEveryMessage) {
  const auto said = slurp(fs::path(folder()) / "broken" / (GetParam() + ".expected"));
  std::size_t messages = 0, remedies = 0;
  std::istringstream lines(said);
  for (std::string line; std::getline(lines, line);) {
    messages +=
        line.find(": error: ") != std::string::npos || line.find(": warning: ") != std::string::npos
            ? 1U
            : 0U;
    remedies += line.starts_with("      = ") ? 1U : 0U;
  }
  EXPECT_GT(messages, 0U);
  EXPECT_EQ(messages, remedies);
}

INSTANTIATE_TEST_SUITE_P(Files, Broken, ::testing::ValuesIn(names()), [](const auto& given) {
  std::string name = given.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(BrokenFiles, AreAtLeastEighty) {
  EXPECT_GE(names().size(), 80U);
}

}  // namespace
}  // namespace tocsin::config
