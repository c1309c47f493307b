// SPDX-License-Identifier: MIT
#include "app/archive_reading.hpp"

#include <iostream>

#include <unistd.h>

#include "base/time_format.hpp"

namespace tocsin::app {
namespace {

constexpr std::size_t kPage = 1'000;
constexpr std::size_t kBetweenSigns = 5'000;

}  // namespace

Result<Timestamp> since_option(const Options& options, std::string_view fallback, Timestamp now) {
  const auto text = options.value("--since", fallback);
  if (text.empty()) return Timestamp{};
  const auto span = parse_duration(text);
  if (!span) return Error{span.error()}.context("--since");
  return Timestamp{now - *span};
}

Result<void> for_each_item(store::Admin& admin, store::ArchiveQuery query,
                           const std::function<bool(const store::ArchivedItem&)>& each) {
  query.limit = kPage;
  for (;;) {
    const auto page = admin.archived(query);
    if (!page) return page.error();
    for (const auto& item : *page)
      if (!each(item)) return {};
    if (page->size() < kPage) return {};
    query.after = page->back().sequence;
  }
}

boost::json::object archived_json(const store::ArchivedItem& item) {
  return {{"feed", item.feed},
          {"id", item.item.id},
          {"found", format_rfc3339(item.found)},
          {"title", item.item.title},
          {"url", item.item.url}};
}

Progress::Progress(std::string_view what) : what_(what), shown_(::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (shown_ && done_ >= kBetweenSigns) std::cerr << "\r\x1b[K";
}

void Progress::step(std::size_t more) {
  const auto before = done_;
  done_ += more;
  if (before / kBetweenSigns != done_ / kBetweenSigns && shown_)
    std::cerr << '\r' << done_ << ' ' << what_ << std::flush;
}

}  // namespace tocsin::app
