// SPDX-License-Identifier: MIT
#include "config/detail/check_scalar.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <optional>
#include <system_error>

#include <unistd.h>

#include "base/time_format.hpp"
#include "config/detail/hints.hpp"
#include "config/detail/traps.hpp"
#include "config/detail/values.hpp"
#include "config/detail/view.hpp"
#include "notifier/matcher.hpp"
#include "notifier/template.hpp"

namespace tocsin::config::detail {
namespace {

/// How a value is written that cannot be shown.
std::string form_of(Type type) {
  switch (type) {
    case Type::url: return "write it as https://example.org/path";
    case Type::proxy_url: return "write it as http://proxy.example.org:3128, or socks5h://...";
    default: return "see the reference for its form";
  }
}

/// Reports an error whose message may end in "; what to write".
void report(const Node& node, const Error& error, const Key& key, Findings& findings) {
  if (node.secret) {
    findings.error(node, "the value of '" + std::string(key.name) + "' cannot be used",
                   "it is not shown, for it may be secret; " + form_of(key.shape.type));
    return;
  }
  const auto split = error.message.rfind("; ");
  if (split == std::string::npos)
    findings.error(node, error.message);
  else
    findings.error(node, error.message.substr(0, split), error.message.substr(split + 2));
}

bool takes_variables(Type type) {
  switch (type) {
    case Type::text:
    case Type::message:
    case Type::url:
    case Type::feed_url:
    case Type::proxy_url:
    case Type::path:
    case Type::address:
    case Type::mailbox:
    case Type::endpoint:
    case Type::server: return true;
    default: return false;
  }
}

bool is_variable_name(std::string_view name) {
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0 &&
         std::all_of(name.begin(), name.end(),
                     [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

/// Replaces `${NAME}` and `$$`. False when that cannot be done, which is then reported.
bool expand(Node& node, Findings& findings) {
  std::string out;
  const std::string_view text = node.text;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '$' || i + 1 == text.size() || (text[i + 1] != '$' && text[i + 1] != '{')) {
      out.push_back(text[i]);
      continue;
    }
    if (text[i + 1] == '$') {
      out.push_back(text[++i]);
      continue;
    }
    const auto close = text.find('}', i);
    const auto name = text.substr(i + 2, close == std::string_view::npos ? 0 : close - i - 2);
    if (!is_variable_name(name)) {
      findings.error(node, "'${' begins the name of an environment variable, and none follows",
                     "write ${NAME}; a dollar sign itself is $$");
      return false;
    }
    // Nobody sets variables while the configuration is read.
    const char* value = std::getenv(std::string(name).c_str());  // NOLINT(concurrency-mt-unsafe)
    if (value == nullptr) {
      findings.error(node, "the environment variable " + in_quotes(name) + " is not set",
                     "set it before tocsin starts; a dollar sign itself is $$");
      return false;
    }
    out.append(value);
    node.secret = true;
    i = close;
  }
  node.text = std::move(out);
  return true;
}

template <class T>
std::optional<Error> error_of(Result<T> read) {
  if (read) return std::nullopt;
  return std::move(read).error();
}

std::optional<Error> check_duration(std::string_view text, const Shape& shape) {
  if (!text.empty() &&
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
      text != "0")
    return Error{Errc::malformed, "the duration " + in_quotes(text) + " has no unit; write " +
                                      std::string(text) + "s, " + std::string(text) + "m, " +
                                      std::string(text) + "h or " + std::string(text) + "d"};
  const auto span = parse_duration(text == "0" ? "0s" : text);
  if (const auto meant = span ? std::string() : duration_meant(text); !meant.empty())
    return Error{Errc::malformed, in_quotes(text) + " is not a duration; write " + meant};
  if (!span) return span.error();
  if (span->count() < shape.least)
    return Error{Errc::malformed, in_quotes(text) + " is too short; write at least " +
                                      format_duration(std::chrono::milliseconds{shape.least})};
  if (span->count() > shape.most)
    return Error{Errc::malformed, in_quotes(text) + " is too long; write at most " +
                                      format_duration(std::chrono::milliseconds{shape.most})};
  return std::nullopt;
}

std::optional<Error> check_choice(std::string_view text, std::span<const std::string_view> names) {
  if (std::find(names.begin(), names.end(), text) != names.end()) return std::nullopt;
  std::string all = "write one of ";
  for (std::size_t i = 0; i < names.size(); ++i)
    all.append(i == 0 ? "" : i + 1 == names.size() ? " or " : ", ").append(names[i]);
  std::string lowered(text);
  std::transform(lowered.begin(), lowered.end(), lowered.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return Error{Errc::malformed,
               in_quotes(text) + " is not known here; " + did_you_mean(lowered, names, all)};
}

std::optional<Error> check_integer(std::string_view text, const Shape& shape) {
  const auto value = read_integer(text);
  if (!value) return value.error();
  if (*value >= shape.least && *value <= shape.most) return std::nullopt;
  if (shape.least == shape.most)
    return Error{Errc::malformed,
                 in_quotes(text) + " is not known; write " + std::to_string(shape.least)};
  return Error{Errc::malformed, in_quotes(text) + " is out of range; write a number from " +
                                    std::to_string(shape.least) + " to " +
                                    std::to_string(shape.most)};
}

std::optional<Error> check_first_fetch(std::string_view text) {
  if (text == "silent" || text == "all" || parse_duration(text)) return std::nullopt;
  return Error{Errc::malformed,
               in_quotes(text) + " is not known here; write silent, all, or a time such as 24h"};
}

std::optional<Error> matcher_error(std::string_view text) {
  const auto matcher = notifier::parse_matcher(text);
  if (matcher) return std::nullopt;
  return Error{Errc::malformed,
               matcher.error().message + "; write it as 'severity=\"high\"', with = != =~ or !~"};
}

std::optional<Error> value_error(std::string_view text, const Shape& shape) {
  switch (shape.type) {
    case Type::boolean: return error_of(read_boolean(text));
    case Type::integer: return check_integer(text, shape);
    case Type::duration: return check_duration(text, shape);
    case Type::first_fetch: return check_first_fetch(text);
    case Type::choice: return check_choice(text, shape.choices);
    case Type::size: return error_of(read_size(text));
    case Type::rate: return error_of(read_rate(text));
    case Type::clock_time: return error_of(read_clock_time(text));
    case Type::clock_range: return error_of(read_clock_range(text));
    case Type::zone: return error_of(read_zone(text));
    case Type::language: return error_of(read_language(text));
    case Type::url: return error_of(read_url(text, Schemes::web));
    case Type::feed_url: return error_of(read_url(text, Schemes::web_and_file));
    case Type::proxy_url:
      return text.empty() ? std::nullopt : error_of(read_url(text, Schemes::proxy));
    case Type::address: return error_of(read_address(text));
    case Type::mailbox: return error_of(read_mailbox(text));
    case Type::endpoint: return error_of(read_endpoint(text));
    case Type::server: return error_of(read_endpoint(text, 25));
    case Type::matcher: return matcher_error(text);
    case Type::path:
      if (text.empty()) return Error{Errc::malformed, "a path is empty"};
      if (text.starts_with("~/"))
        return Error{Errc::malformed,
                     "'~' is a shell's word, and a folder of that name here; write the whole path"};
      return std::nullopt;
    case Type::text:
    case Type::message:
    case Type::rule_text:
    case Type::name:
    case Type::object: return std::nullopt;
  }
  return std::nullopt;
}

bool is_one_of(std::string_view text, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

/// Words without quotes that are no text to YAML, where text is wanted.
bool check_bare_word(const Node& node, Findings& findings) {
  static constexpr std::array<std::string_view, 6> kBooleans = {"true",  "True",  "TRUE",
                                                                "false", "False", "FALSE"};
  static constexpr std::array<std::string_view, 12> kOldBooleans = {
      "yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF"};
  const std::string quote = "write it in quotes: \"" + node.text + "\"";
  if (is_one_of(node.text, kBooleans)) {
    findings.error(node, in_quotes(node.text) + " without quotes is a switch, and text is wanted",
                   quote);
    return false;
  }
  const bool digits =
      node.text.size() > 1 && node.text.front() == '0' &&
      std::all_of(node.text.begin(), node.text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (digits) {
    findings.error(
        node, in_quotes(node.text) + " without quotes is an octal number to other readers", quote);
    return false;
  }
  if (is_one_of(node.text, kOldBooleans))
    findings.warn(
        node, in_quotes(node.text) + " without quotes is a switch to other readers of YAML", quote);
  return true;
}

/// Holds a template of a message against the names that there are.
void check_message(const Node& node, Findings& findings) {
  const auto text = located(node);
  for (const auto& problem : notifier::check_template(node.text)) {
    Mark at{static_cast<std::uint32_t>(text.at.line + problem.line - 1),
            static_cast<std::uint32_t>(problem.column)};
    if (problem.line == 1)
      at.column += text.at.column - 1;
    else
      at.column += text.indent;
    findings.error_at(*node.source, at, static_cast<std::uint32_t>(problem.length), problem.message,
                      "docs/receivers.md lists what a template may hold");
  }
}

/// Of the files that are named some are written, or appear later; this one must be there.
void check_is_there(const Node& node, Findings& findings) {
  if (::access(beside(node, node.text).c_str(), R_OK) != 0)
    findings.error(node, "the file cannot be read: " + std::generic_category().message(errno),
                   "a relative path begins at the folder of this file");
}

/// A secret that is nothing but `$NAME` was to be the variable's value, and would go out as it
/// stands.
bool is_bare_variable(std::string_view text) {
  return text.size() > 1 && text.front() == '$' && is_variable_name(text.substr(1)) &&
         std::none_of(text.begin(), text.end(),
                      [](unsigned char c) { return std::islower(c) != 0; });
}

bool wants_bare(Type type) {
  return type == Type::boolean || type == Type::integer;
}

bool wants_text(Type type) {
  return type == Type::text || type == Type::rule_text || type == Type::name ||
         type == Type::path || type == Type::matcher || type == Type::language ||
         type == Type::message;
}

bool has_variable(const Node& node, const Shape& shape) {
  return takes_variables(shape.type) && node.text.find("${") != std::string::npos;
}

/// Warns of a secret that is written out, and has it hidden from then on.
void check_secret(Node& node, const Key& key, Findings& findings) {
  node.secret = true;
  if (key.shape.may_be_plain || has_variable(node, key.shape)) return;
  if (node.expanded || node.text.empty()) {
    findings.hide(node);
    return;
  }
  if (is_bare_variable(node.text))
    findings.error(node, "'$' and a name is no variable without braces",
                   "write ${NAME}; a dollar sign itself is $$");
  else
    findings.warn(
        node, "a secret stands in the file itself",
        "put it into a file and write '" + std::string(key.name) + "_file: PATH', or ${NAME}");
  findings.hide(node);
}

/// Replaces variables, once. False when the value is not to be looked at further: it is to be shown
/// as it stands, or it cannot be had.
bool expand_here(Node& node, const Shape& shape, Variables variables, Findings& findings) {
  if (!takes_variables(shape.type) || node.expanded) return true;
  node.expanded = true;
  const bool dollar = node.text.find('$') != std::string::npos;
  if (variables == Variables::show && dollar) return false;
  node.damaged = (variables == Variables::keep && has_variable(node, shape)) ||
                 (dollar && !expand(node, findings));
  return !node.damaged;
}

}  // namespace

void check_name(const Node& node, Findings& findings) {
  if (node.text.empty() || node.text.find_first_not_of(' ') == std::string::npos)
    findings.error(node, "a name is empty", "write a name");
  else if (node.text.find('\n') != std::string::npos)
    findings.error(node, "a name goes over several lines", "write it on one line");
  else if (node.text.size() > 200)
    findings.error(node, "a name is longer than 200 bytes", "write a shorter one");
}

void check_scalar(Node& node, const Key& key, Variables variables, Findings& findings) {
  const Shape& shape = key.shape;
  check_traps(node, findings);
  if (shape.is_secret) check_secret(node, key, findings);
  if (!expand_here(node, shape, variables, findings)) return;
  if (wants_bare(shape.type) && !node.is_plain()) {
    node.damaged = true;
    findings.error(node, "'" + std::string(key.name) + "' is not a text", "remove the quotes");
    return;
  }
  if (wants_text(shape.type) && node.is_plain() && !check_bare_word(node, findings)) return;
  if (shape.type == Type::message) check_message(node, findings);
  if (shape.type == Type::name) {
    check_name(node, findings);
    return;
  }
  if (const auto error = value_error(node.text, shape)) {
    node.damaged = true;
    report(node, *error, key, findings);
    return;
  }
  if (key.name == "ca_file" && variables == Variables::expand) check_is_there(node, findings);
}

}  // namespace tocsin::config::detail
