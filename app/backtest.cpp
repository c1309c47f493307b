// SPDX-License-Identifier: MIT
#include "app/backtest.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace tocsin::app {
namespace {

using std::chrono::floor;
using std::chrono::sys_days;

constexpr std::array<std::string_view, 8> kBars = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

sys_days day_of(Timestamp when) {
  return floor<std::chrono::days>(when);
}

std::string_view bar(std::size_t count, std::size_t most) {
  if (count == 0) return " ";
  return kBars[std::min(kBars.size() - 1, (count * kBars.size() - 1) / most)];
}

}  // namespace

void WatchHistory::add(Timestamp when, const std::string& title) {
  ++days_[day_of(when)];
  ++total_;
  samples_.push_back(title);
  if (samples_.size() > kSamples) samples_.erase(samples_.begin());
}

std::size_t WatchHistory::most_a_day() const {
  std::size_t most = 0;
  for (const auto& [day, count] : days_) most = std::max(most, count);
  return most;
}

std::string WatchHistory::chart(Timestamp first, Timestamp last, std::size_t width) const {
  const auto begin = day_of(first);
  const auto span =
      static_cast<std::size_t>(std::max<std::int64_t>((day_of(last) - begin).count() + 1, 1));
  const std::size_t together = (span + width - 1) / std::max<std::size_t>(width, 1);
  std::vector<std::size_t> columns((span + together - 1) / together);
  for (const auto& [day, count] : days_) {
    if (day < begin) continue;
    const auto column = static_cast<std::size_t>((day - begin).count()) / together;
    if (column < columns.size()) columns[column] += count;
  }
  const auto most = *std::max_element(columns.begin(), columns.end());
  std::string out;
  for (const auto count : columns) out += bar(count, most);
  return out;
}

}  // namespace tocsin::app
