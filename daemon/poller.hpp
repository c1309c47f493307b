// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "daemon/intake.hpp"
#include "daemon/offload.hpp"
#include "daemon/resting_state.hpp"
#include "daemon/slots.hpp"
#include "daemon/subscriptions.hpp"
#include "daemon/task_group.hpp"
#include "daemon/turns.hpp"
#include "fetcher/fetcher.hpp"
#include "fetcher/schedule.hpp"
#include "notifier/delivery.hpp"
#include "rules/ruleset.hpp"
#include "store/store.hpp"

namespace tocsin::daemon {

/// What the daemon has done since it started; counters only grow.
struct PollCounters {
  std::uint64_t polls = 0;        ///< that ended, whatever the outcome
  std::uint64_t unchanged = 0;    ///< 304, or the same body
  std::uint64_t failures = 0;     ///< no answer, a bad answer, or not a feed
  std::uint64_t new_items = 0;    ///< first seen, also those of a silent first poll
  std::uint64_t found_items = 0;  ///< matched and handed to routing
  std::uint64_t bytes = 0;        ///< on the wire
};

/// Carries every feed from "due" to "committed": fetch, parse, match, route, one transaction.
///
/// A poll that brought nothing (304) writes nothing at once: its times are written within seconds,
/// with those of others, and when the daemon stops. After a crash such a feed may be polled once
/// more, conditionally.
///
/// While it runs it waits by the steady clock: a wall clock that jumps moves no poll.
///
/// Loop thread only; parsing and matching leave it for the workers, with values that they own. All
/// that it is given must outlive it, and `stop` must have been awaited before it is destroyed.
class Poller {
 public:
  struct Parts {
    boost::asio::any_io_executor loop;
    fetcher::Fetcher& fetcher;
    store::Store& store;
    notifier::DeliveryService& delivery;
    Subscriptions& subscriptions;
    const Clock& clock;
    Workers workers;
  };
  /// How a run polls.
  struct Options {
    fetcher::FetchOptions fetch;
    std::chrono::milliseconds feed_down_after{std::chrono::hours{6}};
    PageRule pages{};  ///< which new items have their page fetched
  };

  Poller(Parts parts, Options options, std::shared_ptr<const rules::RuleSet> rules);

  /// Replaces the list of feeds, by name: new ones are put on the calendar by their stored state,
  /// known ones keep what is known of them, missing ones are polled no more. `at_once` makes every
  /// feed due now, whatever its stored next poll. Errors: io (the store): then nothing was changed.
  enum class Start : std::uint8_t { as_stored, at_once };
  Result<void> set_feeds(std::vector<fetcher::FeedSpec> feeds, Start start);

  /// Later polls go by `options`. Call it before `set_feeds`, which puts feeds in their place.
  void set_options(Options options);

  /// Later polls use `rules`; a poll under way keeps the set that it started with.
  void set_rules(std::shared_ptr<const rules::RuleSet> rules) noexcept {
    rules_ = std::move(rules);
  }

  /// A hub pushed `document` of `feed`: it is dealt with like one that was polled, as soon as no
  /// poll of the feed is under way. Dropped when the feed is not configured, or when too many wait:
  /// the next poll brings what they held.
  void push(const std::string& feed, fetcher::Document document);

  /// A request that is no poll: runs from when its turn came until it returns.
  using Errand = std::function<boost::asio::awaitable<void>()>;

  /// Runs `errand`, which asks the host of `url`, in turn with the polls: not before `wait` has
  /// passed, within the limits of all requests and of the host, and behind every poll that is due
  /// there. `stop` cancels one that is under way and drops one that waits.
  void run_in_turn(std::string_view url, std::chrono::milliseconds wait, Errand errand);

  /// Whose turn it is, by feed, to read what an item matched so far and to store what it matches
  /// beside: an edition of it, or its page. Two at once would both tell the same as news.
  [[nodiscard]] Turns& news() noexcept { return news_; }

  /// A configured feed; null when there is none of that name.
  [[nodiscard]] std::shared_ptr<const fetcher::FeedSpec> feed(std::string_view name) const;

  /// Polls whatever is due: until `stop`, or in mode `once` until every feed was polled once; then
  /// it also waits for errands that were to run at once, for a minute at most.
  enum class Mode : std::uint8_t { forever, once };
  boost::asio::awaitable<void> run(Mode mode);

  /// Starts nothing new and cancels the polls under way; returns when they have ended, or after
  /// `limit` with false.
  boost::asio::awaitable<bool> stop(std::chrono::milliseconds limit);

  /// Told of every answer to a poll, before it is read. May be empty.
  std::function<void(const fetcher::FeedSpec&, const fetcher::Polled&)> on_fetched;

  /// Given every item that matched, before it is routed: it may set the item's story. May be empty.
  std::function<void(EventItem&)> on_found;

