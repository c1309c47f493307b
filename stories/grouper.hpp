// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "model/item.hpp"

namespace tocsin::stories {

/// The story that an item tells.
struct Placed {
  std::string story;        ///< stable id, derived from the story's first item
  bool opened = false;      ///< the item is the first of its story
  Timestamp first_seen{};   ///< when the story's first item came
  std::uint32_t items = 1;  ///< of the story so far, this one among them
};

/// Tells which items tell the same story, one by one, each from those before it alone.
///
/// Two items tell one story when their addresses agree; when one is a copy of the other, cut or
/// with another headline; or when they share enough of the words that few others use, names and
/// numbers first. A daily series (weather, shares, corrections) is a story an issue: its copies
/// share the frame and differ in names and numbers. No language is known to it: how common a word
/// is is learned from the items themselves, beginning with a guess by its form.
///
/// Memory is bounded by `Options`, and so is the cost of an item, whatever came before. Equal
/// sequences of calls give equal stories, in any process. Movable; one thread at a time.
class Grouper {
 public:
  struct Options {
    std::chrono::seconds window = std::chrono::hours{72};  ///< items older than this are forgotten
    std::size_t max_items = 10'000;  ///< and so are more than these, oldest first
  };

  Grouper();
  explicit Grouper(const Options& options);
  Grouper(Grouper&&) noexcept;
  Grouper& operator=(Grouper&&) noexcept;
  ~Grouper();

  /// Places `item`, which came at `when`, not before the item placed last (earlier times count as
  /// that one's). `key` names it for good: the id of the story that it may open is made of it.
  Placed place(const Item& item, std::string_view key, Timestamp when);

  /// From now on items older than `window` are forgotten; what was forgotten before stays so.
  void set_window(std::chrono::seconds window) noexcept;

  /// Items that are remembered now.
  [[nodiscard]] std::size_t size() const noexcept;

 private:
  class Memory;
  std::unique_ptr<Memory> memory_;
};

}  // namespace tocsin::stories
