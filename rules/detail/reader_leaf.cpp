// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>

#include "base/redact.hpp"
#include "rules/detail/reader.hpp"
#include "rules/words.hpp"
#include "text/fold.hpp"

namespace tocsin::rules::detail {
namespace {

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

bool is_bare_wildcard(const Word& word) {
  return word.wild && word.folded.find_first_not_of("*?") == std::string::npos;
}

/// `*` and `?` without a letter beside: true of every word. Between other words EXACT allows them.
void check_bare_wildcards(const std::vector<Word>& words, const Setting& setting,
                          std::size_t offset, std::size_t length, Report& report) {
  const auto bare = std::count_if(words.begin(), words.end(), is_bare_wildcard);
  const auto all = static_cast<std::ptrdiff_t>(words.size());
  if (bare == 0 || ((setting.forms & kExact) != 0 && bare < all)) return;
  report.error(offset, length, "a wildcard without letters stands for every word",
               all == 1 ? "write at least 3 letters before *"
                        : "for any word between write a ONEAR/1 b; Chinese, Japanese and Thai "
                          "need no *");
}

/// A wildcard needs letters before it, or it would stand for half the dictionary.
void check_wildcards(const std::vector<Word>& words, const Setting& setting, std::size_t offset,
                     std::size_t length, Report& report) {
  check_bare_wildcards(words, setting, offset, length, report);
  for (const auto& word : words) {
    const auto star = word.folded.find('*');
    if (star == std::string::npos || is_bare_wildcard(word) || (setting.forms & kExact) != 0)
      continue;
    std::string literals;
    for (const char c : word.folded.substr(0, star))
      if (c != '?') literals += c;
    const auto count = characters(literals);
    if (count < 3)
      report.error(offset, length, "'" + word.raw + "' has fewer than 3 letters before *",
                   "write more of the word, or EXACT(" + word.raw + ") if it must be");
    else if (count == 3)
      report.warn(offset, length, "'" + word.raw + "' has only 3 letters before *",
                  "it will match many words; a longer beginning is safer");
  }
}

Node leaf(Node::Kind kind, std::vector<Word> words, std::string_view term, const Setting& setting,
          Scope scope) {
  Node node;
  node.kind = kind;
  node.leaf.words = std::move(words);
  node.leaf.term = std::string(term);
  node.leaf.scope = scope;
  node.leaf.key = setting.key;
  node.leaf.forms = setting.forms;
  return node;
}

}  // namespace

void Report::add(Finding::Level level, std::size_t offset, std::size_t length, std::string message,
                 std::string hint) {
  Finding finding;
  finding.level = level;
  finding.watch = watch_;
  finding.at = place(text_, offset);
  auto under = std::string_view(text_.text).substr(std::min(offset, text_.text.size()), length);
  under = under.substr(0, under.find('\n'));
  finding.length = static_cast<std::uint32_t>(std::max<std::size_t>(1, characters(under)));
  finding.message = std::move(message);
  finding.hint = std::move(hint);
  out_.push_back(std::move(finding));
}

Node word_leaf(std::string_view text, std::string_view term, const Setting& setting,
               std::size_t offset, std::size_t length, Report& report) {
  auto words = read_words(text);
  const auto beside = static_cast<Scope>(setting.scope & kBeside);
  const auto inside = static_cast<Scope>(setting.scope & (kText | kLead));
  if (words.empty() && inside != 0)
    report.error(offset, length, "there is no word in it",
                 "punctuation is not matched; use a regex /…/ for it");
  if (words.empty() && text.empty() && inside == 0)
    report.error(offset, length, "there is no word in it", "write the value to look for");
  if (words.size() > kMaxPhraseWords)
    report.error(offset, length, "the phrase is too long",
                 "at most " + std::to_string(kMaxPhraseWords) + " words; join parts with ONEAR/0");
  if (inside != 0) check_wildcards(words, setting, offset, length, report);
  Node node;
  if (beside == 0) {
    node = leaf(Node::Kind::words, std::move(words), term, setting, inside);
  } else if (inside == 0) {
    node = leaf(Node::Kind::value, std::move(words), term, setting, beside);
  } else {
    node.kind = Node::Kind::any_of;
    node.bracketed = true;
    node.children.push_back(leaf(Node::Kind::words, words, term, setting, inside));
    node.children.push_back(leaf(Node::Kind::value, std::move(words), term, setting, beside));
  }
  node.offset = static_cast<std::uint32_t>(offset);
  node.length = static_cast<std::uint32_t>(length);
  return node;
}

}  // namespace tocsin::rules::detail
