// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "notifier/channel.hpp"
#include "notifier/channels/make.hpp"

namespace tocsin::notifier {

/// `event` as lines for a terminal, one an item: urgency, watches, title and words around the hits
/// with the hits marked, feed, how long after publication, link. No line ends, no controls but
/// the ANSI escapes of `colour`. Any thread: pure.
std::vector<std::string> print_lines(const Event& event, bool colour);

/// Alerts on standard output.
std::unique_ptr<Channel> make_print_channel(const ChannelDeps& deps);

}  // namespace tocsin::notifier
