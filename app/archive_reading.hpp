// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "app/options.hpp"
#include "store/admin.hpp"

namespace tocsin::app {

/// Reads "7d" of option `--since` as a moment; `fallback` is a duration too, "" is from the
/// beginning. Errors: malformed, naming the option.
Result<Timestamp> since_option(const Options& options, std::string_view fallback, Timestamp now);

/// Calls `each` for the items of the archive that `query` asks for, a page at a time, until it
/// returns false; `query.limit` is not used. Errors: io, malformed (damaged).
Result<void> for_each_item(store::Admin& admin, store::ArchiveQuery query,
                           const std::function<bool(const store::ArchivedItem&)>& each);

/// An article of the archive for `--json`: feed, id, found, title, url.
boost::json::object archived_json(const store::ArchivedItem& item);

/// How far a long reading has come, on standard error; nothing where that is no terminal.
class Progress {
 public:
  explicit Progress(std::string_view what);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// So many more are done.
  void step(std::size_t more = 1);

 private:
  std::string what_;
  std::size_t done_ = 0;
  bool shown_;
};

}  // namespace tocsin::app
