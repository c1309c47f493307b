// SPDX-License-Identifier: MIT
#include "config/detail/words.hpp"

#include <algorithm>

namespace tocsin::config::detail {
namespace {

void collect(const Object& object, std::vector<const Object*>& out) {
  if (std::find(out.begin(), out.end(), &object) != out.end()) return;
  out.push_back(&object);
  for (const auto& key : object.keys)
    if (key.shape.object_of != nullptr) collect(*key.shape.object_of, out);
}

std::string choice_words(std::span<const std::string_view> choices) {
  std::string out;
  for (const auto name : choices) out.append(out.empty() ? "`" : ", `").append(name).append("`");
  return out;
}

std::string one_word(const Shape& shape) {
  switch (shape.type) {
    case Type::text:
    case Type::rule_text: return "text";
    case Type::message: return "template";
    case Type::boolean: return "`true` or `false`";
    case Type::integer: return "number";
    case Type::duration: return "duration";
    case Type::first_fetch: return "`silent`, `all` or duration";
    case Type::choice: return choice_words(shape.choices);
    case Type::size: return "size";
    case Type::rate: return "rate";
    case Type::clock_time: return "time of day";
    case Type::clock_range: return "span of the day";
    case Type::zone: return "time zone";
    case Type::language: return "language";
    case Type::url:
    case Type::feed_url:
    case Type::proxy_url: return "URL";
    case Type::path: return "path";
    case Type::address: return "mail address";
    case Type::mailbox: return "sender";
    case Type::endpoint: return "host:port";
    case Type::server: return "host or host:port";
    case Type::matcher: return "condition";
    case Type::name: return "name";
    case Type::object: {
      const auto link = identifier(*shape.object_of);
      return "[" + std::string(shape.object_of->name) + "](#" + link + ")";
    }
  }
  return "text";
}

}  // namespace

std::vector<const Object*> objects_of(const Object& top) {
  std::vector<const Object*> out;
  collect(top, out);
  return out;
}

std::string value_words(const Shape& shape) {
  const auto one = one_word(shape);
  switch (shape.container) {
    case Container::one: return one;
    case Container::list: return "list of " + one;
    case Container::one_or_list: return one + ", or a list";
    case Container::dictionary: return "names, each with " + one;
    case Container::dictionary_of_lists: return "names, each with a list of " + one;
  }
  return one;
}

std::string_view literal_default(const Key& key) noexcept {
  return key.fallback.starts_with('(') ? std::string_view{} : key.fallback;
}

std::string identifier(const Object& object) {
  std::string out(object.name);
  std::replace(out.begin(), out.end(), ' ', '_');
  return out;
}

}  // namespace tocsin::config::detail
