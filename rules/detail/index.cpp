// SPDX-License-Identifier: MIT
#include "rules/detail/index.hpp"

#include <algorithm>
#include <cstring>

#include <unicode/uchar.h>

#include "rules/detail/regex.hpp"
#include "text/fold.hpp"

namespace tocsin::rules::detail {
namespace {

constexpr std::size_t kGram = 3;  // bytes: the shortest atom

std::uint64_t gram_key(const char* at) noexcept {
  std::uint32_t value = 0;
  std::memcpy(&value, at, kGram);
  auto key = value * 0x9E3779B97F4A7C15ULL;
  return key ^ (key >> 29U);
}

/// Small letters one by one, as RE2 writes its atoms.
void lower_to(std::string_view text, std::string& out) {
  out.clear();
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      out += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : text[at];
      ++at;
    } else {
      const auto c = text::next_code_point(text, at);
      text::append_utf8(out, static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))));
    }
  }
}

}  // namespace

Index::Index() : filter_(static_cast<int>(kGram)) {}

void Index::add(std::uint32_t watch, const std::optional<Anchors>& anchors,
                const std::vector<std::uint32_t>& entity_of) {
  if (!anchors) {
    always_.push_back(watch);
    return;
  }
  for (const auto& anchor : anchors->any) {
    switch (anchor.kind) {
      case Anchor::Kind::word: word_entries_.emplace_back(anchor.key, watch); break;
      case Anchor::Kind::pair: pair_entries_.emplace_back(anchor.key, watch); break;
      case Anchor::Kind::head: head_entries_.emplace_back(anchor.key, watch); break;
      case Anchor::Kind::entity: entity_entries_.emplace_back(entity_of[anchor.key], watch); break;
      case Anchor::Kind::regex: {
        int id = 0;
        filter_.Add(anchor.leaf->leaf.term, regex_options(anchor.leaf->leaf.case_sensitive), &id);
        regex_watches_.push_back(watch);
        break;
      }
    }
  }
}

void Index::seal() {
  words_ = Table(std::exchange(word_entries_, {}));
  pairs_ = Table(std::exchange(pair_entries_, {}));
  heads_ = Table(std::exchange(head_entries_, {}));
  entities_ = Table(std::exchange(entity_entries_, {}));
  if (regex_watches_.empty()) return;
  filter_.Compile(&atoms_);
  Entries grams;
  for (std::size_t i = 0; i < atoms_.size(); ++i)
    grams.emplace_back(gram_key(atoms_[i].data()), static_cast<std::uint32_t>(i));
  grams_ = Table(std::move(grams));
}

void Index::heads(const Article& article, std::vector<std::uint32_t>& out) const {
  const auto count = static_cast<std::uint32_t>(article.tokens().size());
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto word = article.folded(i);
    std::size_t at = 0;
    for (std::uint32_t length = 1; length <= kMaxHead && at < word.size(); ++length) {
      text::next_code_point(word, at);
      if (length < kMinHead) continue;
      const auto key = head_key(word.substr(0, at));
      if (heads_.perhaps(key)) heads_.find(key, out);
    }
  }
}

void Index::regexes(const Article& article, std::string& lower,
                    std::vector<std::uint32_t>& out) const {
  std::vector<std::uint32_t> near;
  std::vector<int> found, possible;
  for (const auto& part : article.parts()) {
    lower_to(part.text, lower);
    for (std::size_t at = 0; at + kGram <= lower.size(); ++at) {
      const auto key = gram_key(lower.data() + at);
      if (!grams_.perhaps(key)) continue;
      near.clear();
      grams_.find(key, near);
      for (const auto atom : near)
        if (lower.compare(at, atoms_[atom].size(), atoms_[atom]) == 0)
          found.push_back(static_cast<int>(atom));
    }
  }
  if (found.empty()) return;
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  filter_.AllPotentials(found, &possible);
  for (const auto id : possible) out.push_back(regex_watches_[static_cast<std::size_t>(id)]);
}

void Index::candidates(const Article& article, const std::vector<std::uint32_t>& entities,
                       std::string& lower, std::vector<std::uint32_t>& out) const {
  std::uint64_t before = 0;
  for (const auto& token : article.tokens()) {
    if (words_.perhaps(token.hash)) words_.find(token.hash, out);
    const auto pair = pair_key(before, token.hash);
    if (pairs_.perhaps(pair)) pairs_.find(pair, out);
    before = token.hash;
  }
  if (!heads_.empty()) heads(article, out);
  for (const auto entity : entities) entities_.find(entity, out);
  if (!regex_watches_.empty()) regexes(article, lower, out);
}

}  // namespace tocsin::rules::detail
