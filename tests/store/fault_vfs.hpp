// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace tocsin::store {

/// A way to the disk for SQLite that fails on command: every write and sync counts, and those from
/// `fail_from` on, `fail_count` of them, fail as a full or broken disk does. Registered under
/// `kFaultVfs` by the first call of `faults()`.
struct Faults {
  std::uint64_t calls = 0;                ///< writes and syncs so far
  std::uint64_t fail_from = UINT64_MAX;   ///< the first call that fails, counting from 1
  std::uint64_t fail_count = UINT64_MAX;  ///< how many fail in a row
  bool full = false;                      ///< "disk full" instead of "input/output error"

  /// Starts counting anew, with nothing failing.
  void reset() { *this = Faults{}; }
};

inline constexpr const char* kFaultVfs = "tocsin-faults";

Faults& faults();

}  // namespace tocsin::store
