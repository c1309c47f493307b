// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/spelling.hpp"
#include "notifier/detail/template_data.hpp"
#include "notifier/plain.hpp"
#include "notifier/template.hpp"

namespace tocsin::notifier {
namespace {

using detail::Name;
using detail::Scope;

constexpr std::array kAllScopes = {Scope::event, Scope::item,  Scope::watch, Scope::hit,
                                   Scope::feed,  Scope::story, Scope::author};

const Name* find_name(Scope scope, std::string_view name) {
  for (const auto& candidate : detail::names_of(scope))
    if (candidate.name == name) return &candidate;
  return nullptr;
}

bool is_helper(std::string_view name) {
  const auto all = detail::helpers();
  return std::find(all.begin(), all.end(), name) != all.end();
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// One tag as it stands in the source.
struct Tag {
  char sigil = 0;         // '#', '^', '/', '!', '>', '=', '&'; 0 for a plain name
  std::string_view name;  // trimmed
  std::size_t start = 0;  // bytes before it
  std::size_t end = 0;    // bytes before what follows it
};

/// Walks the tags of a template with the sections that are open, as Mustache does.
class Checker {
 public:
  explicit Checker(std::string_view source) : source_(source) {}

  std::vector<TemplateProblem> run() {
    std::size_t at = 0;
    while (true) {
      at = source_.find("{{", at);
      if (at == std::string_view::npos) break;
      const auto tag = read_tag(at);
      if (!tag) {
        add(at, at + 2, "this tag does not close; write }} after its name");
        return std::move(problems_);
      }
      check(*tag);
      at = tag->end;
    }
    for (const auto& section : open_)
      add(section.tag.start, section.tag.end,
          "section '" + std::string(section.tag.name) + "' is not closed; write {{/" +
              std::string(section.tag.name) + "}}");
    return std::move(problems_);
  }

 private:
  struct Section {
    Tag tag;
    Scope scope = Scope::none;  // none: opens no names of its own
  };

  [[nodiscard]] std::optional<Tag> read_tag(std::size_t at) const {
    const bool triple = source_.substr(at).starts_with("{{{");
    const std::string_view closer = triple ? "}}}" : "}}";
    const auto inside = at + closer.size();
    const auto end = source_.find(closer, inside);
    if (end == std::string_view::npos) return std::nullopt;
    Tag tag;
    tag.start = at;
    tag.end = end + closer.size();
    tag.name = trimmed(source_.substr(inside, end - inside));
    if (!triple && !tag.name.empty() &&
        std::string_view("#^/!>=&").find(tag.name.front()) != std::string_view::npos) {
      tag.sigil = tag.name.front();
      tag.name = trimmed(tag.name.substr(1));
    }
    return tag;
  }

  void check(const Tag& tag) {
    switch (tag.sigil) {
      case '!': return;
      case '>': return add(tag, "there are no partials; write the text itself");
      case '=': return add(tag, "the delimiters {{ and }} cannot be changed");
      case '#':
      case '^': return open_section(tag);
      case '/': return close_section(tag);
      default: break;
    }
    if (is_helper(tag.name))
      return add(tag, "'" + std::string(tag.name) + "' is a helper; write {{#" +
                          std::string(tag.name) + "}}text{{/" + std::string(tag.name) + "}}");
    resolve(tag);
  }

  void open_section(const Tag& tag) {
    if (is_helper(tag.name)) {
      open_.push_back({tag, Scope::none});
      return;
    }
    const auto scope = resolve(tag);
    open_.push_back({tag, tag.sigil == '#' ? scope : Scope::none});
  }

  void close_section(const Tag& tag) {
    if (open_.empty()) return add(tag, "section '" + std::string(tag.name) + "' was not opened");
    const auto last = open_.back();
    open_.pop_back();
    if (last.tag.name != tag.name)
      add(tag, "this closes '" + std::string(tag.name) + "', but the open section is '" +
                   std::string(last.tag.name) + "'");
  }

  /// The scope that the name of `tag` opens. Adds a problem when there is no such name here.
  Scope resolve(const Tag& tag) {
    if (tag.name.empty()) {
      add(tag, "a tag needs a name");
      return Scope::none;
    }
    if (tag.name == ".") return Scope::none;
    auto rest = tag.name;
    const auto first = next_part(rest);
    const Name* name = find_in_open(first);
    if (name == nullptr) {
      if (!inside_labels()) add(tag, unknown(first));
      return Scope::none;
    }
    auto scope = name->inner;
    while (!rest.empty()) {
      if (scope == Scope::labels) return Scope::none;
      const auto part = next_part(rest);
      name = find_name(scope, part);
      if (name == nullptr) {
        add(tag, unknown_part(tag.name, part, scope));
        return Scope::none;
      }
      scope = name->inner;
    }
    return scope;
  }

  static std::string_view next_part(std::string_view& rest) {
    const auto dot = std::min(rest.find('.'), rest.size());
    const auto part = rest.substr(0, dot);
    rest.remove_prefix(std::min(dot + 1, rest.size()));
    return part;
  }

  [[nodiscard]] bool inside_labels() const {
    return std::any_of(open_.begin(), open_.end(),
                       [](const Section& s) { return s.scope == Scope::labels; });
  }

  [[nodiscard]] const Name* find_in_open(std::string_view name) const {
    for (auto section = open_.rbegin(); section != open_.rend(); ++section)
      if (const auto* found = find_name(section->scope, name)) return found;
    return find_name(Scope::event, name);
  }

  [[nodiscard]] std::string unknown(std::string_view name) const {
    const std::string said(name);
    if (find_name(Scope::item, name) != nullptr)
      return "'" + said + "' belongs to an item; write {{item." + said + "}}, or put it inside " +
             "{{#items}}";
    if (find_name(Scope::hit, name) != nullptr)
      return "'" + said + "' belongs to a hit; put it inside {{#hits}}";
    std::vector<std::string_view> names(detail::helpers().begin(), detail::helpers().end());
    for (const auto scope : kAllScopes)
      for (const auto& candidate : detail::names_of(scope)) names.push_back(candidate.name);
    const auto close = closest(name, names);
    return "unknown name '" + said + "'" +
           (close.empty() ? std::string() : "; did you mean '" + std::string(close) + "'?");
  }

  static std::string unknown_part(std::string_view path, std::string_view part, Scope scope) {
    std::vector<std::string_view> names;
    for (const auto& candidate : detail::names_of(scope)) names.push_back(candidate.name);
    const auto close = closest(part, names);
    auto text = "'" + std::string(path) + "' does not exist";
    if (names.empty()) return text + ": nothing stands before '." + std::string(part) + "'";
    if (!close.empty()) text += "; did you mean '" + std::string(close) + "'?";
    return text;
  }

  void add(const Tag& tag, std::string message) { add(tag.start, tag.end, std::move(message)); }

  void add(std::size_t start, std::size_t end, std::string message) {
    const auto before = source_.substr(0, start);
    const auto newline = before.rfind('\n');
    const auto line_start = newline == std::string_view::npos ? 0 : newline + 1;
    TemplateProblem problem;
    problem.line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    problem.column = 1 + char_count(before.substr(line_start));
    problem.length = char_count(source_.substr(start, end - start));
    problem.message = std::move(message);
    problems_.push_back(std::move(problem));
  }

  std::string_view source_;
  std::vector<Section> open_;
  std::vector<TemplateProblem> problems_;
};

}  // namespace

std::vector<TemplateProblem> check_template(std::string_view source) {
  return Checker(source).run();
}

}  // namespace tocsin::notifier
