// SPDX-License-Identifier: MIT
// What watched names cost, by number of people: compiling, memory, and an article of some 2.8 KB.
//   names_bench [PEOPLE ARTICLES [COUNT]]
// reads two files, a name and an article a line, and measures with the first COUNT names, or with
// 100, 10,000 and 100,000; without files both are made up: given names as common as real ones,
// family names and words by Zipf's law. All figures are the processor's time.
//
// cold: every article with a scratch that has met nothing; steady: the last fifth of the articles
// after the others; again: the same once more, when every word was met before.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <new>
#include <random>
#include <string>
#include <unordered_set>
#include <vector>

#include "rules/names/name_index.hpp"

namespace {
std::size_t allocations = 0;
}

// Not inlined: g++ 12 takes one half of a pair in sight for a mismatch.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* place = std::malloc(size)) return place;  // NOLINT
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* place) noexcept {
  std::free(place);  // NOLINT
}
[[gnu::noinline]] void operator delete(void* place, std::size_t) noexcept {
  std::free(place);  // NOLINT
}

namespace {

using namespace tocsin;
using namespace tocsin::rules;

constexpr std::size_t kArticles = 1000, kArticleSize = 2800;

double cpu_milliseconds() {
  return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// Memory in use, in MB; 0 where the system does not tell.
double resident_megabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
  return 0;
}

/// People and articles from nowhere, with the repetitions of real ones.
class World {
 public:
  std::string person() { return given() + " " + family(); }

  std::string article() {
    std::string out;
    bool begins = true;
    while (out.size() < kArticleSize) {
      std::string word;
      const auto what = random_() % 100;
      if (what < 2)
        word = person();
      else
        word = made_up(zipf(60'000) + 40'000, 0);
      if (begins || (what >= 2 && what < 8)) word[0] = capital(word[0]);
      begins = random_() % 18 == 0;
      out += word + (begins ? ". " : " ");
    }
    return out;
  }

 private:
  static char capital(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }

  /// Family and given names are spread wider than words.
  std::size_t spread(std::size_t most, double power) {
    const double u = std::uniform_real_distribution<>(0, 1)(random_);
    return 1 + static_cast<std::size_t>(static_cast<double>(most) * std::pow(u, power));
  }

  /// A number from 1 to `most`, small ones oftener.
  std::size_t zipf(std::size_t most) {
    const double u = std::uniform_real_distribution<>(0, 1)(random_);
    return static_cast<std::size_t>(std::pow(static_cast<double>(most), u));
  }

  std::string given() {
    static constexpr std::string_view kNames[] = {
        "James",    "Mary",    "John",   "Patricia", "Robert",    "Jennifer", "Michael",
        "Linda",    "William", "Susan",  "David",    "Karen",     "Ali",      "Fatima",
        "Richard",  "Sarah",   "Thomas", "Nancy",    "Hassan",    "Zahra",    "Daniel",
        "Maria",    "Carlos",  "Sandra", "Ahmed",    "Anna",      "Paul",     "Helen",
        "Mohammad", "Laura",   "Ivan",   "Olga",     "Andrei",    "Natalia",  "Jose",
        "Carmen",   "Peter",   "Ruth",   "Mehmet",   "Ayse",      "Sergei",   "Irina",
        "Dmitry",   "Elena",   "Hans",   "Ursula",   "Pierre",    "Claire",   "Giulia",
        "Marco",    "Wei",     "Ming",   "Takashi",  "Yuko",      "Raj",      "Priya",
        "Olivier",  "Sophie",  "Bashar", "Leila",    "Volodymyr", "Oksana",   "Piotr",
        "Agnieszka"};
    const std::size_t rank = spread(400, 2);
    return rank <= std::size(kNames) ? std::string(kNames[rank - 1]) : made_up(rank, 1);
  }

  std::string family() {
    static constexpr std::string_view kEndings[] = {"",    "son", "ov",  "man", "ez",  "ski",
                                                    "ini", "er",  "ian", "ley", "sen", "ton"};
    const std::size_t rank = spread(50'000, 2.5) + 300;
    std::string out = made_up(rank, 1);
    return out += kEndings[rank % std::size(kEndings)];
  }

  /// The word of this number; `shape` 1 begins with a capital.
  static std::string made_up(std::size_t number, int shape) {
    static constexpr std::string_view kBegin[] = {"b", "br", "c",  "ch", "d", "f", "g",  "h",
                                                  "j", "k",  "kr", "l",  "m", "n", "p",  "r",
                                                  "s", "sh", "st", "t",  "v", "w", "tr", "z"};
    static constexpr std::string_view kMiddle[] = {"a",  "e",  "i",  "o",  "u",
                                                   "ai", "an", "en", "ar", "il"};
    std::string out;
    for (; number > 0; number /= std::size(kBegin) * std::size(kMiddle)) {
      out += kBegin[number % std::size(kBegin)];
      out += kMiddle[number / std::size(kBegin) % std::size(kMiddle)];
    }
    if (shape == 1) out[0] = capital(out[0]);
    return out;
  }

  std::mt19937 random_{1};
};

std::vector<std::string> lines_of(const char* path) {
  std::vector<std::string> out;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);)
    if (!line.empty()) out.push_back(line);
  return out;
}

class Bench {
 public:
  Bench(std::vector<std::string> people, std::vector<std::string> articles)
      : people_(std::move(people)), articles_(std::move(articles)), tokens_(articles_.size()) {
    for (std::size_t i = 0; i < articles_.size(); ++i) text::tokenize(articles_[i], tokens_[i]);
  }

