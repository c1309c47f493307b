// SPDX-License-Identifier: MIT
#include "rules/names/detail/skeleton.hpp"

#include <algorithm>
#include <array>

#include "text/tokenizer.hpp"

namespace tocsin::rules::names {
namespace {

constexpr std::size_t kMostReadings = 96;
constexpr std::size_t kMostConsonants = 15;
constexpr unsigned kBits = 4;             // of a kind in a skeleton
constexpr std::uint64_t kAnything = 0xF;  // stands for a consonant that may be any
constexpr float kSeldomLost = 0.36F;      // the price of being absent of what is often absent

/// How many of the readings of a spelling count.
struct Breadth {
  float likely = 0;      ///< the greatest price of a reading that counts
  std::size_t all = 0;   ///< skeletons
  std::size_t near = 0;  ///< those that may have a consonant amiss
};

Breadth breadth_of(Side side) {
  switch (side) {
    case Side::watched: return {0.11F, 16, 4};
    case Side::latin_text: return {0.11F, 8, 2};
    case Side::other_text: return {0.151F, 32, 12};
    case Side::han_text: break;
  }
  return {0.151F, kMostReadings, 24};
}

enum Kind : std::uint8_t { none, lips, teeth, throat, hissing, liquid, m, n };

constexpr Kind kind_of(char sound) {
  switch (sound) {
    case 'b':
    case 'p':
    case 'f':
    case 'v': return lips;
    case 't':
    case 'd':
    case 'T': return teeth;
    case 'k':
    case 'g':
    case 'x': return throat;
    case 's':
    case 'z':
    case 'S':
    case 'Z':
    case 'c':
    case 'C':
    case 'J': return hissing;
    case 'l':
    case 'r': return liquid;
    case 'm': return m;
    case 'n': return n;
    default: return none;  // vowels, and what is nearly one: j, w, h
  }
}

/// The kinds that a symbol may be heard as, the likeliest first.
struct Kinds {
  std::array<Kind, 4> all{};
  std::uint8_t count = 0;

  void add(Kind kind) {
    const auto end = all.begin() + count;
    if (count < all.size() && std::find(all.begin(), end, kind) == end) all[count++] = kind;
  }
};

using KindTable = std::array<Kinds, 128>;

KindTable make_kinds(float likely) {
  KindTable all;
  for (std::size_t s = 1; s < 127; ++s) {
    const auto symbol = static_cast<Symbol>(s);
    const Readings readings = readings_of(symbol);
    for (std::size_t i = 0; i < readings.count; ++i) {
      if (readings.all[i].price > likely) continue;
      all[s].add(kind_of(readings.all[i].sound));
      if (readings.all[i].sound == 'x') all[s].add(none);  // Hussein, Khussein
    }
    if (SoundCosts::instance().drop(symbol) <= kSeldomLost) all[s].add(none);
  }
  return all;
}

const KindTable& kinds(Side side) {
  static const KindTable narrow = make_kinds(breadth_of(Side::watched).likely);
  static const KindTable wide = make_kinds(breadth_of(Side::other_text).likely);
  return side == Side::other_text || side == Side::han_text ? wide : narrow;
}

/// A skeleton that grows: four bits a consonant, the first in the highest place used.
struct Skeleton {
  std::uint64_t kinds = 0;
  std::uint8_t length = 0;
  Kind last = none;  ///< of the symbol before: two alike in a row are one

  void append(Kind kind) {
    if (kind != none && kind != last && length < kMostConsonants) {
      kinds = kinds << kBits | kind;
      ++length;
    }
    last = kind;
  }
};

/// All skeletons of one spelling.
struct Skeletons {
  std::array<Skeleton, kMostReadings> all{};
  std::size_t count = 1;

  Skeletons(std::string_view symbols, Side side) {
    const std::size_t most = breadth_of(side).all;
    const KindTable& table = kinds(side);
    for (const Symbol symbol : symbols)
      append(table[static_cast<unsigned char>(symbol) & 0x7FU], most);
  }

