// SPDX-License-Identifier: MIT
#include "rules/names/detail/bare_names.hpp"

#include <algorithm>
#include <unordered_map>

namespace tocsin::rules::names {
namespace {

constexpr float kSure = 0.05F;  // a bare name has nothing else to speak for it

class Bare {
 public:
  Bare(const People& people, std::span<const std::uint32_t> in_context)
      : people_(people), in_context_(in_context) {}

  void read(ReadField& field) {
    const std::size_t full = field.mentions.size();
    std::size_t next = 0;  // mentions are ordered by first unit here
    std::stable_sort(field.mentions.begin(), field.mentions.end(),
                     [](const Mention& a, const Mention& b) { return a.first < b.first; });
    for (const UnitHit& hit : field.text.hits) {
      for (; next < full && field.mentions[next].first <= hit.first_unit; ++next)
        owner_.try_emplace(field.mentions[next].entity, true);
      judge(hit, field, full);
    }
    for (; next < full; ++next) owner_.try_emplace(field.mentions[next].entity, true);
  }

 private:
  void judge(const UnitHit& hit, ReadField& field, std::size_t full) {
    std::uint32_t done = ~0U;  // an entity may have many names with this family
    for (const Posting& posting : people_.parts[hit.part].postings) {
      const PersonName& name = people_.names[posting.name];
      if (posting.role != Role::family || name.entity == done) continue;
      const auto owner = owner_.find(name.entity);
      const bool seen = owner != owner_.end();
      if (!seen && name.bare != BareSurname::always && name.bare != BareSurname::with_context)
        continue;
      const Mention* cover = covering(hit, field, full, name.entity);
      if (cover != nullptr) {
        if (seen) owner->second = cover->entity == name.entity;
        continue;
      }
      if (named_otherwise(hit, field.text)) {
        if (seen) owner->second = false;
        continue;
      }
      if (!allowed(name, seen && owner->second) || !sure(hit, name, field.text)) continue;
      done = name.entity;
      field.mentions.push_back({name.entity, hit.first_unit, hit.last_unit, hit.start, hit.end,
                                hit.cost / static_cast<float>(hit.length), FormKind::bare,
                                hit.cost > 0.02F, hit.clitic});
    }
  }

  /// The full mention that `hit` is part of: the entity's own before anybody else's.
  static const Mention* covering(const UnitHit& hit, const ReadField& field, std::size_t full,
                                 std::uint32_t entity) {
    const Mention* other = nullptr;
    for (std::size_t i = 0; i < full; ++i) {
      const Mention& m = field.mentions[i];
      if (m.first > hit.first_unit || m.last < hit.last_unit) continue;
      if (m.entity == entity) return &m;
      other = &m;
    }
    return other;
  }

  /// "Mojtaba Khamenei": the word before is a given name, and not ours, or a full mention were
  /// here.
  bool named_otherwise(const UnitHit& hit, const UnitText& text) const {
    if (hit.first_unit == 0 || !soft(text.units[hit.first_unit].gap)) return false;
    const Unit& before = text.units[hit.first_unit - 1];
    if (before.initial) return true;
    if (!name_like(before) || before.word->particle) return false;
    if (before.word->given) return true;
    if (before.cased) return !before.first_of_sentence;
    const auto hits = text.at(hit.first_unit - 1);
    return std::any_of(hits.begin(), hits.end(), [&](const UnitHit& h) {
      const auto& postings = people_.parts[h.part].postings;
      return std::any_of(postings.begin(), postings.end(),
                         [](const Posting& p) { return p.role == Role::given; });
    });
  }

  bool allowed(const PersonName& name, bool owns) const {
    switch (name.bare) {
      case BareSurname::never: return false;
      case BareSurname::always: return true;
      case BareSurname::after_full: return owns && !name.common_family;
      case BareSurname::with_context:
        return !name.common_family &&
               std::find(in_context_.begin(), in_context_.end(), name.entity) != in_context_.end();
    }
    return false;
  }

  static bool sure(const UnitHit& hit, const PersonName& name, const UnitText& text) {
    const Unit& first = text.units[hit.first_unit];
    if (first.cased && !first.capital) return false;
    if (name.fuzzy == Fuzzy::off && !hit.same) return false;
    return hit.cost <= kSure * static_cast<float>(hit.length);
  }

  const People& people_;
  std::span<const std::uint32_t> in_context_;
  std::unordered_map<std::uint32_t, bool> owner_;  // entities met: was the last full name theirs?
};

}  // namespace

void add_bare_names(std::span<ReadField> fields, const People& people,
                    std::span<const std::uint32_t> in_context) {
  Bare bare(people, in_context);
  for (ReadField& field : fields) bare.read(field);
}

}  // namespace tocsin::rules::names
