// SPDX-License-Identifier: MIT
#include "notifier/template.hpp"

#include <gtest/gtest.h>

#include "notifier/builtin_templates.hpp"
#include "tests/notifier/sample.hpp"

namespace tocsin::notifier {
namespace {

std::string render(std::string_view source, TemplateKind kind = TemplateKind::text,
                   const Event& event = sample::event()) {
  const auto compiled = Template::compile(source, kind);
  if (!compiled) return "error: " + compiled.error().message;
  const RenderOptions options{"Europe/Helsinki", "tocsin"};
  const auto text = compiled->render(event, options);
  return text ? *text : "error: " + text.error().message;
}

std::vector<std::string> problems(std::string_view source) {
  std::vector<std::string> out;
  for (const auto& p : check_template(source))
    out.push_back(std::to_string(p.line) + ":" + std::to_string(p.column) + ": " + p.message);
  return out;
}

TEST(Template, NamesTheEventAndItsFirstItem) {
  EXPECT_EQ(render("[{{watch}}] {{item.title}} ({{item.feed.name}}, {{item.feed.labels.country}})"),
            "[jcpoa, names] Kremlin: Putin to see Ayatollah Khamenei in Tehran (tasnim, ir)");
}

TEST(Template, WalksItemsAndHits) {
  EXPECT_EQ(render("{{#items}}{{number}}:{{#hits}} {{field}}={{text}}{{/hits}}{{/items}}",
                   TemplateKind::text, sample::digest(2)),
            "1: title=Khamenei2: title=Khamenei");
}

TEST(Template, ShowsDatesInTheUsersZone) {
  EXPECT_EQ(render("{{item.published}}"), "Mon 23 Nov 2026, 10:00 GMT+2");
  EXPECT_EQ(render("{{item.published_utc}}"), "2026-11-23T08:00:00Z");
  EXPECT_EQ(render("{{#date}}dd.MM. HH:mm|{{item.published_utc}}{{/date}}"), "23.11. 10:00");
}

TEST(Template, CutsWithAMark) {
  EXPECT_EQ(render("{{#cut}}20|{{item.title}}{{/cut}}"), "Kremlin: Putin to…");
}

TEST(Template, QuotesJson) {
  auto event = sample::event();
  event.items.front().title = "a \"b\"\\";
  EXPECT_EQ(render(R"({"t":"{{item.title}}"})", TemplateKind::json, event), R"({"t":"a \"b\"\\"})");
  EXPECT_EQ(render(R"({"t":{{#json}}{{item.title}}{{/json}}})", TemplateKind::json, event),
            R"({"t":"a \"b\"\\"})");
}

TEST(Template, EncodesForUrls) {
  EXPECT_EQ(render("?u={{#url_encode}}{{item.url}}{{/url_encode}}"),
            "?u=https%3A%2F%2Fexample.org%2Fa%2F1%3Fx%3D1%26y%3D2");
}

TEST(Template, EscapesHtmlUnlessToldNotTo) {
  auto event = sample::event();
  event.items.front().title = "a < b & Khamenei";
  EXPECT_EQ(render("{{item.title}}", TemplateKind::html, event), "a &lt; b &amp; Khamenei");
  EXPECT_EQ(render("{{{item.title}}}", TemplateKind::html, event), "a < b & Khamenei");
  EXPECT_EQ(render("{{#cut}}9|{{item.title}}{{/cut}}", TemplateKind::html, event),
            "a &lt; b &amp;…");
}

TEST(Template, DoesNotReadWhatFeedsWriteAsATemplate) {
  auto event = sample::event();
  event.items.front().title = "{{receiver}} {{#items}}";
  EXPECT_EQ(render("{{item.title}}", TemplateKind::text, event), "{{receiver}} {{#items}}");
  EXPECT_EQ(render("{{#cut}}80|{{item.title}}{{/cut}}", TemplateKind::text, event),
            "{{receiver}} {{#items}}");
}

TEST(Template, HasTheWholeEventAsJson) {
  EXPECT_TRUE(
      render("{{{event_json}}}", TemplateKind::json).starts_with(R"({"specversion":"1.0")"));
}

TEST(Template, FailsWhenAHelperIsGivenNonsense) {
  EXPECT_EQ(render("{{#cut}}many|x{{/cut}}"),
            "error: template: cut: write {{#cut}}80|text{{/cut}}");
}

TEST(TemplateCheck, FindsNothingInTheBuiltInOnes) {
  EXPECT_EQ(problems(builtin_subject()), std::vector<std::string>{});
  EXPECT_EQ(problems(builtin_text()), std::vector<std::string>{});
  EXPECT_EQ(problems(builtin_html()), std::vector<std::string>{});
}

TEST(TemplateCheck, SaysWhereAndWhatInstead) {
  EXPECT_EQ(problems("ok {{watch}}\nñ {{item.titel}}"),
            std::vector<std::string>{"2:3: 'item.titel' does not exist; did you mean 'title'?"});
  EXPECT_EQ(problems("{{titel}}"),
            std::vector<std::string>{"1:1: unknown name 'titel'; did you mean 'title'?"});
  EXPECT_EQ(problems("{{title}}"),
            std::vector<std::string>{"1:1: 'title' belongs to an item; write {{item.title}}, or "
                                     "put it inside {{#items}}"});
}

TEST(TemplateCheck, FindsEveryProblem) {
  EXPECT_EQ(problems("{{#items}}{{nope}}{{/watches}} {{> part}} {{=<% %>=}} {{cut}}").size(), 5U);
}

TEST(TemplateCheck, FindsTagsAndSectionsThatDoNotEnd) {
  EXPECT_EQ(problems("a {{watch"),
            std::vector<std::string>{"1:3: this tag does not close; write }} after its name"});
  EXPECT_EQ(problems("{{#items}} x"),
            std::vector<std::string>{"1:1: section 'items' is not closed; write {{/items}}"});
  EXPECT_EQ(problems("{{/items}}"),
            std::vector<std::string>{"1:1: section 'items' was not opened"});
}

TEST(TemplateCheck, AllowsAnyLabel) {
  EXPECT_EQ(problems("{{item.feed.labels.country}} {{labels.x}} {{#item.feed.labels}}{{kind}}"
                     "{{/item.feed.labels}}"),
            std::vector<std::string>{});
}

}  // namespace
}  // namespace tocsin::notifier
