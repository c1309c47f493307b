// SPDX-License-Identifier: MIT
// Any bytes as a feed. Whatever comes out is UTF-8, within its limits, and the same the next time.
// The first line is the Content-Type.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parser/feed_json.hpp"
#include "parser/identity.hpp"
#include "parser/parser.hpp"
#include "text/utf8.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tocsin;
  std::string_view input(reinterpret_cast<const char*>(data), size);
  parser::Source source;
  source.url = "https://news.example/feed";
  const auto line = input.find('\n');
  source.content_type = input.substr(0, line);
  input.remove_prefix(line == std::string_view::npos ? input.size() : line + 1);
  parser::Limits limits;
  limits.max_items = 50;
  limits.max_field = 4'096;
  const auto feed = parser::parse_feed(input, source, limits);
  if (!feed) {
    if (feed.error().message.empty() || !text::is_utf8(feed.error().message)) std::abort();
    return 0;
  }
  const auto json = parser::to_json(*feed);
  if (!text::is_utf8(json) || feed->items.size() > limits.max_items) std::abort();
  for (const auto& item : feed->items)
    if (item.id.empty()) std::abort();
  if (parser::identify(*feed).size() != feed->items.size()) std::abort();
  if (const auto again = parser::parse_feed(input, source, limits);
      !again || parser::to_json(*again) != json)
    std::abort();
  return 0;
}
