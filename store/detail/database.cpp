// SPDX-License-Identifier: MIT
#include "store/detail/database.hpp"

#include <utility>

#include <sqlite3.h>

namespace tocsin::store::detail {
namespace {

Errc code_of(int code) {
  switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return Errc::malformed;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH: return Errc::denied;
    default: return Errc::io;
  }
}

}  // namespace

Error database_error(int code, std::string_view where, std::string_view message) {
  std::string text(message.empty() ? std::string_view(sqlite3_errstr(code)) : message);
  return Error{code_of(code), std::move(text)}.context(where);
}

Statement::Statement(Statement&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)),
      bound_(other.bound_),
      failure_(other.failure_) {}

Statement::~Statement() {
  if (handle_ == nullptr) return;
  sqlite3_reset(handle_);
  sqlite3_clear_bindings(handle_);
}

Statement& Statement::operator<<(std::string_view text) {
  // An empty view may point nowhere, which SQLite would take for NULL.
  const char* data = text.empty() ? "" : text.data();
  const int rc = sqlite3_bind_text64(handle_, ++bound_, data, text.size(), SQLITE_TRANSIENT,
                                     SQLITE_UTF8);  // NOLINT(performance-no-int-to-ptr)
  if (rc != SQLITE_OK) failure_ = rc;
  return *this;
}

Statement& Statement::borrow(std::string_view text) {
  const char* data = text.empty() ? "" : text.data();
  const int rc =
      sqlite3_bind_text64(handle_, ++bound_, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
  if (rc != SQLITE_OK) failure_ = rc;
  return *this;
}

Statement& Statement::operator<<(std::int64_t number) {
  const int rc = sqlite3_bind_int64(handle_, ++bound_, number);
  if (rc != SQLITE_OK) failure_ = rc;
  return *this;
}

Statement& Statement::operator<<(Timestamp when) {
  return *this << std::int64_t{when.time_since_epoch().count()};
}

Statement& Statement::operator<<(double number) {
  const int rc = sqlite3_bind_double(handle_, ++bound_, number);
  if (rc != SQLITE_OK) failure_ = rc;
  return *this;
}

Statement& Statement::blob(std::string_view bytes) {
  const char* data = bytes.empty() ? "" : bytes.data();
  const int rc = sqlite3_bind_blob64(handle_, ++bound_, data, bytes.size(),
                                     SQLITE_TRANSIENT);  // NOLINT(performance-no-int-to-ptr)
  if (rc != SQLITE_OK) failure_ = rc;
  return *this;
}

Result<bool> Statement::step() {
  if (handle_ == nullptr)
    return Error{Errc::malformed, "the database lacks a table or column that it must have"};
  if (failure_ != 0) return database_error(failure_, "binding", "");
  const int rc = sqlite3_step(handle_);
  if (rc == SQLITE_ROW) return true;
  if (rc == SQLITE_DONE) return false;
  auto* db = sqlite3_db_handle(handle_);
  return database_error(sqlite3_extended_errcode(db), "database", sqlite3_errmsg(db));
}

Result<void> Statement::run() {
  auto row = step();
  if (!row) return std::move(row).error();
  return {};
}

std::string Statement::text(int column) const {
  const void* data = sqlite3_column_blob(handle_, column);
  if (data == nullptr) return {};
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_, column));
  return {static_cast<const char*>(data), size};
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(handle_, column);
}

double Statement::real(int column) const {
  return sqlite3_column_double(handle_, column);
}

Timestamp Statement::time(int column) const {
  return Timestamp{std::chrono::milliseconds{number(column)}};
}

void Database::Close::operator()(sqlite3* handle) const noexcept {
  sqlite3_close_v2(handle);
}

void Database::Finalize::operator()(sqlite3_stmt* handle) const noexcept {
  sqlite3_finalize(handle);
}

namespace {

/// SQLite counts the bytes it holds behind one lock for all threads; nobody asks for the count.
void forgo_counting_memory() {
  static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(once);  // it is refused when something used SQLite before: no harm
}

}  // namespace

Result<Database> Database::open(const std::filesystem::path& file, const std::string& vfs) {
  forgo_counting_memory();
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                    SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
  const int rc = sqlite3_open_v2(file.c_str(), &handle, flags, vfs.empty() ? nullptr : vfs.c_str());
  Database db(handle);
  if (handle == nullptr) return Error{Errc::io, "out of memory"}.context(file.native());
  if (rc != SQLITE_OK) return database_error(rc, file.native(), sqlite3_errmsg(handle));
  if (sqlite3_db_readonly(handle, "main") == 1)
    return Error{Errc::denied, "the database is not writable"}.context(file.native());
  sqlite3_busy_timeout(handle, 5000);
  return db;
}

std::int64_t Database::last_row() const {
  return sqlite3_last_insert_rowid(handle_.get());
}

Result<void> Database::exec(const char* sql) {
  const int rc = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (rc == SQLITE_OK) return {};
  return database_error(rc, "database", sqlite3_errmsg(handle_.get()));
}

Statement Database::prepare(const char* sql) {
  auto& statement = statements_[sql];
  if (!statement) {
    sqlite3_stmt* handle = nullptr;
    sqlite3_prepare_v3(handle_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
    statement.reset(handle);
  }
  return Statement(statement.get());
}

std::int64_t Database::changes() const {
  return sqlite3_changes64(handle_.get());
}

bool Database::idle() const {
  return sqlite3_get_autocommit(handle_.get()) != 0;
}

}  // namespace tocsin::store::detail
