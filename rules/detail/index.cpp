// SPDX-License-Identifier: MIT
//
// Every word, every pair of neighbours and every beginning of a word in use asks a small filter
// whether any watch hangs on it. The few that pass are gathered first and looked up in the tables
// after, so that the misses of one look-up are waited for together with those of the next.
#include "rules/detail/index.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace tocsin::rules::detail {
namespace {

// More than these in one article, and the doubles are thrown out before going on: a text of one
// word that 100,000 watches ask for would otherwise fill the memory.
constexpr std::size_t kManyCandidates = 1U << 18U, kManyOccurrences = 1U << 18U;

std::uint64_t entity_key(std::uint32_t entity) noexcept {
  const auto mixed = (entity + 1ULL) * 0x9E3779B97F4A7C15ULL;
  return mixed ^ (mixed >> 32U);
}

/// Where the other words of a leaf stand that an anchor was found of.
constexpr std::uint64_t place_of_words(std::uint32_t first, std::size_t count,
                                       std::uint32_t offset) noexcept {
  return (std::uint64_t{first} << 32U) | (std::uint64_t{count} << 8U) | offset;
}

template <class T>
void sort_once(std::vector<T>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

/// Gives up on telling the places of plain choices one by one: their watches are to be evaluated.
void to_candidates(Found& found) {
  for (const auto& one : found.occurrences)
    if (found.candidates.empty() || found.candidates.back() != one.watch)
      found.candidates.push_back(one.watch);
  found.occurrences.clear();
}

Posting candidate(std::uint32_t watch, const Companions& companions) {
  if (companions.count == 0) return {watch, Posting::kCandidate, 0};
  const auto base = companions.by_head ? Posting::kCompanionHead : Posting::kCompanion;
  return {watch, base + companions.window, Article::sketch_of(companions)};
}

Posting leaf_of(std::uint32_t watch, const Anchor& anchor, const Program& program) {
  const auto& code = program.codes[anchor.leaf->code];
  return {watch, anchor.leaf->code, place_of_words(code.first, code.count, anchor.offset)};
}

}  // namespace

void Index::add(std::uint32_t watch, const std::optional<Anchors>& anchors, bool plain,
                const Program& program, const std::vector<std::uint32_t>& entity_of) {
  if (!anchors) {
    always_.push_back(watch);
    return;
  }
  for (const auto& anchor : anchors->any) {
    const auto posting =
        plain ? leaf_of(watch, anchor, program) : candidate(watch, anchor.companions);
    switch (anchor.kind) {
      case Anchor::Kind::word: word_entries_.push_back({anchor.key, posting}); break;
      case Anchor::Kind::pair: pair_entries_.push_back({anchor.key, posting}); break;
      case Anchor::Kind::head:
        head_entries_.push_back({anchor.key, posting});
        head_lengths_.push_back(anchor.offset);
        break;
      case Anchor::Kind::stem: stem_entries_.push_back({anchor.key, posting}); break;
      case Anchor::Kind::entity:
        entity_entries_.push_back({entity_key(entity_of[anchor.key]), posting});
        break;
      case Anchor::Kind::literal: literals_.add(anchor.texts, anchor.beside, watch); break;
    }
  }
}

void Index::seal() {
  words_ = Table(std::exchange(word_entries_, {}));
  pairs_ = Table(std::exchange(pair_entries_, {}));
  heads_ = Table(std::exchange(head_entries_, {}));
  stems_ = Table(std::exchange(stem_entries_, {}));
  entities_ = Table(std::exchange(entity_entries_, {}));
  sort_once(head_lengths_);
  literals_.seal();
}

/// Takes the postings of one key, found at `token`.
void Index::take(std::span<const Posting> postings, std::uint32_t token, const Article& article,
                 const Program& program, Found& out) const {
  const auto& tokens = article.tokens();
  for (const auto& posting : postings) {
    if (posting.leaf == Posting::kCandidate) {
      out.candidates.push_back(posting.watch);
    } else if (posting.leaf >= Posting::kCompanionHead) {
      if (article.has_head_near(posting.more, token, posting.leaf - Posting::kCompanionHead))
        out.candidates.push_back(posting.watch);
    } else if (posting.leaf >= Posting::kCompanion) {
      if (article.may_hold_any(posting.more, token, posting.leaf - Posting::kCompanion))
        out.candidates.push_back(posting.watch);
    } else {
      const auto offset = static_cast<std::uint32_t>(posting.more & 0xFFU);
      const auto count = static_cast<std::uint32_t>(posting.more >> 8U & 0xFFU);
      if (token < offset || token - offset + count > tokens.size()) continue;
      const auto first = token - offset;
      const auto* const words = program.words.data() + (posting.more >> 32U);
      bool all = true;
      for (std::uint32_t i = 0; count > 2 && all && i < count; ++i)
        all = words[i].hash == tokens[first + i].hash;
      if (all) out.occurrences.push_back({posting.watch, first, first + count, posting.leaf});
    }
  }
  if (out.occurrences.size() > kManyOccurrences) to_candidates(out);
  if (out.candidates.size() > out.limit) {
    sort_once(out.candidates);
    out.limit = std::max(kManyCandidates, 2 * out.candidates.size());
  }
}

void Index::words_and_pairs(const Article& article, const Program& program, Found& out) const {
  const auto& tokens = article.tokens();
  const auto count = static_cast<std::uint32_t>(tokens.size());
  if (out.words.size() < count) {
    out.words.resize(count);
    out.pairs.resize(count);
  }
  auto* const words = out.words.data();
  auto* const pairs = out.pairs.data();
  std::size_t word_count = 0, pair_count = 0;
  std::uint64_t before = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto hash = tokens[i].hash;
    words[word_count] = i;
    word_count += words_.perhaps(hash) ? 1U : 0U;
    pairs[pair_count] = i;
    pair_count += pairs_.perhaps(pair_key(before, hash)) ? 1U : 0U;
    before = hash;
  }
  const auto pair_at = [&](std::uint32_t i) {
    return pair_key(i == 0 ? 0 : tokens[i - 1].hash, tokens[i].hash);
  };
  for (std::size_t i = 0; i < word_count; ++i) words_.prefetch(tokens[words[i]].hash);
  for (std::size_t i = 0; i < pair_count; ++i) pairs_.prefetch(pair_at(pairs[i]));
  for (std::size_t i = 0; i < word_count; ++i)
    take(words_.find(tokens[words[i]].hash), words[i], article, program, out);
  for (std::size_t i = 0; i < pair_count; ++i)
    take(pairs_.find(pair_at(pairs[i])), pairs[i], article, program, out);
}

