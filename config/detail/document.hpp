// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "config/detail/check.hpp"
#include "config/detail/findings.hpp"
#include "config/detail/node.hpp"

namespace tocsin::config::detail {

/// The main file and all that it includes, read and held against the schema. The nodes live as
/// long as this object and the main file's source.
class Documents {
 public:
  Documents(Findings& findings, Variables variables) : findings_(findings), variables_(variables) {}
  Documents(const Documents&) = delete;
  Documents& operator=(const Documents&) = delete;

  /// Reads everything. False when the main file has no usable top: then all is said in `findings`.
  bool read(const Source& main);

  /// The tops of all files that could be read, the main one first.
  [[nodiscard]] const std::vector<Node*>& tops() const noexcept { return tops_; }
  [[nodiscard]] Tree& tree() noexcept { return tree_; }

 private:
  Node* read_top(const Source& source);
  void include(const Node& pattern);
  void include_file(const std::filesystem::path& path, const Node& from);
  void check_included(const Node& top);

  Findings& findings_;
  Variables variables_;
  std::deque<Source> sources_;  ///< of included files
  Tree tree_;
  std::vector<Node*> tops_;
  std::set<std::string> included_;
};

/// The whole of the file at `path`. Errors: not_found, denied, io, too_large (beyond 256 MiB).
Result<std::string> read_file(const std::filesystem::path& path);

}  // namespace tocsin::config::detail
