// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

namespace tocsin::demo {

/// One of the demo's articles. All of them are invented for it.
struct Story {
  std::string_view feed;      ///< "agency", "world" or "notes"
  std::string_view language;  ///< BCP 47
  std::string_view title;
  std::string_view text;  ///< plain text; a blank line ends a paragraph
  int watches;            ///< how many of the demo's watches it matches
};

/// What the feeds hold before the demo starts: a silent first poll passes over it.
std::span<const Story> background_stories();

/// What arrives while the demo runs, in order.
std::span<const Story> arriving_stories();

/// The demo's configuration with "{feeds}", "{hook}", "{mail}", "{state}" and "{secret}" to be
/// replaced by the loopback addresses of its servers, its state folder and the file that holds the
/// webhook's secret.
std::string_view configuration_template();

}  // namespace tocsin::demo
