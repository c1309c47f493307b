// SPDX-License-Identifier: MIT
#include "text/tokenizer.hpp"

#include <array>
#include <bit>
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

constexpr std::size_t kPadding = 16;  // bytes that may be read behind a word

std::uint64_t mix(std::uint64_t a, std::uint64_t b) noexcept {
  __extension__ using Wide = unsigned __int128;  // g++ and clang on 64-bit machines
  const auto product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

std::uint64_t load(const char* from) noexcept {
  std::uint64_t value = 0;
  std::memcpy(&value, from, sizeof value);
  return value;
}

/// The first `bytes` (up to 8) of a word that lies in memory with the lowest address first.
std::uint64_t masked(std::uint64_t value, std::size_t bytes) noexcept {
  static_assert(std::endian::native == std::endian::little);
  return bytes >= 8 ? value : value & ((std::uint64_t{1} << (bytes * 8)) - 1);
}

/// The hash of `size` bytes; up to kPadding bytes behind them are read and made no use of.
std::uint64_t padded_hash(const char* at, std::size_t size) noexcept {
  std::uint64_t state = kSeed ^ (size * 0xE7037ED1A0B428DBULL);
  std::size_t left = size;
  for (; left > 16; at += 16, left -= 16)
    state = mix(load(at) ^ 0x8EBC6AF09C88C6E3ULL, load(at + 8) ^ state);
  const auto low = masked(load(at), left);
  const auto high = left > 8 ? masked(load(at + 8), left - 8) : 0;
  return mix(low ^ 0x589965CC75374CC3ULL ^ kSeed, high ^ state);
}

bool is_s(char32_t c) {
  return c == U's' || c == U'S';
}
bool is_apostrophe(char32_t c) {
  return c == U'\'' || c == 0x2019 || c == 0x02BC || c == 0xFF07;
}

/// For each byte: what an ASCII letter or digit folds to, or 0.
constexpr std::array<char, 256> kAsciiWord = [] {
  std::array<char, 256> table{};
  for (int c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = static_cast<char>(c);
  for (int c = 'a'; c <= 'z'; ++c) {
    table[static_cast<std::size_t>(c)] = static_cast<char>(c);
    table[static_cast<std::size_t>(c - 'a' + 'A')] = static_cast<char>(c);
  }
  table['_'] = '_';
  return table;
}();

/// For each byte: 1 where a word of ASCII ends for certain, whatever follows.
constexpr std::array<bool, 256> kAsciiEnd = [] {
  std::array<bool, 256> table{};
  for (std::size_t c = 0; c < 128; ++c)
    table[c] = kAsciiWord[c] == 0 && c != '.' && c != ',' && c != ';' && c != ':' && c != '\'';
  return table;
}();

/// Walks one text. The folded bytes of the word under way gather at the end of `folded_`.
class Walker {
 public:
  Walker(std::string_view text, std::vector<Token>& out, FoldedWords& folded)
      : text_(text),
        out_(out),
        folded_(folded),
        used_(folded.ends.empty() ? 0 : folded.ends.back()) {
    word_ = used_;
    folded_.bytes.resize(used_ + text.size() + 2 * kPadding);
  }

  void run() {
    while (at_ < text_.size()) {
      if (!open_ && quick_word()) continue;
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
    folded_.bytes.resize(used_ + kPadding);
  }

 private:
  /// Takes a whole word of ASCII, when its end is beyond doubt: most of most texts.
  bool quick_word() {
    const char* const from = text_.data() + at_;
    const char* const end = text_.data() + text_.size();
    char* to =
        room(static_cast<std::size_t>(end - from) < 64 ? static_cast<std::size_t>(end - from) : 64);
    const char* const limit = end - from > 64 ? from + 64 : end;
    const char* next = from;
    for (char folded; next < limit && (folded = kAsciiWord[static_cast<unsigned char>(*next)]) != 0;
         ++next)
      *to++ = folded;
    if (next == from || (next == limit && limit != end) ||
        (next < end && !kAsciiEnd[static_cast<unsigned char>(*next)]))
      return false;
    const auto size = static_cast<std::size_t>(next - from);
    out_.push_back({padded_hash(folded_.bytes.data() + used_, size),
                    static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(size)});
    used_ += size;
    word_ = used_;
    folded_.ends.push_back(static_cast<std::uint32_t>(used_));
    at_ += size;
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    return true;
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
        // Marks hang on the letter before; й is written as и with a breve by some.
        if (c == 0x0306 && used_ - word_ >= 2) restore_short_i();
        if (open_) end_ = at_;
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
    if (single_) finish();
    if (!open_) {
      open_ = true;
      start_ = start;
    }
    append(entry.bytes.data(), entry.length);
    end_ = at_;
    last_letter_ = entry.letter;
    last_digit_ = entry.digit;
  }

  char* room(std::size_t count) {
    if (used_ + count + kPadding > folded_.bytes.size())
      folded_.bytes.resize(2 * folded_.bytes.size() + count + kPadding);
    return folded_.bytes.data() + used_;
  }

  void append(const char* bytes, std::size_t count) {
    std::memcpy(room(count), bytes, count);
    used_ += count;
  }

  void restore_short_i() {
    static constexpr std::string_view kI = "\xD0\xB8";      // и
    static constexpr std::string_view kShort = "\xD0\xB9";  // й
    char* tail = folded_.bytes.data() + used_ - 2;
    if (std::string_view(tail, 2) == kI) std::memcpy(tail, kShort.data(), 2);
  }

  /// WB6/7 and WB11/12: a stop or a middle dot between letters, a stop or a comma between digits.
  bool joins(const FoldEntry& mid, char32_t c, std::size_t start) {
    if (!open_ || single_) return false;
    auto next_at = at_;
    const auto& next = next_at < text_.size() ? table_.at(next_code_point(text_, next_at)) : none_;
    const bool letters = mid.kind != CharClass::mid_number && last_letter_ && next.letter &&
                         next.kind == CharClass::word;
    const bool digits = mid.kind != CharClass::mid_letter && last_digit_ && next.digit;
    if (!letters && !digits) return false;
    if (mid.length > 0) {
      append(mid.bytes.data(), mid.length);
    } else {
      std::string plain;
      append_utf8(plain, c);
      append(plain.data(), plain.size());
    }
    (void)start;
    end_ = at_;
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
    room(0);  // padding to read
    out_.push_back({padded_hash(folded_.bytes.data() + word_, used_ - word_),
                    static_cast<std::uint32_t>(start_), static_cast<std::uint32_t>(end_ - start_)});
    folded_.ends.push_back(static_cast<std::uint32_t>(used_));
    word_ = used_;
    open_ = single_ = false;
  }

  const FoldTable& table_ = FoldTable::instance();
  const FoldEntry none_;
  std::string_view text_;
  std::vector<Token>& out_;
  FoldedWords& folded_;
  const std::size_t before_ = out_.size();  // tokens of earlier texts are not ours
  std::size_t used_;                        // bytes of folded_ in use
  std::size_t word_ = 0;                    // where the word under way begins in folded_
  std::size_t at_ = 0;
  std::size_t start_ = 0, end_ = 0;  // of the word under way, in bytes of the text
  bool open_ = false;
  bool single_ = false;  // the word under way is a single letter; marks may follow it
  bool last_letter_ = false, last_digit_ = false;
};

}  // namespace

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
    return padded_hash(copy.data(), folded.size());
  }
  const std::string padded = std::string(folded) + std::string(kPadding, '\0');
  return padded_hash(padded.data(), padded.size() - kPadding);
}

}  // namespace tocsin::text
