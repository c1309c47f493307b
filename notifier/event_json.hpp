// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/event.hpp"

namespace tocsin::notifier {

/// `event` as CloudEvents 1.0 JSON, structured mode: the webhook body and the stored form
/// (formats.md, "An alert"). `source` is the CloudEvents source. Valid UTF-8, no lone surrogates.
/// Any thread: pure.
std::string to_json(const Event& event, std::string_view source);

/// Reads what `to_json` wrote. Errors: malformed.
Result<Event> event_from_json(std::string_view json);

}  // namespace tocsin::notifier
