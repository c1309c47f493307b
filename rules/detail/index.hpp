// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <re2/filtered_re2.h>

#include "rules/detail/anchors.hpp"
#include "rules/detail/article.hpp"
#include "rules/detail/table.hpp"

namespace tocsin::rules::detail {

/// Which watches could hold for an article. Any thread: immutable once sealed.
class Index {
 public:
  Index();

  /// Hangs `watch` on its anchors; without any it is a candidate for every article.
  void add(std::uint32_t watch, const std::optional<Anchors>& anchors,
           const std::vector<std::uint32_t>& entity_of);

  /// Builds the tables. After this nothing may be added.
  void seal();

  /// Appends candidates to `out`, unsorted and with repetitions. `entities` are those mentioned.
  void candidates(const Article& article, const std::vector<std::uint32_t>& entities,
                  std::string& lower, std::vector<std::uint32_t>& out) const;

  /// Watches that are candidates always, sorted.
  [[nodiscard]] const std::vector<std::uint32_t>& always() const noexcept { return always_; }

 private:
  using Entries = std::vector<std::pair<std::uint64_t, std::uint32_t>>;

  void heads(const Article& article, std::vector<std::uint32_t>& out) const;
  void regexes(const Article& article, std::string& lower, std::vector<std::uint32_t>& out) const;

  Entries word_entries_, pair_entries_, head_entries_, entity_entries_;
  Table words_, pairs_, heads_, entities_;

  re2::FilteredRE2 filter_;
  std::vector<std::uint32_t> regex_watches_;  // by the filter's ids
  std::vector<std::string> atoms_;            // literals of the regexes, in small letters
  Table grams_;                               // first bytes of an atom to its number

  std::vector<std::uint32_t> always_;
};

}  // namespace tocsin::rules::detail
