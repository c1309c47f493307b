// SPDX-License-Identifier: MIT
// Word borders of regexes, held against a matcher that tries everything.
#include "rules/detail/border.hpp"

#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "rules/detail/pattern.hpp"
#include "tests/rules/support.hpp"
#include "text/utf8.hpp"

namespace tocsin::rules {
namespace {

using detail::Pattern;
using detail::PatternSearch;
using Stretches = std::vector<std::pair<std::size_t, std::size_t>>;

TEST(RegexBorders, LieBetweenLettersOfEveryScriptAndOtherSigns) {
  EXPECT_EQ(texts("/\\bИран\\b/", "Иран и Иранский, «Иран»"), "Иран|Иран");
  EXPECT_EQ(texts("/\\bиран\\w+/", "ИРАНСКИЙ тиран"), "ИРАНСКИЙ");
  EXPECT_EQ(texts("/\\bcaf\\b/", "café caf"), "caf");
  EXPECT_EQ(texts("/\\Biran\\b/", "éiran iran"), "iran");
  EXPECT_EQ(texts("/ایران\\b/", "ایران، ایرانی"), "ایران");
  EXPECT_EQ(texts("/\\b(Иран|Оман)\\b.{1,9}\\bсделк\\w*/", "Иран и сделка"), "Иран и сделка");
  EXPECT_EQ(texts("/\\b\\bИран/", "Иран"), "Иран");
  EXPECT_EQ(texts("/^\\bИран$/", "Иран"), "Иран");
  EXPECT_EQ(texts("/\\bИран[^а-я]*$/", "Иран!"), "Иран!");
  EXPECT_EQ(texts("/\\QИр.\\E\\b/", "Ир.а Ир."), "Ир.");
}

TEST(RegexBorders, StandAtTheBytesOfTheText) {
  EXPECT_EQ(found("/\\bИран\\b/", article("", "в Иран, Иран")), "body 3-11 Иран; body 13-21 Иран");
}

TEST(RegexBorders, AreThoseOfEachArticleThatAScratchReads) {
  auto spec = spec_of(query_watch("/\\bИран\\b/ OR /\\bОман\\b/"));
  const auto rules = RuleSet::compile(spec).rules;
  Scratch scratch;
  EXPECT_EQ(rules->match(article("Оман", "Иран"), {}, scratch).size(), 1U);
  EXPECT_EQ(rules->match(article("Омана", "Ирана"), {}, scratch).size(), 0U);
  EXPECT_EQ(rules->match(article("Омане", "в Иран"), {}, scratch).front().hits.size(), 1U);
}

TEST(RegexBorders, HoldInFieldsBesideTheText) {
  Item item = article("peace", "");
  item.tags = {"Иранский"};
  EXPECT_EQ(found("peace AND tag:/\\bИран\\b/", item), "no");
  item.tags = {"наш Иран"};
  EXPECT_EQ(found("peace AND tag:/\\bИран\\b/", item), "title 0-5 peace");
}

TEST(RegexBorders, AreWarnedOfWhereTheyKnowOnlyAscii) {
  for (const auto* query : {"/\\bИран\\C/", "/\\bИран[\\x00-\\x1f]/", "/\\b(^Иран|Оман)/"}) {
    const auto compiled = RuleSet::compile(spec_of(query_watch(query)));
    ASSERT_FALSE(compiled.findings.empty()) << query;
    EXPECT_NE(compiled.findings.front().message.find("\\b knows the letters a to z only"),
              std::string::npos);
  }
}

/// A regex as a tree, for the reference.
struct Piece {
  enum class Kind : std::uint8_t { letter, dot, not_letter, border, inside, group } kind{};
  char32_t letter = 0;
  std::vector<std::vector<Piece>> branches;
  unsigned least = 1, most = 1;
  bool lazy = false;
};
using Sequence = std::vector<Piece>;
using Text = std::vector<char32_t>;

constexpr char32_t kLetters[] = {U'и', U'a',  U'é', U'\u0301', U' ', U'-',
                                 U'1', U'近', U'_', U'\n',     U'٣', U'.'};

bool is_word(char32_t c) {
  return c != U' ' && c != U'-' && c != U'\n' && c != U'.';
}

/// Perl's way of matching: the first alternative that leads to the end, tried in order.
class Reference {
 public:
  explicit Reference(const Text& text) : text_(text) {}

  using Then = std::function<bool(std::size_t)>;

  bool sequence(const Sequence& all, std::size_t from, std::size_t at, const Then& then) const {
    if (from == all.size()) return then(at);
    return repeated(all[from], 0, at,
                    [&](std::size_t next) { return sequence(all, from + 1, next, then); });
  }

 private:
  bool repeated(const Piece& piece, unsigned count, std::size_t at, const Then& then) const {
    const auto more = [&] {
      return count < piece.most && one(piece, at, [&](std::size_t next) {
               return repeated(piece, count + 1, next, then);
             });
    };
    if (count < piece.least) return more();
    return piece.lazy ? then(at) || more() : more() || then(at);
  }

