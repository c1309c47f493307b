// SPDX-License-Identifier: MIT
#include "rules/detail/article.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "rules/stemmer.hpp"
#include "text/sentences.hpp"

namespace tocsin::rules::detail {
namespace {

constexpr std::uint32_t kLeadWords = 60;
constexpr std::uint32_t kHeadsUnsorted = 4;  // look-ups before the heads are sorted

/// The first kMinHead bytes of a word: its buffer is padded.
std::uint32_t first_bytes(const char* word) noexcept {
  std::uint32_t bytes = 0;
  std::memcpy(&bytes, word, kMinHead);
  return bytes;
}

/// 16 bits of a head's hash.
std::uint64_t head_piece(std::uint32_t head) noexcept {
  return (head * 0x9E3779B1U) >> 16U;
}

bool is_piece_of(std::uint64_t sketch, std::uint64_t piece) noexcept {
  return piece == (sketch & 0xFFFFU) || piece == (sketch >> 16U & 0xFFFFU) ||
         piece == (sketch >> 32U & 0xFFFFU) || piece == sketch >> 48U;
}

Scope bit_of(Field field) {
  if (field == Field::title) return kTitle;
  return field == Field::summary ? kSummary : kBody;
}

}  // namespace

void Article::read(const PlainText& text, std::string_view language) {
  heads_asked_ = 0;
  indexed_ = headed_ = stemmed_ = split_ = led_ = false;
  language_ = language;
  tokens_.clear();
  folded_.clear();
  parts_[0] = {Field::title, text.title, 0, 0};
  parts_[1] = {Field::summary, text.summary, 0, 0};
  parts_[2] = {Field::body, text.body, 0, 0};
  for (auto& part : parts_) {
    if (!tokens_.empty() || part.field != Field::title) {
      // A word between fields, with a hash that no word has but by the chance that all hashes run.
      tokens_.push_back({0x5EED0F5EA7ED5EA1ULL + static_cast<std::uint64_t>(part.field), 0, 0});
      folded_.ends.push_back(folded_.ends.empty() ? 0 : folded_.ends.back());
    }
    part.begin = static_cast<std::uint32_t>(tokens_.size());
    text::tokenize(part.text, tokens_, folded_);
    part.end = static_cast<std::uint32_t>(tokens_.size());
  }
}

void Article::build_index() {
  indexed_ = true;
  const auto size = std::bit_ceil(tokens_.size() * 2 + 1);
  first_.assign(size, kNone);
  next_.resize(tokens_.size());
  const auto mask = size - 1;
  for (auto i = static_cast<std::uint32_t>(tokens_.size()); i-- > 0;)
    next_[i] = std::exchange(first_[tokens_[i].hash & mask], i);
}

std::uint32_t Article::chain(std::uint64_t hash, std::uint32_t token) const noexcept {
  while (token != kNone && tokens_[token].hash != hash) token = next_[token];
  return token;
}

std::uint32_t Article::find(std::uint64_t hash) {
  if (!indexed_) build_index();
  return chain(hash, first_[hash & (first_.size() - 1)]);
}

std::uint64_t Article::sketch_of(const Companions& words) noexcept {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < Companions::kMost; ++i) {
    const auto& word = words.any[std::min(i, words.count - 1)];
    out |= (words.by_head ? head_piece(word.head) : word.hash >> 48U) << (16 * i);
  }
  return out;
}

/// A bit for each word: 32 bits a word, so that three in a hundred are there by chance.
void Article::build_sketch() {
  const auto bits = std::bit_width(std::clamp<std::size_t>(tokens_.size() * 32, 1024, 0x8000));
  sketch_shift_ = 16 - static_cast<unsigned>(bits);
  sketch_.assign((std::size_t{1} << static_cast<unsigned>(bits)) / 64, 0);
  for (const auto& token : tokens_) {
    const auto bit = (token.hash >> 48U) >> sketch_shift_;
    sketch_[bit >> 6U] |= std::uint64_t{1} << (bit & 63U);
  }
}

bool Article::is_near(std::uint64_t sketch, std::uint32_t token,
                      std::uint32_t window) const noexcept {
  const auto begin = token > window ? token - window : 0;
  const auto end = std::min<std::size_t>(tokens_.size(), std::size_t{token} + window + 1);
  for (auto i = begin; i < end; ++i)
    if (is_piece_of(sketch, tokens_[i].hash >> 48U)) return true;
  return false;
}

bool Article::has_head_near(std::uint64_t sketch, std::uint32_t token,
                            std::uint32_t window) const noexcept {
  const auto begin = token > window ? token - window : 0;
  const auto end = std::min<std::size_t>(tokens_.size(), std::size_t{token} + window + 1);
  for (auto i = begin; i < end; ++i)
    if (is_piece_of(sketch, head_piece(first_bytes(folded(i).data())))) return true;
  return false;
}

