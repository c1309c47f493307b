// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "config/config.hpp"
#include "config/fingerprint.hpp"
#include "rules/ruleset.hpp"

namespace tocsin::daemon {

/// A checked configuration with its compiled rules: what a daemon runs on.
struct Settings {
  config::Config config;
  std::shared_ptr<const rules::RuleSet> rules;
  config::Fingerprints prints;  ///< of the configuration as it was read, before rules are forgotten
};

}  // namespace tocsin::daemon
