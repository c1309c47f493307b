// SPDX-License-Identifier: MIT
#include "rules/names/detail/candidates.hpp"

#include <algorithm>
#include <tuple>

#include "text/fold.hpp"

namespace tocsin::rules::names {
namespace {

constexpr int kReach = 6;            // units between the family name and the farthest given name
constexpr int kMostFillers = 2;      // unknown words between given and family name
constexpr float kSureAlone = 0.12F;  // cost a symbol of a family name beside an initial
constexpr int kManyConsonants = 8;   // of both; so many are hardly ever shared by chance

}  // namespace

void CandidateFinder::find(const UnitText& text, const People& people, Comparer& comparer,
                           std::vector<Candidate>& out) {
  text_ = &text;
  people_ = &people;
  comparer_ = &comparer;
  out_ = &out;
  out.clear();
  for (std::uint32_t piece = 0; piece < text.pieces.size(); ++piece) around(piece);
}

void CandidateFinder::around(std::uint32_t piece) {
  const std::size_t first = out_->size();
  const Word& word = *text_->pieces[piece].word;
  if (!word.as_whole.empty()) look_up_whole(piece);
  if (!word.as_family.full.empty() || !word.as_family.near.empty()) {
    initials_.clear();
    look_before(piece);
    look_after(piece);
    look_up_alone(piece);
  }
  const auto begin = out_->begin() + static_cast<std::ptrdiff_t>(first);
  const auto order = [](const Candidate& c) { return std::tie(c.name, c.whole); };
  std::sort(begin, out_->end(),
            [&](const Candidate& a, const Candidate& b) { return order(a) < order(b); });
  out_->erase(
      std::unique(begin, out_->end(),
                  [&](const Candidate& a, const Candidate& b) { return order(a) == order(b); }),
      out_->end());
}

/// Given names in front: "Ali Khamenei", "Ali Hosseini Khamenei".
void CandidateFinder::look_before(std::uint32_t piece) {
  std::uint32_t next = text_->pieces[piece].first_unit;  // the unit after the one looked at
  const Script script = unit(next).script;
  int fillers = 0;
  for (int step = 0; step < kReach && next > 0; ++step, --next) {
    if (!soft(unit(next).gap) && !(step == 0 && unit(next).gap == Gap::comma)) break;
    if (step == 0 && unit(next).opens) break;
    for (std::uint32_t at = next - std::min(next, 2U); at < next; ++at)
      for (std::uint32_t p = text_->pieces_from[at]; p < text_->pieces_from[at + 1]; ++p)
        if (text_->pieces[p].last_unit == next)
          look_up_pair(p, piece, fillers == 0 ? Reach::one_apart : Reach::same);
    const Unit& between = unit(next - 1);
    if (between.script != script) break;
    if (between.initial && fillers == 0 && unit(next).gap != Gap::hyphen) note_initial(between);
    if (!between.initial && !passes(between) && (!name_like(between) || ++fillers > kMostFillers))
      break;
  }
}

/// Given names behind: "Khamenei, Ali", "Khamenei Ali".
void CandidateFinder::look_after(std::uint32_t piece) {
  std::uint32_t at = text_->pieces[piece].last_unit;
  const Script script = unit(at - 1).script;
  for (int step = 0; step < kReach && at < text_->units.size(); ++step, ++at) {
    const Unit& here = unit(at);
    if (!soft(here.gap) && !(step == 0 && here.gap == Gap::comma)) break;
    for (std::uint32_t p = text_->pieces_from[at]; p < text_->pieces_from[at + 1]; ++p)
      look_up_pair(p, piece, Reach::one_apart);
    if (here.script != script) break;
    if (here.initial) note_initial(here);
    if (!here.initial && !passes(here)) break;
  }
}

void CandidateFinder::note_initial(const Unit& initial) {
  initials_ += encode(text::fold(text_->written(initial)), initial.script);
}

/// Brings what was found near, all at once: the table's numbers lead anywhere.
void CandidateFinder::fetch() {
  std::sort(found_.begin(), found_.end());
  found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
  for (const std::uint32_t part : found_) __builtin_prefetch(&people_->name_parts[part]);
  for (const std::uint32_t part : found_)
    __builtin_prefetch(&people_->parts[people_->name_parts[part].part]);
}

void CandidateFinder::look_up_pair(std::uint32_t given, std::uint32_t family, Reach reach) {
  const Word& given_word = *text_->pieces[given].word;
  const Word& family_word = *text_->pieces[family].word;
  if (given_word.script != family_word.script) return;
  const Keys& g = given_word.as_given;
  const Keys& f = family_word.as_family;
  const KeyTable& pairs = people_->pairs;
  found_.clear();
  const auto probe = [&](const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
    for (const std::uint64_t one : a)
      for (const std::uint64_t other : b) pairs.find(pair_key(one, other), found_);
  };
  probe(g.full, f.full);
  const bool few = g.consonants + f.consonants < kManyConsonants;
  if (reach == Reach::one_apart && few && family_word.script == Script::latin) {
    // In its own script a name with a slip of the hand in one part has the other as it should be.
    if (given_word.watched)
      for (const std::uint64_t near : f.near) pairs.find(pair_key(g.exact, near), found_);
    if (family_word.watched)
      for (const std::uint64_t near : g.near) pairs.find(pair_key(near, f.exact), found_);
  } else if (reach == Reach::one_apart) {
    probe(g.full, f.near);
    probe(g.near, f.full);
  }
  if (found_.empty()) return;
  fetch();
  for (const std::uint32_t part : found_) {
    const std::uint32_t name = people_->name_of[part];
    if (goes_together(people_->name_parts[part], text_->pieces[given], text_->pieces[family],
                      people_->names[name]))
      out_->push_back({family, name, false});
  }
}

/// A quick look before the long one: could the two pieces together be near enough?
bool CandidateFinder::goes_together(const NamePart& part, const Piece& given, const Piece& family,
                                    const PersonName& name) {
  constexpr float kSlack = 1.1F;  // further given names may make up for these
  const Likeness first =
      comparer_->compare(*given.word, people_->parts[part.part], Role::given, given.joined);
  if (!first.within) return false;
  const float limit = kSlack * joint_limit(given.word->script, name.fuzzy);
  const auto parts = people_->family(name);
  return std::any_of(parts.begin(), parts.end(), [&](const NamePart& one) {
    const Likeness last =
        comparer_->compare(*family.word, people_->parts[one.part], Role::family, family.joined);
    return last.within && first.cost + part.price + last.cost + one.price <=
                              limit * static_cast<float>(first.length + last.length);
  });
}

/// The family name beside an initial, or behind a title.
void CandidateFinder::look_up_alone(std::uint32_t at) {
  const Piece& piece = text_->pieces[at];
  const Unit* before = nullptr;
  if (piece.first_unit > 0 && soft(unit(piece.first_unit).gap)) {
    before = &unit(piece.first_unit - 1);
    const bool title = people_->title_words.perhaps(before->hash) ||
                       (before->is(kTitle) && !before->lower()) ||
                       (before->is(kParticle) && before->capital);
    if (!title) before = nullptr;
  }
  if (before == nullptr && initials_.empty()) return;
  const Side side = piece.word->script == Script::latin ? Side::latin_text : Side::other_text;
  initial_keys_.clear();
  if (before != nullptr) initial_keys_.push_back(kNoInitial);
  add_initial_keys(initials_, side, initial_keys_);
  found_.clear();
  for (const std::uint64_t initial : initial_keys_)
    for (const std::uint64_t key : piece.word->as_family.full)
      people_->families.find(pair_key(initial, key), found_);
  fetch();
  for (const std::uint32_t part : found_) {
    const Likeness like = comparer_->compare(
        *piece.word, people_->parts[people_->name_parts[part].part], Role::family, piece.joined);
    const std::uint32_t name = people_->name_of[part];
    if (like.within && like.cost <= kSureAlone * static_cast<float>(like.length) &&
        speaks_for(people_->names[name], piece.word->script, before))
      out_->push_back({at, name, false});
  }
}

/// True when an initial beside the family name, or the title `before` it, may be of `name`.
bool CandidateFinder::speaks_for(const PersonName& name, Script script, const Unit* before) const {
  if (before != nullptr) {
    if (before->is(kTitle) && !name.common_family) return true;
    if (name.particle != 0 && name.particle == before->hash) return true;
    if (people_->titles.contains(name.entity)) return true;
  }
  return std::any_of(initials_.begin(), initials_.end(),
                     [&](Symbol symbol) { return may_stand_for(symbol, script, name); });
}

void CandidateFinder::look_up_whole(std::uint32_t piece) {
  found_.clear();
  for (const std::uint64_t key : text_->pieces[piece].word->as_whole)
    people_->wholes.find(pair_key(kNoInitial, key), found_);
  for (const std::uint32_t part : found_) out_->push_back({piece, people_->name_of[part], true});
}

bool may_stand_for(Symbol symbol, Script script, const PersonName& name) noexcept {
  constexpr float kSameLetter = 0.16F;
  const auto& costs = SoundCosts::instance();
  return std::any_of(name.initials.begin(), name.initials.end(), [&](const auto& given) {
    const auto [first, second] = given;
    if (first == 0) return false;
    // Cyrillic writes the sound of J with two letters, д and ж; and Yegor as Егор.
    const bool two_letters =
        script == Script::cyrillic && symbol == 'd' && costs.swap('J', first) <= kSameLetter;
    const bool glide = second != 0 && costs.swap('j', first) <= kSameSound &&
                       costs.swap(symbol, second) <= kSameLetter;
    return two_letters || glide || costs.swap(symbol, first) <= kSameLetter;
  });
}

}  // namespace tocsin::rules::names
