// SPDX-License-Identifier: MIT
#include "rules/names/detail/assembler.hpp"

#include <algorithm>
#include <bit>

#include "rules/names/detail/gathered.hpp"
#include "rules/names/detail/lexicon.hpp"
#include "rules/names/detail/phrases.hpp"
#include "rules/names/detail/titled.hpp"
#include "text/fold.hpp"

namespace tocsin::rules::names {
namespace {

constexpr int kReach = 6;        // units between the family name and the farthest given name
constexpr int kMostFillers = 2;  // unknown words between given and family name

/// A piece of the text taken for a part of a name.
struct Found {
  const Piece* piece = nullptr;
  const NamePart* part = nullptr;
  Likeness like;

  [[nodiscard]] float cost() const { return like.cost + part->price; }
  [[nodiscard]] std::uint32_t start() const { return piece->start + like.clitic; }
  [[nodiscard]] bool joins() const { return std::popcount(part->mask) > 1; }
};

class Assembler {
 public:
  Assembler(const UnitText& text, const People& people, WordCache& words, Comparer& comparer,
            std::vector<Mention>& out)
      : text_(text), people_(people), words_(words), comparer_(comparer), out_(out) {}

  void consider(const Candidate& candidate) {
    const Piece& piece = text_.pieces[candidate.piece];
    const PersonName& name = people_.names[candidate.name];
    if (candidate.whole) return take_whole(piece, name);
    const Found family = best(piece, people_.family(name), Role::family, name);
    if (family.part != nullptr && affordable(family, name)) around(family, name);
  }

 private:
  const Unit& unit(std::size_t i) const { return text_.units[i]; }
  std::uint32_t number(const PersonName& name) const {
    return static_cast<std::uint32_t>(&name - people_.names.data());
  }
  Script script(const Found& found) const { return unit(found.piece->first_unit).script; }

  /// The cheapest of `parts` that `piece` may be.
  Found best(const Piece& piece, std::span<const NamePart> parts, Role role,
             const PersonName& name) const {
    Found found{&piece, nullptr, {}};
    for (const NamePart& part : parts) {
      const Likeness like = comparer_.compare(*piece.word, people_.parts[part.part], role);
      if (!counts(piece, like, name)) continue;
      if (found.part != nullptr && like.cost + part.price >= found.cost()) continue;
      found.part = &part;
      found.like = like;
    }
    return found;
  }

  /// A title or another word that is no name is only ever itself: "Sen" is not Sean.
  bool counts(const Piece& piece, const Likeness& like, const PersonName& name) const {
    if (!like.within || (name.fuzzy == Fuzzy::off && !like.same)) return false;
    return like.same || piece.joined ||
           !unit(piece.first_unit).is(kTitle | kWeakTitle | kFunction | kConjunction | kWord);
  }

  bool affordable(const Found& found, const PersonName& name) const {
    return name.fuzzy == Fuzzy::loose ||
           found.like.cost <=
               budget_of(script(found), name.fuzzy) * static_cast<float>(found.like.length);
  }

  void take_whole(const Piece& piece, const PersonName& name) {
    const Found found = best(piece, people_.whole(name), Role::whole, name);
    if (found.part == nullptr || unit(piece.first_unit).lower()) return;
    if (!name.all_given && !found.like.same) return;  // one word is too little to respell
    if (found.like.cost > kSureWhole * static_cast<float>(found.like.length)) return;
    out_.push_back({name.entity, number(name), piece.first_unit, piece.last_unit, found.start(),
                    piece.end, found.like.each(), FormKind::whole, found.like.cost > kExact,
                    found.like.clitic != 0});
  }

  void around(const Found& family, const PersonName& name) {
    const Piece& piece = *family.piece;
    Gathered seed;
    seed.first = piece.first_unit;
    seed.last = piece.last_unit;
    seed.start = family.start();
    seed.end = piece.end;
    seed.cost = family.cost();
    seed.price = family.part->price + family.like.ending;
    seed.length = family.like.length;
    seed.respelled = family.like.cost > kExact;
    seed.clitic = family.like.clitic != 0;
    seed.lower = unit(piece.first_unit).lower() && unit(piece.last_unit - 1).lower();
    Gathered before = seed;
    look_before(name, before);
    if (accept(before, name, family)) return;
    Gathered after = seed;
    after.marked = all_capitals(text_.written(unit(piece.first_unit)));
    after.family_first = true;
    look_after(name, after);
    if (accept(after, name, family)) return;
    if (!seed.lower) titled(family, name);
  }

