// SPDX-License-Identifier: MIT
#include "rules/names/detail/name_shape.hpp"

#include "rules/names/detail/lexicon.hpp"
#include "rules/names/detail/spelling.hpp"
#include "text/fold.hpp"
#include "text/tokenizer.hpp"

namespace tocsin::rules::names {
namespace {

bool is_hyphen(std::string_view gap) {
  return gap == "-" || gap == "\u2010" || gap == "\u2011" || gap == "\u2013" || gap == "\u200C";
}

/// Drops word `i`.
void drop(NameShape& name, std::size_t i) {
  const auto at = static_cast<std::ptrdiff_t>(i);
  name.words.erase(name.words.begin() + at);
  name.hyphen.erase(name.hyphen.begin() + at);
}

void drop_titles(NameShape& name) {
  const auto first = [&] { return text::fold(name.words.front()); };
  while (name.words.size() > 2 && Lexicon::title(first()) && !Lexicon::given(first()))
    drop(name, 0);
  const auto younger = [](const std::string& word) {
    return word == "jr" || word == "sr" || word == "junior";
  };
  while (name.words.size() > 2 && younger(text::fold(name.words.back())))
    drop(name, name.words.size() - 1);
}

/// The words as written, and where hyphens join them.
NameShape take_apart(std::string_view spelling) {
  std::string turned;
  if (const auto comma = spelling.find(','); comma != std::string_view::npos) {
    turned = std::string(spelling.substr(comma + 1)) + " " + std::string(spelling.substr(0, comma));
    spelling = turned;
  }
  std::vector<text::Token> tokens;
  text::tokenize(spelling, tokens);
  NameShape out;
  std::size_t end = 0;
  for (const text::Token& token : tokens) {
    const auto gap = spelling.substr(end, token.start - end);
    std::string word(spelling.substr(token.start, token.length));
    // Han and kana are single tokens; a name's word is their run. "Ra'ad" is one word too.
    const Script script = script_of(word);
    const bool glued =
        !out.words.empty() && (((script == Script::kana || script == Script::han) && gap.empty()) ||
                               gap == "'" || gap == "\u2019");
    if (glued)
      out.words.back() += word;
    else {
      out.words.push_back(std::move(word));
      out.hyphen.push_back(is_hyphen(gap));
    }
    end = token.end();
  }
  drop_titles(out);
  return out;
}

/// True when the family name stands in front: Kim Jong-un, Hu Jintao.
bool family_in_front(const NameShape& name) {
  const std::size_t n = name.words.size();
  if (n < 2 || n > 3 || !Lexicon::eastern_family(name.folded[0])) return false;
  if (n == 3 && name.hyphen[2]) return true;
  return !Lexicon::eastern_family(name.folded[n - 1]) && !Lexicon::given(name.folded[0]);
}

void find_family(NameShape& name) {
  const std::size_t n = name.words.size();
  if (n < 2) return;
  if (family_in_front(name)) {
    name.eastern = true;
    return;
  }
  const bool double_name = n > 2 && name.hyphen[n - 1] && !Lexicon::particle(name.folded[n - 2]);
  name.families = double_name ? 2 : 1;
  name.family = n - name.families;
  const std::string& last = name.folded[n - 1];
  name.eastern = !double_name && n == 3 && Lexicon::eastern_family(last) && letters(last) <= 4;
}

void find_given(NameShape& name) {
  for (std::size_t i = 0; i < name.words.size(); ++i) {
    if (i >= name.family && i < name.family + name.families) continue;
    const std::string& word = name.folded[i];
    const bool inside = name.words.size() > 2 && i > 0;
    if (letters(word) >= 2 && !(inside && Lexicon::particle(word))) name.given.push_back(i);
  }
}

}  // namespace

NameShape shape_of_name(std::string_view spelling) {
  NameShape name = take_apart(spelling);
  if (name.words.size() > NameShape::kMostWords) return {};
  for (const std::string& word : name.words) name.folded.push_back(text::fold(word));
  find_family(name);
  find_given(name);
  return name;
}

}  // namespace tocsin::rules::names
