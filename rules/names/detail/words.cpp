// SPDX-License-Identifier: MIT
#include "rules/names/detail/words.hpp"

#include <algorithm>

#include "rules/names/detail/lexicon.hpp"
#include "text/fold.hpp"

namespace tocsin::rules::names {
namespace {

constexpr std::size_t kMostWords = 200'000;  // some 60 MB of words met

bool sparse(Script script) {
  return script == Script::arabic || script == Script::hebrew;
}

/// Respelling has to stop at what is a name of its own: Morton is not Martin, Maria is not Mario.
bool is_another_name(const Word& word, const Part& part, const PartMatch& match, bool family) {
  if (word.script != Script::latin || part.script != Script::latin) return false;
  if (word.folded == part.folded || match.cost <= 0.02F) return false;
  if (family) return word.given || Lexicon::common_family(word.folded);
  constexpr float kSameName = 0.05F;
  return word.given && match.cost > kSameName * static_cast<float>(match.length);
}

/// In a script without vowels a short word says little: then it must agree nearly exactly.
float evidence_budget(std::string_view symbols, Script script) {
  constexpr float kNone = 0.04F, kLittle = 0.1F, kConsonant = 0.3F;
  if (!sparse(script)) return 1.0F;
  const auto& costs = SoundCosts::instance();
  const auto consonants = std::count_if(symbols.begin(), symbols.end(), [&](Symbol s) {
    return !costs.vowel(s) && costs.drop(s) > kConsonant;
  });
  if (consonants <= 1) return kNone;
  return consonants == 2 ? kLittle : 1.0F;
}

}  // namespace

float budget_of(Script script, Fuzzy fuzzy) noexcept {
  const float stretch = fuzzy == Fuzzy::loose ? 1.25F : 1.0F;
  switch (script) {
    case Script::latin: return 0.19F * stretch;
    case Script::arabic:
    case Script::hebrew: return 0.22F * stretch;
    case Script::han: return 0.30F * stretch;
    case Script::hangul:
    case Script::kana: return 0.24F * stretch;
    default: return 0.2F * stretch;
  }
}

void WordCache::use(std::uint64_t serial) {
  if (serial == serial_ && words_.size() < kMostWords) return;
  words_.clear();
  serial_ = serial;
}

Word& WordCache::at(std::string_view written, const People& people) {
  key_.assign(written);
  const auto [place, fresh] = words_.try_emplace(key_);
  Word& word = place->second;
  if (!fresh) return word;
  word.folded = text::fold(written);
  word.script = script_of(written);
  word.title = Lexicon::title(word.folded);
  word.weak_title = Lexicon::weak_title(word.folded);
  word.particle = Lexicon::particle(word.folded);
  word.conjunction = Lexicon::conjunction(word.folded);
  word.given = Lexicon::given(word.folded);
  if (const auto part = people.part_of.find(word.folded); part != people.part_of.end())
    word.matches.push_back(
        {part->second, 0,
         static_cast<std::uint8_t>(std::min<std::size_t>(letters(word.folded), 40)), 0, true});
  return word;
}

void WordCache::search(Word& word, std::string_view written, const People& people) {
  if (word.searched) return;
  word.searched = true;
  search_from(word, written, 0, people);
  for (const std::size_t clitic : clitics(word.folded, word.script)) {
    // Where marks were folded away, the bytes of the clitic are not those of the text.
    if (written.substr(0, clitic) == std::string_view(word.folded).substr(0, clitic))
      search_from(word, written, clitic, people);
  }
}

void WordCache::search_from(Word& word, std::string_view written, std::size_t clitic,
                            const People& people) {
  const std::string_view rest = written.substr(clitic);
  const std::string symbols = encode(rest, word.script);
  if (clitic == 0) word.symbols = symbols;
  if (symbols.size() < 2) return;
  const float budget =
      std::min(budget_of(word.script, Fuzzy::loose), evidence_budget(symbols, word.script));
  found_.clear();
  const std::string folded = clitic == 0 ? word.folded : text::fold(rest);
  people.trie.search({symbols, stems(folded, word.script), word.script, budget}, rows_, found_);
  const float price = clitic == 0 ? 0.0F : 0.15F;
  for (const PartMatch& match : found_) {
    const Part& part = people.parts[match.part];
    const bool same = part.folded == word.folded;
    if (same) continue;  // known already
    const bool all_family = std::all_of(part.postings.begin(), part.postings.end(),
                                        [](const Posting& p) { return p.role != Role::given; });
    if (is_another_name(word, part, match, all_family)) continue;
    word.matches.push_back({match.part, match.cost + price, match.length,
                            static_cast<std::uint8_t>(clitic), part.folded == folded});
  }
}

}  // namespace tocsin::rules::names
