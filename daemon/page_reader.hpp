// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "daemon/offload.hpp"
#include "daemon/page_intake.hpp"
#include "daemon/poller.hpp"
#include "fetcher/fetcher.hpp"
#include "notifier/delivery.hpp"
#include "rules/ruleset.hpp"
#include "store/store.hpp"

namespace tocsin::daemon {

/// How an attempt to read a page ended.
enum class PageOutcome : std::uint8_t {
  read,      ///< its article took the place of the feed's text
  no_more,   ///< it says no more than the feed does
  retry,     ///< it failed and is tried again
  given_up,  ///< the feed's text stands
};

/// The name of `outcome` as metrics write it.
constexpr std::string_view to_string(PageOutcome outcome) noexcept {
  switch (outcome) {
    case PageOutcome::read: return "read";
    case PageOutcome::no_more: return "no_more";
    case PageOutcome::retry: return "retry";
    case PageOutcome::given_up: return "given_up";
  }
  return "given_up";
}

/// What was read since the start; counters only grow.
struct PageCounters {
  std::uint64_t read = 0;         ///< pages that said more than their feeds
  std::uint64_t given_up = 0;     ///< pages that stayed away
  std::uint64_t found_items = 0;  ///< matched by what only their page says
};

/// Fetches the pages that new items link to, and matches the items again with their full text: the
/// second phase of an item, after its feed's own text was matched, alerted and stored.
///
/// A wish is a row of the store from the commit of its item on, until its page was read and what it
/// matched was stored, in one transaction. A failed attempt is made again 1 min, 10 min and 1 h
/// later, or still later where the server asks for it (Retry-After); a wish is given up after 4
/// attempts, or when the next one would come a day after the item was found. Requests take turns
/// with the polls, and polls go first.
///
/// Loop thread only; extracting and matching leave it for the workers. All that it is given must
/// outlive it.
class PageReader {
 public:
  struct Parts {
    Poller& poller;
    fetcher::Fetcher& fetcher;
    store::Store& store;
    notifier::DeliveryService& delivery;
    const Clock& clock;
    Workers workers;
  };
  /// How many pages may wait; what comes beyond is left out, and the feeds' text stands.
  struct Limits {
    std::size_t a_feed = 200;
    std::size_t in_all = 10'000;
  };

  PageReader(Parts parts, std::shared_ptr<const rules::RuleSet> rules);
  PageReader(Parts parts, std::shared_ptr<const rules::RuleSet> rules, Limits limits);

  /// Takes up what the store holds; call it once the poller has its feeds. Errors: io.
  Result<void> recall();

  /// Takes out of `pages`, wishes of one feed that are to be stored, what would be too many.
  void admit(std::string_view feed, std::vector<store::PageWish>& pages) const;

  /// Fetches `pages`, which are stored by now, as soon as they are due.
  void expect(const std::vector<store::PageWish>& pages);

  /// Later pages are matched by `rules`. With `mode` never, those that wait are given up.
  void configure(std::shared_ptr<const rules::RuleSet> rules, config::ArticleMode mode);

  /// Given every item that is to be alerted, before it is routed: it may set the item's story. May
  /// be empty.
  std::function<void(EventItem&)> on_found;

  /// Told how each attempt ended, once that is stored, with what is alerted for it (null: nothing).
  /// May be empty.
  std::function<void(PageOutcome, const FoundItem*)> on_ended;

  /// How many pages wait or are under way.
  [[nodiscard]] std::size_t waiting() const noexcept { return waiting_; }
  [[nodiscard]] const PageCounters& counters() const noexcept { return counters_; }

 private:
  void put(store::PageWish wish);
  void put_off(store::PageWish wish);
  boost::asio::awaitable<void> attempt(store::PageWish wish);
  boost::asio::awaitable<void> read(store::PageWish wish,
                                    std::shared_ptr<const fetcher::FeedSpec> feed,
                                    fetcher::Page page);
  boost::asio::awaitable<void> fail(store::PageWish wish, fetcher::PageAnswer answer);
  boost::asio::awaitable<Result<PageIntake>> understand(
      store::PageWish wish, std::shared_ptr<const fetcher::FeedSpec> feed, fetcher::Page page);
  boost::asio::awaitable<bool> write(store::PageCommit commit);
  Result<void> keep_news(const store::PageWish& wish, PageIntake& intake);
  void forget(const store::PageWish& wish);
  void tell(PageOutcome outcome, const FoundItem* found);

  Parts parts_;
  Limits limits_;
  std::shared_ptr<const rules::RuleSet> rules_;
  config::ArticleMode mode_ = config::ArticleMode::when_short;
  std::map<std::string, std::size_t, std::less<>> by_feed_;  // how many wait; never 0
  std::size_t waiting_ = 0;
  PageCounters counters_;
};

}  // namespace tocsin::daemon
