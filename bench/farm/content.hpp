// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tocsin::bench {

/// How many distinct documents there are; feeds share them.
inline constexpr std::uint32_t kBodies = 64;
/// Each in two versions: the second has one item more in front and one less at the end.
inline constexpr std::uint32_t kVersions = 2;

/// The documents of the farm, 27 to 60 KB of RSS each: body b in version v is at b * kVersions + v.
struct Content {
  std::vector<std::string> plain, zipped;
};
Content make_content();

}  // namespace tocsin::bench
