// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "model/event.hpp"

/// The words that messages of every channel share. Any thread: everything here is pure.
namespace tocsin::notifier {

/// "LOW", "NORMAL", "HIGH", "CRITICAL".
std::string_view shout(Severity severity) noexcept;

/// The names of the watches that `item` is about, with ", " between them; those of `event` when no
/// hit names one.
std::string watch_names(const EventItem& item, const Event& event);

/// The names of all watches of `event`, with ", " between them.
std::string watch_names(const Event& event);

/// "1 article", "3 articles".
std::string count_text(std::size_t count, std::string_view noun);

/// About how long: "just now", "40 s", "4 min", "3 h", "2 days".
std::string roughly(std::chrono::milliseconds span);

/// How long after its publication the item was found: "4 min after publication"; empty when that is
/// not known or the date lies ahead.
std::string age_text(const EventItem& item);

/// One line that says what `event` is: the default subject, title and heading.
/// "[jcpoa] Kremlin: Putin to see …", "[jcpoa] 3 articles: …", "Digest: 12 articles on jcpoa,
/// names".
std::string headline(const Event& event, std::size_t max_chars = 200);

/// `when` in the zone `timezone` (IANA name; unknown names are UTC): "Tue 24 Nov 2026, 10:42 EET".
std::string local_time(Timestamp when, std::string_view timezone);

/// `when` in `timezone` by an ICU date pattern, in English. Empty for a pattern that is none.
std::string local_time(Timestamp when, std::string_view timezone, std::string_view pattern);

}  // namespace tocsin::notifier
