// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

#include "base/result.hpp"
#include "store/detail/database.hpp"

namespace tocsin::store::detail {

/// The name of the database in its folder.
inline constexpr const char* kDatabaseName = "tocsin.db";

/// Makes `folder` and an empty database in it when there is none; a database that is there is left
/// alone. It appears under its name only when it is whole, so an empty file of that name is always
/// damage. Errors: io, denied, malformed (an empty file, or a log without its database).
Result<void> create_if_missing(const std::filesystem::path& folder);

/// Opens the database of `folder` and sets it up for use. Errors: as `SqliteStore::open`.
Result<Database> open_connection(const std::filesystem::path& folder, const std::string& vfs = "");

/// Checks that the database of `folder`, open as `db`, is sound, and brings its tables up to date.
/// Errors: malformed (damaged), unsupported (written by a newer tocsin), io.
Result<void> check_and_migrate(Database& db, const std::filesystem::path& folder);

/// `error` about `folder`'s database, with how to recover when that is what it takes.
Error explain(Error error, const std::filesystem::path& folder);

}  // namespace tocsin::store::detail
