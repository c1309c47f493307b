// SPDX-License-Identifier: MIT
#include "rules/detail/regex.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include <re2/filtered_re2.h>
#include <unicode/normalizer2.h>

#include "rules/query.hpp"
#include "text/fold.hpp"

namespace tocsin::rules::detail {

re2::RE2::Options regex_options(bool case_sensitive) {
  re2::RE2::Options options;
  options.set_case_sensitive(case_sensitive);
  options.set_log_errors(false);
  options.set_max_mem(std::int64_t{4} << 20);
  return options;
}

namespace {

std::string_view unicode_class(char letter, bool inside) {
  switch (letter) {
    case 'w': return inside ? "\\pL\\pM\\p{Nd}_" : "[\\pL\\pM\\p{Nd}_]";
    case 'W': return inside ? std::string_view{} : "[^\\pL\\pM\\p{Nd}_]";
    case 'd': return "\\p{Nd}";
    case 'D': return inside ? std::string_view{} : "\\P{Nd}";
    default: return {};
  }
}

}  // namespace

std::string with_unicode_classes(std::string_view pattern) {
  std::string out;
  bool inside = false, quoted = false;  // in [...]; in \Q...\E
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char c = pattern[at];
    const char next = at + 1 < pattern.size() ? pattern[at + 1] : '\0';
    if (c == '\\' && next != '\0') {
      if (next == 'Q' && !inside) quoted = true;
      if (next == 'E') quoted = false;
      const auto wider = quoted ? std::string_view{} : unicode_class(next, inside);
      if (wider.empty())
        out.append({c, next});
      else
        out += wider;
      ++at;
      continue;
    }
    if (!quoted && c == '[' && !inside) {
      inside = true;  // a bracket right behind is a letter of the class
      out += c;
      if (next == '^') out += pattern[++at];
      if (at + 1 < pattern.size() && pattern[at + 1] == ']') out += pattern[++at];
      continue;
    }
    if (!quoted && c == '[' && next == ':') {  // [[:alpha:]]
      const auto end = pattern.find(":]", at + 2);
      if (end != std::string_view::npos) {
        out += pattern.substr(at, end + 2 - at);
        at = end + 1;
        continue;
      }
    }
    if (!quoted && c == ']') inside = false;
    out += c;
  }
  return out;
}

RegexFault regex_fault(std::string_view pattern) {
  if (pattern.empty()) return {"the regex is empty", "write /text/"};
  if (pattern.size() > kMaxRegexBytes)
    return {"the regex is too long", "at most " + std::to_string(kMaxRegexBytes) + " bytes"};
  if (pattern.find("(i?)") != std::string_view::npos)
    return {"(i?) is an optional letter i, not a flag",
            "leave it out: regexes ignore case unless written /…/c"};
  const re2::RE2 regex(with_unicode_classes(pattern), regex_options(false));
  if (!regex.ok()) return {"the regex is not valid: " + regex.error(), "RE2 syntax is meant"};
  if (regex.Match("", 0, 0, re2::RE2::UNANCHORED, nullptr, 0))
    return {"the regex matches empty text, so it is true for every article",
            "let it need at least one character"};
  return {};
}

namespace {

/// Iota: RE2 takes the mark U+0345 for a form of it, which no word keeps.
constexpr char32_t kIota = 0x03B9;

/// `run` without и at its end: with a breve behind it in the text, it folds to another letter.
std::string_view without_last_i(std::string_view run) {
  static constexpr std::string_view kI = "\xD0\xB8";
  while (run.ends_with(kI)) run.remove_suffix(kI.size());
  return run;
}

/// True when a text may hold a mark behind `c` with which it folds to another letter: kana and
/// Hangul that are written in two. Marks of the scripts before are dropped, but for the breve of й.
bool may_join(char32_t c) {
  constexpr char32_t kFirstThatJoins = 0x0900;
  if (c < kFirstThatJoins) return false;
  UErrorCode status = U_ZERO_ERROR;
  const auto* const nfc = icu::Normalizer2::getNFCInstance(status);
  return U_FAILURE(status) != 0 || nfc->hasBoundaryAfter(static_cast<UChar32>(c)) == 0;
}

/// The longest run of letters and digits in `atom`, folded.
std::string longest_run(std::string_view atom) {
  std::string best, run;
  for (std::size_t at = 0; at < atom.size();) {
    const auto c = text::next_code_point(atom, at);
    const auto& entry = text::FoldTable::instance().at(c);
    const bool part = entry.kind == text::CharClass::word || entry.kind == text::CharClass::single;
    const auto before = run.size();
    if (!part || c == kIota)
      run.clear();
    else
      run.append(entry.bytes.data(), entry.length);
    auto sure = without_last_i(run);
    if (may_join(c)) sure = sure.substr(0, std::min(before, sure.size()));
    if (sure.size() > best.size()) best = sure;
  }
  return best;
}

/// The atoms of one regex: RE2 tells whether it can match where only some of them are.
class Atoms {
 public:
  Atoms(std::string_view pattern, bool case_sensitive) : filter_(static_cast<int>(kMinLiteral)) {
    int id = 0;
    if (filter_.Add(re2::StringPiece(pattern.data(), pattern.size()), regex_options(case_sensitive),
                    &id) == re2::RE2::NoError)
      filter_.Compile(&texts_);
    for (const auto& atom : texts_) runs_.push_back(longest_run(atom));
    unused_.assign(runs_.size(), 1);
  }

  /// A small set of atoms of which every match holds one: drops atoms, the shortest first, as long
  /// as that is true. Empty when it is not true of all of them. The set is then used up.
  std::vector<std::string> take_fewest() {
    std::vector<std::size_t> order(runs_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
      return runs_[a].size() < runs_[b].size();
    });
    auto kept = unused_;
    if (order.empty() || !enough(kept)) return {};
    for (const auto i : order) {
      if (kept[i] == 0) continue;
      kept[i] = 0;
      if (!enough(kept)) kept[i] = 1;
      if (kept[i] != 0 && runs_[i].size() < kMinLiteral) return {};
    }
    std::vector<std::string> out;
    for (std::size_t i = 0; i < runs_.size(); ++i)
      if (kept[i] != 0) {
        out.push_back(runs_[i]);
        unused_[i] = 0;
      }
    return out;
  }

 private:
  /// True when the regex cannot match without any of those kept.
  [[nodiscard]] bool enough(const std::vector<char>& kept) const {
    std::vector<int> others, possible;
    for (std::size_t i = 0; i < kept.size(); ++i)
      if (kept[i] == 0) others.push_back(static_cast<int>(i));
    filter_.AllPotentials(others, &possible);
    return possible.empty();
  }

  re2::FilteredRE2 filter_;
  std::vector<std::string> texts_, runs_;
  std::vector<char> unused_;
};

}  // namespace

NeededLiterals needed_literals(std::string_view pattern, bool case_sensitive) {
  Atoms atoms(pattern, case_sensitive);
  NeededLiterals out;
  out.any = atoms.take_fewest();
  if (!out.any.empty()) out.beside = atoms.take_fewest();
  return out;
}

bool has_literal(std::string_view pattern, bool case_sensitive) {
  return !Atoms(pattern, case_sensitive).take_fewest().empty();
}

}  // namespace tocsin::rules::detail
