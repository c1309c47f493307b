// SPDX-License-Identifier: MIT
//
// RE2 has no lookaround, and its \b sees the letters of ASCII alone. So the borders are written
// into the text: before and behind every character stand two marks, of one kind where a word begins
// or ends and of another kind elsewhere. A pattern is then rewritten so that \b takes one mark of
// the first kind, \B one of the second, and every character takes what marks are left before it.
// There are two marks at a place so that two borders may be asked for there, as in \b(\bfoo|bar); a
// third one is not found. No class of the pattern may hold the marks, which are control characters.
#include "rules/detail/border.hpp"

#include <algorithm>
#include <utility>

#include <re2/re2.h>
#include <unicode/uchar.h>

#include "text/utf8.hpp"

namespace tocsin::rules::detail {
namespace {

constexpr char kBorder = '\x01', kInside = '\x02';
constexpr std::string_view kMarks = "\\x01\\x02";
constexpr std::string_view kAnyMarks = "[\\x01\\x02]*";

bool is_word(char32_t c) {
  constexpr std::uint32_t kMask = U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK;
  return c == '_' || (U_MASK(u_charType(static_cast<UChar32>(c))) & kMask) != 0;
}

/// True when the class or escape `atom` takes a mark for a character.
bool takes_marks(const std::string& atom) {
  const re2::RE2 regex(atom, re2::RE2::Quiet);
  return !regex.ok() || re2::RE2::FullMatch("\x01", regex) || re2::RE2::FullMatch("\x02", regex);
}

/// Reads a pattern that RE2 accepts, atom by atom.
class Rewriter {
 public:
  explicit Rewriter(std::string_view pattern) : pattern_(pattern) {}

