// SPDX-License-Identifier: MIT
#include "notifier/detail/delivery_core.hpp"

#include <algorithm>
#include <exception>
#include <functional>
#include <set>
#include <string>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/log.hpp"
#include "notifier/event_json.hpp"

namespace tocsin::notifier {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kPage = 500;            ///< rows read at a time
constexpr std::size_t kLargestRelease = 100;  ///< events in one transaction
constexpr milliseconds kLongestNap{
    std::chrono::seconds{2}};  ///< also: how soon a CLI's change is seen

/// Group keys of health alerts are made by `route_health`.
bool is_health(std::string_view group_key) {
  return group_key.find("/health/") != std::string_view::npos;
}

}  // namespace

DeliveryService::Core::Core(store::Store& the_store, const Clock& the_clock,
                            asio::any_io_executor the_loop, DeliverySpec the_spec,
                            Channels the_channels, DeliveryService& the_owner)
    : store(the_store),
      clock(the_clock),
      loop(the_loop),
      owner(the_owner),
      router(the_spec),
      grouper(the_spec),
      sifter(the_store, the_spec),
      nap(the_loop) {
  adopt(std::move(the_spec), std::move(the_channels));
}

void DeliveryService::Core::adopt(DeliverySpec new_spec, Channels new_channels) {
  spec = std::move(new_spec);
  channels.clear();
  for (auto& [name, channel] : new_channels) channels[name] = std::move(channel);
  router = Router(spec);
  grouper.configure(spec, clock.now());
  sifter.configure(spec);
  outbox.configure(spec.receivers);
}

void DeliveryService::Core::wake() {
  woken = true;
  nap.cancel();
}

void DeliveryService::Core::changed() {
  for (auto* timer : drainers) timer->cancel();
}

bool DeliveryService::Core::drained(bool deliver_due) const {
  if (in_flight != 0 || stepping) return false;
  if (!deliver_due) return true;
  const auto now = clock.now();
  const auto group = grouper.next();
  const auto row = outbox.next(now);
  return !woken && !(group && *group <= now) && !(row && *row <= now);
}

// A cancellation stops too, and attempts in flight with it; what they recorded is to be kept, so
// nothing here throws because of it.
asio::awaitable<void> DeliveryService::Core::run() {
  co_await asio::this_coro::throw_if_cancelled(false);
  while (!stopping) {
    stepping = true;
    woken = false;
    co_await step();
    stepping = false;
    changed();
    co_await rest();
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none) stopping = true;
  }
  while (in_flight != 0) {
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none) abandon_attempts();
    co_await rest();
  }
  changed();
}

asio::awaitable<void> DeliveryService::Core::rest() {
  if (woken && !stopping) co_return;
  const auto now = clock.now();
  auto span = kLongestNap;
  for (const auto due : {grouper.next(), outbox.next(now)})
    if (due) span = std::min(span, std::max(*due - now, milliseconds{0}));
  // While the store fails, what is due stays due: look again later, and later each time.
  if (troubles != 0) span = milliseconds{50 << std::min(troubles, 8U)};
  nap.expires_after(span);
  auto wait = nap.async_wait(asio::as_tuple(asio::use_awaitable));
  co_await std::move(wait);
}

void DeliveryService::Core::trouble(const Error& error) {
  if (troubles++ % 16 == 0)
    log::error("notifier", "alerts wait: the store fails", {{"error", error.message}});
}

asio::awaitable<void> DeliveryService::Core::step() {
  const auto now = clock.now();
  outbox.tick(clock.steady());
  auto read = start(now);
  if (read) read = read_outside(now);
  if (read) read = read_pending(now);
  if (!read) {
    trouble(read.error());
    co_return;
  }
  auto releasing = release_due(now);
  auto released = co_await std::move(releasing);
  // A full disk holds up what is new; what the outbox has is sent all the same.
  if (!released) trouble(released.error());
  if (auto rows = read_outbox(now); !rows) {
    trouble(rows.error());
    co_return;
  }
  auto burying = bury_expired(now);
  auto buried = co_await std::move(burying);
  if (released && buried) troubles = 0;
  start_attempts(clock.now());
}

