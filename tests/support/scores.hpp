// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace tocsin::testing {

/// Figures by name, such as "body.f1".
using Scores = std::map<std::string, double>;

/// The conformance data of one kind ("extract"), whether it is there or not.
std::filesystem::path conformance(const std::string& kind);

/// Runs the scorer that comes with the conformance data of `kind` over `tocsin COMMAND`, which may
/// hold the scorer's {file} and {url}. Empty when the scorer gave no report.
Scores scores_of(const std::string& kind, const std::string& command);

/// Expects of each line "NAME >= FLOOR" or "NAME <= CEILING" of a file that it holds. Fails, too,
/// when the file has no such line, and skips the test when the data is not there, unless CI=true.
void expect_scores(const std::string& kind, const std::string& command, const std::string& floors);

}  // namespace tocsin::testing
