// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "text/utf8.hpp"

namespace tocsin::text {

/// What a code point is to the tokenizer.
enum class CharClass : std::uint8_t {
  none,        ///< ends a word: blanks, punctuation, symbols
  word,        ///< part of a word: letters, digits, underscore
  single,      ///< a word by itself: Han, Kana, and the scripts that write without blanks
  ignored,     ///< inside a word and worth nothing: marks, tatweel, ZWNJ, soft hyphen
  mid_letter,  ///< joins two letters: · and its like
  mid_number,  ///< joins two digits: the comma
  mid_both,    ///< joins two initials or two digits: the full stop
};

/// One code point's class and its fold: at most a few bytes of UTF-8.
struct FoldEntry {
  CharClass kind = CharClass::none;
  bool letter = false;  ///< for mid_letter: only letters are joined
  bool digit = false;
  std::uint8_t length = 0;       ///< bytes of `bytes` that count
  std::array<char, 12> bytes{};  ///< the folded form; empty for `none` and `ignored`
};

/// The one fold of queries and texts, for every code point: NFKC, full case fold, marks of Latin,
/// Greek, Cyrillic, Arabic and Hebrew removed (й stays), ø ł æ ı to o l ae i, Arabic letter forms
/// unified, every decimal digit to ASCII. Built from ICU's data on first use, in some 10 ms.
/// Any thread: immutable.
class FoldTable {
 public:
  static const FoldTable& instance();

  [[nodiscard]] const FoldEntry& at(char32_t code_point) const noexcept {
    if (code_point > 0x10FFFF) return none_;
    return pages_[page_of_[code_point >> kPageBits]][code_point & kPageMask];
  }
  /// The same for a code point below 0x800, which is what one or two bytes of UTF-8 can say.
  [[nodiscard]] const FoldEntry& two_byte(std::uint32_t code_point) const noexcept {
    return two_byte_[code_point & 0x7FFU];
  }
  /// The same for ASCII, without a look at the pages.
  [[nodiscard]] const FoldEntry& ascii(unsigned char c) const noexcept {
    return two_byte_[c & 0x7FU];
  }

 private:
  FoldTable();
  static constexpr unsigned kPageBits = 8;
  static constexpr char32_t kPageMask = (1U << kPageBits) - 1;
  static constexpr std::size_t kPages = std::size_t{0x110000} >> kPageBits;
  using Page = std::array<FoldEntry, 1U << kPageBits>;

  std::array<std::uint16_t, kPages> page_of_{};
  std::vector<Page> pages_;  // the first is that of all pages without a character
  std::array<FoldEntry, 0x800> two_byte_{};
  FoldEntry none_;
};

/// The folded form of `text`: what two spellings must share to be one word. Characters that end a
/// word are kept as they are. Invalid UTF-8 is kept too. Any thread: pure.
std::string fold(std::string_view text);

/// Reads the code point at `at` and moves `at` behind it. Invalid bytes are read one by one as
/// U+FFFD.
char32_t next_code_point(std::string_view text, std::size_t& at) noexcept;

}  // namespace tocsin::text
