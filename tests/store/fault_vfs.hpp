// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>

namespace tocsin::store {

/// A way to the disk for SQLite that fails on command: every write and sync counts, and those from
/// `fail_from` on, `fail_count` of them, fail as a full or broken disk does. Registered under
/// `kFaultVfs` by the first call of `faults()`.
///
/// The writer's thread counts while the test's thread looks and commands.
struct Faults {
  std::atomic<std::uint64_t> calls = 0;                ///< writes and syncs so far
  std::atomic<std::uint64_t> fail_from = UINT64_MAX;   ///< the first call that fails, from 1
  std::atomic<std::uint64_t> fail_count = UINT64_MAX;  ///< how many fail in a row
  std::atomic<bool> full = false;                      ///< "disk full", not "input/output error"

  /// Starts counting anew, with nothing failing.
  void reset() {
    fail_from = UINT64_MAX;
    fail_count = UINT64_MAX;
    full = false;
    calls = 0;
  }
};

inline constexpr const char* kFaultVfs = "tocsin-faults";

Faults& faults();

}  // namespace tocsin::store
