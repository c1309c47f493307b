// SPDX-License-Identifier: MIT
#include "parser/detail/linked_data.hpp"

#include <algorithm>
#include <array>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "text/html.hpp"

namespace tocsin::parser::detail {
namespace {

namespace json = boost::json;

/// The JSON in a script: without comment or CDATA marks around it, and without control characters,
/// which mean nothing in JSON but are often found inside strings.
std::string json_of(std::string_view script) {
  constexpr std::string_view kMark = "<![CDATA[";
  if (const auto mark = script.find(kMark); mark < 40) {
    script.remove_prefix(mark + kMark.size());
    script = script.substr(0, script.rfind("]]>"));
  }
  const auto first = std::min(script.find_first_of("{["), script.size());
  const auto last = script.find_last_of("}]");
  if (last == std::string_view::npos || last < first) return {};
  std::string out(script.substr(first, last + 1 - first));
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c >= 0 && c < ' '; }, ' ');
  return out;
}

std::string text_of(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains({key.data(), key.size()});
  if (value == nullptr || !value->is_string()) return {};
  return std::string(value->get_string());
}

bool is_article_type(std::string_view type) {
  return type.ends_with("Article") || type.ends_with("BlogPosting") || type.ends_with("Posting") ||
         type == "Report" || type == "Review" || type.ends_with("NewsArticle");
}

bool is_article(const json::object& object) {
  const auto* type = object.if_contains("@type");
  if (type == nullptr) return false;
  if (type->is_string()) return is_article_type(std::string_view(type->get_string()));
  if (!type->is_array()) return false;
  return std::any_of(type->get_array().begin(), type->get_array().end(), [](const auto& one) {
    return one.is_string() && is_article_type(std::string_view(one.get_string()));
  });
}

void add_authors(const json::value& value, std::vector<std::string>& out) {
  if (value.is_array())
    for (const auto& one : value.get_array()) add_authors(one, out);
  std::string name;
  if (value.is_string()) name = std::string(value.get_string());
  if (value.is_object()) name = text_of(value.get_object(), "name");
  name = text::html_to_line(name);
  const bool is_address = name.starts_with("http");
  if (!name.empty() && !is_address && std::find(out.begin(), out.end(), name) == out.end())
    out.push_back(std::move(name));
}

void read_article(const json::object& object, LinkedArticle& out) {
  out.headline = text_of(object, "headline");
  if (out.headline.empty()) out.headline = text_of(object, "name");
  out.body = text_of(object, "articleBody");
  out.published = text_of(object, "datePublished");
  out.language = text_of(object, "inLanguage");
  if (const auto* author = object.if_contains("author")) add_authors(*author, out.authors);
}

void visit(const json::value& value, LinkedArticle& out) {
  if (!out.empty()) return;
  if (value.is_array())
    for (const auto& one : value.get_array()) visit(one, out);
  if (!value.is_object()) return;
  const auto& object = value.get_object();
  if (is_article(object)) return read_article(object, out);
  for (const auto* key : {"@graph", "mainEntity", "mainEntityOfPage"})
    if (const auto* below = object.if_contains(key)) visit(*below, out);
}

}  // namespace

void read_linked_data(std::string_view script, LinkedArticle& out) {
  if (!out.empty()) return;
  json::parse_options lax;
  lax.allow_trailing_commas = true;
  lax.allow_comments = true;
  boost::system::error_code broken;
  const auto value = json::parse(json_of(script), broken, {}, lax);
  if (!broken) visit(value, out);
}

}  // namespace tocsin::parser::detail
