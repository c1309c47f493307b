// SPDX-License-Identifier: MIT
#include "store/detail/rows.hpp"

// The index of words costs ten times as much as the item itself, and nobody searches within the
// second: items are written without it, and their words follow in batches. FTS5 also writes out all
// it holds at the end of each statement that has a trigger, so batches are cheaper than single
// rows.
namespace tocsin::store::detail {

Result<std::int64_t> count_unindexed(Database& db) {
  // Sequences rather than rows: counting rows reads them all.
  auto row = db.prepare(
      "SELECT max(0, coalesce((SELECT max(seq) FROM item), 0) - value) FROM counter"
      " WHERE name='indexed'");
  const auto there = row.step();
  if (!there) return there.error();
  return row.number(0);
}

Result<void> index_step(Database& db, std::int64_t items) {
  auto before = db.prepare("SELECT value FROM counter WHERE name='indexed'");
  if (const auto there = before.step(); !there) return there.error();
  const auto indexed = before.number(0);
  auto last = db.prepare(
      "UPDATE counter SET value=(SELECT coalesce(max(seq), ?1) FROM"
      " (SELECT seq FROM item WHERE seq > ?1 ORDER BY seq LIMIT ?2)) WHERE name='indexed'");
  last << indexed << items;
  if (auto done = last.run(); !done) return done;
  auto words = db.prepare(
      "INSERT INTO item_index(rowid, title, summary, text)"
      " SELECT seq, title, summary, text FROM item_words WHERE seq > ?");
  words << indexed;
  return words.run();
}

}  // namespace tocsin::store::detail
