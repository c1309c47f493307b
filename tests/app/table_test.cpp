// SPDX-License-Identifier: MIT
#include "app/table.hpp"

#include <gtest/gtest.h>

namespace tocsin::app {
namespace {

TEST(Table, AlignsColumnsByCharactersNotBytes) {
  EXPECT_EQ(table({"A", "B"}, {{"Erdoğan", "1"}, {"", "2"}}, kAnyWidth),
            "A        B\nErdoğan  1\n-        2\n");
}

TEST(Table, CutsTheWidestCellsToFitTheTerminal) {
  EXPECT_EQ(table({"FEED", "ERROR"}, {{"tass", "the host could not be reached"}}, 20),
            "FEED  ERROR\ntass  the host coul…\n");
}

TEST(Table, KeepsEveryWordForAPipe) {
  const std::string error(300, 'x');
  EXPECT_EQ(table({"E"}, {{error}}, kAnyWidth), "E\n" + error + "\n");
}

TEST(Table, NeverCutsACharacterInTwo) {
  EXPECT_EQ(table({"N"}, {{"Реджеп Тайип Эрдоган"}}, 8), "N\nРеджеп …\n");
}

}  // namespace
}  // namespace tocsin::app
