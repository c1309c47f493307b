// SPDX-License-Identifier: MIT
#include <algorithm>

#include "config/detail/words.hpp"
#include "config/json_schema.hpp"

namespace tocsin::config {
namespace {

using detail::Key;
using detail::Object;

/// Text for a cell of a table.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

std::string default_words(const Key& key) {
  if (key.need == detail::Need::required) return "**required**";
  if (key.fallback.empty()) return "";
  if (key.fallback.starts_with('(')) return cell(key.fallback.substr(1, key.fallback.size() - 2));
  return "`" + cell(key.fallback) + "`";
}

std::string row(const Key& key) {
  const std::string also = key.shape.is_secret ? " or `" + std::string(key.name) + "_file`" : "";
  return "| `" + std::string(key.name) + "`" + also + " | " + cell(value_words(key.shape)) + " | " +
         default_words(key) + " | " + cell(key.docs) + " |\n";
}

std::string section(const Object& object) {
  std::string out = "### " + detail::identifier(object) + "\n\n" + std::string(object.docs);
  if (!object.shorthand.empty())
    out += " A bare value stands for `" + std::string(object.shorthand) + "`.";
  out += "\n\n| key | value | default | meaning |\n|---|---|---|---|\n";
  for (const auto& key : object.keys) out += row(key);
  return out + "\n";
}

}  // namespace

std::string reference() {
  std::string out;
  for (const auto* object : detail::objects_of(detail::kFileSchema)) out += section(*object);
  return out;
}

}  // namespace tocsin::config
