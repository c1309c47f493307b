// SPDX-License-Identifier: MIT
#include "store/detail/codec.hpp"
#include "store/detail/rows.hpp"

namespace tocsin::store::detail {
namespace {

Result<void> settle(Database& db, const Settled& settled, Timestamp now) {
  auto row =
      db.prepare("UPDATE notification SET fate=?, settled=?, body=NULL WHERE id=? AND fate=0");
  row << static_cast<std::int64_t>(settled.fate) << now << settled.id;
  return row.run();
}

Result<void> tell(Database& db, const Told& told, Timestamp now) {
  auto row = db.prepare("INSERT OR REPLACE INTO told(key, origin, at) VALUES(?,?,?)");
  row << told.key << told.origin << now;
  return row.run();
}

Result<void> write_event(Database& db, const Release& release) {
  auto event = db.prepare(
      "INSERT OR IGNORE INTO event(id, receiver, group_key, feed, created, payload) "
      "VALUES(?,?,?,?,?,?)");
  event << release.event << release.receiver << release.group_key << release.feed << release.now
        << release.payload;
  if (auto done = event.run(); !done) return done;
  for (const auto& target : release.targets) {
    auto row = db.prepare("INSERT OR IGNORE INTO outbox(event, target, due) VALUES(?,?,?)");
    row << release.event << target << release.now;
    if (auto done = row.run(); !done) return done;
  }
  return {};
}

}  // namespace

Result<void> write_notifications(Database& db, const std::vector<Notification>& notifications) {
  for (const auto& notification : notifications) {
    auto row = db.prepare(
        "INSERT OR IGNORE INTO notification(id, receiver, created, body) VALUES(?,?,?,?)");
    row << notification.id << notification.receiver << notification.created << encode(notification);
    if (auto done = row.run(); !done) return done;
  }
  return {};
}

Result<std::vector<PendingNotification>> read_pending(Database& db, std::int64_t after,
                                                      std::size_t limit) {
  auto row =
      db.prepare("SELECT seq, body FROM notification WHERE fate=0 AND seq>? ORDER BY seq LIMIT ?");
  row << after << static_cast<std::int64_t>(limit);
  std::vector<PendingNotification> all;
  for (;;) {
    const auto more = row.step();
    if (!more) return more.error();
    if (!*more) return all;
    auto notification = decode_notification(row.text(1));
    if (!notification) return std::move(notification).error();
    all.push_back({row.number(0), std::move(*notification)});
  }
}

Result<std::vector<GroupState>> read_groups(Database& db) {
  auto row = db.prepare(
      "SELECT receiver, group_key, max(created) FROM event GROUP BY receiver, group_key");
  std::vector<GroupState> all;
  for (;;) {
    const auto more = row.step();
    if (!more) return more.error();
    if (!*more) return all;
    all.push_back({row.text(0), row.text(1), row.time(2)});
  }
}

Result<std::vector<Timestamp>> read_releases(Database& db, std::string_view receiver,
                                             Timestamp since) {
  auto row = db.prepare("SELECT created FROM event WHERE receiver=? AND created>=? ORDER BY 1");
  row << receiver << since;
  std::vector<Timestamp> all;
  for (;;) {
    const auto more = row.step();
    if (!more) return more.error();
    if (!*more) return all;
    all.push_back(row.time(0));
  }
}

Result<std::optional<std::string>> read_told(Database& db, std::string_view key, Timestamp since) {
  auto row = db.prepare("SELECT origin FROM told WHERE key=? AND at>=?");
  row << key << since;
  const auto found = row.step();
  if (!found) return found.error();
  return *found ? std::optional(row.text(0)) : std::nullopt;
}

Result<void> write_release(Database& db, const Release& release) {
  for (const auto& settled : release.settled)
    if (auto done = settle(db, settled, release.now); !done) return done;
  for (const auto& told : release.told)
    if (auto done = tell(db, told, release.now); !done) return done;
  if (release.event.empty()) return {};
  return write_event(db, release);
}

}  // namespace tocsin::store::detail
