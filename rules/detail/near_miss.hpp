// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "rules/detail/evaluate.hpp"
#include "rules/detail/program.hpp"

namespace tocsin::rules::detail {

/// Says of clauses that do not hold how near they came. Works on the article that `evaluator` has
/// begun, and resets it.
class NearMiss {
 public:
  NearMiss(const Program& program, Evaluator& evaluator)
      : program_(program), evaluator_(evaluator) {}

  /// ": Astana found, nearest talks 14 words away, limit 8"; empty where there is nothing to say.
  std::string of(std::uint32_t at);
  /// What a condition was held against, true or false: ", it has 120".
  std::string measured(const Code& code);

 private:
  std::string words(std::uint32_t at);
  std::string elsewhere(const Code& code, std::uint32_t at);
  std::string otherwise_written(const Code& code);
  std::string scattered(const Code& code);
  std::string pair(const Code& code);
  std::string taken_away(const Code& code);
  std::string too_few(const Code& code);
  std::string too_late(const Code& code);
  std::string too_few_hold(const Code& code);
  std::string beside(const Code& code);
  Value ask(std::uint32_t at);
  [[nodiscard]] std::string label(std::uint32_t at) const;
  std::uint32_t nearest(const Value& left, const Value& right, bool ordered);

  const Program& program_;
  Evaluator& evaluator_;
};

}  // namespace tocsin::rules::detail
