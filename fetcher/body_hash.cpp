// SPDX-License-Identifier: MIT
// Multiply and fold: each step multiplies two words of the body, each veiled by a constant or by
// what came before, to 128 bits, and folds these to 64. Four chains run side by side, since one
// would wait for its multiplications. SHA-256, of which eight bytes would do as well, takes
// fifteen times as long where the processor has instructions for it, and fifty where it has none.
#include "fetcher/body_hash.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

namespace tocsin::fetcher {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::size_t kChains = 4;
constexpr std::size_t kStripe = kChains * 2 * sizeof(std::uint64_t);

/// Any numbers without a pattern: the fractions of the square roots of the first primes.
constexpr std::array<std::uint64_t, kChains* 2> kVeils = {
    0x6A09E667F3BCC909, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
    0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179};

std::uint64_t fold(std::uint64_t a, std::uint64_t b) noexcept {
  const auto product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

using Chains = std::array<std::uint64_t, kChains>;

void take_stripe(Chains& chains, const char* bytes) noexcept {
  std::array<std::uint64_t, kChains * 2> words;  // NOLINT(*-member-init)
  std::memcpy(words.data(), bytes, kStripe);
  for (std::size_t i = 0; i < kChains; ++i)
    chains[i] = fold(words[2 * i] ^ kVeils[2 * i], words[2 * i + 1] ^ chains[i]);
}

}  // namespace

std::uint64_t body_hash(std::string_view body) noexcept {
  Chains chains{kVeils[1], kVeils[3], kVeils[5], kVeils[7]};
  std::size_t at = 0;
  for (; body.size() - at >= kStripe; at += kStripe) take_stripe(chains, body.data() + at);
  // The rest is filled up with zeros, which the length tells from zeros of the body.
  std::array<char, kStripe> rest{};
  std::copy(body.begin() + static_cast<std::ptrdiff_t>(at), body.end(), rest.begin());
  take_stripe(chains, rest.data());
  const auto first = fold(chains[0] ^ kVeils[0], chains[1] ^ body.size());
  const auto second = fold(chains[2] ^ kVeils[2], chains[3] ^ kVeils[4]);
  return fold(first ^ kVeils[6], second ^ kVeils[7]);
}

}  // namespace tocsin::fetcher
