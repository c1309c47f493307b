// SPDX-License-Identifier: MIT
//
// People come with the habits of other search boxes. What those write as an operator is a word here
// or falls to the ground as punctuation, and the rule would mean something else without a sound.
#include "rules/detail/slips.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "rules/detail/fields.hpp"

namespace tocsin::rules::detail {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array<Pair, 20> kOperators = {{{"AND", "AND"},       {"&", "AND"},
                                              {"&&", "AND"},        {"+", "AND"},
                                              {"OR", "OR"},         {"|", "OR"},
                                              {"||", "OR"},         {"AND/OR", "OR"},
                                              {"NOT", "NOT"},       {"ANDNOT", "NOT"},
                                              {"BUTNOT", "NOT"},    {"!", "NOT"},
                                              {"-", "NOT"},         {"SENTENCE", "SENTENCE"},
                                              {"W/S", "SENTENCE"},  {"PARA", "PARA"},
                                              {"W/P", "PARA"},      {"SAME", "PARA"},
                                              {"EXCEPT", "EXCEPT"}, {"OF", "2 OF (a, b, c)"}}};

/// Names that take a number, and what they are here.
constexpr std::array<Pair, 9> kDistances = {{{"NEAR", "NEAR"},
                                             {"ONEAR", "ONEAR"},
                                             {"W", "W"},
                                             {"PRE", "PRE"},
                                             {"ADJ", "ONEAR"},
                                             {"NEXT", "ONEAR"},
                                             {"WITHIN", "NEAR"},
                                             {"N", "NEAR"},
                                             {"~", "NEAR"}}};

constexpr std::array<Pair, 24> kFieldNames = {
    {{"headline", "title"},   {"hed", "title"},      {"intitle", "title"},
     {"content", "body"},     {"intext", "body"},    {"description", "summary"},
     {"abstract", "summary"}, {"leadin", "lead"},    {"byline", "author"},
     {"by", "author"},        {"creator", "author"}, {"tags", "tag"},
     {"keyword", "tag"},      {"category", "tag"},   {"topic", "tag"},
     {"link", "url"},         {"inurl", "url"},      {"domain", "site"},
     {"host", "site"},        {"source", "feed"},    {"language", "lang"},
     {"all", "text"},         {"fulltext", "text"},  {"labels", "label.KEY"}}};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return out;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

template <std::size_t N>
std::string_view look_up(const std::array<Pair, N>& table, std::string_view word) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [word](const Pair& pair) { return pair.first == word; });
  return found == table.end() ? std::string_view{} : found->second;
}

/// NEAR5, near/5, ~5.
std::string distance_meant(const std::string& word) {
  const auto digits = word.find_first_of("0123456789");
  auto name = std::string_view(word).substr(0, digits);
  if (name.ends_with('/')) name.remove_suffix(1);
  const auto known = look_up(kDistances, name);
  if (known.empty()) return {};
  if (digits == std::string::npos) return name.size() > 1 ? std::string(known) + "/8" : "";
  const auto number = std::string_view(word).substr(digits);
  if (!std::all_of(number.begin(), number.end(), is_digit)) return {};
  return std::string(known) + "/" + std::string(number);
}

/// The first word of `text` that is an operator in capitals.
std::string_view operator_in(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(' ', at), text.size());
    const auto word = text.substr(at, end - at);
    if (word == "AND" || word == "OR" || word == "NOT" || word.starts_with("NEAR/")) return word;
    at = end + 1;
  }
  return {};
}

/// True for what nobody writes as a word of a phrase: `within` is one, WITHIN and near are not.
bool looks_like_operator(std::string_view word) {
  constexpr std::array<std::string_view, 5> kWords = {"and", "or", "not", "near", "andnot"};
  if (std::find(kWords.begin(), kWords.end(), lower(word)) != kWords.end()) return true;
  if (!std::all_of(word.begin(), word.end(), is_ascii_letter)) return true;
  return word.size() > 1 && upper(word) == word;
}

}  // namespace

std::string operator_meant(std::string_view word, std::string otherwise) {
  if (!looks_like_operator(word)) return otherwise;
  const auto upper_case = upper(word);
  if (const auto known = look_up(kOperators, upper_case); !known.empty()) return std::string(known);
  auto distance = distance_meant(upper_case);
  return distance.empty() ? std::move(otherwise) : std::move(distance);
}

