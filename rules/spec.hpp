// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/labels.hpp"
#include "model/match.hpp"

namespace tocsin::rules {

/// The name of a file, shared by all that stands in it: there may be a million places.
class FileName {
 public:
  FileName() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): it stands for the text
  FileName(std::string name) : name_(std::make_shared<const std::string>(std::move(name))) {}
  // NOLINTNEXTLINE(google-explicit-constructor)
  FileName(const char* name) : FileName(std::string(name)) {}

  [[nodiscard]] const std::string& str() const noexcept {
    static const std::string none;
    return name_ == nullptr ? none : *name_;
  }
  // NOLINTNEXTLINE(google-explicit-constructor)
  operator const std::string&() const noexcept { return str(); }
  friend bool operator==(const FileName& a, const FileName& b) noexcept {
    return a.str() == b.str();
  }

 private:
  std::shared_ptr<const std::string> name_;
};

/// Where a piece of a rule stands in the configuration; lines and columns count from 1, columns in
/// characters. Line 0: not known.
struct Position {
  FileName file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// A text of the configuration and where it begins. For a block scalar `|`, `indent` is the number
/// of blanks that YAML stripped from each line, so that a place inside the text has a true column.
struct Located {
  std::string text;
  Position at;
  std::uint32_t indent = 0;  ///< of the second and later lines of a block or folded scalar
  bool block = false;        ///< a block scalar: its first line begins at `at`, already indented
  /// Offsets in `text` behind which the file holds one more character each, sorted: the rest of an
  /// escape like \" in YAML's double quotes.
  std::vector<std::uint32_t> hidden = {};
};

enum class EntityKind : std::uint8_t { person, organization, term };
enum class BareSurname : std::uint8_t { never, after_full, with_context, always };
enum class Fuzzy : std::uint8_t { off, strict, loose };

/// A watched name: rules.md §5. The name is reached in rules as `@key`.
struct EntitySpec {
  std::string key;  ///< unique; empty for a name written inside a watch or NAME()
  EntityKind kind = EntityKind::person;
  Located name;
  std::string acronym;
  std::vector<Located> aliases, native, titles, context;
  std::vector<Located> exclude;  ///< `not:` forms that are someone else
  BareSurname bare_surname = BareSurname::after_full;
  Fuzzy fuzzy = Fuzzy::strict;
};

/// A named list of words, phrases or prefixes, reached in rules as `@key`: any of them.
struct ListSpec {
  std::string key;
  Position at;
  std::vector<Located> terms;
};

/// One watch as configured. Exactly one of `query`, `person`, `organization` or the plain lists
/// (`any`, `all`, `none`) is used; the lists combine: any AND all NOT none.
struct WatchSpec {
  std::string name;  ///< unique
  Position at;
  Severity severity = Severity::normal;
  Labels labels;
  std::optional<Located> query;
  std::shared_ptr<const EntitySpec> entity;  ///< from `person:` or `organization:`; else null
  std::vector<Located> any, all, none;       ///< words, phrases, or "@key"
  std::vector<Field> fields;                 ///< empty: title, summary and body
  bool lead_only = false;                    ///< `fields: [lead]` stands among the fields
  Labels feeds;                        ///< only feeds with all these labels; empty: every feed
  std::vector<std::string> languages;  ///< empty: every language
  std::optional<std::chrono::milliseconds> max_age;
};

/// Everything that a rule set is compiled from.
struct RuleSpec {
  std::vector<WatchSpec> watches;
  std::vector<EntitySpec> entities;
  std::vector<ListSpec> lists;
};

/// A finding about a rule: what is wrong, where, and what to write instead.
struct Finding {
  enum class Level : std::uint8_t { warning, error } level{};
  std::string watch;  ///< or the entity or list that it is about
  Position at;
  std::uint32_t length = 1;  ///< characters to underline
  std::string message;       ///< one sentence, lower case, no full stop
  std::string hint;          ///< what to write instead; may be empty
};

}  // namespace tocsin::rules
