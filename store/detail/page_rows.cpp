// SPDX-License-Identifier: MIT
#include "store/detail/rows.hpp"

namespace tocsin::store::detail {

Result<void> write_pages(Database& db, const PollCommit& poll) {
  for (const auto& page : poll.pages) {
    auto row =
        db.prepare("INSERT OR IGNORE INTO page(feed, key, url, wished, due) VALUES(?,?,?,?,?)");
    row << poll.feed << page.key << page.url << page.wished << page.due;
    if (auto done = row.run(); !done) return done;
  }
  return {};
}

Result<void> write_page(Database& db, const PageCommit& commit) {
  const auto& page = commit.page;
  if (commit.wish == PageCommit::Wish::kept) {
    auto row = db.prepare("UPDATE page SET due=?, attempts=?, last_error=? WHERE feed=? AND key=?");
    row << page.due << std::int64_t{page.attempts} << page.last_error << page.feed << page.key;
    return row.run();
  }
  if (!commit.text.empty())
    if (auto done = write_full_text(db, commit); !done) return done;
  auto row = db.prepare("DELETE FROM page WHERE feed=? AND key=?");
  row << page.feed << page.key;
  return row.run();
}

Result<std::vector<PageWish>> read_pages(Database& db) {
  auto row =
      db.prepare("SELECT feed, key, url, wished, due, attempts, last_error FROM page ORDER BY seq");
  std::vector<PageWish> pages;
  for (;;) {
    const auto more = row.step();
    if (!more) return more.error();
    if (!*more) return pages;
    pages.push_back({.feed = row.text(0),
                     .key = row.text(1),
                     .url = row.text(2),
                     .wished = row.time(3),
                     .due = row.time(4),
                     .attempts = static_cast<std::uint32_t>(row.number(5)),
                     .last_error = row.text(6)});
  }
}

}  // namespace tocsin::store::detail
