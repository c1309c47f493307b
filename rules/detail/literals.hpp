// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/detail/table.hpp"

namespace tocsin::rules::detail {

/// Finds which of many texts stand somewhere in a longer one. Of each it keeps a few neighbouring
/// grams of 3 or 4 bytes; reading, it looks up one gram in every `stride` bytes, and compares the
/// whole text only where a gram is known. Any thread: immutable once sealed.
class Literals {
 public:
  /// Adds a text of at least `kMinLiteral` bytes that `watch` asks for.
  void add(std::string_view text, std::uint32_t watch);

  /// Builds the tables. After this nothing may be added.
  void seal();

  [[nodiscard]] bool empty() const noexcept { return all_.empty(); }

  /// Appends the watches whose texts stand in the first `size` of `bytes`, with repetitions. At
  /// least 8 more bytes must be readable.
  void find(const char* bytes, std::size_t size, std::vector<std::uint32_t>& out) const;

 private:
  struct Literal {
    std::uint32_t text = 0, length = 0;  // in texts_
    std::uint32_t watch = 0;
  };
  [[nodiscard]] std::uint32_t gram_at(const char* at) const noexcept;
  [[nodiscard]] std::uint32_t bit_of(std::uint32_t gram) const noexcept {
    return (gram * 0x9E3779B1U) >> shift_;
  }
  void compare(std::uint32_t gram, const char* bytes, std::size_t size, std::size_t at,
               std::vector<std::uint32_t>& out) const;

  std::string texts_;
  std::vector<Literal> all_;
  std::uint32_t gram_mask_ = 0;
  std::size_t stride_ = 1;
  std::vector<std::uint64_t> known_;  // one bit for each hash of a gram
  std::uint32_t shift_ = 31;
  Table grams_;  // postings: `watch` is an index into all_, `leaf` the gram's place in the text
};

}  // namespace tocsin::rules::detail
