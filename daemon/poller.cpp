// SPDX-License-Identifier: MIT
#include "daemon/poller.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/log.hpp"
#include "base/time_format.hpp"
#include "daemon/health.hpp"
#include "fetcher/resume.hpp"
#include "fetcher/timing.hpp"

namespace tocsin::daemon {
namespace asio = boost::asio;
namespace {

using std::chrono::milliseconds;

// After a commit that failed (a full disk), the feed is polled again this much later.
constexpr milliseconds kRetryCommit{std::chrono::seconds{30}};

// States that are only newer in their times are gathered for so long, and then written so many to
// a transaction (the store takes up to 100 together).
constexpr milliseconds kBetweenSaves{std::chrono::seconds{2}};
// How long one round of saving may take, and the last one at least.
constexpr milliseconds kLongestSaving{std::chrono::seconds{60}};
constexpr std::size_t kLargeDocument = 512U << 10U;
constexpr std::size_t kSavesTogether = 500;
constexpr milliseconds kLongestSave{std::chrono::seconds{30}};

/// How long until `when`, in whole seconds.
std::string time_left(Timestamp when, Timestamp now) {
  return format_duration(
      std::chrono::ceil<std::chrono::seconds>(std::max(when - now, Timestamp::duration{0})));
}

/// Of later editions, keeps what is news: watches that no earlier edition matched.
Result<void> keep_news(store::Store& store, const std::string& feed,
                       std::vector<FoundItem>& found) {
  std::vector<FoundItem> news;
  for (auto& one : found) {
    if (one.item.update) {
      const auto matched = store.watches_matched(feed, one.key);
      if (!matched) return matched.error();
      if (!keep_unmatched(one, *matched)) continue;
    }
    news.push_back(std::move(one));
  }
  found = std::move(news);
  return {};
}

}  // namespace

Poller::Poller(Parts parts, Options options, std::shared_ptr<const rules::RuleSet> rules)
    : parts_(std::move(parts)),
      options_(std::move(options)),
      rules_(std::move(rules)),
      schedule_(options_.fetch),
      slots_(options_.fetch.max_in_flight),
      news_(parts_.loop),
      polls_(parts_.loop),
      saver_(parts_.loop),
      saves_(parts_.loop),
      save_timer_(parts_.loop),
      wake_(parts_.loop),
      one_worker_(boost::asio::make_strand(parts_.workers)),
      started_(parts_.clock.now()),
      origin_(parts_.clock.steady()) {}

void Poller::set_options(Options options) {
  options_ = std::move(options);
  schedule_.set_limits(options_.fetch);
  slots_.set_most(options_.fetch.max_in_flight);
}

/// The wall clock as it would be if nobody had set it since the start.
Timestamp Poller::run_time() const {
  return started_ + (parts_.clock.steady() - origin_);
}

void Poller::reschedule(fetcher::Schedule::FeedIndex index) {
  const auto& entry = entries_[index];
  if (!entry.live || entry.state.figures().gone) return;
  if (mode_ == Mode::once && entry.polled_once) return;
  const auto& figures = entry.state.figures();
  auto wait = std::max(figures.next_poll - parts_.clock.now(), milliseconds{0});
  // The wall clock was set back just now.
  if (wait > fetcher::longest_plan(*entry.spec, options_.fetch, figures)) wait = milliseconds{0};
  schedule_.set(index, entry.spec->url, run_time() + wait);
}

void Poller::start_due() {
  while (!stopping_ && slots_.free(parts_.clock.steady())) {
    const auto index = schedule_.take(run_time());
    if (!index) return;
    entries_[*index].polling = true;
    entries_[*index].slot = slots_.take(parts_.clock.steady());
    polls_.spawn(errands_.contains(*index) ? run_errand(*index) : poll(*index));
  }
}

asio::awaitable<void> Poller::nap() {
  const auto steady = parts_.clock.steady();
  const auto now = run_time();
  const auto longest = longest_nap();
  auto span = longest;
  if (!slots_.free(steady)) {
    if (const auto slow = slots_.next()) span = *slow - steady;
  } else if (const auto next = schedule_.next(now)) {
    span = *next - now;
  }
  wake_.expires_after(std::clamp(span, milliseconds{1}, std::max(longest, milliseconds{1})));
  co_await wake_.async_wait(asio::as_tuple(asio::use_awaitable));
}

asio::awaitable<void> Poller::run(Mode mode) {
  mode_ = mode;
  once_left_ =
      static_cast<std::size_t>(std::count_if(entries_.begin(), entries_.end(), [](const Entry& e) {
        return e.live && !e.state.figures().gone;
      }));
  saver_.spawn(save_now_and_then());
  while (!stopping_ && !all_done()) {
    start_due();
    co_await nap();
  }
}

asio::awaitable<bool> Poller::stop(milliseconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  stopping_ = true;
  wake_.cancel();
  polls_.cancel();
  save_timer_.cancel();
  const bool ended = co_await polls_.wait(limit);
  const bool saver_ended = co_await saver_.wait(limit);
  co_await save_all(deadline);
  const bool saved = co_await saves_.wait(limit);
  co_return ended&& saver_ended&& saved;
}

asio::awaitable<void> Poller::poll(fetcher::Schedule::FeedIndex index) {
  const auto spec = entries_[index].spec;
  // A poll that needs no waiting (a file) must not end inside the call that starts it: the end of
  // one poll starts the next.
  co_await asio::post(parts_.loop, asio::use_awaitable);
  auto known = entries_[index].state.wake();
  auto polled = co_await parts_.fetcher.poll(spec, std::move(known));
  if (stopping_) co_return;  // cancelled: nothing of this poll counts
  ++counters_.polls;
  counters_.bytes += polled.wire_bytes;
  if (on_fetched) on_fetched(*spec, polled);
  if (keep_quiet_poll(index, polled)) co_return;
  auto before = entries_[index].state.wake();
  auto after = co_await process(spec, std::move(before), std::move(polled));
  finish(index, std::move(after));
}

/// Ends a poll that brought nothing new and nothing bad, which most do, without a write. False when
/// there is more to do.
bool Poller::keep_quiet_poll(fetcher::Schedule::FeedIndex index, fetcher::Polled& polled) {
  if (polled.document || polled.error) return false;
  const auto& entry = entries_[index];
  auto& judged = polled.state;
  slow_down_if_pushed(*entry.spec, judged);
  const bool down = judged.down_reported, silent = judged.silent_reported;
  if (judge_health(*entry.spec, judged, parts_.clock.now(), started_, options_.feed_down_after)) {
    judged.down_reported = down;  // it is judged again, and told, where it is stored
    judged.silent_reported = silent;
    return false;
  }
  log_outcome(*entry.spec, entry.state.figures(), judged, {});
  if (!entry.unsaved) unsaved_.push_back(index);
  entries_[index].unsaved = true;
  finish(index, std::move(judged));
  return true;
}

void Poller::finish(fetcher::Schedule::FeedIndex index, FeedState after) {
  auto& entry = entries_[index];
  if (!entry.polled_once && once_left_ > 0) --once_left_;
  entry.polled_once = true;
  // The configuration may have changed under the poll.
  if (entry.state.figures().source != after.source)
    after = fetcher::resume(*entry.spec, options_.fetch, std::move(after), parts_.clock.now());
  entry.state = RestingState(after);
  leave(index);
}

/// Gives back what a poll or an errand held, and starts what waited for that.
void Poller::leave(fetcher::Schedule::FeedIndex index) {
  auto& entry = entries_[index];
  entry.polling = false;
  if (!entry.live) free_.push_back(index);
  slots_.give_back(entry.slot);
  const auto now = run_time();
  schedule_.finished(index, now);
  reschedule(index);
  start_pushed(index);
  start_due();
  const auto next = schedule_.next(now);
  const bool earlier = next && std::chrono::steady_clock::now() + (*next - now) < wake_.expiry();
  if (earlier || all_done()) wake_.cancel();
}

/// Writes the states of these feeds alone, in one transaction.
asio::awaitable<void> Poller::save(std::vector<fetcher::Schedule::FeedIndex> feeds) {
  std::vector<std::pair<std::string, FeedState>> states;
  for (const auto index : feeds) {
    auto& entry = entries_[index];
    const bool wanted = std::exchange(entry.unsaved, false) && entry.live;
    if (wanted) states.emplace_back(entry.spec->name, entry.state.wake());
  }
  if (states.empty()) co_return;
  const auto written = co_await parts_.store.save(std::move(states));
  if (written) co_return;
  log::error("store", "cannot write when feeds were polled", {{"error", written.error().message}});
  for (const auto index : feeds)
    if (!std::exchange(entries_[index].unsaved, true)) unsaved_.push_back(index);
}

/// A feed that is being polled is left: the end of its poll writes a newer state or lists it again.
asio::awaitable<void> Poller::save_all(std::chrono::steady_clock::time_point deadline) {
  auto todo = std::exchange(unsaved_, {});
  while (!todo.empty() && std::chrono::steady_clock::now() < deadline) {
    std::vector<fetcher::Schedule::FeedIndex> some;
    for (; some.size() < kSavesTogether && !todo.empty(); todo.pop_back())
      (entries_[todo.back()].polling && !stopping_ ? unsaved_ : some).push_back(todo.back());
    saves_.spawn(save(std::move(some)));
    co_await saves_.wait(kLongestSave);
  }
  unsaved_.insert(unsaved_.end(), todo.begin(), todo.end());
}

asio::awaitable<void> Poller::save_now_and_then() {
  for (;;) {
    save_timer_.expires_after(kBetweenSaves);
    co_await save_timer_.async_wait(asio::as_tuple(asio::use_awaitable));
    if (stopping_) co_return;
    co_await save_all(std::chrono::steady_clock::now() + kLongestSaving);
  }
}

asio::awaitable<FeedState> Poller::process(std::shared_ptr<const fetcher::FeedSpec> spec,
                                           FeedState before, fetcher::Polled polled) {
  const auto now = parts_.clock.now();
  store::PollCommit commit;
  commit.feed = spec->name;
  commit.state = std::move(polled.state);
  Intake intake;
  std::shared_ptr<void>
      room;  // until what a large document says is stored, which is as large again
  std::optional<Turns::Turn> turn;  // likewise, where items are told as updates
  if (polled.document) {
    auto seen = parts_.store.seen(spec->name);
    if (!seen) {
      log::error("store", "cannot read what was seen",
                 {{"feed", spec->name}, {"error", seen.error().message}});
      before.next_poll = now + kRetryCommit;
      co_return before;
    }
    IntakeInput input;
    const auto document_bytes = polled.document->body.size();
    room = polled.document->room;
    input.document = std::move(*polled.document);
    input.feed = *spec;
    input.first_fetch = before.last_success == Timestamp{};
    input.seen = std::move(*seen);
    input.rules = rules_;
    input.pages = options_.pages;
    input.now = now;
    auto work = [input = std::move(input)] { return take_in(input); };
    // The tree of a large document takes up to sixteen times its bytes: one such at a time.
    if (document_bytes > kLargeDocument)
      intake = co_await offload(one_worker_, std::move(work));
    else
      intake = co_await offload(parts_.workers, std::move(work));
    if (std::any_of(intake.found.begin(), intake.found.end(),
                    [](const FoundItem& found) { return found.item.update; })) {
      auto taking = news_.take(spec->name);
      turn.emplace(co_await std::move(taking));
    }
    if (const auto kept = keep_news(parts_.store, spec->name, intake.found); !kept) {
      log::error("store", "cannot read what was matched",
                 {{"feed", spec->name}, {"error", kept.error().message}});
      before.next_poll = now + kRetryCommit;
      co_return before;
    }
    commit.state = parts_.fetcher.settle(*spec, std::move(commit.state), intake.lesson);
    slow_down_if_pushed(*spec, commit.state);
    parts_.subscriptions.announce(*spec, commit.state);
    commit.seen_changed = intake.seen_changed;
    commit.seen = std::move(intake.seen);
    commit.items = std::move(intake.archive);
    if (admit_pages) admit_pages(spec->name, intake.pages);
    commit.pages = intake.pages;
    for (auto& found : intake.found) {
      if (on_found) on_found(found.item);
      auto routed = parts_.delivery.route(found.item, found.watches, now);
      std::move(routed.begin(), routed.end(), std::back_inserter(commit.notifications));
    }
  }
  if (const auto health =
          judge_health(*spec, commit.state, now, started_, options_.feed_down_after)) {
    auto routed = parts_.delivery.route_health({health->kind, spec->name, health->text}, now,
                                               reference_to(*spec));
    std::move(routed.begin(), routed.end(), std::back_inserter(commit.notifications));
    log::warn("fetcher", health->text, {{"feed", spec->name}, {"kind", health->kind}});
  }
  auto after = co_await write(spec, std::move(before), std::move(commit), std::move(intake));
  co_return after;
}

asio::awaitable<FeedState> Poller::write(std::shared_ptr<const fetcher::FeedSpec> spec,
                                         FeedState before, store::PollCommit commit,
                                         Intake intake) {
  FeedState after = commit.state;
  const bool queued = !commit.notifications.empty();
  const auto written = co_await parts_.store.commit(std::move(commit));
  if (!written) {
    // Nothing was changed, so nothing may change here: the poll is made again from the old state.
    log::error("store", "a poll could not be stored and will be repeated",
               {{"feed", spec->name}, {"error", written.error().message}});
    ++counters_.failures;
    before.next_poll = parts_.clock.now() + kRetryCommit;
    before.next_reason = "retry after a storage error";
    co_return before;
  }
  log_outcome(*spec, before, after, intake);
  counters_.new_items += intake.lesson.new_items;
  counters_.found_items += intake.found.size();
  if (on_stored) on_stored(*spec, intake);
  if (queued) parts_.delivery.wake();
  co_return after;
}

void Poller::log_outcome(const fetcher::FeedSpec& spec, const FeedFigures& before,
                         const FeedState& after, const Intake& intake) {
  const auto next = [&] { return time_left(after.next_poll, parts_.clock.now()); };
  if (after.failures > 0) {
    ++counters_.failures;
    // A feed that keeps failing is news only at first; later it is detail.
    const auto level = before.failures == 0 ? log::Level::warn : log::Level::debug;
    log::event(level, "fetcher", "poll failed",
               {{"feed", spec.name},
                {"error", after.last_error},
                {"failures", std::to_string(after.failures)},
                {"next", next()},
                {"why", after.next_reason}});
    return;
  }
  if (intake.items == 0 && !intake.lesson.parsed) {
    ++counters_.unchanged;
    if (log::enabled(log::Level::debug, "fetcher"))
      log::debug("fetcher", "unchanged",
                 {{"feed", spec.name}, {"next", next()}, {"why", after.next_reason}});
    return;
  }
  const auto level = intake.found.empty() ? log::Level::debug : log::Level::info;
  log::event(level, "fetcher", "polled",
             {{"feed", spec.name},
              {"items", std::to_string(intake.items)},
              {"new", std::to_string(intake.lesson.new_items)},
              {"matched", std::to_string(intake.found.size())},
              {"next", next()},
              {"why", after.next_reason}});
  for (const auto& warning : intake.warnings) log::debug("parser", warning, {{"feed", spec.name}});
}

}  // namespace tocsin::daemon
