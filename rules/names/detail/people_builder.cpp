// SPDX-License-Identifier: MIT
// People as the configuration gives them, made into the tables of the model.
#include <algorithm>

#include "rules/names/detail/lexicon.hpp"
#include "rules/names/detail/model.hpp"
#include "rules/names/detail/wade_giles.hpp"
#include "text/fold.hpp"
#include "text/tokenizer.hpp"

namespace tocsin::rules::names {
namespace {

constexpr float kOldSpelling = 0.05F;  // of a Chinese family name: Chang may be Zhang
constexpr float kHalf = 0.1F;          // one half of a double family name
constexpr std::size_t kRespelled = 4;  // symbols of a part that may have a consonant amiss

std::uint8_t bit(std::size_t word) {
  return static_cast<std::uint8_t>(1U << word);
}

/// Word `i` of a Chinese name as it was spelled before pinyin; empty when there is no other way.
std::string wade(const NameShape& shape, std::size_t i) {
  const bool chinese = shape.eastern && shape.given.size() == 1;  // Korean ones are two words
  return chinese ? wade_giles(shape.folded[i]) : std::string();
}

/// As Han and hangul write it: Gordon, 戈登.
std::string without_final_liquids(std::string_view symbols) {
  std::string out;
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    const bool liquid = symbols[i] == 'r' || symbols[i] == 'l';
    const bool ends = i + 1 == symbols.size() || !SoundCosts::instance().vowel(symbols[i + 1]);
    if (i == 0 || !liquid || !ends) out += symbols[i];
  }
  return out;
}

PersonName person_of(std::uint32_t entity, const EntitySpec& spec, const NameShape& shape) {
  PersonName person;
  person.entity = entity;
  person.fuzzy = spec.fuzzy;
  person.bare = spec.bare_surname;
  person.script = script_of(shape.words[shape.family]);
  person.all_given = shape.eastern;
  const std::string& family = shape.folded[shape.family];
  person.common_family = Lexicon::common_family(family) || Lexicon::eastern_family(family) ||
                         (letters(family) < 4 && person.script != Script::han);
  if (shape.family > 0) {
    const std::string& before = shape.folded[shape.family - 1];
    if (Lexicon::particle(before) && letters(before) > 2) person.particle = text::word_hash(before);
  }
  for (std::size_t i = 0; i < shape.given.size(); ++i) {
    const std::string& word = shape.words[shape.given[i]];
    person.given_mask = static_cast<std::uint8_t>(person.given_mask | bit(shape.given[i]));
    const std::string symbols = encode(word, script_of(word));
    if (i < person.letters.size()) person.letters[i] = shape.folded[shape.given[i]][0];
    if (i < person.initials.size())
      for (std::size_t s = 0; s < std::min<std::size_t>(2, symbols.size()); ++s)
        person.initials[i][s] = symbols[s];
  }
  return person;
}

}  // namespace

std::uint32_t PeopleBuilder::part(std::string_view word) {
  const auto next = static_cast<std::uint32_t>(people_.parts.size());
  const auto [place, fresh] = part_of_.try_emplace(text::fold(word), next);
  if (!fresh) return place->second;
  const Script script = script_of(word);
  Part& fresh_part = people_.parts.emplace_back();
  fresh_part.folded = place->first;
  fresh_part.symbols = encode(word, script);
  fresh_part.script = script;
  const auto groups = Lexicon::groups(place->first);
  fresh_part.first_group = static_cast<std::uint32_t>(people_.groups.size());
  fresh_part.groups = static_cast<std::uint8_t>(groups.size());
  people_.groups.insert(people_.groups.end(), groups.begin(), groups.end());
  const std::string& symbols = fresh_part.symbols;
  const Reach reach = symbols.size() >= kRespelled ? Reach::one_apart : Reach::same;
  add_keys(symbols, Side::watched, reach, keys_.emplace_back());
  if (const std::string heard = without_final_liquids(symbols); heard != symbols)
    add_keys(heard, Side::watched, Reach::same, keys_.back());
  keys_.back().exact = exact_key(place->first);
  fresh_part.consonants = keys_.back().consonants;
  return next;
}

