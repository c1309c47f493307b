// SPDX-License-Identifier: MIT
#include "rules/names/detail/assembler.hpp"

#include <algorithm>
#include <bit>

#include "rules/names/detail/lexicon.hpp"
#include "text/tokenizer.hpp"

namespace tocsin::rules::names {
namespace {

constexpr int kReach = 6;        // units between the family name and the farthest given name
constexpr int kMostFillers = 2;  // unknown words between given and family name
constexpr float kExact = 0.02F;  // cost below which nothing was respelled
constexpr float kFiller = 0.01F;

/// The greatest joint cost a symbol of given and family name together.
float joint_limit(Script script, Fuzzy fuzzy) {
  if (fuzzy == Fuzzy::off) return 0.001F;
  const float stretch = fuzzy == Fuzzy::loose ? 1.25F : 1.0F;
  switch (script) {
    case Script::latin: return 0.12F * stretch;
    case Script::arabic:
    case Script::hebrew: return 0.13F * stretch;
    case Script::han: return 0.22F * stretch;
    case Script::hangul: return 0.18F * stretch;
    case Script::kana: return 0.14F * stretch;
    default: return 0.16F * stretch;
  }
}

/// What has been gathered of one name around a family name.
struct Gathered {
  std::uint32_t first = 0, last = 0, start = 0, end = 0;
  float cost = 0;
  int length = 0, fillers = 0;
  std::uint8_t mask = 0;
  bool given = false, initial = false, respelled = false, clitic = false, lower = false;
  bool family_first = false;
};

class Assembler {
 public:
  Assembler(const UnitText& text, const People& people, std::vector<Mention>& out)
      : text_(text), people_(people), out_(out) {}

  void run() {
    for (const UnitHit& hit : text_.hits)
      for (const Posting& posting : people_.parts[hit.part].postings) {
        const PersonName& name = people_.names[posting.name];
        if (name.fuzzy == Fuzzy::off && !hit.same) continue;
        if (name.fuzzy != Fuzzy::loose && hit.length > 0 &&
            hit.cost > budget_of(script(hit), name.fuzzy) * static_cast<float>(hit.length))
          continue;
        if (posting.role == Role::whole) whole(hit, name);
        if (posting.role == Role::family) around(hit, posting, name);
      }
  }

 private:
  const Unit& unit(std::size_t i) const { return text_.units[i]; }
  Script script(const UnitHit& hit) const { return unit(hit.first_unit).word->script; }

  void whole(const UnitHit& hit, const PersonName& name) {
    constexpr float kWholeLimit = 0.1F;
    const Unit& first = unit(hit.first_unit);
    if (!name.all_given && !hit.same) return;  // one word is too little to respell
    if (first.cased && !first.capital) return;
    if (hit.cost > kWholeLimit * static_cast<float>(hit.length)) return;
    if (name.fuzzy == Fuzzy::off && !hit.same) return;
    out_.push_back({name.entity, hit.first_unit, hit.last_unit, hit.start, hit.end, hit.cost,
                    FormKind::whole, hit.cost > kExact, hit.clitic});
  }

  void around(const UnitHit& family, const Posting& posting, const PersonName& name) {
    Gathered seed;
    seed.first = family.first_unit;
    seed.last = family.last_unit;
    seed.start = family.start;
    seed.end = family.end;
    seed.cost = family.cost + posting.price;
    seed.length = family.length;
    seed.respelled = family.cost > kExact;
    seed.clitic = family.clitic;
    const Unit& last = unit(family.last_unit - 1);
    seed.lower = last.cased && !last.capital;
    Gathered before = seed;
    look_before(name, before);
    if (accept(before, name, family)) return;
    Gathered after = seed;
    after.family_first = true;
    look_after(name, after);
    if (accept(after, name, family)) return;
    if (!seed.lower) titled(family, name);
  }

  /// The cheapest given-name part of `name` among the hits of unit `i` that end before `end`.
  const UnitHit* given_at(std::size_t i, std::uint32_t end, const PersonName& name,
                          GivenPart& part) const {
    const UnitHit* best = nullptr;
    float best_cost = 1e9F;
    for (const UnitHit& hit : text_.at(i)) {
      if (hit.last_unit != end) continue;
      const auto at =
          std::lower_bound(name.given.begin(), name.given.end(), hit.part,
                           [](const GivenPart& g, std::uint32_t p) { return g.part < p; });
      if (at == name.given.end() || at->part != hit.part) continue;
      if (name.fuzzy == Fuzzy::off && !hit.same) continue;
      if (too_far(hit, *at, name)) continue;
      // A joined pair covers more words and is worth more.
      const float cost = (hit.cost + at->price + 0.1F) / static_cast<float>(hit.length) /
                         static_cast<float>(std::popcount(at->mask));
      if (cost >= best_cost) continue;
      best_cost = cost;
      best = &hit;
      part = *at;
    }
    return best;
  }

