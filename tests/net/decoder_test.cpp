// SPDX-License-Identifier: MIT
#include "net/detail/decoder.hpp"

#include <string>

#include <gtest/gtest.h>
#include <zstd.h>

#include "tests/support/deflated.hpp"

namespace tocsin::net::detail {
namespace {

using Step = Decoder::Step;
constexpr std::size_t kPlenty = 1U << 20U;
using testing::deflated;
using testing::kBare;
using testing::kGzip;
using testing::kZlib;

std::string text() {
  std::string out;
  for (int i = 0; i < 3000; ++i) out += "item " + std::to_string(i * 7919) + "\n";
  return out;
}

std::string zstandard(const std::string& plain) {
  std::string out(ZSTD_compressBound(plain.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), plain.data(), plain.size(), 3));
  return out;
}

struct Outcome {
  Step step = Step::fine;
  bool whole = false;
  std::string body;
};

Outcome decoded(std::string_view coding, std::string_view bytes, std::size_t piece,
                std::size_t limit = kPlenty) {
  Outcome out;
  const auto decoder = make_decoder(coding);
  for (; !bytes.empty() && out.step == Step::fine;
       bytes.remove_prefix(std::min(piece, bytes.size())))
    for (auto rest = bytes.substr(0, piece); !rest.empty() && out.step == Step::fine;)
      out.step = decoder->decode(rest, out.body, limit);
  out.whole = decoder->whole();
  return out;
}

struct Coded {
  std::string_view name;
  std::string bytes;
};

class DecoderTest : public ::testing::TestWithParam<Coded> {};

TEST_P(DecoderTest, UndoesItsCodingHoweverTheBytesAreCut) {
  for (const std::size_t piece : {1U, 7U, 1000U, 1'000'000U}) {
    const auto out = decoded(GetParam().name, GetParam().bytes, piece);
    EXPECT_EQ(out.step, Step::fine);
    EXPECT_TRUE(out.whole) << piece;
    EXPECT_EQ(out.body, text()) << piece;
  }
}

TEST_P(DecoderTest, KnowsThatTheEndIsMissing) {
  const std::string_view bytes = GetParam().bytes;
  for (const auto kept : {bytes.size() / 2, bytes.size() - 1})
    EXPECT_FALSE(decoded(GetParam().name, bytes.substr(0, kept), 4096).whole) << kept;
}

TEST_P(DecoderTest, StopsAtTheLimit) {
  const auto out = decoded(GetParam().name, GetParam().bytes, 4096, 1000);
  EXPECT_EQ(out.step, Step::too_large);
  EXPECT_LE(out.body.size(), 1000U);
}

TEST_P(DecoderTest, RefusesBytesOfAnotherKind) {
  const std::string page = "<!DOCTYPE html><html><body>no such thing</body></html>";
  const auto out = decoded(GetParam().name, page, 4096);
  EXPECT_TRUE(out.step == Step::broken || !out.whole);
}

INSTANTIATE_TEST_SUITE_P(Codings, DecoderTest,
                         ::testing::Values(Coded{"gzip", deflated(text(), kGzip)},
                                           Coded{"X-GZIP", deflated(text(), kGzip)},
                                           Coded{"deflate", deflated(text(), kZlib)},
                                           Coded{"deflate", deflated(text(), kBare)},
                                           Coded{"zstd", zstandard(text())}));

TEST(Gzip, ReadsEveryMemberAndPassesOverPadding) {
  const auto two = deflated("one ", kGzip) + deflated("two", kGzip);
  for (const std::size_t piece : {1U, 5U, 1000U}) {
    EXPECT_EQ(decoded("gzip", two, piece).body, "one two") << piece;
    const auto padded = decoded("gzip", two + std::string(9, '\0'), piece);
    EXPECT_EQ(padded.body, "one two");
    EXPECT_TRUE(padded.whole);
  }
  EXPECT_FALSE(decoded("gzip", two.substr(0, two.size() - 3), 5).whole);
}

TEST(Gzip, LeavesBytesForLaterWhereAFewBecomeMany) {
  const auto bytes = deflated(std::string(kPlenty, 'x'), kGzip);
  const auto decoder = make_decoder("gzip");
  std::string_view rest = bytes;
  std::string body;
  EXPECT_EQ(decoder->decode(rest, body, kPlenty), Step::fine);
  EXPECT_FALSE(rest.empty());
  EXPECT_LE(body.size(), 2 * Decoder::kMuch);
}

TEST(Gzip, NoticesAWrongChecksum) {
  auto bytes = deflated(text(), kGzip);
  bytes[bytes.size() - 6] = static_cast<char>(bytes[bytes.size() - 6] ^ 1);
  EXPECT_EQ(decoded("gzip", bytes, 4096).step, Step::broken);
}

TEST(Gzip, StopsABombAfterItsLimit) {
  const auto bomb = deflated(std::string(50U << 20U, 'x'), kGzip);
  const auto out = decoded("gzip", bomb, 16'384);
  EXPECT_EQ(out.step, Step::too_large);
  EXPECT_LE(out.body.size(), kPlenty);
}

TEST(Brotli, IsDecodedAndItsEndIsKnown) {
  // "tocsin tocsin tocsin tocsin" as the reference encoder writes it at quality 11.
  const std::string bytes(
      "\x1b\x1a\x00\xf8\x8d\x54\xb5\xbf\x1e\x73\x7b\xa3\x93\x20\x69\x73\x31\x4f\x24\xd0\xe3\x04",
      22);
  const auto out = decoded("br", bytes, 3);
  EXPECT_EQ(out.step, Step::fine);
  EXPECT_TRUE(out.whole);
  EXPECT_EQ(out.body, "tocsin tocsin tocsin tocsin");
  EXPECT_FALSE(decoded("br", bytes.substr(0, bytes.size() - 2), 3).whole);
  EXPECT_EQ(decoded("br", bytes, 100, 10).step, Step::too_large);
}

TEST(Stacked, UndoesTheLastCodingFirst) {
  const auto bytes = deflated(zstandard(text()), kGzip);
  for (const std::size_t piece : {1U, 1000U}) {
    const auto out = decoded("zstd, identity, gzip", bytes, piece);
    EXPECT_EQ(out.step, Step::fine);
    EXPECT_EQ(out.body, text());
    EXPECT_TRUE(out.whole);
  }
  EXPECT_FALSE(decoded("zstd, gzip", bytes.substr(0, bytes.size() - 9), 1000).whole);
  EXPECT_EQ(decoded("gzip, zstd", bytes, 1000).step, Step::broken);
}

TEST(Stacked, StopsABombInABomb) {
  const auto bomb = deflated(deflated(std::string(50U << 20U, 'x')));
  EXPECT_EQ(decoded("gzip, gzip", bomb, 16'384).step, Step::too_large);
}

TEST(MakeDecoder, KnowsNothingElse) {
  for (const auto* coding :
       {"", "compress", "utf-8", "gzip, rot13", "gzip, gzip, gzip, gzip, gzip"})
    EXPECT_EQ(make_decoder(coding), nullptr) << coding;
  EXPECT_TRUE(is_identity(""));
  EXPECT_TRUE(is_identity("Identity, identity"));
  EXPECT_FALSE(is_identity("gzip"));
}

}  // namespace
}  // namespace tocsin::net::detail
