// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::parser::detail {

/// One word of a date: a run of letters (folded), a run of digits (in ASCII), or a single sign.
struct Word {
  enum class Kind : std::uint8_t { letters, digits, sign } kind{};
  std::string text;
  std::int64_t number = 0;
  bool glued = false;  ///< no blank before it
};

/// Cuts a date into its words; none where a number is too long to be one. Any thread: pure.
std::vector<Word> cut_date(std::string_view written);

/// The words of a date with a place among them. Places are counted from there: 0 is the next word,
/// and behind the last one there is none of any kind. One thread at a time.
class WordCursor {
 public:
  explicit WordCursor(std::string_view written) : words_(cut_date(written)) {}

  [[nodiscard]] const std::vector<Word>& words() const noexcept { return words_; }
  [[nodiscard]] bool at_end() const noexcept { return at_ >= words_.size(); }
  void skip(std::size_t count) noexcept { at_ += count; }

  /// Null behind the last word.
  [[nodiscard]] const Word* find(std::size_t ahead) const noexcept {
    return at_ + ahead < words_.size() ? &words_[at_ + ahead] : nullptr;
  }
  [[nodiscard]] bool is_sign(std::size_t ahead, char sign) const noexcept {
    return is(ahead, Word::Kind::sign) && find(ahead)->text[0] == sign;
  }
  [[nodiscard]] bool is_digits(std::size_t ahead) const noexcept {
    return is(ahead, Word::Kind::digits);
  }
  [[nodiscard]] bool is_letters(std::size_t ahead) const noexcept {
    return is(ahead, Word::Kind::letters);
  }
  [[nodiscard]] bool is_word(std::size_t ahead, std::string_view text) const noexcept {
    return find(ahead) != nullptr && find(ahead)->text == text;
  }
  [[nodiscard]] bool is_glued(std::size_t ahead) const noexcept {
    return find(ahead) != nullptr && find(ahead)->glued;
  }

  /// Of a word that is there: its text, its bytes, and its value, which is cut where it is absurd.
  [[nodiscard]] const std::string& text(std::size_t ahead) const {
    return words_[at_ + ahead].text;
  }
  [[nodiscard]] std::size_t size(std::size_t ahead) const { return text(ahead).size(); }
  [[nodiscard]] int number(std::size_t ahead) const {
    return static_cast<int>(std::min<std::int64_t>(words_[at_ + ahead].number, 1'000'000'000));
  }

 private:
  [[nodiscard]] bool is(std::size_t ahead, Word::Kind kind) const noexcept {
    return find(ahead) != nullptr && find(ahead)->kind == kind;
  }

  std::vector<Word> words_;
  std::size_t at_ = 0;
};

}  // namespace tocsin::parser::detail