  /// Another form of a given name is not respelled as well, nor are the syllables of Kim Jong-un.
  bool too_far(const UnitHit& hit, const GivenPart& part, const PersonName& name) const {
    constexpr float kForm = 0.09F, kForeignForm = 0.12F, kSyllable = 0.08F,
                    kForeignSyllable = 0.16F;
    const float each = hit.cost / static_cast<float>(hit.length);
    const bool latin = script(hit) == Script::latin;
    if (part.price > 0 && each > (latin ? kForm : kForeignForm)) return true;
    return name.all_given && each > (latin ? kSyllable : kForeignSyllable);
  }

  void take(const UnitHit& hit, const GivenPart& part, Gathered& g) const {
    if ((g.mask | part.mask) == g.mask) return;
    g.mask = static_cast<std::uint8_t>(g.mask | part.mask);
    g.cost += hit.cost + part.price;
    g.length += hit.length;
    g.given = true;
    g.respelled |= hit.cost > kExact;
    g.clitic |= hit.clitic;
    const Unit& first = unit(hit.first_unit);
    g.lower |= first.cased && !first.capital;
    if (hit.start < g.start) g.start = hit.start;
    if (hit.end > g.end) g.end = hit.end;
    g.first = std::min(g.first, hit.first_unit);
    g.last = std::max(g.last, hit.last_unit);
  }

  void look_before(const PersonName& name, Gathered& g) const {
    auto next = g.first;  // the unit after the one looked at
    for (int step = 0; step < kReach && next > 0; ++step) {
      if (!soft(unit(next).gap)) return;
      GivenPart part;
      const UnitHit* hit = given_at(next - 1, next, name, part);
      std::uint32_t at = next - 1;
      if (next > 1 && soft(unit(next - 1).gap)) {
        GivenPart joined;
        const UnitHit* pair = given_at(next - 2, next, name, joined);
        if (pair != nullptr && (hit == nullptr || std::popcount(joined.mask) > 1)) {
          hit = pair;
          part = joined;
          at = next - 2;
        }
      }
      if (hit != nullptr) {
        take(*hit, part, g);
        next = at;
        continue;
      }
      const Unit& between = unit(at);
      if (!same_script(between, g)) return;
      if (between.initial && (between.cased || !between.word->particle)) {
        // "B. N. Yeltsin": the second initial is of no name that is known.
        if (initial(between, name, g)) {
          g.first = at;
          g.start = std::min(g.start, between.start);
        }
      } else if (passes(between)) {
        // free
      } else if (!g.given && name_like(between) && g.fillers < kMostFillers) {
        ++g.fillers;
      } else {
        return;
      }
      next = at;
    }
  }

  void look_after(const PersonName& name, Gathered& g) const {
    std::uint32_t at = g.last;
    bool comma = false;
    for (int step = 0; step < kReach && at < text_.units.size(); ++step) {
      const Unit& here = unit(at);
      if (step == 0 && here.gap == Gap::comma)
        comma = true;
      else if (!soft(here.gap))
        break;
      GivenPart part;
      const UnitHit* hit = given_at(at, at + 1, name, part);
      GivenPart joined;
      const UnitHit* pair = given_at(at, at + 2, name, joined);
      if (pair != nullptr && (hit == nullptr || std::popcount(joined.mask) > 1)) {
        hit = pair;
        part = joined;
      }
      if (hit != nullptr) {
        take(*hit, part, g);
        at = hit->last_unit;
        continue;
      }
      if (!same_script(here, g)) break;
      if (here.initial && !g.given && initial(here, name, g)) {
        g.last = at + 1;
        g.end = std::max(g.end, here.end);
      } else if (!passes(here) || g.given) {
        break;
      }
      ++at;
    }
    if (comma && !ends_well(at, g)) g.given = g.initial = false;
  }

  /// "Blair, Tony" ends there: in "Blair, Tony Walls" Tony has a family name of his own.
  bool ends_well(std::uint32_t at, const Gathered& g) const {
    if (g.first > 0 && soft(unit(g.first).gap) && name_like(unit(g.first - 1)) &&
        !unit(g.first - 1).first_of_sentence)
      return false;
    if (at >= text_.units.size() || unit(at).gap != Gap::blank || !name_like(unit(at))) return true;
    return !unit(at).cased || patronymic(unit(at).word->folded) || unit(at).initial;
  }

  static bool patronymic(std::string_view word) {
    constexpr std::array kEndings = {"вич",  "вна",  "ична", "ьич",  "ич",   "оглы",
                                     "кызы", "vich", "vna",  "vych", "wicz", "witsch"};
    return std::any_of(kEndings.begin(), kEndings.end(),
                       [&](std::string_view e) { return word.ends_with(e); });
  }

  bool same_script(const Unit& a, const Gathered& g) const {
    return a.word->script == unit(g.first).word->script;
  }

  static bool passes(const Unit& u) {
    return u.word->title || u.word->weak_title || (u.word->particle && !u.word->conjunction) ||
           (u.word->particle && !u.cased);
  }

