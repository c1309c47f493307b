// SPDX-License-Identifier: MIT
#include "rules/names/detail/candidates.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "rules/names/detail/phrases.hpp"
#include "text/fold.hpp"

namespace tocsin::rules::names {
namespace {

constexpr int kReach = 6;           // units between the family name and the farthest given name
constexpr int kMostFillers = 2;     // unknown words between given and family name
constexpr float kSlack = 1.1F;      // further given names may make up for these
constexpr int kManyConsonants = 8;  // of both; so many are hardly ever shared by chance

/// True when `word` is long enough for a slip of the hand, and no given name of its own.
bool may_be_a_slip(const Word& word) {
  constexpr std::size_t kShortest = 5;  // symbols
  return word.script == Script::latin && !word.joined && !word.given && !word.spoken.empty() &&
         word.spoken.front().symbols.size() >= kShortest;
}

}  // namespace

void CandidateFinder::find(const UnitText& text, const People& people, WordCache& words,
                           Comparer& comparer, std::vector<Candidate>& out) {
  text_ = &text;
  people_ = &people;
  words_ = &words;
  comparer_ = &comparer;
  out_ = &out;
  out.clear();
  for (std::uint32_t piece = 0; piece < text.pieces.size(); ++piece) around(piece);
}

void CandidateFinder::around(std::uint32_t piece) {
  const std::size_t first = out_->size();
  const Word& word = *text_->pieces[piece].word;
  if (word.as_family.full.empty() && word.as_family.amiss.empty() && word.as_family.near.empty())
    return;
  if (people_->wholes.size() != 0) look_up_whole(piece);
  initials_.clear();
  look_before(piece);
  look_after(piece);
  look_up_alone(piece);
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
  // Elsewhere in Latin letters a name that is turned round is not respelled much.
  bool comma = false;
  const bool marked = script != Script::latin ||
                      all_capitals(text_->written(unit(text_->pieces[piece].first_unit)));
  for (int step = 0; step < kReach && at < text_->units.size(); ++step, ++at) {
    const Unit& here = unit(at);
    if (!soft(here.gap) && !(step == 0 && here.gap == Gap::comma)) break;
    comma |= here.gap == Gap::comma;
    for (std::uint32_t p = text_->pieces_from[at]; p < text_->pieces_from[at + 1]; ++p)
      look_up_pair(p, piece, comma || marked ? Reach::one_apart : Reach::same);
    if (here.script != script) break;
    if (here.initial) note_initial(here);
    if (!here.initial && !passes(here)) break;
  }
}

void CandidateFinder::note_initial(const Unit& initial) {
  initials_.push_back(text::fold(text_->written(initial)));
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
  Word& first = *text_->pieces[given].word;
  const Word& last = *text_->pieces[family].word;
  if (first.script != last.script) return;
  words_->find_givens(first, *people_);
  if (first.as_given.empty() && !may_be_a_slip(first)) return;
  KnownSet& places = known(first.number, last.number);
  for (const Known& place : places) {
    if (place.given != first.number || place.family != last.number || place.reach != reach)
      continue;
    for (std::uint32_t i = 0; i < place.count; ++i)
      out_->push_back({family, memory_[place.first + i], false});
    return;
  }
  const std::size_t begin = out_->size();
  look_up_anew(first, family, reach);
  std::shift_right(places.begin(), places.end(), 1);  // the eldest goes
  places.front() = {first.number, last.number, 0, 0, reach};
  remember(places.front(), begin);
}

CandidateFinder::KnownSet& CandidateFinder::known(std::uint32_t given, std::uint32_t family) {
  const std::uint64_t key = (std::uint64_t{given} << 32U | family) * 0x9E3779B97F4A7C15ULL;
  return known_[(key >> 32U) % kKnownSets];
}

/// Notes in `place` the candidates from `begin` on.
void CandidateFinder::remember(Known& place, std::size_t begin) {
  if (memory_.size() + out_->size() - begin > kMostMemory) {
    const Known kept = place;
    forget();
    place = kept;
  }
  remembers_ = true;
  place.first = static_cast<std::uint32_t>(memory_.size());
  for (std::size_t i = begin; i < out_->size(); ++i) memory_.push_back((*out_)[i].name);
  std::sort(memory_.begin() + place.first, memory_.end());
  memory_.erase(std::unique(memory_.begin() + place.first, memory_.end()), memory_.end());
  const std::size_t count = memory_.size() - place.first;
  if (count > std::numeric_limits<std::uint16_t>::max()) place = {};  // is found anew
  place.count = static_cast<std::uint16_t>(count);
}

void CandidateFinder::forget() noexcept {
  if (!remembers_) return;
  remembers_ = false;
  std::fill(known_.begin(), known_.end(), KnownSet{});
  memory_.clear();
}

void CandidateFinder::look_up_anew(const Word& first, std::uint32_t family, Reach reach) {
  const Word& last = *text_->pieces[family].word;
  const int consonants = first.as_family.consonants + last.as_family.consonants;
  // In its own script a name with a slip of the hand in one part has the other as it should be.
  const bool slips = first.script == Script::latin && consonants < kManyConsonants;
  limit_ = joint_limit(last.script, people_->any_loose ? Fuzzy::loose : Fuzzy::strict);
  const std::size_t between = reach == Reach::same ? 5 : 1;  // characters
  if (last.script == Script::han)
    limit_ = std::min(limit_, han_limit(first.length + last.length + between));
  comparer_->bound(last, Role::family, 1, bound_);
  family_most_ = bound_.most;
  for (const GivenLike& one : first.as_given) {
    if ((one.near && reach == Reach::same) || costs_too_much(one, last)) continue;
    found_.clear();
    narrow_bound(one, last);
    probe(one.id, last.as_family.full);
    if (last.exact_family != kNoPart)
      people_->pairs.find(pair_key(one.id, last.as_family.exact), bound_, found_);
    verify_pair(one, family, one.wanted);
    if (reach == Reach::same || one.near || (one.group && one.cost > 0) || (slips && !one.same))
      continue;
    found_.clear();
    probe(one.id, last.as_family.amiss);
    verify_pair(one, family, 0);
    found_.clear();
    for (const std::uint64_t key : last.as_family.near)
      people_->near_pairs.find(pair_key(one.id, key), found_);
    verify_pair(one, family, slips ? 0 : kEnoughConsonants);
  }
  if (reach == Reach::one_apart && may_be_a_slip(first) && last.exact_family != kNoPart)
    look_up_slip(first, family);
}

/// "Vladinir Putin": names of the very family name whose given name has a slip of the hand.
void CandidateFinder::look_up_slip(const Word& first, std::uint32_t family) {
  const Word& last = *text_->pieces[family].word;
  found_.clear();
  people_->families.find(pair_key(kNoInitial, given_id(last.exact_family)), found_);
  for (const std::uint32_t number : found_) {
    const PersonName& name = people_->names[people_->name_of[number]];
    const float limit = kSlack * joint_limit(first.script, name.fuzzy);
    for (const NamePart& part : people_->given(name)) {
      if (part.price > 0) break;  // forms come after what was configured
      const Likeness like = comparer_->compare(first, people_->parts[part.part], Role::given);
      if (like.within &&
          like.cost <= limit * static_cast<float>(like.length + std::min(last.length, 40U)))
        out_->push_back({family, people_->name_of[number], false});
    }
  }
}

/// True when no family name that `last` may be makes up for the given name.
bool CandidateFinder::costs_too_much(const GivenLike& given, const Word& last) const {
  constexpr float kLongest = 1.6F;  // of the word's symbols
  const auto symbols = static_cast<float>(last.spoken.front().symbols.size());
  return given.cost > kSlack * limit_ * (static_cast<float>(given.length) + kLongest * symbols);
}

void CandidateFinder::probe(std::uint64_t id, const std::vector<std::uint64_t>& keys) {
  for (const std::uint64_t key : keys) people_->pairs.find(pair_key(id, key), bound_, found_);
}

/// Leaves in `bound_` what a family name may cost beside this given name.
void CandidateFinder::narrow_bound(const GivenLike& given, const Word& last) {
  constexpr float kHundred = 100;
  const float spent = kHundred * (given.cost + (given.group ? kEquivalent : 0));
  std::size_t longest = last.length;
  for (const Spoken& spoken : last.spoken) longest = std::max(longest, spoken.symbols.size());
  longest = std::min<std::size_t>(longest, 2 * Alignment::kLongest);
  // Rounded up, and whole numbers, which the processor takes several at a time.
  const auto each = static_cast<std::int16_t>(kHundred * kSlack * limit_ + 1);
  const auto begin = static_cast<std::int16_t>(each * given.length - static_cast<int>(spent));
  for (std::size_t length = 1; length < family_most_.size(); ++length) {
    const auto longer = static_cast<std::int16_t>(std::max(longest, length));
    const auto most = static_cast<std::int16_t>(begin + each * longer);
    bound_.most[length] = std::min(family_most_[length], most);
  }
}

/// A quick look before the long one: could the given name and what was found be near enough?
void CandidateFinder::verify_pair(const GivenLike& given, std::uint32_t family, int consonants) {
  if (found_.empty()) return;
  const Piece& piece = text_->pieces[family];
  const float cost = given.cost + (given.group ? kEquivalent : 0);
  fetch();
  for (const std::uint32_t number : found_) {
    const NamePart& named = people_->name_parts[number];
    const PersonName& name = people_->names[people_->name_of[number]];
    const Part& part = people_->parts[named.part];
    if (given.consonants + part.consonants < consonants) continue;
    const Likeness last = comparer_->compare(*piece.word, part, Role::family);
    const float limit = kSlack * std::min(limit_, joint_limit(piece.word->script, name.fuzzy));
    if (last.within &&
        cost + last.cost + named.price <= limit * static_cast<float>(given.length + last.length))
      out_->push_back({family, people_->name_of[number], false});
  }
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
  words_->find_families(*piece.word, *people_);
  if (piece.word->families.empty()) return;
  const Side side = piece.word->script == Script::latin ? Side::latin_text : Side::other_text;
  initial_keys_.clear();
  if (before != nullptr) initial_keys_.push_back(kNoInitial);
  for (const std::string& initial : initials_)
    add_initial_keys(encode(initial, piece.word->script), side, initial_keys_);
  for (const PartLike& one : piece.word->families) {
    found_.clear();
    for (const std::uint64_t initial : initial_keys_)
      people_->families.find(pair_key(initial, given_id(one.part)), found_);
    fetch();
    for (const std::uint32_t number : found_) {
      const std::uint32_t name = people_->name_of[number];
      if (speaks_for(people_->names[name], piece.word->script, before))
        out_->push_back({at, name, false});
    }
  }
}

/// True when an initial beside the family name, or the title `before` it, may be of `name`.
bool CandidateFinder::speaks_for(const PersonName& name, Script script, const Unit* before) const {
  if (before != nullptr) {
    if (before->is(kTitle) && !name.common_family) return true;
    if (name.particle != 0 && name.particle == before->hash) return true;
    if (people_->titles.contains(name.entity)) return true;
  }
  return std::any_of(initials_.begin(), initials_.end(), [&](const std::string& initial) {
    return may_stand_for(initial, script, name);
  });
}

void CandidateFinder::look_up_whole(std::uint32_t piece) {
  Word& word = *text_->pieces[piece].word;
  words_->find_wholes(word, *people_);
  for (const std::uint32_t name : word.wholes) out_->push_back({piece, name, true});
}

namespace {

bool may_sound_like(Symbol symbol, Script script, const PersonName& name) {
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

/// In Latin letters an initial is the very letter, or one that other languages write for it.
bool may_be_spelled(char letter, const PersonName& name) {
  constexpr std::array<std::string_view, 8> kSame = {"ck", "kq", "cq", "jy",
                                                     "iy", "vw", "uw", "jg"};
  return letter != '.' && std::any_of(name.letters.begin(), name.letters.end(), [&](char given) {
           return given == letter ||
                  std::any_of(kSame.begin(), kSame.end(), [&](std::string_view two) {
                    return two.find(letter) != two.npos && two.find(given) != two.npos;
                  });
         });
}

}  // namespace

bool may_stand_for(std::string_view folded, Script script, const PersonName& name) {
  constexpr unsigned char kAscii = 0x80;
  if (folded.empty()) return false;
  if (script == Script::latin && name.script == script &&
      static_cast<unsigned char>(folded[0]) < kAscii)
    return std::any_of(folded.begin(), name.common_family ? folded.begin() + 1 : folded.end(),
                       [&](char letter) { return may_be_spelled(letter, name); });
  const std::string symbols = encode(folded, script);
  return std::any_of(symbols.begin(), symbols.end(),
                     [&](Symbol symbol) { return may_sound_like(symbol, script, name); });
}

}  // namespace tocsin::rules::names
