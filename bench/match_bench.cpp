// SPDX-License-Identifier: MIT
// Articles a CPU second at 10 to 1,000,000 watches (the argument is the most), beside the
// tokenizer's own speed and ICU's. Each figure is the best of three runs: the machine may be busy.
// The text is made up: words drawn by Zipf's law, names that are pairs of capitalised words.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <unicode/brkiter.h>

#include "rules/ruleset.hpp"
#include "text/tokenizer.hpp"

namespace {

using namespace tocsin;

constexpr std::size_t kVocabulary = 60'000, kWordsAnArticle = 400, kArticles = 2'000;

/// Memory in use, in MB; 0 where the system does not tell.
double resident_megabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
  return 0;
}

double cpu_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

class Language {
 public:
  Language() {
    static constexpr std::string_view kConsonants = "bcdfghjklmnprstvwz", kVowels = "aeiou";
    constexpr auto kSyllables = kConsonants.size() * kVowels.size();
    for (std::size_t i = 0; i < kVocabulary; ++i) {
      std::string word;
      for (auto rest = i * 37 + kSyllables; rest > 0; rest /= kSyllables) {
        word += kConsonants[rest % kConsonants.size()];
        word += kVowels[rest / kConsonants.size() % kVowels.size()];
      }
      if (i % 3 == 0) word += kConsonants[i / 3 % kConsonants.size()];
      words_.push_back(std::move(word));
    }
  }
  const std::string& common() {  // by Zipf's law: rank 1 is the commonest
    const double u = std::uniform_real_distribution<>(0, 1)(chance_);
    return words_[static_cast<std::size_t>(std::pow(static_cast<double>(kVocabulary), u)) - 1];
  }
  const std::string& rare() {
    return words_[kVocabulary / 20 + chance_() % (kVocabulary * 19 / 20)];
  }
  unsigned pick(unsigned below) { return static_cast<unsigned>(chance_()) % below; }

 private:
  std::mt19937 chance_{7};
  std::vector<std::string> words_;
};

rules::Located located(std::string text) {
  return {std::move(text), {}, 0, false};
}

