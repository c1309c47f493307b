// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "config/detail/node.hpp"
#include "config/detail/schema.hpp"

/// What a mistake was probably meant to be, as the remedy of a message. Any thread: pure.
namespace tocsin::config::detail {

/// `node`, which is no mapping, where a mapping of `schema` is wanted: "write {path: /var/lib/x}".
std::string instead_of_mapping(const Node& node, const Object& schema);

/// `node`, which is no list, where the list `key` is wanted.
std::string instead_of_list(const Node& node, const Key& key);

/// `node`, which is no mapping, where `key` takes names with values.
std::string instead_of_entries(const Node& node, const Key& key);

/// The key of `schema` that `word` is another word for, like `url` for `href`; "" for none.
std::string_view synonym(std::string_view word, const Object& schema);

/// `text` with each letter that only looks Latin as the Latin one; "" when there is none, or when
/// others remain.
std::string latin_twin(std::string_view text);

/// `name` of "name = value", which is no YAML; "" for any other text.
std::string_view key_before_equals(std::string_view text);

/// The duration that `text` says in another way: "30m" for "30 minutes" and PT30M; "" for none.
std::string duration_meant(std::string_view text);

}  // namespace tocsin::config::detail