  bool one(const Piece& piece, std::size_t at, const Then& then) const {
    const bool there = at < text_.size();
    switch (piece.kind) {
      case Piece::Kind::letter: return there && text_[at] == piece.letter && then(at + 1);
      case Piece::Kind::dot: return there && text_[at] != U'\n' && then(at + 1);
      case Piece::Kind::not_letter: return there && text_[at] != piece.letter && then(at + 1);
      case Piece::Kind::border: return border(at) && then(at);
      case Piece::Kind::inside: return !border(at) && then(at);
      case Piece::Kind::group: break;
    }
    for (const auto& branch : piece.branches)
      if (sequence(branch, 0, at, then)) return true;
    return false;
  }

  [[nodiscard]] bool border(std::size_t at) const {
    const bool before = at > 0 && is_word(text_[at - 1]);
    const bool behind = at < text_.size() && is_word(text_[at]);
    return before != behind;
  }

  const Text& text_;
};

class Chance {
 public:
  explicit Chance(unsigned seed) : numbers_(seed) {}
  unsigned pick(unsigned below) { return static_cast<unsigned>(numbers_() % below); }
  char32_t letter() { return kLetters[pick(std::size(kLetters))]; }

  Text text() {
    Text out;
    for (auto n = pick(14); n > 0; --n) out.push_back(letter());
    return out;
  }

  /// At most two borders: more at one place are not promised.
  Sequence sequence(unsigned depth, unsigned& borders) {
    Sequence out;
    for (auto n = 1 + pick(4); n > 0; --n) out.push_back(piece(depth, borders));
    return out;
  }

 private:
  Piece piece(unsigned depth, unsigned& borders) {
    Piece out;
    const auto kind = pick(8);
    if (kind < 3 && borders < 2) {
      ++borders;
      out.kind = kind == 0 ? Piece::Kind::inside : Piece::Kind::border;
      return out;
    }
    if (kind == 3 && depth > 0) {
      out.kind = Piece::Kind::group;
      for (auto n = 1 + pick(2); n > 0; --n) out.branches.push_back(sequence(depth - 1, borders));
      out.least = pick(2);
      return out;
    }
    out.kind = kind == 4   ? Piece::Kind::dot
               : kind == 5 ? Piece::Kind::not_letter
                           : Piece::Kind::letter;
    out.letter = letter();
    out.least = pick(2);
    out.most = out.least + pick(3);
    if (out.most == 0) out.most = 1;
    out.lazy = pick(3) == 0;
    return out;
  }

  std::mt19937 numbers_;
};

std::string utf8(const Text& text) {
  std::string out;
  for (const auto c : text) text::append_utf8(out, c);
  return out;
}

std::string written(const Sequence& all);

std::string written(const Piece& piece) {
  std::string out;
  switch (piece.kind) {
    case Piece::Kind::letter: out = re2::RE2::QuoteMeta(utf8({piece.letter})); break;
    case Piece::Kind::dot: out = "."; break;
    case Piece::Kind::not_letter:
      out = "[^" + re2::RE2::QuoteMeta(utf8({piece.letter})) + "]";
      break;
    case Piece::Kind::border: return "\\b";
    case Piece::Kind::inside: return "\\B";
    case Piece::Kind::group:
      for (const auto& branch : piece.branches) out += (out.empty() ? "(" : "|") + written(branch);
      out += ")";
  }
  if (piece.least == 1 && piece.most == 1) return out;
  out += "{" + std::to_string(piece.least) + "," + std::to_string(piece.most) + "}";
  return piece.lazy ? out + "?" : out;
}

std::string written(const Sequence& all) {
  std::string out;
  for (const auto& piece : all) out += written(piece);
  return out;
}

Stretches by_reference(const Sequence& regex, const Text& text) {
  const Reference reference(text);
  Stretches out;
  for (std::size_t start = 0; start < text.size();) {
    std::size_t stop = 0;
    const bool there = reference.sequence(regex, 0, start, [&](std::size_t end) {
      stop = end;
      return true;
    });
    const auto bytes = [&](std::size_t at) {
      return utf8({text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at)}).size();
    };
    if (there && stop > start) out.emplace_back(bytes(start), bytes(stop));
    start = there && stop > start ? stop : start + 1;
  }
  return out;
}

Stretches by_engine(const std::string& regex, const std::string& text) {
  const Pattern pattern(regex, true);
  EXPECT_TRUE(pattern.knows_borders()) << regex;
  detail::BorderText borders;
  PatternSearch search(pattern, text, borders);
  Stretches out;
  while (const auto found = search.next())
    if (found->start < found->stop) out.emplace_back(found->start, found->stop);
  return out;
}

TEST(RegexBorders, AgreeWithAMatcherThatTriesEverything) {
  Chance chance(20260202);
  int borders_seen = 0, found = 0;
  for (int i = 0; i < 20'000; ++i) {
    unsigned borders = 0;
    const auto regex = chance.sequence(2, borders);
    borders_seen += borders > 0 ? 1 : 0;
    const auto pattern = written(regex);
    for (int k = 0; k < 3; ++k) {
      const auto text = chance.text();
      const auto expected = by_reference(regex, text);
      found += expected.empty() ? 0 : 1;
      ASSERT_EQ(by_engine(pattern, utf8(text)), expected) << pattern << "\n[" << utf8(text) << "]";
    }
  }
  EXPECT_GT(borders_seen, 10'000);
  EXPECT_GT(found, 10'000);
}

}  // namespace
}  // namespace tocsin::rules