const std::vector<std::uint32_t>& PeopleBuilder::equivalents(std::uint32_t of) {
  const auto [place, fresh] = equivalents_.try_emplace(of);
  if (!fresh) return place->second;
  const std::string word = people_.parts[of].folded;
  std::vector<std::uint32_t> all;
  for (const std::string_view other : Lexicon::equivalents(word)) all.push_back(part(other));
  return place->second = std::move(all);
}

void PeopleBuilder::add_family(const NameShape& shape) {
  const std::size_t first = shape.family;
  const auto& words = shape.words;
  const auto put = [&](std::string_view word, float price) {
    family_.push_back({part(word), bit(first), price});
  };
  if (shape.families == 2) {
    put(words[first] + words[first + 1], 0);
    put(words[first], kHalf);
    put(words[first + 1], kHalf);
    return;
  }
  put(words[first], 0);
  if (const std::string old = wade(shape, first); !old.empty()) put(old, kOldSpelling);
  // "deGaulle", and as Han and hangul write it, "vonderLeyen".
  std::string joined = words[first];
  for (std::size_t i = first; i > 1 && Lexicon::particle(shape.folded[i - 1]); --i) {
    joined.insert(0, words[i - 1]);
    put(joined, 0);
  }
}

void PeopleBuilder::add_given(const NameShape& shape) {
  for (std::size_t i = 0; i < shape.given.size(); ++i) {
    const std::string& word = shape.words[shape.given[i]];
    const auto mask = bit(shape.given[i]);
    const std::uint32_t own = part(word);
    given_.push_back({own, mask, 0});
    if (const std::string old = wade(shape, shape.given[i]); !old.empty())
      given_.push_back({part(old), mask, 0});
    for (const std::uint32_t other : equivalents(own)) given_.push_back({other, mask, kEquivalent});
    if (i + 1 == shape.given.size()) continue;
    const auto both = static_cast<std::uint8_t>(mask | bit(shape.given[i + 1]));
    given_.push_back({part(word + shape.words[shape.given[i + 1]]), both, 0});
  }
  std::stable_partition(given_.begin(), given_.end(),
                        [](const NamePart& one) { return one.price == 0; });
}

void PeopleBuilder::add_whole(const NameShape& shape) {
  std::string joined;
  if (shape.given.empty()) {
    for (const std::string& word : shape.words) joined += word;
  } else if (shape.eastern) {
    joined = shape.words[shape.family];
    for (const std::size_t i : shape.given) joined += shape.words[i];
  } else if (shape.words.size() == 2 && shape.hyphen[1]) {  // "Jay-Z"
    joined = shape.words[0] + shape.words[1];
  }
  if (!joined.empty()) whole_.push_back({part(joined), 1, 0});
}

bool PeopleBuilder::add(std::uint32_t entity, const EntitySpec& spec, std::string_view spelling) {
  const NameShape shape = shape_of_name(spelling);
  if (shape.words.empty()) return false;
  PersonName person = person_of(entity, spec, shape);
  for (auto* parts : {&given_, &family_, &whole_}) parts->clear();
  if (!shape.given.empty()) {
    add_family(shape);
    add_given(shape);
  }
  add_whole(shape);
  person.first_part = static_cast<std::uint32_t>(people_.name_parts.size());
  person.givens = static_cast<std::uint16_t>(given_.size());
  person.families = static_cast<std::uint8_t>(family_.size());
  person.wholes = static_cast<std::uint8_t>(whole_.size());
  for (const auto* parts : {&given_, &family_, &whole_})
    people_.name_parts.insert(people_.name_parts.end(), parts->begin(), parts->end());
  people_.name_of.resize(people_.name_parts.size(),
                         static_cast<std::uint32_t>(people_.names.size()));
  people_.names.push_back(person);
  return true;
}

