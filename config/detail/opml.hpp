// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "config/detail/findings.hpp"
#include "config/detail/node.hpp"
#include "model/labels.hpp"

namespace tocsin::config::detail {

/// One feed of a subscription list.
struct OpmlEntry {
  std::string title;  ///< may be empty
  std::string url;
  Labels labels;  ///< {folder: name of the outline around it}, where there is one
};

/// The feeds of the OPML file that `path` names, in document order. What cannot be read is
/// reported at `path`; outlines without an address are no feeds.
std::vector<OpmlEntry> read_opml(const Node& path, Findings& findings);

}  // namespace tocsin::config::detail
