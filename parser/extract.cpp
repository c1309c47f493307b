// SPDX-License-Identifier: MIT
#include "parser/extract.hpp"

#include <algorithm>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "base/time_format.hpp"
#include "parser/decode.hpp"
#include "parser/detail/article_body.hpp"
#include "parser/detail/article_markup.hpp"
#include "parser/detail/article_meta.hpp"
#include "parser/detail/page.hpp"
#include "text/html.hpp"
#include "text/html_tree.hpp"
#include "text/url.hpp"

namespace tocsin::parser {
namespace {

/// `content_type` with the charset that the page's own `<meta>` names, where the header names none.
std::string with_charset(std::string_view bytes, const std::string& content_type) {
  constexpr std::size_t kWhereBrowsersLook = 4096;
  if (content_type.find("charset") != std::string::npos) return content_type;
  const auto tree = text::HtmlTree::parse(bytes.substr(0, kWhereBrowsersLook));
  for (text::HtmlTree::Id id = 1; id < tree.nodes().size(); ++id) {
    if (tree.nodes()[id].name != "meta") continue;
    if (const auto charset = tree.attribute(id, "charset"); !charset.empty())
      return "text/html; charset=" + charset;
    const auto content = tree.attribute(id, "content");
    if (content.find("charset=") != std::string::npos) return content;
  }
  return content_type;
}

std::string host_of(std::string_view url) {
  const auto plain = text::canonical_url(url);
  return url.starts_with("http") ? plain.substr(0, plain.find('/')) : std::string();
}

/// The address that relative links start from: `<base>`, else the page's own.
std::string base_of(const text::HtmlTree& tree, const std::string& url) {
  for (text::HtmlTree::Id id = 1; id < tree.nodes().size(); ++id)
    if (tree.nodes()[id].name == "base")
      if (const auto base = tree.attribute(id, "href"); !base.empty())
        return text::resolve_url(url, base);
  return url;
}

std::string text_of(const detail::Page& page, const detail::ArticleBody& body) {
  std::string out;
  for (const auto& block : body.blocks)
    out.append(out.empty() ? "" : "\n\n").append(detail::block_text(page, block));
  return out;
}

/// Where a script is to show the text, the page may still carry it as data.
void use_linked_body(std::string_view body, Article& article) {
  const bool markup = text::has_html_tag(body);
  article.text = markup ? text::html_to_text(body) : text::tidy_paragraphs(body);
  article.html = text::sanitize_html(
      markup ? std::string(body) : "<p>" + text::escape_html(article.text) + "</p>", {});
}

/// True for what is no text, though it came as a page: an archive, an image.
bool is_binary(std::string_view text) {
  constexpr std::size_t kTolerated = 50;  // one stray control character in so many
  const auto controls = std::count_if(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f';
  });
  return static_cast<std::size_t>(controls) > text.size() / kTolerated;
}

}  // namespace

Article extract_article(std::string_view bytes, const Source& source, const PageLimits& limits) {
  const auto decoded = decode(bytes, with_charset(bytes, source.content_type));
  if (is_binary(decoded.text)) return {};
  const auto tree = text::HtmlTree::parse(decoded.text, {limits.max_nodes, limits.max_depth});
  const detail::Page page(tree);
  auto meta = detail::read_meta(page);
  const auto& url = source.url.empty() ? meta.url : source.url;
  const auto body = detail::find_body(page, meta.title, host_of(url));
  Article article;
  article.text = text_of(page, body);
  article.html = text::sanitize_html(detail::markup_of(page, body), base_of(tree, url));
  if (article.text.size() < meta.body.size() / 2) use_linked_body(meta.body, article);
  article.title = std::move(meta.title);
  article.byline = std::move(meta.byline);
  article.language = std::move(meta.language);
  article.published = meta.published;
  return article;
}

std::string to_json(const Article& article) {
  boost::json::object out;
  const auto put = [&](const char* key, const std::string& value) {
    if (!value.empty()) out[key] = value;
  };
  put("title", article.title);
  put("byline", article.byline);
  put("text", article.text);
  put("html", article.html);
  put("language", article.language);
  if (article.published) out["date_published"] = format_rfc3339(*article.published);
  return boost::json::serialize(out);
}

}  // namespace tocsin::parser