  void run(std::size_t count) {
    count = std::min(count, people_.size());
    std::vector<EntitySpec> specs(count);
    for (std::size_t i = 0; i < count; ++i) specs[i].name.text = people_[i];
    const double memory = resident_megabytes();
    const double begin = cpu_milliseconds();
    const auto compiled = NameIndex::compile(specs);
    std::printf("%zu people: compile %.0f ms, %.0f MB\n", count, cpu_milliseconds() - begin,
                resident_megabytes() - memory);
    const std::size_t all = articles_.size(), last = all / 5;
    double cold = 0;
    for (std::size_t i = all - last; i < all; ++i) {
      NameScratch fresh;
      cold += read(compiled.index, fresh, i, i + 1);
    }
    NameScratch scratch;
    read(compiled.index, scratch, 0, all - last);
    const double steady = read(compiled.index, scratch, all - last, all);
    const std::size_t before = allocations;
    const double again = read(compiled.index, scratch, all - last, all);
    const auto each = [&](double ms) { return 1000 * ms / static_cast<double>(last); };
    std::printf(
        "  an article: cold %.1f us, steady %.1f us, again %.1f us with %.1f allocations; %.1f "
        "hits\n",
        each(cold), each(steady), each(again),
        static_cast<double>(allocations - before) / static_cast<double>(last),
        static_cast<double>(hits_.size()) / static_cast<double>(last));
  }

 private:
  /// Milliseconds for the articles of a range.
  double read(const NameIndex& index, NameScratch& scratch, std::size_t from, std::size_t to) {
    hits_.clear();
    const double begin = cpu_milliseconds();
    for (std::size_t i = from; i < to; ++i) {
      const NameText field{Field::body, articles_[i], tokens_[i]};
      index.find({&field, 1}, scratch, hits_);
    }
    return cpu_milliseconds() - begin;
  }

  std::vector<std::string> people_, articles_;
  std::vector<std::vector<text::Token>> tokens_;
  std::vector<NameHit> hits_;
};

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> people, articles;
  if (argc >= 3) {
    people = lines_of(argv[1]);
    articles = lines_of(argv[2]);
  } else {
    World world;
    std::unordered_set<std::string> known;
    while (people.size() < 100'000)
      if (std::string name = world.person(); known.insert(name).second)
        people.push_back(std::move(name));
    for (std::size_t i = 0; i < kArticles; ++i) articles.push_back(world.article());
  }
  Bench bench(std::move(people), std::move(articles));
  std::vector<std::size_t> counts{100, 10'000, 100'000};
  if (argc == 4) counts = {std::stoul(argv[3])};
  for (const std::size_t count : counts) bench.run(count);
}
