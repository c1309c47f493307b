// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "config/config.hpp"

namespace tocsin::daemon {

/// What a reload changes, for the log: "feeds: 1 added (tass), 1 removed (bbc); receivers: 1
/// changed (desk)", at most five names of each kind; "nothing but watches or settings" when feeds
/// and receivers are as they were. Secrets are compared but never named. Any thread: pure.
std::string describe_changes(
    const std::vector<std::shared_ptr<const fetcher::FeedSpec>>& feeds_before,
    const std::vector<notifier::ReceiverSpec>& receivers_before, const config::Config& after);

/// The message that tells systemd of a reload: with the time by the monotonic clock, without which
/// newer versions do not believe it (sd_notify(3)).
std::string reloading_message();

}  // namespace tocsin::daemon