void Index::heads(const Article& article, const Program& program, Found& out) const {
  const auto count = static_cast<std::uint32_t>(article.tokens().size());
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto word = article.folded(i);
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, word.data(), sizeof bytes);  // the buffer is padded
    for (const auto length : head_lengths_) {
      if (length > word.size()) break;
      const auto key = head_key(bytes & (~std::uint64_t{0} >> (64 - 8 * length)), length);
      if (heads_.perhaps(key)) take(heads_.find(key), i, article, program, out);
    }
  }
}

void Index::stems(Article& article, const Program& program, Found& out) const {
  for (const auto& part : article.parts())
    for (auto i = part.begin; i < part.end; ++i)
      if (const auto key = article.stem(i); stems_.perhaps(key))
        take(stems_.find(key), i, article, program, out);
}

void Index::find(Article& article, const Program& program,
                 const std::vector<std::uint32_t>& entities, Found& out) const {
  out.limit = kManyCandidates;
  out.occurrences.clear();
  out.candidates.assign(always_.begin(), always_.end());
  article.build_sketch();
  words_and_pairs(article, program, out);
  if (!heads_.empty()) heads(article, program, out);
  if (!stems_.empty()) stems(article, program, out);
  if (!entities_.empty())
    for (const auto entity : entities)
      take(entities_.find(entity_key(entity)), 0, article, program, out);
  if (!literals_.empty())
    literals_.find({article.folded_words().bytes.data(), article.folded_words().ends.back()},
                   out.grams, out.candidates);
  sort_once(out.candidates);
  sort_once(out.occurrences);
}

}  // namespace tocsin::rules::detail
