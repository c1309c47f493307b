// SPDX-License-Identifier: MIT
#include "rules/names/name_index.hpp"

#include <algorithm>
#include <atomic>
#include <unordered_set>

#include "rules/names/detail/bare_names.hpp"
#include "rules/names/detail/phrases.hpp"
#include "rules/names/detail/readings.hpp"
#include "text/fold.hpp"

namespace tocsin::rules {

using names::FormKind;
using names::Mention;
using names::PeopleBuilder;
using names::PhraseKind;
using names::PhraseMention;

struct NameScratch::State {
  names::Comparer comparer;
  names::WordCache words{comparer};
  names::CandidateFinder candidates;
  names::BareFinder bare;
  std::vector<names::ReadField> fields;
  std::vector<PhraseMention> phrases;
  names::StemText stems;
  std::vector<std::uint32_t> in_context;
  names::BestReadings best;
  std::vector<NameHit> excluded;
};

struct NameIndex::Impl {
  names::People people;
  names::PhraseSet phrases;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> context;  ///< word → entities
  std::vector<EntityKind> kinds;
  std::uint64_t serial = 0;  ///< what a scratch remembers is about one index

  void find_people(std::span<const NameText> fields, NameScratch::State& state,
                   std::vector<NameHit>& out) const;
  void find_phrases(std::span<const NameText> fields, NameScratch::State& state,
                    std::vector<NameHit>& out) const;
  void find_abbreviations(std::span<const NameText> fields, std::size_t first,
                          std::vector<NameHit>& out) const;
};

namespace {

/// Numbers every index that was compiled, so that a scratch knows it again.
std::uint64_t next_serial() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

class Compiler {
 public:
  explicit Compiler(std::vector<Finding>& findings) : findings_(findings) {}

  void add(std::uint32_t id, const EntitySpec& spec) {
    spec_ = &spec;
    if (spec.kind == EntityKind::person) person(id);
    phrases(id);
    for (const Located& word : spec.exclude)
      phrases_.add(word.text, {id, FormKind::alias, false, true});
    for (const Located& word : spec.context) context_[hash(word.text)].push_back(id);
    if (spec.bare_surname == BareSurname::with_context && spec.context.empty())
      warn(spec.name, "bare_surname is with_context, and there are no context words",
           "add `context: [a word of the articles you mean]`");
  }

  names::People people() { return std::move(people_).finish(std::move(titles_)); }
  names::PhraseSet& phrases() { return phrases_; }
  auto& context() { return context_; }

 private:
  static std::uint64_t hash(std::string_view word) {
    std::vector<text::Token> tokens;
    text::tokenize(word, tokens);
    return tokens.empty() ? 0 : tokens.front().hash;
  }

  void person(std::uint32_t id) {
    if (!people_.add(id, *spec_, spec_->name.text)) {
      if (spec_->name.text.empty() || hash(spec_->name.text) == 0)
        error(spec_->name, "the name holds no word");
      return;
    }
    const auto several = [](const Located& form) {
      std::vector<text::Token> tokens;
      text::tokenize(form.text, tokens);
      return tokens.size() > 1 && !form.text.ends_with('*');
    };
    for (const auto* list : {&spec_->aliases, &spec_->native})
      for (const Located& form : *list)
        if (several(form)) people_.add(id, *spec_, form.text);
    for (const Located& title : spec_->titles) titles_[id].push_back(hash(title.text));
  }

  void phrases(std::uint32_t id) {
    const bool inflects = spec_->kind == EntityKind::organization && spec_->fuzzy != Fuzzy::off;
    const auto put = [&](const Located& form, FormKind kind) {
      if (!phrases_.add(form.text, {id, kind, inflects, false}))
        error(form, "the form holds no word, or more than 16");
    };
    if (spec_->kind != EntityKind::person) put(spec_->name, FormKind::exact);
    if (!spec_->acronym.empty())
      phrases_.add(spec_->acronym, {id, FormKind::acronym, inflects, false});
    for (const Located& form : spec_->aliases) put(form, FormKind::alias);
    for (const Located& form : spec_->native) put(form, FormKind::alias);
  }

