// SPDX-License-Identifier: MIT
#include "rules/names/detail/units.hpp"

#include <algorithm>
#include <array>

#include <unicode/uchar.h>

#include "rules/names/detail/han_words.hpp"
#include "text/fold.hpp"

namespace tocsin::rules::names {
namespace {

constexpr std::uint32_t kOneLetter = 2;   // bytes, at most
constexpr std::uint32_t kLongestHan = 7;  // characters of one part of a transliterated name

bool is_one_of(char32_t c, std::u32string_view set) {
  return set.find(c) != set.npos;
}

Gap ascii_gap(char c, std::string_view between, bool after_initial) {
  switch (c) {
    case ' ':
    case '\t': return Gap::blank;
    case '\n': return between.find("\n\n") == between.npos ? Gap::blank : Gap::stop;
    case '.': return after_initial ? Gap::blank : Gap::stop;
    case '-':
    case '=': return Gap::hyphen;
    case '\'':
    case '`': return Gap::apostrophe;
    case ',': return Gap::comma;
    case '(':
    case ')':
    case '[':
    case ']':
    case '"': return Gap::bracket;
    default: return Gap::stop;
  }
}

Gap wide_gap(char32_t c) {
  if (is_one_of(c, U"\u00A0\u202F\u2009\u200C\u200F\u200E\u3000")) return Gap::blank;
  if (is_one_of(c, U"\u2010\u2011\u2013\u05BE\uFF1D\u30A0")) return Gap::hyphen;
  if (is_one_of(c, U"\u2019\u02BC\u02BB\u2018\u05F3\u02B9\u2032")) return Gap::apostrophe;
  if (is_one_of(c, U"\u00B7\u30FB\u2027\u2022\uFF65\u22C5\u2219")) return Gap::dot;
  if (is_one_of(c, U"\u060C\uFF0C\u3001")) return Gap::comma;
  if (is_one_of(c, U"\u201C\u201D\u201E\u00AB\u00BB\u300C\u300D\uFF08\uFF09")) return Gap::bracket;
  return Gap::stop;
}

/// What the characters between two words mean to a name.
Gap gap_of(std::string_view between, bool after_initial) {
  if (between.empty()) return Gap::none;
  Gap gap = Gap::blank;
  for (std::size_t at = 0; at < between.size();) {
    const bool ascii = static_cast<unsigned char>(between[at]) < 0x80;
    const Gap here = ascii ? ascii_gap(between[at++], between, after_initial)
                           : wide_gap(text::next_code_point(between, at));
    if (here == Gap::stop) return Gap::stop;
    if (here == Gap::blank) continue;
    if (gap != Gap::blank && gap != here) return Gap::stop;
    gap = here;
  }
  return gap;
}

bool runs_on(Script script) {
  return script == Script::kana || script == Script::han;
}

bool is_hiragana(std::string_view letter) {
  std::size_t at = 0;
  const char32_t c = text::next_code_point(letter, at);
  return c >= 0x3041 && c <= 0x309F;
}

/// Hebrew letters are 0xD7 and another byte.
bool is_hebrew(std::string_view written) {
  constexpr unsigned char kLead = 0xD7;
  return static_cast<unsigned char>(written[0]) == kLead;
}

/// True for a single letter, perhaps of several with full stops between them.
bool is_initial(std::string_view written, bool cased, bool capital) {
  constexpr std::size_t kLongest = 14, kMostLetters = 3;  // bytes; letters
  if (written.size() > kLongest) return false;
  std::size_t dots = 0, all = 0;
  for (std::size_t at = 0; at < written.size();) {
    const char32_t c = text::next_code_point(written, at);
    dots += c == U'.' ? 1 : 0;
    all += u_isalpha(static_cast<UChar32>(c)) != 0 ? 1 : 0;
    if (all > kMostLetters) return false;
  }
  if (all == 0 || (all > 1 && dots + 1 < all)) return false;
  return capital || (!cased && dots > 0);
}

bool begins_with_capital(std::string_view written) {
  for (std::size_t at = 0; at < written.size();) {
    const char32_t c = text::next_code_point(written, at);
    if (c < 0x80 ? (c | 0x20U) >= 'a' && (c | 0x20U) <= 'z' : u_isalpha(static_cast<UChar32>(c)))
      return c < 0x80 ? (c & 0x20U) == 0 : u_isupper(static_cast<UChar32>(c)) != 0;
  }
  return false;
}

void set_shape(Unit& unit, std::string_view written) {
  unit.script = script_of(written);
  unit.cased = unit.script == Script::latin || unit.script == Script::cyrillic ||
               unit.script == Script::greek;
  unit.capital = begins_with_capital(written);
  unit.initial = (unit.capital || !unit.cased) && !unit.is(kAbbreviation) &&
                 is_initial(written, unit.cased, unit.capital);
}

class Reader {
 public:
  Reader(const NameText& field, const People& people, WordCache& words, UnitText& out)
      : field_(field), people_(people), words_(words), out_(out) {}

