// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "rules/detail/anchors.hpp"
#include "rules/detail/article.hpp"
#include "rules/detail/literals.hpp"
#include "rules/detail/program.hpp"
#include "rules/detail/table.hpp"

namespace tocsin::rules::detail {

/// A leaf that stands in the article.
struct Occurrence {
  std::uint32_t watch = 0;
  std::uint32_t first = 0, end = 0;  ///< words, half open
  std::uint32_t code = 0;

  friend auto operator<=>(const Occurrence&, const Occurrence&) = default;
};

/// What an article may match.
struct Found {
  std::vector<std::uint32_t> candidates;    ///< watches to evaluate, sorted, each once
  std::vector<Occurrence> occurrences;      ///< of plain choices: all there is to know; sorted
  std::vector<std::uint32_t> words, pairs;  ///< tokens whose keys may be known
  std::vector<std::uint64_t> grams;         ///< Literals::find works in it
  std::size_t limit = 0;                    ///< candidates until doubles are thrown out
};

/// Which watches could hold for an article. Any thread: immutable once sealed.
class Index {
 public:
  /// Hangs `watch` on its anchors; without any it is a candidate for every article. Those of a
  /// plain choice stand for their leaves, whose places in the program are in `Node::code`.
  void add(std::uint32_t watch, const std::optional<Anchors>& anchors, bool plain,
           const Program& program, const std::vector<std::uint32_t>& entity_of);

  /// Builds the tables. After this nothing may be added.
  void seal();

  /// Finds what `article` may match; `entities` are those mentioned in it.
  void find(Article& article, const Program& program, const std::vector<std::uint32_t>& entities,
            Found& out) const;

 private:
  using Entries = std::vector<Entry>;

  void take(std::span<const Posting> postings, std::uint32_t token, const Article& article,
            const Program& program, Found& out) const;
  void words_and_pairs(const Article& article, const Program& program, Found& out) const;
  void heads(const Article& article, const Program& program, Found& out) const;
  void stems(Article& article, const Program& program, Found& out) const;

  Entries word_entries_, pair_entries_, head_entries_, stem_entries_, entity_entries_;
  Table words_, pairs_, heads_, stems_, entities_;
  std::vector<std::size_t> head_lengths_;  // in use
  Literals literals_;
  std::vector<std::uint32_t> always_;
};

}  // namespace tocsin::rules::detail
