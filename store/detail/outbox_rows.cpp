// SPDX-License-Identifier: MIT
#include "store/detail/codec.hpp"
#include "store/detail/rows.hpp"

namespace tocsin::store::detail {
namespace {

/// The columns of a row, in the order in which `row_from` reads them.
#define TOCSIN_OUTBOX_COLUMNS                                                                    \
  "SELECT o.seq, o.event, o.target, e.receiver, e.group_key, e.feed, o.state, e.created, o.due," \
  " o.attempts, o.last_attempt, o.last_error FROM outbox o JOIN event e ON e.id = o.event "

OutboxRow row_from(const Statement& row) {
  return {.sequence = row.number(0),
          .event = row.text(1),
          .target = row.text(2),
          .receiver = row.text(3),
          .group_key = row.text(4),
          .feed = row.text(5),
          .state = static_cast<OutboxState>(row.number(6)),
          .created = row.time(7),
          .due = row.time(8),
          .attempts = static_cast<std::uint32_t>(row.number(9)),
          .last_attempt = row.time(10),
          .last_error = row.text(11)};
}

Result<std::vector<OutboxRow>> rows_of(Statement& row) {
  std::vector<OutboxRow> all;
  for (;;) {
    const auto more = row.step();
    if (!more) return more.error();
    if (!*more) return all;
    all.push_back(row_from(row));
  }
}

/// One bit a state that is wanted.
std::int64_t mask_of(const std::vector<OutboxState>& states) {
  if (states.empty()) return ~std::int64_t{0};
  std::int64_t mask = 0;
  for (const auto state : states) mask |= std::int64_t{1} << static_cast<unsigned>(state);
  return mask;
}

}  // namespace

Result<std::vector<OutboxRow>> read_waiting(Database& db, std::int64_t after, std::size_t limit) {
  auto row = db.prepare(TOCSIN_OUTBOX_COLUMNS "WHERE o.state=0 AND o.seq>? ORDER BY o.seq LIMIT ?");
  row << after << static_cast<std::int64_t>(limit);
  return rows_of(row);
}

Result<std::vector<OutboxRow>> read_outbox(Database& db, const OutboxQuery& query) {
  auto row = db.prepare(TOCSIN_OUTBOX_COLUMNS
                        "WHERE ((1 << o.state) & ?1) <> 0 AND (?2='' OR e.receiver=?2)"
                        " AND (?3='' OR substr(o.event, 1, length(?3))=?3)"
                        " ORDER BY o.seq DESC LIMIT ?4");
  row << mask_of(query.states) << query.receiver << query.event
      << static_cast<std::int64_t>(query.limit);
  return rows_of(row);
}

Result<OutboxDepth> read_depth(Database& db) {
  OutboxDepth depth;
  auto waiting = db.prepare(
      "SELECT count(*), coalesce(min(e.created), 0) FROM outbox o JOIN event e ON e.id=o.event"
      " WHERE o.state=0");
  const auto row = waiting.step();
  if (!row) return row.error();
  depth.waiting = static_cast<std::uint64_t>(waiting.number(0));
  depth.oldest = waiting.time(1);
  auto dead = db.prepare("SELECT count(*) FROM outbox WHERE state=2");
  const auto counted = dead.step();
  if (!counted) return counted.error();
  depth.dead = static_cast<std::uint64_t>(dead.number(0));
  return depth;
}

Result<std::string> read_payload(Database& db, std::string_view event) {
  auto row = db.prepare("SELECT payload FROM event WHERE id=?");
  row << event;
  const auto found = row.step();
  if (!found) return found.error();
  if (!*found) return Error{Errc::not_found, "no such event"};
  return row.text(0);
}

Result<void> write_attempt(Database& db, const AttemptRecord& attempt) {
  // A row that an operator dropped during the attempt stays dropped, unless it was delivered.
  auto row = db.prepare(
      "UPDATE outbox SET state=?1, due=?2, attempts=?3, last_attempt=?4, last_error=?5"
      " WHERE event=?6 AND target=?7 AND (state=0 OR ?1=1)");
  row << static_cast<std::int64_t>(attempt.state) << attempt.due << std::int64_t{attempt.attempts}
      << attempt.at << attempt.error << attempt.event << attempt.target;
  return row.run();
}

// `give_up_after` counts from the event's creation, so that moves along: the age begins anew.
Result<std::int64_t> retry_rows(Database& db, const OutboxQuery& query, Timestamp now) {
  auto age = db.prepare(
      "UPDATE event SET created=?1 WHERE (?2='' OR receiver=?2)"
      " AND (?3='' OR substr(id, 1, length(?3))=?3) AND id IN"
      " (SELECT event FROM outbox WHERE state<>1 AND ((1 << state) & ?4) <> 0)");
  age << now << query.receiver << query.event << mask_of(query.states);
  if (auto done = age.run(); !done) return std::move(done).error();
  auto row = db.prepare(
      "UPDATE outbox SET state=0, due=?1 WHERE state<>1 AND ((1 << state) & ?4) <> 0"
      " AND (?3='' OR substr(event, 1, length(?3))=?3)"
      " AND event IN (SELECT id FROM event WHERE ?2='' OR receiver=?2)");
  row << now << query.receiver << query.event << mask_of(query.states);
  if (auto done = row.run(); !done) return std::move(done).error();
  return db.changes();
}

Result<std::int64_t> drop_rows(Database& db, const OutboxQuery& query, Timestamp now) {
  auto row = db.prepare(
      "UPDATE outbox SET state=3, due=?1 WHERE state IN (0, 2) AND ((1 << state) & ?4) <> 0"
      " AND (?3='' OR substr(event, 1, length(?3))=?3)"
      " AND event IN (SELECT id FROM event WHERE ?2='' OR receiver=?2)");
  row << now << query.receiver << query.event << mask_of(query.states);
  if (auto done = row.run(); !done) return std::move(done).error();
  return db.changes();
}

Result<std::int64_t> write_silence(Database& db, const Silence& silence) {
  auto row = db.prepare(
      "INSERT OR REPLACE INTO silence(id, matchers, starts, ends, comment) VALUES(?,?,?,?,?)");
  row << silence.id << encode(silence.matchers) << silence.starts << silence.ends
      << silence.comment;
  if (auto done = row.run(); !done) return std::move(done).error();
  return db.changes();
}

Result<std::vector<Silence>> read_silences(Database& db, Timestamp now) {
  auto row = db.prepare(
      "SELECT id, matchers, starts, ends, comment FROM silence WHERE ends>? ORDER BY ends, id");
  row << now;
  std::vector<Silence> all;
  for (;;) {
    const auto more = row.step();
    if (!more) return more.error();
    if (!*more) return all;
    all.push_back({.id = row.text(0),
                   .matchers = decode_list(row.text(1)),
                   .starts = row.time(2),
                   .ends = row.time(3),
                   .comment = row.text(4)});
  }
}

Result<std::int64_t> read_outside_changes(Database& db) {
  auto row = db.prepare("SELECT value FROM counter WHERE name='outside_changes'");
  const auto found = row.step();
  if (!found) return found.error();
  return *found ? row.number(0) : 0;
}

}  // namespace tocsin::store::detail
