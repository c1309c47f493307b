// SPDX-License-Identifier: MIT
#include "rules/detail/reader.hpp"

#include <algorithm>
#include <utility>

#include "rules/detail/slips.hpp"
#include "text/utf8.hpp"

namespace tocsin::rules::detail {
namespace {

using NodeKind = Node::Kind;

constexpr std::size_t kMostErrors = 50;       // in one rule; then it is another language altogether
constexpr std::size_t kShownOfReading = 100;  // bytes of each part of an OR

Node branch(NodeKind kind, std::vector<Node> children, std::uint32_t n = 0) {
  Node node;
  node.kind = kind;
  node.n = n;
  node.children = std::move(children);
  return node;
}

NodeKind kind_of(std::string_view op) {
  if (op == "NEAR" || op == "W") return NodeKind::near;
  if (op == "ONEAR" || op == "PRE") return NodeKind::near_ordered;
  if (op == "NOT NEAR") return NodeKind::not_near;
  if (op == "SENTENCE") return NodeKind::sentence;
  if (op == "PARA") return NodeKind::paragraph;
  return NodeKind::except;
}

bool counts_words(std::string_view op) {
  return op != "SENTENCE" && op != "PARA" && op != "EXCEPT";
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// `word` without single quotes around, which quote nothing here.
std::string without_quotes(std::string_view word) {
  for (const std::string_view quote : {"'", "\u2018", "\u2019"}) {
    if (word.starts_with(quote)) word.remove_prefix(quote.size());
    if (word.ends_with(quote)) word.remove_suffix(quote.size());
  }
  return std::string(word);
}

Scope scopes_of(const Node& node) {
  if (node.children.empty()) return node.leaf.scope;
  Scope all = 0;
  for (const auto& child : node.children) all = static_cast<Scope>(all | scopes_of(child));
  return all;
}

}  // namespace

const Lexeme& Reader::peek(std::size_t ahead) const {
  return lexemes_[std::min(at_ + ahead, lexemes_.size() - 1)];
}

Lexeme Reader::take() {
  auto lexeme = peek();
  if (at_ + 1 < lexemes_.size()) ++at_;
  return lexeme;
}

Node Reader::finish(Node node, std::size_t from) const {
  const auto& last = lexemes_[at_ == 0 ? 0 : at_ - 1];
  node.offset = static_cast<std::uint32_t>(from);
  node.length =
      static_cast<std::uint32_t>(std::max<std::size_t>(last.offset + last.length, from + 1) - from);
  return node;
}

std::string_view Reader::source(const Node& node) const {
  return query_.substr(node.offset, node.length);
}

std::string_view Reader::source(const Lexeme& lexeme) const {
  return query_.substr(lexeme.offset, lexeme.length);
}

bool Reader::starts_primary() const {
  switch (peek().kind) {
    case Kind::term:
    case Kind::phrase:
    case Kind::regex:
    case Kind::open:
    case Kind::field:
    case Kind::function:
    case Kind::entity:
    case Kind::comparison:
    case Kind::of: return true;
    default: return false;
  }
}

void Reader::fail(const Lexeme& at, std::string message, std::string hint) {
  report_.error(at.offset, at.length, std::move(message), std::move(hint));
}

/// Leaves the rest unread: what could be said of it would follow from the last error.
void Reader::give_up() {
  at_ = lexemes_.size() - 1;
}

Node Reader::read(const Setting& setting) {
  std::vector<LexError> errors;
  lexemes_ = lex(query_, errors);
  for (auto& e : errors) report_.error(e.offset, e.length, std::move(e.message), std::move(e.hint));
  // What stands before a broken quote would be judged wrongly too: its brackets close behind it.
  if (!errors.empty() && errors.back().fatal) return {};
  if (peek().kind == Kind::end) {
    if (errors.empty()) report_.error(0, 1, "the query is empty", "write at least one word");
    return {};
  }
  auto root = read_or(setting);
  stray_commas(setting);
  if (peek().kind == Kind::close)
    fail(peek(), "a closing bracket without an opening one", "remove it, or put ( before");
  return root;
}

Node Reader::read_or(const Setting& setting) {
  const auto from = peek().offset;
  const auto errors = report_.errors();
  std::vector<Node> children;
  children.push_back(read_and(setting));
  while (peek().kind == Kind::or_) {
    take();
    children.push_back(read_and(setting));
  }
  if (children.size() == 1) return std::move(children.front());
  auto node = finish(branch(NodeKind::any_of, std::move(children)), from);
  if (report_.errors() == errors) check_mixed(node);
  return node;
}

void Reader::check_mixed(const Node& node) {
  const bool mixed = std::any_of(node.children.begin(), node.children.end(), [](const Node& c) {
    return c.kind == NodeKind::all_of && !c.bracketed;
  });
  if (!mixed) return;
  report_.warn(node.offset, node.length, "AND and OR are mixed without brackets",
               "it is read as " + bracketed_reading(node, query_) + "; write the brackets");
}

std::string bracketed_reading(const Node& node, std::string_view query) {
  std::string out;
  for (const auto& child : node.children) {
    const auto whole = query.substr(child.offset, child.length);
    const auto shown = text::cut_utf8(whole, kShownOfReading);
    const auto text = std::string(shown) + (shown.size() < whole.size() ? "…" : "");
    if (!out.empty()) out += " OR ";
    out += child.kind == NodeKind::all_of && !child.bracketed ? "(" + text + ")" : text;
  }
  for (auto& c : out)
    if (c == '\n') c = ' ';
  return out;
}

Node Reader::read_and(const Setting& setting) {
  const auto from = peek().offset;
  std::vector<Node> children;
  children.push_back(read_not(setting));
  for (;;) {
    if (peek().kind == Kind::and_) {
      take();
      children.push_back(read_not(setting));
    } else if (peek().kind == Kind::not_) {
      const auto at = take().offset;
      std::vector<Node> refused;
      refused.push_back(read_not(setting));
      children.push_back(finish(branch(NodeKind::negation, std::move(refused)), at));
    } else if (starts_primary()) {
      missing_operator();
      if (starts_primary()) children.push_back(read_not(setting));
    } else {
      break;
    }
    if (report_.errors() > kMostErrors) give_up();
  }
  if (children.size() == 1) return std::move(children.front());
  return finish(branch(NodeKind::all_of, std::move(children)), from);
}

Node Reader::read_not(const Setting& setting) {
  if (peek().kind != Kind::not_ || !deeper(peek())) return read_near(setting);
  const auto from = take().offset;
  std::vector<Node> children;
  children.push_back(read_not(setting));
  --depth_;
  return finish(branch(NodeKind::negation, std::move(children)), from);
}

bool Reader::take_proximity(Lexeme& op) {
  if (peek().kind == Kind::proximity) {
    op = take();
    return true;
  }
  if (peek().kind != Kind::not_ || peek(1).kind != Kind::proximity || peek(1).text != "NEAR")
    return false;
  const auto from = take().offset;
  op = take();
  op.text = "NOT NEAR";
  op.length += op.offset - from;
  op.offset = from;
  return true;
}

void Reader::check_distance(Lexeme& op) {
  if (!counts_words(op.text)) {
    if (op.has_n) fail(op, op.text + " takes no number", "write " + op.text);
    return;
  }
  if (!op.has_n) {
    const bool number = peek().kind == Kind::term && is_number(peek().text);
    const auto n = number ? take().text : std::string("8");
    return fail(op, op.text + " needs a number of words",
                "write " + op.text + "/" + n + ": at most " + n + " words between");
  }
  if (op.text == "W" || op.text == "PRE") {
    if (op.n == 0)
      return fail(op, op.text + "/0 has no meaning",
                  "neighbours are " + op.text + "/1, the same as " +
                      (op.text == "W" ? "NEAR/0" : "ONEAR/0"));
    --op.n;
  }
  if (op.n > kMaxDistance)
    fail(op, "the distance is too great",
         "at most " + std::to_string(kMaxDistance) + " words; or use PARA or AND");
}

/// a NEAR/3 b NEAR/5 c could mean two things.
void Reader::check_chain(const Lexeme& first, const Lexeme& op) {
  if (first.text == op.text && first.n == op.n) return;
  const auto written = [this](const Lexeme& l) {
    return std::string(query_.substr(l.offset, l.length));
  };
  fail(op,
       first.text == op.text ? "different distances in one chain"
                             : first.text + " and " + op.text + " in one chain",
       "put brackets around one pair, like (a " + written(first) + " b) " + written(op) + " c");
}

Node Reader::read_near(const Setting& setting) {
  const auto from = peek().offset;
  const auto errors = report_.errors();
  auto left = read_primary(setting);
  Lexeme first;
  for (Lexeme op; take_proximity(op);) {
    check_distance(op);
    if (first.text.empty())
      first = op;
    else
      check_chain(first, op);
    check_operand(left, op.text);
    std::vector<Node> pair;
    pair.push_back(std::move(left));
    pair.push_back(read_primary(setting));
    check_operand(pair.back(), op.text);
    left = finish(branch(kind_of(op.text), std::move(pair), op.n), from);
    if (report_.errors() == errors) check_scopes(left);
  }
  return left;
}

void Reader::check_operand(const Node& operand, std::string_view op) {
  if (has_spans(operand)) return;
  const std::string name(op),
      message = "an operand of " + name + " must be words, or words joined with OR";
  switch (operand.kind) {
    case NodeKind::value:
    case NodeKind::comparison:
      return report_.error(operand.offset, operand.length,
                           "this has no place in the text that " + name + " could measure from",
                           "join it with AND");
    case NodeKind::at_least:
    case NodeKind::some_of:
      return report_.error(operand.offset, operand.length, message,
                           "ATLEAST and OF count in the whole article: join them with AND");
    case NodeKind::negation:
      return report_.error(operand.offset, operand.length, message,
                           "write a NOT NEAR/8 b for an a without a b beside it, or a NOT b");
    default:
      report_.error(
          operand.offset, operand.length, message,
          "write (a " + name + " c) AND (b " + name + " c) instead of (a AND b) " + name + " c");
  }
}

void Reader::check_scopes(const Node& near) {
  if (near.kind == NodeKind::except || near.kind == NodeKind::not_near) return;
  const auto left = scopes_of(near.children[0]), right = scopes_of(near.children[1]);
  if (left == right) return;
  report_.warn(near.offset, near.length,
               "a field stands on one side only, and words of different fields are never near",
               "write the field once, before a bracket around both");
}

/// CASE (x), case(x), ATLEAST 3 (x): `before` is a function.
bool Reader::function_apart(const Lexeme& before) {
  const auto function = before.kind == Kind::term ? function_meant(before.text) : "";
  const bool number = peek().kind == Kind::term && is_number(peek().text);
  if (function.empty() || (peek().kind != Kind::open && !number)) return false;
  const auto slash = std::min(before.text.find('/'), before.text.size());
  const auto n = number ? "/" + take().text : before.text.substr(slash);
  fail(before, "'" + before.text + "' is read as a word here",
       "functions are capitals right before a bracket: " + std::string(function) + n + "(…)");
  told_to_ = at_ + 1;
  return true;
}

/// `and`, near/5, &&: the word that should have been an operator is left out.
bool Reader::operator_misspelt(const Lexeme& before) {
  const auto next = peek();
  if (next.text == "of" && is_number(before.text)) {
    take();
    told_to_ = at_ + 1;
    fail(next, "'of' in small letters is a word", "write " + before.text + " OF (a, b, c)");
    return true;
  }
  for (const auto* term : {&next, &before}) {
    if (term->kind != Kind::term) continue;
    const auto op = operator_meant(term->text);
    if (op.empty()) continue;
    const bool small = term->text.find_first_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos;
    fail(*term,
         "'" + term->text +
             (small ? "' in small letters is a word, not an operator" : "' is no operator"),
         "write " + op + ", or \"…\" around a phrase");
    if (term == &next) take();
    return true;
  }
  return false;
}

/// Two operands side by side. Of a run of words the whole is told at once.
void Reader::missing_operator() {
  if (at_ < told_to_) return;
  const auto before = lexemes_[at_ - 1];
  const auto& next = peek();
  if (function_apart(before) || operator_misspelt(before)) return;
  if (next.kind == Kind::term && !slip_of_term(next.text).message.empty())
    return;  // told as it is read
  if (next.kind != Kind::term || before.kind != Kind::term)
    return fail(next, "an operator is missing before this", "write AND, OR, NOT or NEAR/8 between");
  auto phrase = without_quotes(source(before)), joined = phrase;
  auto end = at_;
  for (; lexemes_[end].kind == Kind::term && operator_meant(lexemes_[end].text).empty(); ++end) {
    const auto word = without_quotes(source(lexemes_[end]));
    phrase.append(" ").append(word);
    joined.append(" AND ").append(word);
  }
  told_to_ = end;
  const auto& last = lexemes_[end - 1];
  report_.error(
      before.offset, last.offset + last.length - before.offset,
      end - at_ == 1 ? "two words with no operator between" : "words with no operator between",
      "write \"" + phrase + "\" for the phrase, or " + joined);
}

bool Reader::deeper(const Lexeme& at) {
  if (++depth_ <= kMaxDepth) return true;
  fail(at, "brackets are nested too deep", "at most " + std::to_string(kMaxDepth) + " levels");
  give_up();
  return false;
}

void Reader::close(const Lexeme& opened) {
  if (depth_ > kMaxDepth) return;  // all is said
  --depth_;
  if (peek().kind == Kind::close)
    take();
  else if (peek().kind == Kind::end)
    fail(opened, "the bracket is not closed", "put ) after it");
}

}  // namespace tocsin::rules::detail
