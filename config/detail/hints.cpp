// SPDX-License-Identifier: MIT
#include "config/detail/hints.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "base/time_format.hpp"

namespace tocsin::config::detail {
namespace {

constexpr std::size_t kMostShown = 40;

/// The text of a scalar where it may be shown.
std::string shown(const Node& node, const Key& key) {
  const bool hidden = key.shape.is_secret || node.secret || node.text.size() > kMostShown;
  return hidden ? "..." : node.text;
}

/// What stands behind a dash that no blank follows: YAML takes both for one word.
std::string_view behind_dash(const Node& node) {
  if (!node.is_plain() || node.text.size() < 2 || node.text.front() != '-') return {};
  return std::string_view(node.text).substr(1);
}

struct Synonym {
  std::string_view word, key;
};

constexpr Synonym kSynonyms[] = {
    {"keyword", "any"},       {"keywords", "any"},      {"terms", "any"},
    {"words", "any"},         {"phrases", "any"},       {"must", "all"},
    {"exclude", "none"},      {"excludes", "none"},     {"except", "none"},
    {"priority", "severity"}, {"level", "severity"},    {"search", "query"},
    {"tags", "labels"},       {"href", "url"},          {"link", "url"},
    {"uri", "url"},           {"address", "url"},       {"every", "interval"},
    {"refresh", "interval"},  {"poll", "interval"},     {"http", "webhook"},
    {"smtp_server", "smtp"},  {"stdout", "print"},      {"user", "username"},
    {"server", "host"},       {"dir", "path"},          {"directory", "path"},
    {"folder", "path"},       {"tz", "timezone"},       {"time_zone", "timezone"},
    {"recipients", "to"},     {"match", "matchers"},    {"bind", "listen"},
    {"body", "content_text"}, {"text", "content_text"}, {"content", "content_text"},
};

struct Twin {
  std::string_view other;
  char latin;
};

// Cyrillic and Greek letters that no reader tells from ours, as UTF-8.
constexpr Twin kTwins[] = {
    {"\xD0\xB0", 'a'}, {"\xD0\xB5", 'e'}, {"\xD0\xBE", 'o'}, {"\xD1\x80", 'p'}, {"\xD1\x81", 'c'},
    {"\xD1\x83", 'y'}, {"\xD1\x85", 'x'}, {"\xD1\x96", 'i'}, {"\xD1\x98", 'j'}, {"\xD1\x95", 's'},
    {"\xD4\x9B", 'q'}, {"\xD4\x9D", 'w'}, {"\xD2\xBB", 'h'}, {"\xCE\xBF", 'o'}, {"\xCE\xB9", 'i'},
    {"\xCE\xBD", 'v'}, {"\xCE\xB1", 'a'}, {"\xCF\x81", 'p'},
};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

/// The unit that a word names, as durations spell it.
std::optional<char> unit_named(std::string_view word) {
  struct Unit {
    std::string_view word;
    char unit;
  };
  static constexpr Unit kUnits[] = {
      {"sec", 's'}, {"secs", 's'}, {"second", 's'}, {"seconds", 's'}, {"s", 's'},    {"mn", 'm'},
      {"min", 'm'}, {"mins", 'm'}, {"minute", 'm'}, {"minutes", 'm'}, {"m", 'm'},    {"hr", 'h'},
      {"hrs", 'h'}, {"hour", 'h'}, {"hours", 'h'},  {"h", 'h'},       {"day", 'd'},  {"days", 'd'},
      {"d", 'd'},   {"week", 'w'}, {"weeks", 'w'},  {"w", 'w'},       {"year", 'y'}, {"years", 'y'},
      {"yr", 'y'},  {"y", 'y'},
  };
  const auto* const found = std::find_if(std::begin(kUnits), std::end(kUnits),
                                         [&](const Unit& unit) { return unit.word == word; });
  if (found == std::end(kUnits)) return std::nullopt;
  return found->unit;
}

/// "00:02:00" as 2m.
std::string clock_meant(std::string_view text) {
  const bool form = text.size() == 8 && text[2] == ':' && text[5] == ':';
  if (!form) return {};
  const auto spelled = std::string(text.substr(0, 2)) + "h" + std::string(text.substr(3, 2)) + "m" +
                       std::string(text.substr(6, 2)) + "s";
  const auto span = parse_duration(spelled);
  return span && span->count() > 0 ? format_duration(*span) : std::string();
}

}  // namespace

std::string_view key_before_equals(std::string_view text) {
  constexpr std::string_view kOfKeys =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  const auto end = std::min(text.find_first_not_of(kOfKeys), text.size());
  const auto next = std::min(text.find_first_not_of(' ', end), text.size());
  const bool equals =
      next < text.size() && text[next] == '=' && !text.substr(next).starts_with("==");
  return equals ? text.substr(0, end) : std::string_view{};
}

std::string instead_of_mapping(const Node& node, const Object& schema) {
  if (const auto key = key_before_equals(node.text); node.is_scalar() && !key.empty())
    return "write " + std::string(key) +
           ": and a blank: YAML parts key and value by a colon, not by '='";
  if (&schema == &kFileSchema) return "write feeds: ...";
  const auto& keys = schema.keys;
  const auto needed = std::find_if(keys.begin(), keys.end(),
                                   [](const Key& key) { return key.need == Need::required; });
  const Key* usual = needed == keys.end() ? schema.find("default") : &*needed;
  const Key& key = usual == nullptr ? keys.front() : *usual;
  if (!node.is_scalar() || key.shape.type == Type::object)
    return "write " + std::string(key.name) + ": ...";
  if (key.name == "during")
    return "write {during: NAME}, and the times of NAME below time_intervals:";
  const auto text = shown(node, key);
  if (&schema == &kWatchSchema) return "write {name: " + text + ", any: [" + text + "]}";
  if (&schema == &kReceiverSchema && node.text.find('@') != std::string::npos)
    return "write {name: mail, email: {to: " + text + "}}";
  const std::string_view more = schema.one_of.empty() ? "}" : ", ...}";
  return "write {" + std::string(key.name) + ": " + text + std::string(more);
}

std::string instead_of_list(const Node& node, const Key& key) {
  if (node.is_scalar()) {
    if (!behind_dash(node).empty()) return "a blank is missing behind the '-'";
    return "write [" + shown(node, key) + "]";
  }
  const auto* entry = key.shape.object_of;
  const bool named = entry != nullptr && entry->find("name") != nullptr && !node.children.empty() &&
                     node.children.front()->is_scalar() &&
                     entry->find(node.children.front()->text) == nullptr;
  if (!named) return "begin each entry with '- '";
  const Node& value = *node.children[1];
  const auto name = node.children.front()->text.substr(0, kMostShown);
  if (value.is_scalar() && !entry->shorthand.empty())
    return "write each entry as - {name: " + name + ", " + std::string(entry->shorthand) + ": ...}";
  return "write each entry as - {name: " + name + ", ...}";
}

std::string instead_of_entries(const Node& node, const Key& key) {
  const Node* first = node.is_list() && !node.children.empty() ? node.children.front() : &node;
  if (!first->is_scalar() || first->text.empty()) return "write name: value";
  const auto colon = first->text.find(':');
  if (colon != std::string::npos) {
    // The value may be a secret, as in a header.
    return "write a mapping, without quotes: {" +
           first->text.substr(0, std::min(colon, kMostShown)) + ": ...}";
  }
  if (key.name == "feeds") return "feeds are chosen by their labels, as in {kind: agency}";
  const std::string example = key.name == "labels" ? "kind" : "name";
  return "write each with a name of its own, as in {" + example + ": " + shown(*first, key) + "}";
}

std::string_view synonym(std::string_view word, const Object& schema) {
  const auto name = lower(word);
  for (const auto& known : kSynonyms)
    if (known.word == name && schema.find(known.key) != nullptr) return known.key;
  return {};
}

std::string latin_twin(std::string_view text) {
  std::string out;
  bool twin = false;
  while (!text.empty()) {
    const auto* const found =
        std::find_if(std::begin(kTwins), std::end(kTwins),
                     [&](const Twin& known) { return text.starts_with(known.other); });
    const bool ascii = static_cast<unsigned char>(text.front()) < 0x80;
    if (found == std::end(kTwins) && !ascii) return {};
    twin = twin || !ascii;
    out.push_back(ascii ? text.front() : found->latin);
    text.remove_prefix(ascii ? 1 : found->other.size());
  }
  return twin ? out : std::string();
}

std::string duration_meant(std::string_view text) {
  if (auto clock = clock_meant(text); !clock.empty()) return clock;
  // A capital M is a month to many, as it is in P1M.
  if (text.ends_with('M') && !text.starts_with("PT")) return {};
  auto rest = lower(text);
  if (rest.starts_with("pt"))
    rest.erase(0, 2);
  else if (rest.starts_with("p"))
    rest.erase(0, 1);
  const auto digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  const auto word = std::min(rest.find_first_not_of(' ', digits), rest.size());
  const auto unit = unit_named(std::string_view(rest).substr(word));
  if (digits == 0 || !unit) return {};
  const auto out = rest.substr(0, digits) + *unit;
  return parse_duration(out) ? out : std::string();
}

}  // namespace tocsin::config::detail
