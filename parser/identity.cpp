// SPDX-License-Identifier: MIT
#include "parser/identity.hpp"

#include <string>
#include <unordered_map>

#include "base/digest.hpp"
#include "text/fold.hpp"
#include "text/html.hpp"
#include "text/url.hpp"

namespace tocsin::parser {
namespace {

/// A hash of parts that cannot run into each other; never zero.
std::uint64_t key_of(char kind, std::string_view a, std::string_view b = {}) {
  std::string joined(1, kind);
  joined.append(a).append(1, '\0').append(b);
  const auto hash = stable_hash64(joined);
  return hash == 0 ? 1 : hash;
}

}  // namespace

std::vector<ItemKeys> identify(const Feed& feed) {
  std::unordered_map<std::string_view, int> uses;
  for (const auto& item : feed.items) ++uses[item.id];
  std::vector<ItemKeys> out;
  out.reserve(feed.items.size());
  for (const auto& item : feed.items) {
    const auto link = text::canonical_url(item.url);
    const auto title = text::fold(text::one_line(item.title));
    const auto body = text::one_line(item.content_text.empty() ? item.summary : item.content_text);
    ItemKeys keys;
    keys.id = item.id;
    // A guid that several items share tells nothing: link and title must help.
    const bool shared = uses[item.id] > 1;
    const bool is_link = item.id == item.url;
    keys.primary = shared    ? key_of('s', item.id + '\n' + link, title)
                   : is_link ? key_of('l', link)
                             : key_of('g', item.id);
    if (!link.empty() && !title.empty()) keys.by_link = key_of('t', link, title);
    keys.content = key_of('c', title, body);
    if (!title.empty() && !body.empty()) keys.by_text = key_of('b', std::to_string(keys.content));
    out.push_back(std::move(keys));
  }
  return out;
}

}  // namespace tocsin::parser
