// SPDX-License-Identifier: MIT
#include "rules/stemmer.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>
#include <utility>

#include <libstemmer.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "text/fold.hpp"
#include "text/tokenizer.hpp"

namespace tocsin::rules {
namespace {

struct Language {
  std::string_view tag;
  const char* stemmer;
};

constexpr std::array<Language, 28> kLanguages = {
    {{"ar", "arabic"},     {"ca", "catalan"},  {"da", "danish"},     {"de", "german"},
     {"el", "greek"},      {"en", "english"},  {"es", "spanish"},    {"eu", "basque"},
     {"fi", "finnish"},    {"fr", "french"},   {"ga", "irish"},      {"hi", "hindi"},
     {"hu", "hungarian"},  {"hy", "armenian"}, {"id", "indonesian"}, {"it", "italian"},
     {"lt", "lithuanian"}, {"ne", "nepali"},   {"nl", "dutch"},      {"no", "norwegian"},
     {"pt", "portuguese"}, {"ro", "romanian"}, {"ru", "russian"},    {"sr", "serbian"},
     {"sv", "swedish"},    {"ta", "tamil"},    {"tr", "turkish"},    {"yi", "yiddish"}}};

constexpr std::size_t kMostRemembered = 1U << 16U;

std::size_t index_of(std::string_view language) {
  std::string tag(language.substr(0, language.find_first_of("-_")));
  for (auto& c : tag)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (tag == "nb" || tag == "nn") tag = "no";
  const auto found = std::find_if(kLanguages.begin(), kLanguages.end(),
                                  [&tag](const Language& known) { return known.tag == tag; });
  return static_cast<std::size_t>(found - kLanguages.begin());
}

struct StemmerDelete {
  void operator()(sb_stemmer* stemmer) const noexcept { sb_stemmer_delete(stemmer); }
};

/// What a thread keeps of one language.
struct Kept {
  std::unique_ptr<sb_stemmer, StemmerDelete> stemmer;
  std::unordered_map<std::uint64_t, std::uint64_t> keys;  // by the hash of the word as written
  bool made = false;
};

Kept& kept(std::size_t which) {
  thread_local std::array<Kept, kLanguages.size() + 1> all;
  auto& out = all[which];
  if (!out.made && which < kLanguages.size())
    out.stemmer.reset(sb_stemmer_new(kLanguages[which].stemmer, "UTF_8"));
  out.made = true;
  return out;
}

std::string normalized(std::string_view raw) {
  UErrorCode status = U_ZERO_ERROR;
  const auto text =
      icu::UnicodeString::fromUTF8(icu::StringPiece(raw.data(), static_cast<int32_t>(raw.size())));
  std::string out;
  icu::Normalizer2::getNFKCCasefoldInstance(status)->normalize(text, status).toUTF8String(out);
  return U_SUCCESS(status) != 0 ? out : std::string(raw);
}

}  // namespace

Stemmer::Stemmer(std::string_view language) : which_(index_of(language)) {}

std::string Stemmer::stem(std::string_view raw) const {
  auto* const stemmer = kept(which_).stemmer.get();
  if (stemmer == nullptr) return text::fold(raw);
  const auto lower = normalized(raw);
  const auto* stemmed = sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(lower.data()),
                                        static_cast<int>(lower.size()));
  if (stemmed == nullptr) return text::fold(raw);
  return text::fold({reinterpret_cast<const char*>(stemmed),
                     static_cast<std::size_t>(sb_stemmer_length(stemmer))});
}

std::uint64_t Stemmer::fresh_key(std::string_view raw) const {
  return (text::word_hash(stem(raw)) ^ (which_ + 1)) * 0x9E3779B97F4A7C15ULL;
}

std::uint64_t Stemmer::key(std::string_view raw) const {
  auto& keys = kept(which_).keys;
  const auto word = text::word_hash(raw);
  if (const auto known = keys.find(word); known != keys.end()) return known->second;
  if (keys.size() >= kMostRemembered) keys.clear();
  return keys.emplace(word, fresh_key(raw)).first->second;
}

std::vector<std::uint64_t> stem_keys(std::string_view raw) {
  std::vector<std::uint64_t> out;
  for (std::size_t which = 0; which <= kLanguages.size(); ++which)
    out.push_back(Stemmer(which).fresh_key(raw));
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace tocsin::rules
