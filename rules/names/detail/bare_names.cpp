// SPDX-License-Identifier: MIT
#include "rules/names/detail/bare_names.hpp"

#include <algorithm>

namespace tocsin::rules::names {
namespace {

constexpr float kSure = 0.05F;       // a bare name has nothing else to speak for it
constexpr float kRespelled = 0.02F;  // cost below which nothing was

constexpr std::size_t kFewKeys = 64;  // of the family names that an article mentions in full

}  // namespace

class BareFinder::Run {
 public:
  Run(BareFinder& memory, const People& people, std::span<const std::uint32_t> in_context,
      WordCache& words, Comparer& comparer)
      : people_(people),
        in_context_(in_context),
        words_(words),
        comparer_(comparer),
        by_key_(memory.by_key_),
        awaited_(memory.awaited_),
        names_(memory.names_),
        parts_(memory.parts_),
        owners_(memory.owners_) {
    by_key_.clear();
    awaited_.reserve(kFewKeys);
    owners_.clear();
  }

  /// Notes whose names stand in full somewhere in the article.
  void expect(const ReadField& field) {
    for (const Mention& mention : field.mentions) {
      if (owner_of(mention.entity) != nullptr) continue;
      const auto place = std::upper_bound(
          owners_.begin(), owners_.end(), mention.entity,
          [](std::uint32_t entity, const Owner& owner) { return entity < owner.entity; });
      owners_.insert(place, Owner{mention.entity});
      const auto by_entity = [](const PersonName& name, std::uint32_t entity) {
        return name.entity < entity;
      };
      auto name =
          std::lower_bound(people_.names.begin(), people_.names.end(), mention.entity, by_entity);
      for (; name != people_.names.end() && name->entity == mention.entity; ++name) expect(*name);
    }
  }

  void read(ReadField& field) {
    if (by_key_.empty() && !people_.any_alone) return;
    full_ = field.mentions.size();
    std::size_t next = 0;
    std::stable_sort(field.mentions.begin(), field.mentions.end(),
                     [](const Mention& a, const Mention& b) { return a.first < b.first; });
    const UnitText& text = field.text;
    for (std::uint32_t i = 0; i < text.units.size(); ++i) {
      for (; next < full_ && field.mentions[next].first <= i; ++next)
        meet(field.mentions[next].entity);
      const Unit& unit = text.units[i];
      if (unit.lower()) continue;
      const auto pieces = text.at(i);
      // What stands alone was no piece.
      if (unit.part && (pieces.empty() || pieces.front().joined)) {
        Word& word = words_.at(text.written(unit), unit.script, people_);
        judge({&word, i, i + 1, unit.start, unit.end, false}, field);
      }
      for (const Piece& piece : pieces)
        if (unit.part || piece.joined) judge(piece, field);
    }
    for (; next < full_; ++next) meet(field.mentions[next].entity);
  }

 private:
  Owner* owner_of(std::uint32_t entity) {
    const auto place = std::lower_bound(
        owners_.begin(), owners_.end(), entity,
        [](const Owner& owner, std::uint32_t wanted) { return owner.entity < wanted; });
    return place != owners_.end() && place->entity == entity ? &*place : nullptr;
  }

  void meet(std::uint32_t entity) {
    Owner* owner = owner_of(entity);
    if (owner != nullptr && !owner->met) owner->met = owner->last = true;
  }

  void expect(const PersonName& name) {
    if (name.bare == BareSurname::never) return;
    const auto number = static_cast<std::uint32_t>(&name - people_.names.data());
    for (const NamePart& family : people_.family(name))
      for (const std::uint64_t key : people_.keys(people_.parts[family.part])) {
        awaited_.add(key);
        by_key_.emplace_back(key, number);
      }
  }

  void judge(const Piece& piece, ReadField& field) {
    const auto& keys = piece.word->as_family.full;
    if (keys.empty()) return;
    names_.clear();
    for (const std::uint64_t key : keys) {
      if (!awaited_.perhaps(key)) continue;
      for (const auto& [expected, name] : by_key_)
        if (expected == key) names_.push_back(name);
    }
    if (people_.any_alone) look_up(*piece.word);
    std::sort(names_.begin(), names_.end());
    names_.erase(std::unique(names_.begin(), names_.end()), names_.end());
    std::uint32_t done = ~0U;  // an entity may have many names with this family
    for (const std::uint32_t id : names_)
      if (people_.names[id].entity != done && judge(piece, people_.names[id], field))
        done = people_.names[id].entity;
  }

