// SPDX-License-Identifier: MIT
// `tests:`.
#include "base/time_format.hpp"
#include "config/detail/read.hpp"

namespace tocsin::config::detail {
namespace {

Item read_item(const View& view, Findings& findings) {
  Item out;
  out.id = view.text("id");
  out.url = view.text("url");
  out.title = view.text("title");
  out.summary = view.text("summary");
  out.content_text = view.text("content_text");
  out.content_html = view.text("content_html");
  out.language = view.text("language");
  for (auto& name : view.texts("authors")) out.authors.push_back({std::move(name), {}, {}});
  out.tags = view.texts("tags");
  if (const Node* date = view.get("date_published")) {
    if (const auto when = parse_rfc3339(date->text))
      out.published = *when;
    else
      findings.error(*date, when.error().message, "write it as 2026-11-23T08:00:00Z");
  }
  return out;
}

}  // namespace

void read_tests(const Reading& reading, Config& config) {
  UniqueNames names("test", *reading.findings);
  reading.each_item("tests", [&](const Node& node) {
    const View view(&node);
    if (!node.is_mapping()) return;
    TestSpec test;
    test.name = view.text("name");
    test.at = position(node);
    const View item = view.below("item");
    test.feed = item.text("feed");
    test.item = read_item(item, *reading.findings);
    if (test.item.id.empty()) test.item.id = test.name;
    if (view.has("expect")) test.expect = view.texts("expect");
    if (view.has("receivers")) test.receivers = view.texts("receivers");
    if (!test.name.empty() && names.add(*node.find("name")))
      config.tests.push_back(std::move(test));
  });
}

}  // namespace tocsin::config::detail