/// What stands for the given names of `name` in the keys of pairs.
const std::vector<std::uint64_t>& PeopleBuilder::given_ids(const PersonName& name) {
  ids_.clear();
  for (const NamePart& given : people_.given(name)) {
    if (given.price > 0) break;  // a form of one before
    const Part& part = people_.parts[given.part];
    ids_.push_back(given_id(given.part));
    for (std::uint32_t g = 0; g < part.groups && name.fuzzy != Fuzzy::off; ++g)
      ids_.push_back(group_id(people_.groups[part.first_group + g]));
  }
  std::sort(ids_.begin(), ids_.end());
  ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
  return ids_;
}

/// Tells `visit` of the family parts of every name: the part's number, its keys, and the name.
template <class Visit>
void PeopleBuilder::each_family(Visit visit) const {
  for (const PersonName& name : people_.names) {
    std::uint32_t number = name.first_part + name.givens;
    for (const NamePart& family : people_.family(name)) visit(name, number++, family.part);
  }
}

void PeopleBuilder::index_pairs() {
  fill(people_.pairs, [this](auto tell) {
    each_family([&](const PersonName& name, std::uint32_t number, std::uint32_t part) {
      const std::string& symbols = people_.parts[part].symbols;
      for (const std::uint64_t id : given_ids(name)) {
        tell(pair_key(id, keys_[part].exact), number, symbols);
        if (name.fuzzy == Fuzzy::off) continue;
        for (const std::uint64_t key : keys_[part].full) tell(pair_key(id, key), number, symbols);
      }
    });
  });
  fill(people_.near_pairs, [this](auto tell) {
    each_family([&](const PersonName& name, std::uint32_t number, std::uint32_t part) {
      if (name.fuzzy == Fuzzy::off) return;
      for (const std::uint64_t id : given_ids(name))
        for (const std::uint64_t key : keys_[part].near) tell(pair_key(id, key), number);
    });
  });
}

/// The keys of the initials that `name` may be written with, and of none.
std::vector<std::uint64_t> PeopleBuilder::initials_of(const PersonName& name) {
  std::vector<std::uint64_t> out{kNoInitial};
  for (const auto& [first, second] : name.initials) {
    if (first != 0) add_initial_keys({&first, 1}, Side::watched, out);
    const bool glide = second != 0 && SoundCosts::instance().swap('j', first) <= kSameSound;
    if (glide) add_initial_keys({&second, 1}, Side::watched, out);
  }
  return out;
}

void PeopleBuilder::index_names() {
  fill(people_.families, [this](auto tell) {
    each_family([&](const PersonName& name, std::uint32_t number, std::uint32_t part) {
      for (const std::uint64_t initial : initials_of(name))
        tell(pair_key(initial, given_id(part)), number);
    });
  });
  fill(people_.wholes, [this](auto tell) {
    for (const PersonName& name : people_.names) {
      std::uint32_t number = name.first_part + name.givens + name.families;
      for (const NamePart& whole : people_.whole(name)) {
        for (const std::uint64_t key : keys_[whole.part].full) tell(key, number);
        ++number;
      }
    }
  });
}

