// SPDX-License-Identifier: MIT
#include <utility>

#include "rules/detail/anchors.hpp"
#include "rules/detail/program.hpp"
#include "rules/stemmer.hpp"
#include "rules/words.hpp"

namespace tocsin::rules::detail {
namespace {

using Kind = Node::Kind;

class Emitter {
 public:
  Emitter(Program& program, const std::vector<std::uint32_t>& entity_of)
      : program_(program), entity_of_(entity_of) {}

  void fill(std::uint32_t at, Node& node) {
    node.code = at;
    Code code;
    code.kind = node.kind;
    code.n = node.n;
    code.scope = node.leaf.scope;
    code.forms = node.leaf.forms;
    switch (node.kind) {
      case Kind::words: words(code, node.leaf); break;
      case Kind::regex: regex(code, node.leaf); break;
      case Kind::value: value(code, node); break;
      case Kind::entity:
        code.count = entity_of_[node.entity];
        term(code, node.leaf.term);
        break;
      case Kind::comparison:
        code.first = static_cast<std::uint32_t>(program_.comparisons.size());
        program_.comparisons.push_back(node.comparison);
        break;
      default:
        code.first = static_cast<std::uint32_t>(program_.codes.size());
        code.count = static_cast<std::uint32_t>(node.children.size());
        program_.codes.resize(program_.codes.size() + node.children.size());
        for (std::uint32_t i = 0; i < code.count; ++i) fill(code.first + i, node.children[i]);
    }
    program_.codes[at] = code;
  }

 private:
  void term(Code& code, std::string_view text) {
    code.term = static_cast<std::uint32_t>(program_.texts.size());
    code.term_length = static_cast<std::uint32_t>(text.size());
    program_.texts += text;
  }

  void words(Code& code, const Leaf& leaf) {
    code.first = static_cast<std::uint32_t>(program_.words.size());
    code.count = static_cast<std::uint32_t>(leaf.words.size());
    std::size_t longest = 0;
    code.n = 0;
    for (std::uint32_t i = 0; i < code.count; ++i) {
      const auto& word = leaf.words[i];
      CodeWord made{word.hash, 0};
      if ((leaf.forms & kStem) != 0) made.hash = 0;
      if (word.wild || leaf.forms != 0) made.form = form(word, leaf.forms);
      program_.words.push_back(made);
      if (made.hash != 0 && word.folded.size() > longest) {
        longest = word.folded.size();
        code.n = i + 1;
      }
    }
    if (code.n == 0) code.n = seek_by_head(leaf);
    term(code, leaf.term);
  }

  static std::string head(const Word& word) {
    const auto literal = literal_head(word.folded);
    return literal.size() < kMinHead ? std::string() : std::string(literal);
  }

  static std::uint32_t seek_by_head(const Leaf& leaf) {
    std::uint32_t best = 0;
    std::size_t longest = 0;
    for (std::uint32_t i = 0; i < leaf.words.size(); ++i) {
      if (!leaf.words[i].wild || head(leaf.words[i]).size() <= longest) continue;
      longest = head(leaf.words[i]).size();
      best = kSeekHead | (i + 1);
    }
    return best;
  }

  std::uint32_t form(const Word& word, Forms forms) {
    WordForm made;
    made.forms = forms;
    made.wild = word.wild;
    if (word.wild) {
      made.head = head(word);
      made.tail = literal_tail(word.folded);
    } else if ((forms & kStem) != 0) {
      made.stems = stem_keys(word.raw);
    }
    made.pattern = (forms & (kKeepCase | kKeepMarks)) != 0 ? shape(word.raw, forms) : word.folded;
    program_.forms.push_back(std::move(made));
    return static_cast<std::uint32_t>(program_.forms.size());
  }

  void regex(Code& code, const Leaf& leaf) {
    code.first = static_cast<std::uint32_t>(program_.regexes.size());
    program_.regexes.push_back(std::make_unique<Pattern>(leaf.term, leaf.case_sensitive));
    term(code, "/" + leaf.term + (leaf.case_sensitive ? "/c" : "/"));
  }

  void value(Code& code, const Node& node) {
    ValueTest test;
    test.text = node.leaf.term;
    test.words = node.leaf.words;
    test.label = node.leaf.key;
    if (node.leaf.words.empty())
      test.regex = std::make_unique<Pattern>(node.leaf.term, node.leaf.case_sensitive);
    code.first = static_cast<std::uint32_t>(program_.values.size());
    program_.values.push_back(std::move(test));
    term(code, node.leaf.term);
  }

  Program& program_;
  const std::vector<std::uint32_t>& entity_of_;
};

}  // namespace

std::uint32_t emit(Program& program, Node& root, const std::vector<std::uint32_t>& entity_of) {
  const auto at = static_cast<std::uint32_t>(program.codes.size());
  program.codes.emplace_back();
  Emitter(program, entity_of).fill(at, root);
  return at;
}

}  // namespace tocsin::rules::detail
