// SPDX-License-Identifier: MIT
// Rules and articles drawn from the input: the engine and the naive judge must agree.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "rules/parse.hpp"
#include "tests/rules/naive.hpp"
#include "tests/rules/random_rules.hpp"
#include "tests/rules/support.hpp"

using namespace tocsin;
using namespace tocsin::rules;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::size_t at = 0;
  RandomRules random([&]() -> unsigned { return at < size ? data[at++] : 0U; });
  const auto watch = query_watch(random.query());
  const auto item = random.item();
  const auto compiled = RuleSet::compile(spec_of(watch));
  if (!compiled.rules) return 0;
  std::vector<Finding> findings;
  const Names nothing{[](std::string_view) { return Names::Target{}; }, {}};
  const auto expected = judge(parse_watch(watch, nothing, findings).root, item);
  Scratch scratch;
  const auto matches = compiled.rules->match(item, {}, scratch);
  if (matches.empty() == expected.has_value()) std::abort();
  if (!expected) return 0;
  std::set<NaiveHit> hits;
  for (const auto& hit : matches.front().hits)
    hits.insert({static_cast<std::size_t>(hit.field), hit.start, hit.end, hit.term});
  if (hits != *expected) std::abort();
  return 0;
}