std::uint32_t Article::head_bucket(const char* word) const noexcept {
  const auto mixed = first_bytes(word) * 0x9E3779B1U;
  return (mixed >> 15U) & (static_cast<std::uint32_t>(heads_.size()) - 1);
}

void Article::build_heads() {
  headed_ = true;
  heads_.assign(std::bit_ceil(tokens_.size() + 1), kNone);
  next_head_.resize(tokens_.size());
  for (auto i = static_cast<std::uint32_t>(tokens_.size()); i-- > 0;) {
    auto& first = heads_[head_bucket(folded(i).data())];  // the buffer is padded
    next_head_[i] = first;
    first = i;
  }
}

std::uint32_t Article::find_head(std::string_view head) {
  // To look at all words is cheaper than to sort them, unless that is asked for often.
  if (!headed_ && ++heads_asked_ > kHeadsUnsorted) build_heads();
  if (!headed_) return scan_head(head, 0);
  return chain_head(head, heads_[head_bucket(head.data())]);
}

std::uint32_t Article::next_head(std::string_view head, std::uint32_t token) const noexcept {
  return headed_ ? chain_head(head, next_head_[token]) : scan_head(head, token + 1);
}

std::uint32_t Article::scan_head(std::string_view head, std::uint32_t token) const noexcept {
  constexpr auto kHead = std::bit_cast<std::uint32_t>(std::array<unsigned char, 4>{255, 255, 255});
  static_assert(kMinHead == 3);
  const auto wanted = first_bytes(head.data());
  const auto count = static_cast<std::uint32_t>(tokens_.size());
  const char* const bytes = folded_.bytes.data();  // padded, so that four can be read of each word
  for (auto begin = token == 0 ? 0 : folded_.ends[token - 1]; token < count;
       begin = folded_.ends[token++]) {
    std::uint32_t head_there = 0;
    std::memcpy(&head_there, bytes + begin, sizeof head_there);
    if ((head_there & kHead) == wanted && folded(token).starts_with(head)) return token;
  }
  return kNone;
}

std::uint32_t Article::chain_head(std::string_view head, std::uint32_t token) const noexcept {
  while (token != kNone && !folded(token).starts_with(head)) token = next_head_[token];
  return token;
}

void Article::build_stems() {
  stemmed_ = true;
  stems_.resize(tokens_.size());
  const Stemmer stemmer(language_);
  for (const auto& part : parts_)
    for (auto i = part.begin; i < part.end; ++i)
      stems_[i] = stemmer.key(part.text.substr(tokens_[i].start, tokens_[i].length));
}

std::uint64_t Article::stem(std::uint32_t token) {
  if (!stemmed_) build_stems();
  return stems_[token];
}

bool Article::in_scope(std::uint8_t which, std::uint32_t first, std::uint32_t end, Scope scope) {
  const auto& part = parts_[which];
  if ((scope & bit_of(part.field)) != 0) return true;
  if ((scope & kLead) == 0) return false;
  if (part.field == Field::title) return true;
  if (!led_) build_lead();
  return first >= lead_begin_ && end <= lead_end_;
}

/// The first paragraph of the body, or of the summary when there is no body; 60 words at most.
void Article::build_lead() {
  led_ = true;
  const auto& part = parts_[2].begin < parts_[2].end ? parts_[2] : parts_[1];
  lead_begin_ = lead_end_ = part.begin;
  if (part.begin == part.end) return;
  const auto opening = paragraph(part.begin);
  while (lead_end_ < part.end && lead_end_ - lead_begin_ < kLeadWords &&
         paragraph(lead_end_) == opening)
    ++lead_end_;
}

void Article::build_sentences() {
  split_ = true;
  sentence_.clear();
  paragraph_.clear();
  std::uint32_t sentence = 0, paragraph = 0;
  for (const auto& part : parts_) {
    const bool title = part.field == Field::title;
    for (auto i = part.begin; i < part.end; ++i) {
      if (i > part.begin && !title) {
        const auto before = tokens_[i - 1].end();
        const auto gap = part.text.substr(before, tokens_[i].start - before);
        const auto border = text::border(raw(i - 1), gap, raw(i));
        if (border != text::Border::none) ++sentence;
        if (border == text::Border::paragraph) ++paragraph;
      }
      sentence_.push_back(sentence);
      paragraph_.push_back(paragraph);
    }
    sentence_.push_back(++sentence);  // the word between fields
    paragraph_.push_back(++paragraph);
    ++sentence;
    ++paragraph;
  }
}

std::uint32_t Article::sentence(std::uint32_t token) {
  if (!split_) build_sentences();
  return sentence_[std::min<std::size_t>(token, sentence_.size() - 1)];
}

std::uint32_t Article::paragraph(std::uint32_t token) {
  if (!split_) build_sentences();
  return paragraph_[std::min<std::size_t>(token, paragraph_.size() - 1)];
}

}  // namespace tocsin::rules::detail
