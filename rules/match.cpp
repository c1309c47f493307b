// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <span>

#include "rules/detail/ruleset_impl.hpp"
#include "rules/ruleset.hpp"

namespace tocsin::rules {
namespace detail {
namespace {

/// "pt" admits "pt-BR"; an unknown language is admitted, since an alert too many is the lesser
/// evil.
bool speaks(std::string_view wanted, std::string_view language) {
  if (language.empty()) return true;
  if (language.size() < wanted.size()) return false;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto lower = [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c == '_' ? '-' : c;
    };
    if (lower(wanted[i]) != lower(language[i])) return false;
  }
  return language.size() == wanted.size() || language[wanted.size()] == '-' ||
         language[wanted.size()] == '_';
}

}  // namespace

bool comes_from(const WatchFilter& filter, const ItemContext& context) {
  return std::all_of(filter.feeds.begin(), filter.feeds.end(), [&](const auto& wanted) {
    if (context.labels == nullptr) return false;
    const auto found = context.labels->find(wanted.first);
    return found != context.labels->end() && found->second == wanted.second;
  });
}

bool speaks_one_of(const WatchFilter& filter, const Item& item) {
  return filter.languages.empty() ||
         std::any_of(filter.languages.begin(), filter.languages.end(),
                     [&](const auto& wanted) { return speaks(wanted, item.language); });
}

bool is_young(const WatchFilter& filter, const Item& item, const ItemContext& context) {
  if (filter.max_age_ms < 0 || context.now == Timestamp{} || !item.published) return true;
  return (context.now - *item.published).count() <= filter.max_age_ms;
}

bool admits(const WatchFilter& filter, const Item& item, const ItemContext& context) {
  return comes_from(filter, context) && speaks_one_of(filter, item) &&
         is_young(filter, item, context);
}

void begin_item(const Program& program, const NameIndex& names, const Item& item,
                const ItemContext& context, Evaluator& evaluator, NameScratch& scratch) {
  evaluator.begin(program, item, context, plain_text(item));
  if (names.size() == 0) return;
  const auto& article = evaluator.article();
  const std::span tokens(article.tokens());
  std::array<NameText, 3> fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto& part = article.parts()[i];
    fields[i] = {part.field, part.text, tokens.subspan(part.begin, part.end - part.begin)};
  }
  names.find(fields, scratch, evaluator.names());
  std::stable_sort(evaluator.names().begin(), evaluator.names().end(),
                   [](const NameHit& a, const NameHit& b) { return a.entity < b.entity; });
}

void list_entities(const std::vector<NameHit>& names, std::vector<std::uint32_t>& out) {
  out.clear();
  for (const auto& name : names)
    if (out.empty() || out.back() != name.entity) out.push_back(name.entity);
}

}  // namespace detail

namespace {

/// Gives out the matches of one item.
class Giver {
 public:
  Giver(const detail::Program& program, const Item& item, const ItemContext& context,
        detail::Evaluator& evaluator, std::vector<const detail::Span*>& spans,
        std::vector<HitView>& hits, const std::function<void(const MatchView&)>& each)
      : program_(program),
        item_(item),
        context_(context),
        evaluator_(evaluator),
        spans_(spans),
        hits_(hits),
        each_(each) {}

  /// A watch that has to be evaluated.
  void candidate(std::uint32_t number) {
    const auto& watch = program_.watches[number];
    if (!admitted(watch)) return;
    evaluator_.reset();
    const auto value = evaluator_.evaluate(watch.root);
    if (!value.holds) return;
    spans_.clear();
    hits_.clear();
    evaluator_.collect(value, spans_);
    for (const auto* span : spans_) add(span->part, span->start, span->stop, *span);
    give(watch);
  }

  /// A plain choice with the leaves of it that were found: no more is to be known.
  void choice(std::span<const detail::Occurrence> found) {
    const auto& watch = program_.watches[found.front().watch];
    if (!admitted(watch)) return;
    hits_.clear();
    const auto& article = evaluator_.article();
    for (const auto& one : found) {
      detail::Span span;
      span.code = one.code;
      add(article.part_of(one.first), article.tokens()[one.first].start,
          article.tokens()[one.end - 1].end(), span);
    }
    give(watch);
  }

 private:
  bool admitted(const detail::WatchCode& watch) const {
    return watch.filter == 0 || detail::admits(program_.filters[watch.filter - 1], item_, context_);
  }

  void add(std::uint8_t which, std::uint32_t start, std::uint32_t stop, const detail::Span& span) {
    const auto& part = evaluator_.article().parts()[which];
    const auto& code = program_.codes[span.code];
    const HitView hit{part.field,
                      start,
                      stop,
                      part.text.substr(start, stop - start),
                      program_.text(code.term, code.term_length),
                      static_cast<std::uint16_t>(span.form)};
    const bool again = !hits_.empty() && hits_.back().field == hit.field &&
                       hits_.back().start == hit.start && hits_.back().end == hit.end &&
                       hits_.back().term == hit.term;
    if (!again) hits_.push_back(hit);
  }

  void give(const detail::WatchCode& watch) {
    each_({program_.name(watch), watch.severity,
           watch.labels == 0 ? nullptr : &program_.labels[watch.labels - 1], hits_});
  }

  const detail::Program& program_;
  const Item& item_;
  const ItemContext& context_;
  detail::Evaluator& evaluator_;
  std::vector<const detail::Span*>& spans_;
  std::vector<HitView>& hits_;
  const std::function<void(const MatchView&)>& each_;
};

}  // namespace

void RuleSet::match_each(const Item& item, const ItemContext& context, Scratch& scratch,
                         const std::function<void(const MatchView&)>& each) const {
  auto& state = *scratch.state_;
  auto& evaluator = state.evaluator;
  const auto& program = impl_->program;
  detail::begin_item(program, impl_->names, item, context, evaluator, state.names);
  detail::list_entities(evaluator.names(), state.entities);
  impl_->index.find(evaluator.article(), program, state.entities, state.found);

  Giver giver(program, item, context, evaluator, state.spans, state.hits, each);
  const std::span<const detail::Occurrence> all(state.found.occurrences);
  std::size_t from = 0;
  const auto choices_before = [&](std::uint64_t limit) {
    while (from < all.size() && all[from].watch < limit) {
      auto end = from + 1;
      while (end < all.size() && all[end].watch == all[from].watch) ++end;
      giver.choice(all.subspan(from, end - from));
      from = end;
    }
  };
  for (const auto number : state.found.candidates) {
    choices_before(number);
    while (from < all.size() && all[from].watch == number) ++from;  // evaluated after all
    giver.candidate(number);
  }
  choices_before(~std::uint64_t{0});
}

}  // namespace tocsin::rules
