// SPDX-License-Identifier: MIT
#include "fetcher/discovery.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include "text/html.hpp"
#include "text/html_entities.hpp"
#include "text/url.hpp"

namespace tocsin::fetcher {
namespace {

constexpr std::size_t kMostFound = 50;
constexpr std::size_t kLongestAddress = 4'096;
constexpr std::string_view kBlank = " \t\r\n\f";

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return lower(c); });
  return out;
}

struct Tag {
  std::string name;
  std::map<std::string, std::string, std::less<>> attributes;

  [[nodiscard]] std::string_view get(std::string_view attribute) const {
    const auto found = attributes.find(attribute);
    return found == attributes.end() ? std::string_view{} : std::string_view(found->second);
  }
};

/// Goes from tag to tag without building a tree: pages are broken in more ways than trees have.
class TagReader {
 public:
  explicit TagReader(std::string_view page) : rest_(page) {}

  std::optional<Tag> next() {
    for (;;) {
      const auto open = rest_.find('<');
      if (open == std::string_view::npos) return std::nullopt;
      rest_.remove_prefix(open + 1);
      if (rest_.starts_with("!--")) {
        skip_comment();
        continue;
      }
      if (rest_.empty() || lower(rest_.front()) < 'a' || lower(rest_.front()) > 'z') continue;
      auto tag = read_tag();
      if (tag.name == "script" || tag.name == "style") skip_content(tag.name);
      return tag;
    }
  }

 private:
  void skip_comment() {
    const auto end = rest_.find("-->");
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 3);
  }

  /// Behind a script's or a style's own text: to its end tag, in any case.
  void skip_content(std::string_view name) {
    for (;;) {
      const auto end = rest_.find("</");
      rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 2);
      if (rest_.empty() || lowered(rest_.substr(0, name.size())) == name) return;
    }
  }

  void skip_blanks() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n\f/"), rest_.size()));
  }

  std::string_view take_until(std::string_view ends) {
    const auto count = std::min(rest_.find_first_of(ends), rest_.size());
    const auto taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

  std::string read_value() {
    skip_spaces();
    if (rest_.empty()) return {};
    std::string_view raw;
    if (const char quote = rest_.front(); quote == '"' || quote == '\'') {
      rest_.remove_prefix(1);
      raw = take_until({&quote, 1});
      if (!rest_.empty()) rest_.remove_prefix(1);
    } else {
      raw = take_until(" \t\r\n\f>");
    }
    return text::resolve_references(raw, text::ReferenceIn::attribute);
  }

  void skip_spaces() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(kBlank), rest_.size()));
  }

  Tag read_tag() {
    Tag tag;
    tag.name = lowered(take_until(" \t\r\n\f/>"));
    for (;;) {
      skip_blanks();
      if (rest_.empty() || rest_.front() == '>') break;
      auto name = lowered(take_until(" \t\r\n\f/>="));
      if (name.empty()) {  // a stray "="
        rest_.remove_prefix(1);
        continue;
      }
      skip_spaces();
      std::string value;
      if (rest_.starts_with('=')) {
        rest_.remove_prefix(1);
        value = read_value();
      }
      tag.attributes.emplace(std::move(name), std::move(value));
    }
    if (!rest_.empty()) rest_.remove_prefix(1);
    return tag;
  }

  std::string_view rest_;
};

bool is_feed_type(std::string_view type) {
  constexpr std::array<std::string_view, 7> kTypes = {"application/rss+xml",
                                                      "application/atom+xml",
                                                      "application/feed+json",
                                                      "application/rdf+xml",
                                                      "application/x-rss+xml",
                                                      "application/xml",
                                                      "text/xml"};
  const auto bare = type.substr(0, type.find_first_of("; "));
  return std::find(kTypes.begin(), kTypes.end(), bare) != kTypes.end();
}

bool has_word(std::string_view text, std::string_view word) {
  const auto low = " " + lowered(text) + " ";
  return low.find(" " + std::string(word) + " ") != std::string::npos;
}

bool is_alternate(const Tag& tag) {
  const auto type = lowered(tag.get("type"));
  const bool json =
      type == "application/json" && lowered(tag.get("title")).find("feed") != std::string::npos;
  return tag.name == "link" &&
         (has_word(tag.get("rel"), "alternate") || has_word(tag.get("rel"), "feed")) &&
         (is_feed_type(type) || json || (type.empty() && has_word(tag.get("rel"), "feed")));
}

/// Links that a reader would try: by the words and endings that feeds' addresses have.
bool looks_like_feed(std::string_view address) {
  constexpr std::array<std::string_view, 10> kSigns = {
      ".rss",     ".atom",     ".rdf",      "rss.xml", "atom.xml",
      "feed.xml", "index.xml", "feed.json", "/feed",   "/rss"};
  auto path = lowered(address.substr(0, address.find_first_of("?#")));
  while (path.ends_with('/')) path.pop_back();
  return std::any_of(kSigns.begin(), kSigns.end(),
                     [&](std::string_view sign) { return path.ends_with(sign); });
}

bool is_about_comments(const Announced& feed) {
  return lowered(feed.title).find("comment") != std::string::npos ||
         lowered(feed.url).find("/comments/") != std::string::npos;
}

}  // namespace

std::vector<Announced> discover_feeds(std::string_view page, std::string_view url) {
  std::string base(url);
  std::vector<Announced> announced, linked;
  std::set<std::string, std::less<>> known;
  bool based = false;
  TagReader reader(page);
  while (auto tag = reader.next()) {
    const auto href = tag->get("href");
    if (href.empty() || href.size() > kLongestAddress) continue;
    if (tag->name == "base" && !based) {
      base = text::resolve_url(url, href);
      based = true;
    }
    const bool alternate = is_alternate(*tag);
    const bool link = tag->name == "a" && looks_like_feed(href);
    if ((!alternate && !link) || known.size() >= kMostFound) continue;
    auto address = text::resolve_url(base, href);
    if (!address.starts_with("http") || !known.insert(address).second) continue;
    if (alternate)
      announced.push_back(
          {std::move(address), text::one_line(tag->get("title")), lowered(tag->get("type"))});
    else
      linked.push_back({std::move(address), text::one_line(tag->get("title")), {}});
  }
  std::stable_partition(announced.begin(), announced.end(),
                        [](const Announced& feed) { return !is_about_comments(feed); });
  std::move(linked.begin(), linked.end(), std::back_inserter(announced));
  return announced;
}

std::vector<std::string> usual_feed_addresses(std::string_view url) {
  std::vector<std::string> out;
  for (const auto* path : {"/feed", "/rss.xml", "/atom.xml", "/index.xml", "/feed.xml", "/rss"})
    out.push_back(text::resolve_url(url, path));
  return out;
}

}  // namespace tocsin::fetcher
