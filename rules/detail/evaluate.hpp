// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/item.hpp"
#include "rules/detail/article.hpp"
#include "rules/detail/program.hpp"
#include "rules/names/name_index.hpp"
#include "rules/ruleset.hpp"

namespace tocsin::rules::detail {

/// A place in the article, and what it was made of.
struct Span {
  std::uint32_t first = 0, end = 0;   ///< words, half open; equal for a regex between two words
  std::uint32_t start = 0, stop = 0;  ///< bytes of the field, half open
  std::uint32_t code = 0;             ///< the leaf, for spans of leaves
  std::uint32_t form = 0;             ///< for names: NameHit::form + 1
  std::uint32_t left = 0, right = 0;  ///< index + 1 of the spans that it covers; 0: a leaf
  std::uint32_t same = 0;             ///< index + 1 of another span of the same words
  std::uint8_t part = 0;              ///< which of Article::parts
  bool collected = false;
};

/// The value of a node: whether it holds, and where its spans stand in the evaluator's list.
struct Value {
  bool holds = false;
  std::uint32_t begin = 0, end = 0;
};

/// Evaluates compiled rules for one article, lazily: a branch that cannot matter is not looked at.
/// Spans live in one array and never move, since others name them by index; the value of a node is
/// a run of such indices at the end of a list, which an operator replaces by its own value. Both
/// are cut back when a branch fails. One thread's own.
class Evaluator {
 public:
  /// No operator yields more spans than this, and a rule not more in all: bounds on what a hostile
  /// article can cost.
  static constexpr std::size_t kMaxSpans = 1U << 16U, kMaxAllSpans = 1U << 20U;
  /// Nor a regex more than this: each of its matches may cost a reading of the rest of the text.
  static constexpr std::size_t kMaxRegexSpans = 1U << 12U;

  void begin(const Program& program, const Item& item, const ItemContext& context,
             const PlainText& text);

  /// The value of the node at `code`. Its spans are sorted by place and valid until `reset`.
  Value evaluate(std::uint32_t code);
  void reset() noexcept {
    spans_.clear();
    list_.clear();
  }
  /// The span that the list names at `i`, from a value's begin to its end.
  [[nodiscard]] const Span& at(std::uint32_t i) const noexcept { return spans_[list_[i]]; }

  [[nodiscard]] Article& article() noexcept { return article_; }
  [[nodiscard]] std::vector<NameHit>& names() noexcept { return names_; }
  [[nodiscard]] const Item& item() const noexcept { return *item_; }
  [[nodiscard]] const ItemContext& context() const noexcept { return *context_; }

  /// The value of a leaf of words, which explaining a miss may have changed a little.
  Value words(const Code& code, std::uint32_t at);
  /// Whether one word of a leaf is at `token`.
  bool fits(const CodeWord& word, std::uint32_t token);

  /// The most spans of `value` of which no two overlap.
  std::uint32_t disjoint(const Value& value);

  /// Appends the leaf spans that `value` is made of to `out`, each once, by field and place.
  void collect(const Value& value, std::vector<const Span*>& out);

 private:
  Value regex(const Code& code, std::uint32_t at);
  Value entity(const Code& code, std::uint32_t at);
  Value negation(const Code& code);
  Value any_of(const Code& code);
  Value all_of(const Code& code);
  Value pairs(const Code& code);
  Value filtered(const Code& code);
  Value at_least(const Code& code);
  Value first(const Code& code);
  bool compare(const Comparison& comparison);
  bool value(const Code& code);
  bool value_in(const ValueTest& test, std::string_view text, bool whole);

  bool phrase_at(const Code& code, std::uint32_t token);
  void add_words(const Code& code, std::uint32_t at, std::uint32_t token);
  void try_at(const Code& code, std::uint32_t at, std::uint32_t token, std::uint32_t pivot);
  void add(const Span& span);
  /// True when a node that has spans since `from` should be content with them. One it may always
  /// have: what holds must not depend on how much else was found.
  [[nodiscard]] bool enough(std::uint32_t from) const noexcept {
    return spans_.size() >= kMaxAllSpans && top() > from;
  }
  void add_regex_match(const Article::Part& part, std::uint32_t code, std::uint32_t start,
                       std::uint32_t stop);
  bool joined(const Code& code, const Span& a, const Span& b);
  std::uint32_t from_which(const Code& code, const Span& a, const Value& right,
                           std::uint32_t longest);
  bool past(const Code& code, const Span& a, const Span& b);
  bool spoiled(const Code& code, const Span& a, const Value& right, std::uint32_t longest);
  Value sorted(std::uint32_t begin);
  void merge(std::uint32_t begin);
  void keep(std::uint32_t to, std::uint32_t from);
  [[nodiscard]] std::uint32_t longest(const Value& value) const noexcept;
  [[nodiscard]] std::uint32_t top() const noexcept {
    return static_cast<std::uint32_t>(list_.size());
  }
  Value none(std::uint32_t to) noexcept {
    list_.resize(to);
    return {false, to, to};
  }

  const Program* program_ = nullptr;
  const Item* item_ = nullptr;
  const ItemContext* context_ = nullptr;
  Article article_;
  std::vector<Span> spans_;
  std::vector<std::uint32_t> list_;
  std::vector<NameHit> names_;
  std::vector<std::uint32_t> walk_;
  std::array<BorderText, 3> borders_;  // of the article's parts, where a regex asked for them
};

}  // namespace tocsin::rules::detail