  /// Names that count without a full one before; `judge` sees to their policy.
  void look_up(Word& word) {
    words_.find_families(word, people_);
    parts_.clear();
    for (const PartLike& family : word.families)
      people_.families.find(pair_key(kNoInitial, given_id(family.part)), parts_);
    for (const std::uint32_t part : parts_) names_.push_back(people_.name_of[part]);
  }

  bool judge(const Piece& piece, const PersonName& name, ReadField& field) {
    Owner* owner = owner_of(name.entity);
    if (owner != nullptr && !owner->met) owner = nullptr;
    if (owner == nullptr && name.bare != BareSurname::always &&
        name.bare != BareSurname::with_context)
      return false;
    const Likeness like = likeness(piece, name);
    if (!like.within) return false;
    if (const Mention* cover = covering(piece, field, name.entity); cover != nullptr) {
      if (owner != nullptr) owner->last = cover->entity == name.entity;
      return false;
    }
    if (named_otherwise(piece, field.text)) {
      if (owner != nullptr) owner->last = false;
      return false;
    }
    if (!allowed(name, owner != nullptr && owner->last)) return false;
    if (like.cost > kSure * static_cast<float>(like.length)) return false;
    field.mentions.push_back({name.entity, static_cast<std::uint32_t>(&name - people_.names.data()),
                              piece.first_unit, piece.last_unit, piece.start + like.clitic,
                              piece.end, like.cost / static_cast<float>(like.length),
                              FormKind::bare, like.cost > kRespelled, like.clitic != 0});
    return true;
  }

  /// How near `piece` is to the family name, at best.
  Likeness likeness(const Piece& piece, const PersonName& name) {
    Likeness best;
    for (const NamePart& family : people_.family(name)) {
      const Likeness like =
          comparer_.compare(*piece.word, people_.parts[family.part], Role::family);
      if (!like.within || (name.fuzzy == Fuzzy::off && !like.same)) continue;
      if (!best.within || like.cost < best.cost) best = like;
    }
    return best;
  }

  /// The full mention that `piece` is part of: the entity's own before anybody else's.
  const Mention* covering(const Piece& piece, const ReadField& field, std::uint32_t entity) const {
    const Mention* other = nullptr;
    for (std::size_t i = 0; i < full_; ++i) {
      const Mention& m = field.mentions[i];
      if (m.first > piece.first_unit || m.last < piece.last_unit) continue;
      if (m.entity == entity) return &m;
      other = &m;
    }
    return other;
  }

  /// "Mojtaba Khamenei": the word before is a given name, and not ours, or a full mention were
  /// here.
  bool named_otherwise(const Piece& piece, const UnitText& text) const {
    if (piece.first_unit == 0 || !soft(text.units[piece.first_unit].gap)) return false;
    const Unit& before = text.units[piece.first_unit - 1];
    if (before.initial) return true;
    if (!name_like(before) || before.is(kParticle)) return false;
    if (before.is(kGiven)) return true;
    if (before.cased) return !before.first_of_sentence;
    Word& word = words_.at(text.written(before), before.script, people_);
    words_.find_givens(word, people_);
    return word.sounds_given;
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

  const People& people_;
  std::span<const std::uint32_t> in_context_;
  WordCache& words_;
  Comparer& comparer_;
  std::size_t full_ = 0;  // mentions of the field that are no bare names
  std::vector<std::pair<std::uint64_t, std::uint32_t>>& by_key_;
  KeyFilter& awaited_;
  std::vector<std::uint32_t>&names_, &parts_;
  std::vector<Owner>& owners_;
};

void BareFinder::add(std::span<ReadField> fields, const People& people,
                     std::span<const std::uint32_t> in_context, WordCache& words,
                     Comparer& comparer) {
  Run run(*this, people, in_context, words, comparer);
  for (const ReadField& field : fields) run.expect(field);
  for (ReadField& field : fields) run.read(field);
}

}  // namespace tocsin::rules::names
