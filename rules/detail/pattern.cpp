// SPDX-License-Identifier: MIT
#include "rules/detail/pattern.hpp"

#include <algorithm>

#include "rules/detail/regex.hpp"

namespace tocsin::rules::detail {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

Pattern::Pattern(std::string_view regex, bool case_sensitive)
    : plain_(with_unicode_classes(regex), regex_options(case_sensitive)),
      asks_(asks_for_border(regex)) {
  if (!asks_) return;
  const auto bordered = for_border_text(plain_.pattern());
  if (!bordered) return;
  bordered_ = std::make_unique<re2::RE2>(*bordered, regex_options(case_sensitive));
  if (!bordered_->ok()) bordered_.reset();  // larger than the plain one, it may be too large
}

bool Pattern::is_in(std::string_view text) const {
  BorderText borders;
  return PatternSearch(*this, text, borders).next().has_value();
}

// In a text of ASCII RE2's own borders are right, and it need not be copied.
PatternSearch::PatternSearch(const Pattern& pattern, std::string_view text, BorderText& borders)
    : regex_(&pattern.plain_), text_(text.data(), text.size()) {
  if (pattern.bordered_ == nullptr || is_ascii(text)) return;
  if (borders.bytes().empty()) borders.read(text);
  regex_ = pattern.bordered_.get();
  text_ = re2::StringPiece(borders.bytes().data(), borders.bytes().size());
  borders_ = &borders;
}

std::optional<Stretch> PatternSearch::next() {
  re2::StringPiece found;
  if (at_ >= text_.size() ||
      !regex_->Match(text_, at_, text_.size(), re2::RE2::UNANCHORED, &found, 1))
    return std::nullopt;
  const auto start = static_cast<std::size_t>(found.data() - text_.data());
  const auto stop = start + found.size();
  if (borders_ == nullptr) {
    at_ = std::max(stop, start + 1);
    return Stretch{start, stop};
  }
  const Stretch out{borders_->origin(start), borders_->origin(stop)};
  // The marks behind it are before what comes next, too.
  at_ = out.start == out.stop ? borders_->next_marks(stop) : borders_->before_marks(stop);
  return out;
}

}  // namespace tocsin::rules::detail
