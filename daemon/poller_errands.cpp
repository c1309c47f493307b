// SPDX-License-Identifier: MIT
// Requests that are no polls, in turn with them.
#include <algorithm>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "daemon/poller.hpp"

namespace tocsin::daemon {
namespace asio = boost::asio;
namespace {

using std::chrono::milliseconds;

// The longest sleep of the loop that starts polls: a machine that slept is noticed within it.
constexpr milliseconds kLongestNap{std::chrono::seconds{30}};

// How much longer than the polls a run that ends with them waits for errands: what is left is done
// by the next run.
constexpr milliseconds kLongestErrands{std::chrono::seconds{20}};

}  // namespace

std::shared_ptr<const fetcher::FeedSpec> Poller::feed(std::string_view name) const {
  const auto slot = slot_of(name);
  return slot ? entries_[*slot].spec : nullptr;
}

void Poller::run_in_turn(std::string_view url, milliseconds wait, Errand errand) {
  if (stopping_) return;
  const auto slot = take_slot();
  const bool at_once = wait <= milliseconds{0};
  if (at_once) ++errands_at_once_;
  errands_.insert_or_assign(slot, Waiting{std::move(errand), at_once});
  schedule_.set(slot, url, run_time() + std::max(wait, milliseconds{0}),
                fetcher::Schedule::Rank::last);
  wake_.cancel();
}

asio::awaitable<void> Poller::run_errand(fetcher::Schedule::FeedIndex index) {
  const auto known = errands_.find(index);
  auto waiting = std::move(known->second);
  errands_.erase(known);
  // As for polls: it must not end inside the call that starts it.
  co_await asio::post(parts_.loop, asio::use_awaitable);
  auto work = waiting.errand();
  co_await std::move(work);
  if (waiting.at_once) --errands_at_once_;
  leave(index);
}

/// Whether a run in mode once has nothing more to wait for.
bool Poller::all_done() const {
  if (mode_ == Mode::forever || once_left_ > 0) return false;
  return errands_at_once_ == 0 || (errands_until_ && parts_.clock.steady() >= *errands_until_);
}

/// How long the loop that starts polls may sleep in view of that.
milliseconds Poller::longest_nap() {
  if (mode_ == Mode::forever || once_left_ > 0) return kLongestNap;
  const auto now = parts_.clock.steady();
  if (!errands_until_) errands_until_ = now + kLongestErrands;
  return std::min(kLongestNap, *errands_until_ - now);
}

}  // namespace tocsin::daemon
