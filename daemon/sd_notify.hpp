// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace tocsin::daemon {

/// Tells systemd how the service is (sd_notify(3)): "READY=1", "STOPPING=1", "STATUS=…".
///
/// Does nothing where NOTIFY_SOCKET is not set. A message that cannot be sent is dropped: a service
/// must not fail because its supervisor is deaf. Any thread.
void sd_notify(std::string_view message) noexcept;

}  // namespace tocsin::daemon
