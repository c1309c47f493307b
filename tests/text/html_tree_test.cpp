// SPDX-License-Identifier: MIT
#include "text/html_tree.hpp"

#include <gtest/gtest.h>

namespace tocsin::text {
namespace {

/// The tree as "name(child child)", texts in quotes.
std::string describe(const HtmlTree& tree, HtmlTree::Id id = 0) {
  const auto& node = tree.nodes()[id];
  if (node.is_text()) return '"' + std::string(node.source) + '"';
  std::string inside;
  for (auto child = id + 1; child < node.end; child = tree.nodes()[child].end)
    inside.append(inside.empty() ? "" : " ").append(describe(tree, child));
  return std::string(node.name) + (inside.empty() ? "" : "(" + inside + ")");
}

std::string tree_of(std::string_view html) {
  return describe(HtmlTree::parse(html));
}

TEST(HtmlTree, EndsWhatTheStandardLetsAuthorsLeaveOpen) {
  EXPECT_EQ(tree_of("<p>a<p>b"), R"(#page(p("a") p("b")))");
  EXPECT_EQ(tree_of("<p>a<div>b</div>"), R"(#page(p("a") div("b")))");
  EXPECT_EQ(tree_of("<ul><li>a<li>b</ul>"), R"(#page(ul(li("a") li("b"))))");
  EXPECT_EQ(tree_of("<dl><dt>a<dd>b<dt>c</dl>"), R"(#page(dl(dt("a") dd("b") dt("c"))))");
  EXPECT_EQ(tree_of("<table><tr><td>a<td>b<tr><td>c</table>"),
            R"(#page(table(tr(td("a") td("b")) tr(td("c")))))");
  EXPECT_EQ(tree_of("<head><title>t</title><div>a</div>"), R"(#page(head(title("t")) div("a")))");
}

TEST(HtmlTree, KeepsAListWithinAListItem) {
  EXPECT_EQ(tree_of("<ul><li>a<ul><li>b</ul><li>c</ul>"),
            R"(#page(ul(li("a" ul(li("b"))) li("c"))))");
}

TEST(HtmlTree, IgnoresEndTagsThatEndNothing) {
  EXPECT_EQ(tree_of("<div>a</p></span>b</div>c"), R"(#page(div("a" "b") "c"))");
  EXPECT_EQ(tree_of("<table><td>a</div>b</table>"), R"(#page(table(td("a" "b"))))");
  EXPECT_EQ(tree_of("<b><p>a</b>b</p>c"), R"(#page(b(p("a" "b") "c")))");
}

TEST(HtmlTree, LinksDoNotLieWithinLinks) {
  EXPECT_EQ(tree_of("<a>a<a>b</a>"), R"(#page(a("a") a("b")))");
}

TEST(HtmlTree, TakesScriptsForTextThatIsNoMarkup) {
  EXPECT_EQ(tree_of("<script>if (a<b) x('<p>')</script>c"),
            R"x(#page(script("if (a<b) x('<p>')") "c"))x");
}

TEST(HtmlTree, GivesAttributesResolved) {
  const auto tree = HtmlTree::parse(R"(<a HREF="?a=1&amp;b=2" hidden>x</a>)");
  EXPECT_EQ(tree.attribute(1, "href"), "?a=1&b=2");
  EXPECT_EQ(tree.attribute(1, "title"), "");
  EXPECT_TRUE(tree.has_attribute(1, "hidden"));
}

TEST(HtmlTree, TellsTheTextOfAnElementInOneLine) {
  const auto tree = HtmlTree::parse("<div>a&amp;b<br>c<script>x</script> <p>d</p></div>e");
  EXPECT_EQ(tree.line(1), "a&b c d");
}

TEST(HtmlTree, PutsElementsBesideEachOtherBeyondItsDepth) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<div>";
  const auto tree = HtmlTree::parse(deep, {.max_nodes = 400'000, .max_depth = 5});
  EXPECT_EQ(tree.nodes().size(), 100'001U);
  EXPECT_EQ(tree.nodes()[99'000].parent, 4U);
}

TEST(HtmlTree, ReadsNoMoreNodesThanItMay) {
  const auto tree = HtmlTree::parse("<p>a<p>b<p>c", {.max_nodes = 4, .max_depth = 9});
  EXPECT_EQ(describe(tree), R"(#page(p("a") p))");
}

}  // namespace
}  // namespace tocsin::text
