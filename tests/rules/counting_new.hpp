// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace tocsin {

/// How often this program has called operator new.
std::size_t allocations() noexcept;

}  // namespace tocsin
