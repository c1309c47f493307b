// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "config/detail/node.hpp"

namespace tocsin::config::detail {

/// Gathers what is wrong with a configuration. One thread at a time.
class Findings {
 public:
  void error(const Node& at, std::string message, std::string hint = {}) {
    add(Diagnostic::Severity::error, at, std::move(message), std::move(hint));
  }
  void warn(const Node& at, std::string message, std::string hint = {}) {
    add(Diagnostic::Severity::warning, at, std::move(message), std::move(hint));
  }
  /// For what stands at no node: a syntax error.
  void error_at(const Source& source, Mark at, std::uint32_t length, std::string message,
                std::string hint = {});
  /// For what has no place in a text: a file that cannot be read.
  void error_in(const std::string& file, std::string message, std::string hint = {});

  /// Has the text of `secret` starred out in every line that is shown.
  void hide(const Node& secret);

  [[nodiscard]] bool empty() const noexcept { return all_.empty(); }
  [[nodiscard]] bool has_errors() const noexcept { return errors_ > 0; }

  /// All of them in file order: files as they were first named, then by line and column.
  std::vector<Diagnostic> take();

 private:
  void add(Diagnostic::Severity severity, const Node& at, std::string message, std::string hint);

  /// Characters of one line, from 1, half open.
  struct Span {
    std::string_view file;
    std::uint32_t line = 0, from = 0, to = 0;
  };
  void star_out(Diagnostic& found) const;

  std::vector<Diagnostic> all_;
  std::vector<Span> hidden_;
  std::size_t errors_ = 0;
};

/// `text` in single quotes, scrubbed and at most some sixty bytes long: for messages.
std::string in_quotes(std::string_view text);

/// "did you mean 'X'?" for the closest of `names`; `otherwise` when none is near or `word` is
/// shorter than three characters.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> names,
                         std::string otherwise = {});

}  // namespace tocsin::config::detail
