// SPDX-License-Identifier: MIT
#include "daemon/slots.hpp"

#include <algorithm>

namespace tocsin::daemon {
namespace {

constexpr Slots::Time kSlow{500};
constexpr std::size_t kSlowToQuick = 3;

}  // namespace

Slots::Slots(std::size_t most) : most_(std::max<std::size_t>(most, 1)) {}

void Slots::set_most(std::size_t most) {
  most_ = std::max<std::size_t>(most, 1);
}

bool Slots::free(Time now) {
  while (!young_.empty() && (young_.front().ended || now - young_.front().started >= kSlow)) {
    if (!young_.front().ended) {
      --quick_;
      ++slow_;
    }
    young_.pop_front();
    ++first_;
  }
  return quick_ < most_ && slow_ < kSlowToQuick * most_;
}

Slots::Ticket Slots::take(Time now) {
  young_.push_back({now});
  ++quick_;
  return first_ + young_.size() - 1;
}

void Slots::give_back(Ticket ticket) {
  if (ticket < first_) {
    --slow_;
    return;
  }
  young_[static_cast<std::size_t>(ticket - first_)].ended = true;
  --quick_;
}

std::optional<Slots::Time> Slots::next() const {
  const auto first =
      std::find_if(young_.begin(), young_.end(), [](const Poll& poll) { return !poll.ended; });
  if (first == young_.end()) return std::nullopt;
  return first->started + kSlow;
}

}  // namespace tocsin::daemon
