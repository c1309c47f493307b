// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/names/detail/model.hpp"

namespace tocsin::rules::names {

/// A part that a word may be, and how.
struct WordMatch {
  std::uint32_t part = 0;
  float cost = 0;
  std::uint8_t length = 0;
  std::uint8_t clitic = 0;  ///< bytes in front that are not the name's
  bool same = false;        ///< the very word, folded
};

/// What is known about a word of the text, as it is written.
struct Word {
  std::string folded;
  Script script = Script::none;
  bool title = false, weak_title = false, particle = false, conjunction = false, given = false;
  bool searched = false;  ///< `matches` are all; else only the very word's
  std::string symbols;
  std::vector<WordMatch> matches;
};

/// The words that one thread has met, for one `People`. Loop over them is by number.
class WordCache {
 public:
  /// Forgets everything when `people` is another one than before, or when it has grown too big.
  void use(std::uint64_t serial);

  /// The word `written`; classified, with matches of the very word. The reference holds until
  /// `use`.
  Word& at(std::string_view written, const People& people);

  /// Searches the trie for `word`, once.
  void search(Word& word, std::string_view written, const People& people);

 private:
  void search_from(Word& word, std::string_view written, std::size_t clitic, const People& people);
  std::unordered_map<std::string, Word> words_;  // nodes stay in place
  std::uint64_t serial_ = 0;
  std::vector<float> rows_;
  std::vector<PartMatch> found_;
  std::string key_;
};

/// The greatest cost a symbol at which one word is still another, by the script of the text.
float budget_of(Script script, Fuzzy fuzzy) noexcept;

}  // namespace tocsin::rules::names
