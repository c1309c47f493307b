// SPDX-License-Identifier: MIT
//
// Most text is words of ASCII with a blank between. Those are taken 16 bytes at a time, without a
// branch for each letter; where a word's end is not beyond doubt (a stop that may join, an
// apostrophe before more than an s) and where other letters stand, characters are read one by one.
#include "text/tokenizer.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <random>
#include <string>

#include "text/detail/ascii_block.hpp"
#include "text/detail/joined.hpp"
#include "text/detail/word_hash.hpp"
#include "text/fold.hpp"

namespace tocsin::text {
namespace {

using detail::kAsciiWord;
using detail::kBlock;
using detail::kPadding;

std::uint64_t draw_seed() {
  std::random_device device;
  return (static_cast<std::uint64_t>(device()) << 32U) ^ device() ^ 0x9E3779B97F4A7C15ULL;
}

bool is_s(char32_t c) {
  return c == U's' || c == U'S';
}
bool is_apostrophe(char32_t c) {
  return c == U'\'' || c == 0x2019 || c == 0x02BC || c == 0xFF07;
}
bool is_high(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}
bool is_ascii_word(char c) {
  return kAsciiWord[static_cast<unsigned char>(c)] != 0;
}

/// Walks one text. The folded bytes of the word under way gather at the end of `folded_`.
class Walker {
 public:
  Walker(std::string_view text, std::vector<Token>& out, FoldedWords& folded)
      : text_(text),
        out_(out),
        folded_(folded),
        before_(out.size()),
        ends_before_(folded.ends.size()),
        count_(before_),
        used_(folded.ends.empty() ? 0 : folded.ends.back()),
        word_(used_) {
    folded_.bytes.resize(used_ + text.size() + 2 * kPadding);
  }

  void run() {
    while (at_ < text_.size()) {
      if (!open_) {
        quick_words();
        if (at_ >= text_.size()) break;
        open_word();
        if (at_ >= text_.size()) break;
      }
      const auto start = at_;
      const auto byte = static_cast<unsigned char>(text_[at_]);
      if (byte < 0x80) {
        ++at_;
        if (open_ && !single_ && byte == ' ')
          finish();
        else
          step(byte, table_.ascii(byte), start);
      } else {
        const auto c = next_code_point(text_, at_);
        step(c, table_.at(c), start);
      }
    }
    finish();
    out_.resize(count_);
    folded_.ends.resize(ends_before_ + (count_ - before_));
    folded_.bytes.resize(used_ + kPadding);
  }

 private:
  static constexpr std::size_t kBehind = 4;  // bytes read behind a block to judge a word's end

  /// Takes words of up to 15 letters of ASCII, until one comes that needs a closer look.
  void quick_words() {
    while (at_ + kBlock + kBehind <= text_.size()) {
      const char* const from = text_.data() + at_;
      const auto block = detail::take_block(from, room(kBlock));
      if ((block.words & 1U) == 0) {
        at_ += static_cast<std::size_t>(
            std::countr_zero(block.words | block.high | (1U << kBlock)));  // blanks and signs
        if (at_ < text_.size() && is_high(text_[at_])) return;
        continue;
      }
      const auto length = static_cast<std::size_t>(std::countr_one(block.words));
      if (length == kBlock) return;
      const auto behind = sure_end(from + length);
      if (behind < 0) return;
      const char* const word = folded_.bytes.data() + used_;
      put({detail::hash_end(word, length, detail::hash_state(length)),
           static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(length)},
          used_ + length);
      const auto taken = length + static_cast<std::size_t>(behind);
      at_ += taken;
      // What follows is mostly one blank, and the next word begins in the same block.
      if (taken < kBlock) {
        const auto rest = (block.words | block.high) >> taken;
        if (rest != 0) at_ += static_cast<std::size_t>(std::countr_zero(rest));
      }
    }
  }

  /// How many bytes from `next`, behind a word, belong to it and are worth nothing (2 for "'s",
  /// else 0), or -1 when that takes a closer look. Reads up to 3 bytes.
  static int sure_end(const char* next) {
    if (is_high(next[0])) return -1;
    if (next[0] == '.' || next[0] == ',')
      return is_high(next[1]) || is_ascii_word(next[1]) ? -1 : 0;
    if (next[0] != '\'' || !is_s(static_cast<unsigned char>(next[1]))) return 0;
    if (is_high(next[2])) return -1;
    return is_ascii_word(next[2]) ? 0 : 2;
  }

