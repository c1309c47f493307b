// SPDX-License-Identifier: MIT
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include "config/config.hpp"
#include "tests/support/source_dir.hpp"

namespace tocsin::config {

/// The folder of this room's files.
inline std::string folder() {
  return testing::source_dir() + "/tests/config";
}

/// All diagnostics as people read them.
inline std::string describe(const Loaded& loaded) {
  std::string out;
  for (const auto& d : loaded.diagnostics) out += render(d);
  return out;
}

/// The whole of the file at `path`.
inline std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

/// Has the secrets of files/full.yaml taken for systemd's: git keeps no modes, so they would count
/// as open to everybody.
inline void trust_secrets_of_tests() {
  const auto secrets = folder() + "/files/secrets";
  setenv("CREDENTIALS_DIRECTORY", secrets.c_str(), 1);  // NOLINT(concurrency-mt-unsafe)
}

/// Reads `text` as "t.yaml", which needs no feeds.
inline Loaded read(std::string_view text) {
  return parse(text, "t.yaml", {.need_feeds = false});
}

}  // namespace tocsin::config
