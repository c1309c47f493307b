// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

namespace tocsin::rules::names {

/// Given names that stand for one another, blank-separated: one language's form for another's, and
/// short forms. Folded; a name may stand in several groups.
std::span<const std::string_view> given_name_groups() noexcept;

/// The same across scripts where sounds do not tell it. The words in Latin letters need not be
/// given names elsewhere: they say nothing about a word of a text.
std::span<const std::string_view> foreign_given_name_groups() noexcept;

/// Given names without other forms, blank-separated: common ones of many languages, in Latin
/// letters.
std::string_view lone_given_names() noexcept;

}  // namespace tocsin::rules::names