  std::optional<std::string> run() {
    while (at_ < pattern_.size() && good_) step();
    if (!good_) return std::nullopt;
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string_view rest() const { return pattern_.substr(at_); }

  void step() {
    const char c = pattern_[at_];
    switch (c) {
      case '\\': return escape();
      case '[': return character_class();
      case '(': return group();
      case ')':
        if (dot_all_.size() > 1) dot_all_.pop_back();
        return copy(1);
      case '|': behind_border_ = behind_border_ && dot_all_.size() > 1; return copy(1);
      case '*':
      case '+':
      case '?': return copy(1);
      case '{': return repeat();
      case '^': return anchor(1);
      case '$': out_ += kAnyMarks; return copy(1);
      case '.': return dot();
      default: return literal();
    }
  }

  void copy(std::size_t length) {
    out_ += rest().substr(0, length);
    at_ += length;
  }

  /// One character of the text, with the marks before it.
  void character(std::string_view atom) {
    out_.append("(?:").append(kAnyMarks).append(atom).append(")");
  }

  void literal() {
    const auto length = text::code_point_at(pattern_, at_).length;
    character(re2::RE2::QuoteMeta(std::string(rest().substr(0, length))));
    at_ += length;
  }

  void dot() {
    ++at_;
    character(dot_all_.back() ? "[^\\x01\\x02]" : "[^\\n\\x01\\x02]");
  }

  /// A beginning of the text, or of a line, lies before the marks, which a border may have taken.
  void anchor(std::size_t length) {
    good_ = good_ && !behind_border_;
    copy(length);
  }

  /// {2,5}; any other brace is a character.
  void repeat() {
    const auto end = rest().find('}');
    const auto inner = end == std::string_view::npos ? "" : rest().substr(1, end - 1);
    const bool counts = !inner.empty() && inner.front() != ',' &&
                        inner.find_first_not_of("0123456789,") == std::string_view::npos &&
                        std::count(inner.begin(), inner.end(), ',') <= 1;
    if (counts) return copy(end + 1);
    literal();
  }

  /// (…), (?:…), (?P<name>…), (?i), (?s-m:…).
  void group() {
    dot_all_.push_back(dot_all_.back());
    if (!rest().starts_with("(?")) return copy(1);
    const auto end = rest().find_first_of(":)>");
    if (end == std::string_view::npos) return copy(2);
    const auto flags = rest().substr(2, end - 2);
    if (rest()[end] != '>') {
      const auto minus = std::min(flags.find('-'), flags.size());
      if (flags.substr(0, minus).find('s') != std::string_view::npos) dot_all_.back() = true;
      if (flags.substr(minus).find('s') != std::string_view::npos) dot_all_.back() = false;
    }
    if (rest()[end] == ')') {  // flags for what follows in the group around
      const bool dots = dot_all_.back();
      dot_all_.pop_back();
      dot_all_.back() = dots;
    }
    copy(end + 1);
  }

  void escape() {
    const char next = at_ + 1 < pattern_.size() ? pattern_[at_ + 1] : '\0';
    switch (next) {
      case 'b':
      case 'B':
        out_ += next == 'b' ? "\\x01" : "\\x02";
        at_ += 2;
        behind_border_ = true;
        return;
      case 'A': return anchor(2);
      case 'z': out_ += kAnyMarks; return copy(2);
      case 'C': good_ = false; return;
      case 'Q': return quoted();
      case 'E': at_ += 2; return;
      case 'S': return negated("[^\\s\\x01\\x02]");
      case 'D': return negated("[^\\d\\x01\\x02]");
      case 'W': return negated("[^\\w\\x01\\x02]");
      default: return escaped_class(escape_length());
    }
  }

  void negated(std::string_view atom) {
    at_ += 2;
    character(atom);
  }

  void quoted() {
    const auto end = std::min(pattern_.find("\\E", at_ + 2), pattern_.size());
    for (at_ += 2; at_ < end;) literal();
    at_ = std::min(end + 2, pattern_.size());
  }

  /// Of \pL, \p{Greek}, \x41, \x{1F600}, \123 and \n.
  [[nodiscard]] std::size_t escape_length() const {
    const char kind = rest()[1];
    if ((kind == 'p' || kind == 'P' || kind == 'x') && rest().size() > 2 && rest()[2] == '{')
      return rest().find('}') + 1;
    if (kind == 'p' || kind == 'P') return 3;
    if (kind == 'x') return 4;
    if (kind >= '0' && kind <= '7') {
      const auto end = rest().substr(0, 4).find_first_not_of("01234567", 1);
      return std::min(end, std::min<std::size_t>(4, rest().size()));
    }
    return 1 + text::code_point_at(pattern_, at_ + 1).length;
  }

  void escaped_class(std::size_t length) {
    auto atom = std::string(rest().substr(0, length));
    at_ += length;
    const bool negative = atom.starts_with("\\P") != atom.starts_with("\\p{^") &&
                          (atom.starts_with("\\P") || atom.starts_with("\\p{^"));
    if (negative) atom = "[^" + std::string(kMarks) + positive(atom) + "]";
    good_ = good_ && !takes_marks(atom);
    character(atom);
  }

  /// \pL for \PL, and \p{Greek} for \p{^Greek}.
  static std::string positive(std::string atom) {
    if (atom.starts_with("\\P"))
      atom[1] = 'p';
    else
      atom.erase(3, 1);
    return atom;
  }

  void character_class() {
    const auto end = class_end();
    auto inner = std::string(rest().substr(1, end - 1));
    at_ += end + 1;
    if (inner.starts_with('^')) {
      inner.erase(0, 1);
      const bool sign = inner.starts_with(']') || inner.starts_with('-');
      inner = "^" + std::string(kMarks) + (sign ? "\\" : "") + inner;
    }
    const auto atom = "[" + inner + "]";
    good_ = good_ && !takes_marks(atom);
    character(atom);
  }

  /// The place of the bracket that ends the class which begins here.
  [[nodiscard]] std::size_t class_end() const {
    const auto text = rest();
    std::size_t at = text.starts_with("[^") ? 2 : 1;
    if (at < text.size() && text[at] == ']') ++at;
    while (at < text.size() && text[at] != ']') {
      if (text[at] == '\\') {
        at += 2;
      } else if (text.substr(at).starts_with("[:") &&
                 text.find(":]", at + 2) != std::string_view::npos) {
        at = text.find(":]", at + 2) + 2;
      } else {
        ++at;
      }
    }
    return at;
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  std::string out_;
  std::vector<bool> dot_all_{false};  // of each group that is open: does . take a new line
  bool behind_border_ = false;        // a border was asked for, in this alternative
  bool good_ = true;
};

}  // namespace

bool asks_for_border(std::string_view pattern) {
  bool quoted = false;
  for (std::size_t at = 0; at + 1 < pattern.size(); ++at) {
    if (pattern[at] != '\\') continue;
    const char next = pattern[++at];
    if (next == 'Q') quoted = true;
    if (next == 'E') quoted = false;
    if (!quoted && (next == 'b' || next == 'B')) return true;
  }
  return false;
}

std::optional<std::string> for_border_text(std::string_view pattern) {
  return Rewriter(pattern).run();
}

void BorderText::mark(bool border, std::uint32_t origin) {
  bytes_.append(2, border ? kBorder : kInside);
  origins_.insert(origins_.end(), 2, origin);
}

void BorderText::read(std::string_view text) {
  bytes_.clear();
  origins_.clear();
  bool before = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = text::code_point_at(text, at);
    const bool word = c.good && is_word(c.value);
    mark(word != before, static_cast<std::uint32_t>(at));
    for (std::size_t i = 0; i < c.length; ++i)
      origins_.push_back(static_cast<std::uint32_t>(at + i));
    // A mark in the text itself would be taken for a place: a blank is as little of a word.
    if (c.good && (c.value == 1 || c.value == 2))
      bytes_ += ' ';
    else
      bytes_ += text.substr(at, c.length);
    before = word;
    at += c.length;
  }
  mark(before, static_cast<std::uint32_t>(text.size()));
  origins_.push_back(static_cast<std::uint32_t>(text.size()));
}

bool BorderText::is_mark(std::size_t at) const noexcept {
  return bytes_[at] == kBorder || bytes_[at] == kInside;
}

std::size_t BorderText::before_marks(std::size_t at) const noexcept {
  while (at > 0 && is_mark(at - 1)) --at;
  return at;
}

std::size_t BorderText::next_marks(std::size_t at) const noexcept {
  while (at < bytes_.size() && is_mark(at)) ++at;
  while (at < bytes_.size() && !is_mark(at)) ++at;
  return at;
}

}  // namespace tocsin::rules::detail
