// SPDX-License-Identifier: MIT
#include "rules/names/detail/bare_names.hpp"

#include <algorithm>
#include <unordered_map>

namespace tocsin::rules::names {
namespace {

constexpr float kSure = 0.05F;       // a bare name has nothing else to speak for it
constexpr float kRespelled = 0.02F;  // cost below which nothing was

class Bare {
 public:
  Bare(const People& people, std::span<const std::uint32_t> in_context, WordCache& words,
       Comparer& comparer)
      : people_(people), in_context_(in_context), words_(words), comparer_(comparer) {}

  /// Notes whose names stand in full somewhere in the article.
  void expect(const ReadField& field) {
    for (const Mention& mention : field.mentions) {
      if (!owner_.try_emplace(mention.entity, Owner{}).second) continue;
      const auto by_entity = [](const PersonName& name, std::uint32_t entity) {
        return name.entity < entity;
      };
      auto name =
          std::lower_bound(people_.names.begin(), people_.names.end(), mention.entity, by_entity);
      for (; name != people_.names.end() && name->entity == mention.entity; ++name) expect(*name);
    }
  }

  void read(ReadField& field) {
    if (expected_.empty() && !people_.any_alone) return;
    full_ = field.mentions.size();
    std::size_t next = 0;
    std::stable_sort(field.mentions.begin(), field.mentions.end(),
                     [](const Mention& a, const Mention& b) { return a.first < b.first; });
    const UnitText& text = field.text;
    for (std::uint32_t i = 0; i < text.units.size(); ++i) {
      for (; next < full_ && field.mentions[next].first <= i; ++next)
        meet(field.mentions[next].entity);
      const Unit& unit = text.units[i];
      if (unit.part && !unit.lower()) {
        Word& word = words_.at(text.written(unit), unit.script, people_);
        judge({&word, i, i + 1, unit.start, unit.end, false}, field);
      }
      for (const Piece& piece : text.at(i))
        if (piece.joined && !unit.lower()) judge(piece, field);
    }
    for (; next < full_; ++next) meet(field.mentions[next].entity);
  }

 private:
  struct Owner {
    bool met = false;   ///< named in full before this place
    bool last = false;  ///< the last full name of that family was theirs
  };
  struct Expected {
    std::uint32_t name = 0;
    Keys keys;  ///< of its family name
  };

  void meet(std::uint32_t entity) {
    Owner& owner = owner_[entity];
    if (!owner.met) owner.met = owner.last = true;
  }

  void expect(const PersonName& name) {
    if (name.bare == BareSurname::never) return;
    Expected one;
    one.name = static_cast<std::uint32_t>(&name - people_.names.data());
    for (const NamePart& family : people_.family(name))
      add_keys(people_.parts[family.part].symbols, Side::watched, Reach::same, one.keys);
    expected_.push_back(std::move(one));
  }

  void judge(const Piece& piece, ReadField& field) {
    const auto& keys = piece.word->as_family.full;
    if (keys.empty()) return;
    names_.clear();
    for (const Expected& one : expected_)
      if (std::find_first_of(keys.begin(), keys.end(), one.keys.full.begin(),
                             one.keys.full.end()) != keys.end())
        names_.push_back(one.name);
    if (people_.any_alone) look_up(keys);
    std::sort(names_.begin(), names_.end());
    names_.erase(std::unique(names_.begin(), names_.end()), names_.end());
    std::uint32_t done = ~0U;  // an entity may have many names with this family
    for (const std::uint32_t id : names_)
      if (people_.names[id].entity != done && judge(piece, people_.names[id], field))
        done = people_.names[id].entity;
  }

  /// Names that count without a full one before; `judge` sees to their policy.
  void look_up(const std::vector<std::uint64_t>& keys) {
    parts_.clear();
    for (const std::uint64_t key : keys) people_.families.find(pair_key(kNoInitial, key), parts_);
    for (const std::uint32_t part : parts_) names_.push_back(people_.name_of[part]);
  }

  bool judge(const Piece& piece, const PersonName& name, ReadField& field) {
    const auto place = owner_.find(name.entity);
    Owner* owner = place != owner_.end() && place->second.met ? &place->second : nullptr;
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
    field.mentions.push_back({name.entity, piece.first_unit, piece.last_unit,
                              piece.start + like.clitic, piece.end,
                              like.cost / static_cast<float>(like.length), FormKind::bare,
                              like.cost > kRespelled, like.clitic != 0});
    return true;
  }

  /// How near `piece` is to the family name, at best.
  Likeness likeness(const Piece& piece, const PersonName& name) {
    Likeness best;
    for (const NamePart& family : people_.family(name)) {
      const Likeness like =
          comparer_.compare(*piece.word, people_.parts[family.part], Role::family, piece.joined);
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
    return !words_.at(text.written(before), before.script, people_).as_given.full.empty();
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
  std::vector<Expected> expected_;
  std::vector<std::uint32_t> names_, parts_;  // work memory
  std::unordered_map<std::uint32_t, Owner> owner_;
};

}  // namespace

void add_bare_names(std::span<ReadField> fields, const People& people,
                    std::span<const std::uint32_t> in_context, WordCache& words,
                    Comparer& comparer) {
  Bare bare(people, in_context, words, comparer);
  for (const ReadField& field : fields) bare.expect(field);
  for (ReadField& field : fields) bare.read(field);
}

}  // namespace tocsin::rules::names
