// SPDX-License-Identifier: MIT
#include "rules/lexer.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "rules/detail/slips.hpp"
#include "text/fold.hpp"
#include "text/utf8.hpp"

namespace tocsin::rules {
namespace {

using detail::operator_meant;
using Kind = Lexeme::Kind;

constexpr std::array<std::string_view, 6> kProximity = {"NEAR", "ONEAR",    "W",
                                                        "PRE",  "SENTENCE", "PARA"};

/// A sign of the language, however it is written: `kind` is its ASCII form.
struct Sign {
  char kind = 0;          // ( ) , : " a blank, kMark, or 0 for what is no sign
  std::size_t width = 1;  // bytes
};

/// A mark of writing direction: worth nothing, but no blank either.
constexpr char kMark = '\x01';

char sign_of(char32_t c) {
  switch (c) {
    case 0xFF08: return '(';
    case 0xFF09: return ')';
    case 0x060C:  // Arabic
    case 0x3001:
    case 0xFF0C: return ',';
    case 0xFF1A: return ':';
    case 0x00AB:  // « »
    case 0x00BB:
    case 0x201C:  // “ ” „
    case 0x201D:
    case 0x201E:
    case 0x300C:  // 「 『
    case 0x300E:
    case 0xFF02: return '"';
    case 0x0085:
    case 0x00A0:
    case 0x200B:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x3000:
    case 0xFEFF: return ' ';
    case 0x061C:
    case 0x200E:
    case 0x200F: return kMark;
    default: break;
  }
  if (c >= 0x2000 && c <= 0x200A) return ' ';
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ? kMark : '\0';
}

/// What may close a phrase that `open` opened.
std::vector<std::string_view> closers_of(std::string_view open) {
  if (open == "\u00AB") return {"\u00BB"};
  if (open == "\u00BB") return {"\u00AB"};
  if (open == "\u300C") return {"\u300D"};
  if (open == "\u300E") return {"\u300F"};
  if (open == "\"" || open == "\uFF02") return {open};
  return {"\u201D", "\u201C"};
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == '-' ||
         c == '.';
}
bool is_compare(char c) {
  return c == '<' || c == '>' || c == '=';
}

class Lexer {
 public:
  Lexer(std::string_view query, std::vector<LexError>& errors) : query_(query), errors_(errors) {}

  std::vector<Lexeme> run() {
    for (skip_blanks(); at_ < query_.size(); skip_blanks()) {
      start_ = at_;
      next();
    }
    start_ = at_;
    add(Kind::end, {});
    return std::move(out_);
  }

 private:
  /// A straight quote between Hebrew letters is how people type the gershayim of an acronym.
  [[nodiscard]] bool is_gershayim(std::size_t at) const {
    const auto is_hebrew = [this](std::size_t i) {  // the first byte of U+05D0 to U+05EA is one
      return i < query_.size() && query_[i] == '\xD7';
    };
    return query_[at] == '"' && at >= 2 && is_hebrew(at - 2) && is_hebrew(at + 1);
  }

  [[nodiscard]] Sign sign() const {
    const char c = query_[at_];
    if (c == '"' && at_ > start_ && is_gershayim(at_)) return {};
    if (c == '(' || c == ')' || c == ',' || c == ':' || c == '"') return {c, 1};
    if (c == ' ' || (c >= '\t' && c <= '\r')) return {' ', 1};
    if (static_cast<unsigned char>(c) < 0x80) return {};
    const auto point = text::code_point_at(query_, at_);
    return {sign_of(point.value), point.length};
  }

  void skip_blanks() {
    while (at_ < query_.size()) {
      const auto found = sign();
      if (found.kind != ' ' && found.kind != kMark) return;
      at_ += found.width;
    }
  }

  Lexeme& add(Kind kind, std::string text) {
    Lexeme lexeme;
    lexeme.kind = kind;
    lexeme.text = std::move(text);
    lexeme.offset = static_cast<std::uint32_t>(start_);
    lexeme.length = static_cast<std::uint32_t>(at_ - start_);
    out_.push_back(std::move(lexeme));
    return out_.back();
  }