  void read() {
    make_units();
    set_gaps();
    for (Unit& unit : out_.units) unit.part = may_be_part(unit);
    for (std::uint32_t i = 0; i < out_.units.size(); ++i) {
      out_.pieces_from.push_back(static_cast<std::uint32_t>(out_.pieces.size()));
      if (out_.units[i].script == Script::han)
        cut_han(i);
      else
        add_pieces(i);
    }
    out_.pieces_from.push_back(static_cast<std::uint32_t>(out_.pieces.size()));
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
      if ((runs_on(script) && script == run && out_.units.back().end == token.start) ||
          follows_geresh(token.start, written)) {
        out_.units.back().end = token.end();
        out_.units.back().last = t + 1;
        out_.units.back().hash = 0;
        continue;
      }
      run = runs_on(script) ? script : Script::none;
      out_.units.push_back(make_unit(t, token));
    }
  }

  /// In Hebrew an apostrophe makes another letter of the one before it: ג'ון, צ'רצ'יל.
  bool follows_geresh(std::uint32_t start, std::string_view written) const {
    if (out_.units.empty() || !is_hebrew(written)) return false;
    const Unit& before = out_.units.back();
    const auto between = slice(before.end, start);
    if (between != "'" && between != "\u2019" && between != "\u05F3") return false;
    const auto word = slice(before.start, before.end);
    constexpr std::array<std::string_view, 8> kTakeIt = {"ג", "ז", "צ", "ת", "ד", "ט", "ח", "ע"};
    return std::any_of(kTakeIt.begin(), kTakeIt.end(),
                       [&](std::string_view letter) { return word.ends_with(letter); });
  }

  /// The geresh that ends a word belongs to it: מילושביץ'.
  void take_geresh(Unit& unit, std::uint32_t next) const {
    constexpr std::array<std::string_view, 8> kTakeIt = {"ג", "ז", "צ", "ץ", "ת", "ד", "ח", "ע"};
    constexpr std::array<std::string_view, 3> kGeresh = {"'", "\u2019", "\u05F3"};
    const auto between = slice(unit.end, next);
    const auto word = slice(unit.start, unit.end);
    for (const std::string_view geresh : kGeresh)
      if (between.size() > geresh.size() && between.starts_with(geresh) &&
          std::any_of(kTakeIt.begin(), kTakeIt.end(),
                      [&](std::string_view letter) { return word.ends_with(letter); }))
        unit.end += static_cast<std::uint32_t>(geresh.size());
  }

  Unit make_unit(std::uint32_t t, const text::Token& token) const {
    Unit unit;
    unit.hash = token.hash;
    unit.first = t;
    unit.last = t + 1;
    unit.start = token.start;
    unit.end = token.end();
    unit.facts = Lexicon::facts(token.hash);
    set_shape(unit, slice(unit.start, unit.end));
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
      const bool abbreviated = before.initial || before.is(kTitle | kWeakTitle);
      // A possessive is no token, and stands in the gap.
      if (before.script == Script::hebrew) take_geresh(out_.units[i - 1], unit.start);
      const auto between = slice(before.end, unit.start);
      unit.gap = gap_of(between, abbreviated);
      unit.first_of_sentence = unit.gap == Gap::stop;
      unit.opens = unit.gap == Gap::bracket && between.find_first_of("([") != between.npos;
      // "У Зеленского", "A Sonoma": a word of one letter begins a sentence.
      if (before.first_of_sentence && before.initial && between == " ")
        out_.units[i - 1].initial = before.end - before.start > kOneLetter;
      set_reading(out_.units[i - 1], unit.gap, between);
    }
  }

  /// Tells words from what looks like them, by what follows.
  void set_reading(Unit& unit, Gap next, std::string_view between) const {
    if (unit.script != Script::latin) return;
    const std::string_view written = slice(unit.start, unit.end);
    // "I", "A": words, where no full stop says otherwise.
    if ((written == "I" || written == "A") && !between.starts_with('.')) unit.initial = false;
    // "as-Sadr", but "as Sadr's deputy".
    if (next != Gap::hyphen && (written == "as" || written == "at" || written == "an"))
      unit.facts = static_cast<std::uint16_t>(unit.facts & ~unsigned{kParticle});
  }

  /// True when `unit` may be part of a name: a word of a script that is read, with a capital where
  /// there are capitals, and no word of another kind, or else the very word that is watched.
  bool may_be_part(const Unit& unit) const {
    if (unit.script == Script::none || unit.script == Script::han) return false;
    if (!unit.lower() && !unit.is(kConjunction | kTitle | kWeakTitle | kFunction | kWord))
      return true;
    return unit.hash != 0 && people_.words.contains(unit.hash);
  }

