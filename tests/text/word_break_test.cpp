// SPDX-License-Identifier: MIT
// Unicode's own test of UAX #29 words. What the product does otherwise is applied to Unicode's
// answer step by step below: each step is one deviation, and there are no others.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "text/fold.hpp"
#include "text/tokenizer.hpp"
#include "text/utf8.hpp"

namespace tocsin::text {
namespace {

constexpr const char* kFile = "/usr/share/unicode/auxiliary/WordBreakTest.txt";

using Segment = std::u32string;

/// One line: "÷ 0061 × 0027 × 0061 ÷  # what it is": text between two ÷ is one segment.
std::vector<Segment> read_line(const std::string& line) {
  std::vector<Segment> out;
  std::istringstream pieces(line.substr(0, line.find('#')));
  for (std::string piece; pieces >> piece;) {
    if (piece == "÷")
      out.emplace_back();
    else if (piece != "×")
      out.back() += static_cast<char32_t>(std::stoul(piece, nullptr, 16));
  }
  if (!out.empty()) out.pop_back();  // behind the last ÷
  return out;
}

const FoldEntry& entry(char32_t c) {
  return FoldTable::instance().at(c);
}

/// Splits segments at characters and drops them.
std::vector<Segment> split_at(const std::vector<Segment>& segments, std::u32string_view where) {
  std::vector<Segment> out;
  for (const auto& segment : segments) {
    out.emplace_back();
    for (const auto c : segment)
      if (where.find(c) == std::u32string_view::npos)
        out.back() += c;
      else
        out.emplace_back();
  }
  return out;
}

/// True when `piece` is one letter and the marks on it.
bool is_initial(std::u32string_view piece) {
  const auto letters = std::count_if(
      piece.begin(), piece.end(), [](char32_t c) { return entry(c).kind != CharClass::ignored; });
  return letters == 1 && entry(piece.front()).letter;
}

/// Parts words at full stops, but for those between initials and between digits.
std::vector<Segment> part_at_stops(const std::vector<Segment>& segments) {
  std::vector<Segment> out;
  for (const auto& segment : segments) {
    std::vector<Segment> pieces = {{}};
    std::vector<Segment> stops;  // each with the marks on it
    for (const auto c : segment) {
      const bool on_stop =
          entry(c).kind == CharClass::ignored && !stops.empty() && pieces.back().empty();
      if (entry(c).kind == CharClass::mid_both) {
        stops.push_back({c});
        pieces.emplace_back();
      } else if (on_stop) {
        stops.back() += c;
      } else {
        pieces.back() += c;
      }
    }
    out.push_back(pieces.front());
    for (std::size_t i = 0; i < stops.size(); ++i) {
      const auto& left = pieces[i];
      const auto& right = pieces[i + 1];
      const bool digits = !right.empty() && entry(right.front()).digit;
      if (digits || (is_initial(left) && is_initial(right)))
        out.back() += stops[i] + right;
      else
        out.push_back(right);
    }
  }
  return out;
}

/// Parts letters that are words by themselves, with the marks behind them.
std::vector<Segment> part_singles(const std::vector<Segment>& segments) {
  std::vector<Segment> out;
  for (const auto& segment : segments) {
    out.emplace_back();
    bool single = false;
    for (const auto c : segment) {
      const auto kind = entry(c).kind;
      if (kind == CharClass::single || (single && kind == CharClass::word)) out.emplace_back();
      if (kind != CharClass::ignored) single = kind == CharClass::single;
      out.back() += c;
    }
  }
  return out;
}

/// Leaves out marks before a word and all that holds no letter, digit or underscore, and ends words
/// where a sign hangs on them.
std::vector<std::string> words_of(const std::vector<Segment>& segments) {
  std::vector<std::string> out;
  for (const auto& segment : segments) {
    std::string word;
    for (const auto c : segment) {
      const auto kind = entry(c).kind;
      if (kind == CharClass::none && !word.empty()) out.push_back(std::exchange(word, {}));
      if (kind == CharClass::none) continue;
      if (!word.empty() || kind == CharClass::word || kind == CharClass::single)
        append_utf8(word, c);
    }
    if (!word.empty()) out.push_back(std::move(word));
  }
  return out;
}

std::vector<std::string> expected_words(std::vector<Segment> segments) {
  // 1. A colon and an apostrophe split, between letters too (MidLetter, MidNumLet, Single_Quote),
  //    and so do the straight quote, the geresh and the gershayim between Hebrew letters (WB7a to
  //    c).
  // 2. A semicolon splits, between digits too (MidNum).
  segments = split_at(segments, U":'\u2018\u2019\";\u05F3\u05F4");
  // 3. A full stop joins only initials: U.S, but not Mr.Putin (WB6 and 7).
  segments = part_at_stops(segments);
  // 4. Kana are words letter by letter; Unicode joins katakana (WB13).
  segments = part_singles(segments);
  // 5. Only words count: blanks, signs, emoji and lone marks are none, not even where Unicode hangs
  //    an emoji on a letter (WB3c and 4).
  return words_of(segments);
}

std::vector<std::string> actual_words(std::string_view text) {
  std::vector<Token> tokens;
  tokenize(text, tokens);
  std::vector<std::string> out;
  for (const auto& token : tokens) out.emplace_back(text.substr(token.start, token.length));
  return out;
}

TEST(Tokenizer, FollowsUnicodesWordBreakTestButForItsOwnRules) {
  std::ifstream file(kFile);
  if (!file) {
    ASSERT_EQ(std::getenv("CI"), nullptr) << kFile << " is missing: install unicode-data";
    GTEST_SKIP() << kFile << " is not here";
  }
  std::size_t cases = 0;
  for (std::string line; std::getline(file, line);) {
    const auto segments = read_line(line);
    if (segments.empty()) continue;
    std::string text;
    for (const auto& segment : segments)
      for (const auto c : segment) append_utf8(text, c);
    ++cases;
    EXPECT_EQ(actual_words(text), expected_words(segments)) << line;
  }
  EXPECT_GT(cases, 1'500U);
}

}  // namespace
}  // namespace tocsin::text
