// SPDX-License-Identifier: MIT
#include "tests/rules/naive.hpp"

#include <algorithm>
#include <map>

#include "rules/words.hpp"
#include "text/fold.hpp"
#include "text/sentences.hpp"
#include "text/tokenizer.hpp"

namespace tocsin::rules {
namespace {

using Kind = Node::Kind;

/// A span with the leaves that it is made of.
struct Place {
  std::size_t field = 0;
  std::uint32_t first = 0, end = 0;  // words of the field
  std::set<NaiveHit> leaves;
};

struct Answer {
  bool holds = false;
  std::vector<Place> places;
};

class Judge {
 public:
  explicit Judge(const Item& item) {
    const auto plain = plain_text(item);
    texts_ = {plain.title, plain.summary, plain.body};
    for (const auto text : texts_) text::tokenize(text, tokens_.emplace_back());
  }

  Answer ask(const Node& node) {
    switch (node.kind) {
      case Kind::words: return words(node.leaf);
      case Kind::any_of: return some(node, 1);
      case Kind::some_of: return some(node, node.n);
      case Kind::all_of: return some(node, node.children.size());
      case Kind::negation: return {!ask(node.children[0]).holds, {}};
      case Kind::at_least: return at_least(node);
      case Kind::first:
        return keep(ask(node.children[0]), [&](const Place& p) { return p.first < node.n; });
      case Kind::except: {
        const auto other = ask(node.children[1]).places;
        return keep(ask(node.children[0]), [&](const Place& a) {
          return std::none_of(other.begin(), other.end(), [&](const Place& b) {
            return b.field == a.field && b.first <= a.first && a.end <= b.end;
          });
        });
      }
      case Kind::not_near: {
        const auto other = ask(node.children[1]).places;
        return keep(ask(node.children[0]), [&](const Place& a) {
          return std::none_of(other.begin(), other.end(), [&](const Place& b) {
            return b.field == a.field && (overlap(a, b) || between(a, b) <= node.n);
          });
        });
      }
      default: return pairs(node);
    }
  }

 private:
  static bool overlap(const Place& a, const Place& b) { return a.first < b.end && b.first < a.end; }
  static std::uint32_t between(const Place& a, const Place& b) {
    return a.end <= b.first ? b.first - a.end : a.first - b.end;
  }

  template <class Wanted>
  static Answer keep(Answer answer, Wanted wanted) {
    std::erase_if(answer.places, [&](const Place& p) { return !wanted(p); });
    answer.holds = !answer.places.empty();
    return answer;
  }

  std::string raw(std::size_t field, std::uint32_t word) const {
    const auto& token = tokens_[field][word];
    return std::string(texts_[field].substr(token.start, token.length));
  }

  bool fits(const Word& word, const std::string& text, Forms forms) const {
    if (!fits_capitals(text, forms)) return false;
    if ((forms & (kKeepCase | kKeepMarks)) != 0)
      return glob(shape(word.raw, forms), shape(text, forms));
    return glob(word.folded, text::fold(text));
  }

  /// One of each place, with the leaves of all that are there.
  static Answer gathered(std::vector<Place> places) {
    std::map<std::tuple<std::size_t, std::uint32_t, std::uint32_t>, std::set<NaiveHit>> all;
    for (auto& place : places) all[{place.field, place.first, place.end}].merge(place.leaves);
    Answer out;
    for (auto& [where, leaves] : all)
      out.places.push_back(
          {std::get<0>(where), std::get<1>(where), std::get<2>(where), std::move(leaves)});
    out.holds = !out.places.empty();
    return out;
  }

  Answer words(const Leaf& leaf) {
    Answer out;
    for (std::size_t f = 0; f < texts_.size(); ++f) {
      if ((leaf.scope >> f & 1U) == 0) continue;
      const auto count = static_cast<std::uint32_t>(leaf.words.size());
      for (std::uint32_t i = 0; i + count <= tokens_[f].size(); ++i) {
        bool all = true;
        for (std::uint32_t w = 0; w < count; ++w)
          all = all && fits(leaf.words[w], raw(f, i + w), leaf.forms);
        if (all)
          out.places.push_back(
              {f,
               i,
               i + count,
               {{f, tokens_[f][i].start, tokens_[f][i + count - 1].end(), leaf.term}}});
      }
    }
    out.holds = !out.places.empty();
    return out;
  }

  Answer some(const Node& node, std::size_t wanted) {
    Answer out;
    std::size_t held = 0;
    for (const auto& child : node.children) {
      auto answer = ask(child);
      if (!answer.holds) continue;
      ++held;
      out.places.insert(out.places.end(), answer.places.begin(), answer.places.end());
    }
    if (held < wanted) return {};
    out = gathered(std::move(out.places));
    out.holds = true;
    return out;
  }

  Answer at_least(const Node& node) {
    auto inner = ask(node.children[0]);
    auto left = inner.places;
    std::sort(left.begin(), left.end(), [](const Place& a, const Place& b) {
      return std::tie(a.field, a.end, a.first) < std::tie(b.field, b.end, b.first);
    });
    std::vector<Place> chosen;
    for (const auto& place : left)
      if (chosen.empty() || chosen.back().field != place.field || chosen.back().end <= place.first)
        chosen.push_back(place);
    return chosen.size() >= node.n ? inner : Answer{};
  }

  /// How many borders of at least this kind lie between two words of a field.
  bool one_unit(std::size_t field, std::uint32_t first, std::uint32_t last,
                text::Border kind) const {
    if (field == 0) return true;
    for (auto i = first; i < last; ++i) {
      const auto from = tokens_[field][i].end();
      const auto gap = texts_[field].substr(from, tokens_[field][i + 1].start - from);
      if (text::border(raw(field, i), gap, raw(field, i + 1)) >= kind) return false;
    }
    return true;
  }

  Answer pairs(const Node& node) {
    const auto left = ask(node.children[0]).places, right = ask(node.children[1]).places;
    std::vector<Place> found;
    for (const auto& a : left) {
      if (found.size() > 20'000) found = gathered(std::move(found)).places;
      for (const auto& b : right) {
        if (a.field != b.field || overlap(a, b)) continue;
        const auto first = std::min(a.first, b.first), end = std::max(a.end, b.end);
        bool good = false;
        if (node.kind == Kind::near) good = between(a, b) <= node.n;
        if (node.kind == Kind::near_ordered) good = a.end <= b.first && between(a, b) <= node.n;
        if (node.kind == Kind::sentence)
          good = one_unit(a.field, first, end - 1, text::Border::sentence);
        if (node.kind == Kind::paragraph)
          good = one_unit(a.field, first, end - 1, text::Border::paragraph);
        if (!good) continue;
        Place both{a.field, first, end, a.leaves};
        both.leaves.insert(b.leaves.begin(), b.leaves.end());
        found.push_back(std::move(both));
      }
    }
    return gathered(std::move(found));
  }

  std::vector<std::string_view> texts_;
  std::vector<std::vector<text::Token>> tokens_;
};

}  // namespace

std::optional<std::set<NaiveHit>> judge(const Node& rule, const Item& item) {
  Judge court(item);
  const auto answer = court.ask(rule);
  if (!answer.holds) return std::nullopt;
  std::set<NaiveHit> hits;
  for (const auto& place : answer.places) hits.insert(place.leaves.begin(), place.leaves.end());
  return hits;
}

}  // namespace tocsin::rules
