// SPDX-License-Identifier: MIT
#include <algorithm>
#include <chrono>

#include "rules/detail/comparison.hpp"
#include "rules/detail/evaluate.hpp"
#include "rules/words.hpp"
#include "text/fold.hpp"

namespace tocsin::rules::detail {
namespace {

/// The host of `url`, without a port.
std::string_view host_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  if (const auto at = url.rfind('@'); at != std::string_view::npos) url.remove_prefix(at + 1);
  return url.substr(0, url.find(':'));
}

bool same_value(std::string_view pattern, std::string_view text) {
  return glob(text::fold(pattern), text::fold(text));
}

}  // namespace

bool Evaluator::fits(const CodeWord& word, std::uint32_t token) {
  if (word.hash != 0 && word.hash != article_.tokens()[token].hash) return false;
  if (word.form == 0) return word.hash != 0;
  const auto& form = program_->forms[word.form - 1];
  if ((form.forms & kStem) != 0 && !form.wild)
    return std::binary_search(form.stems.begin(), form.stems.end(), article_.stem(token));
  if (form.wild && !article_.folded(token).ends_with(form.tail)) return false;  // mostly
  if ((form.forms & (kAllCaps | kNoCaps)) != 0 && !fits_capitals(article_.raw(token), form.forms))
    return false;
  if ((form.forms & (kKeepCase | kKeepMarks)) != 0) {
    const auto shaped = shape(article_.raw(token), form.forms);
    return form.wild ? glob(form.pattern, shaped) : form.pattern == shaped;
  }
  if (!form.wild) return true;  // the hash has spoken
  const auto folded = article_.folded(token);
  const auto head = literal_head(form.pattern);
  return folded.starts_with(head) && glob(form.pattern, folded);
}

bool Evaluator::phrase_at(const Code& code, std::uint32_t token) {
  for (std::uint32_t i = 0; i < code.count; ++i)
    if (!fits(program_->words[code.first + i], token + i)) return false;
  return true;
}

void Evaluator::add_words(const Code& code, std::uint32_t at, std::uint32_t token) {
  const auto part = article_.part_of(token);
  if (!phrase_at(code, token) || !article_.in_scope(part, token, token + code.count, code.scope))
    return;
  Span span;
  span.part = part;
  span.first = token;
  span.end = token + code.count;
  span.start = article_.tokens()[token].start;
  span.stop = article_.tokens()[span.end - 1].end();
  span.code = at;
  add(span);
}

/// Tries the leaf where its word `pivot` would be `token`.
void Evaluator::try_at(const Code& code, std::uint32_t at, std::uint32_t token,
                       std::uint32_t pivot) {
  const auto& part = article_.parts()[article_.part_of(token)];
  if (token >= part.begin + pivot && token - pivot + code.count <= part.end)
    add_words(code, at, token - pivot);
}

Value Evaluator::words(const Code& code, std::uint32_t at) {
  const auto from = top();
  if ((code.n & kSeekHead) != 0) {
    const auto pivot = (code.n & ~kSeekHead) - 1;
    const auto& form = program_->forms[program_->words[code.first + pivot].form - 1];
    for (auto i = article_.find_head(form.head); i != Article::kNone && !enough(from);
         i = article_.next_head(form.head, i))
      try_at(code, at, i, pivot);
  } else if (code.n > 0) {  // the word that is rarest by its looks
    const auto pivot = code.n - 1;
    for (auto i = article_.find(program_->words[code.first + pivot].hash);
         i != Article::kNone && !enough(from); i = article_.next(i))
      try_at(code, at, i, pivot);
  } else {
    for (const auto& part : article_.parts())
      for (auto i = part.begin; i + code.count <= part.end && !enough(from); ++i)
        add_words(code, at, i);
  }
  return {top() > from, from, top()};
}

void Evaluator::add_regex_match(const Article::Part& part, std::uint32_t code, std::uint32_t start,
                                std::uint32_t stop) {
  const auto begin = article_.tokens().begin() + part.begin;
  const auto end = article_.tokens().begin() + part.end;
  const auto first = std::partition_point(
      begin, end, [start](const text::Token& token) { return token.end() <= start; });
  const auto last = std::partition_point(
      first, end, [stop](const text::Token& token) { return token.start < stop; });
  Span span;
  span.first = static_cast<std::uint32_t>(first - article_.tokens().begin());
  span.end = static_cast<std::uint32_t>(last - article_.tokens().begin());
  span.start = start;
  span.stop = stop;
  span.code = code;
  span.part = static_cast<std::uint8_t>(&part - article_.parts().data());
  if (article_.in_scope(span.part, span.first, span.end, program_->codes[code].scope)) add(span);
}

