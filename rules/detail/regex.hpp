// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <re2/re2.h>

namespace tocsin::rules::detail {

struct RegexFault {
  std::string message, hint;  ///< message is empty when all is well
};

/// Why RE2 would refuse `pattern`, or what it would misread.
RegexFault regex_fault(std::string_view pattern);

/// `pattern` with \w and \d made to know the letters, marks and digits of every script: RE2 itself
/// knows those of ASCII only. \W and \D inside a class stay RE2's.
std::string with_unicode_classes(std::string_view pattern);

/// The settings that every regex of a rule runs with: UTF-8, linear time, bounded memory.
re2::RE2::Options regex_options(bool case_sensitive);

/// Shortest text that `needed_literals` gives, in bytes.
inline constexpr std::size_t kMinLiteral = 3;

/// Texts that stand in every match of a regex.
struct NeededLiterals {
  std::vector<std::string> any;     ///< one of these; empty when nothing is certain
  std::vector<std::string> beside;  ///< and one of these, unless empty
};

/// What stands in every match of `pattern`, as it looks in the folded words of an article written
/// one behind the other (`text::FoldedWords::bytes`): runs of letters and digits. Some 50 us, more
/// for long alternations.
NeededLiterals needed_literals(std::string_view pattern, bool case_sensitive);

/// True when every match of `pattern` holds a known text of three characters or more.
bool has_literal(std::string_view pattern, bool case_sensitive);

}  // namespace tocsin::rules::detail
