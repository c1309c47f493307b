// SPDX-License-Identifier: MIT
#include "rules/ruleset.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "rules/detail/entities.hpp"
#include "rules/detail/reader.hpp"
#include "rules/detail/regex.hpp"
#include "rules/detail/ruleset_impl.hpp"
#include "rules/parse.hpp"

namespace tocsin::rules {
namespace {

using detail::Program;
using detail::WatchCode;

/// The names that rules may use, by key.
class Directory {
 public:
  explicit Directory(const RuleSpec& spec) {
    for (const auto& entity : spec.entities) targets_[entity.key].entity = &entity;
    for (const auto& list : spec.lists) targets_[list.key].list = &list;
    names_.find = [this](std::string_view key) {
      const auto found = targets_.find(key);
      if (found == targets_.end()) return Names::Target{};
      used_.insert(found->first);
      return found->second;
    };
    for (const auto& target : targets_) names_.keys.push_back(target.first);
  }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;

  [[nodiscard]] const Names& names() const noexcept { return names_; }
  /// Whether some rule has named `key` so far.
  [[nodiscard]] bool used(std::string_view key) const { return used_.contains(key); }

 private:
  std::map<std::string_view, Names::Target> targets_;
  std::set<std::string_view> used_;
  Names names_;
};

bool any_error(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const auto& f) { return f.level == Finding::Level::error; });
}

/// A regex of which no text is certain: the usual reason for a watch without an anchor.
const Node* vague_regex(const Node& node) {
  if (node.kind == Node::Kind::regex &&
      !detail::has_literal(node.leaf.term, node.leaf.case_sensitive))
    return &node;
  for (const auto& child : node.children)
    if (const auto* const found = vague_regex(child)) return found;
  return nullptr;
}

void warn_unindexed(const WatchSpec& watch, const Node& root, std::vector<Finding>& findings) {
  const Located name{watch.name, watch.at, 0, false};
  const Located& text = watch.query ? *watch.query : name;
  detail::Report report(text, watch.name, findings);
  const auto* const regex = watch.query ? vague_regex(root) : nullptr;
  if (regex != nullptr)
    report.warn(
        regex->offset, regex->length,
        "the regex holds no text of 3 characters that every match has, so it runs on every article",
        "add a word to it, or join it with AND");
  else
    report.warn(0, 1,
                "the watch has no word that every match must hold, so it runs on every article",
                "join it with a word or a phrase that must be there");
}

constexpr std::size_t kMostUnused = 5;  // told one by one; files of names for many are shared

/// Entities and lists that no rule names.
void warn_unused(const RuleSpec& spec, const Directory& directory, std::vector<Finding>& findings) {
  std::vector<Finding> unused;
  const auto note = [&](const std::string& key, const Position& at, std::string_view what) {
    if (directory.used(key)) return;
    unused.push_back({Finding::Level::warning, key, at, 1,
                      "no watch uses the " + std::string(what) + " '" + key + "'",
                      "write @" + key + " in a watch, or remove it"});
  };
  for (const auto& entity : spec.entities) note(entity.key, entity.name.at, "entity");
  for (const auto& list : spec.lists) note(list.key, list.at, "list");
  if (unused.size() > kMostUnused) {
    const auto others = std::to_string(unused.size() - 1);
    unused.resize(1);
    unused.front().message += ", nor " + others + " others";
    unused.front().hint += "; so with the others";
  }
  findings.insert(findings.end(), unused.begin(), unused.end());
}

/// Compiles watch by watch into a program and an index.
class Compiler {
 public:
  Compiler(Program& program, detail::Index& index, detail::Mentions& mentions,
           std::vector<Finding>& findings)
      : program_(program), index_(index), mentions_(mentions), findings_(findings) {}

  void add(const WatchSpec& spec, const Names& names) {
    const auto before = findings_.size();
    auto query = parse_watch(spec, names, findings_);
    errors_ = errors_ ||
              any_error({findings_.begin() + static_cast<std::ptrdiff_t>(before), findings_.end()});
    if (errors_) return;  // only findings count from here on
    detail::write_out(query.root, query.entities);
    const auto entity_of = pool_.take(query.entities);
    const auto root = detail::emit(program_, query.root, entity_of);
    const auto anchors = detail::anchors_of(query.root);
    if (!anchors) warn_unindexed(spec, query.root, findings_);
    index_.add(static_cast<std::uint32_t>(program_.watches.size()), anchors,
               detail::is_plain_choice(query.root), program_, entity_of);
    if (mentions_.ready) add_mentions(query.root, entity_of);
    program_.watches.push_back(watch(spec, root));
  }

