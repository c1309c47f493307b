// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "rules/names/detail/phonemes.hpp"

namespace tocsin::rules::names {

/// How a mention is put together.
enum class FormKind : std::uint8_t {
  exact,
  family_first,
  initials,
  title,
  bare,
  whole,  ///< in one word
  alias,
  acronym,
  inflected,  ///< an organisation's words with other endings
};

/// `NameHit::form`: the kind in the low 4 bits, the script in the next 4, then two flags.
inline constexpr std::uint16_t kFormRespelled = 1U << 8;
inline constexpr std::uint16_t kFormClitic = 1U << 9;

constexpr std::uint16_t make_form(FormKind kind, Script script, bool respelled, bool clitic) {
  return static_cast<std::uint16_t>(
      static_cast<unsigned>(kind) | static_cast<unsigned>(script) << 4U |
      (respelled ? kFormRespelled : 0U) | (clitic ? kFormClitic : 0U));
}

/// The form in words: "exact", "transliterated (Arabic), clitic", "initials".
std::string form_text(std::uint16_t form);

}  // namespace tocsin::rules::names
