// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/labels.hpp"
#include "rules/detail/pattern.hpp"
#include "rules/query.hpp"

namespace tocsin::rules::detail {

/// One node of a compiled rule. Children stand side by side in `Program::codes`.
struct Code {
  Node::Kind kind{};
  Forms forms = 0;
  Scope scope = 0;
  std::uint32_t n = 0;      ///< the operator's number; for `words`: how to seek (below)
  std::uint32_t first = 0;  ///< of the children in `codes`; of the words, regex, value, comparison
  std::uint32_t count = 0;  ///< children, or words; for `entity`: the entity
  std::uint32_t term = 0, term_length = 0;  ///< what a hit names, in `texts`
};

/// `Code::n` of a leaf of words: 0 to try every place; else which of its words is sought first, +1,
/// by its hash, or with kSeekHead by how it begins.
inline constexpr std::uint32_t kSeekHead = 0x80000000U;

/// One word of a leaf. The hash decides alone unless there is a form: 64 bits under a seed that
/// nobody knows make two different words with one hash less likely than a broken memory chip.
struct CodeWord {
  std::uint64_t hash = 0;  ///< 0: a wildcard or a stem
  std::uint32_t form = 0;  ///< index into `forms`, +1; 0: none
};

/// How a word must be written, beside its fold.
struct WordForm {
  std::string pattern;  ///< folded, or shaped as `forms` asks
  std::string head;     ///< of a wildcard: the folded word begins so; empty if that is too short
  std::string tail;     ///< of a wildcard: the folded word ends so
  std::vector<std::uint64_t> stems;  ///< Stemmer::key in every language, sorted
  Forms forms = 0;
  bool wild = false;
};

/// A value to be found in a field beside the text.
struct ValueTest {
  std::string text;  ///< as configured
  std::vector<Word> words;
  std::string label;  ///< label.KEY
  std::unique_ptr<Pattern> regex;
};

/// What few watches have.
struct WatchFilter {
  Labels feeds;
  std::vector<std::string> languages;
  std::int64_t max_age_ms = -1;
};

struct WatchCode {
  std::uint32_t root = 0;
  std::uint32_t name = 0, name_length = 0;  ///< in `texts`
  std::uint32_t filter = 0;                 ///< index into `filters`, +1
  std::uint32_t labels = 0;                 ///< index into `labels`, +1
  Severity severity = Severity::normal;
};

/// All rules of a set, flat. Indices, not pointers, so that it is small and moves.
struct Program {
  std::vector<Code> codes;
  std::vector<CodeWord> words;
  std::vector<WordForm> forms;
  std::vector<std::unique_ptr<Pattern>> regexes;
  std::vector<ValueTest> values;
  std::vector<Comparison> comparisons;
  std::vector<WatchCode> watches;
  std::vector<WatchFilter> filters;
  std::vector<Labels> labels;
  std::string texts;

  [[nodiscard]] std::string_view text(std::uint32_t at, std::uint32_t length) const noexcept {
    return std::string_view(texts).substr(at, length);
  }
  [[nodiscard]] std::string_view name(const WatchCode& watch) const noexcept {
    return text(watch.name, watch.name_length);
  }
};

/// Appends the tree to `program`, notes in each node where it stands, and returns where the root
/// does. `entity_of` maps the tree's
/// entities to the set's.
std::uint32_t emit(Program& program, Node& root, const std::vector<std::uint32_t>& entity_of);

}  // namespace tocsin::rules::detail
