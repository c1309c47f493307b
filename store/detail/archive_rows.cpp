// SPDX-License-Identifier: MIT
#include <array>
#include <limits>
#include <span>
#include <string>

#include "store/detail/codec.hpp"
#include "store/detail/rows.hpp"

namespace tocsin::store::detail {
namespace {

/// Writes the item and yields its sequence; a later edition takes the place of an earlier one, but
/// for a full text that it would cut back to a teaser: the teaser is the summary then, where it has
/// none.
Result<std::int64_t> write_item(Database& db, std::string_view feed, const ArchivedItem& item) {
  // Nearly all are new. A statement that may also update, or that returns its row, keeps a journal
  // of its own and costs twice as much.
  const auto body = encode(item.item);
  const std::int64_t matched = item.matches.empty() ? 0 : 1;
  {
    auto row = db.prepare(
        "INSERT INTO item(feed, key, found, matched, body) VALUES(?,?,?,?,?)"
        " ON CONFLICT(feed, key) DO NOTHING");
    row.borrow(feed).borrow(item.key) << item.found << matched;
    row.borrow(body);
    if (auto done = row.run(); !done) return std::move(done).error();
    if (db.changes() != 0) return db.last_row();
  }
  auto row = db.prepare(
      "UPDATE item SET matched=max(matched, ?1), body="
      " CASE WHEN full_text=1 AND length(json_extract(body, '$.content_text')) >"
      " length(coalesce(json_extract(?2, '$.content_text'), '')) THEN"
      " json_set(?2, '$.content_text', json_extract(body, '$.content_text'), '$.summary',"
      " coalesce(nullif(json_extract(?2, '$.summary'), ''),"
      " json_extract(?2, '$.content_text'), ''))"
      " ELSE ?2 END WHERE feed=?3 AND key=?4 RETURNING seq");
  row << matched << body << feed << item.key;
  const auto written = row.step();
  if (!written) return written.error();
  return row.number(0);
}

constexpr std::size_t kTogether = 8;

/// Writes `kTogether` items in one statement, if all are new, and yields the sequence of the first.
/// Where some were there already it yields 0, and may have written others.
Result<std::int64_t> write_together(Database& db, std::string_view feed,
                                    std::span<const ArchivedItem> items) {
  // A failure rolls back all that the writer has begun, so that the statement need not ("OR FAIL"):
  // it would keep a journal of its own.
  static const auto kSql = [] {
    std::string sql = "INSERT OR FAIL INTO item(feed, key, found, matched, body) VALUES(?,?,?,?,?)";
    for (std::size_t i = 1; i < kTogether; ++i) sql += ",(?,?,?,?,?)";
    return sql + " ON CONFLICT(feed, key) DO NOTHING";
  }();
  std::array<std::string, kTogether> bodies;
  auto row = db.prepare(kSql.c_str());
  for (std::size_t i = 0; i < kTogether; ++i) {
    const auto& item = items[i];
    bodies[i] = encode(item.item);
    row.borrow(feed).borrow(item.key) << item.found << std::int64_t{!item.matches.empty()};
    row.borrow(bodies[i]);
  }
  if (auto done = row.run(); !done) return std::move(done).error();
  constexpr auto kAll = static_cast<std::int64_t>(kTogether);
  return db.changes() == kAll ? db.last_row() - kAll + 1 : 0;
}

Result<void> write_match(Database& db, std::int64_t item, const Match& match) {
  auto row =
      db.prepare("INSERT OR REPLACE INTO match(item, watch, severity, body) VALUES(?,?,?,?)");
  row << item << match.watch << to_string(match.severity) << encode(match);
  return row.run();
}

Result<void> write_matches(Database& db, std::int64_t sequence, const ArchivedItem& item) {
  for (const auto& match : item.matches)
    if (auto done = write_match(db, sequence, match); !done) return done;
  return {};
}

Result<void> write_one(Database& db, std::string_view feed, const ArchivedItem& item) {
  const auto sequence = write_item(db, feed, item);
  if (!sequence) return sequence.error();
  return write_matches(db, *sequence, item);
}

Result<void> write_group(Database& db, std::string_view feed, std::span<const ArchivedItem> items) {
  const auto first = write_together(db, feed, items);
  if (!first) return first.error();
  auto sequence = *first;
  for (const auto& item : items)
    if (auto done = *first == 0 ? write_one(db, feed, item) : write_matches(db, sequence++, item);
        !done)
      return done;
  return {};
}

Result<std::vector<Match>> read_matches(Database& db, std::int64_t item) {
  auto row = db.prepare("SELECT watch, severity, body FROM match WHERE item=? ORDER BY watch");
  row << item;
  std::vector<Match> matches;
  for (;;) {
    const auto more = row.step();
    if (!more) return more.error();
    if (!*more) return matches;
    auto match = decode_match(row.text(2));
    if (!match) return std::move(match).error();
    match->watch = row.text(0);
    match->severity = severity_from(row.text(1)).value_or(Severity::normal);
    matches.push_back(std::move(*match));
  }
}

Result<ArchivedItem> read_item(Database& db, const Statement& row) {
  auto item = decode_item(row.text(4));
  if (!item) return std::move(item).error();
  auto matches = read_matches(db, row.number(0));
  if (!matches) return std::move(matches).error();
  return ArchivedItem{.sequence = row.number(0),
                      .feed = row.text(1),
                      .key = row.text(2),
                      .item = std::move(*item),
                      .found = row.time(3),
                      .matches = std::move(*matches)};
}

/// Several texts: the direction decides both the bound and the order, and the few items that
/// matched are found by an index of their own rather than among all.
const char* archive_sql(const ArchiveQuery& query) {
  const auto text = [](bool newest, bool matched) {
    return std::string("SELECT seq, feed, key, found, body FROM item WHERE seq ") +
           (newest ? "<" : ">") +
           " ?1 AND found >= ?2 AND (?3='' OR feed=?3)"
           " AND (?4='' OR seq IN (SELECT item FROM match WHERE watch=?4))"
           " AND (?6='' OR seq IN (SELECT rowid FROM item_index(?6)))" +
           (matched ? " AND seq IN (SELECT seq FROM item WHERE matched=1 AND found >= ?2)" : "") +
           " ORDER BY seq" + (newest ? " DESC" : "") + " LIMIT ?5";
  };
  static const std::array kTexts = {text(false, false), text(false, true), text(true, false),
                                    text(true, true)};
  return kTexts[(query.newest ? 2U : 0U) + (query.matched ? 1U : 0U)].c_str();
}

}  // namespace

Result<void> write_items(Database& db, const PollCommit& poll) {
  std::span<const ArchivedItem> left(poll.items);
  for (; left.size() >= kTogether; left = left.subspan(kTogether))
    if (auto done = write_group(db, poll.feed, left.first(kTogether)); !done) return done;
  for (const auto& item : left)
    if (auto done = write_one(db, poll.feed, item); !done) return done;
  return {};
}

Result<std::vector<ArchivedItem>> read_archive(Database& db, const ArchiveQuery& query) {
  auto row = db.prepare(archive_sql(query));
  const bool from_the_end = query.newest && query.after == 0;
  row << (from_the_end ? std::numeric_limits<std::int64_t>::max() : query.after) << query.since
      << query.feed << query.watch << static_cast<std::int64_t>(query.limit) << query.words;
  std::vector<ArchivedItem> items;
  for (;;) {
    const auto more = row.step();
    if (!more) return more.error();
    if (!*more) return items;
    auto item = read_item(db, row);
    if (!item) return std::move(item).error();
    items.push_back(std::move(*item));
  }
}

Result<std::optional<ArchivedItem>> read_archived(Database& db, std::string_view feed,
                                                  std::string_view key) {
  auto row = db.prepare("SELECT seq, feed, key, found, body FROM item WHERE feed=? AND key=?");
  row << feed << key;
  const auto there = row.step();
  if (!there) return there.error();
  if (!*there) return std::optional<ArchivedItem>();
  auto item = read_item(db, row);
  if (!item) return std::move(item).error();
  return std::optional<ArchivedItem>(std::move(*item));
}

Result<void> write_full_text(Database& db, const PageCommit& page) {
  // Only the text is replaced: an edition that came meanwhile keeps its title and all else. The
  // feed's own text often is a standfirst that the article does not repeat.
  auto row = db.prepare(
      "UPDATE item SET body=CASE full_text WHEN 1 THEN json_set(body, '$.content_text', ?1) ELSE"
      " json_set(body, '$.content_text', ?1, '$.summary', coalesce("
      " nullif(json_extract(body, '$.summary'), ''), json_extract(body, '$.content_text'), ''))"
      " END, full_text=1, matched=max(matched, ?2) WHERE feed=?3 AND key=?4 RETURNING seq");
  row << page.text << std::int64_t{!page.matches.empty()} << page.page.feed << page.page.key;
  const auto there = row.step();
  if (!there) return there.error();
  if (!*there) return {};
  const auto item = row.number(0);
  for (const auto& match : page.matches)
    if (auto done = write_match(db, item, match); !done) return done;
  return {};
}

Result<std::vector<std::string>> read_watches_matched(Database& db, std::string_view feed,
                                                      std::string_view key) {
  auto row = db.prepare(
      "SELECT watch FROM match WHERE item=(SELECT seq FROM item WHERE feed=? AND key=?)");
  row << feed << key;
  std::vector<std::string> watches;
  for (;;) {
    const auto more = row.step();
    if (!more) return more.error();
    if (!*more) return watches;
    watches.emplace_back(row.text(0));
  }
}

}  // namespace tocsin::store::detail