/// Makes the tables by which one word is looked up.
void PeopleBuilder::index_parts() {
  enum Use : std::uint8_t { as_given = 1, as_family = 2, as_whole = 4 };
  std::vector<std::uint8_t> uses(people_.parts.size());
  const auto note = [&](std::span<const NamePart> parts, Use use) {
    for (const NamePart& part : parts)
      uses[part.part] = static_cast<std::uint8_t>(uses[part.part] | use);
  };
  for (const PersonName& name : people_.names) {
    note(people_.given(name), as_given);
    note(people_.family(name), as_family);
    note(people_.whole(name), as_whole);
  }
  reserve_filters(uses, as_family | as_whole);
  for (std::uint32_t id = 0; id < people_.parts.size(); ++id) {
    Part& part = people_.parts[id];
    const Keys& keys = keys_[id];
    if ((uses[id] & (as_family | as_whole)) == 0) continue;
    for (const std::uint64_t key : keys.full) people_.family_full.add(key);
    for (const std::uint64_t key : keys.near) people_.family_near.add(key);
    if ((uses[id] & as_family) == 0) continue;
    part.first_key = static_cast<std::uint32_t>(people_.family_keys.size());
    part.keys = static_cast<std::uint8_t>(keys.full.size());
    people_.family_keys.insert(people_.family_keys.end(), keys.full.begin(), keys.full.end());
  }
  const auto count = static_cast<std::uint32_t>(people_.parts.size());
  const auto each_key = [&](auto tell, std::uint32_t id, const std::vector<std::uint64_t>& all) {
    for (const std::uint64_t key : all) tell(key, id, std::string_view(people_.parts[id].symbols));
  };
  fill(people_.words, [&](auto tell) {
    for (std::uint32_t id = 0; id < count; ++id)
      tell(text::word_hash(people_.parts[id].folded), id);
  });
  fill(people_.given_parts, [&](auto tell) {
    for (std::uint32_t id = 0; id < count; ++id) {
      if ((uses[id] & as_given) != 0) each_key(tell, id, keys_[id].full);
      if (people_.parts[id].given) each_key(tell, id, keys_[id].near);
    }
  });
  fill(people_.family_parts, [&](auto tell) {
    for (std::uint32_t id = 0; id < count; ++id)
      if ((uses[id] & as_family) != 0) each_key(tell, id, keys_[id].full);
  });
}

void PeopleBuilder::reserve_filters(std::span<const std::uint8_t> uses, unsigned family) {
  std::size_t full = 0, near = 0;
  for (std::size_t id = 0; id < uses.size(); ++id) {
    if ((uses[id] & family) == 0) continue;
    full += keys_[id].full.size();
    near += keys_[id].near.size();
  }
  people_.family_full.reserve(full);
  people_.family_near.reserve(near);
}

/// Marks the names of people whose family name others bear too. Two entities with a given name in
/// common may be one person, watched twice.
void PeopleBuilder::find_shared_families() {
  std::vector<std::uint32_t> first(people_.parts.size(), kNoPart);
  std::vector<bool> shared(people_.parts.size());
  const auto same_person = [&](const PersonName& a, const PersonName& b) {
    const auto of_a = people_.given(a), of_b = people_.given(b);
    return a.entity == b.entity || std::any_of(of_a.begin(), of_a.end(), [&](const NamePart& one) {
             return std::any_of(of_b.begin(), of_b.end(),
                                [&](const NamePart& other) { return one.part == other.part; });
           });
  };
  for (std::uint32_t n = 0; n < people_.names.size(); ++n) {
    const PersonName& name = people_.names[n];
    if (name.families == 0) continue;
    const std::uint32_t part = people_.family(name)[0].part;
    if (first[part] == kNoPart)
      first[part] = n;
    else if (!shared[part])
      shared[part] = !same_person(people_.names[first[part]], name);
  }
  for (PersonName& name : people_.names)
    name.shared_family = name.families != 0 && shared[people_.family(name)[0].part];
}

People PeopleBuilder::finish(Titles titles) && {
  find_shared_families();
  part_of_ = {};
  equivalents_ = {};
  people_.parts.shrink_to_fit();
  people_.names.shrink_to_fit();
  people_.name_parts.shrink_to_fit();
  people_.name_of.shrink_to_fit();
  for (const PersonName& name : people_.names) {
    for (const NamePart& given : people_.given(name))
      if (given.price <= 0) people_.parts[given.part].given = true;
    people_.any_alone |= name.bare == BareSurname::always || name.bare == BareSurname::with_context;
    people_.any_loose |= name.fuzzy == Fuzzy::loose;
  }
  index_pairs();
  index_names();
  index_parts();
  people_.titles = std::move(titles);
  people_.title_words.reserve(4 * people_.titles.size());
  for (const auto& [entity, words] : people_.titles)
    for (const std::uint64_t word : words) people_.title_words.add(word);
  return std::move(people_);
}

}  // namespace tocsin::rules::names
