// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "rules/parse.hpp"
#include "rules/query.hpp"

namespace tocsin::rules::detail {

/// The entities that the rules of a set refer to, each once.
class EntityPool {
 public:
  /// The numbers, in the set, of the entities of one rule. Terms get none: they are written out.
  std::vector<std::uint32_t> take(std::vector<EntitySpec>& entities);

  [[nodiscard]] const std::vector<EntitySpec>& all() const noexcept { return all_; }

 private:
  std::vector<EntitySpec> all_;
  std::map<std::string, std::uint32_t, std::less<>> by_key_;
};

/// True for an entity that is nothing but its listed forms: no spelling of its own is sought.
bool is_plain(const EntitySpec& entity);

/// Replaces each plain entity in `node`, and each one under EXACT(), by an OR of its listed forms.
void write_out(Node& node, const std::vector<EntitySpec>& entities);

}  // namespace tocsin::rules::detail
