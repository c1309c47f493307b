// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/item.hpp"
#include "model/match.hpp"
#include "rules/spec.hpp"

namespace tocsin::rules {

class RuleSet;

/// What matching needs to know beside the item itself.
struct ItemContext {
  std::string_view feed;           ///< the feed's configured name
  const Labels* labels = nullptr;  ///< the feed's labels; may be null
  Timestamp now{};                 ///< for age and max_age; epoch: ages are not judged
};

/// The plain texts that hits point into, as matching saw them. The views live as long as the item.
struct PlainText {
  std::string_view title, summary, body;
};

/// What `item` offers to rules: body is content_text, and summary is left out when it only repeats
/// the body's beginning. Any thread: pure.
PlainText plain_text(const Item& item) noexcept;

/// The result of compiling: a set when no finding is an error, and every finding either way.
struct Compiled {
  std::shared_ptr<const RuleSet> rules;  ///< null when a finding is an error
  std::vector<Finding> findings;         ///< in configuration order
};

/// A hit, as views: what `Hit` is without owning it.
struct HitView {
  Field field{};
  std::uint32_t start = 0, end = 0;  ///< bytes of the field's plain text, half open
  std::string_view text, term;
  std::uint16_t form = 0;  ///< for names: NameIndex::describe_form(form - 1); else 0
};

/// A match, as views that last until the next call with the same scratch.
struct MatchView {
  std::string_view watch;
  Severity severity{};
  const Labels* labels = nullptr;  ///< null: none
  std::span<const HitView> hits;   ///< ordered by field, then start
};

/// Working memory of one thread for matching: reused from item to item, so that matching allocates
/// nothing in the steady state. Not to be shared between threads; outlives no RuleSet in
/// particular.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(Scratch&&) noexcept;
  Scratch& operator=(Scratch&&) noexcept;

 private:
  friend class RuleSet;
  struct State;
  std::unique_ptr<State> state_;
};

/// Watches compiled for matching. Any thread: immutable; a reload compiles another and swaps the
/// pointer. Work per item grows with its text and hits, not with the number of watches.
class RuleSet {
 public:
  /// Whether `mentions_any` will be asked often: a second index makes it as quick as matching, for
  /// about as much memory again.
  enum class Prefilter : std::uint8_t { seldom, often };

  /// Compiles `spec`, reporting all findings rather than the first. Any thread: pure.
  static Compiled compile(const RuleSpec& spec, Prefilter prefilter = Prefilter::seldom);

  ~RuleSet();
  RuleSet(const RuleSet&) = delete;
  RuleSet& operator=(const RuleSet&) = delete;

  /// Every watch that holds for `item`, in configuration order, with the spans that took part.
  [[nodiscard]] std::vector<Match> match(const Item& item, const ItemContext& context,
                                         Scratch& scratch) const;

  /// The same without a vector: calls `each` for every match. Allocates nothing once `scratch` has
  /// seen a few items, but what regexes and stems allocate.
  void match_each(const Item& item, const ItemContext& context, Scratch& scratch,
                  const std::function<void(const MatchView&)>& each) const;

  /// Whether a word, phrase, name or regex of some watch stands in `item`, though the watch as a
  /// whole may not hold yet: whether more text of it could make a match. What a rule rules out does
  /// not count, and watches that do not look at the item (feeds, languages, age) do not either.
  /// Stops at the first. Work grows with the number of watches, unlike that of matching, unless
  /// the set was compiled for it (`Prefilter::often`).
  [[nodiscard]] bool mentions_any(const Item& item, const ItemContext& context,
                                  Scratch& scratch) const;

  /// Why `watch` holds for `item` or does not, as lines of text: its clauses with true or false and
  /// what they found, and for a miss how near it came. Empty when there is no such watch.
  [[nodiscard]] std::optional<std::string> explain(std::string_view watch, const Item& item,
                                                   const ItemContext& context,
                                                   Scratch& scratch) const;

  /// How many watches it holds.
  [[nodiscard]] std::size_t size() const noexcept;

 private:
  struct Impl;
  explicit RuleSet(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace tocsin::rules