  void fail(std::string message, std::string hint) {
    errors_.push_back({static_cast<std::uint32_t>(start_), static_cast<std::uint32_t>(at_ - start_),
                       std::move(message), std::move(hint)});
  }

  void next() {
    const auto found = sign();
    const char c = query_[at_];
    if (found.kind == '(' || found.kind == ')' || found.kind == ',') {
      at_ += found.width;
      add(found.kind == '(' ? Kind::open : found.kind == ')' ? Kind::close : Kind::comma, {});
    } else if (found.kind == '"') {
      at_ += found.width;
      phrase(closers_of(query_.substr(start_, found.width)));
    } else if (c == '/') {
      regex();
    } else if (c == '@') {
      entity();
    } else if (is_compare(c)) {
      ++at_;
      fail("'" + std::string(1, c) + "' stands alone",
           "comparisons are words>400, age<24h and date>=2018-09-01");
    } else {
      chunk();
    }
  }

  /// A key may be of letters of any script.
  void entity() {
    const auto from = ++at_;
    while (at_ < query_.size()) {
      const auto point = text::code_point_at(query_, at_);
      const bool part = point.value < 0x80 ? is_name(query_[at_])
                                           : text::FoldTable::instance().at(point.value).length > 0;
      if (!part) break;
      at_ += point.length;
    }
    auto key = query_.substr(from, at_ - from);
    while (key.ends_with('.')) key.remove_suffix(1);  // the end of a sentence, no part of the key
    if (key.empty()) {
      while (!ends_chunk()) ++at_;
      return fail("a key should follow @", "write @ and the key of an entity or a list");
    }
    add(Kind::entity, std::string(key));
  }

  void phrase(const std::vector<std::string_view>& closers) {
    const auto open = at_;
    auto end = std::string_view::npos;
    std::size_t width = 0;
    for (const auto closer : closers) {
      auto found = query_.find(closer, open);
      while (found != std::string_view::npos && found > open && is_gershayim(found))
        found = query_.find(closer, found + 1);
      if (found < end) {
        end = found;
        width = closer.size();
      }
    }
    if (end == std::string_view::npos) {
      fail("the quote is not closed",
           "put " + std::string(closers.front()) + " at the end of the phrase");
      errors_.back().fatal = true;
      at_ = query_.size();
      return;
    }
    auto text = std::string(query_.substr(open, end - open));
    at_ = end + width;
    add(Kind::phrase, std::move(text));
  }

  void regex() {
    auto end = at_ + 1;
    while (end < query_.size() && query_[end] != '/') end += query_[end] == '\\' ? 2 : 1;
    if (end >= query_.size()) {
      ++at_;
      fail("the regex is not closed", "a regex is written /…/, and a slash inside it \\/");
      errors_.back().fatal = true;
      at_ = query_.size();
      return;
    }
    std::string text;
    for (auto i = at_ + 1; i < end; ++i) {
      if (query_[i] == '\\' && query_[i + 1] == '/')
        ++i;  // \/ is the slash itself
      else if (query_[i] == '\\')
        text += query_[i++];
      text += query_[i];
    }
    at_ = end + 1;
    const auto flags_at = at_;
    while (at_ < query_.size() && is_name(query_[at_]) && query_[at_] != '.') ++at_;
    const auto flags = query_.substr(flags_at, at_ - flags_at);
    if (!flags.empty() && flags != "c")
      fail("'" + std::string(flags) + "' behind the regex means nothing",
           "/…/ ignores case and /…/c minds it; other flags go inside, like (?s)");
    add(Kind::regex, std::move(text)).n = flags == "c" ? 1 : 0;
  }

  [[nodiscard]] bool ends_chunk() const {
    if (at_ >= query_.size()) return true;
    const char kind = sign().kind;
    return kind != 0 && kind != ':' && kind != kMark;
  }

  [[nodiscard]] bool at_colon() const { return at_ < query_.size() && sign().kind == ':'; }

  /// A run of characters that are neither blanks nor brackets nor quotes.
  void chunk() {
    auto end = at_;  // without marks of direction at the end
    while (!ends_chunk() && !at_colon() && !is_compare(query_[at_])) {
      const auto found = sign();
      at_ += found.width;
      if (found.kind != kMark) end = at_;
    }
    const auto text = query_.substr(start_, end - start_);
    if (at_colon()) return colon(text);
    if (text == "words" || text == "age" || text == "date" ||
        (at_ < query_.size() && is_compare(query_[at_]))) {
      if (comparison()) return;
    }
    word(std::string(text));
  }