  [[nodiscard]] const detail::EntityPool& entities() const noexcept { return pool_; }

 private:
  void add_mentions(const Node& root, const std::vector<std::uint32_t>& entity_of) {
    const auto watch = static_cast<std::uint32_t>(program_.watches.size());
    detail::each_mention(root, [&](const Node& leaf) {
      mentions_.index.add(static_cast<std::uint32_t>(mentions_.leaves.size()),
                          detail::anchors_of(leaf), false, program_, entity_of);
      mentions_.leaves.push_back({watch, leaf.code});
    });
  }

  WatchCode watch(const WatchSpec& spec, std::uint32_t root) {
    WatchCode out;
    out.root = root;
    out.severity = spec.severity;
    out.name = static_cast<std::uint32_t>(program_.texts.size());
    out.name_length = static_cast<std::uint32_t>(spec.name.size());
    program_.texts += spec.name;
    if (!spec.labels.empty()) {
      program_.labels.push_back(spec.labels);
      out.labels = static_cast<std::uint32_t>(program_.labels.size());
    }
    if (!spec.feeds.empty() || !spec.languages.empty() || spec.max_age) {
      program_.filters.push_back(
          {spec.feeds, spec.languages, spec.max_age ? spec.max_age->count() : -1});
      out.filter = static_cast<std::uint32_t>(program_.filters.size());
    }
    return out;
  }

  Program& program_;
  detail::Index& index_;
  detail::Mentions& mentions_;
  std::vector<Finding>& findings_;
  detail::EntityPool pool_;
  bool errors_ = false;
};

bool repeats_beginning(std::string_view summary, std::string_view body) {
  for (const std::string_view dots : {"...", "\u2026", "[\u2026]", "[...]"})
    if (summary.ends_with(dots)) summary.remove_suffix(dots.size());
  while (summary.ends_with(' ')) summary.remove_suffix(1);
  return body.starts_with(summary);
}

}  // namespace

PlainText plain_text(const Item& item) noexcept {
  PlainText out{item.title, item.summary, item.content_text};
  if (repeats_beginning(out.summary, out.body)) out.summary = {};
  return out;
}

Scratch::Scratch() : state_(std::make_unique<State>()) {}
Scratch::~Scratch() = default;
Scratch::Scratch(Scratch&&) noexcept = default;
Scratch& Scratch::operator=(Scratch&&) noexcept = default;

RuleSet::RuleSet(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
RuleSet::~RuleSet() = default;

Compiled RuleSet::compile(const RuleSpec& spec, Prefilter prefilter) {
  Compiled out;
  auto impl = std::make_unique<Impl>();
  const Directory directory(spec);
  impl->mentions.ready = prefilter == Prefilter::often;
  Compiler compiler(impl->program, impl->index, impl->mentions, out.findings);
  for (const auto& list : spec.lists) check_list(list, out.findings);
  for (const auto& watch : spec.watches) compiler.add(watch, directory.names());
  if (any_error(out.findings)) return out;
  warn_unused(spec, directory, out.findings);
  impl->index.seal();
  impl->mentions.index.seal();
  auto names = NameIndex::compile(compiler.entities().all());
  impl->names = std::move(names.index);
  out.findings.insert(out.findings.end(), std::make_move_iterator(names.findings.begin()),
                      std::make_move_iterator(names.findings.end()));
  if (!any_error(out.findings)) out.rules.reset(new RuleSet(std::move(impl)));
  return out;
}

std::size_t RuleSet::size() const noexcept {
  return impl_->program.watches.size();
}

std::vector<Match> RuleSet::match(const Item& item, const ItemContext& context,
                                  Scratch& scratch) const {
  std::vector<Match> out;
  match_each(item, context, scratch, [&out](const MatchView& view) {
    Match match{std::string(view.watch), view.severity, {}, {}};
    if (view.labels != nullptr) match.labels = *view.labels;
    for (const auto& hit : view.hits)
      match.hits.push_back(
          {hit.field, hit.start, hit.end, std::string(hit.text), std::string(hit.term),
           hit.form == 0 ? std::string()
                         : NameIndex::describe_form(static_cast<std::uint16_t>(hit.form - 1))});
    out.push_back(std::move(match));
  });
  return out;
}

}  // namespace tocsin::rules
