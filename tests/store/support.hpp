// SPDX-License-Identifier: MIT
#pragma once

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "store/sqlite_store.hpp"

namespace tocsin::store {

/// A folder of its own for one test, gone with it.
class TempFolder {
 public:
  /// In memory where that is possible: no test here needs the disk itself, only its order of
  /// writes.
  TempFolder() {
    std::error_code ignored;
    const std::filesystem::path memory = "/dev/shm";
    const auto base = std::filesystem::is_directory(memory, ignored)
                          ? memory
                          : std::filesystem::temp_directory_path();
    std::string path = (base / "tocsin-test-XXXXXX").native();
    if (::mkdtemp(path.data()) == nullptr) std::abort();
    path_ = path;
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path database() const { return path_ / "tocsin.db"; }

 private:
  std::filesystem::path path_;
};

template <class T>
boost::asio::awaitable<void> keep(boost::asio::awaitable<T> work, std::optional<T>& result) {
  T value = co_await std::move(work);
  result.emplace(std::move(value));
}

/// Runs `work` on `io` to its end and yields its result.
template <class T>
T run(boost::asio::io_context& io, boost::asio::awaitable<T> work) {
  std::optional<T> result;
  boost::asio::co_spawn(io, keep(std::move(work), result), [](const std::exception_ptr& thrown) {
    if (thrown) std::rethrow_exception(thrown);
  });
  io.restart();
  while (!result) io.run_one();
  return std::move(*result);
}

inline Timestamp at(std::int64_t seconds) {
  return Timestamp{std::chrono::seconds{seconds}};
}

}  // namespace tocsin::store