Slip slip_of_term(std::string_view term) {
  const auto quoted = "\"" + std::string(term) + "\"";
  const auto rest = std::string(term.substr(std::min<std::size_t>(1, term.size())));
  if (!rest.empty() && (term.front() == '-' || term.front() == '!'))
    return {std::string("'") + term.front() + "' before a word does not exclude it",
            "write NOT " + rest + ", or " + quoted + " if it is part of the word"};
  if (!rest.empty() && term.front() == '+')
    return {"'+' before a word means nothing", "write AND between what must be there"};
  if (!rest.empty() && is_ascii_letter(term.front()) &&
      rest.find_first_not_of("+#") == std::string::npos)
    return {"punctuation is not matched, so it would find every " + std::string(1, term.front()),
            "use a regex: /\\b" + std::string(1, term.front()) + "[" + rest.front() + "]/"};
  if (term.find_first_of("[]{}") != std::string_view::npos)
    return {"square and curly brackets mean nothing", "write ( ), or put the words in quotes"};
  if (const auto bar = term.find('|'); bar != std::string_view::npos && term.size() > 1)
    return {"'|' is no operator", "write OR, or " + quoted + " if it is part of the word"};
  if (term.find("&&") != std::string_view::npos && term.size() > 2)
    return {"'&&' is no operator", "write AND, or " + quoted + " if it is part of the word"};
  const auto mark = term.find_first_of("~^");
  if (mark == std::string_view::npos || mark == 0) return {};
  const auto number = term.substr(mark + 1);
  if (number.find_first_not_of("0123456789.") != std::string_view::npos) return {};
  if (term[mark] == '^') return {"'^' is no operator", "a match is a match: leave the weight out"};
  return {"'~' is no operator", "other spellings are found by * and ?, or for a name by NAME()"};
}

Slip slip_of_phrase(std::string_view phrase) {
  for (const std::string_view quote : {"\"", "\u201C", "\u201D", "\u201E", "\u00AB", "\u00BB"})
    if (const auto at = phrase.find(quote);
        at != std::string_view::npos && !phrase.substr(at + 1).starts_with('\xD7'))  // צה"ל
      return {"a quote of another kind stands inside the phrase",
              "close a phrase as it was opened, or leave the quotes inside out"};
  if (const auto op = operator_in(phrase); !op.empty())
    return {"'" + std::string(op) + "' inside quotes is a word of the phrase",
            "put each phrase in quotes of its own: \"a\" " + std::string(op) + " \"b\""};
  if (phrase.ends_with('?') && phrase.find(' ') != std::string_view::npos)
    return {"'?' is one more letter, not a question mark", "leave it out: punctuation is ignored"};
  return {};
}

Slip slip_of_entry(std::string_view entry) {
  const auto query = entry.find_first_of(":(");
  const auto name = entry.substr(0, std::min(query, entry.size()));
  const bool field = query != std::string_view::npos && entry[query] == ':' &&
                     scope_of_field(name) != 0 && query + 1 < entry.size() &&
                     entry[query + 1] != ' ';
  const bool call =
      query != std::string_view::npos && query > 0 && entry[query] == '(' &&
      name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ/0123456789 ") == std::string_view::npos &&
      entry.ends_with(')');
  const bool regex = entry.size() > 2 && entry.starts_with('/') && entry.rfind('/') > 1;
  if (!field && !call && !regex && operator_in(entry).empty()) return {};
  return {"a plain list holds words and phrases, no queries", "write it as query:"};
}

std::string_view field_meant(std::string_view name) {
  const auto small = lower(name);
  if (const auto known = look_up(kFieldNames, small); !known.empty()) return known;
  return name_of_field(scope_of_field(small));
}

Slip slip_of_value(std::string_view field, std::string_view value) {
  if (value.find("://") != std::string_view::npos) return {};  // told before
  if (field == "site" && value.find('/') != std::string_view::npos)
    return {"site is a host, and '" + std::string(value) + "' is more",
            "write site:example.org, or url:\"words of the address\""};
  if (field != "lang" || value.find('*') != std::string_view::npos) return {};
  const auto code = value.substr(0, value.find_first_of("-_"));
  const bool good =
      (code.size() == 2 || code.size() == 3) && std::all_of(code.begin(), code.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      });
  if (good) return {};
  return {"'" + std::string(value) + "' is no language code",
          "write a code like lang:en or lang:fa"};
}

}  // namespace tocsin::rules::detail
