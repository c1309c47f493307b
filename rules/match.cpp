// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

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

bool admits(const WatchFilter& filter, const Item& item, const ItemContext& context) {
  for (const auto& [name, value] : filter.feeds) {
    if (context.labels == nullptr) return false;
    const auto found = context.labels->find(name);
    if (found == context.labels->end() || found->second != value) return false;
  }
  if (!filter.languages.empty() &&
      std::none_of(filter.languages.begin(), filter.languages.end(),
                   [&](const auto& wanted) { return speaks(wanted, item.language); }))
    return false;
  if (filter.max_age_ms < 0 || context.now == Timestamp{} || !item.published) return true;
  return (context.now - *item.published).count() <= filter.max_age_ms;
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

}  // namespace detail

void RuleSet::match_each(const Item& item, const ItemContext& context, Scratch& scratch,
                         const std::function<void(const MatchView&)>& each) const {
  auto& state = *scratch.state_;
  auto& evaluator = state.evaluator;
  const auto& program = impl_->program;
  detail::begin_item(program, impl_->names, item, context, evaluator, state.names);
  state.entities.clear();
  for (const auto& name : evaluator.names())
    if (state.entities.empty() || state.entities.back() != name.entity)
      state.entities.push_back(name.entity);

  auto& candidates = state.candidates;
  const auto& always = impl_->index.always();
  candidates.assign(always.begin(), always.end());
  impl_->index.candidates(evaluator.article(), state.entities, state.lower, candidates);
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());

  for (const auto number : candidates) {
    const auto& watch = program.watches[number];
    if (watch.filter != 0 && !detail::admits(program.filters[watch.filter - 1], item, context))
      continue;
    evaluator.reset();
    const auto value = evaluator.evaluate(watch.root);
    if (!value.holds) continue;
    state.spans.clear();
    state.hits.clear();
    evaluator.collect(value, state.spans);
    for (const auto* span : state.spans) {
      const auto& part = evaluator.article().parts()[span->part];
      const auto& code = program.codes[span->code];
      const HitView hit{part.field,
                        span->start,
                        span->stop,
                        part.text.substr(span->start, span->stop - span->start),
                        program.text(code.term, code.term_length),
                        static_cast<std::uint16_t>(span->form)};
      const bool again = !state.hits.empty() && state.hits.back().field == hit.field &&
                         state.hits.back().start == hit.start && state.hits.back().end == hit.end &&
                         state.hits.back().term == hit.term;
      if (!again) state.hits.push_back(hit);
    }
    each({program.name(watch), watch.severity,
          watch.labels == 0 ? nullptr : &program.labels[watch.labels - 1], state.hits});
  }
}

}  // namespace tocsin::rules