  bool linked(std::uint32_t i) const {
    return i > 0 && i < out_.units.size() &&
           (soft(out_.units[i].gap) || out_.units[i].gap == Gap::comma);
  }

  /// True when `unit` beside a part of a name makes it worth a look.
  static bool helps(const Unit& unit) { return unit.part || unit.initial || passes(unit); }

  void add_pieces(std::uint32_t i) {
    const Unit& unit = out_.units[i];
    const bool after = linked(i) && helps(out_.units[i - 1]);
    const bool before = linked(i + 1) && helps(out_.units[i + 1]);
    const auto alone = [&] {
      return unit.script == Script::hangul || people_.words.contains(unit.hash);
    };
    if (unit.part && (after || before || alone())) add_piece(i, i + 1, unit.start, unit.end);
    if (linked(i + 1) && may_join(i) &&
        (after || (linked(i + 2) && helps(out_.units[i + 2])) || unit.is(kParticle) ||
         one_letter(i + 1)))
      add_joined(i);
  }

  /// The Z of Jay-Z.
  bool one_letter(std::uint32_t i) const {
    const Unit& unit = out_.units[i];
    return unit.gap == Gap::hyphen && unit.end - unit.start == 1;
  }

  Piece& add_piece(std::uint32_t first, std::uint32_t last, std::uint32_t start,
                   std::uint32_t end) {
    Word& word = words_.at(slice(start, end), out_.units[first].script, people_);
    return out_.pieces.emplace_back(Piece{&word, first, last, start, end, false});
  }

  /// Two words that may be one: "Abdel Fattah", "Ra'ad", "al-Assad".
  bool may_join(std::uint32_t i) const {
    const Unit& a = out_.units[i];
    const Unit& b = out_.units[i + 1];
    const bool near = b.gap == Gap::blank || b.gap == Gap::hyphen || b.gap == Gap::apostrophe;
    if (!near || a.script != b.script || a.script == Script::none) return false;
    if (a.initial && b.gap != Gap::apostrophe) return false;  // D'Alema
    if (a.lower() && !(a.is(kParticle) && b.capital)) return false;
    if (a.cased && b.gap == Gap::blank && !b.capital) return false;
    return !(a.is(kConjunction) && b.gap == Gap::blank && !a.is(kParticle));
  }

  void add_joined(std::uint32_t i) {
    const Unit& a = out_.units[i];
    const Unit& b = out_.units[i + 1];
    out_.joined.assign(slice(a.start, a.end));
    out_.joined += slice(b.start, b.end);
    Word& word = words_.at(out_.joined, a.script, people_, true);
    out_.pieces.push_back({&word, i, i + 2, a.start, b.end, true});
  }

  /// A transliterated name in Han has its parts at a middle dot; where the whole begins and ends,
  /// no mark says.
  void cut_han(std::uint32_t i) {
    const Unit& unit = out_.units[i];
    const bool after = unit.gap == Gap::dot && i > 0;
    const bool before = i + 1 < out_.units.size() && out_.units[i + 1].gap == Gap::dot;
    if (!after && !before) return;
    constexpr std::uint32_t kBytes = 3;  // of the characters that names are written in
    const std::uint32_t n = (unit.end - unit.start) / kBytes;
    if (n * kBytes != unit.end - unit.start) return;
    for (std::uint32_t length = 1; length <= std::min(n, kLongestHan); ++length) {
      const std::uint32_t added =
          before ? unit.end - length * kBytes : unit.start + (length - 1) * kBytes;
      std::size_t at = added;
      if (ends_han_name(text::next_code_point(field_.text, at))) return;
      if (after && before && length != n) continue;
      if (before) add_piece(i, i + 1, added, unit.end);
      if (after && !before) add_piece(i, i + 1, unit.start, unit.start + length * kBytes);
    }
  }

  const NameText& field_;
  const People& people_;
  WordCache& words_;
  UnitText& out_;
};

}  // namespace

bool soft(Gap gap) noexcept {
  return gap != Gap::stop && gap != Gap::comma && gap != Gap::none;
}

bool name_like(const Unit& unit) noexcept {
  return unit.script != Script::none && !unit.is(kConjunction | kTitle | kWeakTitle | kFunction) &&
         !unit.lower();
}

bool passes(const Unit& unit) noexcept {
  if (unit.gap == Gap::apostrophe && unit.lower()) return true;  // Tony'ego, Anatol'evič
  return unit.is(kTitle | kWeakTitle) ||
         (unit.is(kParticle) && (!unit.is(kConjunction) || !unit.cased));
}

void read_units(const NameText& field, const People& people, WordCache& words, UnitText& out) {
  out.text = field.text;
  out.units.clear();
  out.pieces.clear();
  out.pieces_from.clear();
  Reader(field, people, words, out).read();
}

}  // namespace tocsin::rules::names
