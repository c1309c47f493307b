// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/match.hpp"
#include "rules/detail/anchors.hpp"
#include "rules/query.hpp"
#include "rules/ruleset.hpp"
#include "text/tokenizer.hpp"

namespace tocsin::rules::detail {

/// One article taken into words, all fields in a row with a word between them that is no word. Its
/// parts are worked out when first asked for, and their memory is kept from article to article.
class Article {
 public:
  /// One text field: its place among the words is half open.
  struct Part {
    Field field{};
    std::string_view text;
    std::uint32_t begin = 0, end = 0;
  };

  /// Takes `text` into words. The views must stay valid until the next call.
  void read(const PlainText& text, std::string_view language);

  [[nodiscard]] const text::FoldedWords& folded_words() const noexcept { return folded_; }
  [[nodiscard]] const std::vector<text::Token>& tokens() const noexcept { return tokens_; }
  [[nodiscard]] const std::array<Part, 3>& parts() const noexcept { return parts_; }
  /// Which of the parts a word belongs to.
  [[nodiscard]] std::uint8_t part_of(std::uint32_t token) const noexcept {
    return token < parts_[0].end ? 0 : token < parts_[1].end ? 1 : 2;
  }
  [[nodiscard]] std::string_view folded(std::uint32_t token) const noexcept {
    return folded_.word(token);
  }
  [[nodiscard]] std::string_view raw(std::uint32_t token) const noexcept {
    return parts_[part_of(token)].text.substr(tokens_[token].start, tokens_[token].length);
  }
  /// Words, without those between fields.
  [[nodiscard]] std::uint32_t word_count() const noexcept {
    return static_cast<std::uint32_t>(tokens_.size() - 2);
  }

  /// The first word with this hash; then the next one; kNone at the end.
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  [[nodiscard]] std::uint32_t find(std::uint64_t hash);
  [[nodiscard]] std::uint32_t next(std::uint32_t token) const noexcept {
    return chain(tokens_[token].hash, next_[token]);
  }

  /// The first word that begins with `head` (folded, kMinHead bytes or more); then the next one.
  [[nodiscard]] std::uint32_t find_head(std::string_view head);
  [[nodiscard]] std::uint32_t next_head(std::string_view head, std::uint32_t token) const noexcept;

  /// The stem of a word in the article's language, as rules/words.hpp makes keys of stems.
  [[nodiscard]] std::uint64_t stem(std::uint32_t token);

  /// Up to four words as `may_hold_any` takes them.
  static std::uint64_t sketch_of(const Companions& words) noexcept;
  /// False when none of the words is in the article, or none within `window` words of `token`
  /// (unless that is 0); true now and then for words that are not.
  [[nodiscard]] bool may_hold_any(std::uint64_t sketch, std::uint32_t token,
                                  std::uint32_t window) const noexcept {
    const bool there = may_hold(sketch) || may_hold(sketch >> 16U) || may_hold(sketch >> 32U) ||
                       may_hold(sketch >> 48U);
    return there && (window == 0 || is_near(sketch, token, window));
  }
  /// The same for words that are told by how they begin, within `window` words.
  [[nodiscard]] bool has_head_near(std::uint64_t sketch, std::uint32_t token,
                                   std::uint32_t window) const noexcept;
  /// Makes ready for `may_hold_any`.
  void build_sketch();

  /// True when words `first` to `end` of a part lie where `scope` allows.
  [[nodiscard]] bool in_scope(std::uint8_t part, std::uint32_t first, std::uint32_t end,
                              Scope scope);

  /// Numbers of the sentence and the paragraph of a word; they grow with the words.
  [[nodiscard]] std::uint32_t sentence(std::uint32_t token);
  [[nodiscard]] std::uint32_t paragraph(std::uint32_t token);

 private:
  [[nodiscard]] bool may_hold(std::uint64_t piece) const noexcept {
    const auto bit = (piece & 0xFFFFU) >> sketch_shift_;
    return (sketch_[bit >> 6U] >> (bit & 63U) & 1U) != 0;
  }
  [[nodiscard]] bool is_near(std::uint64_t sketch, std::uint32_t token,
                             std::uint32_t window) const noexcept;
  [[nodiscard]] std::uint32_t head_bucket(const char* word) const noexcept;
  /// From `token` on, the first one of its chain with this hash.
  [[nodiscard]] std::uint32_t chain(std::uint64_t hash, std::uint32_t token) const noexcept;
  void build_index();
  void build_heads();
  [[nodiscard]] std::uint32_t scan_head(std::string_view head, std::uint32_t token) const noexcept;
  [[nodiscard]] std::uint32_t chain_head(std::string_view head, std::uint32_t token) const noexcept;
  void build_stems();
  void build_sentences();
  void build_lead();

  std::vector<text::Token> tokens_;
  text::FoldedWords folded_;
  std::array<Part, 3> parts_{};

  bool indexed_ = false;
  std::vector<std::uint32_t> first_;   // by the lowest bits of the hash; a power of two
  std::vector<std::uint32_t> next_;    // the next token whose hash has the same lowest bits
  std::vector<std::uint64_t> sketch_;  // one bit for each value of a hash's first bits
  unsigned sketch_shift_ = 0;
  std::uint32_t heads_asked_ = 0;
  bool headed_ = false;
  std::vector<std::uint32_t> heads_, next_head_;  // chains of words whose first bytes hash alike
  bool stemmed_ = false;
  std::string_view language_;
  std::vector<std::uint64_t> stems_;
  bool split_ = false;
  std::vector<std::uint32_t> sentence_, paragraph_;
  bool led_ = false;
  std::uint32_t lead_begin_ = 0, lead_end_ = 0;  // beside the title
};

}  // namespace tocsin::rules::detail
