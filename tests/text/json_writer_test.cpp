// SPDX-License-Identifier: MIT
#include "text/json_writer.hpp"

#include <limits>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace tocsin::text {
namespace {

TEST(JsonWriter, PutsCommasBetweenValuesAlone) {
  JsonWriter out(16);
  out.begin('{');
  out.key("a");
  out.begin('[');
  out.number(1);
  out.text("b");
  out.boolean(true);
  out.end(']');
  out.key("c");
  out.begin('{');
  out.end('}');
  out.end('}');
  EXPECT_EQ(std::move(out).take(), R"({"a":[1,"b",true],"c":{}})");
}

TEST(JsonWriter, EscapesWhatMayNotStandInAString) {
  JsonWriter out(0);
  out.text(std::string("\"\\\n\r\t\x01\x1F\0\x7F/\xC3\xA9", 12));
  EXPECT_EQ(std::move(out).take(), "\"\\\"\\\\\\n\\r\\t\\u0001\\u001f\\u0000\x7F/\xC3\xA9\"");
}

TEST(JsonWriter, EscapesFarIntoALongText) {
  const std::string dull(100, '.');
  JsonWriter out(0);
  out.text(dull + '"' + dull);
  EXPECT_EQ(std::move(out).take(), '"' + dull + "\\\"" + dull + '"');
}

TEST(JsonWriter, WritesTheLargestNumbers) {
  JsonWriter out(0);
  out.begin('[');
  out.number(std::numeric_limits<std::int64_t>::min());
  out.number(std::numeric_limits<std::int64_t>::max());
  out.end(']');
  EXPECT_EQ(std::move(out).take(), "[-9223372036854775808,9223372036854775807]");
}

TEST(JsonWriter, LeavesOutWhatWouldBeEmpty) {
  JsonWriter out(0);
  out.begin('{');
  out.unless_empty("none", "[]", [] {});
  out.unless_empty("some", "{}", [&] {
    out.key("n");
    out.number(0);
  });
  out.unless_empty("none", "{}", [] {});
  out.end('}');
  EXPECT_EQ(std::move(out).take(), R"({"some":{"n":0}})");
}

}  // namespace
}  // namespace tocsin::text
