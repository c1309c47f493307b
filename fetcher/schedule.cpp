// SPDX-License-Identifier: MIT
#include "fetcher/schedule.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tocsin::fetcher {
namespace {

/// The host of a URL in lower case, with its port: whose limits hold. The whole text where there is
/// no host: a file need not wait for another one.
std::string host_of(std::string_view url) {
  if (url.starts_with("file:")) return std::string(url);
  const auto scheme = url.find("://");
  auto rest = scheme == std::string_view::npos ? url : url.substr(scheme + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  rest = rest.substr(rest.rfind('@') + 1);  // npos + 1 is 0
  std::string host(rest);
  std::transform(host.begin(), host.end(), host.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return host;
}

}  // namespace

/// Two steps: the calendar, a heap by due time, says who is due; each host's queue says who may
/// start. Heap entries are not removed when a feed moves: a stamp tells stale ones apart, and when
/// they are the most, the heap is built anew. Queues are lists through the feeds themselves.
struct Schedule::State {
  static constexpr FeedIndex kNone = ~FeedIndex{0};
  struct Feed {
    Timestamp due{};
    std::uint32_t host = 0;
    std::uint32_t stamp = 0;   // of its newest calendar entry
    FeedIndex behind = kNone;  // in its host's queue
    bool listed = false;       // on the calendar or in its host's queue
    bool queued = false;       // in its host's queue, perhaps without being listed any more
    bool flying = false;
    Rank rank = Rank::first;
  };
  struct Host {
    Timestamp free_at{};                    // when the next request may start
    FeedIndex first = kNone, last = kNone;  // of the feeds that wait for it
    FeedIndex last_first = kNone;           // of those, the last one of rank `first`
    std::uint32_t flying = 0;
  };
  struct Due {
    Timestamp when;
    std::uint32_t what = 0;  // feed or host
    std::uint32_t stamp = 0;
    bool operator>(const Due& other) const noexcept { return when > other.when; }
  };
  /// The earliest on top.
  class Heap {
   public:
    [[nodiscard]] bool empty() const noexcept { return all_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return all_.size(); }
    [[nodiscard]] const Due& top() const noexcept { return all_.front(); }
    void push(Due due) {
      all_.push_back(due);
      std::push_heap(all_.begin(), all_.end(), std::greater<>{});
    }
    void pop() {
      std::pop_heap(all_.begin(), all_.end(), std::greater<>{});
      all_.pop_back();
    }
    template <class Stale>
    void forget(Stale stale) {
      std::erase_if(all_, stale);
      all_.shrink_to_fit();
      std::make_heap(all_.begin(), all_.end(), std::greater<>{});
    }

   private:
    std::vector<Due> all_;
  };

  std::uint32_t concurrency = 1;
  milliseconds spacing{0};
  std::vector<Feed> feeds;
  std::vector<Host> hosts;
  // By a hash of the name: two hosts that share one, if ever, share their limits.
  std::unordered_map<std::uint64_t, std::uint32_t> host_ids;
  Heap calendar;
  Heap wakeups;  // hosts with a queue, by when they are free
  std::size_t listed = 0, flying = 0;

  [[nodiscard]] bool is_current(FeedIndex feed, std::uint32_t stamp) const {
    return feeds[feed].listed && feeds[feed].stamp == stamp;
  }
  [[nodiscard]] bool may_start(const Host& host, Timestamp now) const {
    return host.flying < concurrency && host.free_at <= now;
  }
  void start(FeedIndex index) {
    auto& feed = feeds[index];
    feed.listed = false;
    feed.flying = true;
    --listed;
    ++flying;
    ++hosts[feed.host].flying;
  }
  void wake_host(std::uint32_t id) {
    if (hosts[id].first != kNone && hosts[id].flying < concurrency)
      wakeups.push({hosts[id].free_at, id, 0});
  }
  /// At the end, or before those of rank `last`.
  void enqueue(Host& host, FeedIndex index) {
    auto& feed = feeds[index];
    const auto end = host.first == kNone ? kNone : host.last;
    const auto before = feed.rank == Rank::last ? end : host.last_first;
    auto& link = before == kNone ? host.first : feeds[before].behind;
    feed.behind = std::exchange(link, index);
    feed.queued = true;
    if (feed.behind == kNone) host.last = index;
    if (feed.rank == Rank::first) host.last_first = index;
  }
  FeedIndex dequeue(Host& host) {
    const auto index = host.first;
    feeds[index].queued = false;
    host.first = feeds[index].behind;
    if (host.last_first == index) host.last_first = kNone;
    return index;
  }
  std::uint32_t host_for(std::string_view url, Rank rank);
  std::optional<FeedIndex> from_queues(Timestamp now);
  std::optional<FeedIndex> from_calendar(Timestamp now);
};

/// Hosts are never forgotten, and pages may name ever new ones: those that no feed is at share a
/// fixed number of places.
std::uint32_t Schedule::State::host_for(std::string_view url, Rank rank) {
  constexpr std::uint64_t kShared = 4'096;
  std::uint64_t key = std::hash<std::string>{}(host_of(url));
  if (rank == Rank::last && !host_ids.contains(key)) key %= kShared;
  const auto [host, is_new] = host_ids.try_emplace(key, static_cast<std::uint32_t>(hosts.size()));
  if (is_new) hosts.emplace_back();
  return host->second;
}

std::optional<Schedule::FeedIndex> Schedule::State::from_queues(Timestamp now) {
  while (!wakeups.empty() && wakeups.top().when <= now) {
    const auto id = wakeups.top().what;
    wakeups.pop();
    auto& host = hosts[id];
    if (!may_start(host, now)) continue;
    while (host.first != kNone) {
      const auto index = dequeue(host);
      // One that was removed, or moved on in the calendar, is passed over.
      if (!feeds[index].listed || feeds[index].due > now) continue;
      start(index);
      host.free_at = now + spacing;
      wake_host(id);
      return index;
    }
  }
  return std::nullopt;
}

std::optional<Schedule::FeedIndex> Schedule::State::from_calendar(Timestamp now) {
  while (!calendar.empty() && calendar.top().when <= now) {
    const auto [when, index, stamp] = calendar.top();
    calendar.pop();
    if (!is_current(index, stamp)) continue;
    if (feeds[index].queued) continue;
    const auto id = feeds[index].host;
    auto& host = hosts[id];
    if (host.first == kNone && may_start(host, now)) {
      start(index);
      host.free_at = now + spacing;
      return index;
    }
    const bool first = host.first == kNone;
    enqueue(host, index);
    if (first) wake_host(id);
  }
  return std::nullopt;
}

Schedule::Schedule(const FetchOptions& options) : state_(std::make_unique<State>()) {
  set_limits(options);
}

Schedule::~Schedule() = default;

void Schedule::set_limits(const FetchOptions& options) {
  state_->concurrency = std::max<std::uint32_t>(options.per_host_concurrency, 1);
  state_->spacing = options.per_host_spacing;
}

void Schedule::set(FeedIndex feed, std::string_view url, Timestamp due, Rank rank) {
  auto& state = *state_;
  if (feed >= state.feeds.size()) state.feeds.resize(feed + 1);
  const auto host = state.host_for(url, rank);
  auto& entry = state.feeds[feed];
  const bool stays = entry.host == host || entry.flying || entry.queued;
  if (entry.listed && entry.due == due && stays) return;
  if (!entry.listed) ++state.listed;
  entry.listed = true;
  entry.due = due;
  if (!stays) entry.host = host;
  if (!entry.queued) entry.rank = rank;
  ++entry.stamp;
  state.calendar.push({due, feed, entry.stamp});
  constexpr std::size_t kFew = 64;
  if (state.calendar.size() > 2 * state.listed + kFew)
    state.calendar.forget(
        [&](const State::Due& one) { return !state.is_current(one.what, one.stamp); });
}

void Schedule::remove(FeedIndex feed) {
  if (feed >= state_->feeds.size() || !state_->feeds[feed].listed) return;
  state_->feeds[feed].listed = false;
  --state_->listed;
}

std::optional<Schedule::FeedIndex> Schedule::take(Timestamp now) {
  if (const auto queued = state_->from_queues(now)) return queued;
  return state_->from_calendar(now);
}

void Schedule::finished(FeedIndex feed, Timestamp now) {
  auto& entry = state_->feeds[feed];
  if (!entry.flying) return;
  entry.flying = false;
  --state_->flying;
  auto& host = state_->hosts[entry.host];
  --host.flying;
  host.free_at = now + state_->spacing;
  state_->wake_host(entry.host);
}

std::optional<Timestamp> Schedule::next(Timestamp now) const {
  std::optional<Timestamp> first;
  if (!state_->calendar.empty()) first = state_->calendar.top().when;
  if (!state_->wakeups.empty())
    first = std::min(first.value_or(state_->wakeups.top().when), state_->wakeups.top().when);
  if (first) first = std::max(*first, now);
  return first;
}

std::size_t Schedule::size() const noexcept {
  return state_->listed;
}
std::size_t Schedule::in_flight() const noexcept {
  return state_->flying;
}

}  // namespace tocsin::fetcher