Result<void> DeliveryService::Core::start(Timestamp now) {
  if (started) return {};
  auto groups = store.group_states();
  if (!groups) return std::move(groups).error();
  for (const auto& group : *groups) grouper.restore(group);
  for (const auto& receiver : spec.receivers) {
    if (!receiver.throttle) continue;
    auto times = store.releases_since(receiver.name, now - receiver.throttle->per);
    if (!times) return std::move(times).error();
    grouper.restore(receiver.name, *times);
  }
  started = true;
  return {};
}

Result<void> DeliveryService::Core::read_outside(Timestamp now) {
  const auto changes = store.outside_changes();
  if (!changes) return changes.error();
  if (*changes == outside) return {};
  const auto silences = store.silences(now);
  if (!silences) return silences.error();
  sifter.set_silences(*silences);
  outside = *changes;
  outbox.clear();
  outbox_read = 0;
  return {};
}

Result<void> DeliveryService::Core::read_pending(Timestamp now) {
  for (;;) {
    auto page = store.pending(pending_read, kPage);
    if (!page) return std::move(page).error();
    for (auto& [sequence, notification] : *page) {
      pending_read = sequence;
      grouper.add(std::move(notification), now);
    }
    if (page->size() < kPage) return {};
  }
}

Result<void> DeliveryService::Core::read_outbox(Timestamp now) {
  for (;;) {
    auto page = store.outbox_waiting(outbox_read, kPage);
    if (!page) return std::move(page).error();
    for (auto& row : *page) {
      outbox_read = row.sequence;
      outbox.add(std::move(row), now);
    }
    if (page->size() < kPage) return {};
  }
}

// The batch stays whole, to be put back when the disk does not take its release.
store::Release DeliveryService::Core::release_of(const Batch& batch, Timestamp now) {
  store::Release release;
  release.now = now;
  Batch needed = batch;
  needed.notifications.clear();
  for (const auto& notification : batch.notifications) {
    auto fate = batch.fate;
    if (fate == store::Fate::released) fate = sifter.judge(notification, now);
    release.settled.push_back({notification.id, fate});
    if (fate != store::Fate::released) continue;
    for (auto& told : sifter.told(notification)) release.told.push_back(std::move(told));
    needed.notifications.push_back(notification);
  }
  if (needed.notifications.empty()) return release;
  const auto event = gather(needed, now, spec.console_url);
  release.event = event.id;
  release.receiver = event.receiver;
  release.group_key = event.group_key;
  release.feed = needed.notifications.front().item.feed.name;
  release.payload = to_json(event, spec.source);
  const auto channel = channels.find(event.receiver);
  release.targets =
      channel == channels.end() ? std::vector<std::string>{""} : channel->second->targets();
  return release;
}

asio::awaitable<Result<void>> DeliveryService::Core::release_due(Timestamp now) {
  auto batches = grouper.due(now);
  sifter.begin_round();
  std::set<std::string, std::less<>> told;  // groups of which something is sent
  Result<void> outcome;
  for (std::size_t from = 0; from < batches.size(); from += kLargestRelease) {
    const auto to = std::min(batches.size(), from + kLargestRelease);
    std::vector<store::Release> releases;
    for (auto i = from; i < to; ++i) {
      releases.push_back(release_of(batches[i], now));
      if (!releases.back().event.empty()) told.insert(batches[i].group_key);
    }
    auto writing = store.release(std::move(releases));
    auto written = co_await std::move(writing);
    for (auto i = from; i < to; ++i) {
      if (!written)
        grouper.put_back(std::move(batches[i]), now);
      else if (!told.contains(batches[i].group_key))
        grouper.discount(batches[i]);
    }
    if (!written) outcome = std::move(written);
  }
  co_return outcome;
}

asio::awaitable<Result<void>> DeliveryService::Core::bury_expired(Timestamp now) {
  Result<void> outcome;
  if (now < next_expiry && next_expiry <= now + kLongestNap) co_return outcome;
  next_expiry = now + std::chrono::seconds{1};
  const auto expired = outbox.expired(now);
  for (const auto& letter : expired) {
    auto writing = store.record(letter.record);
    auto written = co_await std::move(writing);
    // It is read again from the store, and buried again, after the next start.
    if (!written) outcome = std::move(written);
    if (is_health(letter.row.group_key)) continue;
    auto telling = tell_health(letter.row.receiver, false, true);
    co_await std::move(telling);
  }
  if (!expired.empty())
    log::error("notifier", "messages were given up", {{"count", std::to_string(expired.size())}});
  co_return outcome;
}

}  // namespace tocsin::notifier