/// 60% names with aliases, 20% Boolean, 10% NEAR, 5% prefixes, 5% regexes up to 10,000 watches.
rules::RuleSpec draw_rules(Language& language, unsigned count) {
  rules::RuleSpec spec;
  const auto name = [&] { return language.rare() + " " + language.rare(); };
  for (unsigned i = 0; i < count; ++i) {
    rules::WatchSpec watch;
    watch.name = "watch " + std::to_string(i);
    const auto kind = language.pick(100);
    if (kind < 60 || (kind >= 95 && count > 10'000)) {
      for (unsigned alias = 1 + language.pick(4); alias > 0; --alias)
        watch.any.push_back(located(name()));
    } else if (kind < 80) {
      watch.query = located("\"" + name() + "\" AND (" + language.common() + " OR " +
                            language.rare() + ") NOT " + language.rare());
    } else if (kind < 90) {
      watch.query =
          located(language.rare() + " NEAR/8 (" + language.rare() + " OR " + language.rare() + ")");
    } else if (kind < 95) {
      watch.query = located(language.rare() + " AND " + language.rare().substr(0, 6) + "*");
    } else {
      watch.query = located("/" + language.rare() + "-?" + language.rare() + "/");
    }
    spec.watches.push_back(std::move(watch));
  }
  return spec;
}

std::vector<Item> draw_articles(Language& language) {
  std::vector<Item> out(kArticles);
  for (auto& item : out) {
    item.title = language.common() + " " + language.rare() + " " + language.common();
    for (std::size_t i = 0; i < kWordsAnArticle; ++i)
      item.content_text +=
          (i % 13 == 0 ? language.rare() : language.common()) + (i % 17 == 16 ? ". " : " ");
  }
  return out;
}

/// CPU seconds of the fastest of three runs of `work`.
template <class Work>
double best_seconds(Work work) {
  auto best = std::numeric_limits<double>::max();
  for (int run = 0; run < 3; ++run) {
    const auto from = cpu_seconds();
    work();
    best = std::min(best, cpu_seconds() - from);
  }
  return best;
}

double tokenizer_rate(const std::vector<Item>& articles) {
  std::vector<text::Token> tokens;
  text::FoldedWords folded;
  return kArticles / best_seconds([&] {
           for (const auto& item : articles) {
             tokens.clear();
             folded.clear();
             text::tokenize(item.title, tokens, folded);
             text::tokenize(item.content_text, tokens, folded);
           }
         });
}

double icu_rate(const std::vector<Item>& articles) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> words(
      icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  std::vector<icu::UnicodeString> texts;
  for (const auto& item : articles)
    texts.push_back(icu::UnicodeString::fromUTF8(item.content_text));
  std::size_t borders = 0;
  const auto seconds = best_seconds([&] {
    for (const auto& text : texts) {
      words->setText(text);
      while (words->next() != icu::BreakIterator::DONE) ++borders;
    }
  });
  return borders == 0 ? 0 : kArticles / seconds;
}

/// `articles` in words that nobody watches.
std::vector<Item> strange(std::vector<Item> articles) {
  for (auto& item : articles)
    for (auto* text : {&item.title, &item.content_text})
      for (auto& c : *text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>('a' + (c - 'a' + 13) % 26);
  return articles;
}

/// How long `fetch.articles: on_prefilter` takes to judge one item, which its first words tell.
double prefilter_seconds(const rules::RuleSpec& spec, rules::RuleSet::Prefilter how,
                         const std::vector<Item>& articles) {
  const auto compiled = rules::RuleSet::compile(spec, how);
  rules::Scratch scratch;
  std::size_t mentions = 0;
  return best_seconds([&] {
           for (const auto& item : articles)
             mentions += compiled.rules->mentions_any(item, {}, scratch) ? 1U : 0U;
         }) /
         kArticles;
}

}  // namespace

int main(int argc, char** argv) {
  const unsigned most = argc > 1 ? static_cast<unsigned>(std::stoul(argv[1])) : 100'000;
  Language language;
  const auto articles = draw_articles(language);
  double bytes = 0;
  for (const auto& item : articles)
    bytes += static_cast<double>(item.title.size() + item.content_text.size());
  const double megabytes = bytes / 1e6 / static_cast<double>(kArticles);
  (void)tokenizer_rate(articles);  // builds the fold table
  const auto raw = tokenizer_rate(articles), icu = icu_rate(articles);
  std::printf("tokenizer %.0f articles/s, %.0f MB/s; ICU word iterator %.0f: %.1f times as fast\n",
              raw, raw * megabytes, icu, raw / icu);
  for (unsigned count = 10; count <= most; count *= 10) {
    if (count == 100) continue;
    const auto spec = draw_rules(language, count);
    const auto memory = resident_megabytes();
    const auto from = cpu_seconds();
    const auto compiled = rules::RuleSet::compile(spec);
    const auto compiling = cpu_seconds() - from;
    if (!compiled.rules) return 1;
    const auto grown = resident_megabytes() - memory;
    rules::Scratch scratch;
    std::size_t matches = 0;
    const auto seconds = best_seconds([&] {
      matches = 0;
      for (const auto& item : articles)
        compiled.rules->match_each(item, {}, scratch, [&](const rules::MatchView&) { ++matches; });
    });
    const auto rate = kArticles / seconds;
    std::printf(
        "%8u watches: compiled in %.2f s, %.0f MB; %.0f articles/s, %.0f MB/s, %.0f%% of the "
        "tokenizer, %.2f matches an article\n",
        count, compiling, grown, rate, rate * megabytes, 100 * rate / raw,
        static_cast<double>(matches) / kArticles);
    if (count > 10'000) continue;
    for (const auto& some : {articles, strange(articles)})
      std::printf("         prefilter: %.1f us an article, walking the rules %.1f us\n",
                  1e6 * prefilter_seconds(spec, rules::RuleSet::Prefilter::often, some),
                  1e6 * prefilter_seconds(spec, rules::RuleSet::Prefilter::seldom, some));
  }
  return 0;
}
