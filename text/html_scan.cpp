// SPDX-License-Identifier: MIT
#include "text/detail/html_scan.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "text/byte_block.hpp"

namespace tocsin::text::detail {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

/// How far a tag's end is looked for behind quotes. Beyond, the quotes are taken for a mistake:
/// otherwise each of many tags could be read to the end of the text in vain.
constexpr std::size_t kLongestTag = 8U << 10U;

bool ends_name(char c) noexcept {
  return is_space(c) || c == '/' || c == '>';
}

}  // namespace

bool HtmlScanner::next(HtmlToken& token) {
  if (at_ >= html_.size()) return false;
  if (html_[at_] == '<' && (read_tag(token) || read_markup(token))) return true;
  read_text(token);
  return true;
}

// Up to the next "<". On the way to it one look at each byte tells what the readers of text have to
// care for: mostly nothing.
void HtmlScanner::read_text(HtmlToken& token) {
  const bool begins_with_angle = html_[at_] == '<';
  const auto from = at_ + (begins_with_angle ? 1 : 0);
  auto end = html_.size();
  std::uint32_t special = 0;
  std::uint32_t angles = begins_with_angle ? 1 : 0;
  for_blocks(html_, from, [&](const char* block, std::size_t at) {
    const ByteBlock bytes(block);
    const auto twice = bytes.is(' ') & ByteBlock(block + 1).is(' ');
    const auto stops = (bytes.is('&') | bytes.is('\xC2')) | (twice | bytes.up_to(0x1F));
    const auto less = bytes.is('<').bits();
    const auto before = (less & (0U - less)) - 1U;  // the bits below the first; all when none is
    special |= stops.bits() & before;
    angles |= bytes.is('>').bits() & before;
    if (less != 0) end = at + static_cast<std::size_t>(std::countr_zero(less));
    return less != 0;
  });
  token.kind = HtmlToken::Kind::text;
  token.text = token.written = html_.substr(at_, end - at_);
  token.name = token.attributes = {};
  token.self_closing = false;
  token.plain = special == 0;
  token.angles = angles != 0;
  at_ = end;
}

std::size_t HtmlScanner::find_quote(char quote, std::size_t from) noexcept {
  bool& none = quote == '"' ? no_more_double_ : no_more_single_;
  if (none) return kNone;
  const auto found = html_.find(quote, from);
  none = found == kNone;
  return found;
}

// The position of the ">" that ends the tag; quoted values may hold others. A quote that is never
// closed counts as an ordinary character. Where a tag is absurdly long, its first ">" ends it; what
// was read in vain is counted, so that hostile text cannot ask for it again and again.
std::size_t HtmlScanner::tag_end(std::size_t from) noexcept {
  if (no_more_gt_) return kNone;
  const auto limit =
      read_in_vain_ > html_.size() ? from : std::min(html_.size(), from + kLongestTag);
  char before = ' ';  // the last character that is no space
  for (auto at = from; at < limit; ++at) {
    const char c = html_[at];
    if (c == '>') return at;
    if ((c == '"' || c == '\'') && before == '=') {
      const auto close = find_quote(c, at + 1);
      if (close == kNone) break;
      at = close;
    }
    if (!is_space(c)) before = c;
  }
  read_in_vain_ += limit - from;
  const auto first = html_.find('>', from);
  no_more_gt_ = first == kNone;
  return first;
}

bool HtmlScanner::read_tag(HtmlToken& token) {
  const bool closing = at_ + 1 < html_.size() && html_[at_ + 1] == '/';
  const auto from = at_ + (closing ? 2 : 1);
  if (from >= html_.size() || !is_letter(html_[from])) return false;
  auto name_end = from;
  std::size_t length = 0;
  bool tidy = true;
  while (name_end < html_.size() && !ends_name(html_[name_end]) && html_[name_end] != '<') {
    const char small = lower(html_[name_end]);
    tidy = tidy && small == html_[name_end] && length < name_.size();
    if (length < name_.size()) name_[length++] = small;
    ++name_end;
  }
  const bool bare = name_end < html_.size() && html_[name_end] == '>';
  const auto end = bare ? name_end : tag_end(name_end);
  if (end == kNone) return false;
  token.kind = closing ? HtmlToken::Kind::close : HtmlToken::Kind::open;
  token.text = {};
  token.name = {name_.data(), length};
  token.attributes = html_.substr(name_end, end - name_end);
  token.self_closing = !bare && html_[end - 1] == '/';
  token.written = html_.substr(at_, end + 1 - at_);
  token.tidy = tidy;
  at_ = end + 1;
  return true;
}

