// SPDX-License-Identifier: MIT
#include "parser/detail/article_meta.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <vector>

#include "parser/dates.hpp"
#include "parser/detail/linked_data.hpp"
#include "text/fold.hpp"
#include "text/html.hpp"
#include "text/utf8.hpp"

namespace tocsin::parser::detail {
namespace {

constexpr std::size_t kLongestByline = 120;
constexpr std::size_t kLongestField = 1'000;

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return out;
}

/// What was found on one walk over the page; the first of each kind counts.
struct Finds {
  std::map<std::string, std::string, std::less<>> meta;  // by name, property or itemprop
  LinkedArticle linked;
  std::string language, title, heading, canonical;
  std::string author_element;      // its text
  std::string date_element, time;  // marked as the date of publication; any

  [[nodiscard]] std::string first_of(std::initializer_list<std::string_view> names) const {
    for (const auto name : names)
      if (const auto found = meta.find(name); found != meta.end() && !found->second.empty())
        return found->second;
    return {};
  }
};

class Walk {
 public:
  explicit Walk(const Page& page) : page_(page), tree_(page.tree()) {}

  Finds run() {
    for (NodeId id = 1; id < tree_.nodes().size(); ++id)
      if (!page_.node(id).is_text()) visit(id, page_.node(id).name);
    return std::move(finds_);
  }

 private:
  void visit(NodeId id, std::string_view name) {
    if (name == "meta") return meta(id);
    if (name == "html") return language(id);
    if (name == "link" && tree_.attribute(id, "rel") == "canonical")
      return set(finds_.canonical, tree_.attribute(id, "href"));
    if (name == "script") return script(id);
    if (name == "title" && page_.node(page_.node(id).parent).name != "svg")
      return line(id, finds_.title);
    if (name == "h1") return line(id, finds_.heading);
    if (name == "time") return time(id);
    if (!page_.node(id).source.empty()) marked(id);
  }

  static void set(std::string& field, std::string_view value) {
    if (field.empty()) field = text::one_line(text::cut_utf8(value, kLongestField));
  }

  /// Only the first is read: elements may lie within each other, and reading each would cost.
  void line(NodeId id, std::string& field) {
    if (field.empty()) set(field, tree_.line(id));
  }

  void meta(NodeId id) {
    auto content = tree_.attribute(id, "content");
    if (content.empty()) return;
    for (const auto* attribute : {"name", "property", "itemprop", "http-equiv"}) {
      auto key = lower(tree_.attribute(id, attribute));
      if (!key.empty()) finds_.meta.emplace(std::move(key), content);
    }
  }

  void language(NodeId id) {
    set(finds_.language, tree_.attribute(id, "lang"));
    set(finds_.language, tree_.attribute(id, "xml:lang"));
  }

  void script(NodeId id) {
    if (page_.node(id).end == id + 1) return;
    if (tree_.attribute(id, "type").starts_with("application/ld+json"))
      read_linked_data(page_.node(id + 1).source, finds_.linked);
  }

  void time(NodeId id) {
    const bool marked =
        tree_.attribute(id, "itemprop") == "datePublished" || tree_.has_attribute(id, "pubdate");
    auto& field = marked ? finds_.date_element : finds_.time;
    set(field, tree_.attribute(id, "datetime"));
    line(id, field);
  }

  void marked(NodeId id) {
    const auto property = tree_.attribute(id, "itemprop");
    if (property == "datePublished") {
      set(finds_.date_element, tree_.attribute(id, "content"));
      line(id, finds_.date_element);
    }
    const bool sure = property == "author" || tree_.attribute(id, "rel") == "author";
    if (sure || page_.hint(id) == Hint::byline) author(id, sure);
  }

