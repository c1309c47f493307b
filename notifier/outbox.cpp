// SPDX-License-Identifier: MIT
#include "notifier/outbox.hpp"

#include <algorithm>

#include "base/digest.hpp"

namespace tocsin::notifier {
namespace {

using store::AttemptRecord;
using store::OutboxRow;
using store::OutboxState;

/// Turns of feeds that are remembered: beyond, all begin again.
constexpr std::size_t kMostTurns = 10000;

/// A stored time that lies further ahead than any wait was written before the clock was set back.
Timestamp clamp(Timestamp due, const RetryPolicy& policy, Timestamp now) {
  const auto furthest = std::max(policy.max_interval, Outbox::kLongestHold);
  return due > now + furthest ? now : due;
}

std::string seed_of(const OutboxRow& row) {
  return row.event + '\n' + row.target + '\n' + std::to_string(row.attempts);
}

}  // namespace

milliseconds backoff(const RetryPolicy& policy, std::uint32_t attempt, std::string_view seed) {
  auto bound = std::max(policy.base, milliseconds{1});
  for (std::uint32_t i = 1; i < attempt && bound < policy.max_interval; ++i) bound *= 2;
  bound = std::min(bound, std::max(policy.max_interval, milliseconds{1}));
  const auto draw = stable_hash64(seed) % static_cast<std::uint64_t>(bound.count());
  return milliseconds{static_cast<std::int64_t>(draw) + 1};
}

void Outbox::configure(const std::vector<ReceiverSpec>& receivers) {
  for (auto& [name, lane] : lanes_) lane.open = false;
  for (const auto& receiver : receivers) {
    auto& lane = lanes_[receiver.name];
    lane.policy = receiver.retry;
    lane.open = true;
    // A new configuration may have mended what was wrong: try at once, and see.
    lane.disabled = false;
    lane.held_until = {};
  }
}

std::string Outbox::chain_key(const OutboxRow& row) {
  return row.group_key + '\n' + row.target;
}

void Outbox::add(OutboxRow row, Timestamp now) {
  if (!known_.emplace(row.event, row.target).second) return;
  auto& lane = lanes_[row.receiver];
  const auto key = chain_key(row);
  auto& chain = lane.chains[key];
  row.due = clamp(row.due, lane.policy, now);
  chain.rows.push_back({std::move(row), steady_});
  if (chain.rows.size() == 1) enqueue(lane, key, chain, now);
}

void Outbox::clear() {
  for (auto& [name, lane] : lanes_) {
    for (auto it = lane.chains.begin(); it != lane.chains.end();) {
      auto& chain = it->second;
      const std::size_t kept = chain.place == Chain::Place::claimed ? 1 : 0;
      while (chain.rows.size() > kept) {
        known_.erase({chain.rows.back().row.event, chain.rows.back().row.target});
        chain.rows.pop_back();
      }
      it = kept == 0 ? lane.chains.erase(it) : std::next(it);
    }
    lane.later.clear();
    lane.ready.clear();
    // Whoever changed the outbox by hand wants to see what happens.
    lane.disabled = false;
    lane.held_until = {};
  }
}

/// Puts a chain where its first row belongs.
void Outbox::enqueue(Lane& lane, const std::string& key, Chain& chain, Timestamp now) {
  const auto& row = chain.rows.front().row;
  if (row.due > now) {
    chain.place = Chain::Place::later;
    lane.later.insert({row.due, key});
    return;
  }
  // Start-time fair queueing: a feed's rows take turns one apart, never before what is served now,
  // so a feed with one row waits for at most one row of each other feed.
  if (lane.turns.size() > kMostTurns) lane.turns.clear();
  auto& turn = lane.turns[row.feed];
  turn = std::max(turn + 1, lane.now_served);
  chain.place = Chain::Place::ready;
  chain.turn = turn;
  lane.ready.insert({turn, key});
}

/// Moves to `ready` what became due.
void Outbox::promote(Lane& lane, Timestamp now) {
  while (!lane.later.empty() && lane.later.begin()->first <= now) {
    const auto key = lane.later.begin()->second;
    lane.later.erase(lane.later.begin());
    enqueue(lane, key, lane.chains.find(key)->second, now);
  }
}

bool Outbox::may_send(const Lane& lane, Timestamp now) {
  if (!lane.open || lane.disabled) return false;
  if (lane.held_until > now && lane.held_until <= now + kLongestHold) return false;
  // While the receiver fails, one row at a time finds out whether it is back.
  return lane.claimed < (lane.failures == 0 ? kSlots : 1);
}

std::vector<OutboxRow> Outbox::take(Timestamp now) {
  std::vector<OutboxRow> out;
  const bool set_back = now < last_look_;  // then what was due soon lies far ahead
  last_look_ = now;
  for (auto& [name, lane] : lanes_) {
    if (set_back) release_all(lane, now);
    promote(lane, now);
    while (!lane.ready.empty() && may_send(lane, now)) {
      const auto [turn, key] = *lane.ready.begin();
      lane.ready.erase(lane.ready.begin());
      lane.now_served = std::max(lane.now_served, turn);
      auto& chain = lane.chains.find(key)->second;
      chain.place = Chain::Place::claimed;
      ++lane.claimed;
      out.push_back(chain.rows.front().row);
    }
  }
  return out;
}

bool Outbox::spent(const Lane& lane, const Waiting& waiting, Timestamp now) const {
  const auto give_up = lane.policy.give_up_after;
  return std::min(waiting.row.created, now) + give_up <= now &&
         steady_ - waiting.since >= std::min(give_up, kLeastTime);
}

/// Takes the rows of `chain` whose time is up out of it.
void Outbox::bury(const Lane& lane, Chain& chain, Timestamp now, std::vector<Buried>& out) {
  const auto why = lane.open ? lane.last_error : "no receiver of this name is configured";
  while (!chain.rows.empty() && spent(lane, chain.rows.front(), now)) {
    auto row = std::move(chain.rows.front().row);
    chain.rows.pop_front();
    known_.erase({row.event, row.target});
    AttemptRecord record{row.event, row.target,   OutboxState::dead, now,
                         now,       row.attempts, "given up: " + why};
    out.push_back({std::move(row), std::move(record)});
  }
}

// Only where nothing can be sent: a row that can be sent gets its attempt first.
std::vector<Buried> Outbox::expired(Timestamp now) {
  std::vector<Buried> out;
  for (auto& [name, lane] : lanes_) {
    const bool stuck = !lane.open || lane.disabled || lane.failures >= kFailuresToOpen;
    for (auto it = lane.chains.begin(); stuck && it != lane.chains.end();) {
      auto& [key, chain] = *it;
      if (chain.place == Chain::Place::claimed || !spent(lane, chain.rows.front(), now)) {
        ++it;
        continue;
      }
      if (chain.place == Chain::Place::later) lane.later.erase({chain.rows.front().row.due, key});
      if (chain.place == Chain::Place::ready) lane.ready.erase({chain.turn, key});
      bury(lane, chain, now, out);
      if (!chain.rows.empty()) enqueue(lane, key, chain, now);
      it = chain.rows.empty() ? lane.chains.erase(it) : std::next(it);
    }
  }
  return out;
}

void Outbox::release_all(Lane& lane, Timestamp now) {
  for (const auto& [due, key] : std::exchange(lane.later, {})) {
    auto& chain = lane.chains.find(key)->second;
    chain.rows.front().row.due = std::min(due, now);
    enqueue(lane, key, chain, now);
  }
}

// The receiver is back: what failed meanwhile need not wait for times drawn when it was away.
void Outbox::succeed(Lane& lane, Timestamp now) {
  const bool was_away = lane.failures >= kFailuresToOpen;
  lane.failures = 0;
  lane.failing_since.reset();
  lane.held_until = {};
  lane.last_error.clear();
  if (was_away) release_all(lane, now);
}

void Outbox::fail(Lane& lane, const OutboxRow& row, const Attempt& attempt, Timestamp now) {
  ++lane.failures;
  if (!lane.failing_since) lane.failing_since = now;
  lane.last_error = attempt.detail;
  if (lane.failures >= kFailuresToOpen) {
    const auto step = lane.failures - kFailuresToOpen + 1;
    lane.held_until = now + backoff(lane.policy, step, "breaker\n" + seed_of(row));
  }
  if (attempt.retry_after)
    lane.held_until = std::max(
        lane.held_until, now + std::clamp(*attempt.retry_after, milliseconds{0}, kLongestHold));
}

Verdict Outbox::finish(OutboxRow row, const Attempt& attempt, Timestamp now) {
  auto& lane = lanes_[row.receiver];
  const auto key = chain_key(row);
  auto& chain = lane.chains[key];
  --lane.claimed;
  ++row.attempts;
  Verdict verdict{{row.event, row.target, OutboxState::delivered, now, now, row.attempts, ""},
                  attempt.outcome == Attempt::Outcome::disable};
  auto& record = verdict.record;
  if (attempt.outcome == Attempt::Outcome::delivered) {
    succeed(lane, now);
  } else {
    record.error = attempt.detail;
    const bool again = attempt.outcome == Attempt::Outcome::retry;
    if (again) fail(lane, row, attempt, now);
    if (verdict.disabled) lane.disabled = true;
    if (verdict.disabled) lane.last_error = attempt.detail;
    record.state =
        again && !spent(lane, chain.rows.front(), now) ? OutboxState::waiting : OutboxState::dead;
  }

  if (record.state == OutboxState::waiting) {
    const auto give_up = std::min(row.created, now) + lane.policy.give_up_after;
    auto pause = std::max(backoff(lane.policy, row.attempts, seed_of(row)),
                          attempt.retry_after.value_or(milliseconds{0}));
    // The last attempt is made when the time is up, not some interval later.
    if (give_up > now) pause = std::min(pause, give_up - now);
    record.due = now + pause;
    row.due = record.due;
    row.last_error = record.error;
    chain.rows.front().row = std::move(row);
  } else {
    known_.erase({row.event, row.target});
    chain.rows.pop_front();
  }
  if (chain.rows.empty())
    lane.chains.erase(key);
  else
    enqueue(lane, key, chain, now);
  return verdict;
}

std::optional<Timestamp> Outbox::next(Timestamp now) const {
  std::optional<Timestamp> first;
  for (const auto& [name, lane] : lanes_) {
    if (!lane.open || lane.disabled || (lane.ready.empty() && lane.later.empty())) continue;
    if (lane.claimed >= (lane.failures == 0 ? kSlots : 1)) continue;  // its end will wake us
    auto at = lane.ready.empty() ? lane.later.begin()->first : now;
    if (lane.held_until <= now + kLongestHold) at = std::max(at, lane.held_until);
    if (!first || at < *first) first = at;
  }
  return first;
}

std::optional<Timestamp> Outbox::failing_since(std::string_view receiver) const {
  const auto lane = lanes_.find(receiver);
  return lane == lanes_.end() ? std::nullopt : lane->second.failing_since;
}

}  // namespace tocsin::notifier
