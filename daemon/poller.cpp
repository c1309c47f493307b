// SPDX-License-Identifier: MIT
#include "daemon/poller.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/log.hpp"
#include "base/redact.hpp"
#include "daemon/health.hpp"

namespace tocsin::daemon {
namespace asio = boost::asio;
namespace {

using std::chrono::milliseconds;

// The longest sleep of the loop that starts polls: a wall clock that was set back or forward is
// noticed within it.
constexpr milliseconds kLongestNap{std::chrono::seconds{30}};

// After a commit that failed (a full disk), the feed is polled again this much later.
constexpr milliseconds kRetryCommit{std::chrono::seconds{30}};

}  // namespace

Poller::Poller(Parts parts, Options options, std::shared_ptr<const rules::RuleSet> rules)
    : parts_(std::move(parts)),
      options_(std::move(options)),
      rules_(std::move(rules)),
      schedule_(options_.fetch),
      polls_(parts_.loop),
      wake_(parts_.loop),
      started_(parts_.clock.now()) {}

std::uint32_t Poller::take_slot() {
  if (free_.empty()) {
    entries_.emplace_back();
    return static_cast<std::uint32_t>(entries_.size() - 1);
  }
  const auto slot = free_.back();
  free_.pop_back();
  entries_[slot] = Entry{};
  return slot;
}

void Poller::set_feeds(std::vector<fetcher::FeedSpec> feeds,
                       std::map<std::string, FeedState> states, Start start) {
  std::map<std::string, std::uint32_t, std::less<>> kept;
  for (auto& spec : feeds) {
    const auto known = by_name_.find(spec.name);
    const bool is_new = known == by_name_.end();
    const auto slot = is_new ? take_slot() : known->second;
    if (!is_new) by_name_.erase(known);
    auto& entry = entries_[slot];
    if (is_new) entry.state = std::move(states[spec.name]);
    if (start == Start::at_once) entry.state.next_poll = Timestamp{};
    entry.live = true;
    kept.emplace(spec.name, slot);
    entry.spec = std::move(spec);
    if (!entry.polling) reschedule(slot);
  }
  for (const auto& [name, slot] : by_name_) {  // what is left was removed
    schedule_.remove(slot);
    entries_[slot].live = false;
    if (!entries_[slot].polling) free_.push_back(slot);
  }
  by_name_ = std::move(kept);
  wake_.cancel();
}

void Poller::reschedule(fetcher::Schedule::FeedIndex index) {
  const auto& entry = entries_[index];
  if (!entry.live || entry.state.gone) return;
  if (mode_ == Mode::once && entry.polled_once) return;
  schedule_.set(index, entry.spec.url, entry.state.next_poll);
}

void Poller::start_due() {
  while (!stopping_ && polls_.size() < options_.fetch.max_in_flight) {
    const auto index = schedule_.take(parts_.clock.now());
    if (!index) return;
    entries_[*index].polling = true;
    polls_.spawn(poll(*index));
  }
}

asio::awaitable<void> Poller::nap() {
  const auto now = parts_.clock.now();
  auto span = kLongestNap;
  if (polls_.size() < options_.fetch.max_in_flight)  // else only a poll that ends makes room
    if (const auto next = schedule_.next(now))
      span = std::clamp(*next - now, milliseconds{1}, span);
  wake_.expires_after(span);
  co_await wake_.async_wait(asio::as_tuple(asio::use_awaitable));
}

asio::awaitable<void> Poller::run(Mode mode) {
  mode_ = mode;
  once_left_ = static_cast<std::size_t>(std::count_if(
      entries_.begin(), entries_.end(), [](const Entry& e) { return e.live && !e.state.gone; }));
  while (!stopping_ && (mode == Mode::forever || once_left_ > 0)) {
    start_due();
    co_await nap();
  }
}

asio::awaitable<bool> Poller::stop(milliseconds limit) {
  stopping_ = true;
  wake_.cancel();
  polls_.cancel();
  const bool ended = co_await polls_.wait(limit);
  co_return ended;
}

asio::awaitable<void> Poller::poll(fetcher::Schedule::FeedIndex index) {
  const fetcher::FeedSpec spec = entries_[index].spec;
  const FeedState before = entries_[index].state;
  auto polled = co_await parts_.fetcher.poll(spec, before);
  if (stopping_) co_return;  // cancelled: nothing of this poll counts
  auto after = co_await process(spec, before, std::move(polled));
  auto& entry = entries_[index];
  entry.polling = false;
  if (!entry.polled_once && once_left_ > 0) --once_left_;
  entry.polled_once = true;
  if (entry.live)
    entry.state = std::move(after);
  else
    free_.push_back(index);
  schedule_.finished(index, parts_.clock.now());
  reschedule(index);
  wake_.cancel();
}

asio::awaitable<FeedState> Poller::process(fetcher::FeedSpec spec, FeedState before,
                                           fetcher::Polled polled) {
  ++counters_.polls;
  counters_.bytes += polled.wire_bytes;
  const auto now = parts_.clock.now();
  store::PollCommit commit;
  commit.feed = spec.name;
  commit.state = std::move(polled.state);
  Intake intake;
  if (polled.document) {
    auto seen = parts_.store.seen(spec.name);
    if (!seen) {
      log::error("store", "cannot read what was seen",
                 {{"feed", spec.name}, {"error", seen.error().message}});
      before.next_poll = now + kRetryCommit;
      co_return before;
    }
    IntakeInput input;
    input.document = std::move(*polled.document);
    input.feed = spec;
    input.first_fetch = before.last_success == Timestamp{};
    input.seen = std::move(*seen);
    input.rules = rules_;
    input.now = now;
    auto work = [input = std::move(input)] { return take_in(input); };
    intake = co_await offload(parts_.workers, std::move(work));
    commit.state = parts_.fetcher.settle(spec, std::move(commit.state), intake.lesson);
    commit.seen_changed = intake.seen_changed;
    commit.seen = std::move(intake.seen);
    commit.items = std::move(intake.archive);
    for (const auto& found : intake.found) {
      auto routed = parts_.delivery.route(found.item, found.watches, now);
      std::move(routed.begin(), routed.end(), std::back_inserter(commit.notifications));
    }
  }
  if (const auto health =
          judge_health(spec, commit.state, now, started_, options_.feed_down_after)) {
    auto routed = parts_.delivery.route_health({health->kind, spec.name, health->text}, now,
                                               {spec.name, spec.url, spec.labels});
    std::move(routed.begin(), routed.end(), std::back_inserter(commit.notifications));
    log::warn("fetcher", health->text, {{"feed", spec.name}, {"kind", health->kind}});
  }
  FeedState after = commit.state;
  const bool queued = !commit.notifications.empty();
  const auto written = co_await parts_.store.commit(std::move(commit));
  if (!written) {
    // Nothing was changed, so nothing may change here: the poll is made again from the old state.
    log::error("store", "a poll could not be stored and will be repeated",
               {{"feed", spec.name}, {"error", written.error().message}});
    ++counters_.failures;
    before.next_poll = now + kRetryCommit;
    before.next_reason = "retry after a storage error";
    co_return before;
  }
  log_outcome(spec, before, after, intake);
  counters_.new_items += intake.lesson.new_items;
  counters_.found_items += intake.found.size();
  if (queued) parts_.delivery.wake();
  co_return after;
}

void Poller::log_outcome(const fetcher::FeedSpec& spec, const FeedState& before,
                         const FeedState& after, const Intake& intake) {
  if (after.failures > 0) {
    ++counters_.failures;
    // A feed that keeps failing is news only at first; later it is detail.
    const auto level = before.failures == 0 ? log::Level::warn : log::Level::debug;
    log::event(level, "fetcher", "poll failed",
               {{"feed", spec.name},
                {"error", after.last_error},
                {"failures", std::to_string(after.failures)},
                {"next", after.next_reason}});
    return;
  }
  if (intake.items == 0 && !intake.lesson.parsed) {
    ++counters_.unchanged;
    log::debug("fetcher", "unchanged", {{"feed", spec.name}, {"next", after.next_reason}});
    return;
  }
  const auto level = intake.found.empty() ? log::Level::debug : log::Level::info;
  log::event(level, "fetcher", "polled",
             {{"feed", spec.name},
              {"items", std::to_string(intake.items)},
              {"new", std::to_string(intake.lesson.new_items)},
              {"matched", std::to_string(intake.found.size())},
              {"next", after.next_reason}});
  for (const auto& warning : intake.warnings) log::debug("parser", warning, {{"feed", spec.name}});
}

}  // namespace tocsin::daemon
