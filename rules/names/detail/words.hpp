// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "rules/names/detail/model.hpp"

namespace tocsin::rules::names {

/// A word of the text without a clitic, as it is compared with parts of names.
struct Spoken {
  std::string folded, symbols;
  std::vector<Stem> stems;  ///< where it may end instead of at its end
  std::uint8_t clitic = 0;  ///< bytes in front that are left out
  float evidence = 1;       ///< the greatest cost a symbol for which it says enough
};

/// What is known about a word of the text that may be part of a name.
struct Word {
  Script script = Script::none;
  bool given = false;          ///< a given name that the tables hold
  bool common_family = false;  ///< a family name that many bear
  bool watched = false;        ///< the very word, folded, is a watched part
  std::uint32_t length = 0;    ///< letters
  std::vector<Spoken> spoken;  ///< empty when `keys` are: it is nobody's name
  /// Those of its keys that some watched part shares.
  Keys as_given, as_family;
  std::vector<std::uint64_t> as_whole;
};

/// The words that one thread has met, for one `People`: news repeats itself.
class WordCache {
 public:
  /// Prepares for the people of this number. False: all words were forgotten, because the people
  /// are others than before or the words too many.
  bool use(std::uint64_t serial);

  /// The word `written`. The reference holds until `use`. Cost: some microseconds when it is new.
  Word& at(std::string_view written, Script script, const People& people);

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t word = 0;  ///< one more than its place; 0: free
  };
  Slot& slot(std::uint64_t hash);
  void grow();
  void read(Word& word, std::string_view written, const People& people);

  std::deque<Word> words_;  // stay in place
  std::vector<Slot> slots_;
  std::uint64_t serial_ = 0;
};

}  // namespace tocsin::rules::names
