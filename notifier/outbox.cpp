// SPDX-License-Identifier: MIT
#include "notifier/outbox.hpp"

#include <algorithm>

namespace tocsin::notifier {
namespace {

using store::AttemptRecord;
using store::OutboxRow;
using store::OutboxState;

/// Turns of feeds that are remembered: beyond, all begin again.
constexpr std::size_t kMostTurns = 10000;

/// A stored time that lies further ahead than any wait was written before the clock was set back.
Timestamp clamp(Timestamp due, const RetryPolicy& policy, Timestamp now) {
  const auto furthest = std::max(policy.max_interval, Breaker::kLongestHold);
  return due > now + furthest ? now : due;
}

std::string seed_of(const OutboxRow& row) {
  return row.event + '\n' + row.target + '\n' + std::to_string(row.attempts);
}

/// Attempts at a time: while somebody fails, one row finds out whether they are back.
std::size_t slots(const Breaker& breaker) {
  return breaker.failing() ? 1 : Outbox::kSlots;
}

bool admits(const Breaker& breaker, std::size_t claimed, Timestamp now) {
  return claimed < slots(breaker) && breaker.free_at(now) <= now;
}

}  // namespace

void Outbox::configure(const std::vector<ReceiverSpec>& specs) {
  for (auto& [name, receiver] : receivers_) receiver.known = false;
  for (const auto& spec : specs) {
    auto& receiver = receivers_[spec.name];
    receiver.policy = spec.retry;
    receiver.known = true;
    // A new configuration may have mended what was wrong: try at once, and see.
    receiver.disabled = false;
    receiver.breaker.release();
    for (auto& [target, lane] : receiver.lanes) lane.breaker.release();
  }
}

void Outbox::add(OutboxRow row, Timestamp now) {
  if (!known_.emplace(row.event, row.target).second) return;
  auto& receiver = receivers_[row.receiver];
  auto& lane = receiver.lanes[row.target];
  const auto key = row.group_key;
  auto& chain = lane.chains[key];
  row.due = clamp(row.due, receiver.policy, now);
  chain.rows.push_back({std::move(row), steady_});
  if (chain.rows.size() == 1) enqueue(receiver, lane, key, now);
}

/// Takes all rows but the first `kept` out of `chain`.
void Outbox::forget(Chain& chain, std::size_t kept) {
  while (chain.rows.size() > kept) {
    known_.erase({chain.rows.back().row.event, chain.rows.back().row.target});
    chain.rows.pop_back();
  }
}

void Outbox::clear() {
  for (auto& [name, receiver] : receivers_) {
    for (auto& [target, lane] : receiver.lanes) {
      for (auto& [group, chain] : lane.chains)
        forget(chain, chain.place == Chain::Place::claimed ? 1 : 0);
      std::erase_if(lane.chains, [](const auto& entry) { return entry.second.rows.empty(); });
      lane.later.clear();
      lane.ready.clear();
      lane.breaker.release();
    }
    // Whoever changed the outbox by hand wants to see what happens.
    receiver.disabled = false;
    receiver.breaker.release();
  }
}

/// Puts the chain of `key` where its first row belongs.
void Outbox::enqueue(Receiver& receiver, Lane& lane, const std::string& key, Timestamp now) {
  auto& chain = lane.chains.find(key)->second;
  const auto& row = chain.rows.front().row;
  if (row.due > now) {
    chain.place = Chain::Place::later;
    lane.later.insert({row.due, key});
    return;
  }
  // Start-time fair queueing: a feed's rows take turns one apart, never before what is served now,
  // so a feed with one row waits for at most one row of each other feed.
  if (receiver.turns.size() > kMostTurns) receiver.turns.clear();
  auto& turn = receiver.turns[row.feed];
  turn = std::max(turn + 1, receiver.now_served);
  chain.place = Chain::Place::ready;
  chain.turn = turn;
  lane.ready.insert({turn, key});
}

/// Moves to `ready` what became due.
void Outbox::promote(Receiver& receiver, Lane& lane, Timestamp now) {
  while (!lane.later.empty() && lane.later.begin()->first <= now) {
    const auto key = lane.later.begin()->second;
    lane.later.erase(lane.later.begin());
    enqueue(receiver, lane, key, now);
  }
}

/// The lane whose turn it is; null when none has a row that may go.
Outbox::Lane* Outbox::next_lane(Receiver& receiver, Timestamp now) {
  if (!receiver.sends() || !admits(receiver.breaker, receiver.claimed, now)) return nullptr;
  Lane* first = nullptr;
  for (auto& [target, lane] : receiver.lanes) {
    if (lane.ready.empty() || !admits(lane.breaker, lane.claimed, now)) continue;
    if (first == nullptr || lane.ready.begin()->first < first->ready.begin()->first) first = &lane;
  }
  return first;
}

/// Takes the first row of `lane` that is ready.
OutboxRow Outbox::claim(Receiver& receiver, Lane& lane) {
  const auto [turn, key] = *lane.ready.begin();
  lane.ready.erase(lane.ready.begin());
  receiver.now_served = std::max(receiver.now_served, turn);
  auto& chain = lane.chains.find(key)->second;
  chain.place = Chain::Place::claimed;
  ++lane.claimed;
  ++receiver.claimed;
  return chain.rows.front().row;
}

std::vector<OutboxRow> Outbox::take(Timestamp now) {
  std::vector<OutboxRow> out;
  const bool set_back = now < last_look_;  // then what was due soon lies far ahead
  last_look_ = now;
  for (auto& [name, receiver] : receivers_) {
    for (auto& [target, lane] : receiver.lanes) {
      if (set_back) release_all(receiver, lane, now);
      promote(receiver, lane, now);
    }
    while (auto* lane = next_lane(receiver, now)) out.push_back(claim(receiver, *lane));
  }
  return out;
}

bool Outbox::spent(const Receiver& receiver, const Waiting& waiting, Timestamp now) const {
  const auto give_up = receiver.policy.give_up_after;
  return std::min(waiting.row.created, now) + give_up <= now &&
         steady_ - waiting.since >= std::min(give_up, kLeastTime);
}

/// Takes the rows of `chain` whose time is up out of it.
void Outbox::bury(const Receiver& receiver, Chain& chain, Timestamp now, std::vector<Buried>& out) {
  const auto why = receiver.known ? receiver.last_error : "no receiver of this name is configured";
  while (!chain.rows.empty() && spent(receiver, chain.rows.front(), now)) {
    auto row = std::move(chain.rows.front().row);
    chain.rows.pop_front();
    known_.erase({row.event, row.target});
    AttemptRecord record{row.event, row.target,   OutboxState::dead, now,
                         now,       row.attempts, "given up: " + why};
    out.push_back({std::move(row), std::move(record)});
  }
}

void Outbox::expire(Receiver& receiver, Lane& lane, Timestamp now, std::vector<Buried>& out) {
  for (auto it = lane.chains.begin(); it != lane.chains.end();) {
    auto& [key, chain] = *it;
    if (chain.place == Chain::Place::claimed || !spent(receiver, chain.rows.front(), now)) {
      ++it;
      continue;
    }
    if (chain.place == Chain::Place::later) lane.later.erase({chain.rows.front().row.due, key});
    if (chain.place == Chain::Place::ready) lane.ready.erase({chain.turn, key});
    bury(receiver, chain, now, out);
    if (!chain.rows.empty()) enqueue(receiver, lane, key, now);
    it = chain.rows.empty() ? lane.chains.erase(it) : std::next(it);
  }
}

// Only where nothing can be sent: a row that can be sent gets its attempt first.
std::vector<Buried> Outbox::expired(Timestamp now) {
  std::vector<Buried> out;
  for (auto& [name, receiver] : receivers_) {
    const bool stuck = !receiver.sends() || receiver.breaker.open();
    for (auto& [target, lane] : receiver.lanes)
      if (stuck || lane.breaker.open()) expire(receiver, lane, now, out);
  }
  return out;
}

void Outbox::release_all(Receiver& receiver, Lane& lane, Timestamp now) {
  for (const auto& [due, key] : std::exchange(lane.later, {})) {
    auto& row = lane.chains.find(key)->second.rows.front().row;
    row.due = std::min(due, now);
    enqueue(receiver, lane, key, now);
  }
}

// Whoever is back is told at once what failed meanwhile, not at times drawn when they were away.
void Outbox::answered(Receiver& receiver, Timestamp now) {
  const bool was_away = receiver.breaker.open();
  receiver.breaker.succeed();
  receiver.last_error.clear();
  if (!was_away) return;
  for (auto& [target, lane] : receiver.lanes) release_all(receiver, lane, now);
}

void Outbox::succeed(Receiver& receiver, Lane& lane, Timestamp now) {
  answered(receiver, now);
  const bool was_away = lane.breaker.open();
  lane.breaker.succeed();
  if (was_away) release_all(receiver, lane, now);
}

void Outbox::fail(Receiver& receiver, Lane& lane, const OutboxRow& row, const Attempt& attempt,
                  Timestamp now) {
  if (attempt.target_alone) answered(receiver, now);
  auto& breaker = attempt.target_alone ? lane.breaker : receiver.breaker;
  breaker.fail(receiver.policy, attempt.retry_after, "breaker\n" + seed_of(row), now);
  receiver.last_error = attempt.detail;
}

/// What an attempt means for the first row of `chain`, and for those whom it was sent to.
OutboxState Outbox::judge(Receiver& receiver, Lane& lane, const Chain& chain,
                          const Attempt& attempt, Timestamp now) {
  const auto& first = chain.rows.front();
  switch (attempt.outcome) {
    case Attempt::Outcome::delivered: succeed(receiver, lane, now); return OutboxState::delivered;
    case Attempt::Outcome::retry:
      fail(receiver, lane, first.row, attempt, now);
      return spent(receiver, first, now) ? OutboxState::dead : OutboxState::waiting;
    case Attempt::Outcome::disable:
      receiver.disabled = true;
      receiver.last_error = attempt.detail;
      return OutboxState::dead;
    case Attempt::Outcome::dead: break;
  }
  return OutboxState::dead;
}

/// When the row is to be tried again. While `breaker`, whose failure it was, is open, the next row
/// that it lets through may be this one.
Timestamp Outbox::retry_at(const RetryPolicy& policy, const Breaker& breaker, const OutboxRow& row,
                           const Attempt& attempt, Timestamp now) {
  const auto pause = std::max(backoff(policy, row.attempts, seed_of(row)),
                              attempt.retry_after.value_or(milliseconds{0}));
  auto at = now + pause;
  if (breaker.open()) at = std::min(at, breaker.free_at(now));
  // The last attempt is made when the time is up, not some interval later.
  const auto give_up = std::min(row.created, now) + policy.give_up_after;
  return give_up > now ? std::min(at, give_up) : at;
}

Verdict Outbox::finish(const OutboxRow& done, const Attempt& attempt, Timestamp now) {
  auto& receiver = receivers_[done.receiver];
  auto& lane = receiver.lanes[done.target];
  auto& chain = lane.chains[done.group_key];
  auto& row = chain.rows.front().row;
  --lane.claimed;
  --receiver.claimed;
  ++row.attempts;
  const auto state = judge(receiver, lane, chain, attempt, now);
  if (state != OutboxState::delivered) row.last_error = attempt.detail;
  const auto& breaker = attempt.target_alone ? lane.breaker : receiver.breaker;
  if (state == OutboxState::waiting)
    row.due = retry_at(receiver.policy, breaker, row, attempt, now);
  Verdict verdict{{row.event, row.target, state, now, state == OutboxState::waiting ? row.due : now,
                   row.attempts, state == OutboxState::delivered ? "" : attempt.detail},
                  attempt.outcome == Attempt::Outcome::disable};
  if (state != OutboxState::waiting) {
    known_.erase({row.event, row.target});
    chain.rows.pop_front();
  }
  if (chain.rows.empty())
    lane.chains.erase(done.group_key);
  else
    enqueue(receiver, lane, done.group_key, now);
  return verdict;
}

std::optional<Timestamp> Outbox::next_of(const Receiver& receiver, Timestamp now) {
  // Where all slots are taken, the end of an attempt is what wakes us.
  if (!receiver.sends() || receiver.claimed >= slots(receiver.breaker)) return std::nullopt;
  std::optional<Timestamp> first;
  for (const auto& [target, lane] : receiver.lanes) {
    if ((lane.ready.empty() && lane.later.empty()) || lane.claimed >= slots(lane.breaker)) continue;
    const auto due = lane.ready.empty() ? lane.later.begin()->first : now;
    const auto at = std::max({due, lane.breaker.free_at(now), receiver.breaker.free_at(now)});
    if (!first || at < *first) first = at;
  }
  return first;
}

std::optional<Timestamp> Outbox::next(Timestamp now) const {
  std::optional<Timestamp> first;
  for (const auto& [name, receiver] : receivers_)
    if (const auto at = next_of(receiver, now); at && (!first || *at < *first)) first = at;
  return first;
}

std::optional<Timestamp> Outbox::failing_since(std::string_view name) const {
  const auto found = receivers_.find(name);
  if (found == receivers_.end()) return std::nullopt;
  auto first = found->second.breaker.failing_since();
  for (const auto& [target, lane] : found->second.lanes) {
    const auto since = lane.breaker.failing_since();
    if (since && (!first || *since < *first)) first = since;
  }
  return first;
}

}  // namespace tocsin::notifier
