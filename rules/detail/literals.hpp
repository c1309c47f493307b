// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/detail/table.hpp"

namespace tocsin::rules::detail {

/// Finds which of many texts stand somewhere in a longer one. Of each it keeps a few neighbouring
/// grams of 3 or 4 bytes; reading, it looks up one gram in every `stride` bytes, and compares the
/// whole text only where a gram is known. Any thread: immutable once sealed.
class Literals {
 public:
  /// `watch` asks for one of `texts` and, unless there are none, one of `beside`. Each is at least
  /// `kMinLiteral` bytes long.
  void add(const std::vector<std::string>& texts, const std::vector<std::string>& beside,
           std::uint32_t watch);

  /// Builds the tables. After this nothing may be added.
  void seal();

  [[nodiscard]] bool empty() const noexcept { return all_.empty(); }

  /// Appends the watches whose texts stand in `bytes`, with repetitions. At least 8 bytes behind it
  /// must be readable. `grams` is memory to work in.
  void find(std::string_view bytes, std::vector<std::uint64_t>& grams,
            std::vector<std::uint32_t>& out) const;

 private:
  struct Piece {
    std::uint32_t at = 0, length = 0;  // in texts_
    std::uint32_t gram = 0;            // its rarest one of 4 bytes; 0: it is shorter
  };
  struct Literal {
    Piece text;
    std::uint32_t watch = 0;
    std::uint32_t beside = 0, beside_end = 0;  // in beside_
  };
  /// Texts that are sought with one stride: the longer all of them are, the wider it can be.
  struct Pass {
    std::size_t gram = 0, stride = 1;
    std::uint32_t mask = 0, shift = 31;
    std::vector<std::uint64_t> known;  // one bit for each hash of a gram
    Table grams;  // postings: `watch` is an index into all_, `leaf` the gram's place in the text
  };

  Piece keep(std::string_view text);
  [[nodiscard]] std::string_view text(const Piece& piece) const noexcept {
    return std::string_view(texts_).substr(piece.at, piece.length);
  }
  void build(Pass& pass, const std::vector<std::uint32_t>& which) const;
  struct Search;
  void run(const Pass& pass, Search& search) const;
  void compare(const Pass& pass, std::uint32_t gram, std::size_t at, Search& search) const;
  [[nodiscard]] bool accompanied(const Literal& literal, Search& search) const;

  std::string texts_;
  std::vector<Literal> all_;
  std::vector<Piece> beside_;
  Pass short_, long_;
};

}  // namespace tocsin::rules::detail
