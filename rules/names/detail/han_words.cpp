// SPDX-License-Identifier: MIT
#include "rules/names/detail/han_words.hpp"

#include <bitset>
#include <string_view>

namespace tocsin::rules::names {
namespace {

constexpr char32_t kFirst = 0x4E00, kLast = 0x9FFF;

// Particles, pronouns, numbers, and characters of verbs, offices and times, simplified and
// traditional. None that the tables of transliteration in the mainland, Taiwan or Hong Kong use.
constexpr std::u32string_view kCharacters =
    U"的了在是和与與及或对對被将將会會说說向由从從为為这這该該她它们們后後前据據称稱总總统統部国國"
    U"官员員者人民军軍党黨政府院议議选選举舉战戰争爭则則而且并並於就又还還再已到去过過给給使把时時"
    U"间間星期今昨晚闻聞社报報电電访訪问問见見谈談话話讲講发發告诉訴宣认認职職首相帝教授导導演歌球"
    U"队隊场場负負一三四五六七八九十个個名岁歲号號等最很没沒有之此每谁誰么麼怎吗嗎领領袖";

using Characters = std::bitset<kLast - kFirst + 1>;

const Characters& characters() {
  static const Characters all = [] {
    Characters out;
    for (const char32_t c : kCharacters) out.set(c - kFirst);
    return out;
  }();
  return all;
}

}  // namespace

bool ends_han_name(char32_t character) noexcept {
  return character >= kFirst && character <= kLast && characters()[character - kFirst];
}

}  // namespace tocsin::rules::names
