// SPDX-License-Identifier: MIT
#include "config/json_schema.hpp"

#include <charconv>
#include <limits>

#include <boost/json.hpp>

#include "config/detail/words.hpp"

namespace tocsin::config {
namespace {

namespace json = boost::json;
using detail::Container;
using detail::Key;
using detail::Object;
using detail::Shape;
using detail::Type;

/// Appends `value`, indented by two blanks a level.
void write(const json::value& value, std::size_t depth, std::string& out) {
  const std::string indent(2 * depth + 2, ' ');
  const std::string outer(2 * depth, ' ');
  if (const auto* object = value.if_object(); object != nullptr && !object->empty()) {
    const char* before = "{\n";
    for (const auto& [key, member] : *object) {
      out.append(before).append(indent).append(json::serialize(json::value(key))).append(": ");
      write(member, depth + 1, out);
      before = ",\n";
    }
    out.append("\n").append(outer).append("}");
  } else if (const auto* array = value.if_array();
             array != nullptr && !array->empty() && !array->front().is_string()) {
    const char* before = "[\n";
    for (const auto& element : *array) {
      out.append(before).append(indent);
      write(element, depth + 1, out);
      before = ",\n";
    }
    out.append("\n").append(outer).append("]");
  } else {
    out.append(json::serialize(value));
  }
}

json::object pattern(std::string_view text) {
  return {{"type", "string"}, {"pattern", text}};
}

json::object reference_to(const Object& object) {
  return {{"$ref", "#/$defs/" + detail::identifier(object)}};
}

/// Values that may hold `${NAME}` cannot be judged before it is replaced.
json::object url_like(std::string_view schemes) {
  return pattern("^((" + std::string(schemes) + R"()://[^\s<>"]+$|[^\s]*\$\{))");
}

json::object integer(const Shape& shape) {
  json::object out{{"type", "integer"}, {"minimum", shape.least}};
  if (shape.most != std::numeric_limits<std::int64_t>::max()) out["maximum"] = shape.most;
  return out;
}

json::object choice(const Shape& shape) {
  json::array names;
  for (const auto name : shape.choices) names.emplace_back(name);
  return {{"enum", std::move(names)}};
}

// At least one number and unit, the largest first.
constexpr std::string_view kDuration =
    "(?=[0-9])([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?";
constexpr std::string_view kClock = "([01][0-9]|2[0-3]):[0-5][0-9]";

/// A duration; nothing needs no unit, and YAML reads that as a number.
json::object duration() {
  return {{"type", json::array{"string", "integer"}},
          {"pattern", "^" + std::string(kDuration) + "$"},
          {"minimum", 0},
          {"maximum", 0}};
}

json::object clock_range() {
  const std::string time(kClock);
  return pattern("^" + time + " ?- ?(" + time + "|24:00)$");
}

json::object scalar(const Shape& shape) {
  switch (shape.type) {
    case Type::text:
    case Type::message:
    case Type::rule_text: return {{"type", json::array{"string", "number"}}};
    case Type::name:
      return {{"type", json::array{"string", "number"}},
              {"minLength", 1},
              {"maxLength", 200},
              {"pattern", "^[^\\n\\r]*$"}};
    case Type::boolean: return {{"type", "boolean"}};
    case Type::integer: return integer(shape);
    case Type::duration: return duration();
    case Type::first_fetch: return pattern("^(silent|all|" + std::string(kDuration) + ")$");
    case Type::choice: return choice(shape);
    case Type::size:
      return {{"type", json::array{"string", "integer"}}, {"pattern", "^[0-9]+ ?([KMG]i?B|B)?$"}};
    case Type::rate: return pattern("^[1-9][0-9]*/([0-9]*(ms|[smhdwy]))$");
    case Type::clock_time: return pattern("^(" + std::string(kClock) + "|24:00)$");
    case Type::clock_range: return clock_range();
    case Type::zone: return pattern("^[A-Za-z0-9_+/-]+$");
    case Type::language: return pattern("^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$");
    case Type::url: return url_like("https?");
    case Type::feed_url: return url_like("https?|file");
    case Type::proxy_url: return {{"type", "string"}};
    case Type::path: return {{"type", "string"}, {"minLength", 1}};
    case Type::address: return pattern(R"re(^[^\s@,;<>()"]+@[^\s@,;<>()"]+$|\$\{)re");
    case Type::mailbox: return pattern(R"([^\s@]@[^\s@]|\$\{)");
    case Type::endpoint: return pattern(R"(^(\[[0-9A-Fa-f:.]+\]|[^\s:/@]+):[0-9]{1,5}$|\$\{)");
    case Type::server: return {{"type", "string"}, {"minLength", 1}};
    case Type::matcher: return pattern(R"(^\s*[^\s=!~]+\s*(=~|!~|!=|=(?!=)))");
    case Type::object: return reference_to(*shape.object_of);
  }
  return {};
}

json::object contained(const Shape& shape) {
  auto one = scalar(shape);
  switch (shape.container) {
    case Container::one: return one;
    case Container::list: return {{"type", "array"}, {"items", std::move(one)}};
    case Container::one_or_list: {
      json::object many{{"type", "array"}, {"items", one}};
      return {{"anyOf", json::array{std::move(one), std::move(many)}}};
    }
    case Container::dictionary:
      return {{"type", "object"}, {"additionalProperties", std::move(one)}};
    case Container::dictionary_of_lists: {
      json::object many{{"type", "array"}, {"items", one}};
      return {{"type", "object"},
              {"additionalProperties",
               json::object{{"anyOf", json::array{std::move(one), std::move(many)}}}}};
    }
  }
  return one;
}

/// A default of the table as the JSON that the YAML stands for.
json::value default_value(const Shape& shape, std::string_view text) {
  if (shape.type == Type::boolean) return text == "true";
  std::int64_t number = 0;
  if (shape.type == Type::integer &&
      std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc{})
    return number;
  if (!text.starts_with('[')) return json::value(text);
  json::array out;
  text = text.substr(1, text.size() - 2);
  while (!text.empty()) {
    const auto comma = text.find(", ");
    out.emplace_back(text.substr(0, comma));
    text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 2);
  }
  return out;
}

