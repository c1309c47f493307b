// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <kainjow/mustache.hpp>

#include "model/event.hpp"
#include "notifier/marked.hpp"
#include "notifier/template.hpp"

/// What templates can name. The tables and the data stand in one file, so that they stay the same.
namespace tocsin::notifier::detail {

/// The scopes that names live in.
enum class Scope : std::uint8_t {
  event,
  item,
  watch,
  hit,
  feed,
  story,
  author,
  labels,
  text,
  none
};

/// One name of a scope. `inner` is the scope that a section or a dot opens; `none` for plain
/// values.
struct Name {
  std::string_view name;
  Scope inner = Scope::none;
};

/// The names of `scope`; empty for those without fixed names.
std::span<const Name> names_of(Scope scope);

/// The helpers: sections that change the text inside them.
std::span<const std::string_view> helpers();

/// `event` as template data: a missing value is a missing name.
kainjow::mustache::data template_data(const Event& event, const RenderOptions& options,
                                      const Marker& marker);

}  // namespace tocsin::notifier::detail
