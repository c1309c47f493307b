// SPDX-License-Identifier: MIT
//
// Every rule is hung up on something that each article it holds for must contain: of a phrase its
// rarest pair of neighbours, of an AND its rarest part, of an OR one of each alternative. Without a
// corpus at hand, rarity is judged by looks: pairs are rarer than words, long words than short
// ones. Beside its rarest part, an AND or a NEAR leaves a few words of its second rarest with each
// anchor: most articles lack those, and then the rule need not be looked at.
#include "rules/detail/anchors.hpp"

#include <algorithm>
#include <cstring>

#include "rules/detail/regex.hpp"
#include "rules/stemmer.hpp"
#include "rules/words.hpp"

namespace tocsin::rules::detail {
namespace {

using Kind = Node::Kind;

constexpr int kPairBonus = 20, kHeadCost = 4, kEntityRarity = 30, kLiteralRarity = 2;
constexpr int kWindowBonus = 6;

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

/// Letters count; a short word is likely to be a common one, and so is a single Han letter.
int rarity_of(const Word& word) {
  return static_cast<int>(std::min<std::size_t>(characters(word.folded), 14));
}

void consider(std::optional<Anchors>& best, Anchor anchor, int rarity) {
  if (!best || rarity > best->rarity) best = Anchors{{std::move(anchor)}, rarity};
}

Anchor anchor(Anchor::Kind kind, std::uint64_t key) {
  Anchor out;
  out.kind = kind;
  out.key = key;
  return out;
}

std::optional<Anchor> head_of(std::string_view pattern) {
  const auto head = literal_head(pattern);
  const auto length = std::min(head.size(), kMaxHead);
  if (length < kMinHead) return std::nullopt;
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, head.data(), length);
  auto out = anchor(Anchor::Kind::head, head_key(bytes, length));
  out.offset = static_cast<std::uint32_t>(length);
  return out;
}

std::optional<Anchors> of_stem(const Node& node) {
  const auto& words = node.leaf.words;
  std::optional<Anchors> best;
  for (const auto& word : words) {
    if (word.wild || (best && rarity_of(word) <= best->rarity)) continue;
    Anchors all;
    all.rarity = rarity_of(word);
    for (const auto key : stem_keys(word.raw)) all.any.push_back(anchor(Anchor::Kind::stem, key));
    best = std::move(all);
  }
  return best;
}

std::optional<Anchors> of_words(const Node& node) {
  const auto& leaf = node.leaf;
  if ((leaf.forms & kStem) != 0) return of_stem(node);
  std::optional<Anchors> best;
  for (std::uint32_t i = 0; i < leaf.words.size(); ++i) {
    const auto& word = leaf.words[i];
    if (word.wild) {
      // Under EXACT the pattern is not the fold of the text; it still folds to it.
      if (auto head = head_of(word.folded)) {
        const int rarity = static_cast<int>(
            std::min<std::size_t>(characters(literal_head(word.folded)), kMaxHead));
        consider(best, std::move(*head), rarity - kHeadCost);
      }
      continue;
    }
    auto one = anchor(Anchor::Kind::word, word.hash);
    one.leaf = &node;
    one.offset = i;
    consider(best, one, rarity_of(word));
    if (i == 0 || leaf.words[i - 1].wild) continue;
    one.kind = Anchor::Kind::pair;
    one.key = pair_key(leaf.words[i - 1].hash, word.hash);
    consider(best, std::move(one), kPairBonus + rarity_of(word) + rarity_of(leaf.words[i - 1]));
  }
  return best;
}

std::optional<Anchors> of_regex(const Node& node) {
  auto needed = needed_literals(node.leaf.term, node.leaf.case_sensitive);
  if (needed.any.empty()) return std::nullopt;
  auto one = anchor(Anchor::Kind::literal, 0);
  one.texts = std::move(needed.any);
  one.beside = std::move(needed.beside);
  return Anchors{{std::move(one)}, kLiteralRarity};
}

/// All anchors of some sets: the least rare of them tells how rare one of them is.
std::optional<Anchors> together(std::vector<Anchors> sets) {
  if (sets.empty()) return std::nullopt;
  auto out = std::move(sets.front());
  for (auto set = sets.begin() + 1; set != sets.end(); ++set) {
    out.rarity = std::min(out.rarity, set->rarity);
    std::move(set->any.begin(), set->any.end(), std::back_inserter(out.any));
  }
  return out;
}

/// k of n alternatives: when k hold, so does one of any n - k + 1.
std::optional<Anchors> of_some(const Node& node, std::size_t k) {
  std::vector<Anchors> sets;
  for (const auto& child : node.children)
    if (auto anchors = anchors_of(child)) sets.push_back(std::move(*anchors));
  const auto wanted = node.children.size() - k + 1;
  if (sets.size() < wanted) return std::nullopt;
  std::stable_sort(sets.begin(), sets.end(),
                   [](const Anchors& a, const Anchors& b) { return a.rarity > b.rarity; });
  sets.resize(wanted);
  return together(std::move(sets));
}

std::optional<Companions> companions_of(const Node& node);

std::optional<Companions> rarest_companions(const Node& node, const Node* beside) {
  std::optional<Companions> best;
  for (const auto& child : node.children) {
    if (&child == beside) continue;
    const auto found = companions_of(child);
    if (found && (!best || found->rarity > best->rarity)) best = found;
  }
  return best;
}

std::optional<Companions> companions_of_choice(const Node& node) {
  std::optional<Companions> all;
  for (const auto& child : node.children) {
    const auto found = companions_of(child);
    if (!found) return std::nullopt;
    if (!all) {
      all = found;
      continue;
    }
    if (all->count + found->count > Companions::kMost) return std::nullopt;
    for (std::size_t i = 0; i < found->count; ++i) all->any[all->count++] = found->any[i];
    all->by_head = all->by_head || found->by_head;
    all->rarity = std::min(all->rarity, found->rarity);
  }
  return all;
}

std::optional<Companions> companions_of_words(const Leaf& leaf) {
  std::optional<Companions> best;
  if ((leaf.forms & kStem) != 0) return best;
  for (const auto& word : leaf.words) {
    Companions one;
    const auto head = literal_head(word.folded);
    if (head.size() >= kMinHead) std::memcpy(&one.any[0].head, head.data(), kMinHead);
    one.any[0].hash = word.hash;
    one.count = 1;
    one.by_head = word.wild;
    one.rarity = word.wild ? 0 : rarity_of(word);
    if (word.wild && one.any[0].head == 0) continue;
    if (!best || one.rarity > best->rarity) best = one;
  }
  return best;
}

/// Words of which `node` needs one.
std::optional<Companions> companions_of(const Node& node) {
  switch (node.kind) {
    case Kind::words: return companions_of_words(node.leaf);
    case Kind::any_of: return companions_of_choice(node);
    case Kind::not_near:
    case Kind::except:
    case Kind::at_least:
    case Kind::first: return companions_of(node.children.front());
    case Kind::all_of:
    case Kind::near:
    case Kind::near_ordered:
    case Kind::sentence:
    case Kind::paragraph: return rarest_companions(node, nullptr);
    default: return std::nullopt;
  }
}

/// The most words that a span of `node` takes; kMaxWindow and more: unknown.
std::uint32_t reach(const Node& node) {
  switch (node.kind) {
    case Kind::words: return static_cast<std::uint32_t>(node.leaf.words.size());
    case Kind::any_of: {
      std::uint32_t most = 0;
      for (const auto& child : node.children) most = std::max(most, reach(child));
      return most;
    }
    case Kind::near:
    case Kind::near_ordered:
      return std::min(kMaxWindow, node.n + reach(node.children[0]) + reach(node.children[1]));
    case Kind::not_near:
    case Kind::except:
    case Kind::first: return reach(node.children[0]);
    default: return kMaxWindow;
  }
}

/// How far from an anchor in one operand a word of the other may be, or 0 when that is no bound.
std::uint32_t window_of(const Node& node) {
  if (node.kind != Kind::near && node.kind != Kind::near_ordered) return 0;
  const auto window = node.n + reach(node.children[0]) + reach(node.children[1]);
  return window < kMaxWindow ? window : 0;
}

bool all_have_heads(const Companions& words) {
  return std::all_of(words.any.begin(),
                     words.any.begin() + static_cast<std::ptrdiff_t>(words.count),
                     [](const auto& word) { return word.head != 0; });
}

std::optional<Anchors> of_rarest(const Node& node) {
  std::optional<Anchors> best;
  const Node* from = nullptr;
  for (const auto& child : node.children) {
    auto anchors = anchors_of(child);
    if (!anchors || (best && anchors->rarity <= best->rarity)) continue;
    best = std::move(anchors);
    from = &child;
  }
  if (!best) return best;
  auto beside = rarest_companions(node, from);
  if (!beside) return best;
  beside->window = window_of(node);
  if (beside->by_head && (beside->window == 0 || !all_have_heads(*beside))) return best;
  if (beside->window > 0) beside->rarity += kWindowBonus;
  for (auto& one : best->any)
    if (one.companions.count == 0 || one.companions.rarity < beside->rarity)
      one.companions = *beside;
  return best;
}

}  // namespace

std::optional<Anchors> anchors_of(const Node& node) {
  switch (node.kind) {
    case Kind::words: return of_words(node);
    case Kind::entity: return Anchors{{anchor(Anchor::Kind::entity, node.entity)}, kEntityRarity};
    case Kind::regex: return of_regex(node);
    case Kind::value:
    case Kind::comparison:
    case Kind::negation: return std::nullopt;
    case Kind::any_of: return of_some(node, 1);
    case Kind::some_of: return of_some(node, node.n);
    case Kind::not_near:
    case Kind::except:
    case Kind::at_least:
    case Kind::first: return anchors_of(node.children.front());
    default: return of_rarest(node);
  }
}

bool is_plain_choice(const Node& node) {
  if (node.kind == Kind::any_of)
    return std::all_of(node.children.begin(), node.children.end(), is_plain_choice);
  return node.kind == Kind::words && node.leaf.forms == 0 && node.leaf.scope == kText &&
         std::none_of(node.leaf.words.begin(), node.leaf.words.end(),
                      [](const Word& word) { return word.wild; });
}

}  // namespace tocsin::rules::detail
