// SPDX-License-Identifier: MIT
#include "daemon/resting_state.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace tocsin::daemon {
namespace {

using Length = std::uint32_t;

constexpr std::array kTexts = {&FeedState::etag,          &FeedState::last_modified,
                               &FeedState::next_reason,   &FeedState::last_error,
                               &FeedState::permanent_url, &FeedState::moved_to,
                               &FeedState::hub,           &FeedState::topic};

void put(std::string& out, std::string_view text) {
  const auto length = static_cast<Length>(text.size());
  out.append(reinterpret_cast<const char*>(&length), sizeof length).append(text);
}

std::string_view take(std::string_view& rest) {
  Length length = 0;
  std::memcpy(&length, rest.data(), sizeof length);
  const auto text = rest.substr(sizeof length, length);
  rest.remove_prefix(sizeof length + length);
  return text;
}

}  // namespace

RestingState::RestingState(const FeedState& state) : figures_(state) {
  std::size_t bytes = 0;
  for (const auto text : kTexts) bytes += (state.*text).size();
  if (bytes == 0) return;
  texts_.reserve(bytes + kTexts.size() * sizeof(Length));
  for (const auto text : kTexts) put(texts_, state.*text);
}

FeedState RestingState::wake() const {
  FeedState state;
  static_cast<FeedFigures&>(state) = figures_;
  std::string_view rest = texts_;
  if (rest.empty()) return state;
  for (const auto text : kTexts) state.*text = take(rest);
  return state;
}

}  // namespace tocsin::daemon
