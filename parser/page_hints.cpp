// SPDX-License-Identifier: MIT
#include "parser/detail/page_hints.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <vector>

namespace tocsin::parser::detail {
namespace {

using text::HtmlTree;

template <std::size_t Size>
bool one_of(std::string_view name, const std::array<std::string_view, Size>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Hint of_element(std::string_view name) {
  static const std::unordered_map<std::string_view, Hint> hints = {
      {"script", Hint::unseen},      {"style", Hint::unseen},    {"noscript", Hint::hidden},
      {"template", Hint::unseen},    {"iframe", Hint::unseen},   {"svg", Hint::unseen},
      {"math", Hint::none},          {"head", Hint::unseen},     {"button", Hint::unseen},
      {"select", Hint::unseen},      {"textarea", Hint::unseen}, {"input", Hint::unseen},
      {"object", Hint::unseen},      {"embed", Hint::unseen},    {"applet", Hint::unseen},
      {"canvas", Hint::unseen},      {"audio", Hint::unseen},    {"video", Hint::unseen},
      {"dialog", Hint::unseen},      {"title", Hint::unseen},    {"label", Hint::noise},
      {"nav", Hint::noise},          {"aside", Hint::noise},     {"footer", Hint::noise},
      {"menu", Hint::noise},         {"form", Hint::noise},      {"fieldset", Hint::noise},
      {"figcaption", Hint::caption}, {"article", Hint::article}, {"main", Hint::article},
      {"address", Hint::byline},     {"figure", Hint::figure}};
  const auto found = hints.find(name);
  return found == hints.end() ? Hint::none : found->second;
}

/// The words of one class name or id, in lower case: "articleBody--main" is article, body, main.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  bool was_lower = false;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool letter = upper || (c >= 'a' && c <= 'z');
    if (!letter || (upper && was_lower)) {
      if (!words.back().empty()) words.emplace_back();
    }
    if (letter) words.back() += upper ? static_cast<char>(c | 0x20) : c;
    was_lower = letter && !upper;
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

/// Words that tell wherever they stand in a class name.
Hint of_word(std::string_view word) {
  static const std::unordered_map<std::string_view, Hint> hints = [] {
    std::unordered_map<std::string_view, Hint> map;
    const auto add = [&](Hint hint, std::initializer_list<const char*> words) {
      for (const auto* w : words) map.emplace(w, hint);
    };
    add(Hint::comments, {"comment", "comments", "commentlist", "disqus", "respond", "replies",
                         "livefyre", "kommentare", "commentaires", "comentarios"});
    add(Hint::noise,
        {"ad",           "ads",           "advert",     "adverts",      "advertisement",
         "advertising",  "adsense",       "adslot",     "adunit",       "sponsor",
         "sponsored",    "promo",         "promos",     "promotion",    "banner",
         "share",        "sharing",       "sharebar",   "sharethis",    "shareline",
         "social",       "sociable",      "addthis",    "sharedaddy",   "related",
         "relatedposts", "recommended",   "recommend",  "recommends",   "recommendations",
         "recirc",       "recirculation", "popular",    "trending",     "mostread",
         "newsletter",   "newsletters",   "subscribe",  "subscription", "signup",
         "upsell",       "paywall",       "sidebar",    "sidenav",      "rail",
         "nav",          "navbar",        "navigation", "breadcrumb",   "breadcrumbs",
         "footer",       "masthead",      "toolbar",    "menu",         "pagination",
         "pager",        "prevnext",      "toc",        "sitemap",      "cookie",
         "cookies",      "consent",       "gdpr",       "popup",        "modal",
         "overlay",      "lightbox",      "outbrain",   "taboola",      "teaser",
         "teasers",      "bio",           "copyright",  "disclaimer",   "login",
         "poll",         "donate",        "donation",   "tags",         "taglist",
         "hashtags",     "topics",        "keywords",   "readmore",     "cta",
         "follow",       "feedback",      "ratings",    "infobox",      "crosslink",
         "crosslinks",   "metadata",      "onward",     "latest",       "keypoints",
         "tooltip",      "dropdown",      "carousel",   "slider",       "rollover",
         "hovercard",    "popover",       "flyout"});
    add(Hint::caption, {"caption", "captions", "credit", "credits", "figcaption", "imagecaption",
                        "photocredit", "bildunterschrift", "legende"});
    add(Hint::byline, {"byline", "bylines", "dateline", "timestamp", "pubdate", "author", "authors",
                       "date", "dateblock", "datetime", "posted", "published", "postmeta"});
    return map;
  }();
  const auto found = hints.find(word);
  return found == hints.end() ? Hint::none : found->second;
}

/// Words that tell only where they are the whole of a class name.
bool is_noise_alone(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kNames = {
      "widget", "meta", "entry-meta", "post-meta", "tools", "more", "links", "skip"};
  return one_of(name, kNames);
}

/// Words that make a class name say what stands beside the element, not what it is.
bool speaks_of_others(std::string_view word) {
  static constexpr std::array<std::string_view, 13> kWords = {
      "has",      "without", "no",   "not",    "is",     "hide", "show",
      "category", "tag",     "type", "format", "status", "js"};
  return one_of(word, kWords);
}

/// Something from elsewhere that is shown as part of the text.
bool is_shown_inside(std::string_view word) {
  static constexpr std::array<std::string_view, 6> kWords = {"embed", "embedded",  "tweet",
                                                             "quote", "pullquote", "blockquote"};
  return one_of(word, kWords);
}

bool names_an_article(std::string_view word) {
  static constexpr std::array<std::string_view, 5> kWords = {"article", "story", "post", "entry",
                                                             "news"};
  return one_of(word, kWords);
}

bool names_a_text(std::string_view word) {
  static constexpr std::array<std::string_view, 5> kWords = {"body", "content", "text", "copy",
                                                             "paragraphs"};
  return one_of(word, kWords);
}

bool is_whole_body_word(std::string_view word) {
  static constexpr std::array<std::string_view, 10> kWords = {
      "articlebody",  "articletext", "articlecontent", "storybody", "storytext",
      "storycontent", "postcontent", "entrycontent",   "postbody",  "bodytext"};
  return one_of(word, kWords);
}

/// "media-with-caption" is a medium, not a caption.
std::vector<std::string> without_companion(std::vector<std::string> words) {
  const auto with = std::find(words.begin(), words.end(), "with");
  if (with != words.end()) words.erase(with, words.end() - with > 2 ? with + 2 : words.end());
  return words;
}

Hint of_class(std::string_view name) {
  if (is_noise_alone(name)) return Hint::noise;
  const auto words = without_companion(words_of(name));
  if (words.empty() || words.size() > 8 || speaks_of_others(words.front())) return Hint::none;
  const bool inside = std::any_of(words.begin(), words.end(), is_shown_inside);
  Hint hint = Hint::none;
  for (const auto& word : words) {
    const auto one = of_word(word);
    if (one == Hint::comments) return one;
    if (one == Hint::noise && inside) continue;
    if (one == Hint::noise || (one != Hint::none && hint == Hint::none)) hint = one;
  }
  if (hint != Hint::none) return hint;
  bool article = false;
  for (const auto& word : words) {
    if (is_whole_body_word(word) || (article && names_a_text(word))) return Hint::body;
    article = names_an_article(word);
  }
  return Hint::none;
}

Hint of_classes(std::string_view names) {
  Hint hint = Hint::none;
  for (std::size_t at = 0; at < names.size();) {
    const auto end = std::min(names.find_first_of(" \t\r\n\f", at), names.size());
    const auto one = of_class(names.substr(at, end - at));
    if (one == Hint::comments || one == Hint::noise) return one;
    if (one != Hint::none) hint = one;
    at = end + 1;
  }
  return hint;
}

bool is_hidden(const HtmlTree& tree, HtmlTree::Id id) {
  if (tree.has_attribute(id, "hidden") || tree.attribute(id, "aria-hidden") == "true") return true;
  std::string style;
  for (const char c : tree.attribute(id, "style"))
    if (c != ' ') style += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return style.find("display:none") != std::string::npos ||
         style.find("visibility:hidden") != std::string::npos;
}

Hint of_role(std::string_view role) {
  static constexpr std::array<std::string_view, 11> kNoise = {
      "navigation", "banner", "complementary", "contentinfo", "search", "menu",
      "menubar",    "dialog", "alertdialog",   "form",        "toolbar"};
  if (one_of(role, kNoise)) return Hint::noise;
  return role == "main" || role == "article" ? Hint::article : Hint::none;
}

}  // namespace

Hint hint_of(const HtmlTree& tree, HtmlTree::Id id) {
  const auto& node = tree.nodes()[id];
  const auto by_name = of_element(node.name);
  if (by_name == Hint::unseen || node.source.empty()) return by_name;
  if (node.name == "html" || node.name == "body" || node.name == "#page") return Hint::none;
  if (is_hidden(tree, id)) return Hint::hidden;
  const auto property = tree.attribute(id, "itemprop");
  if (property.find("articleBody") != std::string::npos) return Hint::body;
  const auto by_role = of_role(tree.attribute(id, "role"));
  if (by_role == Hint::noise) return by_role;
  for (const auto* attribute : {"class", "id"}) {
    const auto hint = of_classes(tree.attribute(id, attribute));
    if (hint != Hint::none) return by_name == Hint::noise ? by_name : hint;
  }
  return by_name == Hint::none ? by_role : by_name;
}

}  // namespace tocsin::parser::detail
