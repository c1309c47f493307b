// SPDX-License-Identifier: MIT
#include <set>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/detail/words.hpp"
#include "config/json_schema.hpp"
#include "tests/config/support.hpp"

namespace tocsin::config {
namespace {

namespace json = boost::json;

json::object schema() {
  return json::parse(json_schema()).as_object();
}

/// Words that draft 2020-12 knows and we use.
const std::set<std::string> kKeywords = {"$schema",   "$ref",        "$defs",
                                         "title",     "description", "default",
                                         "type",      "properties",  "additionalProperties",
                                         "required",  "items",       "enum",
                                         "pattern",   "minimum",     "maximum",
                                         "minLength", "maxLength",   "anyOf",
                                         "oneOf"};
const std::set<std::string> kTypes = {"object", "array", "string", "number", "integer", "boolean"};

void check_types(const json::value& type) {
  if (type.is_string()) {
    EXPECT_TRUE(kTypes.count(std::string(type.as_string())) == 1) << type;
    return;
  }
  for (const auto& one : type.as_array()) check_types(one);
}

/// Holds one schema against the rules for schemas, and all schemas within it.
void check_schema(const json::object& node, const json::object& definitions) {
  for (const auto& [keyword, value] : node) {
    EXPECT_TRUE(kKeywords.count(std::string(keyword)) == 1) << keyword;
    if (keyword == "type") check_types(value);
    if (keyword == "$ref") {
      const std::string target(value.as_string());
      EXPECT_TRUE(target.starts_with("#/$defs/")) << target;
      EXPECT_TRUE(definitions.contains(target.substr(8))) << target;
    }
    if (keyword == "properties" || keyword == "$defs")
      for (const auto& [name, below] : value.as_object())
        check_schema(below.as_object(), definitions);
    if (keyword == "items" || (keyword == "additionalProperties" && value.is_object()))
      check_schema(value.as_object(), definitions);
    if (keyword == "anyOf" || keyword == "oneOf")
      for (const auto& below : value.as_array()) check_schema(below.as_object(), definitions);
  }
  const auto* required = node.if_contains("required");
  const auto* properties = node.if_contains("properties");
  if (required == nullptr || properties == nullptr) return;
  for (const auto& name : required->as_array()) {
    EXPECT_TRUE(properties->as_object().contains(name.as_string())) << name;
  }
}

TEST(JsonSchema, IsASoundSchemaOfDraft202012) {
  const auto top = schema();
  EXPECT_EQ(top.at("$schema").as_string(), "https://json-schema.org/draft/2020-12/schema");
  check_schema(top, top.at("$defs").as_object());
}

/// Counts the mappings below `value` and expects each to be closed.
std::size_t count_closed(const json::value& value) {
  std::size_t found = 0;
  if (const auto* array = value.if_array())
    for (const auto& below : *array) found += count_closed(below);
  const auto* object = value.if_object();
  if (object == nullptr) return found;
  const auto* properties = object->if_contains("properties");
  if (properties != nullptr && properties->is_object() && object->contains("type")) {
    EXPECT_EQ(object->at("additionalProperties"), json::value(false)) << *properties;
    ++found;
  }
  for (const auto& member : *object) found += count_closed(member.value());
  return found;
}

TEST(JsonSchema, RefusesUnknownKeysEverywhere) {
  EXPECT_EQ(count_closed(schema()), detail::objects_of(detail::kFileSchema).size());
}

TEST(JsonSchema, KnowsTheFileFormOfEverySecret) {
  const auto definitions = schema().at("$defs").as_object();
  const auto& webhook =
      definitions.at("webhook").as_object().at("anyOf").as_array().at(1).as_object();
  EXPECT_TRUE(webhook.at("properties").as_object().contains("secret_file"));
}

TEST(JsonSchema, SaysDefaultsAsTheirOwnTypes) {
  const auto definitions = schema().at("$defs").as_object();
  const auto& fetch = definitions.at("fetch").as_object().at("properties").as_object();
  EXPECT_EQ(fetch.at("allow_private").as_object().at("default"), json::value(false));
  EXPECT_EQ(fetch.at("max_in_flight").as_object().at("default"), json::value(256));
}

TEST(Schema, EveryKeyIsDocumented) {
  for (const auto* object : detail::objects_of(detail::kFileSchema)) {
    EXPECT_FALSE(object->docs.empty()) << object->name;
    for (const auto& key : object->keys) {
      EXPECT_FALSE(key.docs.empty()) << object->name << "." << key.name;
      EXPECT_EQ(key.docs.back(), '.') << object->name << "." << key.name;
    }
  }
}

TEST(Schema, IdentifiersAreUnique) {
  std::set<std::string> seen;
  for (const auto* object : detail::objects_of(detail::kFileSchema))
    EXPECT_TRUE(seen.insert(detail::identifier(*object)).second) << object->name;
}

TEST(Reference, IsWhatTheDocumentShows) {
  const auto document = slurp(testing::source_dir() + "/docs/configuration.md");
  const auto begin = document.find("<!-- reference -->\n");
  ASSERT_NE(begin, std::string::npos);
  const auto shown = document.substr(begin + std::string("<!-- reference -->\n").size());
  if (std::getenv("TOCSIN_BLESS") != nullptr) {
    std::ofstream out(testing::source_dir() + "/docs/configuration.md", std::ios::binary);
    out << document.substr(0, begin) << "<!-- reference -->\n" << reference();
    return;
  }
  EXPECT_EQ(shown, reference()) << "run config_tests with TOCSIN_BLESS=1";
}

}  // namespace
}  // namespace tocsin::config
