// SPDX-License-Identifier: MIT
#include "rules/detail/near_miss.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "base/time_format.hpp"
#include "rules/detail/clause.hpp"
#include "rules/words.hpp"

namespace tocsin::rules::detail {
namespace {

using Kind = Node::Kind;

constexpr std::uint32_t kFar = std::numeric_limits<std::uint32_t>::max();
constexpr Forms kAnyForm = kKeepCase | kKeepMarks | kAllCaps | kNoCaps;

std::string number(std::uint32_t n) {
  return std::to_string(n);
}

std::string words_away(std::uint32_t n) {
  return number(n) + (n == 1 ? " word away" : " words away");
}

std::string quoted(std::string_view text) {
  return "'" + std::string(text) + "'";
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const auto& text : texts) out += (out.empty() ? "" : ", ") + quoted(text);
  return out;
}

}  // namespace

Value NearMiss::ask(std::uint32_t at) {
  evaluator_.reset();
  return evaluator_.evaluate(at);
}

std::string NearMiss::label(std::uint32_t at) const {
  return clause_label(program_, at);
}

std::string NearMiss::of(std::uint32_t at) {
  const auto& code = program_.codes[at];
  switch (code.kind) {
    case Kind::words: return words(at);
    case Kind::near:
    case Kind::near_ordered:
    case Kind::sentence:
    case Kind::paragraph: return pair(code);
    case Kind::not_near:
    case Kind::except: return taken_away(code);
    case Kind::at_least: return too_few(code);
    case Kind::first: return too_late(code);
    case Kind::some_of: return too_few_hold(code);
    default: return {};
  }
}

std::string NearMiss::words(std::uint32_t at) {
  const auto& code = program_.codes[at];
  if (auto out = elsewhere(code, at); !out.empty()) return out;
  if (auto out = otherwise_written(code); !out.empty()) return out;
  return code.count > 1 ? scattered(code) : std::string();
}

/// The words, where the clause does not look.
std::string NearMiss::elsewhere(const Code& code, std::uint32_t at) {
  if (code.scope == kText) return {};
  auto anywhere = code;
  anywhere.scope = kText;
  evaluator_.reset();
  const auto value = evaluator_.words(anywhere, at);
  if (!value.holds) return {};
  const auto& part = evaluator_.article().parts()[evaluator_.at(value.begin).part];
  return ": found in the " + std::string(to_string(part.field)) + " only" +
         ((code.scope & kLead) != 0 ? ", behind the lead" : "");
}

/// The same letters in other capitals or with other accents.
std::string NearMiss::otherwise_written(const Code& code) {
  if ((code.forms & kAnyForm) == 0) return {};
  auto& article = evaluator_.article();
  const auto words = read_words(program_.text(code.term, code.term_length));
  const auto fits = [&](const Word& word, std::uint32_t token) {
    return word.wild ? glob(word.folded, article.folded(token))
                     : word.hash == article.tokens()[token].hash;
  };
  for (const auto& part : article.parts())
    for (auto first = part.begin; first + words.size() <= part.end; ++first) {
      std::uint32_t token = first;
      if (!std::all_of(words.begin(), words.end(),
                       [&](const Word& word) { return fits(word, token++); }))
        continue;
      const auto from = article.tokens()[first].start;
      const auto to = article.tokens()[token - 1].end();
      return ": found only as " + quoted(part.text.substr(from, to - from));
    }
  return {};
}

/// Of a phrase: the words that are not there, or that all are.
std::string NearMiss::scattered(const Code& code) {
  const auto words = read_words(program_.text(code.term, code.term_length));
  if (words.size() != code.count) return {};  // a form of a name
  const auto count = static_cast<std::uint32_t>(evaluator_.article().tokens().size());
  std::vector<std::string> missing;
  for (std::uint32_t i = 0; i < code.count; ++i) {
    const auto& word = program_.words[code.first + i];
    bool there = word.form == 0 && evaluator_.article().find(word.hash) != Article::kNone;
    for (std::uint32_t token = 0; word.form != 0 && token < count && !there; ++token)
      there = evaluator_.fits(word, token);
    if (!there) missing.push_back(words[i].raw);
  }
  if (missing.size() == words.size()) return {};
  return missing.empty() ? ": its words are there, but not in a row"
                         : ": no " + joined(missing) + " in the text";
}

