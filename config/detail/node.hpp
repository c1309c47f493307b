// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config/detail/source.hpp"
#include "rules/spec.hpp"

namespace tocsin::config::detail {

/// A place in a file; lines and columns count from 1, columns in characters.
struct Mark {
  std::uint32_t line = 0, column = 0;
};

/// One value of a YAML file, and where it stands. Nodes belong to a `Tree`; an aliased node is
/// shared, with the marks of its anchor.
struct Node {
  enum class Kind : std::uint8_t { scalar, list, mapping };
  enum class Style : std::uint8_t { plain, single_quoted, double_quoted, literal, folded };

  Kind kind = Kind::scalar;
  Style style = Style::plain;
  bool open = true;          ///< a collection that is still being read
  bool damaged = false;      ///< a finding about its text was already reported: say no more
  bool expanded = false;     ///< `$` in its text was dealt with
  bool secret = false;       ///< its text must not be quoted in messages
  bool aliased = false;      ///< other places refer to it
  std::uint32_t weight = 1;  ///< nodes below it and itself, aliases counted in full; saturates
  std::uint32_t block = 0;   ///< of the tree, where it lies
  const Source* source = nullptr;
  Mark start, end;              ///< `end` is one past the last character
  std::string text;             ///< of a scalar
  std::vector<Node*> children;  ///< of a list; of a mapping: key, value, key, value, ...

  [[nodiscard]] bool is_scalar() const noexcept { return kind == Kind::scalar; }
  [[nodiscard]] bool is_list() const noexcept { return kind == Kind::list; }
  [[nodiscard]] bool is_mapping() const noexcept { return kind == Kind::mapping; }
  [[nodiscard]] bool is_plain() const noexcept { return is_scalar() && style == Style::plain; }
  /// Nothing, `~` or `null`, unquoted.
  [[nodiscard]] bool is_null() const noexcept;
  /// The value of `key` in a mapping; null when it is not there or this is no mapping.
  [[nodiscard]] Node* find(std::string_view key) const noexcept;
  /// The key node of `key` in a mapping; null likewise.
  [[nodiscard]] Node* find_key(std::string_view key) const noexcept;
};

/// Owns the nodes of one or more documents. Addresses are stable. A file of 100,000 watches has a
/// million nodes: those that were read can be given back before the file is through.
class Tree {
 public:
  /// A new node.
  Node& add();
  /// Forgets `top` and what is below it, without what aliases stand for: that may be needed
  /// elsewhere. Whoever refers to `top` must let go of it.
  void release(Node& top);

 private:
  struct Block {
    std::vector<Node> nodes;  ///< never moved: it has its capacity from the start
    std::size_t live = 0;
  };
  std::vector<Block> blocks_;  ///< those that are released whole are empty
  std::size_t released_ = 0;   ///< blocks
};

/// "a list", "a mapping" or "text": for messages.
std::string_view kind_name(const Node& node) noexcept;

/// A scalar as rules take it: its text and where that begins. What stands on several lines is
/// given line by line as in the file (never folded), so that every place has a true line and
/// column.
rules::Located located(const Node& node);

/// Where `node` begins.
rules::Position position(const Node& node);

}  // namespace tocsin::config::detail
