// SPDX-License-Identifier: MIT
#include "text/detail/ascii_block.hpp"

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "text/fold.hpp"
#include "text/tokenizer.hpp"

namespace tocsin::text {
namespace {

TEST(AsciiBlock, SeesWhatALookAtEachByteSees) {
  std::mt19937 chance(7);
  for (int round = 0; round < 20'000; ++round) {
    std::array<char, detail::kBlock> from{}, fast{}, plain{};
    for (auto& c : from) c = static_cast<char>(chance() % (round % 2 == 0 ? 256 : 128));
    const auto a = detail::take_block(from.data(), fast.data());
    const auto b = detail::take_block_plainly(from.data(), plain.data());
    ASSERT_EQ(a.words, b.words);
    ASSERT_EQ(a.high, b.high);
    ASSERT_EQ(std::string_view(fast.data(), fast.size()),
              std::string_view(plain.data(), plain.size()));
  }
}

std::vector<std::string> words_at(std::string_view text, std::size_t from, std::size_t size) {
  std::vector<Token> tokens;
  FoldedWords folded;
  tokenize(text, tokens, folded);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto& t = tokens[i];
    if (t.start < from || t.end() > from + size) continue;
    out.push_back(std::to_string(t.start - from) + "+" + std::to_string(t.length) + " " +
                  std::string(folded.word(i)));
    EXPECT_EQ(t.hash, word_hash(folded.word(i)));
  }
  return out;
}

TEST(Tokenizer, FindsTheSameWordsWhereverTheyStandInABlock) {
  // Short pieces that meet every way in which a word of ASCII can end.
  static constexpr const char* kPieces[] = {"a",  "Word", "U.S.", "3.14", "1,0", ",x",   "it's",
                                            "'s", "s'",   "é",    "’s",   " ",   "  ",   "-",
                                            "_",  ".",    "и",    "近",   "\n",  "\xFF", "'"};
  std::mt19937 chance(11);
  for (int round = 0; round < 5'000; ++round) {
    std::string text;
    while (text.size() < 40) text += kPieces[chance() % std::size(kPieces)];
    // Alone the text is read letter by letter at its end; far from the end in whole blocks.
    const auto alone = words_at(text, 0, text.size());
    const std::string shift(chance() % 16, ' ');
    const auto inside =
        words_at(shift + " " + text + std::string(40, ' ') + "x", shift.size() + 1, text.size());
    ASSERT_EQ(alone, inside) << text;
  }
}

}  // namespace
}  // namespace tocsin::text