  /// Given the pages that the new items of a feed wish for, before they are stored: it may take out
  /// some. May be empty.
  std::function<void(std::string_view, std::vector<store::PageWish>&)> admit_pages;

  /// Told of every document that was read, once what it brought is stored. May be empty.
  std::function<void(const fetcher::FeedSpec&, const Intake&)> on_stored;

  [[nodiscard]] const PollCounters& counters() const noexcept { return counters_; }
  [[nodiscard]] std::size_t feeds() const noexcept { return by_name_.size(); }

 private:
  struct Entry {
    std::shared_ptr<const fetcher::FeedSpec> spec;  // shared with the polls under way
    RestingState state;
    bool live = false;     // still configured
    bool polling = false;  // a poll or an errand is under way
    bool polled_once = false;
    bool unsaved = false;  // `state` is newer than the store's; listed in `unsaved_`
    Slots::Ticket slot{};  // while polling
  };

  struct Waiting {
    Errand errand;
    bool at_once = false;  // a run that ends with the polls waits for it
  };

  [[nodiscard]] Timestamp run_time() const;
  [[nodiscard]] std::optional<std::uint32_t> slot_of(std::string_view name) const;
  Result<std::vector<RestingState>> stored_states(
      const std::vector<fetcher::FeedSpec>& feeds) const;
  void keep_only(std::vector<std::uint32_t> wanted);
  void put(fetcher::FeedSpec spec, std::uint32_t slot, FeedState state);
  void start_due();
  void reschedule(fetcher::Schedule::FeedIndex index);
  std::uint32_t take_slot();
  boost::asio::awaitable<void> nap();
  boost::asio::awaitable<void> poll(fetcher::Schedule::FeedIndex index);
  void start_pushed(fetcher::Schedule::FeedIndex index);
  boost::asio::awaitable<void> absorb(fetcher::Schedule::FeedIndex index,
                                      fetcher::Document document);
  void slow_down_if_pushed(const fetcher::FeedSpec& spec, FeedState& state) const;
  bool keep_quiet_poll(fetcher::Schedule::FeedIndex index, fetcher::Polled& polled);
  void finish(fetcher::Schedule::FeedIndex index, FeedState after);
  void leave(fetcher::Schedule::FeedIndex index);
  boost::asio::awaitable<void> run_errand(fetcher::Schedule::FeedIndex index);
  [[nodiscard]] bool all_done() const;
  std::chrono::milliseconds longest_nap();
  boost::asio::awaitable<FeedState> process(std::shared_ptr<const fetcher::FeedSpec> spec,
                                            FeedState before, fetcher::Polled polled);
  boost::asio::awaitable<FeedState> write(std::shared_ptr<const fetcher::FeedSpec> spec,
                                          FeedState before, store::PollCommit commit,
                                          Intake intake);
  boost::asio::awaitable<void> save(std::vector<fetcher::Schedule::FeedIndex> feeds);
  boost::asio::awaitable<void> save_all(std::chrono::steady_clock::time_point deadline);
  boost::asio::awaitable<void> save_now_and_then();
  void log_outcome(const fetcher::FeedSpec& spec, const FeedFigures& before, const FeedState& after,
                   const Intake& intake);

  Parts parts_;
  Options options_;
  std::shared_ptr<const rules::RuleSet> rules_;
  fetcher::Schedule schedule_;  // in run time
  Slots slots_;
  Turns news_;
  TaskGroup polls_;
  TaskGroup saver_;                       // the one task that saves now and then
  TaskGroup saves_;                       // single feeds being saved
  boost::asio::steady_timer save_timer_;  // cancelled when the saver is to end
  boost::asio::steady_timer wake_;        // cancelled when there may be something to start
  OneWorker one_worker_;                  // for large documents
  std::vector<Entry> entries_;            // by Schedule index
  std::vector<std::uint32_t> free_;       // slots of entries_ that nothing uses
  std::vector<std::uint32_t> by_name_;    // live slots, sorted by the names of their feeds
  std::vector<std::uint32_t> unsaved_;    // polls that changed nothing but times, in order
  std::map<std::uint32_t, std::vector<fetcher::Document>> pushed_;  // that wait for a poll's end
  std::unordered_map<std::uint32_t, Waiting> errands_;              // by slot, until each starts
  PollCounters counters_;
  Timestamp started_;                 // by the wall clock
  std::chrono::milliseconds origin_;  // of run time: `started_` by the steady clock
  bool stopping_ = false;
  Mode mode_ = Mode::forever;
  std::size_t once_left_ = 0;        // mode once: feeds still to be polled
  std::size_t errands_at_once_ = 0;  // that wait or are under way
  // Mode once: when errands are no longer waited for, by the steady clock; empty while polls are.
  std::optional<std::chrono::milliseconds> errands_until_;
};

}  // namespace tocsin::daemon
