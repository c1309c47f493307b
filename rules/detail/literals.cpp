// SPDX-License-Identifier: MIT
#include "rules/detail/literals.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "rules/detail/regex.hpp"

namespace tocsin::rules::detail {
namespace {

constexpr std::size_t kMostGram = 4, kMostStride = 4;
constexpr std::uint32_t kLong = 6;  // bytes: texts from this length on are sought in wider steps
constexpr std::uint32_t kThreeBytes = 0x00FFFFFF, kFourBytes = 0xFFFFFFFF;
constexpr std::uint32_t kGramShift = 16;  // 65,536 bits for the grams of one article
static_assert(kMinLiteral == 3 && kMostGram == 4);

std::uint64_t key_of(std::uint32_t gram) noexcept {
  const auto mixed = (gram + 1ULL) * 0x9E3779B97F4A7C15ULL;
  return mixed ^ (mixed >> 29U);
}

std::uint32_t gram_at(const char* at, std::uint32_t mask) noexcept {
  std::uint32_t bytes = 0;
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes & mask;
}

std::uint32_t bit_of(std::uint32_t gram, std::uint32_t shift) noexcept {
  return (gram * 0x9E3779B1U) >> shift;
}

/// Where the `width` bytes of `text` begin that look rarest, by how common their letters are.
std::uint32_t rarest_part(std::string_view text, std::size_t width) noexcept {
  static constexpr std::string_view kByCommonness = "zqxjkvbpgwyfmculdhrsnioate";
  const auto commonness = [](char c) {
    const auto rank = kByCommonness.find(c);
    return rank == std::string_view::npos ? std::size_t{5} : rank;
  };
  std::size_t best = 0, least = ~std::size_t{0};
  for (std::size_t at = 0; at + width <= text.size(); ++at) {
    std::size_t sum = 0;
    for (const char c : text.substr(at, width)) sum += commonness(c);
    if (sum >= least) continue;
    least = sum;
    best = at;
  }
  return static_cast<std::uint32_t>(best);
}

}  // namespace

Literals::Piece Literals::keep(std::string_view text) {
  Piece piece{static_cast<std::uint32_t>(texts_.size()), static_cast<std::uint32_t>(text.size()),
              0};
  if (text.size() >= kMostGram)
    piece.gram = gram_at(text.data() + rarest_part(text, kMostGram), kFourBytes);
  texts_ += text;
  return piece;
}

void Literals::add(const std::vector<std::string>& texts, const std::vector<std::string>& beside,
                   std::uint32_t watch) {
  const auto first = static_cast<std::uint32_t>(beside_.size());
  for (const auto& other : beside) beside_.push_back(keep(other));
  const auto end = static_cast<std::uint32_t>(beside_.size());
  for (const auto& one : texts) all_.push_back({keep(one), watch, first, end});
}

void Literals::build(Pass& pass, const std::vector<std::uint32_t>& which) const {
  if (which.empty()) return;
  std::uint32_t shortest = all_[which.front()].text.length;
  for (const auto i : which) shortest = std::min(shortest, all_[i].text.length);
  pass.gram = std::min<std::size_t>(shortest, kMostGram);
  pass.mask = pass.gram == kMostGram ? kFourBytes : kThreeBytes;
  pass.stride = std::min<std::size_t>(shortest - pass.gram + 1, kMostStride);
  const auto bits = std::bit_ceil(std::max<std::size_t>(which.size() * pass.stride * 32, 4096));
  pass.known.assign(bits / 64, 0);
  pass.shift = 32 - static_cast<std::uint32_t>(std::countr_zero(bits));
  std::vector<Entry> entries;
  for (const auto i : which) {
    const auto& piece = all_[i].text;
    const auto first = rarest_part(text(piece), pass.gram + pass.stride - 1);
    for (auto offset = first; offset < first + pass.stride; ++offset) {
      const auto value = gram_at(texts_.data() + piece.at + offset, pass.mask);
      const auto bit = bit_of(value, pass.shift);
      pass.known[bit >> 6U] |= std::uint64_t{1} << (bit & 63U);
      entries.push_back({key_of(value), {i, offset, 0}});
    }
  }
  pass.grams = Table(std::move(entries));
}

void Literals::seal() {
  texts_.append(8, '\0');  // grams are read four bytes at a time
  std::vector<std::uint32_t> brief, lengthy;
  for (std::uint32_t i = 0; i < all_.size(); ++i)
    (all_[i].text.length < kLong ? brief : lengthy).push_back(i);
  build(short_, brief);
  build(long_, lengthy);
}

/// One article's reading. The grams that occur in it are gathered when first asked for.
struct Literals::Search {
  std::string_view bytes;
  std::vector<std::uint64_t>& grams;
  std::vector<std::uint32_t>& out;
  bool gathered = false;

  bool may_hold(std::uint32_t gram) {
    if (!gathered) gather();
    const auto bit = bit_of(gram, kGramShift);
    return (grams[bit >> 6U] >> (bit & 63U) & 1U) != 0;
  }

  void gather() {
    gathered = true;
    grams.assign((std::size_t{1} << (32 - kGramShift)) / 64, 0);
    for (std::size_t at = 0; at + kMostGram <= bytes.size(); ++at) {
      const auto bit = bit_of(gram_at(bytes.data() + at, kFourBytes), kGramShift);
      grams[bit >> 6U] |= std::uint64_t{1} << (bit & 63U);
    }
  }
};

bool Literals::accompanied(const Literal& literal, Search& search) const {
  if (literal.beside == literal.beside_end) return true;
  return std::any_of(beside_.begin() + literal.beside, beside_.begin() + literal.beside_end,
                     [&](const Piece& piece) {
                       return (piece.gram == 0 || search.may_hold(piece.gram)) &&
                              ::memmem(search.bytes.data(), search.bytes.size(),
                                       texts_.data() + piece.at, piece.length) != nullptr;
                     });
}

void Literals::compare(const Pass& pass, std::uint32_t gram, std::size_t at, Search& search) const {
  for (const auto& posting : pass.grams.find(key_of(gram))) {
    const auto& literal = all_[posting.watch];
    if (at < posting.leaf ||
        !search.bytes.substr(at - posting.leaf).starts_with(text(literal.text)))
      continue;
    if ((search.out.empty() || search.out.back() != literal.watch) && accompanied(literal, search))
      search.out.push_back(literal.watch);
  }
}

void Literals::run(const Pass& pass, Search& search) const {
  if (pass.known.empty()) return;
  const auto bytes = search.bytes;
  for (std::size_t at = 0; at + pass.gram <= bytes.size(); at += pass.stride) {
    const auto gram = gram_at(bytes.data() + at, pass.mask);
    const auto bit = bit_of(gram, pass.shift);
    if ((pass.known[bit >> 6U] >> (bit & 63U) & 1U) != 0) compare(pass, gram, at, search);
  }
}

void Literals::find(std::string_view bytes, std::vector<std::uint64_t>& grams,
                    std::vector<std::uint32_t>& out) const {
  Search search{bytes, grams, out};
  run(short_, search);
  run(long_, search);
}

}  // namespace tocsin::rules::detail
