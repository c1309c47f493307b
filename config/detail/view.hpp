// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/detail/findings.hpp"
#include "config/detail/node.hpp"
#include "config/detail/schema.hpp"
#include "model/labels.hpp"

namespace tocsin::config::detail {

/// A checked mapping, as readers look at it: what is missing, null or damaged is not there, for the
/// checker has spoken of it. Borrows the node. Any thread: pure.
class View {
 public:
  /// `node` may be null, or no mapping where `shorthand` says which key it stands for.
  explicit View(const Node* node, std::string_view shorthand = {}) noexcept
      : node_(node), shorthand_(shorthand) {}

  [[nodiscard]] const Node* node() const noexcept { return node_; }
  /// The usable value of `key`; null when there is none.
  [[nodiscard]] const Node* get(std::string_view key) const noexcept;
  [[nodiscard]] bool has(std::string_view key) const noexcept { return get(key) != nullptr; }
  [[nodiscard]] View below(std::string_view key, std::string_view shorthand = {}) const noexcept {
    return View(get(key), shorthand);
  }

  [[nodiscard]] std::string text(std::string_view key, std::string_view fallback = {}) const;
  [[nodiscard]] bool flag(std::string_view key, bool fallback) const;
  [[nodiscard]] std::int64_t integer(std::string_view key, std::int64_t fallback) const;
  [[nodiscard]] std::optional<std::chrono::milliseconds> duration(std::string_view key) const;
  [[nodiscard]] std::chrono::milliseconds duration(std::string_view key,
                                                   std::chrono::milliseconds fallback) const;
  /// A list, or one value for a list of one; usable scalars only.
  [[nodiscard]] std::vector<const Node*> items(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;
  [[nodiscard]] std::vector<rules::Located> located_texts(std::string_view key) const;
  /// A dictionary of texts.
  [[nodiscard]] Labels labels(std::string_view key) const;
  /// A path, made absolute by the folder of the file that it stands in; empty when not given.
  [[nodiscard]] std::string path(std::string_view key) const;

 private:
  const Node* node_;
  std::string_view shorthand_;
};

/// `text`, relative to the folder of the file that `node` stands in.
std::filesystem::path beside(const Node& node, std::string_view text);

/// The secret `key` of `view`: as written, or the first line's worth of the file that `<key>_file`
/// names. A relative path is looked for beside the configuration, then in $CREDENTIALS_DIRECTORY.
/// What cannot be read is reported, unless `read` is false: then files are left alone.
std::string read_secret(const View& view, std::string_view key, bool read, Findings& findings);

}  // namespace tocsin::config::detail
