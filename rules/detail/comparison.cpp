// SPDX-License-Identifier: MIT
#include "rules/detail/comparison.hpp"

#include <charconv>
#include <chrono>
#include <string>

#include "base/time_format.hpp"

namespace tocsin::rules::detail {
namespace {

using Op = Comparison::Op;
using What = Comparison::What;

Error bad(std::string message) {
  return {Errc::malformed, std::move(message)};
}

Result<Op> read_op(std::string_view text) {
  if (text == "<") return Op::less;
  if (text == "<=") return Op::less_equal;
  if (text == "=" || text == "==") return Op::equal;
  if (text == ">=") return Op::greater_equal;
  if (text == ">") return Op::greater;
  return bad("'" + std::string(text) + "' compares nothing");
}

}  // namespace

Result<Comparison> read_comparison_text(std::string_view text) {
  const auto from = text.find_first_of("<>=");
  const auto to = text.find_first_not_of("<>=", from);
  const auto name = text.substr(0, from);
  const auto value = to == std::string_view::npos ? std::string_view{} : text.substr(to);
  Comparison out;
  const auto op = read_op(text.substr(from, to - from));
  if (!op) return op.error();
  out.op = *op;
  if (name == "words") {
    out.what = What::words;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), out.value);
    if (value.empty() || error != std::errc{} || end != value.data() + value.size() ||
        out.value < 0)
      return bad("'" + std::string(value) + "' is no number of words");
  } else if (name == "age") {
    out.what = What::age;
    const auto span = parse_duration(value);
    if (!span) return bad("age: " + span.error().message);
    out.value = span->count();
  } else if (name == "date") {
    out.what = What::date;
    const auto day = parse_rfc3339(std::string(value) + "T00:00:00Z");
    if (!day) return bad("'" + std::string(value) + "' is no date like 2018-09-01");
    out.value = std::chrono::floor<std::chrono::days>(*day).time_since_epoch().count();
  } else {
    return bad("'" + std::string(name) + "' cannot be compared");
  }
  return out;
}

bool holds(const Comparison& comparison, std::int64_t value) noexcept {
  switch (comparison.op) {
    case Op::less: return value < comparison.value;
    case Op::less_equal: return value <= comparison.value;
    case Op::equal: return value == comparison.value;
    case Op::greater_equal: return value >= comparison.value;
    case Op::greater: return value > comparison.value;
  }
  return false;
}

bool holds_for_all(const Comparison& comparison) noexcept {
  if (comparison.what == What::date) return false;
  const auto least = comparison.what == What::words ? 1 : 0;  // no article is without words
  return (comparison.op == Op::greater_equal && comparison.value <= least) ||
         (comparison.op == Op::greater && comparison.value < least);
}

}  // namespace tocsin::rules::detail
