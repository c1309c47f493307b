// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/names/detail/forms.hpp"
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
  /// The hash of `word_stem` of the folded word `written`, whose own hash is `hash`.
  std::uint64_t at(std::uint64_t hash, std::string_view written);

 private:
  struct Known {
    std::uint64_t hash = 0, stem = 0;
  };
  static constexpr std::size_t kKnown = 8192;
  std::vector<Known> known_ = std::vector<Known>(kKnown);
};

/// The stems of one field's words. Kept between texts for its memory.
struct StemText {
  StemCache cache;
  std::vector<std::uint64_t> stems;  ///< by token; empty when nothing inflects
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
    std::vector<std::uint64_t> words, stems;
    std::vector<std::uint64_t> bare;  ///< of the words without an ending of their own
    std::string prefix;               ///< of the last word; empty: none
    bool capital = false;             ///< one word, configured with a capital: wants one
    bool capitals = false;            ///< an acronym: wants all
  };
  std::size_t length_at(const Phrase& phrase, const NameText& field, std::size_t at,
                        std::span<const std::uint64_t> stems, bool& inflected) const;
  void try_all(const std::vector<std::uint32_t>& ids, const NameText& field, std::size_t at,
               std::span<const std::uint64_t> stems, bool by_stem,
               std::vector<PhraseMention>& out) const;

  std::vector<Phrase> phrases_;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_word_, by_stem_;
  std::vector<std::uint32_t> by_prefix_;  ///< whose first word is a prefix
};

/// True when all letters of `word` are capitals, and it has two or more.
bool all_capitals(std::string_view word);

}  // namespace tocsin::rules::names
