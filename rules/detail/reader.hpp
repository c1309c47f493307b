// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/lexer.hpp"
#include "rules/parse.hpp"

namespace tocsin::rules::detail {

/// What holds for everything inside a bracket: where to look, and how words must be written.
struct Setting {
  Scope scope = kText;
  std::string key;      ///< for label.KEY
  bool scoped = false;  ///< a field was named
  Forms forms = 0;
};

/// Gathers findings about one configured text.
class Report {
 public:
  Report(const Located& text, std::string watch, std::vector<Finding>& out)
      : text_(text), watch_(std::move(watch)), out_(out) {}

  void error(std::size_t offset, std::size_t length, std::string message, std::string hint) {
    add(Finding::Level::error, offset, length, std::move(message), std::move(hint));
    ++errors_;
  }
  void warn(std::size_t offset, std::size_t length, std::string message, std::string hint) {
    add(Finding::Level::warning, offset, length, std::move(message), std::move(hint));
  }
  [[nodiscard]] bool clean() const noexcept { return errors_ == 0; }
  [[nodiscard]] std::size_t errors() const noexcept { return errors_; }
  [[nodiscard]] const std::string& watch() const noexcept { return watch_; }

 private:
  void add(Finding::Level level, std::size_t offset, std::size_t length, std::string message,
           std::string hint);

  const Located& text_;
  std::string watch_;
  std::vector<Finding>& out_;
  std::size_t errors_ = 0;
};

/// Reads one query by recursive descent, one function a line of the grammar. After an error it goes
/// on behind it, so that all are told at once; a word stands for what could not be read.
class Reader {
 public:
  Reader(std::string_view query, const Names& names, Query& into, Report& report)
      : query_(query), names_(names), into_(into), report_(report) {}

  /// The tree of the whole query. Whole only when the report stays clean.
  Node read(const Setting& setting);

 private:
  using Kind = Lexeme::Kind;

  Node read_or(const Setting& setting);
  Node read_and(const Setting& setting);
  Node read_not(const Setting& setting);
  Node read_near(const Setting& setting);
  Node read_primary(const Setting& setting);
  Node read_brackets(const Setting& setting);
  Node read_function(const Setting& setting);
  Node unknown_function(const Lexeme& function, const Setting& setting);
  Node read_name(const Lexeme& function, const Setting& setting);
  Node read_some_of(const Setting& setting);
  Node read_field(const Setting& setting);
  Node read_entity(const Setting& setting);
  Node read_term(const Setting& setting);
  Node read_regex(const Setting& setting);
  Node read_comparison();

  static std::string field_hint(const Lexeme& field);
  bool take_proximity(Lexeme& op);
  void check_operand(const Node& operand, std::string_view op);
  void check_scopes(const Node& near);
  void check_chain(const Lexeme& first, const Lexeme& op);
  void check_mixed(const Node& node);
  void check_distance(Lexeme& op);
  void check_term(const Lexeme& lexeme);
  void missing_operator();
  bool function_apart(const Lexeme& before);
  bool operator_misspelt(const Lexeme& before);
  void missing_word();
  void close(const Lexeme& opened);
  void stray_commas(const Setting& setting);
  bool deeper(const Lexeme& at);
  void fail(const Lexeme& at, std::string message, std::string hint);
  void give_up();

  [[nodiscard]] const Lexeme& peek(std::size_t ahead = 0) const;
  [[nodiscard]] bool starts_primary() const;
  Lexeme take();
  Node finish(Node node, std::size_t from) const;
  [[nodiscard]] std::string_view source(const Node& node) const;
  [[nodiscard]] std::string_view source(const Lexeme& lexeme) const;

  std::string_view query_;
  const Names& names_;
  Query& into_;
  Report& report_;
  std::vector<Lexeme> lexemes_;
  std::size_t at_ = 0;
  std::uint32_t depth_ = 0;
  std::size_t told_to_ = 0;  // operators that are missing before this lexeme have been reported
};

/// A leaf for the words of `text`, checked; `offset` is where it stands in its source. In a scope
/// that holds both text and fields beside it, the node is an OR of two leaves.
Node word_leaf(std::string_view text, std::string_view term, const Setting& setting,
               std::size_t offset, std::size_t length, Report& report);

/// The function that `word` names in whatever letters, with or without a number; empty for any
/// other word.
std::string_view function_meant(std::string_view word);

/// Spreads FIRST/n over AND, OR and NOT, so that it stands at nodes that have spans.
Node within_first(Node node, std::uint32_t n);

/// "read as: (a AND b) OR c".
std::string bracketed_reading(const Node& node, std::string_view query);

}  // namespace tocsin::rules::detail
