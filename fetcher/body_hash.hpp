// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace tocsin::fetcher {

/// A hash of a whole body, to tell whether it is byte for byte the last one; some microseconds for
/// a usual feed. It is stored, so it is the same in every run. It is no digest: whoever writes a
/// feed can make two bodies with one hash, and so keep his own news from being read until his next.
/// Any thread: pure.
std::uint64_t body_hash(std::string_view body) noexcept;

}  // namespace tocsin::fetcher
