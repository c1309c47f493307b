// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/event.hpp"
#include "notifier/spec.hpp"

namespace re2 {
class RE2;
}

namespace tocsin::notifier {

/// Reads a matcher as the configuration and `tocsin silence` write it: `severity="critical"`,
/// `watch =~ "leaders-.*"`, `country != ir`. Operators are = != =~ !~; quotes may be left out;
/// inside of them `\"` and `\\` stand for themselves. Errors: malformed, saying what is wrong, also
/// for a regular expression that RE2 refuses. Any thread: pure.
Result<Matcher> parse_matcher(std::string_view text);

/// A matcher as `parse_matcher` reads it.
std::string to_string(const Matcher& matcher);

/// What matchers look at: one watch that an item matched. It borrows both.
struct Subject {
  const EventItem& item;
  const EventWatch& watch;
  EventType type = EventType::alert;
};

/// The value that `name` has for `subject`: severity, watch, feed, language, type ("alert",
/// "digest", "health"), `label.KEY`, or a label's bare key; a watch's label hides a feed's of the
/// same key. Empty when there is none.
std::string value_of(const Subject& subject, std::string_view name);

/// Matchers made ready; all must hold, and none hold always. Any thread: immutable.
class MatcherSet {
 public:
  /// A regular expression that RE2 refuses makes a matcher that never holds: `parse_matcher` and
  /// the configuration's checker refuse it before.
  explicit MatcherSet(const std::vector<Matcher>& matchers);
  MatcherSet(MatcherSet&&) noexcept;
  MatcherSet& operator=(MatcherSet&&) noexcept;
  ~MatcherSet();

  [[nodiscard]] bool hold(const Subject& subject) const;

  /// The first matcher that does not hold, for explanations; null when all hold.
  [[nodiscard]] const Matcher* failing(const Subject& subject) const;

 private:
  struct Entry {
    Matcher matcher;
    std::unique_ptr<re2::RE2> pattern;  ///< null for = and !=
  };
  std::vector<Entry> entries_;
};

}  // namespace tocsin::notifier
