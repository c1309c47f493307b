// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/detail/schema.hpp"

// What the schema's tables say, in words and in order: for the JSON Schema, the reference and
// `check --print`.
namespace tocsin::config::detail {

/// `top` and every object below it, each once, in the order in which a reader meets them.
std::vector<const Object*> objects_of(const Object& top);

/// "a duration", "a list of `low`, `high`": what stands behind a key. Markdown.
std::string value_words(const Shape& shape);

/// A default that is YAML itself; "" for none, and for one that is put in words, as "(the host)".
std::string_view literal_default(const Key& key) noexcept;

/// A short name of `object` without blanks: "inhibit_rule".
std::string identifier(const Object& object);

}  // namespace tocsin::config::detail