  /// The cheapest given-name part of `name` among the pieces of unit `i` that end before `end`.
  Found given_at(std::size_t i, std::uint32_t end, const PersonName& name) const {
    Found found;
    float cheapest = 1e9F;
    for (const Piece& piece : text_.at(i)) {
      if (piece.last_unit != end) continue;
      words_.find_givens(*piece.word, people_);
      for (const NamePart& part : people_.given(name)) {
        if (part.price > 0 && piece.word->givens.empty()) break;  // forms are the last
        const Likeness like = given_like(*piece.word, part);
        if (!counts(piece, like, name)) continue;
        const Found one{&piece, &part, like};
        if (too_far(one, name)) continue;
        // What was configured comes before forms of it that are no nearer.
        if (part.price > 0 && found.part != nullptr && one.cost() >= found.cost()) continue;
        // A joined pair covers more words and is worth more.
        const float cost = (one.cost() + 0.1F) / static_cast<float>(like.length) /
                           static_cast<float>(std::popcount(part.mask));
        if (cost >= cheapest) continue;
        cheapest = cost;
        found = one;
      }
    }
    return found;
  }

  /// Given names were looked up with the word, but in Latin script without slips of the hand.
  Likeness given_like(const Word& word, const NamePart& part) const {
    if (part.price == 0 && word.script == Script::latin)
      return comparer_.compare(word, people_.parts[part.part], Role::given);
    const auto found =
        std::lower_bound(word.givens.begin(), word.givens.end(), part.part,
                         [](const PartLike& one, std::uint32_t id) { return one.part < id; });
    return found != word.givens.end() && found->part == part.part ? found->like : Likeness{};
  }

  /// Another form of a given name is not respelled as well, nor are the syllables of Kim Jong-un.
  bool too_far(const Found& found, const PersonName& name) const {
    constexpr float kSyllable = 0.08F, kForeignSyllable = 0.16F;
    const float each = found.like.cost / static_cast<float>(found.like.length);
    const Script in = script(found);
    if (found.part->price > 0 && each > most_of_a_form(in)) return true;
    // A known given name is no other one's form respelled, but for an ending: Tom is no Timo.
    constexpr float kEnding = 0.16F;
    const bool known = in == Script::latin && found.piece->word->given;
    if (found.part->price > 0 && known && found.like.cost > kEnding) return true;
    return name.all_given && each > (in == Script::latin ? kSyllable : kForeignSyllable);
  }

  void take(const Found& found, Gathered& g) const {
    const std::uint8_t mask = found.part->mask;
    if ((g.mask | mask) == g.mask) return;
    const Piece& piece = *found.piece;
    g.mask = static_cast<std::uint8_t>(g.mask | mask);
    g.cost += found.cost();
    g.given_cost += found.like.cost - found.like.ending;
    g.price += found.part->price + found.like.ending;
    g.form |= found.part->price > 0;
    g.length += found.like.length;
    g.given = true;
    g.respelled |= found.like.cost > kExact;
    g.clitic |= found.like.clitic != 0;
    g.lower |= unit(piece.first_unit).lower();
    g.capital |= unit(piece.first_unit).capital;
    g.marked &= !all_capitals(text_.written(unit(piece.first_unit)));
    g.start = std::min(g.start, found.start());
    g.end = std::max(g.end, piece.end);
    g.first = std::min(g.first, piece.first_unit);
    g.last = std::max(g.last, piece.last_unit);
  }

  void look_before(const PersonName& name, Gathered& g) const {
    auto next = g.first;  // the unit after the one looked at
    bool closed = false;  // a bracket that ends here
    for (int step = 0; step < kReach && next > 0; ++step) {
      // "Kai-shek, Chiang", as lists have it that take every name for a western one.
      const bool turned = step == 0 && name.all_given && unit(next).gap == Gap::comma;
      if (!soft(unit(next).gap) && !turned) return;
      // "Jordan (Washington office)", "Boxer (D-Calif)", but "Recep (Tayyip) Erdogan".
      if (unit(next).opens && !closed) return;
      closed = unit(next).gap == Gap::bracket && !unit(next).opens;
      Found found = given_at(next - 1, next, name);
      if (next > 1 && soft(unit(next - 1).gap)) {
        const Found pair = given_at(next - 2, next, name);
        if (pair.part != nullptr && (found.part == nullptr || pair.joins())) found = pair;
      }
      if (found.part != nullptr) {
        take(found, g);
        next = found.piece->first_unit;
        continue;
      }
      const Unit& between = unit(next - 1);
      if (!same_script(between, g)) return;
      if (between.initial && (between.cased || !between.is(kParticle)) &&
          unit(next).gap != Gap::hyphen) {
        // "B. N. Yeltsin": the second initial is of no name that is known.
        const bool fits = initial(between, name, g);
        if (fits) {
          g.first = next - 1;
          g.start = std::min(g.start, between.start);
        }
        // "W. M. Smith" is not Mary: the first of them says who it is, where many are called so.
        g.initial = fits || (g.initial && !name.common_family);
      } else if (passes(between)) {
        // free
      } else if (g.initial && between.first_of_sentence && !between.is(kGiven)) {
        return;  // "Yesterday J. E. Hoover", but not "Robert J. Hoover"
      } else if (!g.given && name_like(between) && g.fillers < kMostFillers) {
        ++g.fillers;
      } else {
        return;
      }
      --next;
    }
  }

