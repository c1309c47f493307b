// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tocsin::web {

/// What is so at the moment of a scrape; everything else is counted as it happens.
struct Gauges {
  std::size_t feeds = 0, watches = 0, receivers = 0;
  std::size_t pages = 0;  ///< of items, that wait to be fetched
  std::uint64_t outbox_waiting = 0, outbox_dead = 0;
  std::chrono::milliseconds outbox_oldest{0};  ///< age of the oldest message that waits
  std::chrono::microseconds loop_lag{0}, loop_lag_worst{0};
  std::uint64_t loop_late = 0;  ///< beats that came more than 100 ms late, since the start
  bool store_healthy = true;
};

/// The figures of one daemon in the text format of Prometheus, kept in prometheus-cpp's registry.
/// Names follow its conventions: base units, `_total` for what only grows. docs/operations.md lists
/// them. Loop thread only.
class Metrics {
 public:
  explicit Metrics(std::string_view version);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// A poll was answered: `outcome` is "document", "unchanged" or "failed", `error` the name of the
  /// Errc that it failed by, or "".
  void polled(std::string_view outcome, std::string_view error, std::size_t bytes);

  /// A document was read and stored.
  void stored(std::size_t items, std::size_t new_items);

  /// A document could not be read as a feed.
  void not_a_feed();

  /// An attempt to read an item's page ended: "read", "no_more", "retry" or "given_up".
  void page(std::string_view outcome);

  /// `watch` matched an item. Beyond 1,000 names all others count as watch="other".
  void matched(std::string_view watch);

  /// An attempt to deliver ended: "delivered", "retry" or "dead". Receivers are configured names.
  void attempted(std::string_view receiver, std::string_view outcome);

  /// An item reached its receiver so long after it was found; and after it was published, when the
  /// feed said a time (negative: none, or one that lies ahead).
  void delivered_after(std::chrono::milliseconds since_found,
                       std::chrono::milliseconds since_published);

  /// The configuration was read again; `now` is the wall clock.
  void reloaded(bool accepted, std::chrono::system_clock::time_point now);

  /// The whole as text, with the gauges as given.
  [[nodiscard]] std::string text(const Gauges& gauges);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The Content-Type of `Metrics::text`.
inline constexpr std::string_view kMetricsType = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace tocsin::web
