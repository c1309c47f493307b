// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::rules::names {

/// Facts about words of names, by their folded form. Any thread: immutable.
class Lexicon {
 public:
  /// An honorific or office in front of a name: "ayatollah", "президент", "sir".
  [[nodiscard]] static bool title(std::string_view word);
  /// A title that says little: "mr", "dr". It may stand before a name and does not make one.
  [[nodiscard]] static bool weak_title(std::string_view word);
  /// A word inside a family name: "al", "von", "de", "bin".
  [[nodiscard]] static bool particle(std::string_view word);
  /// A word that joins two names or two clauses: "and", "и", "ve".
  [[nodiscard]] static bool conjunction(std::string_view word);
  /// A family name that many bear, or that is a word: never enough by itself.
  [[nodiscard]] static bool common_family(std::string_view word);
  /// A family name of China, Korea or Vietnam, which is written in front.
  [[nodiscard]] static bool eastern_family(std::string_view word);
  /// "Inc", "GmbH", "OOO": what a company's name may lack.
  [[nodiscard]] static bool legal_suffix(std::string_view word);
  /// True for a given name that the tables hold.
  [[nodiscard]] static bool given(std::string_view word);
  /// Other given names for the same one: other languages' forms and short forms.
  [[nodiscard]] static std::vector<std::string_view> equivalents(std::string_view word);
};

}  // namespace tocsin::rules::names
