// SPDX-License-Identifier: MIT
#include "daemon/daemon.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <exception>
#include <map>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/log.hpp"
#include "base/time_format.hpp"
#include "daemon/channels.hpp"
#include "daemon/disk_watch.hpp"
#include "daemon/heartbeat.hpp"
#include "daemon/indexing.hpp"
#include "daemon/offload.hpp"
#include "daemon/outside_beat.hpp"
#include "daemon/pruning.hpp"
#include "daemon/reload.hpp"
#include "daemon/sd_notify.hpp"
#include "daemon/story_book.hpp"
#include "daemon/subscriptions.hpp"
#include "net/curl_client.hpp"
#include "net/curl_smtp.hpp"
#include "store/sqlite_store.hpp"

namespace tocsin::daemon {
namespace asio = boost::asio;
namespace {

using std::chrono::milliseconds;

// A graceful end takes 5 s at most, also where feeds and receivers hang: so long may what is under
// way take, of which polls have the least part; mail needs another second to hang up.
constexpr milliseconds kStopPolls{1'000};
constexpr milliseconds kStopSends{3'500};
constexpr milliseconds kStopTasks{200};
// `--once` waits longer: what is due is to be delivered, not merely begun.
constexpr milliseconds kOnceDeliveries{60'000};
constexpr unsigned kWorkers = 2;
constexpr milliseconds kBetweenStatusLines{10'000};

Poller::Options polling_of(const config::Config& config) {
  return {config.fetch,
          config.delivery.health.feed_down_after,
          {config.articles, config.article_min_words}};
}

}  // namespace

/// Members are destroyed in reverse order: clients and services go before the loop and the workers.
struct Daemon::State {
  State(Settings given, DaemonOptions how, const Clock& time)
      : settings(std::move(given)),
        started(settings.config),
        options(std::move(how)),
        clock(time),
        stop_wish(loop) {}

  Settings settings;  // without its feeds, which the poller holds
  const ReadAtStart started;
  DaemonOptions options;
  const Clock& clock;
  asio::io_context loop{1};
  asio::thread_pool workers{kWorkers};
  asio::steady_timer stop_wish;  // cancelled when the run is to end
  std::unique_ptr<store::SqliteStore> store;
  std::unique_ptr<net::CurlClient> http;
  std::unique_ptr<net::CurlSmtpClient> smtp;
  std::unique_ptr<fetcher::Fetcher> fetcher;
  std::unique_ptr<notifier::DeliveryService> delivery;
  std::unique_ptr<Subscriptions> subscriptions;
  std::unique_ptr<StoryBook> stories;
  std::unique_ptr<Poller> poller;
  std::unique_ptr<PageReader> pages;
  std::unique_ptr<OutsideBeat> outside_beat;
  Heartbeat heartbeat{loop.get_executor()};
  RunSummary summary;
  bool ready = false;
  bool stopping = false;
  bool reloading = false;

  [[nodiscard]] notifier::ChannelDeps channel_deps() const {
    return {*http, *smtp, clock, options.print, options.colour};
  }
  Result<void> open();
  Result<void> open_subscriptions();
  void open_poller();
  void open_pages();
  void count(const notifier::DeliveryReport& report);
  [[nodiscard]] Status status() const;
  Result<Reloaded> take_over(Settings fresh);
  asio::awaitable<Result<Reloaded>> reload();
  asio::awaitable<void> beat_outside();
  asio::awaitable<void> tell_status();
  asio::awaitable<void> watch_signals(asio::signal_set& signals);
  asio::awaitable<void> live(asio::signal_set& signals);
  asio::awaitable<bool> wind_down();
};

Result<void> Daemon::State::open() {
  auto opened = store::SqliteStore::open(settings.config.storage.path, loop.get_executor());
  if (!opened) return std::move(opened).error();
  store = std::move(*opened);
  http = std::make_unique<net::CurlClient>(loop.get_executor(), options.name_servers);
  smtp = std::make_unique<net::CurlSmtpClient>(loop.get_executor());
  outside_beat = std::make_unique<OutsideBeat>(*http, loop.get_executor());
  fetcher = std::make_unique<fetcher::Fetcher>(*http, clock, settings.config.fetch);
  auto channels = make_channels(settings.config.delivery, channel_deps());
  if (!channels) return std::move(channels).error();
  delivery = std::make_unique<notifier::DeliveryService>(
      *store, clock, loop.get_executor(), settings.config.delivery, std::move(*channels));
  delivery->on_attempt = [this](const notifier::DeliveryReport& report) { count(report); };
  if (auto made = open_subscriptions(); !made) return made;
  stories = std::make_unique<StoryBook>(settings.config.delivery.dedup.window);
  stories->recall(*store, clock.now());
  open_poller();
  open_pages();
  const auto start = options.once ? Poller::Start::at_once : Poller::Start::as_stored;
  auto set = poller->set_feeds(std::exchange(settings.config.feeds, {}), start);
  return set ? pages->recall() : set;
}

void Daemon::State::open_poller() {
  Poller::Parts parts{loop.get_executor(),   *fetcher, *store, *delivery, *subscriptions, clock,
                      workers.get_executor()};
  poller = std::make_unique<Poller>(std::move(parts), polling_of(settings.config), settings.rules);
  poller->on_fetched = options.on_fetched;
  poller->on_found = [this](EventItem& item) { stories->place(item); };
  poller->admit_pages = [this](std::string_view feed, std::vector<store::PageWish>& wishes) {
    pages->admit(feed, wishes);
  };
  poller->on_stored = [this](const fetcher::FeedSpec& feed, const Intake& intake) {
    pages->expect(intake.pages);
    if (options.on_stored) options.on_stored(feed, intake);
  };
}

void Daemon::State::open_pages() {
  PageReader::Parts parts{*poller, *fetcher, *store, *delivery, clock, workers.get_executor()};
  pages = std::make_unique<PageReader>(std::move(parts), settings.rules);
  pages->configure(settings.rules, settings.config.articles);
  pages->on_found = [this](EventItem& item) { stories->place(item); };
  pages->on_ended = options.on_page;
}

Result<void> Daemon::State::open_subscriptions() {
  std::string key;
  if (!settings.config.fetch.websub_callback.empty()) {
    auto read = subscription_key(settings.config.storage.path);
    if (!read) return std::move(read).error();
    key = std::move(*read);
  }
  subscriptions = std::make_unique<Subscriptions>(*http, clock, loop.get_executor(),
                                                  settings.config.fetch, std::move(key));
  return {};
}

void Daemon::State::count(const notifier::DeliveryReport& report) {
  using Outcome = notifier::Attempt::Outcome;
  if (report.attempt.outcome == Outcome::delivered)
    ++summary.delivered;
  else if (report.final)
    ++summary.dead;
  else
    ++summary.retried;
  if (options.on_attempt) options.on_attempt(report);
}

Result<Reloaded> Daemon::State::take_over(Settings fresh) {
  auto channels = make_channels(fresh.config.delivery, channel_deps());
  if (!channels) return std::move(channels).error();
  Reloaded out{describe_changes(settings.prints, fresh.prints),
               restart_needed(started, ReadAtStart(fresh.config))};
  auto feeds = std::exchange(fresh.config.feeds, {});
  poller->set_options(polling_of(fresh.config));
  if (auto set = poller->set_feeds(std::move(feeds), Poller::Start::as_stored); !set) {
    poller->set_options(polling_of(settings.config));
    return std::move(set).error();
  }
  settings = std::move(fresh);
  fetcher->set_options(settings.config.fetch);
  subscriptions->set_options(settings.config.fetch);
  stories->set_window(settings.config.delivery.dedup.window);
  poller->set_rules(settings.rules);
  pages->configure(settings.rules, settings.config.articles);
  delivery->replace(settings.config.delivery, std::move(*channels));
  if (options.on_taken_over) options.on_taken_over(settings.config);
  log_reload(out, poller->feeds(), settings.rules->size(),
             settings.config.delivery.receivers.size());
  return out;
}

asio::awaitable<Result<Reloaded>> Daemon::State::reload() {
  if (!options.reload) co_return Error{Errc::unsupported, "this daemon cannot reload"};
  if (std::exchange(reloading, true))
    co_return Error{Errc::unavailable, "another reload is under way"};
  sd_notify(reloading_message());
  auto read = options.reload;
  auto reading = offload(workers.get_executor(), std::move(read));
  auto fresh = co_await std::move(reading);
  auto taken = fresh ? take_over(std::move(*fresh)) : Result<Reloaded>(std::move(fresh).error());
  reloading = false;
  // Logged before the manager hears that it is over: whoever waits for that reads the log.
  if (!taken)
    log::error("daemon", "reload refused, the running configuration stays",
               {{"reason", taken.error().message}});
  sd_notify("READY=1");
  if (options.on_reload) options.on_reload(taken ? Result<void>() : Result<void>(taken.error()));
  if (taken) co_return taken;
  auto telling = delivery->tell(refusal(taken.error()));
  co_await std::move(telling);
  co_return taken;
}

asio::awaitable<void> Daemon::State::beat_outside() {
  auto target = [this] {
    const auto& wanted = settings.config.delivery.health.heartbeat;
    return OutsideBeat::Target{wanted.url, wanted.every, settings.config.fetch.user_agent};
  };
  return outside_beat->run(std::move(target), [this] { return delivery->healthy(); });
}

Status Daemon::State::status() const {
  Status out;
  out.ready = ready;
  out.healthy = delivery->healthy();
  out.feeds = poller->feeds();
  out.watches = settings.rules->size();
  out.receivers = settings.config.delivery.receivers.size();
  out.pages = pages->waiting();
  if (auto depth = store->outbox_depth()) out.outbox = *depth;
  out.lag = heartbeat.lag();
  return out;
}

asio::awaitable<void> Daemon::State::tell_status() {
  asio::steady_timer timer(loop);
  for (;;) {
    sd_notify(status_message(status()));
    timer.expires_after(kBetweenStatusLines);
    const auto [error] = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    if (error) co_return;
  }
}

asio::awaitable<void> Daemon::State::watch_signals(asio::signal_set& signals) {
  for (;;) {
    const auto [error, number] = co_await signals.async_wait(asio::as_tuple(asio::use_awaitable));
    if (error) co_return;
    if (number == SIGHUP) {
      auto reading = reload();
      (void)co_await std::move(reading);  // refusals are logged there
      continue;
    }
    log::info("daemon", "stopping", {{"signal", number == SIGINT ? "SIGINT" : "SIGTERM"}});
    stopping = true;
    stop_wish.cancel();
  }
}

asio::awaitable<void> Daemon::State::live(asio::signal_set& signals) {
  TaskGroup tasks(loop.get_executor());
  tasks.spawn(delivery->run());
  tasks.spawn(heartbeat.run());
  auto retention = [this] { return retention_of(settings.config); };
  tasks.spawn(prune_now_and_then(*store, clock, std::move(retention)));
  tasks.spawn(index_now_and_then(*store));
  tasks.spawn(watch_disk(settings.config.storage.path, *delivery));
  tasks.spawn(beat_outside());
  if (!subscriptions->path().empty() && !options.once) tasks.spawn(subscriptions->run());
  tasks.spawn(tell_status());
  if (options.handle_signals) tasks.spawn(watch_signals(signals));
  log::info("daemon", "running",
            {{"feeds", std::to_string(poller->feeds())},
             {"watches", std::to_string(settings.rules->size())},
             {"receivers", std::to_string(settings.config.delivery.receivers.size())}});
  ready = true;
  sd_notify("READY=1");
  bool all_polled = false;
  const auto mode = options.once ? Poller::Mode::once : Poller::Mode::forever;
  auto poll = [this, mode, &all_polled]() -> asio::awaitable<void> {
    co_await poller->run(mode);
    all_polled = true;
    stop_wish.cancel();
  };
  tasks.spawn(poll());
  while (!stopping && !all_polled) {
    stop_wish.expires_at(std::chrono::steady_clock::time_point::max());
    co_await stop_wish.async_wait(asio::as_tuple(asio::use_awaitable));
  }
  ready = false;
  if (options.once && !stopping) {  // such runs are too short for what goes on beside
    auto pruning = prune_to_end(*store, retention_of(settings.config), clock.now());
    co_await std::move(pruning);
  }
  sd_notify("STOPPING=1");
  auto closing = wind_down();
  const bool drained = co_await std::move(closing);
  signals.cancel();
  tasks.cancel();
  const bool tasks_ended = co_await tasks.wait(kStopTasks);
  const bool hubs_left = co_await subscriptions->stop(kStopPolls);
  summary.drained = drained && tasks_ended && hubs_left;
}

/// Ends polls and deliveries. False when something was left undone.
asio::awaitable<bool> Daemon::State::wind_down() {
  const bool deliver_due = options.once && !stopping;
  if (!deliver_due) delivery->stop();  // nothing new is sent; what is under way may end
  const auto begun = std::chrono::steady_clock::now();
  const bool polls_ended = co_await poller->stop(kStopPolls);
  bool sent = true;
  if (deliver_due) {
    sent = co_await delivery->drain(kOnceDeliveries, true);
    delivery->stop();
  }
  const auto passed =
      std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begun);
  const auto left = deliver_due ? kStopSends : std::max(kStopSends - passed, milliseconds{0});
  const bool ended = co_await delivery->drain(left, false);
  const bool all = polls_ended && sent && ended;
  co_return all;
}

Daemon::Daemon(std::unique_ptr<State> state) : state_(std::move(state)) {}
Daemon::~Daemon() = default;

Result<std::unique_ptr<Daemon>> Daemon::create(Settings settings, DaemonOptions options,
                                               const Clock& clock) {
  auto state = std::make_unique<State>(std::move(settings), std::move(options), clock);
  if (auto opened = state->open(); !opened) return std::move(opened).error();
  return std::unique_ptr<Daemon>(new Daemon(std::move(state)));
}

Result<RunSummary> Daemon::run() {
  auto& state = *state_;
  // Handlers stand before the loop runs, so that no signal is lost between.
  asio::signal_set signals(state.loop);
  if (state.options.handle_signals)
    for (const int number : {SIGTERM, SIGINT, SIGHUP}) signals.add(number);
  std::exception_ptr bug;
  asio::co_spawn(state.loop, state.live(signals), [&](std::exception_ptr error) {
    bug = std::move(error);
    state.loop.stop();
  });
  state.loop.run();
  if (bug) std::rethrow_exception(bug);
  state.workers.join();
  state.summary.polls = state.poller->counters();
  state.summary.pages = state.pages->counters();
  return state.summary;
}

asio::any_io_executor Daemon::executor() {
  return state_->loop.get_executor();
}

Status Daemon::status() const {
  return state_->status();
}

asio::awaitable<Result<Reloaded>> Daemon::reload() {
  return state_->reload();
}

std::string Daemon::hub_path() const {
  return state_->subscriptions->path();
}

fetcher::WebSubReply Daemon::hub_request(std::string_view method, std::string_view target,
                                         const net::Headers& headers, std::string_view body) {
  auto reply = state_->subscriptions->handle(method, target, headers, body);
  if (reply.feed.empty()) return reply;
  fetcher::Document document;
  document.body = std::move(reply.document);
  document.content_type = std::move(reply.content_type);
  document.pushed = true;
  state_->poller->push(reply.feed, std::move(document));
  return reply;
}

void Daemon::request_stop() {
  asio::post(state_->loop, [state = state_.get()] {
    state->stopping = true;
    state->stop_wish.cancel();
  });
}

}  // namespace tocsin::daemon