Value Evaluator::regex(const Code& code, std::uint32_t at) {
  const auto from = top();
  for (std::size_t i = 0; i < article_.parts().size(); ++i) {
    const auto& part = article_.parts()[i];
    PatternSearch search(*program_->regexes[code.first], part.text, borders_[i]);
    while (top() - from < kMaxRegexSpans && !enough(from)) {
      const auto found = search.next();
      if (!found) break;
      if (found->start < found->stop)
        add_regex_match(part, at, static_cast<std::uint32_t>(found->start),
                        static_cast<std::uint32_t>(found->stop));
    }
  }
  return {top() > from, from, top()};
}

Value Evaluator::entity(const Code& code, std::uint32_t at) {
  const auto from = top();
  const auto begin = std::lower_bound(
      names_.begin(), names_.end(), code.count,
      [](const NameHit& hit, std::uint32_t wanted) { return hit.entity < wanted; });
  for (auto hit = begin; hit != names_.end() && hit->entity == code.count; ++hit) {
    const auto& part = article_.parts()[hit->text];
    Span span;
    span.first = part.begin + hit->first;
    span.end = part.begin + hit->last;
    span.start = hit->start;
    span.stop = hit->end;
    span.code = at;
    span.form = hit->form + 1U;
    span.part = static_cast<std::uint8_t>(hit->text);
    if (article_.in_scope(span.part, span.first, span.end, code.scope)) add(span);
  }
  return {top() > from, from, top()};
}

bool Evaluator::compare(const Comparison& comparison) {
  using What = Comparison::What;
  if (comparison.what == What::words) return holds(comparison, article_.word_count());
  const auto now = context_->now;
  const auto when = item_->published.value_or(now);
  if (comparison.what == What::age)
    return now == Timestamp{} || holds(comparison, (now - when).count());
  return holds(comparison, std::chrono::floor<std::chrono::days>(when).time_since_epoch().count());
}

bool Evaluator::value_in(const ValueTest& test, std::string_view text, bool whole) {
  if (text.empty()) return false;
  if (test.regex) return test.regex->is_in(text);
  if (whole) return same_value(test.text, text);
  std::vector<text::Token> tokens;
  text::FoldedWords folded;
  text::tokenize(text, tokens, folded);
  const auto fits_at = [&](std::size_t i) {
    for (std::size_t w = 0; w < test.words.size(); ++w)
      if (!glob(test.words[w].folded, folded.word(i + w))) return false;
    return true;
  };
  for (std::size_t i = 0; i + test.words.size() <= tokens.size(); ++i)
    if (fits_at(i)) return true;
  return false;
}

bool Evaluator::value(const Code& code) {
  const auto& test = program_->values[code.first];
  const auto among = [&](const std::vector<std::string>& texts) {
    return std::any_of(texts.begin(), texts.end(),
                       [&](const auto& text) { return value_in(test, text, false); });
  };
  if ((code.scope & kTag) != 0 && among(item_->tags)) return true;
  if ((code.scope & kAuthor) != 0 &&
      std::any_of(item_->authors.begin(), item_->authors.end(), [&](const auto& author) {
        return value_in(test, author.name, false) || value_in(test, author.email, true);
      }))
    return true;
  if ((code.scope & kUrl) != 0) {
    auto pieces = item_->url;  // a stop joins letters in a text, but parts the names in an address
    std::replace_if(
        pieces.begin(), pieces.end(), [](char c) { return c == '.' || c == '_'; }, ' ');
    if (value_in(test, item_->url, false) || value_in(test, pieces, false)) return true;
  }
  if ((code.scope & kFeed) != 0 && value_in(test, context_->feed, true)) return true;
  if ((code.scope & kLang) != 0) {
    const std::string_view language = item_->language;
    if (value_in(test, language, true) ||
        value_in(test, language.substr(0, language.find_first_of("-_")), true))
      return true;
  }
  if ((code.scope & kSite) != 0) {
    // example.org is also www.example.org, but not badexample.org.
    for (auto host = host_of(item_->url); !host.empty();
         host = host.find('.') == std::string_view::npos ? std::string_view{}
                                                         : host.substr(host.find('.') + 1))
      if (value_in(test, host, true)) return true;
  }
  if ((code.scope & kLabel) != 0 && context_->labels != nullptr) {
    const auto found = context_->labels->find(test.label);
    if (found != context_->labels->end() && value_in(test, found->second, true)) return true;
  }
  return false;
}

}  // namespace tocsin::rules::detail
