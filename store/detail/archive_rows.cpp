// SPDX-License-Identifier: MIT
#include <limits>
#include <string>

#include "store/detail/codec.hpp"
#include "store/detail/rows.hpp"

namespace tocsin::store::detail {
namespace {

/// Writes the item and yields its sequence; a later edition takes the place of an earlier one, but
/// for a full text that it would cut back to a teaser: the teaser is the summary then, where it has
/// none.
Result<std::int64_t> write_item(Database& db, std::string_view feed, const ArchivedItem& item) {
  auto row = db.prepare(
      "INSERT INTO item(feed, key, found, matched, body) VALUES(?,?,?,?,?)"
      " ON CONFLICT(feed, key) DO UPDATE SET matched=max(matched, excluded.matched), body="
      " CASE WHEN full_text=1 AND length(json_extract(body, '$.content_text')) >"
      " length(coalesce(json_extract(excluded.body, '$.content_text'), '')) THEN"
      " json_set(excluded.body, '$.content_text', json_extract(body, '$.content_text'), "
      "'$.summary',"
      " coalesce(nullif(json_extract(excluded.body, '$.summary'), ''),"
      " json_extract(excluded.body, '$.content_text'), ''))"
      " ELSE excluded.body END RETURNING seq");
  row << feed << item.key << item.found << std::int64_t{!item.matches.empty()} << encode(item.item);
  const auto written = row.step();
  if (!written) return written.error();
  return row.number(0);
}

Result<void> write_match(Database& db, std::int64_t item, const Match& match) {
  auto row =
      db.prepare("INSERT OR REPLACE INTO match(item, watch, severity, body) VALUES(?,?,?,?)");
  row << item << match.watch << to_string(match.severity) << encode(match);
  return row.run();
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

}  // namespace

Result<void> write_items(Database& db, const PollCommit& poll) {
  for (const auto& item : poll.items) {
    const auto sequence = write_item(db, poll.feed, item);
    if (!sequence) return sequence.error();
    for (const auto& match : item.matches)
      if (auto done = write_match(db, *sequence, match); !done) return done;
  }
  return {};
}

Result<std::vector<ArchivedItem>> read_archive(Database& db, const ArchiveQuery& query) {
  // Two texts, since the direction decides both the bound and the order.
  auto row =
      db.prepare(query.newest ? "SELECT seq, feed, key, found, body FROM item WHERE seq < ?1"
                                " AND found >= ?2 AND (?3='' OR feed=?3) AND (?4=0 OR matched=1)"
                                " AND (?5='' OR seq IN (SELECT item FROM match WHERE watch=?5))"
                                " AND (?7='' OR seq IN (SELECT rowid FROM item_index(?7)))"
                                " ORDER BY seq DESC LIMIT ?6"
                              : "SELECT seq, feed, key, found, body FROM item WHERE seq > ?1"
                                " AND found >= ?2 AND (?3='' OR feed=?3) AND (?4=0 OR matched=1)"
                                " AND (?5='' OR seq IN (SELECT item FROM match WHERE watch=?5))"
                                " AND (?7='' OR seq IN (SELECT rowid FROM item_index(?7)))"
                                " ORDER BY seq LIMIT ?6");
  const bool from_the_end = query.newest && query.after == 0;
  row << (from_the_end ? std::numeric_limits<std::int64_t>::max() : query.after) << query.since
      << query.feed << std::int64_t{query.matched} << query.watch
      << static_cast<std::int64_t>(query.limit) << query.words;
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