  /// The entry of the character at `next`, which is moved behind it.
  const FoldEntry& read(std::size_t& next) const {
    const auto byte = static_cast<unsigned char>(text_[next]);
    if (byte < 0x80) {
      ++next;
      return table_.ascii(byte);
    }
    if (byte >= 0xC2 && byte < 0xE0 && next + 1 < text_.size()) {
      const auto tail = static_cast<unsigned char>(text_[next + 1]);
      if ((tail & 0xC0U) == 0x80U) {
        next += 2;
        return table_.two_byte((byte & 0x1FU) << 6U | (tail & 0x3FU));
      }
    }
    return table_.at(next_code_point(text_, next));
  }

  /// Takes the plain letters at the beginning of a word, of any script that writes words; what
  /// comes after them is for `step`.
  void open_word() {
    static constexpr std::size_t kAtOnce = 32;
    const auto start = at_;
    const FoldEntry* last = nullptr;
    // Locals, since a write to a buffer of chars may change any member as far as a compiler knows.
    auto at = at_;
    for (bool more = true; more;) {
      char* const begin = room(kAtOnce * none_.bytes.size());
      char* to = begin;
      more = false;
      for (std::size_t i = 0; i < kAtOnce && at < text_.size(); ++i) {
        auto next = at;
        const auto& entry = read(next);
        more = entry.kind == CharClass::word;
        if (!more) break;
        std::memcpy(to, entry.bytes.data(), entry.bytes.size());
        to += entry.length;
        last = &entry;
        at = next;
      }
      used_ += static_cast<std::size_t>(to - begin);
      more = more && at < text_.size();
    }
    if (last == nullptr) return;
    at_ = at;
    open_ = true;
    start_ = piece_ = start;
    end_ = at_;
    last_letter_ = last->letter;
    last_digit_ = last->digit;
  }

  void step(char32_t c, const FoldEntry& entry, std::size_t start) {
    switch (entry.kind) {
      case CharClass::word: add(entry, start); break;
      case CharClass::single:
        finish();
        add(entry, start);
        single_ = true;
        break;
      case CharClass::ignored:
        if (entry.length > 0) {
          join(entry, start);
          break;
        }
        // Marks hang on the letter before; й is written as и with a breve by some.
        if (c == 0x0306 && used_ - word_ >= 2) restore_short_i();
        if (open_) end_ = at_;
        break;
      case CharClass::mid_letter:
      case CharClass::mid_number:
      case CharClass::mid_both:
        if (!joins(entry, c)) finish();
        break;
      case CharClass::none:
        finish();
        if (is_apostrophe(c)) skip_possessive(start);
        break;
    }
  }

  void add(const FoldEntry& entry, std::size_t start) {
    if (single_) finish();
    if (!open_) {
      open_ = true;
      start_ = piece_ = start;
    }
    append(entry);
    end_ = at_;
    last_letter_ = entry.letter;
    last_digit_ = entry.digit;
  }

  /// Where the next `count` folded bytes go, with padding behind.
  char* room(std::size_t count) {
    if (used_ + count + kPadding > folded_.bytes.size())
      folded_.bytes.resize(2 * folded_.bytes.size() + count + kPadding);
    return folded_.bytes.data() + used_;
  }

  void append(const FoldEntry& entry) {
    // All bytes are copied, since a copy of a known length is one instruction.
    std::memcpy(room(entry.bytes.size()), entry.bytes.data(), entry.bytes.size());
    used_ += entry.length;
  }

  /// A mark that makes one letter with the one before, or else is a letter itself.
  void join(const FoldEntry& mark, std::size_t start) {
    char* const bytes = folded_.bytes.data();
    auto last = used_;
    while (last > word_ && (static_cast<unsigned char>(bytes[--last]) & 0xC0U) == 0x80U) {
    }
    if (!open_ || last == used_) return add(mark, start);
    const auto whole = detail::joined(code_point_at({bytes + last, used_ - last}, 0).value,
                                      code_point_at({mark.bytes.data(), mark.length}, 0).value);
    if (whole == 0) return add(mark, start);
    std::string letter;
    append_utf8(letter, whole);
    used_ = last;
    std::memcpy(room(letter.size()), letter.data(), letter.size());
    used_ += letter.size();
    end_ = at_;
  }

  void restore_short_i() {
    static constexpr std::string_view kI = "\xD0\xB8";      // и
    static constexpr std::string_view kShort = "\xD0\xB9";  // й
    char* tail = folded_.bytes.data() + used_ - 2;
    if (std::string_view(tail, 2) == kI) std::memcpy(tail, kShort.data(), 2);
  }

