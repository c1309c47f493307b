// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

#include "rules/parse.hpp"
#include "rules/ruleset.hpp"
#include "tests/rules/support.hpp"

namespace tocsin::rules {

/// Draws watches and articles from a small vocabulary in several scripts, so that they often meet.
/// `next` is the source of chance: any stream of numbers, a generator's or a fuzzer's.
template <class Next>
class RandomRules {
 public:
  explicit RandomRules(Next next) : next_(next) {}

  /// What watches may name: the list @some and the entity @plan.
  static RuleSpec spec() {
    RuleSpec out;
    out.lists.push_back({"some", {}, {located("talk*"), located("peace"), located("习近")}});
    EntitySpec plan;
    plan.key = "plan";
    plan.kind = EntityKind::term;
    plan.name = located("peace talks");
    plan.acronym = "ASTANA";
    plan.aliases = {located("woman"), located("переговор*")};
    plan.exclude = {located("peace talks astana"), located("woman woman")};
    out.entities.push_back(std::move(plan));
    return out;
  }

  WatchSpec watch(std::string name) {
    auto out = query_watch(query(), std::move(name));
    if (pick(8) == 0) lists(out);
    if (pick(12) == 0) out.languages = {pick(2) == 0 ? "en" : "ru"};
    if (pick(12) == 0) out.feeds = {{"kind", "agency"}};
    if (pick(12) == 0) out.fields = {Field::title, Field::body};
    if (pick(16) == 0) out.lead_only = true;
    return out;
  }

  Item item() {
    Item out;
    out.title = text(pick(8));
    out.summary = text(pick(8));
    out.content_text = text(pick(24));
    out.language = one_of(std::array{"en", "en-GB", "ru", "", "xx"});
    out.url = one_of(std::array{"https://www.example.org/astana-talks", "http://example.com/", ""});
    for (auto tags = pick(3); tags > 0; --tags) out.tags.push_back(word() + " " + word());
    if (pick(2) == 0) out.authors = {{"Peace " + word(), "", ""}};
    if (pick(3) != 0) out.published = kNow - std::chrono::hours(pick(100));
    return out;
  }

  ItemContext context() {
    static const Labels kAgency = {{"kind", "agency"}}, kBlog = {{"kind", "blog"}};
    return {one_of(std::array{"tass", "irna"}), one_of(std::array{&kAgency, &kBlog}), kNow};
  }

 private:
  static constexpr Timestamp kNow{std::chrono::sys_days(std::chrono::year{2018} / 9 / 7)};

  unsigned pick(unsigned below) { return static_cast<unsigned>(next_()) % below; }

  template <class T, std::size_t N>
  T one_of(const std::array<T, N>& all) {
    return all[pick(N)];
  }

  void lists(WatchSpec& out) {
    out.query.reset();
    for (auto n = 1 + pick(3); n > 0; --n) out.any.push_back(located(entry()));
    if (pick(3) == 0) out.all.push_back(located(entry()));
    if (pick(3) == 0) out.none.push_back(located(entry()));
  }

  std::string entry() {
    switch (pick(6)) {
      case 0: return "@some";
      case 1: return "@plan";
      case 2: return word();
      default: return word() + " " + word();
    }
  }

  std::string query(unsigned depth = 3) {
    switch (depth == 0 ? 0 : pick(10)) {
      case 1: return "(" + query(depth - 1) + " AND " + query(depth - 1) + ")";
      case 2: return "(" + query(depth - 1) + " OR " + query(depth - 1) + ")";
      case 3: return "(" + query(depth - 1) + " NOT " + query(depth - 1) + ")";
      case 4: return "2 OF (" + query(depth - 1) + ", " + span(1) + ", " + span(1) + ")";
      case 5: return "ATLEAST/" + std::to_string(1 + pick(3)) + "(" + span(depth - 1) + ")";
      case 6: return "(" + span(depth) + (pick(4) == 0 ? " NOT " : " AND ") + condition() + ")";
      case 7: return "FIRST/" + std::to_string(1 + pick(9)) + "(" + query(depth - 1) + ")";
      default: return span(depth);
    }
  }

