// SPDX-License-Identifier: MIT
#include "store/detail/rows.hpp"

namespace tocsin::store::detail {

Result<std::vector<std::string>> find_damage(Database& db) {
  std::vector<std::string> lines;
  auto row = db.prepare("PRAGMA integrity_check(100)");
  for (;;) {
    const auto more = row.step();
    if (!more) return more.error();
    if (!*more) break;
    if (auto line = row.text(0); line != "ok") lines.push_back(std::move(line));
  }
  // The index of words says by a failure that it is not what the items hold.
  if (auto same = db.exec("INSERT INTO item_index(item_index, rank) VALUES('integrity-check', 1)");
      !same)
    lines.push_back("the index of words: " + same.error().message);
  return lines;
}

Result<void> copy_to(Database& db, std::string_view file) {
  auto row = db.prepare("VACUUM INTO ?");
  row << file;
  return row.run();
}

}  // namespace tocsin::store::detail
