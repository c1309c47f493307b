// SPDX-License-Identifier: MIT
#include "text/tokenizer.hpp"

#include <array>
#include <cstring>
#include <random>
#include <string>

#include "text/fold.hpp"

namespace tocsin::text {
namespace {

std::uint64_t draw_seed() {
  std::random_device device;
  return (static_cast<std::uint64_t>(device()) << 32U) ^ device() ^ 0x9E3779B97F4A7C15ULL;
}

const std::uint64_t kSeed =
    draw_seed();  // NOLINT(cert-err58-cpp): throws only without /dev/urandom

std::uint64_t mix(std::uint64_t a, std::uint64_t b) noexcept {
  __extension__ using Wide = unsigned __int128;  // g++ and clang on 64-bit machines
  const auto product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

std::uint64_t load(const char* from, std::size_t bytes) noexcept {
  std::uint64_t value = 0;
  std::memcpy(&value, from, bytes);
  return value;
}

bool is_s(char32_t c) {
  return c == U's' || c == U'S';
}
bool is_apostrophe(char32_t c) {
  return c == U'\'' || c == 0x2019 || c == 0x02BC || c == 0xFF07;
}

/// Walks one text. The folded bytes of the word under way gather in `word_`.
class Walker {
 public:
  Walker(std::string_view text, std::vector<Token>& out) : text_(text), out_(out) {}

  void run() {
    while (at_ < text_.size()) {
      const auto start = at_;
      const auto byte = static_cast<unsigned char>(text_[at_]);
      if (byte < 0x80) {
        ++at_;
        step(byte, table_.ascii(byte), start);
      } else {
        const auto c = next_code_point(text_, at_);
        step(c, table_.at(c), start);
      }
    }
    finish();
  }

 private:
  void step(char32_t c, const FoldEntry& entry, std::size_t start) {
    switch (entry.kind) {
      case CharClass::word: add(entry, start); break;
      case CharClass::single:
        finish();
        add(entry, start);
        finish();
        break;
      case CharClass::ignored:
        // Marks hang on the letter before; й is written as и with a breve by some.
        if (c == 0x0306 && length_ >= 2) restore_short_i();
        if (length_ > 0) end_ = at_;
        break;
      case CharClass::mid_letter:
      case CharClass::mid_number:
      case CharClass::mid_both:
        if (!joins(entry, c, start)) finish();
        break;
      case CharClass::none:
        finish();
        if (is_apostrophe(c)) skip_possessive(start);
        break;
    }
  }

  void add(const FoldEntry& entry, std::size_t start) {
    if (length_ == 0 && !open_) {
      open_ = true;
      start_ = start;
    }
    append(entry.bytes.data(), entry.length);
    end_ = at_;
    last_letter_ = entry.letter;
    last_digit_ = entry.digit;
  }

  void append(const char* bytes, std::size_t count) {
    if (length_ + count <= short_.size()) {
      std::memcpy(short_.data() + length_, bytes, count);
    } else {
      if (length_ <= short_.size() && long_.empty()) long_.assign(short_.data(), length_);
      long_.append(bytes, count);
    }
    length_ += count;
  }

  void restore_short_i() {
    static constexpr std::string_view kI = "\xD0\xB8";      // и
    static constexpr std::string_view kShort = "\xD0\xB9";  // й
    char* tail = long_.empty() ? short_.data() + length_ - 2 : long_.data() + length_ - 2;
    if (std::string_view(tail, 2) == kI) std::memcpy(tail, kShort.data(), 2);
  }

  /// WB6/7 and WB11/12: a stop or a middle dot between letters, a stop or a comma between digits.
  bool joins(const FoldEntry& mid, char32_t c, std::size_t start) {
    if (!open_) return false;
    auto next_at = at_;
    const auto& next = next_at < text_.size() ? table_.at(next_code_point(text_, next_at)) : none_;
    const bool letters = mid.kind != CharClass::mid_number && last_letter_ && next.letter &&
                         next.kind == CharClass::word;
    const bool digits = mid.kind != CharClass::mid_letter && last_digit_ && next.digit;
    if (!letters && !digits) return false;
    std::string plain;
    append_utf8(plain, c);
    append(plain.data(), plain.size());
    end_ = start + plain.size();
    last_letter_ = last_digit_ = false;
    return true;
  }

  /// After a word, "'s" at its end belongs to it and is worth nothing.
  void skip_possessive(std::size_t apostrophe) {
    if (out_.size() == before_ || out_.back().end() != apostrophe) return;
    auto behind = at_;
    if (behind >= text_.size() || !is_s(next_code_point(text_, behind))) return;
    auto next = behind;
    if (next < text_.size()) {
      const auto kind = table_.at(next_code_point(text_, next)).kind;
      if (kind == CharClass::word || kind == CharClass::ignored) return;
    }
    at_ = behind;
  }

  void finish() {
    if (!open_) return;
    const std::string_view word = length_ <= short_.size()
                                      ? std::string_view(short_.data(), length_)
                                      : std::string_view(long_);
    out_.push_back({word_hash(word), static_cast<std::uint32_t>(start_),
                    static_cast<std::uint32_t>(end_ - start_)});
    open_ = false;
    length_ = 0;
    long_.clear();
  }

  const FoldTable& table_ = FoldTable::instance();
  const FoldEntry none_;
  std::string_view text_;
  std::vector<Token>& out_;
  const std::size_t before_ = out_.size();  // tokens of earlier texts are not ours
  std::size_t at_ = 0;
  std::size_t start_ = 0, end_ = 0;  // of the word under way, in bytes of the text
  bool open_ = false;
  bool last_letter_ = false, last_digit_ = false;
  std::array<char, 64> short_{};  // the folded word, while it fits
  std::string long_;              // the folded word, once it does not
  std::size_t length_ = 0;
};

}  // namespace

void tokenize(std::string_view text, std::vector<Token>& out) {
  Walker(text, out).run();
}

std::uint64_t word_hash(std::string_view folded) noexcept {
  const char* at = folded.data();
  std::size_t left = folded.size();
  std::uint64_t state = kSeed ^ mix(folded.size() ^ 0xA0761D6478BD642FULL, 0xE7037ED1A0B428DBULL);
  for (; left > 16; at += 16, left -= 16)
    state = mix(load(at, 8) ^ 0x8EBC6AF09C88C6E3ULL, load(at + 8, 8) ^ state);
  const auto low = load(at, left < 8 ? left : 8);
  const auto high = left > 8 ? load(at + 8, left - 8) : 0;
  return mix(low ^ 0x589965CC75374CC3ULL ^ kSeed, high ^ state);
}

}  // namespace tocsin::text
