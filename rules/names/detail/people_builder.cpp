// SPDX-License-Identifier: MIT
#include <algorithm>

#include "rules/names/detail/lexicon.hpp"
#include "rules/names/detail/model.hpp"
#include "text/fold.hpp"
#include "text/tokenizer.hpp"

namespace tocsin::rules::names {
namespace {

constexpr float kEquivalent = 0.1F;    // another language's form of the given name
constexpr float kHalf = 0.1F;          // one half of a double family name
constexpr std::size_t kRespelled = 4;  // symbols of a part that may have a consonant amiss
constexpr int kEnoughConsonants = 5;   // of given and family name, one of which may be amiss

std::uint8_t bit(std::size_t word) {
  return static_cast<std::uint8_t>(1U << word);
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
  people_.parts.push_back({place->first, encode(word, script), script});
  const std::string& symbols = people_.parts.back().symbols;
  const Reach reach = symbols.size() >= kRespelled ? Reach::one_apart : Reach::same;
  add_keys(symbols, Side::watched, reach, keys_.emplace_back());
  keys_.back().exact = exact_key(place->first);
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
  if (first > 0 && Lexicon::particle(shape.folded[first - 1]))
    put(words[first - 1] + words[first], 0);
}

void PeopleBuilder::add_given(const NameShape& shape) {
  for (std::size_t i = 0; i < shape.given.size(); ++i) {
    const std::string& word = shape.words[shape.given[i]];
    const auto mask = bit(shape.given[i]);
    const std::uint32_t own = part(word);
    given_.push_back({own, mask, 0});
    for (const std::uint32_t other : equivalents(own)) given_.push_back({other, mask, kEquivalent});
    if (i + 1 == shape.given.size()) continue;
    const auto both = static_cast<std::uint8_t>(mask | bit(shape.given[i + 1]));
    given_.push_back({part(word + shape.words[shape.given[i + 1]]), both, 0});
  }
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

/// Collects the keys of one part of one name, each once.
class PeopleBuilder::PartKeys {
 public:
  void pairs(const std::vector<std::uint64_t>& given, const std::vector<std::uint64_t>& family) {
    for (const std::uint64_t g : given)
      for (const std::uint64_t f : family) keys_.push_back(pair_key(g, f));
  }
  /// Given and family name with a consonant of one of them amiss.
  void respelled(const Keys& given, const Keys& family) {
    for (const auto* any : {&family.full, &family.near}) pairs({given.exact}, *any);
    for (const auto* any : {&given.full, &given.near}) pairs(*any, {family.exact});
    if (given.consonants + family.consonants < kEnoughConsonants) return;
    pairs(given.full, family.near);
    pairs(given.near, family.full);
  }
  /// Puts the keys of the part of this number into `table`, and forgets them.
  void move_to(KeyTable& table, std::uint32_t part) {
    std::sort(keys_.begin(), keys_.end());
    keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
    for (const std::uint64_t key : keys_) table.add(key, part);
    keys_.clear();
  }

 private:
  std::vector<std::uint64_t> keys_;
};

void PeopleBuilder::index(const PersonName& name) {
  PartKeys keys;
  std::uint32_t part = name.first_part;
  for (const NamePart& given : people_.given(name)) {
    for (const NamePart& family : people_.family(name)) {
      keys.pairs(keys_[given.part].full, keys_[family.part].full);
      // Another form of a given name is not respelled as well.
      if (given.price == 0 && name.fuzzy != Fuzzy::off)
        keys.respelled(keys_[given.part], keys_[family.part]);
    }
    keys.move_to(people_.pairs, part++);
  }
  std::vector<std::uint64_t> initials{kNoInitial};
  for (const auto& [first, second] : name.initials) {
    if (first != 0) add_initial_keys({&first, 1}, Side::watched, initials);
    const bool glide = second != 0 && SoundCosts::instance().swap('j', first) <= kSameSound;
    if (glide) add_initial_keys({&second, 1}, Side::watched, initials);
  }
  for (const NamePart& family : people_.family(name)) {
    keys.pairs(initials, keys_[family.part].full);
    keys.move_to(people_.families, part++);
  }
  for (const NamePart& whole : people_.whole(name)) {
    keys.pairs({kNoInitial}, keys_[whole.part].full);
    keys.move_to(people_.wholes, part++);
  }
  people_.any_alone |= name.bare == BareSurname::always || name.bare == BareSurname::with_context;
}

/// Fills the filters that words are judged by one by one.
void PeopleBuilder::index_words() {
  std::size_t keys = 0;
  for (const Keys& part : keys_) keys += part.full.size() + part.near.size();
  people_.given_keys.reserve(keys);
  people_.family_keys.reserve(keys);
  people_.whole_keys.reserve(people_.names.size());
  people_.words.reserve(people_.parts.size());
  const auto put = [&](const NamePart& part, KeyFilter& filter) {
    for (const std::uint64_t key : keys_[part.part].full) filter.add(key);
    for (const std::uint64_t key : keys_[part.part].near) filter.add(key);
  };
  for (const PersonName& name : people_.names) {
    for (const NamePart& part : people_.given(name)) put(part, people_.given_keys);
    for (const NamePart& part : people_.family(name)) put(part, people_.family_keys);
    for (const NamePart& part : people_.whole(name)) put(part, people_.whole_keys);
  }
  for (const Part& part : people_.parts) people_.words.add(text::word_hash(part.folded));
}

People PeopleBuilder::finish(Titles titles) && {
  for (const PersonName& name : people_.names) index(name);
  people_.pairs.finish();
  people_.families.finish();
  people_.wholes.finish();
  index_words();
  people_.titles = std::move(titles);
  people_.title_words.reserve(4 * people_.titles.size());
  for (const auto& [entity, words] : people_.titles)
    for (const std::uint64_t word : words) people_.title_words.add(word);
  return std::move(people_);
}

}  // namespace tocsin::rules::names
