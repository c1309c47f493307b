// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

/// The templates that are used where the configuration gives none, in the same language: good
/// enough that few write their own, and a place to start from for those who do.
namespace tocsin::notifier {

/// The subject of a mail.
std::string_view builtin_subject() noexcept;
/// The plain part of a mail: source, time and link first; reads well in a terminal.
std::string_view builtin_text() noexcept;
/// The HTML part of a mail: one column for phones, light and dark, no images, nothing remote.
std::string_view builtin_html() noexcept;

}  // namespace tocsin::notifier
