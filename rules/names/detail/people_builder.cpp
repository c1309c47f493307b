// SPDX-License-Identifier: MIT
#include <algorithm>

#include "rules/names/detail/lexicon.hpp"
#include "rules/names/detail/model.hpp"
#include "text/fold.hpp"
#include "text/tokenizer.hpp"

namespace tocsin::rules::names {
namespace {

constexpr float kEquivalent = 0.1F;  // another language's form of the given name
constexpr float kHalf = 0.1F;        // one half of a double family name
constexpr std::size_t kMostWords = 8;

/// A name taken apart: words as written, and where hyphens join them.
struct Taken {
  std::vector<std::string> words;
  std::vector<bool> hyphen;  ///< before the word
};

bool is_hyphen(std::string_view gap) {
  return gap == "-" || gap == "\u2010" || gap == "\u2011" || gap == "\u2013" || gap == "\u200C";
}

/// "Family, Given" becomes "Given Family"; titles in front and "Jr." behind are dropped.
Taken take_apart(std::string_view spelling) {
  std::string turned;
  if (const auto comma = spelling.find(','); comma != std::string_view::npos) {
    turned = std::string(spelling.substr(comma + 1)) + " " + std::string(spelling.substr(0, comma));
    spelling = turned;
  }
  std::vector<text::Token> tokens;
  text::tokenize(spelling, tokens);
  Taken out;
  std::size_t end = 0;
  for (const text::Token& token : tokens) {
    const auto gap = spelling.substr(end, token.start - end);
    std::string word(spelling.substr(token.start, token.length));
    // Han and kana are single tokens; a name's word is their run. "Ra'ad" is one word too.
    const Script script = script_of(word);
    const bool glued =
        !out.words.empty() && (((script == Script::kana || script == Script::han) && gap.empty()) ||
                               gap == "'" || gap == "\u2019");
    if (glued)
      out.words.back() += word;
    else {
      out.words.push_back(std::move(word));
      out.hyphen.push_back(is_hyphen(gap));
    }
    end = token.end();
  }
  const auto folded = [](const std::string& w) { return text::fold(w); };
  while (out.words.size() > 2 && Lexicon::title(folded(out.words.front())) &&
         !Lexicon::given(folded(out.words.front()))) {
    out.words.erase(out.words.begin());
    out.hyphen.erase(out.hyphen.begin());
  }
  while (out.words.size() > 2 &&
         (folded(out.words.back()) == "jr" || folded(out.words.back()) == "sr" ||
          folded(out.words.back()) == "junior")) {
    out.words.pop_back();
    out.hyphen.pop_back();
  }
  return out;
}

/// True when the family name stands in front: Kim Jong-un, Hu Jintao.
bool family_in_front(const Taken& name) {
  const std::size_t n = name.words.size();
  if (n < 2 || n > 3 || !Lexicon::eastern_family(text::fold(name.words[0]))) return false;
  if (n == 3 && name.hyphen[2]) return true;
  const std::string last = text::fold(name.words[n - 1]);
  return !Lexicon::eastern_family(last) && !Lexicon::given(text::fold(name.words[0]));
}

struct Family {
  std::size_t first = 0, count = 1;
  bool eastern = false;
};

Family family_of(const Taken& name) {
  const std::size_t n = name.words.size();
  if (family_in_front(name)) return {0, 1, true};
  const std::string last = text::fold(name.words[n - 1]);
  const bool hyphenated =
      n > 2 && name.hyphen[n - 1] && !Lexicon::particle(text::fold(name.words[n - 2]));
  if (hyphenated) return {n - 2, 2, false};
  return {n - 1, 1, Lexicon::eastern_family(last) && n == 3 && letters(last) <= 4};
}

std::string plain(std::string_view pinyin_like) {
  std::string out;
  for (const char c : text::fold(pinyin_like))
    if (c >= 'a' && c <= 'z') out += c;
  return out;
}

}  // namespace

void PeopleBuilder::add_part(std::string_view word, Posting posting) {
  std::string folded = text::fold(word);
  const auto next = static_cast<std::uint32_t>(people_.parts.size());
  const auto [place, fresh] = people_.part_of.try_emplace(folded, next);
  if (fresh) {
    const Script script = script_of(word);
    symbols_.push_back(encode(word, script));
    people_.parts.push_back({std::move(folded), script, {}});
  }
  Part& part = people_.parts[place->second];
  if (posting.role == Role::given) {
    auto& given = people_.names[posting.name].given;
    given.push_back({place->second, posting.mask, posting.price});
  }
  part.postings.push_back(posting);
}

void PeopleBuilder::add_family(std::uint32_t name, const std::vector<std::string>& words,
                               std::size_t first, std::size_t count) {
  const auto posting = [&](float price) {
    return Posting{name, Role::family, static_cast<std::uint8_t>(1U << first), price};
  };
  if (count == 2) {
    add_part(words[first] + words[first + 1], posting(0));
    add_part(words[first], posting(kHalf));
    add_part(words[first + 1], posting(kHalf));
    return;
  }
  add_part(words[first], posting(0));
  if (first > 0 && Lexicon::particle(text::fold(words[first - 1])))
    add_part(words[first - 1] + words[first], posting(0));
}

void PeopleBuilder::add_given(std::uint32_t name, const std::vector<std::string>& words,
                              const std::vector<std::size_t>& given) {
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::string& word = words[given[i]];
    const auto mask = static_cast<std::uint8_t>(1U << given[i]);
    add_part(word, {name, Role::given, mask, 0});
    const std::string folded = text::fold(word);
    for (const std::string_view other : Lexicon::equivalents(folded))
      add_part(other, {name, Role::given, mask, kEquivalent});
    if (i + 1 == given.size()) continue;
    const auto both = static_cast<std::uint8_t>(mask | 1U << given[i + 1]);
    add_part(word + words[given[i + 1]], {name, Role::given, both, 0});
  }
}

