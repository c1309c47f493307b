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
#include "rules/names/detail/sound_table.hpp"
#include "rules/names/detail/spelling.hpp"
#include "rules/spec.hpp"

namespace tocsin::rules::names {

/// A distinct word of watched names, folded, or several joined, or another form of a given name.
struct Part {
  std::string folded;
  std::string symbols;
  Script script = Script::none;
  bool given = false;             ///< somebody's given name as configured
  std::uint8_t consonants = 0;    ///< as `Keys::consonants`
  std::uint8_t groups = 0;        ///< of given names that are forms of one, which hold it
  std::uint32_t first_group = 0;  ///< into `People::groups`
  std::uint32_t first_key = 0;    ///< into `People::family_keys`
  std::uint8_t keys = 0;          ///< when it is a family name
};

/// No part.
inline constexpr std::uint32_t kNoPart = ~0U;

/// A part in a name, and the words of the name that it covers.
struct NamePart {
  std::uint32_t part = 0;
  std::uint8_t mask = 0;
  float price = 0;  ///< of standing for them: another form of a given name, half of a double name
};

/// One spelling of a watched person's name: the configured one, an alias, a native form.
struct PersonName {
  std::uint32_t entity = 0;
  std::uint32_t first_part = 0;  ///< into `People::name_parts`: given names,
                                 ///< forms of them, family, then whole
  std::uint16_t givens = 0;
  std::uint8_t families = 0, wholes = 0;
  std::uint8_t given_mask = 0;  ///< the words that are given names
  Fuzzy fuzzy{};
  BareSurname bare{};
  Script script = Script::none;
  bool all_given = false;      ///< Kim Jong-un: one given name of two pieces
  bool common_family = false;  ///< many bear it, or it is a word, or it is short
  bool shared_family = false;  ///< another watched person bears it
  std::uint64_t particle = 0;  ///< hash of the word "von" before the family name
  /// The first two symbols of each given word, in order; zero where there is none.
  std::array<std::array<Symbol, 2>, 4> initials{};
  /// The letters that they begin with, where those are of ASCII.
  std::array<char, 4> letters{};
};

/// All watched people and what they are looked up by. Any thread: immutable.
///
/// With many watched names every word of a text sounds like part of one of them. So a word is first
/// looked up as a given name, of which there are few: that is done once for each word, and says
/// which given names and which groups of their forms it may be. Each of these together with a word
/// near it, as the family name, is hardly ever anybody's, and `pairs` knows that by the family
/// name's keys; `near_pairs` knows family names that may have a consonant amiss.
struct People {
  std::vector<PersonName> names;
  std::vector<Part> parts;
  std::vector<NamePart> name_parts;
  std::vector<std::uint32_t> name_of;      ///< of each of `name_parts`
  std::vector<std::uint16_t> groups;       ///< of given names; `Part::first_group`
  std::vector<std::uint64_t> family_keys;  ///< `Keys::full` of each family name's part
  SoundTable given_parts;                  ///< keys of given names, near ones too → part
  SoundTable family_parts;                 ///< keys of family names → part
  SoundTable pairs;                        ///< given name or group, family key → family name part
  KeyTable near_pairs;                     ///< given name, near family key → family name part
  KeyTable families;                       ///< initial or none, family part → family name part
  KeyTable wholes;                         ///< keys of names that are one word → name part
  /// Keys of family names and of names that are one word: what a word's must be among.
  KeyFilter family_full, family_near;
  KeyTable words;  ///< hashes of the folded parts → part: a word without a capital must be one
  std::unordered_map<std::uint32_t, std::vector<std::uint64_t>> titles;  ///< by entity
  KeyFilter title_words;                                                 ///< of `titles`
  bool any_alone = false;  ///< somebody's family name counts without a full one before
  bool any_loose = false;  ///< somebody's name may be respelled more

  [[nodiscard]] std::span<const std::uint64_t> keys(const Part& part) const {
    return std::span(family_keys).subspan(part.first_key, part.keys);
  }
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

/// Stands for the initial in a key of `People::families` that has none.
inline constexpr std::uint64_t kNoInitial = 0;

/// The price of another form of a given name.
inline constexpr float kEquivalent = 0.1F;

/// Consonants of given and family name, one of which may be amiss.
inline constexpr std::uint8_t kEnoughConsonants = 5;

/// What stands for a given name, or for a group of forms of one, in the keys of `People::pairs`.
constexpr std::uint64_t given_id(std::uint32_t part) noexcept {
  return 2 * (std::uint64_t{part} + 1) * 0x9E3779B97F4A7C15ULL;
}
constexpr std::uint64_t group_id(std::uint16_t group) noexcept {
  return (2 * std::uint64_t{group} + 1) * 0xC2B2AE3D27D4EB4FULL;
}

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
  std::uint32_t part(std::string_view word);
  const std::vector<std::uint32_t>& equivalents(std::uint32_t part);
  void add_family(const NameShape& shape);
  void add_given(const NameShape& shape);
  void add_whole(const NameShape& shape);
  const std::vector<std::uint64_t>& given_ids(const PersonName& name);
  static std::vector<std::uint64_t> initials_of(const PersonName& name);
  template <class Visit>
  void each_family(Visit visit) const;
  void find_shared_families();
  void index_pairs();
  void index_names();
  void index_parts();
  void reserve_filters(std::span<const std::uint8_t> uses, unsigned family);

  People people_;
  std::vector<Keys> keys_;                                  ///< by part
  std::vector<std::uint64_t> ids_;                          ///< work memory
  std::vector<NamePart> given_, family_, whole_;            ///< of the name being added
  std::unordered_map<std::string, std::uint32_t> part_of_;  ///< by folded word
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> equivalents_;  ///< by part
};

}  // namespace tocsin::rules::names
