// SPDX-License-Identifier: MIT
#include "rules/lexer.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace tocsin::rules {
namespace {

using Kind = Lexeme::Kind;

constexpr std::string_view kCurlyOpen = "\u201C", kCurlyClose = "\u201D", kLowOpen = "\u201E",
                           kNoBreak = "\u00A0";
constexpr std::array<std::string_view, 6> kProximity = {"NEAR", "ONEAR",    "W",
                                                        "PRE",  "SENTENCE", "PARA"};

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
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
  [[nodiscard]] bool looking_at(std::string_view what) const {
    return query_.substr(at_).starts_with(what);
  }

  void skip_blanks() {
    while (at_ < query_.size()) {
      if (is_blank(query_[at_]))
        ++at_;
      else if (looking_at(kNoBreak))
        at_ += kNoBreak.size();
      else
        return;
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
    const char c = query_[at_];
    if (c == '(' || c == ')' || c == ',') {
      ++at_;
      add(c == '(' ? Kind::open : c == ')' ? Kind::close : Kind::comma, {});
    } else if (c == '"') {
      ++at_;
      phrase({"\""});
    } else if (looking_at(kCurlyOpen) || looking_at(kLowOpen) || looking_at(kCurlyClose)) {
      at_ += kCurlyOpen.size();
      phrase({kCurlyClose, kCurlyOpen});
    } else if (c == '/') {
      regex();
    } else if (c == '@') {
      ++at_;
      const auto from = at_;
      while (at_ < query_.size() && is_name(query_[at_])) ++at_;
      add(Kind::entity, std::string(query_.substr(from, at_ - from)));
    } else if (is_compare(c)) {
      ++at_;
      fail("'" + std::string(1, c) + "' stands alone",
           "comparisons are words>400, age<24h and date>=2018-09-01");
    } else {
      chunk();
    }
  }

  void phrase(std::initializer_list<std::string_view> closers) {
    auto end = std::string_view::npos;
    std::size_t width = 0;
    for (const auto closer : closers) {
      const auto found = query_.find(closer, at_);
      if (found < end) {
        end = found;
        width = closer.size();
      }
    }
    if (end == std::string_view::npos) {
      at_ = start_ + (query_[start_] == '"' ? 1 : kCurlyOpen.size());
      fail("the quote is not closed", "put \" at the end of the phrase");
      at_ = query_.size();
      return;
    }
    auto text = std::string(query_.substr(at_, end - at_));
    at_ = end + width;
    add(Kind::phrase, std::move(text));
  }

  void regex() {
    auto end = at_ + 1;
    while (end < query_.size() && query_[end] != '/') end += query_[end] == '\\' ? 2 : 1;
    if (end >= query_.size()) {
      ++at_;
      fail("the regex is not closed", "a regex is written /…/, and a slash inside it \\/");
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
    const bool sensitive = at_ < query_.size() && query_[at_] == 'c' &&
                           (at_ + 1 == query_.size() || !is_name(query_[at_ + 1]));
    if (sensitive) ++at_;
    add(Kind::regex, std::move(text)).n = sensitive ? 1 : 0;
  }

  [[nodiscard]] bool ends_chunk() const {
    if (at_ >= query_.size()) return true;
    const char c = query_[at_];
    return is_blank(c) || c == '(' || c == ')' || c == ',' || c == '"' || looking_at(kCurlyOpen) ||
           looking_at(kCurlyClose) || looking_at(kLowOpen) || looking_at(kNoBreak);
  }

  /// A run of characters that are neither blanks nor brackets nor quotes.
  void chunk() {
    while (!ends_chunk() && query_[at_] != ':' && !is_compare(query_[at_])) ++at_;
    const auto text = query_.substr(start_, at_ - start_);
    if (at_ < query_.size() && query_[at_] == ':') return colon(text);
    if (text == "words" || text == "age" || text == "date" ||
        (at_ < query_.size() && is_compare(query_[at_]))) {
      if (comparison()) return;
    }
    word(std::string(text));
  }

  void colon(std::string_view text) {
    const bool field =
        !text.empty() && std::all_of(text.begin(), text.end(), is_name) && !is_digit(text.front());
    if (field) {
      ++at_;
      add(Kind::field, std::string(text));
      return;
    }
    while (!ends_chunk()) ++at_;
    word(std::string(query_.substr(start_, at_ - start_)));
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
    while (!ends_chunk()) text += query_[at_++];
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
      fail("'" + std::string(digits) + "' is no number of words",
           "write " + std::string(name) + "/8");
    }
    return true;
  }

  [[nodiscard]] bool before_bracket() const { return at_ < query_.size() && query_[at_] == '('; }

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