json::object property(const Key& key) {
  auto out = contained(key.shape);
  out["description"] = key.docs;
  if (const auto text = detail::literal_default(key); !text.empty())
    out["default"] = default_value(key.shape, text);
  return out;
}

json::array required_keys(const Object& object) {
  json::array out;
  for (const auto& key : object.keys)
    if (key.need == detail::Need::required) out.emplace_back(key.name);
  return out;
}

json::object mapping(const Object& object) {
  json::object properties;
  for (const auto& key : object.keys) {
    properties[key.name] = property(key);
    if (!key.shape.is_secret) continue;
    const std::string in_file = std::string(key.name) + "_file";
    properties[in_file] = json::object{
        {"type", "string"}, {"description", "File that holds `" + std::string(key.name) + "`."}};
  }
  json::object out{
      {"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  if (auto names = required_keys(object); !names.empty()) out["required"] = std::move(names);
  if (object.one_of.empty()) return out;
  json::array forms;
  for (const auto name : object.one_of)
    forms.push_back(json::object{{"required", json::array{name}}});
  out[object.only_one ? "oneOf" : "anyOf"] = std::move(forms);
  return out;
}

json::object definition(const Object& object) {
  auto out = mapping(object);
  if (!object.shorthand.empty()) {
    const Key& key = *object.find(object.shorthand);
    out = {{"anyOf", json::array{contained(key.shape), std::move(out)}}};
  }
  out["description"] = object.docs;
  return out;
}

}  // namespace

std::string json_schema() {
  json::object definitions;
  const auto objects = detail::objects_of(detail::kFileSchema);
  for (const auto* object : objects)
    if (object != &detail::kFileSchema)
      definitions[detail::identifier(*object)] = definition(*object);
  json::object top{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                   {"title", "tocsin configuration"}};
  for (auto& [key, value] : definition(detail::kFileSchema)) top[key] = value;
  top["$defs"] = std::move(definitions);
  std::string out;
  write(top, 0, out);
  out.push_back('\n');
  return out;
}

}  // namespace tocsin::config
