// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>
#include <unordered_map>
#include <vector>

#include "rules/query.hpp"

namespace tocsin::rules::detail {

/// True when every place of leaf `a` is, or holds, a place of leaf `b`: "nuclear deal" holds
/// `deal`, `title:Iran` is a place of `Iran`, `Iranian` one of `iran*`. False when that is not
/// certain. Any thread: pure.
bool implies(const Node& a, const Node& b);

/// True when a place of `outer` could hold one of `inner` within it, as EXCEPT needs. Any thread:
/// pure.
bool could_hold(const Node& outer, const Node& inner);

/// What is taken to be so in an article, so as to see what else of a rule then can or must be. One
/// thread at a time. Nodes must outlive it, and so must `outer`.
class Facts {
 public:
  /// `outer`: facts that hold as well; may be null.
  explicit Facts(const Facts* outer = nullptr);

  /// Takes `node` to be true; or false. Only what follows for certain is noted.
  void accept(const Node& node);
  void deny(const Node& node);

  enum class Truth : std::uint8_t { no, maybe, yes };
  /// What `node` is, given the facts. `no` where they contradict each other.
  [[nodiscard]] Truth truth(const Node& node) const;

  /// The fact that makes leaf `node` false: a leaf that was denied, or one that says otherwise;
  /// null when there is none.
  [[nodiscard]] const Node* refuter(const Node& node) const;

 private:
  struct Range {
    std::int64_t from = std::numeric_limits<std::int64_t>::min();
    std::int64_t to = std::numeric_limits<std::int64_t>::max();  // inclusive
  };
  /// Leaves, those that begin with a plain word by its hash.
  struct Leaves {
    std::unordered_multimap<std::uint64_t, const Node*> by_word;
    std::vector<const Node*> others;
    void add(const Node& leaf);
    /// A leaf that `leaf` implies.
    [[nodiscard]] const Node* implied_by(const Node& leaf) const;
    /// A leaf that implies `leaf`.
    [[nodiscard]] const Node* implying(const Node& leaf) const;
  };

  void narrow(const Comparison& comparison, bool holds);
  [[nodiscard]] const Node* denied(const Node& leaf) const;
  [[nodiscard]] Truth compare(const Comparison& comparison) const;
  [[nodiscard]] Truth leaf(const Node& node) const;
  [[nodiscard]] Truth group(const Node& node) const;

  const Facts* outer_;
  Leaves denied_, given_;
  Range ranges_[3];  // by Comparison::What
};

}  // namespace tocsin::rules::detail
