// SPDX-License-Identifier: MIT
// What watched names cost: compiling, and an article of some 2.8 KB, by number of names.
#include <cstdio>
#include <ctime>
#include <random>
#include <string>
#include <vector>

#include "rules/names/name_index.hpp"

namespace {

using namespace tocsin;
using namespace tocsin::rules;
/// Milliseconds of the processor's time: the machine may have more to do.
double now() {
  return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

std::string made_up(std::mt19937& random, int syllables) {
  constexpr std::string_view kFirst = "bdfgjklmnprstvz", kVowels = "aeiou";
  std::string out;
  for (int i = 0; i < syllables; ++i) {
    out += kFirst[random() % kFirst.size()];
    out += kVowels[random() % kVowels.size()];
    if (random() % 3 == 0) out += "nrls"[random() % 4];
  }
  out[0] = static_cast<char>(out[0] - 'a' + 'A');
  return out;
}

std::string article(std::mt19937& random) {
  std::string out;
  while (out.size() < 2800) {
    std::string word = made_up(random, 1 + static_cast<int>(random() % 3));
    if (random() % 6 != 0) word[0] = static_cast<char>(word[0] - 'A' + 'a');
    out += word + (random() % 12 == 0 ? ". " : " ");
  }
  return out;
}

}  // namespace

int main() {
  std::mt19937 random(1);
  constexpr std::size_t kArticles = 200;
  std::vector<std::string> articles;
  std::vector<std::vector<text::Token>> tokens(kArticles);
  for (std::size_t i = 0; i < kArticles; ++i) {
    articles.push_back(article(random));
    text::tokenize(articles[i], tokens[i]);
  }
  for (const std::size_t count : {100U, 10'000U, 100'000U}) {
    std::vector<EntitySpec> specs(count);
    for (auto& spec : specs) spec.name.text = made_up(random, 2) + " " + made_up(random, 3);
    const double begin = now();
    const auto compiled = NameIndex::compile(specs);
    std::printf("%zu names: compile %.0f ms\n", count, now() - begin);
    NameScratch scratch;
    for (const char* words : {"new", "met before"}) {
      std::vector<NameHit> hits;
      const double start = now();
      for (std::size_t i = 0; i < kArticles; ++i) {
        hits.clear();
        const NameText field{Field::body, articles[i], tokens[i]};
        compiled.index.find({&field, 1}, scratch, hits);
      }
      std::printf("  an article, words %s: %.1f us\n", words, 1000 * (now() - start) / kArticles);
    }
  }
}