// Comments, CDATA, doctypes and processing instructions. CDATA text is kept: feeds carry it.
bool HtmlScanner::read_markup(HtmlToken& token) {
  const auto rest = html_.substr(at_);
  if (rest.size() < 2 || (rest[1] != '!' && rest[1] != '?' && rest[1] != '/')) return false;
  if (no_more_gt_) return false;
  token = {};
  token.kind = HtmlToken::Kind::other;
  if (rest.starts_with("<![CDATA[")) {
    const auto end = no_more_cdata_ ? kNone : html_.find("]]>", at_);
    no_more_cdata_ = end == kNone;
    if (no_more_cdata_) return at_ += 9, true;
    token.kind = HtmlToken::Kind::text;
    token.text = html_.substr(at_ + 9, end - at_ - 9);
    token.angles = true;  // it may hold any
    at_ = end + 3;
    return true;
  }
  auto end = kNone;
  if (rest.starts_with("<!--") && !no_more_comments_) {
    end = html_.find("-->", at_ + 2);
    no_more_comments_ = end == kNone;  // then it ends like any other tag
    if (!no_more_comments_) return at_ = end + 3, true;
  }
  end = html_.find('>', at_);
  no_more_gt_ = end == kNone;
  if (no_more_gt_) return false;
  at_ = end + 1;
  return true;
}

std::string_view HtmlScanner::skip_raw(std::string_view name) {
  const std::string wanted(name);
  const auto start = at_;
  while (at_ < html_.size()) {
    const auto found = html_.find("</", at_);
    if (found == kNone) break;
    const auto candidate = html_.substr(found + 2, wanted.size());
    at_ = found + 2;
    if (!std::equal(candidate.begin(), candidate.end(), wanted.begin(), wanted.end(),
                    [](char a, char b) { return lower(a) == b; }))
      continue;
    const auto end = html_.find('>', at_);
    at_ = end == kNone ? html_.size() : end + 1;
    return html_.substr(start, found - start);
  }
  at_ = html_.size();
  return html_.substr(start);
}

bool next_attribute(std::string_view& rest, HtmlAttribute& attribute) {
  while (!rest.empty() && (is_space(rest.front()) || rest.front() == '/')) rest.remove_prefix(1);
  if (rest.empty()) return false;
  std::size_t end = rest.front() == '=' ? 1 : 0;
  while (end < rest.size() && !is_space(rest[end]) && rest[end] != '=' && rest[end] != '/') ++end;
  attribute.name.assign(rest, 0, end);
  std::transform(attribute.name.begin(), attribute.name.end(), attribute.name.begin(), lower);
  attribute.value = {};
  auto next = end;
  while (next < rest.size() && is_space(rest[next])) ++next;
  if (next >= rest.size() || rest[next] != '=') return rest.remove_prefix(end), true;
  ++next;
  while (next < rest.size() && is_space(rest[next])) ++next;
  rest.remove_prefix(next);
  if (rest.empty()) return true;
  const char quote = rest.front();
  const auto close = quote == '"' || quote == '\'' ? rest.find(quote, 1) : kNone;
  if (close != kNone) {
    attribute.value = rest.substr(1, close - 1);
    rest.remove_prefix(close + 1);
    return true;
  }
  const auto stop = std::min(rest.find_first_of(" \t\r\n\f"), rest.size());
  attribute.value = rest.substr(0, stop);
  rest.remove_prefix(stop);
  return true;
}

}  // namespace tocsin::text::detail
