// SPDX-License-Identifier: MIT
#include "rules/detail/reader.hpp"

#include <algorithm>
#include <utility>

namespace tocsin::rules::detail {
namespace {

using NodeKind = Node::Kind;

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

Node Reader::read(const Setting& setting) {
  std::vector<LexError> errors;
  lexemes_ = lex(query_, errors);
  for (auto& e : errors) report_.error(e.offset, e.length, std::move(e.message), std::move(e.hint));
  if (!errors.empty()) return {};  // what follows a broken quote would be judged wrongly
  if (peek().kind == Kind::end) {
    report_.error(0, 1, "the query is empty", "write at least one word");
    return {};
  }
  auto root = read_or(setting);
  while (report_.clean() && peek().kind != Kind::end) {
    const auto extra = take();
    if (extra.kind == Kind::close)
      report_.error(extra.offset, extra.length, "a closing bracket without an opening one",
                    "remove it, or put ( before");
    else
      report_.error(extra.offset, extra.length, "this cannot stand here",
                    "put an operator or a bracket before it");
  }
  return root;
}

Node Reader::read_or(const Setting& setting) {
  const auto from = peek().offset;
  std::vector<Node> children;
  children.push_back(read_and(setting));
  while (report_.clean() && peek().kind == Kind::or_) {
    take();
    children.push_back(read_and(setting));
  }
  if (children.size() == 1) return std::move(children.front());
  auto node = finish(branch(NodeKind::any_of, std::move(children)), from);
  check_mixed(node);
  return node;
}

void Reader::check_mixed(const Node& node) {
  const bool mixed = std::any_of(node.children.begin(), node.children.end(), [](const Node& c) {
    return c.kind == NodeKind::all_of && !c.bracketed;
  });
  if (!mixed || !report_.clean()) return;
  report_.warn(node.offset, node.length, "AND and OR are mixed without brackets",
               "it is read as " + bracketed_reading(node, query_) + "; write the brackets");
}

std::string bracketed_reading(const Node& node, std::string_view query) {
  std::string out;
  for (const auto& child : node.children) {
    const auto text = std::string(query.substr(child.offset, child.length));
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
  while (report_.clean()) {
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
    } else {
      break;
    }
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
    if (op.has_n)
      report_.error(op.offset, op.length, op.text + " takes no number", "write " + op.text);
    return;
  }
  if (!op.has_n)
    return report_.error(op.offset, op.length, op.text + " needs a number of words",
                         "write " + op.text + "/8: at most 8 words between");
  if (op.text == "W" || op.text == "PRE") {
    if (op.n == 0)
      return report_.error(op.offset, op.length, op.text + "/0 has no meaning",
                           "neighbours are " + op.text + "/1, the same as NEAR/0");
    --op.n;
  }
  if (op.n > kMaxDistance)
    report_.error(op.offset, op.length, "the distance is too great",
                  "at most " + std::to_string(kMaxDistance) + " words; or use PARA or AND");
}

Node Reader::read_near(const Setting& setting) {
  const auto from = peek().offset;
  auto left = read_primary(setting);
  Lexeme first;
  for (Lexeme op; report_.clean() && take_proximity(op);) {
    check_distance(op);
    if (first.text.empty()) {
      first = op;
    } else if (first.text != op.text || first.n != op.n) {
      report_.error(
          op.offset, op.length, "different distances in one chain",
          "put brackets around one pair, like (a " + first.text + "/3 b) " + op.text + "/5 c");
    }
    check_operand(left, op.text);
    std::vector<Node> pair;
    pair.push_back(std::move(left));
    pair.push_back(read_primary(setting));
    check_operand(pair.back(), op.text);
    left = finish(branch(kind_of(op.text), std::move(pair), op.n), from);
    check_scopes(left);
  }
  return left;
}

void Reader::check_operand(const Node& operand, std::string_view op) {
  if (!report_.clean() || has_spans(operand)) return;
  const std::string name(op);
  if (operand.kind == NodeKind::value || operand.kind == NodeKind::comparison)
    return report_.error(operand.offset, operand.length,
                         "this has no place in the text that " + name + " could measure from",
                         "join it with AND");
  report_.error(
      operand.offset, operand.length,
      "an operand of " + name + " must be words, or words joined with OR",
      "write (a " + name + " c) AND (b " + name + " c) instead of (a AND b) " + name + " c");
}

void Reader::check_scopes(const Node& near) {
  if (!report_.clean() || near.kind == NodeKind::except || near.kind == NodeKind::not_near) return;
  const auto left = scopes_of(near.children[0]), right = scopes_of(near.children[1]);
  if (left == right) return;
  report_.warn(near.offset, near.length,
               "a field stands on one side only, and words of different fields are never near",
               "write the field once, before a bracket around both");
}

void Reader::missing_operator() {
  const auto& before = lexemes_[at_ - 1];
  const auto& next = peek();
  const auto lower = [](const Lexeme& l) {
    return l.kind == Kind::term &&
           (l.text == "and" || l.text == "or" || l.text == "not" || l.text == "near");
  };
  const auto word = [&](const Lexeme& l) { return std::string(query_.substr(l.offset, l.length)); };
  if (lower(next) || lower(before)) {
    const auto& op = lower(next) ? next : before;
    auto upper = op.text;
    for (auto& c : upper) c = static_cast<char>(c - 'a' + 'A');
    if (upper == "NEAR") upper += "/8";
    report_.error(op.offset, op.length,
                  "'" + op.text + "' in small letters is a word, not an operator",
                  "write " + upper + ", or \"…\" around a phrase");
  } else if (next.kind == Kind::term && before.kind == Kind::term) {
    report_.error(before.offset, next.offset + next.length - before.offset,
                  "two words with no operator between",
                  "write \"" + word(before) + " " + word(next) + "\" for the phrase, or " +
                      word(before) + " AND " + word(next));
  } else {
    report_.error(next.offset, next.length, "an operator is missing before this",
                  "write AND, OR, NOT or NEAR/8 between");
  }
}

bool Reader::deeper(const Lexeme& at) {
  if (++depth_ <= kMaxDepth) return true;
  report_.error(at.offset, at.length, "brackets are nested too deep",
                "at most " + std::to_string(kMaxDepth) + " levels");
  return false;
}

void Reader::close(const Lexeme& opened) {
  --depth_;
  if (peek().kind == Kind::close) {
    take();
  } else if (report_.clean()) {
    if (peek().kind == Kind::comma)
      report_.error(peek().offset, 1, "a comma stands only in k OF (a, b, c)", "write OR");
    else
      report_.error(opened.offset, opened.length, "the bracket is not closed", "put ) after it");
  }
}

}  // namespace tocsin::rules::detail
