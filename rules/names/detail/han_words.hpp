// SPDX-License-Identifier: MIT
#pragma once

namespace tocsin::rules::names {

/// True for a Han character that makes words, and that no usage takes to write the sounds of a
/// foreign name: of, will, said, president. A name in Han ends before it. Any thread: pure.
bool ends_han_name(char32_t character) noexcept;

}  // namespace tocsin::rules::names
