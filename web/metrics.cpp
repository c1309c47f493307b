// SPDX-License-Identifier: MIT
#include "web/metrics.hpp"

#include <array>
#include <fstream>
#include <map>
#include <set>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <sys/resource.h>
#include <unistd.h>

namespace tocsin::web {
namespace {

using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;
using prometheus::Labels;
using prometheus::Registry;
using std::chrono::duration;

constexpr std::size_t kMostWatches = 1'000;

// From "at once" to "a digest of yesterday": what people ask is whether alerts come within seconds,
// minutes or hours.
const prometheus::Histogram::BucketBoundaries kDelays = {
    0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1'800, 3'600, 7'200, 21'600, 43'200, 86'400};

template <class Unit>
double seconds(Unit span) {
  return duration<double>(span).count();
}

Family<Counter>& counters(Registry& registry, const char* name, const char* help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

Gauge& gauge(Registry& registry, const char* name, const char* help, const Labels& labels = {}) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add(labels);
}

Histogram& delays(Registry& registry, const char* name, const char* help) {
  return prometheus::BuildHistogram().Name(name).Help(help).Register(registry).Add({}, kDelays);
}

/// Resident memory in bytes: the second figure of statm, in pages.
double resident_bytes() {
  std::ifstream in("/proc/self/statm");
  double total = 0, resident = 0;
  in >> total >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

double cpu_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto of = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return of(used.ru_utime) + of(used.ru_stime);
}

}  // namespace

/// Families of one name are registered once and live as long as the registry.
struct Metrics::State {
  Registry registry;
  Family<Counter>& polls = counters(registry, "tocsin_polls_total", "Polls that were answered.");
  Family<Counter>& errors =
      counters(registry, "tocsin_poll_errors_total", "Polls that failed, by the kind of error.");
  Counter& bytes =
      counters(registry, "tocsin_fetched_bytes_total", "Bytes of answers, on the wire.").Add({});
  Counter& items =
      counters(registry, "tocsin_items_read_total", "Items in documents that were read.").Add({});
  Counter& new_items =
      counters(registry, "tocsin_items_new_total", "Items that were seen for the first time.")
          .Add({});
  Family<Counter>& pages = counters(registry, "tocsin_pages_total",
                                    "Attempts to read the page of an item, by how they ended.");
  Gauge& pages_waiting =
      gauge(registry, "tocsin_pages_waiting", "Pages of items that wait to be fetched.");
  Family<Counter>& matches =
      counters(registry, "tocsin_matches_total", "Items that a watch matched.");
  Family<Counter>& attempts = counters(registry, "tocsin_delivery_attempts_total",
                                       "Attempts to deliver a message, by how they ended.");
  Histogram& since_found =
      delays(registry, "tocsin_alert_delivery_seconds", "From finding an item to its delivery.");
  Histogram& since_published = delays(registry, "tocsin_alert_age_seconds",
                                      "From the publication that a feed names to the delivery.");
  Family<Counter>& reloads =
      counters(registry, "tocsin_config_reloads_total", "Readings of a new configuration.");
  Gauge& reload_good = gauge(registry, "tocsin_config_last_reload_successful",
                             "1 when the last reload was accepted, or none was tried.");
  Gauge& reload_when = gauge(registry, "tocsin_config_last_reload_success_timestamp_seconds",
                             "When the configuration in force was read.");
  Gauge& feeds = gauge(registry, "tocsin_feeds", "Feeds that are configured.");
  Gauge& watches = gauge(registry, "tocsin_watches", "Watches that are configured.");
  Gauge& receivers = gauge(registry, "tocsin_receivers", "Receivers that are configured.");
  Family<Gauge>& outbox = prometheus::BuildGauge()
                              .Name("tocsin_outbox_messages")
                              .Help("Messages of the outbox that wait, or were given up.")
                              .Register(registry);
  Gauge& waiting = outbox.Add({{"state", "waiting"}});
  Gauge& dead = outbox.Add({{"state", "dead"}});
  Gauge& oldest = gauge(registry, "tocsin_outbox_oldest_seconds",
                        "Age of the oldest message that waits; 0 when none does.");
  Gauge& lag =
      gauge(registry, "tocsin_loop_lag_seconds", "How late the loop last came to a timer.");
  Gauge& lag_worst =
      gauge(registry, "tocsin_loop_lag_max_seconds", "The latest that it came, since the start.");
  Counter& late = counters(registry, "tocsin_loop_late_beats_total",
                           "Timers that the loop came to over 100 ms late.")
                      .Add({});
  Gauge& healthy =
      gauge(registry, "tocsin_store_healthy", "1 while the store can be written, else 0.");
  Gauge& memory =
      gauge(registry, "process_resident_memory_bytes", "Resident memory size in bytes.");
  Counter& cpu =
      counters(registry, "process_cpu_seconds_total", "User and system CPU time in seconds.")
          .Add({});
  std::set<std::string, std::less<>> watch_names;
};

Metrics::Metrics(std::string_view version) : state_(std::make_unique<State>()) {
  auto& s = *state_;
  gauge(s.registry, "tocsin_build_info", "1; the version is in its label.",
        {{"version", std::string(version)}})
      .Set(1);
  // Series that alert rules look at exist from the start: a rate needs a zero to begin from.
  for (const auto* outcome : {"document", "unchanged", "failed"})
    s.polls.Add({{"outcome", outcome}});
  for (const auto* outcome : {"read", "no_more", "retry", "given_up"})
    s.pages.Add({{"outcome", outcome}});
  for (const auto* outcome : {"accepted", "refused"}) s.reloads.Add({{"outcome", outcome}});
  s.reload_good.Set(1);
  s.reload_when.SetToCurrentTime();
  gauge(s.registry, "process_start_time_seconds", "Start of the process, seconds since 1970.")
      .SetToCurrentTime();
}

Metrics::~Metrics() = default;

void Metrics::polled(std::string_view outcome, std::string_view error, std::size_t bytes) {
  auto& s = *state_;
  s.polls.Add({{"outcome", std::string(outcome)}}).Increment();
  if (!error.empty()) s.errors.Add({{"code", std::string(error)}}).Increment();
  s.bytes.Increment(static_cast<double>(bytes));
}

void Metrics::stored(std::size_t items, std::size_t new_items) {
  state_->items.Increment(static_cast<double>(items));
  state_->new_items.Increment(static_cast<double>(new_items));
}

void Metrics::not_a_feed() {
  state_->errors.Add({{"code", "not_a_feed"}}).Increment();
}

void Metrics::page(std::string_view outcome) {
  state_->pages.Add({{"outcome", std::string(outcome)}}).Increment();
}

void Metrics::matched(std::string_view watch) {
  auto& names = state_->watch_names;
  std::string label(watch);
  if (names.find(watch) == names.end()) {
    if (names.size() < kMostWatches)
      names.insert(label);
    else
      label = "other";
  }
  state_->matches.Add({{"watch", label}}).Increment();
}

void Metrics::attempted(std::string_view receiver, std::string_view outcome) {
  state_->attempts.Add({{"receiver", std::string(receiver)}, {"outcome", std::string(outcome)}})
      .Increment();
}

void Metrics::delivered_after(std::chrono::milliseconds since_found,
                              std::chrono::milliseconds since_published) {
  state_->since_found.Observe(seconds(since_found));
  if (since_published.count() >= 0) state_->since_published.Observe(seconds(since_published));
}

void Metrics::reloaded(bool accepted, std::chrono::system_clock::time_point now) {
  auto& s = *state_;
  s.reloads.Add({{"outcome", accepted ? "accepted" : "refused"}}).Increment();
  s.reload_good.Set(accepted ? 1 : 0);
  if (accepted) s.reload_when.Set(seconds(now.time_since_epoch()));
}

std::string Metrics::text(const Gauges& gauges) {
  auto& s = *state_;
  s.feeds.Set(static_cast<double>(gauges.feeds));
  s.watches.Set(static_cast<double>(gauges.watches));
  s.receivers.Set(static_cast<double>(gauges.receivers));
  s.pages_waiting.Set(static_cast<double>(gauges.pages));
  s.waiting.Set(static_cast<double>(gauges.outbox_waiting));
  s.dead.Set(static_cast<double>(gauges.outbox_dead));
  s.oldest.Set(seconds(gauges.outbox_oldest));
  s.lag.Set(seconds(gauges.loop_lag));
  s.lag_worst.Set(seconds(gauges.loop_lag_worst));
  s.late.Increment(static_cast<double>(gauges.loop_late) - s.late.Value());
  s.healthy.Set(gauges.store_healthy ? 1 : 0);
  s.memory.Set(resident_bytes());
  s.cpu.Increment(cpu_seconds() - s.cpu.Value());
  return prometheus::TextSerializer().Serialize(s.registry.Collect());
}

}  // namespace tocsin::web
