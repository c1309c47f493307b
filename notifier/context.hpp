// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "model/event.hpp"
#include "model/match.hpp"

namespace tocsin::notifier {

/// `hit` as an alert shows it: with its watch and one line of the words around it.
///
/// `field_text` is the plain text that the hit's offsets count in. The line holds up to about 100
/// characters before the hit and 140 after it, whole words, never beyond the paragraph; "…" stands
/// where it was cut. A hit whose offsets do not fit the text shows its own text alone. A span
/// longer than 400 characters is cut too. Any thread: pure.
EventHit make_hit(std::string_view watch, const Hit& hit, std::string_view field_text);

}  // namespace tocsin::notifier
