// SPDX-License-Identifier: MIT
#include "rules/names/detail/units.hpp"

#include <algorithm>

#include <unicode/uchar.h>

#include "text/fold.hpp"

namespace tocsin::rules::names {
namespace {

constexpr std::size_t kLongestHan = 7;  // characters of one part of a transliterated name

bool is_one_of(char32_t c, std::u32string_view set) {
  return set.find(c) != set.npos;
}

/// What the characters between two words mean to a name.
Gap gap_of(std::string_view between, bool after_initial) {
  if (between.empty()) return Gap::none;
  Gap gap = Gap::blank;
  for (std::size_t at = 0; at < between.size();) {
    const char32_t c = text::next_code_point(between, at);
    Gap here = Gap::stop;
    if (is_one_of(c, U" \t\u00A0\u202F\u2009\u200C\u200F\u200E\u3000"))
      here = Gap::blank;
    else if (c == U'\n')
      here = between.find("\n\n") == std::string_view::npos ? Gap::blank : Gap::stop;
    else if (c == U'.' && after_initial)
      here = Gap::blank;
    else if (is_one_of(c, U"-\u2010\u2011\u2013\u05BE\uFF1D\u30A0="))
      here = Gap::hyphen;
    else if (is_one_of(c, U"'\u2019\u02BC\u02BB\u2018`\u05F3"))
      here = Gap::apostrophe;
    else if (is_one_of(c, U"\u00B7\u30FB\u2027\u2022\uFF65\u22C5\u2219"))
      here = Gap::dot;
    else if (is_one_of(c, U",\u060C\uFF0C\u3001"))
      here = Gap::comma;
    else if (is_one_of(c, U"()\"\u201C\u201D\u201E\u00AB\u00BB\u300C\u300D\uFF08\uFF09[]"))
      here = Gap::bracket;
    if (here == Gap::stop) return Gap::stop;
    if (here == Gap::blank) continue;
    if (gap != Gap::blank && gap != here) return Gap::stop;
    gap = here;
  }
  return gap;
}

struct Shape {
  bool capital = false, capitals = false, cased = false, initial = false;
};

Shape shape_of(std::string_view written, Script script) {
  Shape shape;
  shape.cased = script == Script::latin || script == Script::cyrillic || script == Script::greek;
  std::size_t upper = 0, all = 0, dots = 0;
  for (std::size_t at = 0; at < written.size();) {
    const char32_t c = text::next_code_point(written, at);
    if (c == U'.') ++dots;
    if (u_isalpha(static_cast<UChar32>(c)) == 0) continue;
    const bool is_upper = u_isupper(static_cast<UChar32>(c)) != 0;
    if (all == 0) shape.capital = is_upper;
    upper += is_upper ? 1 : 0;
    ++all;
  }
  shape.capitals = all > 1 && upper == all;
  shape.initial = all > 0 && (all == 1 || dots + 1 >= all) && all <= 3 &&
                  (shape.capital || (!shape.cased && dots > 0));
  return shape;
}

bool runs_on(Script script) {
  return script == Script::kana || script == Script::han;
}

bool is_hiragana(std::string_view letter) {
  std::size_t at = 0;
  const char32_t c = text::next_code_point(letter, at);
  return c >= 0x3041 && c <= 0x309F;
}

class Reader {
 public:
  Reader(const NameText& field, const People& people, WordCache& words, UnitText& out)
      : field_(field), people_(people), words_(words), out_(out) {}

  void read() {
    make_units();
    for (std::uint32_t i = 0; i < out_.units.size(); ++i) find_parts(i);
    std::stable_sort(out_.hits.begin(), out_.hits.end(), [](const UnitHit& a, const UnitHit& b) {
      return a.first_unit < b.first_unit;
    });
    out_.hits_from.assign(out_.units.size() + 1, 0);
    for (const UnitHit& hit : out_.hits) ++out_.hits_from[hit.first_unit + 1];
    for (std::size_t i = 1; i < out_.hits_from.size(); ++i)
      out_.hits_from[i] += out_.hits_from[i - 1];
  }

 private:
  std::string_view slice(std::uint32_t start, std::uint32_t end) const {
    return field_.text.substr(start, end - start);
  }

  void make_units() {
    Script run = Script::none;
    for (std::uint32_t t = 0; t < field_.tokens.size(); ++t) {
      const text::Token& token = field_.tokens[t];
      const std::string_view written = slice(token.start, token.end());
      const auto lead = static_cast<unsigned char>(written[0]);
      Script script = Script::none;  // only the scripts whose letters are tokens matter here
      if (lead >= 0xE3 && lead <= 0xEF)
        script = is_hiragana(written) ? Script::none : script_of(written);
      if (runs_on(script) && script == run && out_.units.back().end == token.start) {
        out_.units.back().end = token.end();
        out_.units.back().last = t + 1;
        continue;
      }
      run = runs_on(script) ? script : Script::none;
      out_.units.push_back(make_unit(t, token));
    }
    for (Unit& unit : out_.units) {
      const std::string_view written = slice(unit.start, unit.end);
      unit.word = &words_.at(written, people_);
      const Shape shape = shape_of(written, unit.word->script);
      unit.capital = shape.capital;
      unit.capitals = shape.capitals;
      unit.cased = shape.cased;
      unit.initial = shape.initial;
    }
    set_gaps();
  }