  std::string condition() {
    static constexpr std::array kConditions = {
        "words>9",          "words<=12",        "words=20",     "age<24h",           "age>=50h",
        "date<2018-09-05",  "date>=2018-09-06", "lang:en",      "lang:ru",           "lang:en-gb",
        "site:example.org", "site:ample.org",   "site:ex*.com", "url:talks",         "feed:tass",
        "feed:t*",          "label.kind:blog",  "label.x:blog", "author:\"peace*\"", "tag:/asta.a/",
        "tag:woman"};
    return one_of(kConditions);
  }

  std::string span(unsigned depth) {
    static constexpr std::array kOps = {"NEAR/1", "NEAR/4",   "ONEAR/0", "ONEAR/3",    "W/2",
                                        "PRE/2",  "SENTENCE", "PARA",    "NOT NEAR/2", "EXCEPT"};
    switch (depth == 0 ? 0 : pick(8)) {
      case 1:
      case 2:
      case 3: return "(" + span(depth - 1) + " " + one_of(kOps) + " " + span(depth - 1) + ")";
      case 4: return "(" + span(depth - 1) + " OR " + span(depth - 1) + ")";
      case 5: return "FIRST/" + std::to_string(1 + pick(9)) + "(" + span(depth - 1) + ")";
      case 6: {
        const std::string op = one_of(std::array{" NEAR/2 ", " ONEAR/1 ", " SENTENCE ", " PARA "});
        return "(" + leaf() + op + leaf() + op + leaf() + ")";
      }
      default: return leaf();
    }
  }

  std::string leaf() {
    static constexpr std::array kWild = {"talk*",        "wom?n",           "перегово*",
                                         "asta*",        "\"peace talk*\"", "EXACT(*stana)",
                                         "CASE(Asta*)",  "\"woman wom?n\"", "EXACT(?alk?)",
                                         "ACCENT(rés*)", "북한에*",         "hindi*",
                                         "İsta*"};
    static constexpr std::array kForms = {"CASE", "ACCENT", "EXACT", "ALLCAPS", "NOCAPS", "STEM"};
    static constexpr std::array kFields = {"title:", "body:", "summary:", "lead:", "text:"};
    static constexpr std::array kRegexes = {"/talk[si]/", "/Asta.a/c",      "/S-?400/",
                                            "/近/",       "/[a-z]+ace/",    "/рег?овор/",
                                            "/R.SUM./",   "/talks? *[,.]/", "/(peace|woman) \\pL/",
                                            "/a/"};
    switch (pick(14)) {
      case 0: return one_of(kWild);
      case 1: return std::string(one_of(kForms)) + "(" + word() + ")";
      case 2: return std::string(one_of(kForms)) + "(\"" + word() + " " + word() + "\")";
      case 3: return one_of(kFields) + word();
      case 4:
      case 5: return "\"" + word() + " " + word() + "\"";
      case 6: return "\"" + word() + " " + word() + " " + word() + "\"";
      case 7: return one_of(kRegexes);
      case 8: return one_of(std::array{"@some", "@plan", "lead:@plan", "EXACT(@plan)"});
      default: return word();
    }
  }

  std::string word() {
    static constexpr std::array kWords = {"Astana",     "ASTANA",     "astana",
                                          "talks",      "talking",    "peace",
                                          "woman",      "résumé",     "Resume",
                                          "переговоры", "ПЕРЕГОВОРЫ", "Ёлка",
                                          "елка",       "علي",        "علی",
                                          "习近平",     "近",         "Erdoğan",
                                          "erdogan",    "don't",      "S-400",
                                          "U.S",        "A.Astana",   "북한에서",
                                          "ไทย",        "हिन्दी",      "ΟΔΟΣ",
                                          "οδός",       "İstanbul",   "ıstanbul",
                                          "straße",     "STRASSE",    "צה\"ל",
                                          "צה״ל",       "٣٤",         "34",
                                          "cafe\u0301", "café",       "войско\u0438\u0306",
                                          "AT&T"};
    return one_of(kWords);
  }

  std::string text(unsigned words) {
    static constexpr std::array kGaps = {" ",    " ",  " ",   " ", " ",    ", ", ". ", "! ",
                                         "\n\n", " (", "'s ", "-", "\n- ", "。", ": "};
    std::string out;
    for (unsigned i = 0; i < words; ++i) out.append(word()).append(one_of(kGaps));
    return out;
  }

  Next next_;
};

}  // namespace tocsin::rules
