// SPDX-License-Identifier: MIT
// Any bytes as an article, and their first line as a watched name: every hit lies inside the text,
// in order, and a used scratch answers like a fresh one.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "rules/names/name_index.hpp"

namespace {

using namespace tocsin;
using namespace tocsin::rules;

EntitySpec entity(std::string_view name, EntityKind kind) {
  EntitySpec spec;
  spec.name.text = name;
  spec.kind = kind;
  return spec;
}

void check(const std::vector<NameHit>& hits, const NameText& field) {
  for (std::size_t i = 0; i < hits.size(); ++i) {
    const NameHit& hit = hits[i];
    if (hit.start >= hit.end || hit.end > field.text.size()) std::abort();
    if (hit.first >= hit.last || hit.last > field.tokens.size()) std::abort();
    if (i > 0 && hits[i - 1].start > hit.start) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};  // NOLINT
  const std::string_view line = text.substr(0, text.find('\n'));
  const std::vector<EntitySpec> specs{
      entity(line, EntityKind::person), entity(line, EntityKind::organization),
      entity("Ali Khamenei", EntityKind::person), entity("Kim Jong-un", EntityKind::person)};
  const auto compiled = NameIndex::compile(specs);
  std::vector<text::Token> tokens;
  text::tokenize(text, tokens);
  const NameText field{Field::body, text, tokens};
  NameScratch scratch;
  std::vector<NameHit> first, second;
  compiled.index.find({&field, 1}, scratch, first);
  compiled.index.find({&field, 1}, scratch, second);
  check(first, field);
  if (first.size() != second.size()) std::abort();
  return 0;
}
