// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "net/http.hpp"
#include "notifier/channel.hpp"
#include "notifier/spec.hpp"

/// What an HTTP answer means for a delivery. Any thread: everything here is pure.
namespace tocsin::notifier {

/// Bytes of an answer that are read: what it says beyond is of no use.
inline constexpr std::size_t kMostReply = 64U << 10U;

/// The wait that a `Retry-After` header asks for: seconds or an HTTP date, at most 24 hours.
/// Nothing for what is past, negative or junk.
std::optional<std::chrono::milliseconds> retry_after(std::string_view value, Timestamp now);

/// The fate of an attempt that ended in `answer`.
///
/// 2xx: delivered. 408, 425, 429, 5xx and every failure of the network: retry, with the receiver's
/// own Retry-After. 3xx, and addresses that are refused: retry slowly. 410: disable. Other 4xx:
/// dead. The detail names the status and the reason in the body, without secrets.
Attempt judge_http(const Result<net::Response>& answer, Timestamp now, const RetryPolicy& retry);

/// `message` with what follows the host in `url` taken out: with many services the path is the
/// secret.
std::string without_path(std::string message, std::string_view url);

/// A wait for what only a person can mend: five minutes, or less where the policy is quicker.
std::chrono::milliseconds slow_retry(const RetryPolicy& retry);

}  // namespace tocsin::notifier
