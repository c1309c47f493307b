// SPDX-License-Identifier: MIT
// The tables for `watches:`, `entities:` and `tests:`.
#include "config/detail/schema.hpp"

namespace tocsin::config::detail {
namespace {

constexpr std::string_view kSeverities[] = {"low", "normal", "high", "critical"};
constexpr std::string_view kKinds[] = {"person", "organization", "term"};
constexpr std::string_view kBareSurname[] = {"never", "after_full", "with_context", "always"};
constexpr std::string_view kFuzzy[] = {"off", "strict", "loose"};
constexpr std::string_view kFields[] = {"title", "summary", "body", "lead",
                                        "text",  "author",  "tag"};

constexpr Shape kWords = one_or_list(Type::rule_text);

constexpr Key kAliases{"aliases", kWords, "Other names and spellings; `*` ends a prefix."};
constexpr Key kNative{"native", kWords, "The name in its own scripts."};
constexpr Key kTitles{"titles", kWords, "Honorifics that make the family name alone a mention."};
constexpr Key kAcronym{"acronym", one(Type::rule_text), "A short form, matched in capitals."};
constexpr Key kNot{"not", kWords, "Names that are someone or something else."};
constexpr Key kContext{"context", kWords, "Words that vouch for a bare family name."};
constexpr Key kBare{
    "bare_surname", choice(kBareSurname),
    "When the family name alone counts: `never`, `after_full` (after a full or titled "
    "form in the same article), `with_context` (beside a word of `context`), `always`.",
    "after_full"};
constexpr Key kFuzziness{"fuzzy", choice(kFuzzy),
                         "How far a spelling may be from the name: `off` takes only listed forms.",
                         "strict"};

constexpr Key kEntityKeys[] = {
    {"name", one(Type::rule_text), "The full name.", "", Need::required},
    {"kind", choice(kKinds), "What it is; a `term` is a phrase that is not taken apart.", "person"},
    kAcronym,
    kAliases,
    kNative,
    kTitles,
    kNot,
    kContext,
    kBare,
    kFuzziness,
};

constexpr Key kWatchKeys[] = {
    {"name", one(Type::name), "Unique; it stands in alerts, routes and metrics.", "",
     Need::required},
    {"severity", choice(kSeverities), "How much it matters.", "normal"},
    {"labels", dictionary(Type::text), "Names and values to route by."},
    {"query", one(Type::rule_text), "A rule (see the rule language)."},
    {"person", one(Type::rule_text), "A person's full name, instead of a rule."},
    {"organization", one(Type::rule_text), "An organization's name, instead of a rule."},
    {"any", kWords, "Words, phrases or `@names`, one of which must be there."},
    {"all", kWords, "Words, phrases or `@names` that must all be there."},
    {"none", kWords, "Words, phrases or `@names` that must not be there."},
    {"fields", choices(kFields), "Where to look.", "[title, summary, body]"},
    {"feeds", dictionary(Type::text), "Only feeds with all these labels."},
    {"languages", one_or_list(Type::language), "Only articles in these languages."},
    {"max_age", one(Type::duration).between(1000, 3'153'600'000'000),
     "Only articles younger than this."},
    kAcronym,
    kAliases,
    kNative,
    kTitles,
    kNot,
    kContext,
    kBare,
    kFuzziness,
};
constexpr std::string_view kWatchContent[] = {"query", "person", "organization",
                                              "any",   "all",    "none"};

constexpr Key kTestItemKeys[] = {
    {"feed", one(Type::name), "Name of the feed that it came from."},
    {"title", one(Type::rule_text), "Headline."},
    {"summary", one(Type::rule_text), "Short text."},
    {"content_text", one(Type::rule_text), "Article text; a blank line ends a paragraph."},
    {"content_html", one(Type::rule_text), "Article text as HTML, instead of `content_text`."},
    {"id", one(Type::rule_text), "Identity within the feed."},
    {"url", one(Type::url), "Address of the article."},
    {"language", one(Type::language), "Language of the article."},
    {"authors", one_or_list(Type::rule_text), "Names of its authors."},
    {"tags", one_or_list(Type::rule_text), "Its tags."},
    {"date_published", one(Type::rule_text), "As in 2026-11-23T08:00:00Z."},
};
constexpr Object kTestItemSchema{"item", "An article, with the names of JSON Feed.", kTestItemKeys};

constexpr Key kTestKeys[] = {
    {"name", one(Type::name), "What the test shows.", "", Need::required},
    {"item", object(kTestItemSchema), "The article.", "", Need::required},
    {"expect", list(Type::name), "Watches that must match, and no others."},
    {"receivers", list(Type::name), "Receivers that must be told, and no others."},
};
constexpr std::string_view kTestWants[] = {"expect", "receivers"};

}  // namespace

constexpr Object kEntitySchema{
    "entity", "A watched name in all its forms. A name alone stands for `{name: ...}`.",
    kEntityKeys, "name"};
constexpr Object kWatchSchema{"watch",
                              "What is looked for: exactly one of `query`, `person`, "
                              "`organization`, or the plain lists `any`, "
                              "`all` and `none`, which combine.",
                              kWatchKeys,
                              {},
                              kWatchContent,
                              false};
constexpr Object kTestSchema{
    "test", "An article and what must become of it.", kTestKeys, {}, kTestWants, false};

}  // namespace tocsin::config::detail
