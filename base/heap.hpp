// SPDX-License-Identifier: MIT
#pragma once

namespace tocsin {

/// Gives memory that was freed back to the system, for the moment after a great deal of it was: a
/// large configuration takes some times as much while it is read as what is kept of it. Takes some
/// milliseconds; does nothing where the C library cannot. Any thread.
void trim_heap() noexcept;

}  // namespace tocsin
