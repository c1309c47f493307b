// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace tocsin::text {

/// One word of a text.
struct Token {
  std::uint64_t hash = 0;    ///< of the folded word; the same for every spelling that folds alike
  std::uint32_t start = 0;   ///< byte offset into the original text
  std::uint32_t length = 0;  ///< bytes of the original text

  [[nodiscard]] std::uint32_t end() const noexcept { return start + length; }
};

/// Appends the words of `text` to `out`.
///
/// Words are those of UAX #29 with the product's own rules: a hyphen, a slash, an apostrophe (the
/// Hebrew geresh and gershayim too) and a colon split, and so does a full stop unless it stands
/// between two initials or two digits; a possessive "'s" is neither a word nor part of one; each
/// Han, Kana, Thai, Lao, Khmer and Myanmar letter is a word by itself. Punctuation is no word.
/// `text` is at most 4 GiB of UTF-8; invalid bytes end words. Linear; allocates only for `out`. Any
/// thread: pure.
void tokenize(std::string_view text, std::vector<Token>& out);

/// The folded words beside a list of tokens, in one buffer.
struct FoldedWords {
  std::vector<char> bytes;          ///< of all words, one behind the other, then some padding
  std::vector<std::uint32_t> ends;  ///< of each word in `bytes`

  [[nodiscard]] std::string_view word(std::size_t i) const noexcept {
    const std::uint32_t from = i == 0 ? 0 : ends[i - 1];
    return {bytes.data() + from, ends[i] - from};
  }
  void clear() noexcept {
    bytes.clear();
    ends.clear();
  }
};

/// The same, and appends what each word folds to. When `out` and `folded` start out alike, word i
/// of `folded` belongs to token i of `out`.
void tokenize(std::string_view text, std::vector<Token>& out, FoldedWords& folded);

/// The hash that a `Token` of this word carries, for a word that is folded already
/// (text/fold.hpp). The seed is drawn once a process, so nobody can craft collisions; hashes must
/// not be stored. Any thread: pure.
std::uint64_t word_hash(std::string_view folded) noexcept;

}  // namespace tocsin::text
