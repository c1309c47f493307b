// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/names/detail/part_trie.hpp"
#include "rules/spec.hpp"

namespace tocsin::rules::names {

/// What a part is to a name.
enum class Role : std::uint8_t {
  family,
  given,
  whole,  ///< the entire name in one word: hangul, or a name of one word
};

/// That a part belongs to a name.
struct Posting {
  std::uint32_t name = 0;
  Role role{};
  std::uint8_t mask = 0;  ///< the words that it covers
  float price = 0;        ///< of standing for them: a short form, half of a double name
};

/// A distinct word of watched names, folded, or several joined.
struct Part {
  std::string folded;
  Script script = Script::none;
  std::vector<Posting> postings;
};

/// A given-name part of one name, by part number.
struct GivenPart {
  std::uint32_t part = 0;
  std::uint8_t mask = 0;
  float price = 0;
};

/// One spelling of a watched person's name: the configured one, an alias, a native form.
struct PersonName {
  std::uint32_t entity = 0;
  Fuzzy fuzzy{};
  BareSurname bare{};
  Script script = Script::none;
  bool all_given = false;      ///< Kim Jong-un: one given name of two pieces
  bool common_family = false;  ///< many bear it, or it is a word, or it is short
  std::uint8_t given_mask = 0;
  std::vector<GivenPart> given;       ///< ordered by part
  std::vector<std::string> initials;  ///< first symbols of the given words, in order
  std::vector<std::string> words;     ///< folded, in the order configured, for explaining
  std::size_t family = 0;             ///< which of `words`
};

/// All watched people: names, their parts, and the trie over the parts.
struct People {
  std::vector<PersonName> names;
  std::vector<Part> parts;
  PartTrie trie;
  std::unordered_map<std::string, std::uint32_t> pinyin;   ///< "hujintao" → name
  std::unordered_map<std::string, std::uint32_t> part_of;  ///< folded → part
  std::unordered_map<std::uint32_t, std::vector<std::uint64_t>> titles, context;  ///< by entity
};

/// Gathers people and builds the trie at the end.
class PeopleBuilder {
 public:
  /// Adds one spelling of `spec`'s name. False when there is nothing to find in it.
  bool add(std::uint32_t entity, const EntitySpec& spec, std::string_view spelling);
  /// Everything that was added, ready to be searched.
  People finish() &&;

 private:
  void add_part(std::string_view word, Posting posting);
  void add_family(std::uint32_t name, const std::vector<std::string>& words, std::size_t first,
                  std::size_t count);
  void add_given(std::uint32_t name, const std::vector<std::string>& words,
                 const std::vector<std::size_t>& given);
  People people_;
  std::vector<std::string> symbols_;
};

}  // namespace tocsin::rules::names
