// SPDX-License-Identifier: MIT
// What watched names cost: compiling, and an article of some 2.8 KB, by number of names.
#include <chrono>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "rules/names/name_index.hpp"

namespace {

using namespace tocsin;
using namespace tocsin::rules;
using Clock = std::chrono::steady_clock;

double ms(Clock::duration d) {
  return std::chrono::duration<double, std::milli>(d).count();
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
  constexpr int kArticles = 200;
  std::vector<std::string> articles;
  for (int i = 0; i < kArticles; ++i) articles.push_back(article(random));
  for (const std::size_t count : {100U, 10'000U, 100'000U}) {
    std::vector<EntitySpec> specs(count);
    for (auto& spec : specs) spec.name.text = made_up(random, 2) + " " + made_up(random, 3);
    const auto begin = Clock::now();
    const auto compiled = NameIndex::compile(specs);
    const auto ready = Clock::now();
    std::printf("%zu names: compile %.0f ms\n", count, ms(ready - begin));
    NameScratch scratch;
    for (const char* words : {"new", "met before"}) {
      std::vector<text::Token> tokens;
      std::vector<NameHit> hits;
      Clock::duration spent{};
      for (const std::string& text : articles) {
        tokens.clear();
        hits.clear();
        text::tokenize(text, tokens);
        const NameText field{Field::body, text, tokens};
        const auto start = Clock::now();
        compiled.index.find({&field, 1}, scratch, hits);
        spent += Clock::now() - start;
      }
      std::printf("  an article, words %s: %.0f us\n", words, 1000 * ms(spent) / kArticles);
    }
  }
}
