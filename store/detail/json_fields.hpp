// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/clock.hpp"
#include "model/labels.hpp"

/// Reading and writing of members that may be absent: what is empty is not written, and what is
/// not there, or of another type, reads as empty. Any thread: pure.
namespace tocsin::store::detail {

namespace json = boost::json;

inline void put(json::object& to, std::string_view key, std::string_view text) {
  if (!text.empty()) to[key] = text;
}
inline void put(json::object& to, std::string_view key, std::int64_t number) {
  if (number != 0) to[key] = number;
}
inline void put(json::object& to, std::string_view key, Timestamp when) {
  put(to, key, std::int64_t{when.time_since_epoch().count()});
}
inline void put(json::object& to, std::string_view key, std::optional<Timestamp> when) {
  if (when) to[key] = std::int64_t{when->time_since_epoch().count()};
}
inline void put(json::object& to, std::string_view key, json::array list) {
  if (!list.empty()) to[key] = std::move(list);
}
inline void put(json::object& to, std::string_view key, const Labels& labels) {
  if (labels.empty()) return;
  json::object all;
  for (const auto& [name, value] : labels) all[name] = value;
  to[key] = std::move(all);
}

inline std::string text(const json::object& from, std::string_view key) {
  const auto* value = from.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}
inline std::int64_t number(const json::object& from, std::string_view key) {
  const auto* value = from.if_contains(key);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}
inline std::uint32_t count(const json::object& from, std::string_view key) {
  return static_cast<std::uint32_t>(number(from, key));
}
inline bool flag(const json::object& from, std::string_view key) {
  return number(from, key) != 0;
}
inline Timestamp time(const json::object& from, std::string_view key) {
  return Timestamp{std::chrono::milliseconds{number(from, key)}};
}
inline std::optional<Timestamp> maybe_time(const json::object& from, std::string_view key) {
  if (!from.contains(key)) return std::nullopt;
  return time(from, key);
}
inline Labels labels(const json::object& from, std::string_view key) {
  Labels all;
  const auto* value = from.if_contains(key);
  if (value == nullptr || !value->is_object()) return all;
  for (const auto& [name, entry] : value->get_object())
    if (entry.is_string()) all.emplace(std::string(name), std::string(entry.get_string()));
  return all;
}

/// Calls `each` with every object of the list `key`.
template <class Each>
void for_each(const json::object& from, std::string_view key, Each each) {
  const auto* value = from.if_contains(key);
  if (value == nullptr || !value->is_array()) return;
  for (const auto& entry : value->get_array())
    if (entry.is_object()) each(entry.get_object());
}

}  // namespace tocsin::store::detail
