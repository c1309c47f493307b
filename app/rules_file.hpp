// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "model/labels.hpp"
#include "rules/ruleset.hpp"

namespace tocsin::app {

/// The watches of a configuration, compiled, with what they ask of feeds.
struct RulesFile {
  std::shared_ptr<const rules::RuleSet> rules;
  std::map<std::string, Labels, std::less<>> feeds;  ///< labels by the feed's name

  /// Null for a feed that is not configured.
  [[nodiscard]] const Labels* labels_of(std::string_view feed) const {
    const auto found = feeds.find(feed);
    return found == feeds.end() ? nullptr : &found->second;
  }
};

/// Reads the configuration at `path` for its watches alone, and compiles them. Findings go to `err`
/// as people read them. Empty when one is an error: the caller then exits with kUsage.
std::optional<RulesFile> load_rules(const std::string& path, std::ostream& err);

}  // namespace tocsin::app
