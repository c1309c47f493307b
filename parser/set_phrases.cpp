// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "parser/detail/article_trim.hpp"
#include "text/fold.hpp"

namespace tocsin::parser::detail {
namespace {

/// Lines that are this and no more, folded.
constexpr std::array<std::string_view, 44> kWhole = {"advertisement",
                                                     "advertising",
                                                     "story continues below advertisement",
                                                     "article continues below advertisement",
                                                     "continue reading",
                                                     "continue reading below",
                                                     "read more",
                                                     "read also",
                                                     "related",
                                                     "related articles",
                                                     "related stories",
                                                     "related links",
                                                     "see also",
                                                     "more on this story",
                                                     "recommended",
                                                     "you may also like",
                                                     "you might also like",
                                                     "don't miss",
                                                     "most read",
                                                     "top stories",
                                                     "share",
                                                     "share this",
                                                     "share this article",
                                                     "share on facebook",
                                                     "share on twitter",
                                                     "tweet",
                                                     "print",
                                                     "email",
                                                     "comments",
                                                     "subscribe",
                                                     "sign up",
                                                     "media playback is unsupported on your device",
                                                     "loading",
                                                     "skip advertisement",
                                                     "anzeige",
                                                     "werbung",
                                                     "mehr zum thema",
                                                     "lesen sie auch",
                                                     "a lire aussi",
                                                     "lire aussi",
                                                     "publicite",
                                                     "publicidad",
                                                     "leer mas",
                                                     "leggi anche"};

/// Short lines that begin like this.
constexpr std::array<std::string_view, 36> kBeginnings = {"follow us on",
                                                          "follow him on",
                                                          "follow her on",
                                                          "follow me on",
                                                          "like us on",
                                                          "find us on facebook",
                                                          "sign up for",
                                                          "sign up to",
                                                          "subscribe to",
                                                          "click here to",
                                                          "read more:",
                                                          "read more about",
                                                          "read also:",
                                                          "also read:",
                                                          "see also:",
                                                          "related:",
                                                          "more:",
                                                          "watch:",
                                                          "photo:",
                                                          "photos:",
                                                          "image credit",
                                                          "image:",
                                                          "photo by",
                                                          "picture:",
                                                          "getty images",
                                                          "(reporting by",
                                                          "reporting by",
                                                          "copyright",
                                                          "©",
                                                          "all rights reserved",
                                                          "lesen sie auch:",
                                                          "lire aussi",
                                                          "lea tambien",
                                                          "leggi anche:",
                                                          "leia mais:",
                                                          "читайте также"};

std::string plain(std::string_view line) {
  auto folded = text::fold(line);
  while (!folded.empty() && std::string_view(".…:»>!- ").find(folded.back()) != std::string::npos)
    folded.pop_back();
  return folded;
}

}  // namespace

bool is_set_phrase(std::string_view line) {
  constexpr std::size_t kLongest = 200;
  if (line.size() > kLongest) return false;
  const auto folded = text::fold(line);
  for (const auto beginning : kBeginnings)
    if (folded.starts_with(beginning)) return true;
  const auto whole = plain(line);
  return std::find(kWhole.begin(), kWhole.end(), whole) != kWhole.end();
}

}  // namespace tocsin::parser::detail
