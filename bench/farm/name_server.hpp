// SPDX-License-Identifier: MIT
#pragma once

namespace tocsin::bench {

/// Answers DNS questions on `socket` (UDP) for ever: 127.0.0.1 to the IPv4 address of
/// "*.farm.test", no address of IPv6, and no word at all to other names.
[[noreturn]] void serve_names(int socket);

}  // namespace tocsin::bench
