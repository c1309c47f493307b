// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "model/event.hpp"

namespace tocsin::notifier {

/// How one attempt ended.
struct Attempt {
  enum class Outcome : std::uint8_t {
    delivered,
    retry,    ///< may work later: network, 408, 425, 429, 5xx, SMTP 4yz
    dead,     ///< will never work: SMTP 5yz for this recipient, 400, 401, 403, 404, 410, ...
    disable,  ///< 410: this receiver wants no more; dead, and a health event
  } outcome{};
  std::string detail;  ///< one line for people, without secrets: "451 greylisted, try later"
  std::optional<std::chrono::milliseconds> retry_after;  ///< the receiver's own wish
  bool target_alone = false;  ///< the receiver answers; only this target of it cannot be reached
};

/// One event for one target of a receiver (an address; "" where a receiver has just one).
struct Delivery {
  Event event;
  std::string target;
  Timestamp attempt_time{};
  std::uint32_t attempt = 1;  ///< counts from 1
};

/// A way out: mail, a webhook, standard output, a service. Loop thread only.
class Channel {
 public:
  Channel() = default;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  virtual ~Channel() = default;

  /// Whom one event goes to separately: each target has an outbox row and a fate of its own.
  [[nodiscard]] virtual std::vector<std::string> targets() const { return {""}; }

  /// Makes one attempt with a deadline of its own; never waits to retry.
  virtual boost::asio::awaitable<Attempt> deliver(Delivery delivery) = 0;
};

}  // namespace tocsin::notifier
