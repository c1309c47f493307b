// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/names/detail/key_table.hpp"
#include "rules/names/detail/name_shape.hpp"
#include "rules/names/detail/skeleton.hpp"
#include "rules/names/detail/spelling.hpp"
#include "rules/spec.hpp"

namespace tocsin::rules::names {

/// A distinct word of watched names, folded, or several joined.
struct Part {
  std::string folded;
  std::string symbols;
  Script script = Script::none;
};

/// A part in a name, and the words of the name that it covers.
struct NamePart {
  std::uint32_t part = 0;
  std::uint8_t mask = 0;
  float price = 0;  ///< of standing for them: another form of a given name, half of a double name
};

/// One spelling of a watched person's name: the configured one, an alias, a native form.
struct PersonName {
  std::uint32_t entity = 0;
  std::uint32_t first_part = 0;  ///< into `People::name_parts`: given, family, then whole
  std::uint16_t givens = 0;
  std::uint8_t families = 0, wholes = 0;
  std::uint8_t given_mask = 0;  ///< the words that are given names
  Fuzzy fuzzy{};
  BareSurname bare{};
  Script script = Script::none;
  bool all_given = false;      ///< Kim Jong-un: one given name of two pieces
  bool common_family = false;  ///< many bear it, or it is a word, or it is short
  std::uint64_t particle = 0;  ///< hash of the word "von" before the family name
  /// The first two symbols of each given word, in order; zero where there is none.
  std::array<std::array<Symbol, 2>, 4> initials{};
};

/// All watched people and what they are looked up by. Any thread: immutable.
///
/// A text's word is hardly ever looked up alone: with many watched names every word sounds like
/// part of one of them. Two words near each other are looked up together, as given and family name
/// of one person, which hardly ever is anybody's. `pairs` holds every given part of a name under
/// its keys and the family parts' together, with one consonant of one of them amiss; `families` the
/// family parts under their own keys, alone for titles and with the initials of the given names;
/// `wholes` the names that are one word.
struct People {
  std::vector<PersonName> names;
  std::vector<Part> parts;
  std::vector<NamePart> name_parts;
  std::vector<std::uint32_t> name_of;             ///< of each of `name_parts`
  KeyTable pairs, families, wholes;               ///< into `name_parts`
  KeyFilter given_keys, family_keys, whole_keys;  ///< what a word's own keys must be among
  KeyFilter words;  ///< hashes of the folded parts: a word without a capital must be one
  std::unordered_map<std::uint32_t, std::vector<std::uint64_t>> titles;  ///< by entity
  KeyFilter title_words;                                                 ///< of `titles`
  bool any_alone = false;  ///< somebody's family name counts without a full one before

  [[nodiscard]] std::span<const NamePart> given(const PersonName& name) const {
    return std::span(name_parts).subspan(name.first_part, name.givens);
  }
  [[nodiscard]] std::span<const NamePart> family(const PersonName& name) const {
    return std::span(name_parts).subspan(name.first_part + name.givens, name.families);
  }
  [[nodiscard]] std::span<const NamePart> whole(const PersonName& name) const {
    return std::span(name_parts)
        .subspan(name.first_part + name.givens + name.families, name.wholes);
  }
};

/// Stands for the initial in a key of `People::families` and `People::wholes` that has none.
inline constexpr std::uint64_t kNoInitial = 0;

/// Titles of one entity: "the Rahbar".
using Titles = std::unordered_map<std::uint32_t, std::vector<std::uint64_t>>;

/// Gathers people and makes their tables at the end.
class PeopleBuilder {
 public:
  /// Adds one spelling of `spec`'s name. False when there is nothing to find in it.
  bool add(std::uint32_t entity, const EntitySpec& spec, std::string_view spelling);
  /// Everything that was added, ready to be searched.
  People finish(Titles titles) &&;

 private:
  class PartKeys;
  std::uint32_t part(std::string_view word);
  const std::vector<std::uint32_t>& equivalents(std::uint32_t part);
  void add_family(const NameShape& shape);
  void add_given(const NameShape& shape);
  void add_whole(const NameShape& shape);
  void index(const PersonName& name);
  void index_words();

  People people_;
  std::vector<Keys> keys_;                                  ///< by part
  std::vector<NamePart> given_, family_, whole_;            ///< of the name being added
  std::unordered_map<std::string, std::uint32_t> part_of_;  ///< by folded word
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> equivalents_;  ///< by part
};

}  // namespace tocsin::rules::names
