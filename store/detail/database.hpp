// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace tocsin::store::detail {

/// A prepared statement under way: bind with `<<` from left to right, `step` to each row, read its
/// columns from 0. Leaving the scope resets it for the next use. It must not outlive its database.
///
/// A failure while binding is kept and reported by the next `step` or `run`.
class Statement {
 public:
  explicit Statement(sqlite3_stmt* handle) noexcept : handle_(handle) {}
  Statement(Statement&& other) noexcept;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  Statement& operator<<(std::string_view text);  ///< copied
  Statement& borrow(std::string_view text);      ///< not copied: it must outlive the statement
  Statement& operator<<(std::int64_t number);
  Statement& operator<<(Timestamp when);  ///< milliseconds since the epoch
  Statement& operator<<(double number);
  Statement& blob(std::string_view bytes);  ///< copied

  /// Goes to the next row: true when there is one. Errors: io, malformed (damaged).
  Result<bool> step();

  /// Runs a statement that yields no rows. Errors: io, malformed (damaged).
  Result<void> run();

  [[nodiscard]] std::string text(int column) const;  ///< bytes of text or blob; "" for null
  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] Timestamp time(int column) const;

 private:
  sqlite3_stmt* handle_;
  int bound_ = 0;
  int failure_ = 0;
};

/// One connection to an SQLite file. One thread at a time.
class Database {
 public:
  /// Opens or creates `file`. Errors: io, denied (not writable), malformed (no database).
  static Result<Database> open(const std::filesystem::path& file, const std::string& vfs = "");

  Database(Database&&) noexcept = default;
  Database& operator=(Database&&) noexcept = default;
  ~Database() = default;

  /// Runs statements without parameters, separated by semicolons. Errors as for `Statement::run`.
  Result<void> exec(const char* sql);

  /// The statement `sql`, prepared on first use and kept: `sql` is a literal. A statement that does
  /// not compile is a bug, or the database is damaged: the failure is reported when it is stepped.
  Statement prepare(const char* sql);

  /// Rows that the last INSERT, UPDATE or DELETE changed.
  [[nodiscard]] std::int64_t changes() const;

  /// The key of the row that the last successful INSERT made.
  [[nodiscard]] std::int64_t last_row() const;

  /// False inside of BEGIN and COMMIT.
  [[nodiscard]] bool idle() const;

 private:
  struct Close {
    void operator()(sqlite3* handle) const noexcept;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const noexcept;
  };
  explicit Database(sqlite3* handle) : handle_(handle) {}

  std::unique_ptr<sqlite3, Close> handle_;
  std::map<const char*, std::unique_ptr<sqlite3_stmt, Finalize>> statements_;  // die first
};

/// SQLite's result `code` as an error; `where` is the file or what was done.
Error database_error(int code, std::string_view where, std::string_view message);

}  // namespace tocsin::store::detail
