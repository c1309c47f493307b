// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "daemon/heartbeat.hpp"
#include "daemon/page_reader.hpp"
#include "daemon/poller.hpp"
#include "daemon/reload.hpp"
#include "daemon/settings.hpp"
#include "fetcher/websub.hpp"
#include "notifier/delivery.hpp"
#include "store/records.hpp"

namespace tocsin::daemon {

/// What a run did, for its last words.
struct RunSummary {
  PollCounters polls;
  PageCounters pages;
  std::uint64_t delivered = 0;  ///< messages that a receiver took
  std::uint64_t retried = 0;    ///< attempts that failed and will be made again
  std::uint64_t dead = 0;       ///< messages given up and kept as dead letters
  bool drained = false;         ///< nothing was in flight, and with `once` nothing due was left
};

/// How a daemon is at this moment: for health checks and metrics.
struct Status {
  bool ready = false;    ///< polls and delivers
  bool healthy = false;  ///< the store can be written
  std::size_t feeds = 0, watches = 0, receivers = 0;
  std::size_t pages = 0;  ///< that wait to be fetched
  store::OutboxDepth outbox;
  LoopLag lag;
};

/// How a daemon runs, beside its configuration.
struct DaemonOptions {
  bool once = false;           ///< poll every feed once, deliver what is due, and stop
  bool handle_signals = true;  ///< SIGTERM and SIGINT stop, SIGHUP reloads
  std::string name_servers;    ///< "127.0.0.1:5353" instead of the system's: for tests
  bool colour = false;         ///< for alerts printed on standard output
  std::function<void(std::string_view)> print;  ///< one line to standard output; empty: just that
  /// Called after each attempt to deliver, on the loop thread.
  std::function<void(const notifier::DeliveryReport&)> on_attempt;
  /// Told of every answer to a poll and of every document that was stored (Poller), on the loop.
  std::function<void(const fetcher::FeedSpec&, const fetcher::Polled&)> on_fetched;
  std::function<void(const fetcher::FeedSpec&, const Intake&)> on_stored;
  /// Told how each attempt to read an item's page ended (PageReader), on the loop.
  std::function<void(PageOutcome, const FoundItem*)> on_page;
  /// Reads and compiles the configuration again, for a reload. Runs on a worker thread.
  std::function<Result<Settings>()> reload;
  /// Given a configuration that was taken over, without its feeds, before `on_reload`: for what
  /// stands outside of the daemon. On the loop thread.
  std::function<void(const config::Config&)> on_taken_over;
  /// Told how each reload ended, on the loop thread.
  std::function<void(const Result<void>&)> on_reload;
};

/// The whole program that `tocsin run` is: polls, matches, stores, delivers, until it is told to
/// stop. Everything but `request_stop` is called from one thread.
class Daemon {
 public:
  /// Opens the store and the channels; starts nothing.
  ///
  /// Errors: those of SqliteStore::open (a second instance, a damaged or read-only database), and
  /// malformed for a receiver that cannot be made.
  static Result<std::unique_ptr<Daemon>> create(Settings settings, DaemonOptions options,
                                                const Clock& clock);
  ~Daemon();
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  /// Runs until stopped, then ends gracefully: no new polls, messages being sent are finished (for
  /// some seconds at most), everything is stored. Errors: io.
  Result<RunSummary> run();

  /// Ends `run` soon. Any thread, also from within a callback.
  void request_stop();

  /// The loop that `run` runs: for a server beside it, which must go before the daemon does.
  [[nodiscard]] boost::asio::any_io_executor executor();

  /// How it is. Loop thread, or before `run`.
  [[nodiscard]] Status status() const;

  /// The path below which hubs call us (WebSub), with a slash at its end; empty: none may.
  [[nodiscard]] std::string hub_path() const;

  /// Answers a hub's request to that path, and takes up what it pushed. Loop thread only.
  fetcher::WebSubReply hub_request(std::string_view method, std::string_view target,
                                   const net::Headers& headers, std::string_view body);

  /// Reads the configuration again and takes it over, or refuses it and says why: then nothing has
  /// changed. What SIGHUP does too. Errors: unsupported (no `reload` was given), unavailable
  /// (another reload is under way), those of reading it. Loop thread only.
  boost::asio::awaitable<Result<Reloaded>> reload();

 private:
  struct State;
  explicit Daemon(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace tocsin::daemon