std::string NearMiss::pair(const Code& code) {
  evaluator_.reset();
  const auto left = evaluator_.evaluate(code.first);
  const auto right = evaluator_.evaluate(code.first + 1);
  const auto a = label(code.first), b = label(code.first + 1);
  if (!left.holds && !right.holds) return ": neither " + a + " nor " + b + " found";
  if (!left.holds) return ": " + b + " found, but no " + a;
  if (!right.holds) return ": " + a + " found, but no " + b;
  const bool ordered = code.kind == Kind::near_ordered;
  const auto away = nearest(left, right, ordered);
  if (away == kFar)
    return ": " + a + " found, " + b +
           (ordered && nearest(left, right, false) != kFar ? " before it only"
                                                           : " in another field or the same place");
  const std::string limit = code.kind == Kind::sentence    ? "not in one sentence"
                            : code.kind == Kind::paragraph ? "not in one paragraph"
                                                           : "limit " + number(code.n);
  return ": " + a + " found, nearest " + b + " " + words_away(away) + ", " + limit;
}

std::string NearMiss::taken_away(const Code& code) {
  const auto left = ask(code.first);
  if (!left.holds) return ": no " + label(code.first);
  const auto places = left.end - left.begin;
  return (places == 1 ? ": found, but " : ": " + number(places) + " found, each ") +
         (code.kind == Kind::except
              ? "inside " + label(code.first + 1)
              : "with " + label(code.first + 1) + " within " + number(code.n) + " words");
}

std::string NearMiss::too_few(const Code& code) {
  const auto inner = ask(code.first);
  return ": " + number(evaluator_.disjoint(inner)) + " found, " + number(code.n) + " wanted";
}

std::string NearMiss::too_late(const Code& code) {
  const auto inner = ask(code.first);
  auto earliest = kFar;
  for (auto i = inner.begin; i < inner.end; ++i) {
    const auto& span = evaluator_.at(i);
    earliest = std::min(earliest, span.first - evaluator_.article().parts()[span.part].begin);
  }
  if (earliest == kFar) return {};
  return ": " + label(code.first) + " is word " + number(earliest + 1) +
         " of its field at the earliest";
}

std::string NearMiss::too_few_hold(const Code& code) {
  std::uint32_t held = 0;
  for (std::uint32_t i = 0; i < code.count; ++i) held += ask(code.first + i).holds ? 1 : 0;
  return ": " + number(held) + " of " + number(code.count) + " hold, " + number(code.n) + " wanted";
}

/// Words between the nearest two spans of one field; kFar when there are no such.
std::uint32_t NearMiss::nearest(const Value& left, const Value& right, bool ordered) {
  const auto& parts = evaluator_.article().parts();
  std::vector<std::uint32_t> begins, ends;
  for (auto i = right.begin; i < right.end; ++i) {
    begins.push_back(evaluator_.at(i).first);
    ends.push_back(evaluator_.at(i).end);
  }
  std::sort(ends.begin(), ends.end());
  auto out = kFar;
  for (auto i = left.begin; i < left.end; ++i) {
    const auto& a = evaluator_.at(i);
    const auto behind = std::lower_bound(begins.begin(), begins.end(), a.end);
    if (behind != begins.end() && *behind < parts[a.part].end) out = std::min(out, *behind - a.end);
    const auto before = std::upper_bound(ends.begin(), ends.end(), a.first);
    if (!ordered && before != ends.begin() && *(before - 1) > parts[a.part].begin)
      out = std::min(out, a.first - *(before - 1));
  }
  return out;
}

std::string NearMiss::measured(const Code& code) {
  if (code.kind == Kind::value) return beside(code);
  if (code.kind != Kind::comparison) return {};
  const auto& item = evaluator_.item();
  const auto now = evaluator_.context().now;
  switch (program_.comparisons[code.first].what) {
    case Comparison::What::words:
      return " (it has " + number(evaluator_.article().word_count()) + ")";
    case Comparison::What::date:
      return item.published ? " (it is of " + format_rfc3339(*item.published) + ")"
                            : " (it has no date)";
    case Comparison::What::age: break;
  }
  if (now == Timestamp{}) return " (ages are not judged)";
  return item.published ? " (it is " + format_duration(now - *item.published) + " old)"
                        : " (it has no date)";
}

/// What the item holds where the clause looks.
std::string NearMiss::beside(const Code& code) {
  const auto& item = evaluator_.item();
  std::vector<std::string> held;
  if ((code.scope & kTag) != 0) held = item.tags;
  if ((code.scope & kAuthor) != 0)
    for (const auto& author : item.authors) held.push_back(author.name);
  if ((code.scope & (kUrl | kSite)) != 0) held.push_back(item.url);
  if ((code.scope & kFeed) != 0) held.emplace_back(evaluator_.context().feed);
  if ((code.scope & kLang) != 0) held.push_back(item.language);
  if (const auto* const labels = evaluator_.context().labels; (code.scope & kLabel) != 0) {
    const auto& name = program_.values[code.first].label;
    if (labels != nullptr && labels->contains(name)) held.push_back(labels->at(name));
  }
  std::erase(held, std::string());
  return held.empty() ? " (it has none)" : " (it has " + joined(held) + ")";
}

}  // namespace tocsin::rules::detail
