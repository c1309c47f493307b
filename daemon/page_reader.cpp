// SPDX-License-Identifier: MIT
#include "daemon/page_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/log.hpp"
#include "base/redact.hpp"

namespace tocsin::daemon {
namespace asio = boost::asio;
namespace {

using std::chrono::milliseconds;

// Before the second, third and fourth attempt; there is no fifth.
constexpr std::array<milliseconds, 3> kWaits = {std::chrono::minutes{1}, std::chrono::minutes{10},
                                                std::chrono::hours{1}};
// No attempt is put off until so long after the item was found.
constexpr milliseconds kLongest{std::chrono::hours{24}};

milliseconds wait_after(std::uint32_t attempts) {
  return kWaits[std::min<std::size_t>(std::max(attempts, 1U), kWaits.size()) - 1];
}

void log_failure(const store::PageWish& wish, PageOutcome outcome) {
  const bool given_up = outcome == PageOutcome::given_up;
  log::event(
      given_up ? log::Level::info : log::Level::debug, "fetcher",
      given_up ? "page given up, the feed's text stands" : "page failed and will be tried again",
      {{"feed", wish.feed},
       {"url", redact(wish.url)},
       {"error", wish.last_error},
       {"attempts", std::to_string(wish.attempts)}});
}

void log_reading(const store::PageWish& wish, PageOutcome outcome, const PageIntake& intake) {
  log::event(intake.found ? log::Level::info : log::Level::debug, "fetcher",
             outcome == PageOutcome::read ? "page read" : "the page says no more than the feed",
             {{"feed", wish.feed},
              {"url", redact(wish.url)},
              {"matched", std::to_string(intake.found ? intake.found->watches.size() : 0)}});
}

}  // namespace

PageReader::PageReader(Parts parts, std::shared_ptr<const rules::RuleSet> rules)
    : PageReader(std::move(parts), std::move(rules), Limits()) {}

PageReader::PageReader(Parts parts, std::shared_ptr<const rules::RuleSet> rules, Limits limits)
    : parts_(std::move(parts)), limits_(limits), rules_(std::move(rules)) {}

void PageReader::configure(std::shared_ptr<const rules::RuleSet> rules, config::ArticleMode mode) {
  rules_ = std::move(rules);
  mode_ = mode;
}

Result<void> PageReader::recall() {
  const auto stored = parts_.store.pages();
  if (!stored) return stored.error();
  expect(*stored);
  return {};
}

void PageReader::admit(std::string_view feed, std::vector<store::PageWish>& pages) const {
  const auto known = by_feed_.find(feed);
  const auto of_feed = known == by_feed_.end() ? 0 : known->second;
  const auto room = std::min(limits_.a_feed - std::min(limits_.a_feed, of_feed),
                             limits_.in_all - std::min(limits_.in_all, waiting_));
  if (pages.size() <= room) return;
  log::warn("fetcher", "too many pages wait, the feed's text stands for the others",
            {{"feed", std::string(feed)}, {"left_out", std::to_string(pages.size() - room)}});
  pages.resize(room);
}

void PageReader::expect(const std::vector<store::PageWish>& pages) {
  for (const auto& page : pages) {
    ++waiting_;
    ++by_feed_[page.feed];
    put(page);
  }
}

void PageReader::put(store::PageWish wish) {
  // The wall clock may have been set back since the wish was stored.
  const auto wait = std::clamp(wish.due - parts_.clock.now(), milliseconds{0}, kLongest);
  const auto url = wish.url;
  auto errand = [this, wish = std::move(wish)] { return attempt(wish); };
  parts_.poller.run_in_turn(url, wait, std::move(errand));
}

void PageReader::forget(const store::PageWish& wish) {
  --waiting_;
  const auto known = by_feed_.find(wish.feed);
  if (--known->second == 0) by_feed_.erase(known);
}

void PageReader::tell(PageOutcome outcome, const FoundItem* found) {
  if (outcome == PageOutcome::read) ++counters_.read;
  if (outcome == PageOutcome::given_up) ++counters_.given_up;
  if (found != nullptr) ++counters_.found_items;
  if (on_ended) on_ended(outcome, found);
}

asio::awaitable<void> PageReader::attempt(store::PageWish wish) {
  const auto feed = parts_.poller.feed(wish.feed);
  fetcher::PageAnswer answer;
  if (!feed) {
    answer.error = Error{Errc::not_found, "the feed is no longer configured"};
  } else if (mode_ == config::ArticleMode::never) {
    answer.error = Error{Errc::denied, "fetch.articles is never"};
  } else {
    auto asking = parts_.fetcher.page(feed, wish.url);
    answer = co_await std::move(asking);
    ++wish.attempts;
  }
  if (answer.page) {
    auto reading = read(std::move(wish), feed, std::move(*answer.page));
    co_await std::move(reading);
    co_return;
  }
  if (answer.error && answer.error->code == Errc::cancelled) co_return;  // it counts for nothing
  auto failing = fail(std::move(wish), std::move(answer));
  co_await std::move(failing);
}

asio::awaitable<void> PageReader::fail(store::PageWish wish, fetcher::PageAnswer answer) {
  wish.last_error = scrub(answer.error ? answer.error->message : "no answer");
  bool again = answer.again && wish.attempts <= kWaits.size();
  if (again) {
    wish.due = parts_.clock.now() + std::max(wait_after(wish.attempts), answer.wait);
    again = wish.due < wish.wished + kLongest;
  }
  const auto outcome = again ? PageOutcome::retry : PageOutcome::given_up;
  log_failure(wish, outcome);
  store::PageCommit commit;
  commit.wish = again ? store::PageCommit::Wish::kept : store::PageCommit::Wish::settled;
  commit.page = wish;
  auto writing = write(std::move(commit));
  const bool written = co_await std::move(writing);
  if (!written) co_return;
  if (again)
    put(std::move(wish));
  else
    forget(wish);
  tell(outcome, nullptr);
}

asio::awaitable<void> PageReader::read(store::PageWish wish,
                                       std::shared_ptr<const fetcher::FeedSpec> feed,
                                       fetcher::Page page) {
  auto understanding = understand(wish, std::move(feed), std::move(page));
  auto intake = co_await std::move(understanding);
  // An edition of the item may be on its way to the store: what it matched is no news here.
  auto taking = parts_.poller.news().take(wish.feed);
  const auto turn = co_await std::move(taking);
  if (intake)
    if (auto kept = keep_news(wish, *intake); !kept) intake = std::move(kept).error();
  if (!intake) {
    log::error("store", "cannot read what is known of the item of a page",
               {{"feed", wish.feed}, {"error", intake.error().message}});
    put_off(std::move(wish));
    co_return;
  }
  store::PageCommit commit;
  auto& found = intake->found;
  if (found) {
    if (on_found) on_found(found->item);
    commit.notifications = parts_.delivery.route(found->item, found->watches, parts_.clock.now());
  }
  const auto outcome = intake->text.empty() ? PageOutcome::no_more : PageOutcome::read;
  const bool queued = !commit.notifications.empty();
  commit.page = wish;
  commit.text = std::move(intake->text);
  commit.matches = std::move(intake->matches);
  auto writing = write(std::move(commit));
  const bool written = co_await std::move(writing);
  if (!written) co_return;
  log_reading(wish, outcome, *intake);
  forget(wish);
  if (queued) parts_.delivery.wake();
  tell(outcome, found ? &*found : nullptr);
}

/// What the page says of its item: nothing where that is no longer archived. Errors: io.
asio::awaitable<Result<PageIntake>> PageReader::understand(
    store::PageWish wish, std::shared_ptr<const fetcher::FeedSpec> feed, fetcher::Page page) {
  auto item = parts_.store.archived_item(wish.feed, wish.key);
  if (!item) co_return std::move(item).error();
  auto& archived = *item;
  if (!archived) co_return PageIntake{};
  PageInput input;
  input.page = std::move(page);
  input.feed = *feed;
  input.item = std::move(*archived);
  input.rules = rules_;
  input.now = parts_.clock.now();
  auto work = [input = std::move(input)] { return take_in_page(input); };
  auto intake = co_await offload(parts_.workers, std::move(work));
  co_return intake;
}

/// Keeps of what was found the watches that the feed's text did not match: those are alerted. Where
/// it matched some, the item is told as an update.
Result<void> PageReader::keep_news(const store::PageWish& wish, PageIntake& intake) {
  if (!intake.found) return {};
  const auto matched = parts_.store.watches_matched(wish.feed, wish.key);
  if (!matched) return matched.error();
  intake.found->item.update = !matched->empty();
  if (!keep_unmatched(*intake.found, *matched)) intake.found.reset();
  return {};
}

/// False where nothing was changed: the page is fetched again then.
asio::awaitable<bool> PageReader::write(store::PageCommit commit) {
  auto wish = commit.page;
  const auto written = co_await parts_.store.commit_page(std::move(commit));
  if (written) co_return true;
  log::error("store", "a page could not be stored and will be fetched again",
             {{"feed", wish.feed}, {"error", written.error().message}});
  put_off(std::move(wish));
  co_return false;
}

/// After trouble with the store, which is not the page's fault: as after a failure, without an end.
void PageReader::put_off(store::PageWish wish) {
  wish.due = parts_.clock.now() + wait_after(wish.attempts);
  if (wish.attempts > 0) --wish.attempts;
  put(std::move(wish));
}

}  // namespace tocsin::daemon
