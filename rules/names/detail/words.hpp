// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/names/detail/model.hpp"
#include "rules/names/detail/sound_table.hpp"

namespace tocsin::rules::names {

/// A word of the text without a clitic, as it is compared with parts of names.
struct Spoken {
  std::string folded, symbols;
  std::vector<Stem> stems;  ///< where it may end instead of at its end
  std::uint8_t clitic = 0;  ///< bytes in front that are left out
  float evidence = 1;       ///< the greatest cost a symbol for which it says enough
};

/// How much a word differs from a part of a name.
struct Likeness {
  float cost = 0;           ///< sum of the differences
  float ending = 0;         ///< of which a case ending took so much
  std::uint8_t length = 0;  ///< symbols of the longer side: cost / length is the difference
  std::uint8_t clitic = 0;  ///< bytes in front that are not the name's
  bool same = false;        ///< the very word, folded
  bool within = false;      ///< near enough to be considered

  /// The cost a symbol.
  [[nodiscard]] float each() const noexcept {
    return length == 0 ? cost : cost / static_cast<float>(length);
  }
};

/// A watched part that a word may be, and how like it is.
struct PartLike {
  std::uint32_t part = 0;
  Likeness like;
};

/// A given name, or a group of forms of one, that a word may be: what stands for it in the keys of
/// `People::pairs`, and the least that the word differs from it.
struct GivenLike {
  std::uint64_t id = 0;
  float cost = 0;
  std::uint8_t length = 0;
  std::uint8_t consonants = 0;  ///< of the given name
  std::uint8_t wanted = 0;      ///< consonants of given and family name that make it count
  bool near = false;            ///< a consonant is amiss
  bool same = false;            ///< the very word, folded
  bool group = false;           ///< not one given name
};

/// What is known about a word of the text that may be part of a name.
struct Word {
  std::uint32_t number = 0;  ///< in its cache, from 1
  Script script = Script::none;
  bool given = false;          ///< a given name that the tables hold
  bool common_family = false;  ///< a family name that many bear
  bool joined = false;         ///< two words of the text
  bool sounds_given = false;   ///< shares a key with a watched given name
  bool givens_known = false;   ///< and `sounds_given`
  bool families_known = false;
  bool wholes_known = false;
  std::uint32_t exact_family = kNoPart;       ///< the family name that it is
  std::span<const std::uint64_t> exact_keys;  ///< of that
  std::uint32_t length = 0;                   ///< letters
  std::vector<Spoken> spoken;                 ///< never empty for a word with sounds
  std::vector<PartLike>
      givens;  ///< watched given names and forms that it may be, by part; when known
  std::vector<GivenLike> as_given;
  Keys as_family;                     ///< those of its keys that some watched family name has
  std::vector<PartLike> families;     ///< family names that it surely sounds like; when known
  std::vector<std::uint32_t> wholes;  ///< names that it may be all of, each once; when known
};

class Comparer;

/// The words that one thread has met, for one `People`: news repeats itself.
class WordCache {
 public:
  /// `comparer` must live as long.
  explicit WordCache(Comparer& comparer) : comparer_(comparer) {}

  /// Prepares for the people of this number: forgets all words when the people are others than
  /// before or the words too many, and then returns false.
  bool use(std::uint64_t serial);

  /// The word `written`; `joined`: it is two of the text, which must fit better. The reference
  /// holds until `use`. Cost: some microseconds when it is new.
  Word& at(std::string_view written, Script script, const People& people, bool joined = false);

  /// Fills `Word::givens` and `as_given`, unless they are known.
  void find_givens(Word& word, const People& people) {
    if (!word.givens_known) find_givens_anew(word, people);
  }

  /// Fills `Word::families`, unless they are known.
  void find_families(Word& word, const People& people);

  /// Fills `Word::wholes`, unless they are known.
  void find_wholes(Word& word, const People& people);

 private:
  /// Which keys of a word and of a watched part are the same.
  enum class Match : std::uint8_t { full, amiss, near };
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t word = 0;  ///< one more than its place; 0: free
  };
  Slot& slot(std::uint64_t hash);
  void grow();
  void read(Word& word, std::string_view written, const People& people);
  void find_givens_anew(Word& word, const People& people);
  void try_givens(Word& word, const std::vector<std::uint64_t>& keys, Match match,
                  const People& people);
  void fetch(const People& people);
  void add_given(Word& word, std::uint32_t part, Match match, const People& people);

  Comparer& comparer_;
  std::deque<Word> words_;  // stay in place
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> found_;  // work memory
  Keys keys_;                         // too
  SoundBound bound_;                  // too
  std::uint64_t serial_ = 0;
};

}  // namespace tocsin::rules::names
