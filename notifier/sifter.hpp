// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "model/notification.hpp"
#include "notifier/matcher.hpp"
#include "notifier/spec.hpp"
#include "store/records.hpp"
#include "store/store.hpp"

namespace tocsin::notifier {

/// `url` as two feeds that link to the same article agree on it: without scheme, "www.", fragment,
/// tracking parameters and a trailing slash. Empty for what names no single article: another
/// scheme than http and https, or a bare host. Any thread: pure.
std::string article_url(std::string_view url);

/// Decides, when a notification is due, whether its receiver still needs it.
///
/// Not needed is what another feed told the receiver already within the window of `dedup`: the same
/// link, or the same title and summary, for all of its watches; with `story: drop` also another
/// item of the same story. Further what a silence covers, and what a rule of inhibition with
/// `equal: [story]` takes out because of an earlier item of the story. An article that comes twice
/// in one feed under two identities is never taken for one here, nor a later edition for its first.
///
/// Loop thread only; the store outlives it. When the store cannot be asked, everything is needed.
class Sifter {
 public:
  Sifter(store::Store& store, const DeliverySpec& spec);
  void configure(const DeliverySpec& spec);

  /// Puts these silences in force; one that cannot be read silences nothing.
  void set_silences(const std::vector<store::Silence>& silences);

  /// Forgets what `told` yielded since the last call: by now it is in the store, or was not stored.
  void begin_round() { round_.clear(); }

  /// What becomes of `notification`: `released` when it is needed.
  [[nodiscard]] store::Fate judge(const Notification& notification, Timestamp now) const;

  /// What its receiver will know by it: to be stored with its release, and counted from now on.
  std::vector<store::Told> told(const Notification& notification);

 private:
  struct Rule {
    std::string name;
    MatcherSet source, target;
    std::vector<std::string> equal;
  };
  struct Silencer {
    MatcherSet matchers;
    Timestamp starts, ends;
  };

  [[nodiscard]] bool silenced(const Notification& notification, Timestamp now) const;
  [[nodiscard]] bool inhibited(const Notification& notification, Timestamp now) const;
  [[nodiscard]] bool duplicate(const Notification& notification, Timestamp now) const;
  [[nodiscard]] bool told_elsewhere(const store::Told& told, Timestamp now) const;

  store::Store& store_;
  DedupSpec dedup_;
  std::vector<Rule> rules_;
  std::vector<Silencer> silences_;
  std::map<std::string, std::string> round_;  ///< key to origin
};

}  // namespace tocsin::notifier
