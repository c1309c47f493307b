// SPDX-License-Identifier: MIT
#include "store/detail/schema.hpp"

#include <array>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tocsin::store::detail {
namespace {

namespace fs = std::filesystem;

/// Files up to this size are checked page by page at each start: some tenths of a second.
constexpr std::uintmax_t kCheckBelow = std::uintmax_t{64} << 20U;

/// One step a version, never changed once released: version n is reached by running step n.
/// All times are milliseconds since 1970, UTC; numbers of states are those of records.hpp.
constexpr std::array kSteps = {
    R"sql(
CREATE TABLE feed(
  name TEXT PRIMARY KEY,
  etag TEXT, last_modified TEXT, body_hash INTEGER,
  last_poll INTEGER, last_success INTEGER, last_new_item INTEGER, next_poll INTEGER,
  next_reason TEXT, interval INTEGER, failures INTEGER, last_error TEXT,
  permanent_url TEXT, moved_to TEXT, moved_count INTEGER,
  gone INTEGER, down_reported INTEGER, silent_reported INTEGER, gap_seconds REAL, hub TEXT,
  seen BLOB);                          -- 8 bytes a key, little endian, newest last
CREATE TABLE item(
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  feed TEXT NOT NULL, key TEXT NOT NULL, found INTEGER NOT NULL, matched INTEGER NOT NULL,
  body TEXT NOT NULL,                  -- JSON
  UNIQUE(feed, key));
CREATE INDEX item_found ON item(matched, found);
CREATE TABLE match(
  item INTEGER NOT NULL, watch TEXT NOT NULL, severity TEXT NOT NULL,
  body TEXT NOT NULL,                  -- JSON: labels and hits
  PRIMARY KEY(item, watch)) WITHOUT ROWID;
CREATE INDEX match_watch ON match(watch, item);
CREATE TABLE notification(
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE, receiver TEXT NOT NULL, created INTEGER NOT NULL,
  fate INTEGER NOT NULL DEFAULT 0,
  settled INTEGER,                     -- when it got its fate; its body is dropped then
  body TEXT);                          -- JSON
CREATE INDEX notification_pending ON notification(seq) WHERE fate = 0;
CREATE INDEX notification_settled ON notification(settled) WHERE fate <> 0;
CREATE TABLE event(
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE, receiver TEXT NOT NULL, group_key TEXT NOT NULL,
  feed TEXT NOT NULL, created INTEGER NOT NULL, payload TEXT NOT NULL);
CREATE INDEX event_receiver ON event(receiver, group_key, created);
CREATE INDEX event_created ON event(created);
CREATE TABLE outbox(
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  event TEXT NOT NULL, target TEXT NOT NULL, state INTEGER NOT NULL DEFAULT 0,
  due INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
  last_attempt INTEGER NOT NULL DEFAULT 0, last_error TEXT NOT NULL DEFAULT '',
  UNIQUE(event, target));
CREATE INDEX outbox_waiting ON outbox(seq) WHERE state = 0;
CREATE TABLE told(key TEXT PRIMARY KEY, origin TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX told_at ON told(at);
CREATE TABLE silence(
  id TEXT PRIMARY KEY, matchers TEXT NOT NULL,  -- JSON: a list of texts
  starts INTEGER NOT NULL, ends INTEGER NOT NULL, comment TEXT NOT NULL);
CREATE TABLE counter(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counter VALUES('outside_changes', 0);
)sql",
    // The index of words holds no text of its own: it reads the view, and triggers keep it true.
    R"sql(
CREATE INDEX outbox_dead ON outbox(seq) WHERE state = 2;
CREATE VIEW item_words AS SELECT seq,
  coalesce(json_extract(body, '$.title'), '') AS title,
  coalesce(json_extract(body, '$.summary'), '') AS summary,
  coalesce(json_extract(body, '$.content_text'), '') AS text FROM item;
CREATE VIRTUAL TABLE item_index USING fts5(title, summary, text,
  content='item_words', content_rowid='seq', tokenize="unicode61 remove_diacritics 2");
CREATE TRIGGER item_added AFTER INSERT ON item BEGIN
  INSERT INTO item_index(rowid, title, summary, text) SELECT * FROM item_words WHERE seq=new.seq;
END;
CREATE TRIGGER item_going BEFORE DELETE ON item BEGIN
  INSERT INTO item_index(item_index, rowid, title, summary, text)
    SELECT 'delete', * FROM item_words WHERE seq=old.seq;
END;
CREATE TRIGGER item_changing BEFORE UPDATE OF body ON item BEGIN
  INSERT INTO item_index(item_index, rowid, title, summary, text)
    SELECT 'delete', * FROM item_words WHERE seq=old.seq;
END;
CREATE TRIGGER item_changed AFTER UPDATE OF body ON item BEGIN
  INSERT INTO item_index(rowid, title, summary, text) SELECT * FROM item_words WHERE seq=new.seq;
END;
INSERT INTO item_index(item_index) VALUES('rebuild');
)sql",
    R"sql(
ALTER TABLE feed ADD COLUMN topic TEXT;
ALTER TABLE feed ADD COLUMN source INTEGER;  -- hash of the address; null: any
)sql",
    // New items are indexed later, in small steps (see index_step): the view shows, and the index
    // holds, what has a sequence up to the counter. The other triggers do nothing beyond it.
    R"sql(
INSERT INTO counter SELECT 'indexed', coalesce(max(seq), 0) FROM item;
DROP TRIGGER item_added;
DROP VIEW item_words;
CREATE VIEW item_words AS SELECT seq,
  coalesce(json_extract(body, '$.title'), '') AS title,
  coalesce(json_extract(body, '$.summary'), '') AS summary,
  coalesce(json_extract(body, '$.content_text'), '') AS text FROM item
  WHERE seq <= (SELECT value FROM counter WHERE name='indexed');
)sql",
    R"sql(
