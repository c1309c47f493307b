// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "store/records.hpp"
#include "store/store.hpp"

namespace tocsin::store {

/// The store as subcommands see it: beside a daemon that may be running on the same folder, without
/// its lock. What is changed here the daemon sees within some seconds. One thread at a time; calls
/// block, for at most five seconds while the daemon writes.
class Admin {
 public:
  /// Opens the database of `folder`. Errors: not_found (there is none), denied, malformed, io.
  static Result<Admin> open(const std::filesystem::path& folder);
  Admin(Admin&&) noexcept;
  Admin& operator=(Admin&&) noexcept;
  ~Admin();

  Result<std::vector<OutboxRow>> outbox(const OutboxQuery& query);
  Result<std::string> payload(std::string_view event);
  Result<std::vector<ArchivedItem>> archived(const ArchiveQuery& query);
  Result<std::vector<std::pair<std::string, FeedState>>> feed_states();
  Result<std::vector<Silence>> silences(Timestamp now);

  /// Puts the words of at most `items` more archived items into the index that
  /// `ArchiveQuery::words` asks; yields how many are still left out. The daemon does the same at
  /// its leisure: a search that is to find everything calls this until nothing is left. Errors: io.
  Result<std::int64_t> index_words(std::int64_t items);

  /// What is wrong with the database, a line each, after reading all of it; empty: nothing.
  /// Errors: io, malformed (not even this can be read).
  Result<std::vector<std::string>> damage();

  /// Writes a copy of the database to `file`, mode 0600: whole as of this moment, while the daemon
  /// goes on. Errors: denied (`file` is there already), io.
  Result<void> backup(const std::filesystem::path& file);

  /// Makes dead and dropped rows wait for a new attempt at once, with a new time limit, and waiting
  /// ones come due. `query.limit` is not used. Yields how many. Errors: io.
  Result<std::int64_t> retry(const OutboxQuery& query, Timestamp now);

  /// Takes waiting and dead rows out of the way; they are kept as dropped. Yields how many.
  Result<std::int64_t> drop(const OutboxQuery& query, Timestamp now);

  /// Puts `silence` in force; one with the same id is replaced.
  Result<void> add_silence(const Silence& silence);

  /// Ends the silence whose id begins with `id`. Errors: not_found, malformed (several), io.
  Result<void> expire_silence(std::string_view id, Timestamp now);

 private:
  struct Parts;
  explicit Admin(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace tocsin::store
