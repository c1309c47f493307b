// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace tocsin::daemon {

struct Status;

/// Tells systemd how the service is (sd_notify(3)): "READY=1", "STOPPING=1", "STATUS=…".
///
/// Does nothing where NOTIFY_SOCKET is not set. A message that cannot be sent is dropped: a service
/// must not fail because its supervisor is deaf. Any thread.
void sd_notify(std::string_view message) noexcept;

/// The message that tells systemd of a reload: with the time by the monotonic clock, without which
/// newer versions do not believe it.
std::string reloading_message();

/// The message whose text `systemctl status` shows: "STATUS=10 feeds, 3 watches; ...".
/// Any thread: pure.
std::string status_message(const Status& status);

}  // namespace tocsin::daemon
