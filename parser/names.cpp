// SPDX-License-Identifier: MIT
#include "parser/detail/names.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "parser/detail/xml.hpp"
#include "text/byte_block.hpp"

namespace tocsin::parser::detail {
namespace {

using Entry = std::pair<std::string_view, Vocabulary>;

/// URIs without scheme, "www." and what may follow the name, in lower case.
constexpr std::array kKnown = {
    Entry{"purl.org/rss/1.0", Vocabulary::rss},
    Entry{"purl.org/net/rss1.1", Vocabulary::rss},
    Entry{"my.netscape.com/rdf/simple/0.9", Vocabulary::rss},
    Entry{"channel.netscape.com/rdf/simple/0.9", Vocabulary::rss},
    Entry{"my.netscape.com/publish/formats/rss-0.91.dtd", Vocabulary::rss},
    Entry{"backend.userland.com/rss", Vocabulary::rss},
    Entry{"backend.userland.com/rss2", Vocabulary::rss},
    Entry{"backend.userland.com/rss091", Vocabulary::rss},
    Entry{"backend.userland.com/rss092", Vocabulary::rss},
    Entry{"blogs.law.harvard.edu/tech/rss", Vocabulary::rss},
    Entry{"cyber.law.harvard.edu/rss/rss.html", Vocabulary::rss},
    Entry{"w3.org/2005/atom", Vocabulary::atom},
    Entry{"purl.org/atom/ns", Vocabulary::atom},
    Entry{"example.com/newformat", Vocabulary::atom},
    Entry{"necho", Vocabulary::atom},
    Entry{"purl.org/echo", Vocabulary::atom},
    Entry{"purl.org/pie", Vocabulary::atom},
    Entry{"w3.org/1999/02/22-rdf-syntax-ns", Vocabulary::rdf},
    Entry{"purl.org/rss/1.0/modules/content", Vocabulary::content},
    Entry{"purl.org/dc/elements/1.1", Vocabulary::dc},
    Entry{"purl.org/dc/elements/1.0", Vocabulary::dc},
    Entry{"dublincore.org/documents/dcmi-namespace", Vocabulary::dc},
    Entry{"purl.org/dc/terms", Vocabulary::dcterms},
    Entry{"search.yahoo.com/mrss", Vocabulary::media},
    Entry{"tools.search.yahoo.com/mrss", Vocabulary::media},
    Entry{"video.search.yahoo.com/mrss", Vocabulary::media},
    Entry{"itunes.com/dtds/podcast-1.0.dtd", Vocabulary::itunes},
    Entry{"example.com/dtds/podcast-1.0.dtd", Vocabulary::itunes},
    Entry{"itunes.com/dtds/podcast-1.0", Vocabulary::itunes},
    Entry{"google.com/schemas/play-podcasts/1.0", Vocabulary::itunes},
    Entry{"purl.org/rss/1.0/modules/slash", Vocabulary::slash},
    Entry{"wellformedweb.org/commentapi", Vocabulary::comment_api},
    Entry{"purl.org/syndication/thread/1.0", Vocabulary::thread},
    Entry{"purl.org/rss/1.0/modules/syndication", Vocabulary::syndication},
    Entry{"backend.userland.com/creativecommonsrssmodule", Vocabulary::licence},
    Entry{"cyber.law.harvard.edu/rss/creativecommonsrssmodule.html", Vocabulary::licence},
    Entry{"web.resource.org/cc", Vocabulary::licence},
    Entry{"creativecommons.org/ns", Vocabulary::licence},
    Entry{"w3.org/1999/xhtml", Vocabulary::xhtml},
    Entry{"rssnamespace.org/feedburner/ext/1.0", Vocabulary::feedburner},
};

/// What prefixes mean that are used without a declaration.
constexpr std::array kUsual = {
    Entry{"rss", Vocabulary::rss},         Entry{"atom", Vocabulary::atom},
    Entry{"atom10", Vocabulary::atom},     Entry{"atom03", Vocabulary::atom},
    Entry{"a10", Vocabulary::atom},        Entry{"rdf", Vocabulary::rdf},
    Entry{"content", Vocabulary::content}, Entry{"dc", Vocabulary::dc},
    Entry{"dcterms", Vocabulary::dcterms}, Entry{"media", Vocabulary::media},
    Entry{"itunes", Vocabulary::itunes},   Entry{"googleplay", Vocabulary::itunes},
    Entry{"slash", Vocabulary::slash},     Entry{"wfw", Vocabulary::comment_api},
    Entry{"thr", Vocabulary::thread},      Entry{"sy", Vocabulary::syndication},
    Entry{"cc", Vocabulary::licence},      Entry{"creativecommons", Vocabulary::licence},
    Entry{"xhtml", Vocabulary::xhtml},     Entry{"feedburner", Vocabulary::feedburner},
};

template <class Table>
Vocabulary find(const Table& table, std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Entry& entry) { return entry.first == name; });
  return found == table.end() ? Vocabulary::other : found->second;
}

