// SPDX-License-Identifier: MIT
#include "text/byte_block.hpp"

#include <random>
#include <string>

#include <gtest/gtest.h>

namespace tocsin::text {
namespace {

/// What is looked for, in both ways.
ByteFlags flags(const char* block) {
  const ByteBlock bytes(block);
  const auto twice = bytes.is(' ') & ByteBlock(block + 1).is(' ');
  return (twice | bytes.is('<')) | (bytes.up_to(0x1F) | bytes.from(0xF0));
}

std::size_t found_plainly(std::string_view text, std::size_t at) {
  for (; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const bool twice = byte == ' ' && at + 1 < text.size() && text[at + 1] == ' ';
    if (twice || byte == '<' || byte < 0x20 || byte >= 0xF0) break;
  }
  return at;
}

TEST(ByteBlocks, FindTheSameAsOneByteAfterTheOther) {
  std::mt19937 random(7);
  for (int round = 0; round < 20'000; ++round) {
    std::string text(random() % 150, 'b');
    for (auto n = random() % 4; n > 0 && !text.empty(); --n)
      text[random() % text.size()] = static_cast<char>(random() % 3 == 0 ? ' ' : random() % 256);
    const auto at = text.empty() ? 0 : random() % text.size();
    const auto expected = found_plainly(text, at);
    ASSERT_EQ(find_flagged(text, at, flags), expected) << text << " from " << at;
    ASSERT_EQ(find_rare(text, at, flags), expected) << text << " from " << at;
  }
}

TEST(ByteBlocks, TellOfEveryByteThatThereIs) {
  std::string text(256, '\0');
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>(i);
  for (std::size_t from = 0; from + ByteBlock::kSize <= text.size(); ++from) {
    const ByteBlock block(text.data() + from);
    for (std::size_t i = 0; i < ByteBlock::kSize; ++i) {
      const auto byte = from + i;
      EXPECT_EQ(block.is('A').bits() >> i & 1U, byte == 'A' ? 1U : 0U) << byte;
      EXPECT_EQ(block.up_to(0x7F).bits() >> i & 1U, byte <= 0x7F ? 1U : 0U) << byte;
      EXPECT_EQ(block.from(0x80).bits() >> i & 1U, byte >= 0x80 ? 1U : 0U) << byte;
    }
  }
}

TEST(ByteBlocks, SeeNothingBehindTheEnd) {
  EXPECT_EQ(find_flagged({}, 0, flags), 0U);
  EXPECT_EQ(find_rare(std::string_view("x<", 1), 0, flags), 1U);
}

}  // namespace
}  // namespace tocsin::text