  void look_after(const PersonName& name, Gathered& g) const {
    std::uint32_t at = g.last;
    for (int step = 0; step < kReach && at < text_.units.size(); ++step) {
      const Unit& here = unit(at);
      if (step == 0 && here.gap == Gap::comma)
        g.comma = true;
      else if (!soft(here.gap))
        break;
      g.bracket |= here.gap == Gap::bracket && !g.given;
      Found found = given_at(at, at + 1, name);
      const Found pair = given_at(at, at + 2, name);
      if (pair.part != nullptr && (found.part == nullptr || pair.joins())) found = pair;
      if (found.part != nullptr) {
        take(found, g);
        at = found.piece->last_unit;
        continue;
      }
      if (!same_script(here, g)) break;
      if (here.initial && !g.given && stands_behind(at, g) && initial(here, name, g)) {
        g.initial = true;
        g.last = at + 1;
        g.end = std::max(g.end, here.end);
      } else if (!passes(here) || g.given) {
        break;
      }
      ++at;
    }
    if (g.comma && !ends_well(at, g)) g.given = g.initial = false;
  }

  /// "Larijani A.", "Larijani, A.": but James is no family name in "James P. Kennedy", nor is the
  /// letter an initial in "Judge I".
  bool stands_behind(std::uint32_t at, const Gathered& g) const {
    if (g.comma || unit(at).script != Script::latin) return true;
    if (unit(at).gap != Gap::blank || !text_.text.substr(unit(at).end).starts_with('.'))
      return false;
    return at + 1 == text_.units.size() || !soft(unit(at + 1).gap) || unit(at + 1).initial ||
           !name_like(unit(at + 1));
  }

  /// "Blair, Tony" ends there: in "Blair, Tony Walls" Tony has a family name of his own.
  bool ends_well(std::uint32_t at, const Gathered& g) const {
    if (g.first > 0 && soft(unit(g.first).gap) && name_like(unit(g.first - 1)) &&
        !unit(g.first - 1).first_of_sentence)
      return false;
    if (at >= text_.units.size() || unit(at).gap != Gap::blank || !name_like(unit(at))) return true;
    if (!unit(at).cased || patronymic(text::fold(text_.written(unit(at)))) || unit(at).initial)
      return true;
    // Lists in Cyrillic give all given names: "Никсон, Ричард Милхауз".
    return unit(at).script == Script::cyrillic && !runs_on(at + 1);
  }

  /// True when unit `i` may be a name that goes on with the one before it.
  bool runs_on(std::uint32_t i) const {
    return i < text_.units.size() && soft(unit(i).gap) && name_like(unit(i));
  }

  static bool patronymic(std::string_view word) {
    constexpr std::array kEndings = {"вич",  "вна",  "ична", "ьич",  "ич",   "оглы",
                                     "кызы", "vich", "vna",  "vych", "wicz", "witsch"};
    return std::any_of(kEndings.begin(), kEndings.end(),
                       [&](std::string_view e) { return word.ends_with(e); });
  }

  bool same_script(const Unit& a, const Gathered& g) const {
    return a.script == unit(g.first).script;
  }

  /// "A." for Ali; "J. E." for John Edgar. True when it stands for a given name.
  bool initial(const Unit& u, const PersonName& name, Gathered& g) const {
    // In another script nothing is written as it is configured; there the sounds agree.
    constexpr float kSounds = 0.05F;
    const bool foreign = u.script != name.script;
    if (name.common_family && g.respelled &&
        !(foreign && g.cost <= kSounds * static_cast<float>(g.length)))
      return false;
    return may_stand_for(text::fold(text_.written(u)), u.script, name);
  }

  bool accept(const Gathered& g, const PersonName& name, const Found& family) {
    const auto each = cost_of_name(text_, g, name, script(family), family.like);
    if (!each) return false;
    const FormKind kind = !g.given         ? FormKind::initials
                          : g.family_first ? FormKind::family_first
                                           : FormKind::exact;
    out_.push_back({name.entity, number(name), g.first, g.last, g.start, g.end, *each, kind,
                    g.respelled, g.clitic, g.fillers > 0});
    return true;
  }

  void titled(const Found& family, const PersonName& name) {
    const Piece& piece = *family.piece;
    const Likeness& like = family.like;
    if (!stands_behind_a_title(text_, people_, piece, like, name)) return;
    out_.push_back({name.entity, number(name), piece.first_unit - 1, piece.last_unit,
                    unit(piece.first_unit - 1).start, piece.end, like.each(), FormKind::title,
                    like.cost > kExact, like.clitic != 0});
  }

  const UnitText& text_;
  const People& people_;
  WordCache& words_;
  Comparer& comparer_;
  std::vector<Mention>& out_;
};

}  // namespace

void assemble(const UnitText& text, const People& people, std::span<const Candidate> candidates,
              WordCache& words, Comparer& comparer, std::vector<Mention>& out) {
  Assembler assembler(text, people, words, comparer, out);
  for (const Candidate& candidate : candidates) assembler.consider(candidate);
}

}  // namespace tocsin::rules::names