  /// The first element that is surely an author's name, else the first that may be.
  void author(NodeId id, bool sure) {
    constexpr NodeId kMoreThanAName = 40;
    if (author_is_sure_ || (!sure && !finds_.author_element.empty())) return;
    if (page_.node(id).end - id > kMoreThanAName) return;
    if (!sure && tree_.attribute(id, "class").find("date") != std::string::npos) return;
    const auto name = tree_.line(id);
    if (name.empty() || name.size() > kLongestByline) return;
    finds_.author_element = name;
    author_is_sure_ = sure;
  }

  const Page& page_;
  const text::HtmlTree& tree_;
  Finds finds_;
  bool author_is_sure_ = false;
};

/// A page's `<title>` without the site's name, which stands behind or before a separator.
std::string without_site(const std::string& title, const std::string& heading) {
  if (heading.size() > 8 && text::fold(title).find(text::fold(heading)) != std::string::npos)
    return heading;
  static constexpr std::array<std::string_view, 8> kSeparators = {" | ", " — ",  " – ", " - ",
                                                                  " » ", " :: ", " · ", " « "};
  for (const auto separator : kSeparators) {
    const auto last = title.rfind(separator);
    if (last == std::string::npos) continue;
    const auto front = title.substr(0, last);
    const auto back = title.substr(last + separator.size());
    return front.size() >= back.size() ? front : back;
  }
  return title;
}

std::string title_of(const Finds& finds) {
  auto title = text::html_to_line(finds.linked.headline);
  if (title.empty())
    title = finds.first_of({"og:title", "dc.title", "dcterms.title", "twitter:title",
                            "parsely-title", "headline", "sailthru.title"});
  if (title.empty()) title = without_site(finds.title, finds.heading);
  if (title.empty()) title = finds.heading;
  return text::one_line(text::cut_utf8(title, kLongestField));
}

std::string without_by(std::string line) {
  static constexpr std::array<std::string_view, 9> kWords = {
      "by ", "von ", "par ", "por ", "di ", "door ", "av ", "af ", "автор: "};
  const auto folded = lower(line);
  for (const auto word : kWords)
    if (folded.starts_with(word)) return line.substr(word.size());
  return line;
}

std::string byline_of(const Finds& finds) {
  std::string byline;
  for (const auto& author : finds.linked.authors)
    byline.append(byline.empty() ? "" : ", ").append(author);
  if (byline.empty())
    byline = finds.first_of({"author", "parsely-author", "dc.creator", "dcterms.creator",
                             "sailthru.author", "article:author", "byl"});
  if (byline.starts_with("http") || byline.size() > kLongestByline) byline.clear();
  if (byline.empty()) byline = finds.author_element;
  return without_by(text::one_line(byline));
}

std::string language_of(const Finds& finds) {
  auto language = finds.language;
  if (language.empty()) language = finds.linked.language;
  if (language.empty()) language = finds.first_of({"content-language", "dc.language", "og:locale"});
  std::replace(language.begin(), language.end(), '_', '-');
  return language.substr(0, language.find(','));
}

std::optional<Timestamp> published_of(const Finds& finds) {
  const std::array<std::string, 5> written = {
      finds.linked.published,
      finds.first_of({"article:published_time", "og:published_time", "datepublished",
                      "parsely-pub-date", "dc.date.issued", "dcterms.created", "dc.date",
                      "sailthru.date", "originalpublicationdate", "pubdate", "publish-date",
                      "publication_date", "publishdate", "date"}),
      finds.date_element, finds.time, finds.first_of({"article:modified_time"})};
  for (const auto& one : written)
    if (const auto date = read_date(one)) return date;
  return std::nullopt;
}

}  // namespace

ArticleMeta read_meta(const Page& page) {
  const auto finds = Walk(page).run();
  ArticleMeta meta;
  meta.title = title_of(finds);
  meta.byline = byline_of(finds);
  meta.language = language_of(finds);
  meta.published = published_of(finds);
  meta.body = finds.linked.body;
  meta.url = finds.canonical.empty() ? finds.first_of({"og:url"}) : finds.canonical;
  return meta;
}

}  // namespace tocsin::parser::detail