ALTER TABLE item ADD COLUMN full_text INTEGER NOT NULL DEFAULT 0;  -- 1: the text is its page's
CREATE TABLE page(                     -- to be fetched
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  feed TEXT NOT NULL, key TEXT NOT NULL, url TEXT NOT NULL,
  wished INTEGER NOT NULL, due INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, last_error TEXT NOT NULL DEFAULT '',
  UNIQUE(feed, key));
)sql",
    // Most polls change a feed's state and not what was seen of it, which is many times as large.
    R"sql(
CREATE TABLE seen(
  feed TEXT PRIMARY KEY,
  keys BLOB NOT NULL);                 -- 8 bytes a key, little endian, newest last
INSERT INTO seen SELECT name, seen FROM feed WHERE length(seen) > 0;
ALTER TABLE feed DROP COLUMN seen;
)sql",
};

/// Says whose file it is: "tocs".
constexpr std::int64_t kApplicationId = 0x746f6373;

Result<std::int64_t> pragma(Database& db, const char* sql) {
  auto statement = db.prepare(sql);
  auto row = statement.step();
  if (!row) return std::move(row).error();
  return *row ? statement.number(0) : 0;
}

Result<void> migrate(Database& db) {
  const auto version = pragma(db, "PRAGMA user_version");
  if (!version) return version.error();
  const auto known = static_cast<std::int64_t>(kSteps.size());
  if (*version < 0) return Error{Errc::malformed, "its version is no number that tocsin writes"};
  if (*version > known)
    return Error{Errc::unsupported, "written by a newer tocsin (schema " +
                                        std::to_string(*version) + ", this one knows " +
                                        std::to_string(known) + "): update tocsin"};
  for (auto at = *version; at < known; ++at) {
    const std::string step = std::string("BEGIN IMMEDIATE;") + kSteps[static_cast<size_t>(at)] +
                             "PRAGMA user_version=" + std::to_string(at + 1) +
                             ";PRAGMA application_id=" + std::to_string(kApplicationId) + ";COMMIT";
    if (auto done = db.exec(step.c_str()); !done) {
      if (!db.idle()) (void)db.exec("ROLLBACK");
      return done;
    }
  }
  return {};
}

