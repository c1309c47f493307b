// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/names/detail/forms.hpp"
#include "rules/names/detail/word_stems.hpp"
#include "rules/names/name_index.hpp"

namespace tocsin::rules::names {

/// How strictly a configured form is taken.
struct PhraseKind {
  std::uint32_t entity = 0;
  FormKind form = FormKind::alias;
  bool inflects = false;  ///< an organisation's: every word may have another ending
  bool exclude = false;   ///< a `not:` form
};

/// A listed form found in a field.
struct PhraseMention {
  PhraseKind kind;
  std::uint32_t first = 0, last = 0;  ///< tokens, half open
  bool inflected = false;
};

/// The stems of words met, by what they fold to. Keeps a fixed memory. One thread at a time.
class StemCache {
 public:
  /// The stems of the word `written`, whose folded form's hash is `hash`.
  const StemSet& at(std::uint64_t hash, std::string_view written);

 private:
  struct Known {
    std::uint64_t hash = 0;
    StemSet stems;
  };
  static constexpr std::size_t kKnown = 8192;
  std::vector<Known> known_ = std::vector<Known>(kKnown);
};

/// The stems of one field's words. Kept between texts for its memory.
struct StemText {
  StemCache cache;
  std::vector<StemSet> stems;  ///< by token; empty when nothing inflects
};

/// The listed forms of all entities: words in a row, the last perhaps a prefix ("Ayatollah*").
/// Any thread: immutable.
class PhraseSet {
 public:
  /// Adds `form` as written in the configuration. False when it holds no word.
  bool add(std::string_view form, const PhraseKind& kind);

  /// Appends what stands in `field`; `stems` is the thread's.
  void find(const NameText& field, StemText& stems, std::vector<PhraseMention>& out) const;

  [[nodiscard]] bool empty() const noexcept { return phrases_.empty(); }

 private:
  struct Phrase {
    PhraseKind kind;
    std::vector<std::uint64_t> words;
    std::vector<StemSet> stems;
    std::vector<bool> joint;   ///< whether "and" or "&" stands before the word
    std::vector<bool> dotted;  ///< whether an abbreviation's full stop does
    std::string prefix;        ///< of the last word; empty: none
    std::size_t letters = 0;   ///< of a form that is one word
    bool capital = false;      ///< one word, configured with a capital: wants one
    bool capitals = false;     ///< an acronym: wants all
  };
  /// Where a form may stand: as written, inflected, or an acronym with an ending (МИДа).
  enum class As : std::uint8_t { written, inflected, with_ending };

  static bool take_apart(std::string_view form, const PhraseKind& kind, Phrase& phrase,
                         std::vector<std::string>& words);
  void index(std::uint32_t id, bool star);
  bool word_at(const Phrase& phrase, std::size_t word, const NameText& field, std::size_t at,
               const StemText* stems, bool& inflected) const;
  std::size_t length_at(const Phrase& phrase, const NameText& field, std::size_t at, As as,
                        const StemText& stems, bool& inflected) const;
  void try_all(const std::vector<std::uint32_t>& ids, const NameText& field, std::size_t at, As as,
               const StemText& stems, std::vector<PhraseMention>& out) const;
  void find_inflected(const NameText& field, std::size_t at, const StemText& stems,
                      std::vector<PhraseMention>& out) const;

  std::vector<Phrase> phrases_;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_word_, by_stem_;
  std::vector<std::uint64_t> some_stem_;  ///< bits of what `by_stem_` holds: most words are none
  std::vector<std::uint32_t> by_prefix_;  ///< whose first word is a prefix
};

/// True when all letters of `word` are capitals, and it has two or more.
bool all_capitals(std::string_view word);

}  // namespace tocsin::rules::names
