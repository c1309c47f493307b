// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::rules {

/// Reduces words of one language to their Snowball stems; where the language has no stemmer, to
/// their folds. Any thread: the stemmers, and what they found before, are the calling thread's own.
class Stemmer {
 public:
  /// `language` is a BCP 47 tag. It is not kept.
  explicit Stemmer(std::string_view language);

  /// The folded stem of `raw`.
  [[nodiscard]] std::string stem(std::string_view raw) const;

  /// A hash of the stem and the language's stemmer. Remembers words, so that the same ones cost a
  /// look into a table.
  [[nodiscard]] std::uint64_t key(std::string_view raw) const;

 private:
  friend std::vector<std::uint64_t> stem_keys(std::string_view raw);
  explicit Stemmer(std::size_t which) : which_(which) {}
  [[nodiscard]] std::uint64_t fresh_key(std::string_view raw) const;

  std::size_t which_;  // index into the list of stemmers; its length: none
};

/// `Stemmer::key` of `raw` under every stemmer there is and none, sorted.
std::vector<std::uint64_t> stem_keys(std::string_view raw);

}  // namespace tocsin::rules