  void report(Finding::Level level, const Located& where, std::string what, std::string hint) {
    findings_.push_back(
        {level, spec_->key.empty() ? spec_->name.text : spec_->key, where.at,
         static_cast<std::uint32_t>(std::max<std::size_t>(1, names::letters(where.text))),
         std::move(what), std::move(hint)});
  }
  void warn(const Located& where, std::string what, std::string hint) {
    report(Finding::Level::warning, where, std::move(what), std::move(hint));
  }
  void error(const Located& where, std::string what) {
    report(Finding::Level::error, where, std::move(what), {});
  }

  std::vector<Finding>& findings_;
  const EntitySpec* spec_ = nullptr;
  PeopleBuilder people_;
  names::PhraseSet phrases_;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> context_;
  names::Titles titles_;
};

/// Fills the tokens of `hit` from its bytes.
void set_tokens(NameHit& hit, std::span<const text::Token> tokens) {
  const auto first = std::partition_point(
      tokens.begin(), tokens.end(), [&](const text::Token& t) { return t.end() <= hit.start; });
  const auto last = std::partition_point(first, tokens.end(),
                                         [&](const text::Token& t) { return t.start < hit.end; });
  hit.first = static_cast<std::uint32_t>(first - tokens.begin());
  hit.last = static_cast<std::uint32_t>(last - tokens.begin());
}

NameHit hit_of(const PhraseMention& found, const NameText& field, std::uint32_t text) {
  NameHit hit;
  hit.entity = found.kind.entity;
  hit.text = text;
  hit.first = found.first;
  hit.last = found.last;
  hit.start = field.tokens[found.first].start;
  hit.end = field.tokens[found.last - 1].end();
  hit.form = names::make_form(found.inflected ? FormKind::inflected : found.kind.form,
                              names::Script::none, false, false);
  return hit;
}

bool overlap(const NameHit& a, const NameHit& b) {
  return a.entity == b.entity && a.text == b.text && a.start < b.end && b.start < a.end;
}

/// Of one entity's overlapping hits the longest stays, of equal ones the cheapest.
void settle(std::vector<NameHit>& out, std::size_t first, std::span<const NameHit> excluded) {
  const auto begin = out.begin() + static_cast<std::ptrdiff_t>(first);
  const auto no = [&](const NameHit& hit) {
    return std::any_of(excluded.begin(), excluded.end(),
                       [&](const NameHit& not_this) { return overlap(hit, not_this); });
  };
  out.erase(std::remove_if(begin, out.end(), no), out.end());
  std::sort(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
            [](const NameHit& a, const NameHit& b) {
              const auto size = [](const NameHit& h) { return h.end - h.start; };
              if (a.entity != b.entity) return a.entity < b.entity;
              if (a.text != b.text) return a.text < b.text;
              return size(a) != size(b) ? size(a) > size(b) : a.cost < b.cost;
            });
  std::size_t kept = first;
  for (std::size_t i = first; i < out.size(); ++i) {
    bool clash = false;
    for (std::size_t j = kept; j-- > first && out[j].entity == out[i].entity && !clash;)
      clash = overlap(out[j], out[i]);
    if (!clash) out[kept++] = out[i];
  }
  out.resize(kept);
  std::sort(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
            [](const NameHit& a, const NameHit& b) {
              if (a.text != b.text) return a.text < b.text;
              return a.start != b.start ? a.start < b.start : a.entity < b.entity;
            });
}

}  // namespace

void NameIndex::Impl::find_people(std::span<const NameText> fields, NameScratch::State& state,
                                  std::vector<NameHit>& out) const {
  if (people.names.empty()) return;
  state.comparer.use(&people);
  if (state.fields.size() < fields.size()) state.fields.resize(fields.size());
  state.in_context.clear();
  for (std::size_t f = 0; f < fields.size(); ++f) {
    names::ReadField& field = state.fields[f];
    field.mentions.clear();
    names::read_units(fields[f], people, state.words, field.text);
    state.candidates.find(field.text, people, state.words, state.comparer, field.candidates);
    names::assemble(field.text, people, field.candidates, state.words, state.comparer,
                    field.mentions);
    names::keep_best_readings(people, field.mentions, state.best);
    if (context.empty()) continue;
    for (const text::Token& token : fields[f].tokens)
      if (const auto found = context.find(token.hash); found != context.end())
        state.in_context.insert(state.in_context.end(), found->second.begin(), found->second.end());
  }
  const std::span<names::ReadField> read{state.fields.data(), fields.size()};
  state.bare.add(read, people, state.in_context, state.words, state.comparer);
  for (std::uint32_t f = 0; f < fields.size(); ++f)
    for (const Mention& m : read[f].mentions) {
      NameHit hit;
      hit.entity = m.entity;
      hit.text = f;
      hit.start = m.start;
      hit.end = m.end;
      hit.cost = m.cost;
      hit.form =
          names::make_form(m.kind, read[f].text.units[m.last - 1].script, m.respelled, m.clitic);
      set_tokens(hit, fields[f].tokens);
      out.push_back(hit);
    }
}

void NameIndex::Impl::find_phrases(std::span<const NameText> fields, NameScratch::State& state,
                                   std::vector<NameHit>& out) const {
  if (phrases.empty()) return;
  const std::size_t first = out.size();
  for (std::uint32_t f = 0; f < fields.size(); ++f) {
    state.phrases.clear();
    phrases.find(fields[f], state.stems, state.phrases);
    for (const PhraseMention& found : state.phrases)
      (found.kind.exclude ? state.excluded : out).push_back(hit_of(found, fields[f], f));
  }
  find_abbreviations(fields, first, out);
}

/// "European Central Bank (ECB)" makes ECB the bank's name in this article, from there on.
void NameIndex::Impl::find_abbreviations(std::span<const NameText> fields, std::size_t first,
                                         std::vector<NameHit>& out) const {
  const std::size_t found = out.size();
  for (std::size_t i = first; i < found; ++i) {
    const NameHit full = out[i];
    const NameText& field = fields[full.text];
    if (kinds[full.entity] != EntityKind::organization || full.last - full.first < 2) continue;
    if (full.last >= field.tokens.size()) continue;
    const text::Token& next = field.tokens[full.last];
    const auto gap = field.text.substr(full.end, next.start - full.end);
    const auto word = field.text.substr(next.start, next.length);
    if (gap != " (" || !field.text.substr(next.end()).starts_with(')')) continue;
    if (!names::all_capitals(word)) continue;
    for (std::uint32_t f = full.text; f < fields.size(); ++f)
      for (std::uint32_t t = f == full.text ? full.last : 0; t < fields[f].tokens.size(); ++t) {
        const text::Token& token = fields[f].tokens[t];
        if (token.hash != next.hash ||
            !names::all_capitals(fields[f].text.substr(token.start, token.length)))
          continue;
        NameHit hit = full;
        hit.text = f;
        hit.first = t;
        hit.last = t + 1;
        hit.start = token.start;
        hit.end = token.end();
        hit.form = names::make_form(FormKind::acronym, names::Script::none, false, false);
        out.push_back(hit);
      }
  }
}

NameScratch::NameScratch() : state_(std::make_unique<State>()) {}
NameScratch::~NameScratch() = default;
NameScratch::NameScratch(NameScratch&&) noexcept = default;
NameScratch& NameScratch::operator=(NameScratch&&) noexcept = default;

NameIndex::NameIndex() = default;
NameIndex::NameIndex(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
NameIndex::~NameIndex() = default;
NameIndex::NameIndex(NameIndex&&) noexcept = default;
NameIndex& NameIndex::operator=(NameIndex&&) noexcept = default;

CompiledNames NameIndex::compile(std::span<const EntitySpec> entities) {
  CompiledNames out;
  auto impl = std::make_unique<Impl>();
  Compiler compiler(out.findings);
  for (std::uint32_t id = 0; id < entities.size(); ++id) {
    compiler.add(id, entities[id]);
    impl->kinds.push_back(entities[id].kind);
  }
  impl->people = compiler.people();
  impl->phrases = std::move(compiler.phrases());
  impl->context = std::move(compiler.context());
  impl->serial = next_serial();
  out.index = NameIndex(std::move(impl));
  return out;
}

void NameIndex::find(std::span<const NameText> fields, NameScratch& scratch,
                     std::vector<NameHit>& out) const {
  if (!impl_) return;
  NameScratch::State& state = *scratch.state_;
  if (!state.words.use(impl_->serial)) state.candidates.forget();
  state.excluded.clear();
  const std::size_t first = out.size();
  impl_->find_people(fields, state, out);
  impl_->find_phrases(fields, state, out);
  settle(out, first, state.excluded);
}

std::string NameIndex::describe_form(std::uint16_t form) {
  return names::form_text(form);
}

std::size_t NameIndex::size() const noexcept {
  return impl_ ? impl_->kinds.size() : 0;
}

}  // namespace tocsin::rules
