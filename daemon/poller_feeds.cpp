// SPDX-License-Identifier: MIT
// Which feeds there are, and what hubs push of them.
#include <algorithm>
#include <utility>

#include <boost/asio/use_awaitable.hpp>

#include "daemon/poller.hpp"
#include "fetcher/resume.hpp"
#include "fetcher/timing.hpp"

namespace tocsin::daemon {
namespace asio = boost::asio;

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

std::optional<std::uint32_t> Poller::slot_of(std::string_view name) const {
  const auto before = [this](std::uint32_t slot, std::string_view wanted) {
    return entries_[slot].spec->name < wanted;
  };
  const auto found = std::lower_bound(by_name_.begin(), by_name_.end(), name, before);
  if (found == by_name_.end() || entries_[*found].spec->name != name) return std::nullopt;
  return *found;
}

/// What is stored of those of `feeds` that are new, in their order.
Result<std::vector<RestingState>> Poller::stored_states(
    const std::vector<fetcher::FeedSpec>& feeds) const {
  std::vector<std::string_view> names;
  for (const auto& feed : feeds)
    if (!slot_of(feed.name)) names.emplace_back(feed.name);
  std::vector<RestingState> out;
  out.reserve(names.size());
  auto read =
      parts_.store.feed_states(names, [&](const FeedState& state) { out.emplace_back(state); });
  if (!read) return std::move(read).error();
  return out;
}

/// Puts a feed into a slot, which may hold its older configuration.
void Poller::put(fetcher::FeedSpec spec, std::uint32_t slot, FeedState state) {
  auto& entry = entries_[slot];
  state = fetcher::resume(spec, options_.fetch, std::move(state), parts_.clock.now());
  parts_.subscriptions.announce(spec, state);
  entry.state = RestingState(state);
  entry.live = true;
  entry.spec = std::make_shared<const fetcher::FeedSpec>(std::move(spec));
  if (!entry.polling) reschedule(slot);
}

Result<void> Poller::set_feeds(std::vector<fetcher::FeedSpec> feeds, Start start) {
  const auto stored = stored_states(feeds);
  if (!stored) return stored.error();
  if (entries_.empty()) entries_.reserve(feeds.size());
  std::vector<std::uint32_t> wanted;
  wanted.reserve(feeds.size());
  std::size_t next_stored = 0;
  for (auto& spec : feeds) {
    const auto known = slot_of(spec.name);
    auto state = known ? entries_[*known].state.wake() : (*stored)[next_stored++].wake();
    if (start == Start::at_once) state.next_poll = Timestamp{};
    wanted.push_back(known ? *known : take_slot());
    put(std::move(spec), wanted.back(), std::move(state));
  }
  keep_only(std::move(wanted));
  wake_.cancel();
  return {};
}

/// Takes every feed off that is in none of the slots `wanted`.
void Poller::keep_only(std::vector<std::uint32_t> wanted) {
  std::sort(wanted.begin(), wanted.end());
  for (const auto slot : by_name_) {
    if (std::binary_search(wanted.begin(), wanted.end(), slot)) continue;
    auto& entry = entries_[slot];
    schedule_.remove(slot);
    parts_.subscriptions.forget(entry.spec->name);
    entry.live = false;
    if (!entry.polling) free_.push_back(slot);
  }
  std::sort(wanted.begin(), wanted.end(), [this](std::uint32_t one, std::uint32_t other) {
    return entries_[one].spec->name < entries_[other].spec->name;
  });
  by_name_ = std::move(wanted);
}

void Poller::push(const std::string& feed, fetcher::Document document) {
  constexpr std::size_t kMostWaiting = 16;
  const auto known = slot_of(feed);
  if (!known || stopping_) return;
  document.final_url = entries_[*known].spec->url;
  auto& waiting = pushed_[*known];
  if (waiting.size() < kMostWaiting) waiting.push_back(std::move(document));
  start_pushed(*known);
}

/// Takes up the next pushed document of a feed, unless a poll of it is under way: both would tell
/// new items from known ones by the same list.
void Poller::start_pushed(fetcher::Schedule::FeedIndex index) {
  const auto waiting = pushed_.find(index);
  auto& entry = entries_[index];
  if (waiting == pushed_.end() || entry.polling) return;
  auto document = std::move(waiting->second.front());
  waiting->second.erase(waiting->second.begin());
  if (waiting->second.empty() || !entry.live) pushed_.erase(waiting);
  if (!entry.live) return;
  schedule_.remove(index);
  entry.polling = true;
  entry.slot = slots_.take(parts_.clock.steady());
  polls_.spawn(absorb(index, std::move(document)));
}

asio::awaitable<void> Poller::absorb(fetcher::Schedule::FeedIndex index,
                                     fetcher::Document document) {
  const auto spec = entries_[index].spec;
  fetcher::Polled polled;
  polled.state = entries_[index].state.wake();
  polled.document = std::move(document);
  auto before = entries_[index].state.wake();
  auto after = co_await process(spec, std::move(before), std::move(polled));
  finish(index, std::move(after));
}

/// Where a hub pushes a feed, polling is the fallback.
void Poller::slow_down_if_pushed(const fetcher::FeedSpec& spec, FeedState& state) const {
  if (state.failures > 0 || !parts_.subscriptions.is_pushed(spec.name)) return;
  auto plan = fetcher::plan_pushed(spec, options_.fetch, state, parts_.clock.now());
  if (plan.when <= state.next_poll) return;
  state.next_poll = plan.when;
  state.next_reason = std::move(plan.reason);
}

}  // namespace tocsin::daemon