  static Unit make_unit(std::uint32_t t, const text::Token& token) {
    Unit unit;
    unit.first = t;
    unit.last = t + 1;
    unit.start = token.start;
    unit.end = token.end();
    return unit;
  }

  void set_gaps() {
    for (std::size_t i = 0; i < out_.units.size(); ++i) {
      Unit& unit = out_.units[i];
      if (i == 0) {
        unit.first_of_sentence = true;
        continue;
      }
      const Unit& before = out_.units[i - 1];
      const bool abbreviated = before.initial || before.word->title || before.word->weak_title;
      const auto between = slice(before.end, unit.start);
      // A possessive is no token, and stands in the gap.
      unit.gap = gap_of(between, abbreviated);
      unit.first_of_sentence = unit.gap == Gap::stop;
    }
  }

  void find_parts(std::uint32_t i) {
    Unit& unit = out_.units[i];
    Word& word = *unit.word;
    if (word.script == Script::none) return;
    if (word.script == Script::han) return find_han(i);
    const bool lower = unit.cased && !unit.capital;
    if (!lower) words_.search(word, slice(unit.start, unit.end), people_);
    add_hits(word, i, i + 1);
    if (i + 1 < out_.units.size()) find_joined(i);
  }

  void add_hits(const Word& word, std::uint32_t first, std::uint32_t last) {
    const std::uint32_t start = out_.units[first].start, end = out_.units[last - 1].end;
    // Two words joined must fit well: a long name forgives the loss of half a neighbour.
    constexpr float kJoined = 0.1F;
    for (const WordMatch& m : word.matches) {
      if (last > first + 1 && m.cost > kJoined * static_cast<float>(m.length)) continue;
      out_.hits.push_back(
          {m.part, m.cost, m.length, m.same, m.clitic != 0, first, last, start + m.clitic, end});
    }
  }

  /// Two words that may be one: "Abdel Fattah", "Ra'ad", "al-Assad".
  void find_joined(std::uint32_t i) {
    const Unit& a = out_.units[i];
    const Unit& b = out_.units[i + 1];
    const bool near = b.gap == Gap::blank || b.gap == Gap::hyphen || b.gap == Gap::apostrophe;
    if (!near || a.word->script != b.word->script || a.initial) return;
    if (a.cased && !a.capital && !(a.word->particle && b.capital)) return;
    if (a.cased && b.gap == Gap::blank && !b.capital) return;
    if (a.word->conjunction && b.gap == Gap::blank && !a.word->particle) return;
    joined_.assign(slice(a.start, a.end));
    joined_ += slice(b.start, b.end);
    Word& word = words_.at(joined_, people_);
    words_.search(word, joined_, people_);
    add_hits(word, i, i + 2);
  }

  /// A transliterated name in Han has its parts at a middle dot; where the whole begins and ends,
  /// no mark says.
  void find_han(std::uint32_t i) {
    const Unit& unit = out_.units[i];
    const bool after = unit.gap == Gap::dot && i > 0;
    const bool before = i + 1 < out_.units.size() && out_.units[i + 1].gap == Gap::dot;
    if (!after && !before) return;
    std::vector<std::uint32_t> cuts{unit.start};
    for (std::size_t at = 0; at < unit.end - unit.start;) {
      text::next_code_point(slice(unit.start, unit.end), at);
      cuts.push_back(unit.start + static_cast<std::uint32_t>(at));
    }
    const std::size_t n = cuts.size() - 1;
    for (std::size_t length = 1; length <= std::min(n, kLongestHan); ++length) {
      if (after && before && length != n) continue;
      if (before) add_han(i, cuts[n - length], cuts[n]);
      if (after && !before) add_han(i, cuts[0], cuts[length]);
    }
  }

  void add_han(std::uint32_t i, std::uint32_t start, std::uint32_t end) {
    const std::string_view written = slice(start, end);
    Word& word = words_.at(written, people_);
    words_.search(word, written, people_);
    for (const WordMatch& m : word.matches)
      out_.hits.push_back({m.part, m.cost, m.length, m.same, false, i, i + 1, start, end});
  }

  const NameText& field_;
  const People& people_;
  WordCache& words_;
  UnitText& out_;
  std::string joined_;
};

}  // namespace

void read_units(const NameText& field, const People& people, WordCache& words, UnitText& out) {
  out.units.clear();
  out.hits.clear();
  out.hits_from.clear();
  Reader(field, people, words, out).read();
}

}  // namespace tocsin::rules::names