/// The prefix that an attribute declares: "" for the default namespace; false where it declares
/// none.
bool declares(std::string_view attribute, std::string_view& prefix) {
  if (!attribute.starts_with("xmlns")) return false;
  attribute.remove_prefix(5);
  if (!attribute.empty() && attribute.front() != ':') return false;
  prefix = attribute.empty() ? attribute : attribute.substr(1);
  return true;
}

/// What a declaration makes of a prefix. At the root an unknown default namespace is the feed's.
Vocabulary declared(std::string_view prefix, std::string_view uri, bool at_root) {
  const auto known = vocabulary_of(uri);
  if (known != Vocabulary::other) return known;
  if (prefix.empty()) return uri.empty() || at_root ? Vocabulary::rss : Vocabulary::other;
  return find(kUsual, lower(prefix));
}

}  // namespace

Vocabulary vocabulary_of(std::string_view uri) {
  auto low = lower(uri);
  std::string_view rest = low;
  while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\n')) rest.remove_prefix(1);
  for (const std::string_view start : {"https://", "http://", "www."})
    if (rest.starts_with(start)) rest.remove_prefix(start.size());
  constexpr std::string_view kTail = "/#? \n\t";
  while (!rest.empty() && kTail.find(rest.back()) != std::string_view::npos) rest.remove_suffix(1);
  return find(kKnown, rest);
}

Names::Names(pugi::xml_node root, std::string_view text) : root_(root) {
  constexpr std::size_t kMostDeclared = 256;
  std::size_t here = 0;
  for (const auto attribute : root.attributes()) {
    std::string_view prefix;
    if (!declares(attribute.name(), prefix)) continue;
    if (here++ < kMostDeclared)
      prefixes_.emplace_back(prefix, declared(prefix, attribute.value(), true));
  }
  look_for_attributes(text, here);
}

// Text that only speaks of them makes reading slower, and no different.
void Names::look_for_attributes(std::string_view text, std::size_t declared_at_root) {
  std::size_t declarations = 0;
  const auto next = [text](std::size_t at) {
    return text::find_rare(text, at, [](const char* block) {
      return text::ByteBlock(block).is('x') & text::ByteBlock(block + 1).is('m');
    });
  };
  for (auto at = next(0); at < text.size(); at = next(at + 1)) {
    const auto word = text.substr(at, 8);
    declarations += word.starts_with("xmlns") ? 1U : 0U;
    has_bases_ |= word == "xml:base";
    has_languages_ |= word == "xml:lang";
  }
  scoped_ = declarations > declared_at_root;
}

Vocabulary Names::at_root(std::string_view prefix) const {
  const auto known = std::find_if(prefixes_.begin(), prefixes_.end(),
                                  [&](const auto& one) { return one.first == prefix; });
  if (known != prefixes_.end()) return known->second;
  const auto usual = prefix.empty() ? Vocabulary::rss : find(kUsual, lower(prefix));
  constexpr std::size_t kMostRemembered = 300;
  if (prefixes_.size() < kMostRemembered) prefixes_.emplace_back(prefix, usual);
  return usual;
}

Vocabulary Names::vocabulary(pugi::xml_node element, std::string_view prefix) const {
  for (auto node = element; node && node != root_; node = node.parent()) {
    for (auto one = node.first_attribute(); one; one = one.next_attribute()) {
      std::string_view found;
      if (declares(one.name(), found) && found == prefix)
        return declared(prefix, one.value(), false);
    }
  }
  return at_root(prefix);
}

const Names::Known& Names::known(std::string_view written) const {
  if (const auto met = known_.find(written); met != known_.end()) return *met->second;
  auto name = std::make_unique<const Known>(
      Known{std::string(written), lower(local_name(written)), at_root(prefix(written))});
  const std::string_view key = name->written;
  return *known_.emplace(key, std::move(name)).first->second;
}

Name Names::of(pugi::xml_node element) const {
  const auto& name = known(element.name());
  return {scoped_ ? vocabulary(element, prefix(name.written)) : name.at_root, name.local};
}

}  // namespace tocsin::parser::detail
