// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <deque>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "tests/e2e/process.hpp"

namespace tocsin::testing {

/// A folder of its own for one test, removed at the end.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  /// Writes a file there and returns its path.
  std::string write(const std::string& name, std::string_view text) const;
  /// The whole of a file there; "" when it is not.
  [[nodiscard]] std::string read(const std::string& name) const;

 private:
  std::filesystem::path path_;
};

/// The servers of tests/e2e/world.py: a feed, a webhook receiver and a mail server on loopback.
class World {
 public:
  explicit World(const ScratchFolder& folder);

  [[nodiscard]] std::string feed_url() const;
  /// A feed that grows; each name is one of its own.
  [[nodiscard]] std::string flow_url(const std::string& name) const;
  /// A page of the same server; each name is one of its own. `host` is another name of this
  /// machine.
  [[nodiscard]] std::string page_url(const std::string& name,
                                     const std::string& host = "127.0.0.1") const;
  [[nodiscard]] std::string hook_url() const;
  [[nodiscard]] std::string smtp_address() const;
  [[nodiscard]] std::string secret_file() const { return secret_file_; }

  void serve(std::string_view feed);
  /// What all pages are from now on; "": not there.
  void serve_page(std::string_view html);
  void hold_pages(bool on);
  void hold(bool on);
  void fail(bool on);
  /// From now on each poll of `flow_url` finds `items` more, and that part of all deliveries fails.
  void flow(int items, double trouble);
  /// From now on those items name no subject, and link to a page each.
  void teasers_only();
  /// Asks how many items there were; the answer is an event "flow".
  void count();

  /// The next event of `kind`, waiting for up to half a minute; others stay for later calls.
  std::optional<boost::json::object> next(std::string_view kind);

  /// The next event of any kind; empty when `limit` passed.
  std::optional<boost::json::object> next_of_any(std::chrono::milliseconds limit);

  /// How many events of `kind` have come and were not taken by `next`.
  std::size_t left(std::string_view kind);

 private:
  std::optional<boost::json::object> read(std::chrono::milliseconds limit);

  std::string secret_file_;
  Process process_;
  std::deque<boost::json::object> events_;
  std::int64_t http_ = 0, smtp_ = 0;
};

}  // namespace tocsin::testing
