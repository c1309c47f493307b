// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "rules/query.hpp"

namespace tocsin::rules::detail {

/// The fields that a rule can name, but for label.KEY.
inline constexpr std::array<std::pair<std::string_view, Scope>, 11> kFields = {
    {{"title", kTitle},
     {"summary", kSummary},
     {"body", kBody},
     {"lead", kLead},
     {"text", kText},
     {"author", kAuthor},
     {"tag", kTag},
     {"url", kUrl},
     {"site", kSite},
     {"feed", kFeed},
     {"lang", kLang}}};

/// What the field `name` stands for; 0 when there is no such field.
constexpr Scope scope_of_field(std::string_view name) noexcept {
  const auto* const known = std::find_if(kFields.begin(), kFields.end(),
                                         [name](const auto& field) { return field.first == name; });
  return known == kFields.end() ? Scope{0} : known->second;
}

/// The field that `scope` is; empty when it is several, or label.KEY.
constexpr std::string_view name_of_field(Scope scope) noexcept {
  const auto* const known = std::find_if(
      kFields.begin(), kFields.end(), [scope](const auto& field) { return field.second == scope; });
  return known == kFields.end() ? std::string_view{} : known->first;
}

}  // namespace tocsin::rules::detail