bool PeopleBuilder::add(std::uint32_t entity, const EntitySpec& spec, std::string_view spelling) {
  Taken name = take_apart(spelling);
  if (name.words.empty() || name.words.size() > kMostWords) return false;
  const auto id = static_cast<std::uint32_t>(people_.names.size());
  const Family family = name.words.size() > 1 ? family_of(name) : Family{0, 1, false};
  PersonName person;
  person.entity = entity;
  person.fuzzy = spec.fuzzy;
  person.bare = spec.bare_surname;
  person.script = script_of(name.words[family.first]);
  person.family = family.first;
  std::vector<std::size_t> given;
  for (std::size_t i = 0; i < name.words.size(); ++i) {
    const std::string folded = text::fold(name.words[i]);
    person.words.push_back(folded);
    if (i >= family.first && i < family.first + family.count) continue;
    if (letters(folded) < 2 || (Lexicon::particle(folded) && name.words.size() > 2 && i > 0))
      continue;
    given.push_back(i);
    person.given_mask = static_cast<std::uint8_t>(person.given_mask | 1U << i);
    person.initials.push_back(encode(name.words[i], script_of(name.words[i])));
  }
  const std::string& family_word = person.words[family.first];
  person.common_family = Lexicon::common_family(family_word) ||
                         Lexicon::eastern_family(family_word) ||
                         (letters(family_word) < 4 && person.script != Script::han);
  person.all_given = family.eastern;
  people_.names.push_back(std::move(person));
  if (given.empty()) {
    std::string joined;
    for (const std::string& word : name.words) joined += word;
    add_part(joined, {id, Role::whole, 1, 0});
    return true;
  }
  if (name.words.size() == 2 && name.hyphen[1])  // "Jay-Z"
    add_part(name.words[0] + name.words[1], {id, Role::whole, 1, 0});
  add_family(id, name.words, family.first, family.count);
  add_given(id, name.words, given);
  if (family.eastern) {
    std::string joined = name.words[family.first];
    for (const std::size_t i : given) joined += name.words[i];
    add_part(joined, {id, Role::whole, 1, 0});
    people_.pinyin.try_emplace(plain(joined), id);
  }
  return true;
}

People PeopleBuilder::finish() && {
  for (PersonName& name : people_.names) {
    const auto order = [](const GivenPart& a, const GivenPart& b) {
      return a.part != b.part ? a.part < b.part : a.price < b.price;
    };
    std::sort(name.given.begin(), name.given.end(), order);
  }
  people_.trie.build(symbols_);
  return std::move(people_);
}

}  // namespace tocsin::rules::names
