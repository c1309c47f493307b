// SPDX-License-Identifier: MIT
#include "notifier/breaker.hpp"

#include <algorithm>

#include "base/digest.hpp"

namespace tocsin::notifier {

milliseconds backoff(const RetryPolicy& policy, std::uint32_t attempt, std::string_view seed) {
  auto bound = std::max(policy.base, milliseconds{1});
  for (std::uint32_t i = 1; i < attempt && bound < policy.max_interval; ++i) bound *= 2;
  bound = std::min(bound, std::max(policy.max_interval, milliseconds{1}));
  const auto draw = stable_hash64(seed) % static_cast<std::uint64_t>(bound.count());
  return milliseconds{static_cast<std::int64_t>(draw) + 1};
}

void Breaker::fail(const RetryPolicy& policy, std::optional<milliseconds> retry_after,
                   std::string_view seed, Timestamp now) {
  ++failures_;
  if (!since_ || *since_ > now) since_ = now;
  if (open()) {
    // Whoever was away for a minute may be back in half a minute, and much may be waiting.
    auto paced = policy;
    paced.max_interval = std::min(policy.max_interval, std::max(policy.base, (now - *since_) / 2));
    held_until_ = now + backoff(paced, failures_ - kFailuresToOpen + 1, seed);
  }
  if (retry_after)
    held_until_ =
        std::max(held_until_, now + std::clamp(*retry_after, milliseconds{0}, kLongestHold));
}

Timestamp Breaker::free_at(Timestamp now) const noexcept {
  return held_until_ > now + kLongestHold ? now : std::max(now, held_until_);
}

}  // namespace tocsin::notifier
