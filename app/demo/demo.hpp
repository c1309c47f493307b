// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>

namespace tocsin::demo {

/// How the demo runs.
struct DemoOptions {
  bool once = false;    ///< publish every story once, wait for its alerts, and stop
  bool colour = false;  ///< mark words with ANSI escapes instead of brackets
};

/// What the demo's receivers counted, beside what was to be expected.
struct DemoTally {
  int stories = 0;           ///< published while the daemon ran
  int matching_stories = 0;  ///< of them, those that some watch names
  int hooks = 0;             ///< webhook messages taken
  int bad_signatures = 0;    ///< of them, those whose signature was wrong
  int mails = 0;             ///< mails taken
  int surprises = 0;         ///< stories alerted with more or fewer watches than they should

  /// Every matching story arrived by both ways, signed, with the right watches, and no other did.
  [[nodiscard]] bool as_expected() const noexcept {
    return hooks == matching_stories && mails == matching_stories && bad_signatures == 0 &&
           surprises == 0;
  }
};

/// Runs tocsin against servers of its own on loopback, printing each alert to `out`, until Ctrl-C
/// or, with `once`, until every story was told. Returns a process exit code (app/command.hpp).
int run_demo(const DemoOptions& options, std::ostream& out, std::ostream& err);

}  // namespace tocsin::demo