  /// "A." for Ali; "J. E." for John Edgar. True when it stands for a given name.
  bool initial(const Unit& u, const PersonName& name, Gathered& g) const {
    constexpr float kSameLetter = 0.16F;
    if (name.common_family && g.respelled) return false;
    const auto& costs = SoundCosts::instance();
    const std::string symbols = encode(u.word->folded, u.word->script);
    for (const Symbol s : symbols)
      for (const std::string& given : name.initials) {
        if (given.empty()) continue;
        // Cyrillic writes the sound of J with two letters, д and ж; and Yegor as Егор.
        const bool two_letters = s == 'd' && costs.swap('J', given[0]) <= kSameLetter;
        const bool glide = given.size() > 1 && costs.swap('j', given[0]) <= 0.02F &&
                           costs.swap(s, given[1]) <= kSameLetter;
        if (two_letters || glide || costs.swap(s, given[0]) <= kSameLetter) return g.initial = true;
      }
    return false;
  }

  bool accept(const Gathered& g, const PersonName& name, const UnitHit& family) {
    if (!g.given && !g.initial) return false;
    const Script in = script(family);
    if (name.all_given && !(g.given && (g.mask & name.given_mask) == name.given_mask)) return false;
    // A stranger between given and family name is a given name, so none of ours may be missing.
    const bool missing = (g.mask & name.given_mask) != name.given_mask;
    if (g.given && g.fillers > 0 && missing) return false;
    if (!g.given) {
      constexpr float kSure = 0.12F;
      if (g.fillers > 0 || name.fuzzy == Fuzzy::off) return false;
      if (g.cost > kSure * static_cast<float>(g.length) || family.length < 3) return false;
    }
    const float each =
        g.cost / static_cast<float>(g.length) + kFiller * static_cast<float>(g.fillers);
    if (each > joint_limit(in, name.fuzzy) + kFiller * static_cast<float>(g.fillers)) return false;
    if (!sure_enough(g, in, each)) return false;
    if (g.lower && (each > 0.03F || g.fillers > 0 || g.family_first)) return false;
    const FormKind kind = !g.given         ? FormKind::initials
                          : g.family_first ? FormKind::family_first
                                           : FormKind::exact;
    out_.push_back(
        {name.entity, g.first, g.last, g.start, g.end, each, kind, g.respelled, g.clitic});
    return true;
  }

  /// What the order and the script ask for beyond the joint limit.
  bool sure_enough(const Gathered& g, Script in, float each) const {
    constexpr float kSparseReversed = 0.08F;
    if (in == Script::arabic || in == Script::hebrew)
      return !g.family_first || each <= kSparseReversed;
    if (in == Script::kana && g.family_first) return unit(g.last - 1).gap != Gap::dot;
    if (in != Script::han) return true;
    if (g.family_first) return false;
    // The fewer characters, the more names they may be.
    const std::size_t characters = (g.end - g.start) / 3;
    const float limit = characters <= 5   ? 0.14F
                        : characters <= 7 ? 0.16F
                        : characters <= 9 ? 0.2F
                                          : 0.22F;
    return each <= limit;
  }

  void titled(const UnitHit& family, const PersonName& name) {
    constexpr float kSure = 0.06F;
    if (family.first_unit == 0 || !soft(unit(family.first_unit).gap)) return;
    if (family.cost > kSure * static_cast<float>(family.length)) return;
    const Unit& before = unit(family.first_unit - 1);
    const bool own = own_title(before, name) || own_particle(before, name);
    if (!own && (!before.word->title || name.common_family || family.length < 4)) return;
    if (!own && before.cased && !before.capital) return;
    // "President Reagan Smith" is somebody called Smith.
    if (family.last_unit < text_.units.size()) {
      const Unit& next = unit(family.last_unit);
      if (next.cased && soft(next.gap) && name_like(next)) return;
    }
    out_.push_back({name.entity, family.first_unit - 1, family.last_unit, before.start, family.end,
                    family.cost, FormKind::title, family.cost > kExact, family.clitic});
  }

  bool own_title(const Unit& before, const PersonName& name) const {
    const auto found = people_.titles.find(name.entity);
    return found != people_.titles.end() &&
           std::find(found->second.begin(), found->second.end(),
                     text::word_hash(before.word->folded)) != found->second.end();
  }

  /// "Von Karajan", "Van Rompuy": the particle of this very name.
  static bool own_particle(const Unit& before, const PersonName& name) {
    return before.word->particle && before.capital && name.family > 0 && !name.common_family &&
           letters(before.word->folded) > 2 && name.words[name.family - 1] == before.word->folded;
  }

  const UnitText& text_;
  const People& people_;
  std::vector<Mention>& out_;
};

}  // namespace

bool soft(Gap gap) noexcept {
  return gap != Gap::stop && gap != Gap::comma && gap != Gap::none;
}

bool name_like(const Unit& unit) noexcept {
  if (unit.word->script == Script::none || unit.word->conjunction) return false;
  if (unit.word->title || unit.word->weak_title) return false;
  return !unit.cased || unit.capital;
}

void assemble(const UnitText& text, const People& people, std::vector<Mention>& out) {
  Assembler(text, people, out).run();
}

}  // namespace tocsin::rules::names
