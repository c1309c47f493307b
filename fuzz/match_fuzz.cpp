// SPDX-License-Identifier: MIT
// Watches and articles drawn from the input: the engine and the naive judge must agree.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "rules/parse.hpp"
#include "tests/rules/naive.hpp"
#include "tests/rules/random_rules.hpp"

using namespace tocsin;
using namespace tocsin::rules;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::size_t at = 0;
  RandomRules random([&]() -> unsigned { return at < size ? data[at++] : 0U; });
  auto spec = random.spec();
  const auto watch = random.watch("w");
  const auto item = random.item();
  const auto context = random.context();
  spec.watches.push_back(watch);
  const auto compiled = RuleSet::compile(spec);
  if (!compiled.rules) return 0;
  const Names names{[&](std::string_view key) {
                      return Names::Target{key == "plan" ? spec.entities.data() : nullptr,
                                           key == "some" ? spec.lists.data() : nullptr};
                    },
                    {}};
  std::vector<Finding> findings;
  const auto expected = judge(watch, parse_watch(watch, names, findings), item, context);
  Scratch scratch;
  const auto matches = compiled.rules->match(item, context, scratch);
  if (matches.empty() == expected.has_value()) std::abort();
  if (!expected) return 0;
  std::set<NaiveHit> hits;
  for (const auto& hit : matches.front().hits)
    hits.insert({static_cast<std::size_t>(hit.field), hit.start, hit.end, hit.term});
  if (hits != *expected) std::abort();
  return 0;
}
