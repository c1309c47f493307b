// SPDX-License-Identifier: MIT
// One table of elements, found by a hash with open addressing that is made at compile time: each
// tag of each article asks for one.
#include "text/detail/html_elements.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "text/detail/word_head.hpp"

namespace tocsin::text::detail {
namespace {

constexpr auto kTags = HtmlElement::Kept::tags;
constexpr auto kContent = HtmlElement::Kept::content;
constexpr auto kNothing = HtmlElement::Kept::nothing;

constexpr std::array kElements = std::to_array<HtmlElement>({
    {"a", kTags, false, Gap::none},
    {"abbr", kTags, false, Gap::none},
    {"acronym", kContent, false, Gap::none},
    {"address", kTags, false, Gap::paragraph},
    {"applet", kNothing, false, Gap::none},
    {"area", kContent, false, Gap::none},
    {"article", kTags, false, Gap::paragraph},
    {"aside", kTags, false, Gap::paragraph},
    {"audio", kTags, false, Gap::none},
    {"b", kTags, false, Gap::none},
    {"base", kContent, false, Gap::none},
    {"bdi", kTags, false, Gap::none},
    {"bdo", kTags, false, Gap::none},
    {"big", kTags, false, Gap::none},
    {"blockquote", kTags, false, Gap::paragraph},
    {"body", kContent, false, Gap::paragraph},
    {"br", kTags, true, Gap::none},
    {"button", kContent, false, Gap::blank},
    {"canvas", kContent, false, Gap::none},
    {"caption", kTags, false, Gap::line},
    {"center", kTags, false, Gap::paragraph},
    {"cite", kTags, false, Gap::none},
    {"code", kTags, false, Gap::none},
    {"col", kTags, true, Gap::none},
    {"colgroup", kTags, false, Gap::none},
    {"data", kContent, false, Gap::none},
    {"dd", kTags, false, Gap::line},
    {"del", kTags, false, Gap::none},
    {"details", kTags, false, Gap::paragraph},
    {"dfn", kTags, false, Gap::none},
    {"dialog", kContent, false, Gap::none},
    {"dir", kContent, false, Gap::paragraph},
    {"div", kTags, false, Gap::paragraph},
    {"dl", kTags, false, Gap::paragraph},
    {"dt", kTags, false, Gap::line},
    {"em", kTags, false, Gap::none},
    {"embed", kContent, false, Gap::none},
    {"fieldset", kContent, false, Gap::paragraph},
    {"figcaption", kTags, false, Gap::line},
    {"figure", kTags, false, Gap::paragraph},
    {"font", kTags, false, Gap::none},
    {"footer", kTags, false, Gap::paragraph},
    {"form", kContent, false, Gap::paragraph},
    {"frame", kContent, false, Gap::none},
    {"frameset", kContent, false, Gap::none},
    {"h1", kTags, false, Gap::paragraph},
    {"h2", kTags, false, Gap::paragraph},
    {"h3", kTags, false, Gap::paragraph},
    {"h4", kTags, false, Gap::paragraph},
    {"h5", kTags, false, Gap::paragraph},
    {"h6", kTags, false, Gap::paragraph},
    {"head", kContent, false, Gap::none},
    {"header", kTags, false, Gap::paragraph},
    {"hgroup", kContent, false, Gap::none},
    {"hr", kTags, true, Gap::paragraph},
    {"html", kContent, false, Gap::none},
    {"i", kTags, false, Gap::none},
    {"iframe", kNothing, false, Gap::none},
    {"img", kTags, true, Gap::blank},
    {"input", kContent, false, Gap::blank},
    {"ins", kTags, false, Gap::none},
    {"kbd", kTags, false, Gap::none},
    {"label", kContent, false, Gap::none},
    {"legend", kContent, false, Gap::line},
    {"li", kTags, false, Gap::line},
    {"link", kContent, false, Gap::none},
    {"main", kContent, false, Gap::paragraph},
    {"map", kContent, false, Gap::none},
    {"mark", kTags, false, Gap::none},
    {"math", kContent, false, Gap::none},
    {"menu", kContent, false, Gap::paragraph},
    {"meta", kContent, false, Gap::none},
    {"meter", kContent, false, Gap::none},
    {"nav", kContent, false, Gap::paragraph},
    {"noframes", kNothing, false, Gap::none},
    {"noscript", kContent, false, Gap::none},
    {"object", kContent, false, Gap::none},
    {"ol", kTags, false, Gap::paragraph},
    {"optgroup", kContent, false, Gap::none},
    {"option", kContent, false, Gap::line},
    {"output", kContent, false, Gap::none},
    {"p", kTags, false, Gap::paragraph},
    {"param", kContent, false, Gap::none},
    {"picture", kTags, false, Gap::none},
    {"pre", kTags, false, Gap::paragraph},
    {"progress", kContent, false, Gap::none},
    {"q", kTags, false, Gap::none},
    {"rp", kContent, false, Gap::none},
    {"rt", kContent, false, Gap::none},
    {"ruby", kContent, false, Gap::none},
    {"s", kTags, false, Gap::none},
    {"samp", kTags, false, Gap::none},
    {"script", kNothing, false, Gap::none},
    {"section", kTags, false, Gap::paragraph},
    {"select", kNothing, false, Gap::none},
    {"small", kTags, false, Gap::none},
    {"source", kTags, true, Gap::none},
    {"span", kTags, false, Gap::none},
    {"strike", kTags, false, Gap::none},
    {"strong", kTags, false, Gap::none},
    {"style", kNothing, false, Gap::none},
    {"sub", kTags, false, Gap::none},
    {"summary", kContent, false, Gap::line},
    {"sup", kTags, false, Gap::none},
    {"svg", kContent, false, Gap::none},
    {"table", kTags, false, Gap::paragraph},
    {"tbody", kTags, false, Gap::line},
    {"td", kTags, false, Gap::blank},
    {"template", kNothing, false, Gap::none},
    {"textarea", kNothing, false, Gap::none},
    {"tfoot", kTags, false, Gap::line},
    {"th", kTags, false, Gap::blank},
    {"thead", kTags, false, Gap::line},
    {"time", kTags, false, Gap::none},
    {"title", kNothing, false, Gap::none},
    {"tr", kTags, false, Gap::line},
    {"track", kContent, false, Gap::none},
    {"tt", kTags, false, Gap::none},
    {"u", kTags, false, Gap::none},
    {"ul", kTags, false, Gap::paragraph},
    {"var", kTags, false, Gap::none},
    {"video", kTags, false, Gap::none},
    {"wbr", kTags, true, Gap::none},
});

constexpr std::size_t kSlots = 512;  // a power of two, three times as many as there are elements
static_assert(kSlots >= 3 * kElements.size());

constexpr std::size_t slot_of(std::uint64_t head) noexcept {
  return static_cast<std::size_t>(head * 0x9E3779B97F4A7C15U >> 55U) % kSlots;
}

constexpr auto kIndex = [] {
  std::array<std::uint8_t, kSlots> index{};  // one more than the place in kElements; 0: none
  for (std::size_t i = 0; i < kElements.size(); ++i) {
    auto slot = slot_of(word_head(kElements[i].name));
    while (index[slot] != 0) slot = (slot + 1) % kSlots;
    index[slot] = static_cast<std::uint8_t>(i + 1);
  }
  return index;
}();

constexpr auto kHeads = [] {
  std::array<std::uint64_t, kElements.size()> heads{};
  for (std::size_t i = 0; i < heads.size(); ++i) heads[i] = word_head(kElements[i].name);
  return heads;
}();

constexpr std::size_t kLongestName =
    std::max_element(kElements.begin(), kElements.end(), [](const auto& a, const auto& b) {
      return a.name.size() < b.name.size();
    }) -> name.size();

}  // namespace

const HtmlElement* find_element(std::string_view name) noexcept {
  if (name.size() > kLongestName) return nullptr;
  const auto head = word_head(name);
  for (auto slot = slot_of(head); kIndex[slot] != 0; slot = (slot + 1) % kSlots) {
    const auto place = kIndex[slot] - 1U;
    const auto& found = kElements[place];
    if (kHeads[place] == head &&
        (name.size() <= 8 ? found.name.size() == name.size() : found.name == name))
      return &found;
  }
  return nullptr;
}

}  // namespace tocsin::text::detail
