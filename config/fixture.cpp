// SPDX-License-Identifier: MIT
#include "config/fixture.hpp"

#include <string_view>

#include "config/detail/yaml_text.hpp"

namespace tocsin::config {
namespace {

using detail::yaml_block;
using detail::yaml_scalar;

constexpr std::size_t kItemIndent = 6;

std::string list(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const auto& text : texts) out.append(out.size() == 1 ? "" : ", ").append(yaml_scalar(text));
  return out + "]";
}

/// Lines of the item; what is empty is left out.
class ItemLines {
 public:
  void value(std::string_view key, const std::string& text) {
    if (!text.empty()) line(key, yaml_scalar(text));
  }
  void block(std::string_view key, const std::string& text) {
    if (!text.empty()) line(key, yaml_block(text, kItemIndent + 2));
  }
  void values(std::string_view key, const std::vector<std::string>& texts) {
    if (!texts.empty()) line(key, list(texts));
  }
  [[nodiscard]] const std::string& text() const noexcept { return out_; }

 private:
  void line(std::string_view key, std::string_view value) {
    out_.append(kItemIndent, ' ').append(key).append(": ").append(value).append("\n");
  }
  std::string out_;
};

std::string item_lines(const TestSpec& test) {
  const auto& item = test.item;
  ItemLines lines;
  lines.value("feed", test.feed);
  lines.value("id", item.id);
  lines.value("url", item.url);
  lines.value("title", item.title);
  lines.block("summary", item.summary);
  lines.block("content_text", item.content_text);
  if (item.content_text.empty()) lines.block("content_html", item.content_html);
  lines.value("language", item.language);
  std::vector<std::string> authors;
  for (const auto& author : item.authors)
    if (!author.name.empty()) authors.push_back(author.name);
  lines.values("authors", authors);
  lines.values("tags", item.tags);
  return lines.text();
}

}  // namespace

std::string fixture(const TestSpec& test) {
  std::string out = "  - name: " + yaml_scalar(test.name) + "\n    item:\n" + item_lines(test);
  if (test.expect) out += "    expect: " + list(*test.expect) + "\n";
  if (test.receivers) out += "    receivers: " + list(*test.receivers) + "\n";
  return out;
}

}  // namespace tocsin::config
