// SPDX-License-Identifier: MIT
#include "rules/names/detail/part_trie.hpp"

#include <algorithm>
#include <numeric>

namespace tocsin::rules::names {
namespace {

constexpr std::size_t kLongest = 40;  // symbols of a word that are compared
constexpr float kTransposed = 0.7F;   // two neighbours the other way round: a slip of the hand
constexpr float kLoneVowel = 0.6F;    // the first sound is seldom lost

bool leaves_vowels_out(Script script) {
  return script == Script::arabic || script == Script::hebrew;
}

}  // namespace

/// One search under way. Row d holds, for the d symbols from the root to a node, the cost against
/// every beginning of the word.
struct PartTrie::Search {
  const Probe& probe;
  const SoundCosts& costs;
  std::vector<float>& rows;
  std::vector<PartMatch>& out;
  std::size_t width;  ///< symbols of the word, plus one
  float limit;        ///< no row above this can end within the budget
  std::string path;   ///< the symbols down to the node

  float* row(std::size_t depth) const { return rows.data() + depth * width; }
};

void PartTrie::build(const std::vector<std::string>& parts) {
  nodes_.assign(1, Node{});
  parts_.resize(parts.size());
  std::iota(parts_.begin(), parts_.end(), 0U);
  std::sort(parts_.begin(), parts_.end(), [&](auto a, auto b) { return parts[a] < parts[b]; });
  grow(parts, 0, 0, parts_.size(), 0);
}

void PartTrie::grow(const std::vector<std::string>& symbols, std::uint32_t node, std::size_t begin,
                    std::size_t end, std::size_t depth) {
  std::size_t at = begin;
  while (at < end && symbols[parts_[at]].size() == depth) ++at;
  nodes_[node].first_part = static_cast<std::uint32_t>(begin);
  nodes_[node].parts = static_cast<std::uint16_t>(std::min<std::size_t>(at - begin, 0xFFFF));
  if (depth >= kLongest) return;
  std::vector<std::size_t> borders;
  for (std::size_t i = at; i < end; ++i)
    if (i == at || symbols[parts_[i]][depth] != symbols[parts_[i - 1]][depth]) borders.push_back(i);
  const auto first = static_cast<std::uint32_t>(nodes_.size());
  nodes_[node].first_child = first;
  nodes_[node].children = static_cast<std::uint8_t>(borders.size());
  nodes_.resize(nodes_.size() + borders.size());
  for (std::size_t i = 0; i < borders.size(); ++i) {
    const auto child = static_cast<std::uint32_t>(first + i);
    nodes_[child].symbol = symbols[parts_[borders[i]]][depth];
    grow(symbols, child, borders[i], i + 1 < borders.size() ? borders[i + 1] : end, depth + 1);
  }
}

void PartTrie::search(const Probe& probe, std::vector<float>& rows,
                      std::vector<PartMatch>& out) const {
  if (nodes_.size() < 2 || probe.symbols.empty() || probe.symbols.size() > kLongest) return;
  const std::size_t width = probe.symbols.size() + 1;
  rows.resize(width * (kLongest + 2));
  // The longer side counts, and a script without vowels is compared with longer names.
  const float stretch = leaves_vowels_out(probe.script) ? 1.6F : 1.15F;
  Search search{probe, SoundCosts::instance(),
                rows,  out,
                width, probe.per_symbol * static_cast<float>(width - 1) * stretch,
                {}};
  float* first = search.row(0);
  first[0] = 0;
  for (std::size_t j = 1; j < width; ++j)
    first[j] = first[j - 1] + search.costs.drop(probe.symbols[j - 1]);
  const Node& root = nodes_[0];
  for (std::uint32_t i = 0; i < root.children; ++i) descend(search, root.first_child + i, 1);
}

void PartTrie::descend(Search& search, std::uint32_t index, std::size_t depth) const {
  const Node& node = nodes_[index];
  const std::string_view word = search.probe.symbols;
  const Symbol symbol = node.symbol;
  const bool unwritten = leaves_vowels_out(search.probe.script) && depth > 1;
  const float missing = unwritten ? search.costs.unwritten(symbol) : search.costs.drop(symbol);
  const float* above = search.row(depth - 1);
  float* row = search.row(depth);
  search.path.push_back(symbol);
  row[0] = above[0] + (depth == 1 ? std::max(missing, kLoneVowel) : missing);
  float best = row[0];
  for (std::size_t j = 1; j < search.width; ++j) {
    float cost = std::min({above[j] + missing, row[j - 1] + search.costs.drop(word[j - 1]),
                           above[j - 1] + search.costs.swap(word[j - 1], symbol)});
    if (j > 1 && depth > 1 && word[j - 1] == search.path[depth - 2] && word[j - 2] == symbol &&
        word[j - 1] != symbol)
      cost = std::min(cost, search.row(depth - 2)[j - 2] + kTransposed);
    row[j] = cost;
    best = std::min(best, cost);
  }
  if (best <= search.limit) {
    if (node.parts > 0) {
      float cost = row[search.width - 1];
      std::size_t used = search.width - 1;
      for (const Stem& stem : search.probe.stems)
        if (stem.length < search.width && row[stem.length] + stem.price < cost) {
          cost = row[stem.length] + stem.price;
          used = stem.length;
        }
      const std::size_t length = std::max(used, depth);
      if (cost <= search.probe.per_symbol * static_cast<float>(length))
        for (std::uint32_t i = 0; i < node.parts; ++i)
          search.out.push_back(
              {parts_[node.first_part + i], cost, static_cast<std::uint8_t>(length)});
    }
    if (depth < kLongest)
      for (std::uint32_t i = 0; i < node.children; ++i)
        descend(search, node.first_child + i, depth + 1);
  }
  search.path.pop_back();
}

}  // namespace tocsin::rules::names
