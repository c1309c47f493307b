// SPDX-License-Identifier: MIT
#include "rules/names/detail/phonemes.hpp"

#include <algorithm>
#include <span>

namespace tocsin::rules::names {
namespace {

constexpr std::string_view kVowels = "aeiou";

/// A symbol that may be heard in several ways: pairs of a sound and its price in hundredths / 5.
struct Ambiguous {
  Symbol symbol;
  std::string_view readings;  ///< "k0s3": k free, s for 0.15
  float drop;                 ///< price of being absent; negative: as its first sound
};

// Latin letters first, then the other scripts'. The characters themselves mean nothing.
constexpr std::array kAmbiguous = {
    Ambiguous{'1', "k0c3J3s4C3", -1},          // c before a o u or a consonant
    Ambiguous{'2', "s0c1C2J2k3T2", -1},        // c before e i y
    Ambiguous{'3', "C0x1S1k1", -1},            // ch
    Ambiguous{'4', "x0k1h1", -1},              // kh
    Ambiguous{'5', "J0j1Z1x2h2C3", -1},        // j
    Ambiguous{'6', "g0J1Z1x2h3j3", -1},        // g before e i y
    Ambiguous{'7', "w0v0u1", -1},              // w
    Ambiguous{'8', "s0z1S3", -1},              // s
    Ambiguous{'9', "z0c1s2Z3", -1},            // z
    Ambiguous{'0', "g0x2h2f4", 0.35F},         // gh
    Ambiguous{'!', "u0o2a3", -1},              // ou
    Ambiguous{'@', "u0o1", -1},                // oo
    Ambiguous{'#', "i0j0u3e3a4", 0.25F},       // y
    Ambiguous{'$', "e0i2a3", 0.1F},            // e at the end
    Ambiguous{'%', "S1s1h2x1z1Z2", -1},        // x at the beginning
    Ambiguous{'&', "h0x1", 0.12F},             // h after a vowel or at the end
    Ambiguous{'^', "a5e4i4o5u4", 0.05F},       // a vowel written only to carry its consonant
    Ambiguous{'"', "v0f1w1u4b4", -1},          // v
    Ambiguous{'\'', "i0e1", -1},               // ee, ea, ie
    Ambiguous{'q', "k0C2g3", -1},              // q
    Ambiguous{'y', "u0i1", -1},                // ü
    Ambiguous{'E', "e0o0a3u3", -1},            // ö, eu
    Ambiguous{'g', "g0h3k5", -1},              // g
    Ambiguous{'L', "l0w2", -1},                // ł
    Ambiguous{'G', "g0w1v2j2", 0.1F},          // ğ
    Ambiguous{'A', "a0e3o4", -1},              // a short a: ä, ă, ъ
    Ambiguous{'(', "v0u0o0w0", 0.2F},          // waw, vav
    Ambiguous{')', "i0j0e1a4", 0.15F},         // ya, yod
    Ambiguous{'*', "a0e2o2i3u3", 0.1F},        // alef
    Ambiguous{'+', "a1e2i2o2u3g4", 0.05F},     // ayn
    Ambiguous{',', "h0a1e1o3t4", 0.08F},       // he at the end, ta marbuta
    Ambiguous{'-', "b0v0", -1},                // bet
    Ambiguous{'.', "p0f0", -1},                // pe
    Ambiguous{'/', "k0x0", -1},                // kaf
    Ambiguous{':', "S0s0", -1},                // shin, ㅅ before i
    Ambiguous{';', "g0J3Z3", -1},              // gimel
    Ambiguous{'<', "z0Z2", -1},                // zayin
    Ambiguous{'=', "t0T0", -1},                // tav, theta
    Ambiguous{'>', "c0s2C3z2", -1},            // tsadi
    Ambiguous{'?', "J0Z1g1C2", -1},            // jim
    Ambiguous{'[', "g0x2k3h3", -1},            // ghayn
    Ambiguous{']', "f0v0", -1},                // fa
    Ambiguous{'_', "b0p1v2", -1},              // ba
    Ambiguous{'{', "k0g1x3", -1},              // qaf
    Ambiguous{'}', "T0s0t1", -1},              // tha
    Ambiguous{'|', "z0d1T1s4", -1},            // dhal, dad, za
    Ambiguous{'~', "r3a2e2i2o2u2", 0.02F},     // the long-vowel mark of kana
    Ambiguous{'B', "b0v0", -1},                // kana b
    Ambiguous{'R', "r0l0", -1},                // kana r, hangul ㄹ
    Ambiguous{'H', "h0x1f2g4", 0.2F},          // kana h, hangul ㅎ
    Ambiguous{'M', "n0m0", -1},                // kana n
    Ambiguous{'D', "Z0J0z1d2", -1},            // kana ji
    Ambiguous{'K', "k0g0", -1},                // hangul ㄱ
    Ambiguous{'P', "b0p0v1", -1},              // hangul ㅂ
    Ambiguous{'F', "p0f0", -1},                // hangul ㅍ
    Ambiguous{'Q', "d0t0", -1},                // hangul ㄷ, pinyin d
    Ambiguous{'W', "J0Z0z0C2j3c3", -1},        // hangul ㅈ
    Ambiguous{'O', "o0a1e1u1", 0.25F},         // hangul ㅓ
    Ambiguous{'I', "e0a1i2", 0.25F},           // hangul ㅐ, ㅔ
    Ambiguous{'X', "S0s0h2x2k4", -1},          // pinyin x
    Ambiguous{'Y', "C0k3J1x4t3", -1},          // pinyin q
    Ambiguous{'V', "J0Z0C1z1k3g3d3S3c2", -1},  // pinyin j, zh
    Ambiguous{'N', "r0l0Z1J2", 0.3F},          // pinyin r
    Ambiguous{'U', "f0v0h1p3", -1},            // pinyin f
    Ambiguous{'b', "b0", -1}, Ambiguous{'`', "h0x0f3k3g3", 0.25F},  // pinyin h, k before a
    Ambiguous{'\\', "z0c0s1d4J3", -1},                              // pinyin z, c
    // Sounds that a spelling may or may not stand for, written as control characters.
    Ambiguous{'\1', "n0m0", 0.08F},   // the nasal of ę and ą, and of ντ and γκ inside a word
    Ambiguous{'\2', "m0n1", 0.08F},   // of μπ inside a word
    Ambiguous{'\3', "r0", 0.08F},     // of rz, which is one sound in Polish
    Ambiguous{'\4', "t0d2", 0.3F},    // t at the end, mute in French
    Ambiguous{'\5', "d0t2", 0.3F},    // d there
    Ambiguous{'\6', "s0z1S3", 0.3F},  // s and x there
    Ambiguous{'\7', "g0k2", 0.35F},   // g of ng, which Russian does not write
    Ambiguous{'\10', "e0a1", -1},     // of ei and ey, German or not
    Ambiguous{'\11', "a0o1", -1},     // of au, French or not
    Ambiguous{'\12', "u0o1w0v1", 0.15F},   // and the other half
    Ambiguous{'\13', "a0e0i1o2", 0.04F},   // a vowel, perhaps
    Ambiguous{'\21', "j0h0", 0.1F},        // h of lh and nh, Portuguese or not
    Ambiguous{'\22', "u0a1o3", -1},        // u of a closed syllable, English or not
    Ambiguous{'\23', "S0s1", 0.2F},        // sch of tzsch
    Ambiguous{'\24', "J0d0Z2", -1},        // đ and dj
    Ambiguous{'\25', "d0", 0.12F},         // d of dt
    Ambiguous{'\26', "z0T1Z3c2", -1},      // kana z
    Ambiguous{'\27', "a0e2o2i3u3", 0.4F},  // alef at the beginning
    Ambiguous{'\20', "a0e0i0o1", 0.2F},    // of two yods
    Ambiguous{'\14', "c0C0s2S3z3", -1},    // Greek τσ
    Ambiguous{'\15', "b0p0v3", -1},        // and μπ
    Ambiguous{'\16', "o0w0u1", -1},        // of oi, French or not
    Ambiguous{'\17', "i0j1a1", -1},        // and the other half
};

struct Pair {
  char a, b;
  float cost;
};

// Sounds that spellings confuse; two other consonants cost 1.
constexpr std::array kNear = {
    Pair{'a', 'e', 0.35F}, Pair{'a', 'o', 0.55F}, Pair{'e', 'i', 0.3F},  Pair{'o', 'u', 0.25F},
    Pair{'a', 'i', 0.7F},  Pair{'a', 'u', 0.6F},  Pair{'e', 'o', 0.55F}, Pair{'i', 'o', 0.7F},
    Pair{'i', 'u', 0.5F},  Pair{'e', 'u', 0.6F},  Pair{'b', 'p', 0.4F},  Pair{'d', 't', 0.35F},
    Pair{'g', 'k', 0.35F}, Pair{'z', 's', 0.2F},  Pair{'Z', 'S', 0.3F},  Pair{'Z', 'J', 0.12F},
    Pair{'J', 'C', 0.25F}, Pair{'S', 'C', 0.3F},  Pair{'v', 'f', 0.25F}, Pair{'v', 'w', 0.08F},
    Pair{'b', 'v', 0.4F},  Pair{'p', 'f', 0.5F},  Pair{'x', 'h', 0.1F},  Pair{'x', 'k', 0.3F},
    Pair{'x', 'g', 0.5F},  Pair{'h', 'g', 0.4F},  Pair{'l', 'r', 0.6F},  Pair{'m', 'n', 0.45F},
    Pair{'c', 's', 0.25F}, Pair{'c', 'z', 0.2F},  Pair{'c', 'C', 0.3F},  Pair{'c', 't', 0.45F},
    Pair{'T', 't', 0.12F}, Pair{'T', 's', 0.6F},  Pair{'T', 'd', 0.3F},  Pair{'T', 'f', 0.4F},
    Pair{'T', 'z', 0.35F}, Pair{'s', 'S', 0.3F},  Pair{'z', 'Z', 0.3F},  Pair{'z', 'J', 0.35F},
    Pair{'j', 'J', 0.35F}, Pair{'j', 'Z', 0.45F}, Pair{'j', 'i', 0.08F}, Pair{'w', 'u', 0.08F},
    Pair{'w', 'o', 0.25F}, Pair{'v', 'u', 0.25F}, Pair{'j', 'e', 0.3F},  Pair{'w', 'f', 0.5F},
    Pair{'d', 'z', 0.5F},  Pair{'d', 'J', 0.5F},  Pair{'h', 'f', 0.5F},  Pair{'w', 'g', 0.45F},
    Pair{'t', 'C', 0.5F},  Pair{'s', 'C', 0.5F},
};

float sound_cost(char a, char b) {
  if (a == b) return 0;
  for (const Pair& p : kNear)
    if ((p.a == a && p.b == b) || (p.a == b && p.b == a)) return p.cost;
  const bool va = kVowels.find(a) != std::string_view::npos;
  const bool vb = kVowels.find(b) != std::string_view::npos;
  return va == vb ? 1.0F : 1.2F;
}

float sound_drop(char a) {
  switch (a) {
    case 'a': return 0.45F;
    case 'e':
    case 'i':
    case 'o':
    case 'u': return 0.35F;
    case 'j': return 0.12F;
    case 'w': return 0.3F;
    case 'h': return 0.25F;
    case 'x': return 0.6F;
    default: return 0.9F;
  }
}

/// The cost of the pair of readings that are nearest to each other.
float cheapest(const Readings& a, const Readings& b) {
  float best = 2;
  for (std::size_t i = 0; i < a.count; ++i)
    for (std::size_t j = 0; j < b.count; ++j)
      best = std::min(best,
                      a.all[i].price + b.all[j].price + sound_cost(a.all[i].sound, b.all[j].sound));
  return best;
}

const Ambiguous* ambiguous(Symbol symbol) {
  const auto* found = std::find_if(kAmbiguous.begin(), kAmbiguous.end(),
                                   [=](const Ambiguous& a) { return a.symbol == symbol; });
  return found == kAmbiguous.end() ? nullptr : found;
}

}  // namespace

Readings readings_of(Symbol symbol) {
  Readings out;
  const Ambiguous* many = ambiguous(symbol);
  if (many == nullptr) {
    out.all[0] = {symbol, 0};
    out.count = 1;
    return out;
  }
  for (std::size_t i = 0; i + 1 < many->readings.size() && out.count < out.all.size(); i += 2)
    out.all[out.count++] = {many->readings[i],
                            0.05F * static_cast<float>(many->readings[i + 1] - '0')};
  return out;
}

SoundCosts::SoundCosts() {
  constexpr float kUnwrittenVowel = 0.06F;
  for (std::size_t a = 1; a < 127; ++a) {
    const Readings mine = readings_of(static_cast<Symbol>(a));
    for (std::size_t b = 1; b < 127; ++b)
      swap_[a][b] = a == b ? 0.0F : cheapest(mine, readings_of(static_cast<Symbol>(b)));
    const Ambiguous* many = ambiguous(static_cast<Symbol>(a));
    drop_[a] = many != nullptr && many->drop >= 0 ? many->drop : sound_drop(mine.all[0].sound);
    vowel_[a] = std::all_of(
        mine.all.begin(), mine.all.begin() + static_cast<std::ptrdiff_t>(mine.count),
        [](const Reading& r) { return kVowels.find(r.sound) != std::string_view::npos; });
    unwritten_[a] = vowel_[a] ? std::min(drop_[a], kUnwrittenVowel) : drop_[a];
  }
}

const SoundCosts& SoundCosts::instance() {
  static const SoundCosts costs;
  return costs;
}

std::string_view to_string(Script script) noexcept {
  switch (script) {
    case Script::none: return "";
    case Script::latin: return "Latin";
    case Script::cyrillic: return "Cyrillic";
    case Script::greek: return "Greek";
    case Script::hebrew: return "Hebrew";
    case Script::arabic: return "Arabic";
    case Script::kana: return "kana";
    case Script::hangul: return "hangul";
    case Script::han: return "Han";
  }
  return "";
}

}  // namespace tocsin::rules::names
