// SPDX-License-Identifier: MIT
#include <bit>
#include <cstring>
#include <string>

#include "store/detail/rows.hpp"

namespace tocsin::store::detail {
namespace {

constexpr const char* kSelect =
    "SELECT name, etag, last_modified, body_hash, last_poll, last_success, last_new_item,"
    " next_poll, next_reason, interval, failures, last_error, permanent_url, moved_to,"
    " moved_count, gone, down_reported, silent_reported, gap_seconds, hub, topic, source FROM feed";

// Keys are stored little endian, whatever the machine, so that a database can move.
std::uint64_t little_endian(std::uint64_t key) {
  if constexpr (std::endian::native == std::endian::little) return key;
  return __builtin_bswap64(key);
}

std::string pack(const std::vector<std::uint64_t>& keys) {
  std::string bytes(keys.size() * sizeof(std::uint64_t), '\0');
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto key = little_endian(keys[i]);
    std::memcpy(&bytes[i * sizeof key], &key, sizeof key);
  }
  return bytes;
}

std::vector<std::uint64_t> unpack(std::string_view bytes) {
  std::vector<std::uint64_t> keys(bytes.size() / sizeof(std::uint64_t));
  for (std::size_t i = 0; i < keys.size(); ++i) {
    std::memcpy(&keys[i], &bytes[i * sizeof(std::uint64_t)], sizeof(std::uint64_t));
    keys[i] = little_endian(keys[i]);
  }
  return keys;
}

/// Binds every column from `etag` to `source`, in the order of the statements below.
void bind(Statement& to, const FeedState& state) {
  to << state.etag << state.last_modified << static_cast<std::int64_t>(state.body_hash)
     << state.last_poll << state.last_success << state.last_new_item << state.next_poll
     << state.next_reason << static_cast<std::int64_t>(state.wishes) << std::int64_t{state.failures}
     << state.last_error << state.permanent_url << state.moved_to << std::int64_t{state.moved_count}
     << std::int64_t{state.gone} << std::int64_t{state.down_reported}
     << std::int64_t{state.silent_reported} << state.gap_seconds << state.hub << state.topic
     << static_cast<std::int64_t>(state.source);
}

FeedState state_from(const Statement& row) {
  FeedState state;
  int column = 0;
  state.etag = row.text(++column);
  state.last_modified = row.text(++column);
  state.body_hash = static_cast<std::uint64_t>(row.number(++column));
  state.last_poll = row.time(++column);
  state.last_success = row.time(++column);
  state.last_new_item = row.time(++column);
  state.next_poll = row.time(++column);
  state.next_reason = row.text(++column);
  state.wishes = static_cast<std::uint64_t>(row.number(++column));
  state.failures = static_cast<std::uint32_t>(row.number(++column));
  state.last_error = row.text(++column);
  state.permanent_url = row.text(++column);
  state.moved_to = row.text(++column);
  state.moved_count = static_cast<std::uint32_t>(row.number(++column));
  state.gone = row.number(++column) != 0;
  state.down_reported = row.number(++column) != 0;
  state.silent_reported = row.number(++column) != 0;
  state.gap_seconds = row.real(++column);
  state.hub = row.text(++column);
  state.topic = row.text(++column);
  state.source = static_cast<std::uint64_t>(row.number(++column));
  return state;
}

/// False when the feed is not known yet.
Result<bool> update(Database& db, std::string_view feed, const FeedState& state) {
  auto row = db.prepare(
      "UPDATE feed SET etag=?, last_modified=?, body_hash=?, last_poll=?, last_success=?,"
      " last_new_item=?, next_poll=?, next_reason=?, interval=?, failures=?, last_error=?,"
      " permanent_url=?, moved_to=?, moved_count=?, gone=?, down_reported=?, silent_reported=?,"
      " gap_seconds=?, hub=?, topic=?, source=? WHERE name=?");
  bind(row, state);
  row << feed;
  if (auto done = row.run(); !done) return std::move(done).error();
  return db.changes() != 0;
}

}  // namespace

Result<std::vector<std::pair<std::string, FeedState>>> read_feeds(Database& db) {
  auto row = db.prepare(kSelect);
  std::vector<std::pair<std::string, FeedState>> all;
  for (;;) {
    const auto more = row.step();
    if (!more) return more.error();
    if (!*more) return all;
    all.emplace_back(row.text(0), state_from(row));
  }
}

Result<void> read_feeds(Database& db, const std::vector<std::string_view>& feeds,
                        const std::function<void(FeedState)>& take) {
  static const auto kSelectOne = std::string(kSelect) + " WHERE name=?";
  // One transaction: each of its own would lock the file, and forget the pages that were read.
  if (auto begun = db.exec("BEGIN"); !begun) return begun;
  Result<void> done;
  for (const auto feed : feeds) {
    auto row = db.prepare(kSelectOne.c_str());
    row << feed;
    const auto found = row.step();
    if (!found) {
      done = found.error();
      break;
    }
    take(*found ? state_from(row) : FeedState{});
  }
  auto ended = db.exec("COMMIT");
  return done ? ended : done;
}

Result<std::vector<std::uint64_t>> read_seen(Database& db, std::string_view feed) {
  auto row = db.prepare("SELECT keys FROM seen WHERE feed=?");
  row << feed;
  const auto found = row.step();
  if (!found) return found.error();
  return *found ? unpack(row.text(0)) : std::vector<std::uint64_t>{};
}

Result<void> write_seen(Database& db, std::string_view feed,
                        const std::vector<std::uint64_t>& seen) {
  const auto keys = pack(seen);
  {
    auto row = db.prepare("UPDATE seen SET keys=? WHERE feed=?");
    row.blob(keys) << feed;
    if (auto done = row.run(); !done) return done;
    if (db.changes() != 0) return {};
  }
  auto row = db.prepare("INSERT INTO seen(keys, feed) VALUES(?,?)");
  row.blob(keys) << feed;
  return row.run();
}

Result<void> write_feed(Database& db, std::string_view feed, const FeedState& state) {
  const auto known = update(db, feed, state);
  if (!known) return known.error();
  if (*known) return {};
  auto row = db.prepare(
      "INSERT INTO feed(etag, last_modified, body_hash, last_poll, last_success, last_new_item,"
      " next_poll, next_reason, interval, failures, last_error, permanent_url, moved_to,"
      " moved_count, gone, down_reported, silent_reported, gap_seconds, hub, topic, source,"
      " name) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  bind(row, state);
  row << feed;
  return row.run();
}

}  // namespace tocsin::store::detail
