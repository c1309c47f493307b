// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "config/config.hpp"

namespace tocsin::config {

/// What is left of a named part of a configuration when its text is forgotten: enough to tell, at a
/// reload, whether it changed. Secrets count, and cannot be read back.
struct Fingerprint {
  std::string name;
  std::uint64_t hash = 0;
};

struct Fingerprints {
  std::vector<Fingerprint> feeds, receivers;
  std::vector<Fingerprint> watches;   ///< with entities and lists, as "@key"
  std::vector<Fingerprint> sections;  ///< the others, by their key in the file: "fetch", "route"
};

/// One for each part. Where a part stands in the file does not count, only what it says.
/// Any thread: pure.
Fingerprints fingerprints(const Config& config);

}  // namespace tocsin::config
