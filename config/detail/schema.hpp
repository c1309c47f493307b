// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace tocsin::config::detail {

/// What a single value is. values.hpp reads each; check.cpp and json_schema.cpp have a row for
/// each.
enum class Type : std::uint8_t {
  text,       ///< any text; `${NAME}` and `$$` are dealt with
  message,    ///< a template over an alert
  rule_text,  ///< text of the rule language: `$` is itself
  boolean,
  integer,      ///< between `least` and `most`
  duration,     ///< 30s 10m 12h 90d 2y; `least` in milliseconds
  first_fetch,  ///< silent, all or a duration
  choice,       ///< one of `choices`
  size,
  rate,
  clock_time,
  clock_range,
  zone,
  language,
  url,       ///< http or https
  feed_url,  ///< also file:
  proxy_url,
  path,  ///< relative to the file that it stands in
  address,
  mailbox,
  endpoint,
  server,  ///< host with or without a port
  matcher,
  name,    ///< an identifier: unique among its kind, one line
  object,  ///< a mapping with keys of its own
};

/// How values are put together.
enum class Container : std::uint8_t {
  one,
  list,
  one_or_list,
  dictionary,  ///< names of the user's own choice
  dictionary_of_lists,
};

struct Object;

/// What may stand behind a key.
struct Shape {
  Type type = Type::text;
  Container container = Container::one;
  std::span<const std::string_view> choices = {};
  const Object* object_of = nullptr;
  std::int64_t least = 0;
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
  bool is_secret = false;  ///< also accepted as `<key>_file`; never shown
  bool may_be_plain =
      false;  ///< a secret that is often none, like a URL: no warning when written out

  [[nodiscard]] constexpr Shape secret() const {
    Shape out = *this;
    out.is_secret = true;
    return out;
  }
  [[nodiscard]] constexpr Shape maybe_secret() const {
    Shape out = secret();
    out.may_be_plain = true;
    return out;
  }
  [[nodiscard]] constexpr Shape between(std::int64_t low, std::int64_t high) const {
    Shape out = *this;
    out.least = low;
    out.most = high;
    return out;
  }
};

enum class Need : std::uint8_t { optional, required };

/// One key of an object.
struct Key {
  std::string_view name;
  Shape shape;
  std::string_view docs;           ///< one or two sentences
  std::string_view fallback = {};  ///< the default as YAML; empty: none
  Need need = Need::optional;
};

/// A mapping with fixed keys.
struct Object {
  std::string_view name;  ///< as messages and the reference call it: "feed", "receiver"
  std::string_view docs;
  std::span<const Key> keys;
  std::string_view shorthand = {};  ///< the key that a bare scalar stands for; empty: none allowed
  std::span<const std::string_view> one_of = {};  ///< at least one of these keys must be there
  bool only_one = true;                           ///< of `one_of`

  /// The key called `key`, also for `<secret>_file`; null when there is none.
  [[nodiscard]] const Key* find(std::string_view key) const noexcept;
};

/// The whole configuration file.
extern const Object kFileSchema;

// The objects below it that stand in files of their own (schema_*.cpp).
extern const Object kFeedSchema;
extern const Object kFetchSchema;
extern const Object kWatchSchema;
extern const Object kEntitySchema;
extern const Object kRouteSchema;
extern const Object kInhibitSchema;
extern const Object kWindowSchema;
extern const Object kReceiverSchema;
extern const Object kSmtpSchema;
extern const Object kTestSchema;

/// Names of receivers' channels that are filled into a notifier::ServiceSpec.
std::span<const std::string_view> service_kinds();

// How the tables write shapes.
constexpr Shape one(Type type) {
  return {type};
}
constexpr Shape list(Type type) {
  return {type, Container::list};
}
constexpr Shape one_or_list(Type type) {
  return {type, Container::one_or_list};
}
constexpr Shape dictionary(Type type) {
  return {type, Container::dictionary};
}
constexpr Shape choice(std::span<const std::string_view> names) {
  return {Type::choice, Container::one, names};
}
constexpr Shape choices(std::span<const std::string_view> names) {
  return {Type::choice, Container::one_or_list, names};
}
constexpr Shape object(const Object& of, Container container = Container::one) {
  return {Type::object, container, {}, &of};
}

}  // namespace tocsin::config::detail
