// SPDX-License-Identifier: MIT
// What a feed says of itself, in all vocabularies, and where its items stand.
#include <charconv>
#include <map>
#include <vector>

#include "parser/dates.hpp"
#include "parser/detail/xml.hpp"
#include "text/html.hpp"
#include "text/url.hpp"

namespace tocsin::parser::detail {
namespace {

enum class Family : std::uint8_t { none, rss, rdf, atom, cdf, entry };

Family family_of(pugi::xml_node node, const Names& names) {
  const auto name = names.of(node);
  if (name.local == "rss") return Family::rss;
  if (name.local == "rdf") return Family::rdf;
  if (name.local == "feed" && name.of != Vocabulary::other) return Family::atom;
  if (name.local == "entry" && name.of == Vocabulary::atom) return Family::entry;
  if (name.local != "channel") return Family::none;
  for (const auto child : node.children()) {
    const std::string_view child_name = child.name();
    if (child_name == "item" || child_name == "items") return Family::rss;
  }
  return Family::cdf;
}

/// The feed's own element: `root`, or one within the first of the document, such as a page that
/// wraps it.
pugi::xml_node find_feed(pugi::xml_node root, const Names& names, Family& family) {
  constexpr std::size_t kMostLooks = 500;
  std::vector<pugi::xml_node> queue;
  for (auto node = root; node; node = node.next_sibling())
    if (node.type() == pugi::node_element) queue.push_back(node);
  for (std::size_t i = 0; i < queue.size() && i < kMostLooks; ++i) {
    family = family_of(queue[i], names);
    // Below the root only what cannot be anything else: HTML may hold a <feed> of its own.
    const bool wrapped = queue[i].parent() != root.parent();
    const bool doubtful = family == Family::cdf ||
                          (family == Family::atom && names.of(queue[i]).of != Vocabulary::atom);
    if (family != Family::none && !(wrapped && doubtful)) return queue[i];
    for (const auto child : queue[i].children())
      if (child.type() == pugi::node_element) queue.push_back(child);
  }
  family = Family::none;
  return {};
}

std::string rss_format(pugi::xml_node root) {
  const auto version = text::one_line(attribute(root, "version"));
  for (const auto* known : {"0.90", "0.91", "0.92", "0.93", "0.94"})
    if (version.starts_with(known)) return std::string("rss-") + known;
  return "rss-2.0";
}

/// RSS 0.90 and 1.0 are both RDF and differ by the namespace of their channel and items.
std::string rdf_format(pugi::xml_node root) {
  for (const auto attribute : root.attributes())
    if (std::string_view(attribute.value()).find("simple/0.9") != std::string_view::npos)
      return "rss-0.90";
  return "rss-1.0";
}

std::string atom_format(pugi::xml_node root) {
  if (text::one_line(attribute(root, "version")) == "0.3") return "atom-0.3";
  for (const auto attribute : root.attributes())
    if (std::string_view(attribute.value()).find("purl.org/atom/ns") != std::string_view::npos)
      return "atom-0.3";
  return "atom-1.0";
}

std::string format_of(Family family, pugi::xml_node root) {
  switch (family) {
    case Family::rss: return rss_format(root);
    case Family::rdf: return rdf_format(root);
    case Family::cdf: return "cdf";
    default: return atom_format(root);
  }
}

/// An unsigned number; 0 for what is none.
std::uint32_t number(std::string_view text) {
  std::uint32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

class ChannelReader {
 public:
  ChannelReader(Document& in, Feed& feed) : in_(in), feed_(feed) {}

  void read(pugi::xml_node channel) {
    if (const auto href = attribute(channel, "href"); !href.empty())
      feed_.home_page_url = text::resolve_url(in_.base, href);
    for (auto node = channel.first_child(); node; node = node.next_sibling()) {
      if (node.type() != pugi::node_element) continue;
      const auto name = in_.names.of(node);
      if (name.local == "item" || name.local == "entry") continue;
      if (name.of == Vocabulary::rss || name.of == Vocabulary::atom)
        own(node, name);
      else
        module(node, name);
    }
    if (feed_.home_page_url.empty()) feed_.home_page_url = foreign_home_;
    if (feed_.authors.empty() && !itunes_author_.name.empty())
      feed_.authors.push_back(itunes_author_);
    if (period_minutes_ > 0 && !feed_.ttl)
      feed_.ttl = std::chrono::minutes{std::max(period_minutes_ / frequency_, 1U)};
    if (feed_.language.empty()) feed_.language = in_.language_at(channel);
  }

 private:
  void own(pugi::xml_node node, const Name& name) {
    const std::string_view local = name.local;
    if (local == "title") {
      title(3, node);
    } else if (local == "link" || local == "a") {
      link(node, name.of);
    } else if (local == "description" || local == "subtitle" || local == "tagline" ||
               local == "abstract") {
      description(3, node);
    } else if (local == "language") {
      feed_.language = text::one_line(own_text(node));
    } else if (local == "image" || local == "logo" || local == "icon") {
      image(node, local);
    } else if (local == "author" || local == "managingeditor") {
      add_author(feed_.authors, read_person(node, in_));
    } else if (local == "skiphours" || local == "skipdays") {
      skips(node);
    } else {
      details(node, local);
    }
  }

  void details(pugi::xml_node node, std::string_view local) {
    if (local == "generator") feed_.generator = text::one_line(own_text(node));
    if (local == "copyright" || local == "rights")
      feed_.rights = read_construct(node, in_).as_line();
    const auto value = text::one_line(own_text(node));
    if (local == "lastbuilddate" || local == "updated" || local == "modified")
      feed_.updated = read_date(value);
    if (local == "pubdate" && !feed_.updated) feed_.updated = read_date(value);
    if (local == "ttl")
      if (const auto minutes = number(value); minutes > 0 && minutes < 10'000'000)
        feed_.ttl = std::chrono::minutes{minutes};
  }

  void module(pugi::xml_node node, const Name& name) {
    const std::string_view local = name.local;
    const auto value = text::one_line(own_text(node));
    if (name.of == Vocabulary::dc || name.of == Vocabulary::dcterms) {
      if (local == "title") title(2, node);
      if (local == "description") description(1, node);
      if (local == "creator" || local == "author")
        add_author(feed_.authors, read_person(node, in_));
      if (local == "language" && feed_.language.empty()) feed_.language = value;
      if (local == "rights" && feed_.rights.empty()) feed_.rights = text::html_to_line(value);
      if ((local == "date" || local == "modified") && !feed_.updated)
        feed_.updated = read_date(value);
    } else if (name.of == Vocabulary::itunes) {
      itunes(node, local);
    } else if (name.of == Vocabulary::syndication) {
      if (local == "updateperiod") period(value);
      if (local == "updatefrequency") frequency_ = std::max(number(value), 1U);
    } else if (name.of == Vocabulary::media) {
      if (local == "thumbnail" && feed_.image.empty())
        feed_.image = text::resolve_url(base_at(node, in_.base), attribute(node, "url"));
    }
  }

  void itunes(pugi::xml_node node, std::string_view local) {
    if (local == "title") title(1, node);
    if (local == "summary") description(2, node);
    if (local == "subtitle") description(0, node);
    if (local == "author") itunes_author_ = read_author(own_text(node));
    if (local == "owner") owner(node);
    const auto href = reference_of(node);
    const bool old_image = local == "link" && lower(attribute(node, "rel")) == "image";
    if ((local == "image" || old_image) && !href.empty() && feed_.image.empty())
      feed_.image = text::resolve_url(base_at(node, in_.base), href);
  }

  void owner(pugi::xml_node node) {
    auto person = read_person(node, in_);
    if (itunes_author_.name.empty()) itunes_author_ = std::move(person);
  }

  void period(std::string_view value) {
    static const std::map<std::string, std::uint32_t, std::less<>> kMinutes = {{"hourly", 60},
                                                                               {"daily", 1'440},
                                                                               {"weekly", 10'080},
                                                                               {"monthly", 43'200},
                                                                               {"yearly", 525'600}};
    const auto found = kMinutes.find(lower(value));
    if (found != kMinutes.end()) period_minutes_ = found->second;
  }

  void title(int rank, pugi::xml_node node) {
    auto line = read_construct(node, in_).as_line();
    if (line.empty() || rank <= title_rank_) return;
    title_rank_ = rank;
    feed_.title = std::move(line);
  }

  void description(int rank, pugi::xml_node node) {
    auto text = read_construct(node, in_).as_plain();
    if (text.empty() || rank <= description_rank_) return;
    description_rank_ = rank;
    feed_.description = std::move(text);
  }

  void link(pugi::xml_node node, Vocabulary of) {
    const auto rel = relation_of(node);
    auto target = text::one_line(attribute(node, "href"));
    if (target.empty()) target = text::one_line(own_text(node));
    if (target.empty()) return;
    const auto url = text::resolve_url(base_at(node, in_.base), target);
    if (rel == "self") {
      feed_.self = url;
    } else if (rel == "hub") {
      feed_.hubs.push_back(url);
    } else if (rel.empty() || rel == "alternate") {
      const bool foreign = of == Vocabulary::atom && in_.is_rss;
      if (foreign)
        foreign_home_ = url;
      else if (in_.is_rss || feed_.home_page_url.empty())
        feed_.home_page_url = url;
    }
  }

  void image(pugi::xml_node node, std::string_view local) {
    std::string reference;
    for (const auto child : node.children())
      if (lower(local_name(child.name())) == "url") reference = text::one_line(own_text(child));
    if (reference.empty() && !has_elements(node)) reference = reference_of(node);
    if (reference.empty()) reference = text::one_line(local_attribute(node, "resource"));
    if (reference.empty()) return;
    auto& into = local == "icon" ? feed_.icon : feed_.image;
    into = text::resolve_url(base_at(node, in_.base), reference);
  }

  void skips(pugi::xml_node node) {
    static const std::map<std::string, unsigned, std::less<>> kDays = {
        {"sunday", 0},   {"monday", 1}, {"tuesday", 2}, {"wednesday", 3},
        {"thursday", 4}, {"friday", 5}, {"saturday", 6}};
    for (const auto child : node.children()) {
      const auto local = lower(local_name(child.name()));
      const auto value = text::one_line(own_text(child));
      if (local == "hour" && !value.empty())
        if (const auto hour = number(value); hour <= 24) feed_.skip_hours |= 1U << (hour % 24);
      if (local != "day") continue;
      if (const auto day = kDays.find(lower(value)); day != kDays.end())
        feed_.skip_days = static_cast<std::uint8_t>(feed_.skip_days | (1U << day->second));
    }
  }

  Document& in_;
  Feed& feed_;
  int title_rank_ = -1, description_rank_ = -1;
  std::string foreign_home_;
  Author itunes_author_;
  std::uint32_t period_minutes_ = 0, frequency_ = 1;
};

/// Reads the items right below `parent`; false when there are more than may be.
bool read_items(pugi::xml_node parent, const Document& in) {
  for (auto node = parent.first_child(); node; node = node.next_sibling()) {
    if (node.type() != pugi::node_element) continue;
    const auto name = in.names.of(node);
    if ((name.local != "item" && name.local != "entry") || name.of == Vocabulary::other) continue;
    if (in.feed.items.size() == in.limits.max_items) {
      in.feed.warnings.push_back("only the first " + std::to_string(in.limits.max_items) +
                                 " items were read");
      return false;
    }
    in.feed.items.push_back(read_item(node, in));
  }
  return true;
}

/// In RSS 1.0 and 0.90 the image stands beside the channel.
std::string image_beside(pugi::xml_node root, std::string_view base) {
  for (const auto child : root.children())
    if (lower(local_name(child.name())) == "image")
      for (const auto part : child.children())
        if (lower(local_name(part.name())) == "url")
          return text::resolve_url(base_at(part, base), text::one_line(own_text(part)));
  return {};
}

/// The children of `parent` that are called `local`, whoever's name it is.
std::vector<pugi::xml_node> children_called(pugi::xml_node parent, std::string_view local) {
  std::vector<pugi::xml_node> found;
  for (const auto child : parent.children())
    if (lower(local_name(child.name())) == local) found.push_back(child);
  return found;
}

/// Items stand in the channel or in one of several, in RSS 1.1 in its <items>, in RSS 1.0 beside
/// it.
void read_all_items(pugi::xml_node root, const std::vector<pugi::xml_node>& channels,
                    const Document& in) {
  for (const auto channel : channels) {
    if (!read_items(channel, in)) return;
    for (const auto items : children_called(channel, "items"))
      if (!read_items(items, in)) return;
  }
  if (channels.front() != root) read_items(root, in);
}

}  // namespace

Result<Feed> read_xml_feed(pugi::xml_node first, std::string_view text, const Source& source,
                           const Limits& limits) {
  auto family = Family::none;
  const auto root = find_feed(first, Names(first, text), family);
  if (family == Family::none) return Error{Errc::malformed, "no feed"};
  Feed feed;
  feed.format = format_of(family, root);
  const Names names(root, text);
  Document in{names, limits, feed, source.url, family != Family::atom && family != Family::entry};
  if (family == Family::entry) {
    feed.items.push_back(read_item(root, in));
    return feed;
  }
  auto channels = family == Family::atom || family == Family::cdf
                      ? std::vector<pugi::xml_node>()
                      : children_called(root, "channel");
  if (channels.empty()) channels.push_back(root);
  in.base = base_at(channels.front(), in.base);
  ChannelReader(in, feed).read(channels.front());
  in.base = source.url.empty() ? feed.home_page_url : source.url;
  if (family == Family::rdf && feed.image.empty()) feed.image = image_beside(root, in.base);
  read_all_items(root, channels, in);
  return feed;
}

}  // namespace tocsin::parser::detail