  /// True when the piece of a word that begins at `from` is one letter and the marks on it; `from`
  /// is moved behind it.
  bool is_one_letter(std::size_t& from, std::size_t to) const {
    if (from >= to || !read(from).letter) return false;
    for (auto next = from; from < to; from = next)
      if (read(next).kind != CharClass::ignored) break;
    return true;
  }

  /// U.S and e.g are one word, but Mr.Putin and example.org are two.
  bool joins_initials(std::size_t next) const {
    auto left = piece_;
    if (!is_one_letter(left, end_) || left != end_) return false;
    if (!is_one_letter(next, text_.size())) return false;
    return next >= text_.size() || read(next).kind != CharClass::word;
  }

  /// WB6/7 and WB11/12: a middle dot between letters, a stop between initials, a stop or a comma
  /// between digits.
  bool joins(const FoldEntry& mid, char32_t c) {
    if (!open_ || single_) return false;
    const FoldEntry* behind = &none_;
    auto begin = at_;
    for (auto next = at_; next < text_.size();) {
      begin = next;
      behind = &read(next);
      if (behind->kind != CharClass::ignored) break;  // marks hang on the stop (WB4)
    }
    const auto& next = *behind;
    const bool letters = last_letter_ && next.letter && next.kind == CharClass::word &&
                         (mid.kind == CharClass::mid_letter ||
                          (mid.kind == CharClass::mid_both && joins_initials(begin)));
    const bool digits = mid.kind != CharClass::mid_letter && last_digit_ && next.digit;
    if (!letters && !digits) return false;
    if (mid.length > 0) {
      append(mid);
    } else {
      std::string plain;
      append_utf8(plain, c);
      std::memcpy(room(plain.size()), plain.data(), plain.size());
      used_ += plain.size();
    }
    end_ = at_;
    piece_ = begin;
    last_letter_ = last_digit_ = false;
    return true;
  }

  /// After a word, "'s" at its end belongs to it and is worth nothing.
  void skip_possessive(std::size_t apostrophe) {
    if (count_ == before_ || out_[count_ - 1].end() != apostrophe) return;
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
    room(0);  // padding to read
    put({detail::padded_hash(folded_.bytes.data() + word_, used_ - word_),
         static_cast<std::uint32_t>(start_), static_cast<std::uint32_t>(end_ - start_)},
        used_);
    open_ = single_ = false;
  }

  /// Writes a word whose folded bytes end at `end`. The vectors are kept longer than what is
  /// written, so that a word costs two stores.
  void put(const Token& token, std::size_t end) {
    if (count_ == slots_) {
      const auto more = slots_ - before_ + 64 + text_.size() / 16;
      slots_ += more;
      out_.resize(slots_);
      folded_.ends.resize(ends_before_ + (slots_ - before_));
    }
    out_[count_] = token;
    folded_.ends[ends_before_ + (count_ - before_)] = static_cast<std::uint32_t>(end);
    ++count_;
    used_ = end;
    word_ = end;
  }

  const FoldTable& table_ = FoldTable::instance();
  const FoldEntry none_;
  std::string_view text_;
  std::vector<Token>& out_;
  FoldedWords& folded_;
  const std::size_t before_, ends_before_;  // what earlier texts left is not ours
  std::size_t count_;                       // tokens written
  std::size_t slots_ = count_;              // tokens that there is room for
  std::size_t used_;                        // bytes of folded_ in use
  std::size_t word_;                        // where the word under way begins in folded_
  std::size_t at_ = 0;
  std::size_t start_ = 0, end_ = 0;  // of the word under way, in bytes of the text
  std::size_t piece_ = 0;            // where it begins anew, behind the last stop inside
  bool open_ = false;
  bool single_ = false;  // the word under way is a single letter; marks may follow it
  bool last_letter_ = false, last_digit_ = false;
};

}  // namespace

// NOLINTNEXTLINE(cert-err58-cpp): throws only without /dev/urandom
const std::uint64_t detail::kHashSeed = draw_seed();

void tokenize(std::string_view text, std::vector<Token>& out, FoldedWords& folded) {
  Walker(text, out, folded).run();
}

void tokenize(std::string_view text, std::vector<Token>& out) {
  thread_local FoldedWords folded;
  folded.clear();
  tokenize(text, out, folded);
}

std::uint64_t word_hash(std::string_view folded) noexcept {
  std::array<char, 64 + kPadding> copy{};
  if (folded.size() <= 64) {
    std::memcpy(copy.data(), folded.data(), folded.size());
    return detail::padded_hash(copy.data(), folded.size());
  }
  const std::string padded = std::string(folded) + std::string(kPadding, '\0');
  return detail::padded_hash(padded.data(), padded.size() - kPadding);
}

}  // namespace tocsin::text
