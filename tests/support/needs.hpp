// SPDX-License-Identifier: MIT
#pragma once

#include <cstdlib>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace tocsin::testing {

/// True when the shell command `probe` fails: what a test needs is not on this machine, and it
/// should skip itself. Where CI=true is set that is a failure, so that no test is lost unnoticed:
/// scripts/packages.txt lists what they need.
inline bool is_missing(const std::string& probe) {
  const auto quiet = "(" + probe + ") >/dev/null 2>&1";
  if (std::system(quiet.c_str()) == 0) return false;  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
  const char* ci = std::getenv("CI");                 // NOLINT(concurrency-mt-unsafe)
  if (ci != nullptr && std::string_view(ci) == "true") ADD_FAILURE() << "CI lacks: " << probe;
  return true;
}

}  // namespace tocsin::testing
