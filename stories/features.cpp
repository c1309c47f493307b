// SPDX-License-Identifier: MIT
#include "stories/detail/features.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include <unicode/uchar.h>

#include "text/fold.hpp"
#include "text/tokenizer.hpp"
#include "text/utf8.hpp"

namespace tocsin::stories::detail {
namespace {

constexpr std::size_t kTextRead = 8'000;    // bytes of the text that are looked at
constexpr std::size_t kTextWords = 150;     // words of the text whose choice is compared
constexpr std::size_t kShingleWords = 600;  // words of the text whose order is compared
constexpr std::size_t kShingle = 4;         // words in a row
constexpr std::size_t kBeginning = 5;       // letters of a word that count
constexpr float kTitleCount = 2;

/// A text as words. Letters of scripts without blanks are joined to pairs: alone they say little.
struct Words {
  explicit Words(std::string_view source) : text(source) { text::tokenize(text, tokens, folded); }

  [[nodiscard]] std::string_view written(std::size_t i) const {
    return text.substr(tokens[i].start, tokens[i].length);
  }
  [[nodiscard]] char32_t first(std::size_t i) const {
    return text::code_point_at(text, tokens[i].start).value;
  }
  [[nodiscard]] bool is_upper(std::size_t i) const {
    return u_isUUppercase(static_cast<UChar32>(first(i))) != 0;
  }
  [[nodiscard]] bool is_lower(std::size_t i) const {
    return u_isULowercase(static_cast<UChar32>(first(i))) != 0;
  }
  /// A letter of a script that writes without blanks.
  [[nodiscard]] bool is_single(std::size_t i) const {
    return text::FoldTable::instance().at(first(i)).kind == text::CharClass::single;
  }
  [[nodiscard]] std::size_t size() const { return tokens.size(); }

  std::string_view text;
  std::vector<text::Token> tokens;
  text::FoldedWords folded;
};

std::uint8_t letters_of(std::string_view word) {
  std::size_t letters = 0;
  for (std::size_t at = 0; at < word.size(); at += text::code_point_at(word, at).length) ++letters;
  return static_cast<std::uint8_t>(std::min<std::size_t>(letters, 255));
}

std::string_view beginning_of(std::string_view word) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < kBeginning && at < word.size(); ++i)
    at += text::code_point_at(word, at).length;
  return word.substr(0, at);
}

bool is_number(std::string_view word) {
  return !word.empty() && word.front() >= '0' && word.front() <= '9';
}

class Reader {
 public:
  explicit Reader(const Item& item)
      : title_(item.title),
        body_(text::cut_utf8(item.content_text.empty() ? item.summary : item.content_text,
                             kTextRead)),
        title_size_(title_words(item)) {}

  Features run() {
    title_case_ = is_title_case();
    note_lower_case();
    for (std::size_t i = 0; i < title_size_; ++i) add(title_, i, kTitleCount, !title_case_);
    const auto most = std::min(body_.size(), kTextWords);
    for (std::size_t i = 0; i < most; ++i) add(body_, i, 1, true);
    add_shingles();
    out_.words = static_cast<std::uint32_t>(title_size_ + body_.size());
    for (auto* list : {&out_.numbers, &out_.specifics}) {
      std::sort(list->begin(), list->end());
      list->erase(std::unique(list->begin(), list->end()), list->end());
    }
    return std::move(out_);
  }

 private:
  /// How many words of the title are the title's own: many end with who publishes them.
  [[nodiscard]] std::size_t title_words(const Item& item) const {
    std::unordered_set<std::string> names;
    const auto add_names = [&](const std::string& name) {
      const Words words(name);
      for (std::size_t i = 0; i < words.size(); ++i) names.emplace(words.folded.word(i));
    };
    for (const auto& author : item.authors) add_names(author.name);
    add_names(item.source_title);
    auto size = title_.size();
    while (size > 0 && names.contains(std::string(title_.folded.word(size - 1)))) --size;
    return size;
  }

  [[nodiscard]] bool is_title_case() const {
    std::size_t upper = 0;
    for (std::size_t i = 0; i < title_size_; ++i) upper += title_.is_upper(i) ? 1U : 0U;
    return upper * 10 > title_size_ * 6;
  }

  void note_lower_case() {
    const auto note = [&](const Words& words, std::size_t size) {
      for (std::size_t i = 0; i < size; ++i)
        if (words.is_lower(i)) lower_case_.insert(steady_hash(words.folded.word(i)));
    };
    if (!title_case_) note(title_, title_size_);
    note(body_, std::min(body_.size(), kTextWords));
  }

  void add(const Words& words, std::size_t i, float count, bool capitals_tell) {
    auto word = words.folded.word(i);
    std::string pair;
    if (words.is_single(i)) {
      if (i + 1 >= words.size() || !words.is_single(i + 1)) return;
      pair.append(word).append(words.folded.word(i + 1));
      word = pair;
    }
    const bool number = is_number(word);
    const auto whole = steady_hash(word);
    const bool name = capitals_tell && i > 0 && words.is_upper(i) && !lower_case_.contains(whole);
    constexpr std::size_t kLongestNumber = 6;
    if (number && word.size() <= kLongestNumber) out_.numbers.push_back(whole);
    if (name || (number && word.size() <= kLongestNumber)) out_.specifics.push_back(whole);
    const auto hash = number || !pair.empty() ? whole : steady_hash(beginning_of(word));
    const auto [at, added] = index_.try_emplace(hash, out_.terms.size());
    if (added) {
      // A pair of letters is as rare as a long word.
      const auto letters = pair.empty() ? letters_of(word) : std::uint8_t{6};
      out_.terms.push_back({hash, 0, letters, false, number});
    }
    auto& term = out_.terms[at->second];
    term.count += count;
    term.name = term.name || name;
  }

  void add_shingles() {
    const auto size = std::min(body_.size(), kShingleWords);
    std::string run;
    for (std::size_t i = 0; i + kShingle <= size; ++i) {
      run.clear();
      for (std::size_t k = 0; k < kShingle; ++k) run.append(body_.folded.word(i + k)).append(" ");
      out_.shingles.push_back(static_cast<std::uint32_t>(steady_hash(run)));
    }
    std::sort(out_.shingles.begin(), out_.shingles.end());
    out_.shingles.erase(std::unique(out_.shingles.begin(), out_.shingles.end()),
                        out_.shingles.end());
  }

  Words title_, body_;
  std::size_t title_size_;
  bool title_case_ = false;
  std::unordered_set<std::uint64_t> lower_case_;          // words that come without a capital, too
  std::unordered_map<std::uint64_t, std::size_t> index_;  // in out_.terms
  Features out_;
};

}  // namespace

std::uint64_t steady_hash(std::string_view bytes) noexcept {  // FNV-1a, mixed at the end
  std::uint64_t hash = 14'695'981'039'346'656'037U;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
  hash ^= hash >> 32U;
  return hash * 0x9E3779B97F4A7C15U;
}

Features features_of(const Item& item) {
  return Reader(item).run();
}

}  // namespace tocsin::stories::detail
