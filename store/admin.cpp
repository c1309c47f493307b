// SPDX-License-Identifier: MIT
#include "store/admin.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include <sys/stat.h>

#include "store/detail/rows.hpp"
#include "store/detail/schema.hpp"

namespace tocsin::store {

using detail::Database;

struct Admin::Parts {
  std::filesystem::path folder;
  Database db;

  template <class T>
  Result<T> explained(Result<T> result) const {
    if (!result) return detail::explain(std::move(result).error(), folder);
    return result;
  }

  /// Runs `work` in a transaction that tells the daemon to look; yields the rows it changed.
  template <class Work>
  Result<std::int64_t> change(Work work) {
    if (auto begun = db.exec("BEGIN IMMEDIATE"); !begun) return std::move(begun).error();
    Result<std::int64_t> changed = work(db);
    Result<void> done;
    if (changed) done = db.exec("UPDATE counter SET value=value+1 WHERE name='outside_changes'");
    if (changed && done) done = db.exec("COMMIT");
    if (!db.idle()) (void)db.exec("ROLLBACK");
    if (changed && !done) return std::move(done).error();
    return changed;
  }
};

Admin::Admin(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Admin::Admin(Admin&&) noexcept = default;
Admin& Admin::operator=(Admin&&) noexcept = default;
Admin::~Admin() = default;

Result<Admin> Admin::open(const std::filesystem::path& folder) {
  std::error_code failed;
  const bool there = std::filesystem::exists(folder / detail::kDatabaseName, failed);
  if (failed == std::errc::permission_denied)
    return Error{Errc::denied,
                 "this user may not read it; run it as the user that the daemon runs as"}
        .context(folder.native());
  if (!there)
    return Error{Errc::not_found, "no database of tocsin is here; has `tocsin run` been started?"}
        .context(folder.native());
  auto db = detail::open_connection(folder);
  if (!db) return std::move(db).error();
  if (auto sound = detail::check_and_migrate(*db, folder); !sound) return std::move(sound).error();
  return Admin(std::unique_ptr<Parts>(new Parts{folder, std::move(*db)}));
}

Result<std::vector<OutboxRow>> Admin::outbox(const OutboxQuery& query) {
  return parts_->explained(detail::read_outbox(parts_->db, query));
}

Result<std::string> Admin::payload(std::string_view event) {
  return parts_->explained(detail::read_payload(parts_->db, event));
}

Result<std::vector<ArchivedItem>> Admin::archived(const ArchiveQuery& query) {
  return parts_->explained(detail::read_archive(parts_->db, query));
}

Result<std::vector<std::pair<std::string, FeedState>>> Admin::feed_states() {
  return parts_->explained(detail::read_feeds(parts_->db));
}

Result<std::vector<PageWish>> Admin::pages() {
  return parts_->explained(detail::read_pages(parts_->db));
}

Result<std::vector<Silence>> Admin::silences(Timestamp now) {
  return parts_->explained(detail::read_silences(parts_->db, now));
}

Result<std::int64_t> Admin::index_words(std::int64_t items) {
  auto& db = parts_->db;
  auto left = parts_->explained(detail::count_unindexed(db));
  if (!left || *left == 0) return left;
  auto done = db.exec("BEGIN IMMEDIATE");
  if (done) done = detail::index_step(db, items);
  if (done) done = db.exec("COMMIT");
  if (!db.idle()) (void)db.exec("ROLLBACK");
  if (!done) return detail::explain(std::move(done).error(), parts_->folder);
  return std::max<std::int64_t>(*left - items, 0);
}

Result<std::vector<std::string>> Admin::damage() {
  return parts_->explained(detail::find_damage(parts_->db));
}

Result<void> Admin::backup(const std::filesystem::path& file) {
  std::error_code failed;
  if (std::filesystem::exists(file, failed))
    return Error{Errc::denied, "is there already; name a new file"}.context(file.native());
  // Nobody else may read what is in it, from its first byte on.
  const auto mask = ::umask(S_IRWXG | S_IRWXO);
  auto copied = detail::copy_to(parts_->db, file.native());
  ::umask(mask);
  if (!copied) return std::move(copied).error().context(file.native());
  return {};
}

Result<std::int64_t> Admin::retry(const OutboxQuery& query, Timestamp now) {
  return parts_->explained(
      parts_->change([&](Database& db) { return detail::retry_rows(db, query, now); }));
}

Result<std::int64_t> Admin::drop(const OutboxQuery& query, Timestamp now) {
  return parts_->explained(
      parts_->change([&](Database& db) { return detail::drop_rows(db, query, now); }));
}

Result<void> Admin::add_silence(const Silence& silence) {
  const auto added =
      parts_->change([&](Database& db) { return detail::write_silence(db, silence); });
  if (!added) return detail::explain(added.error(), parts_->folder);
  return {};
}

Result<void> Admin::expire_silence(std::string_view id, Timestamp now) {
  const auto live = silences(now);
  if (!live) return live.error();
  const Silence* found = nullptr;
  for (const auto& silence : *live) {
    if (id.empty() || !silence.id.starts_with(id)) continue;
    if (found != nullptr) return Error{Errc::malformed, "several silences begin with this id"};
    found = &silence;
  }
  if (found == nullptr) return Error{Errc::not_found, "no silence in force has this id"};
  auto ended = *found;
  ended.ends = now;
  return add_silence(ended);
}

}  // namespace tocsin::store
