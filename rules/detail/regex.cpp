// SPDX-License-Identifier: MIT
#include "rules/detail/regex.hpp"

#include <vector>

#include <re2/filtered_re2.h>

#include "rules/query.hpp"

namespace tocsin::rules::detail {

re2::RE2::Options regex_options(bool case_sensitive) {
  re2::RE2::Options options;
  options.set_case_sensitive(case_sensitive);
  options.set_log_errors(false);
  options.set_max_mem(std::int64_t{4} << 20);
  return options;
}

RegexFault regex_fault(std::string_view pattern) {
  if (pattern.empty()) return {"the regex is empty", "write /text/"};
  if (pattern.size() > kMaxRegexBytes)
    return {"the regex is too long", "at most " + std::to_string(kMaxRegexBytes) + " bytes"};
  if (pattern.find("(i?)") != std::string_view::npos)
    return {"(i?) is an optional letter i, not a flag",
            "leave it out: regexes ignore case unless written /…/c"};
  const re2::RE2 regex(re2::StringPiece(pattern.data(), pattern.size()), regex_options(false));
  if (!regex.ok()) return {"the regex is not valid: " + regex.error(), "RE2 syntax is meant"};
  if (regex.Match("", 0, 0, re2::RE2::UNANCHORED, nullptr, 0))
    return {"the regex matches empty text, so it is true for every article",
            "let it need at least one character"};
  return {};
}

bool has_literal(std::string_view pattern, bool case_sensitive) {
  re2::FilteredRE2 filter(3);
  int id = 0;
  if (filter.Add(re2::StringPiece(pattern.data(), pattern.size()), regex_options(case_sensitive),
                 &id) != re2::RE2::NoError)
    return false;
  std::vector<std::string> atoms;
  filter.Compile(&atoms);
  if (atoms.empty()) return false;
  std::vector<int> possible;
  filter.AllPotentials({}, &possible);  // without any atom: is it still possible?
  return possible.empty();
}

}  // namespace tocsin::rules::detail
