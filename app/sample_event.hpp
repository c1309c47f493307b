// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/event.hpp"

namespace tocsin::app {

/// The type that `--type` names: "alert", "digest" or "health".
std::optional<EventType> sample_type(std::string_view name);

/// A message that says of itself that it is a test, with everything in it that a real one has:
/// matched words, a link, letters beyond ASCII, signs that have to be escaped. Its id is another
/// each second, so that a receiver that drops repeats does not drop a second test.
Event sample_event(EventType type, const std::string& receiver, Timestamp now);

}  // namespace tocsin::app
