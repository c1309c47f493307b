// SPDX-License-Identifier: MIT
#include "store/detail/rows.hpp"

namespace tocsin::store::detail {
namespace {

/// Rows a step deletes from one table: some milliseconds of work, since whoever polls or sends
/// waits for the same writer. An item is a hundred times the work of others: the index of words
/// forgets each of its words.
constexpr std::int64_t kItems = 20;
constexpr std::int64_t kRows = 500;

/// One thing that ages: `sql` takes the time before which rows go, and how many at `most`.
struct Rule {
  std::chrono::milliseconds Retention::*keep;
  std::int64_t most;
  const char* sql;
};

// An event goes when no row of it is left; rows that wait are never deleted. What was told is
// asked for at most a dedup window back, settled notifications only keep a repeated poll from
// repeating an alert: both live as long as delivered rows.
constexpr Rule kRules[] = {
    {&Retention::items, kItems,
     "DELETE FROM item WHERE seq IN"
     " (SELECT seq FROM item WHERE matched=0 AND found<? ORDER BY found LIMIT ?)"},
    {&Retention::matches, kItems,
     "DELETE FROM match WHERE item IN"
     " (SELECT seq FROM item WHERE matched=1 AND found<? ORDER BY found LIMIT ?)"},
    {&Retention::matches, kItems,
     "DELETE FROM item WHERE seq IN"
     " (SELECT seq FROM item WHERE matched=1 AND found<? ORDER BY found LIMIT ?)"},
    {&Retention::delivered, kRows,
     "DELETE FROM outbox WHERE seq IN (SELECT o.seq FROM event e JOIN outbox o ON o.event=e.id"
     " WHERE e.created<? AND o.state IN (1, 3) LIMIT ?)"},
    {&Retention::dead, kRows,
     "DELETE FROM outbox WHERE seq IN (SELECT o.seq FROM event e JOIN outbox o ON o.event=e.id"
     " WHERE e.created<? AND o.state=2 LIMIT ?)"},
    {&Retention::delivered, kRows,
     "DELETE FROM event WHERE seq IN (SELECT seq FROM event WHERE created<?"
     " AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.event=event.id) LIMIT ?)"},
    {&Retention::delivered, kRows,
     "DELETE FROM notification WHERE seq IN"
     " (SELECT seq FROM notification WHERE fate<>0 AND settled<? ORDER BY settled LIMIT ?)"},
    {&Retention::delivered, kRows,
     "DELETE FROM told WHERE key IN (SELECT key FROM told WHERE at<? ORDER BY at LIMIT ?)"},
    {&Retention::delivered, kRows,
     "DELETE FROM silence WHERE id IN (SELECT id FROM silence WHERE ends<? LIMIT ?)"},
};

}  // namespace

Result<bool> prune_step(Database& db, const Retention& retention, Timestamp now) {
  bool more = false;
  for (const auto& rule : kRules) {
    const auto keep = retention.*rule.keep;
    if (keep.count() == 0) continue;
    auto row = db.prepare(rule.sql);
    row << (now - keep) << rule.most;
    if (auto done = row.run(); !done) return std::move(done).error();
    more = more || db.changes() == rule.most;
  }
  // Pages that came free go back to the disk, a few at a time.
  if (auto done = db.exec("PRAGMA incremental_vacuum(64)"); !done) return std::move(done).error();
  return more;
}

}  // namespace tocsin::store::detail