  void colon(std::string_view text) {
    if (query_.substr(at_).starts_with("://")) return address();
    const bool field =
        !text.empty() && std::all_of(text.begin(), text.end(), is_name) && !is_digit(text.front());
    if (field) {
      at_ += sign().width;
      add(Kind::field, std::string(text));
      return;
    }
    while (!ends_chunk()) at_ += sign().width;
    word(std::string(query_.substr(start_, at_ - start_)));
  }

  /// https://example.org/a: a field and a regex to the letter, but nobody means that.
  void address() {
    while (!ends_chunk() || at_colon()) at_ += sign().width;
    fail("an address is no word", "write site:example.org, or url:\"words of the address\"");
    add(Kind::term, std::string(query_.substr(start_, at_ - start_)));
  }

  bool comparison() {
    const auto back = at_;
    skip_blanks();
    if (at_ >= query_.size() || !is_compare(query_[at_])) {
      at_ = back;
      return false;
    }
    std::string text(query_.substr(start_, back - start_));
    while (at_ < query_.size() && is_compare(query_[at_])) text += query_[at_++];
    skip_blanks();
    for (; !ends_chunk(); ++at_) text += query_[at_];
    add(Kind::comparison, std::move(text));
    return true;
  }

  /// A name, then "/number": the parts of NEAR/8 and ATLEAST/3.
  bool numbered(std::string_view text) {
    const auto slash = text.find('/');
    const auto name = text.substr(0, slash);
    const bool near = std::find(kProximity.begin(), kProximity.end(), name) != kProximity.end() ||
                      name == "EXCEPT";
    const bool function = name == "ATLEAST" || name == "FIRST";
    if (!near && !(function && (slash != std::string_view::npos || before_bracket()))) return false;
    if (name == "W" && slash == std::string_view::npos) return false;
    auto& lexeme = add(near ? Kind::proximity : Kind::function, std::string(name));
    if (slash == std::string_view::npos) return true;
    const auto digits = text.substr(slash + 1);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), lexeme.n);
    lexeme.has_n = error == std::errc{} && end == digits.data() + digits.size();
    if (!lexeme.has_n) {
      lexeme.has_n = true;
      lexeme.n = 1;
      fail("'" + std::string(digits) + "' is no number of words",
           "write " + operator_meant(text, std::string(name) + "/8"));
    }
    return true;
  }

  [[nodiscard]] bool before_bracket() const { return at_ < query_.size() && sign().kind == '('; }

  void word(std::string text) {
    if (text == "AND") return void(add(Kind::and_, std::move(text)));
    if (text == "OR") return void(add(Kind::or_, std::move(text)));
    if (text == "NOT") return void(add(Kind::not_, std::move(text)));
    if (text == "OF" && !out_.empty() && is_count(out_.back())) {
      auto& count = out_.back();
      count.kind = Kind::of;
      count.n = 0;
      std::from_chars(count.text.data(), count.text.data() + count.text.size(), count.n);
      count.length = static_cast<std::uint32_t>(at_) - count.offset;
      return;
    }
    if (numbered(text)) return;
    const bool call =
        before_bracket() && !text.empty() &&
        std::all_of(
            text.begin(), text.end(),
            [](char c) { return (c >= 'A' && c <= 'Z') || is_digit(c) || c == '/' || c == '_'; }) &&
        text.front() >= 'A';
    add(call ? Kind::function : Kind::term, std::move(text));
  }

  static bool is_count(const Lexeme& lexeme) {
    return lexeme.kind == Kind::term && !lexeme.text.empty() &&
           std::all_of(lexeme.text.begin(), lexeme.text.end(), is_digit);
  }

  std::string_view query_;
  std::vector<LexError>& errors_;
  std::vector<Lexeme> out_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;  // of the piece under way
};

}  // namespace

std::vector<Lexeme> lex(std::string_view query, std::vector<LexError>& errors) {
  return Lexer(query, errors).run();
}

}  // namespace tocsin::rules
