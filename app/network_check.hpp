// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "config/config.hpp"

namespace tocsin::app {

/// A feed that cannot be read, or a receiver that cannot be reached, at this moment; or, as a note,
/// one of which that could not be told.
struct NetworkFinding {
  std::string name;     ///< of the feed or receiver
  std::string problem;  ///< one line, without secrets
  std::string hint;     ///< what to write instead; may be empty
  enum class Kind : std::uint8_t { failure, note } kind = Kind::failure;
};

/// Fetches and reads every feed of `config` once, as the daemon would and with its limits, some at
/// a time, and says which cannot be read, in the order of the configuration. An address that leads
/// to a web page gets the feeds that the page announces as its hint. Nothing is stored.
std::vector<NetworkFinding> check_feeds(const config::Config& config);

}  // namespace tocsin::app
