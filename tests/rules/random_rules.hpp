// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "model/item.hpp"

namespace tocsin::rules {

/// Draws rules and articles from a small vocabulary in several scripts, so that they often meet.
/// `next` is the source of chance: any stream of numbers, a generator's or a fuzzer's.
template <class Next>
class RandomRules {
 public:
  explicit RandomRules(Next next) : next_(next) {}

  std::string query(unsigned depth = 3) {
    switch (depth == 0 ? 0 : pick(8)) {
      case 1: return "(" + query(depth - 1) + " AND " + query(depth - 1) + ")";
      case 2: return "(" + query(depth - 1) + " OR " + query(depth - 1) + ")";
      case 3: return "(" + query(depth - 1) + " NOT " + query(depth - 1) + ")";
      case 4: return "2 OF (" + query(depth - 1) + ", " + span(1) + ", " + span(1) + ")";
      case 5: return "ATLEAST/" + std::to_string(1 + pick(3)) + "(" + span(depth - 1) + ")";
      default: return span(depth);
    }
  }

  Item item() {
    Item out;
    out.title = text(pick(8));
    out.summary = text(pick(8));
    out.content_text = text(pick(20));
    return out;
  }

 private:
  unsigned pick(unsigned below) { return static_cast<unsigned>(next_()) % below; }

  std::string span(unsigned depth) {
    static constexpr const char* kOps[] = {"NEAR/1", "NEAR/4",   "ONEAR/0", "ONEAR/3",    "W/2",
                                           "PRE/2",  "SENTENCE", "PARA",    "NOT NEAR/2", "EXCEPT"};
    switch (depth == 0 ? 0 : pick(7)) {
      case 1:
      case 2:
      case 3: return "(" + span(depth - 1) + " " + kOps[pick(10)] + " " + span(depth - 1) + ")";
      case 4: return "(" + span(depth - 1) + " OR " + span(depth - 1) + ")";
      case 5: return "FIRST/" + std::to_string(1 + pick(9)) + "(" + span(depth - 1) + ")";
      default: return leaf();
    }
  }

  std::string leaf() {
    static constexpr const char* kWild[] = {"talk*", "wom?n", "перегово*", "asta*",
                                            "\"peace talk*\""};
    static constexpr const char* kForms[] = {"CASE", "ACCENT", "EXACT", "ALLCAPS", "NOCAPS"};
    static constexpr const char* kFields[] = {"title:", "body:", "summary:"};
    switch (pick(9)) {
      case 0: return kWild[pick(5)];
      case 1: return std::string(kForms[pick(5)]) + "(" + word() + ")";
      case 2: return kFields[pick(3)] + word();
      case 3:
      case 4: return "\"" + word() + " " + word() + "\"";
      case 5: return "\"" + word() + " " + word() + " " + word() + "\"";
      default: return word();
    }
  }

  std::string word() {
    static constexpr const char* kWords[] = {
        "Astana", "ASTANA",     "astana",     "talks", "talking", "peace", "woman", "résumé",
        "Resume", "переговоры", "ПЕРЕГОВОРЫ", "Ёлка",  "елка",    "علي",   "علی",   "习近平",
        "近",     "Erdoğan",    "erdogan",    "don't", "S-400",   "U.S"};
    return kWords[pick(22)];
  }

  std::string text(unsigned words) {
    static constexpr const char* kGaps[] = {" ",  " ",  " ",    " ",  " ",   ", ",
                                            ". ", "! ", "\n\n", " (", "'s ", "-"};
    std::string out;
    for (unsigned i = 0; i < words; ++i) out.append(word()).append(kGaps[pick(12)]);
    return out;
  }

  Next next_;
};

}  // namespace tocsin::rules
