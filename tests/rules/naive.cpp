// SPDX-License-Identifier: MIT
#include "tests/rules/naive.hpp"

#include <algorithm>
#include <map>

#include <re2/re2.h>

#include "rules/stemmer.hpp"
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
  Judge(const Query& rule, const Item& item, const ItemContext& context)
      : rule_(rule), item_(item), context_(context), stemmer_(item.language) {
    const auto plain = plain_text(item);
    texts_ = {plain.title, plain.summary, plain.body};
    for (const auto text : texts_) text::tokenize(text, tokens_.emplace_back());
  }

  Answer ask(const Node& node) {
    switch (node.kind) {
      case Kind::words: return words(node.leaf);
      case Kind::regex: return regex(node.leaf);
      case Kind::entity: return term_entity(node);
      case Kind::value: return {naive_value(node.leaf, item_, context_), {}};
      case Kind::comparison:
        return {naive_comparison(node.comparison, item_, context_,
                                 tokens_[0].size() + tokens_[1].size() + tokens_[2].size()),
                {}};
      case Kind::any_of: return some(node, 1);
      case Kind::some_of: return some(node, node.n);
      case Kind::all_of: return some(node, node.children.size());
      case Kind::negation: return {!ask(node.children[0]).holds, {}};
      case Kind::at_least: return at_least(node);
      case Kind::first:
        return keep(ask(node.children[0]), [&](const Place& p) { return p.first < node.n; });
      case Kind::except: return outside(ask(node.children[0]), ask(node.children[1]).places);
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

  static Answer outside(Answer answer, const std::vector<Place>& other) {
    return keep(std::move(answer), [&](const Place& a) {
      return std::none_of(other.begin(), other.end(), [&](const Place& b) {
        return b.field == a.field && b.first <= a.first && a.end <= b.end;
      });
    });
  }

  std::string raw(std::size_t field, std::uint32_t word) const {
    const auto& token = tokens_[field][word];
    return std::string(texts_[field].substr(token.start, token.length));
  }

  bool fits(const Word& word, const std::string& text, Forms forms) const {
    if ((forms & kStem) != 0 && !word.wild) return stemmer_.stem(text) == stemmer_.stem(word.raw);
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

  /// Title, and 60 words of the first paragraph of the body, or of the summary without a body.
  bool in_lead(std::size_t field, std::uint32_t first, std::uint32_t end) const {
    if (field == 0) return true;
    if (field != (tokens_[2].empty() ? 1U : 2U) || end > 60) return false;
    return first == end || one_unit(field, 0, end - 1, text::Border::paragraph);
  }

  bool in_scope(Scope scope, std::size_t field, std::uint32_t first, std::uint32_t end) const {
    return (scope >> field & 1U) != 0 || ((scope & kLead) != 0 && in_lead(field, first, end));
  }

  Answer regex(const Leaf& leaf) const {
    re2::RE2::Options options;
    options.set_case_sensitive(leaf.case_sensitive);
    const re2::RE2 regex(leaf.term, options);
    std::vector<Place> places;
    for (std::size_t f = 0; f < texts_.size(); ++f) {
      const auto& tokens = tokens_[f];
      re2::StringPiece found;
      const re2::StringPiece text(texts_[f].data(), texts_[f].size());
      for (std::size_t at = 0; at < text.size() && regex.Match(text, at, text.size(),
                                                               re2::RE2::UNANCHORED, &found, 1);) {
        const auto start = static_cast<std::uint32_t>(found.data() - text.data());
        const auto stop = static_cast<std::uint32_t>(start + found.size());
        at = stop;
        std::uint32_t first = 0, end = 0;  // the words that it touches
        while (first < tokens.size() && tokens[first].end() <= start) ++first;
        for (end = first; end < tokens.size() && tokens[end].start < stop;) ++end;
        if (in_scope(leaf.scope, f, first, end))
          places.push_back({f, first, end, {{f, start, stop, term_of(leaf)}}});
      }
    }
    return gathered(std::move(places));
  }

  static std::string term_of(const Leaf& leaf) {
    return "/" + leaf.term + (leaf.case_sensitive ? "/c" : "/");
  }

  /// The listed forms, but inside of what is someone else.
  Answer term_entity(const Node& node) {
    const auto& entity = rule_.entities[node.entity];
    const auto form = [&](const std::string& text, Forms forms) {
      Leaf leaf = node.leaf;
      leaf.words = read_words(text);
      leaf.forms = forms;
      return words(leaf).places;
    };
    std::vector<Place> places;
    const auto add = [&](const std::string& text) {
      if (text.empty()) return;
      const auto more = form(text, node.leaf.forms);
      places.insert(places.end(), more.begin(), more.end());
    };
    add(entity.name.text);
    add(entity.acronym);
    for (const auto& alias : entity.aliases) add(alias.text);
    auto answer = gathered(std::move(places));
    for (const auto& other : entity.exclude)
      answer = outside(std::move(answer), form(other.text, 0));
    return answer;
  }

  Answer words(const Leaf& leaf) {
    Answer out;
    for (std::size_t f = 0; f < texts_.size(); ++f) {
      const auto count = static_cast<std::uint32_t>(leaf.words.size());
      for (std::uint32_t i = 0; i + count <= tokens_[f].size(); ++i) {
        bool all = true;
        for (std::uint32_t w = 0; w < count; ++w)
          all = all && fits(leaf.words[w], raw(f, i + w), leaf.forms);
        if (all && in_scope(leaf.scope, f, i, i + count))
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

  const Query& rule_;
  const Item& item_;
  const ItemContext& context_;
  const Stemmer stemmer_;
  std::vector<std::string_view> texts_;
  std::vector<std::vector<text::Token>> tokens_;
};

}  // namespace

std::optional<std::set<NaiveHit>> judge(const WatchSpec& watch, const Query& rule, const Item& item,
                                        const ItemContext& context) {
  for (const auto& [name, value] : watch.feeds)
    if (context.labels == nullptr || !context.labels->contains(name) ||
        context.labels->at(name) != value)
      return std::nullopt;
  const auto language = item.language.substr(0, item.language.find('-'));
  if (!watch.languages.empty() && !language.empty() &&
      std::find(watch.languages.begin(), watch.languages.end(), language) == watch.languages.end())
    return std::nullopt;
  Judge court(rule, item, context);
  const auto answer = court.ask(rule.root);
  if (!answer.holds) return std::nullopt;
  std::set<NaiveHit> hits;
  for (const auto& place : answer.places) hits.insert(place.leaves.begin(), place.leaves.end());
  return hits;
}

}  // namespace tocsin::rules
