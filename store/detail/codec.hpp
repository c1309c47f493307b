// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/item.hpp"
#include "model/match.hpp"
#include "model/notification.hpp"

/// Model types as the JSON that the database holds. It is private to the store: its keys are the
/// members' names. Unknown keys are passed over, so an older tocsin reads a newer one's rows.
/// Any thread: pure. Reading fails with malformed when the text is no JSON object.
namespace tocsin::store::detail {

std::string encode(const Item& item);
Result<Item> decode_item(std::string_view text);

/// A match without its watch and severity, which have columns of their own.
std::string encode(const Match& match);
Result<Match> decode_match(std::string_view text);

std::string encode(const Notification& notification);
Result<Notification> decode_notification(std::string_view text);

std::string encode(const std::vector<std::string>& list);
std::vector<std::string> decode_list(std::string_view text);

}  // namespace tocsin::store::detail