Result<void> check(Database& db, const fs::path& file) {
  const auto owner = pragma(db, "PRAGMA application_id");
  if (!owner) return owner.error();
  if (*owner != kApplicationId)
    return Error{Errc::malformed, "this is not a database of tocsin, or it was emptied"};
  std::error_code failed;
  if (fs::file_size(file, failed) > kCheckBelow || failed) return {};
  auto statement = db.prepare("PRAGMA quick_check(1)");
  auto row = statement.step();
  if (!row) return std::move(row).error();
  if (const auto verdict = *row ? statement.text(0) : "no answer"; verdict != "ok")
    return Error{Errc::malformed, verdict.substr(0, verdict.find('\n'))};
  return {};
}

Result<void> sync_folder(const fs::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return Error{Errc::io, "cannot open the folder"}.context(folder.native());
  const bool synced = ::fsync(fd) == 0;
  ::close(fd);
  if (!synced) return Error{Errc::io, "cannot write the folder"}.context(folder.native());
  return {};
}

Error system_error(const std::error_code& why, const fs::path& path) {
  const bool denied =
      why == std::errc::permission_denied || why == std::errc::read_only_file_system;
  return Error{denied ? Errc::denied : Errc::io, why.message()}.context(path.native());
}

Result<void> create(const fs::path& folder) {
  const auto file = folder / kDatabaseName;
  const auto draft = folder / (std::string(kDatabaseName) + ".new");
  std::error_code failed;
  fs::remove(draft, failed);
  {
    auto db = Database::open(draft);
    if (!db) return std::move(db).error();
    // Both must be said before tables. Most items are 1 to 2 KB: of pages of 4 KB they would leave
    // a third empty, and each page is written twice. Pages that retention frees go back to the disk
    // in small steps.
    if (auto set = db->exec("PRAGMA page_size=8192; PRAGMA auto_vacuum=INCREMENTAL"); !set)
      return set;
    if (auto done = migrate(*db); !done) return std::move(done).error().context(draft.native());
  }
  // SQLite gives its log and index the mode of the database.
  fs::permissions(draft, fs::perms::owner_read | fs::perms::owner_write, failed);
  if (failed) return system_error(failed, draft);
  fs::rename(draft, file, failed);
  if (failed) return system_error(failed, file);
  return sync_folder(folder);
}

}  // namespace

Result<void> create_if_missing(const fs::path& folder) {
  std::error_code failed;
  const auto file = folder / kDatabaseName;
  if (fs::exists(file, failed)) {
    if (fs::file_size(file, failed) != 0) return {};
    return explain(Error{Errc::malformed, "the file is empty"}, folder);
  }
  if (const auto log = fs::file_size(file.native() + "-wal", failed); !failed && log != 0)
    return explain(Error{Errc::malformed, "the file is missing, but its log is there"}, folder);
  return create(folder);
}

Result<Database> open_connection(const fs::path& folder, const std::string& vfs) {
  auto db = Database::open(folder / kDatabaseName, vfs);
  if (!db) return explain(std::move(db).error(), folder);
  // FULL costs nothing here, since commits are grouped; it is what survives power loss.
  auto set = db->exec(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000;"
      "PRAGMA journal_size_limit=67108864; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384;");
  if (!set) return explain(std::move(set).error(), folder);
  return db;
}

Result<void> check_and_migrate(Database& db, const fs::path& folder) {
  if (auto sound = check(db, folder / kDatabaseName); !sound)
    return explain(std::move(sound).error(), folder);
  if (auto done = migrate(db); !done) return explain(std::move(done).error(), folder);
  return {};
}

Error explain(Error error, const fs::path& folder) {
  const auto file = (folder / kDatabaseName).native();
  if (error.code == Errc::malformed) {
    error.message = "the database is damaged (" + error.message +
                    "); nothing was changed. Keep a copy of the folder, then try `sqlite3 " + file +
                    " .recover | sqlite3 new.db` and put new.db in its place, or move " +
                    kDatabaseName + "* away to start afresh: then everything is new again";
    return error;
  }
  return std::move(error).context(file);
}

}  // namespace tocsin::store::detail