 private:
  void append(const Kinds& options, std::size_t most) {
    const std::size_t before = count;
    for (std::size_t o = 1; o < options.count && count + before <= most; ++o)
      for (std::size_t i = 0; i < before; ++i) {
        all[count] = all[i];
        all[count++].append(options.all[o]);
      }
    for (std::size_t i = 0; i < before; ++i) all[i].append(options.all[0]);
  }
};

/// What a key stands for, so that keys of different make never meet.
enum class Make : std::uint8_t { whole, one_left_out, one_replaced };

std::uint64_t key_of(std::uint64_t kinds, Make make) {
  std::uint64_t key = (kinds << 2U | static_cast<std::uint64_t>(make)) + 1;
  key *= 0x9E3779B97F4A7C15ULL;
  key ^= key >> 32U;
  return key * 0xD6E8FEB86659FD93ULL;
}

void add(std::vector<std::uint64_t>& keys, std::uint64_t key) {
  if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
}

std::uint64_t without(std::uint64_t kinds, unsigned place) {
  const std::uint64_t low = (std::uint64_t{1} << (place * kBits)) - 1;
  return (kinds >> kBits & ~low) | (kinds & low);
}

/// Two neighbours the other way round: the commonest slip of the hand.
std::uint64_t turned(std::uint64_t kinds, unsigned place) {
  const std::uint64_t low = kinds >> (place * kBits) & kAnything;
  const std::uint64_t high = kinds >> ((place + 1) * kBits) & kAnything;
  const std::uint64_t both = low ^ high;
  return kinds ^ (both << (place * kBits)) ^ (both << ((place + 1) * kBits));
}

void add_near(const Skeleton& skeleton, Side side, Keys& out) {
  constexpr std::uint8_t kShortest = 2;
  if (skeleton.length < kShortest) return;
  for (unsigned place = 0; place < skeleton.length; ++place) {
    const std::uint64_t shorter = without(skeleton.kinds, place);
    if (side == Side::watched)
      add(out.near, key_of(shorter, Make::one_left_out));
    else
      add(out.amiss, key_of(shorter, Make::whole));
    add(out.near, key_of(skeleton.kinds | kAnything << (place * kBits), Make::one_replaced));
  }
  if (side == Side::watched) return;
  add(out.near, key_of(skeleton.kinds, Make::one_left_out));
  for (unsigned place = 0; place + 1 < skeleton.length; ++place)
    add(out.amiss, key_of(turned(skeleton.kinds, place), Make::whole));
}

}  // namespace

void add_keys(std::string_view symbols, Side side, Reach reach, Keys& out) {
  const Skeletons skeletons(symbols, side);
  for (std::size_t i = 0; i < skeletons.count; ++i)
    add(out.full, key_of(skeletons.all[i].kinds, Make::whole));
  out.consonants = std::max(out.consonants, skeletons.all[0].length);
  if (reach == Reach::same) return;
  const std::size_t near = std::min(skeletons.count, breadth_of(side).near);
  for (std::size_t i = 0; i < near; ++i) add_near(skeletons.all[i], side, out);
}

void add_initial_keys(std::string_view symbols, Side side, std::vector<std::uint64_t>& out) {
  const auto put = [&](Kind kind) { add(out, std::uint64_t{kind} + 1); };
  for (const Symbol symbol : symbols) {
    const Kinds& heard = kinds(side)[static_cast<unsigned char>(symbol) & 0x7FU];
    std::for_each(heard.all.begin(), heard.all.begin() + heard.count, put);
    if (symbol == 'd' && side != Side::watched) put(hissing);  // Д for John, Джон
  }
}

std::uint64_t exact_key(std::string_view folded) {
  return text::word_hash(folded) | 1U;
}

}  // namespace tocsin::rules::names
