// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "notifier/delivery.hpp"
#include "store/sqlite_store.hpp"
#include "tests/store/fault_vfs.hpp"
#include "tests/store/support.hpp"
#include "tests/support/manual_clock.hpp"

namespace tocsin::notifier {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

using tocsin::testing::ManualClock;

/// What went to which target, over all restarts.
using Sent = std::vector<Delivery>;

/// Answers each attempt as `answer` says; keeps every one of them.
class ScriptedChannel final : public Channel {
 public:
  using Answer = std::function<Attempt(const Delivery&)>;
  ScriptedChannel(Sent& sent, const Answer& answer, const std::vector<std::string>& targets)
      : sent_(sent), answer_(answer), targets_(targets) {}
  [[nodiscard]] std::vector<std::string> targets() const override { return targets_; }
  boost::asio::awaitable<Attempt> deliver(Delivery delivery) override {
    auto outcome = answer_(delivery);
    sent_.push_back(std::move(delivery));
    co_return outcome;
  }

 private:
  Sent& sent_;
  const Answer& answer_;
  const std::vector<std::string>& targets_;
};

inline Attempt delivered() {
  return {Attempt::Outcome::delivered, "", std::nullopt};
}
inline Attempt retry_later(std::string why = "503") {
  return {Attempt::Outcome::retry, std::move(why), std::nullopt};
}
inline Attempt dead() {
  return {Attempt::Outcome::dead, "550 no such user", std::nullopt};
}

/// The delivery service over a real database, with scripted receivers and a clock to move.
class DeliveryRig {
 public:
  DeliveryRig() { spec = spec_for({"desk"}); }
  ~DeliveryRig() { crash(); }
  DeliveryRig(const DeliveryRig&) = delete;
  DeliveryRig& operator=(const DeliveryRig&) = delete;

  /// Every receiver gets everything at once, as without `route:`.
  static DeliverySpec spec_for(const std::vector<std::string>& names) {
    DeliverySpec spec;
    spec.root.id = "root";
    for (const auto& name : names) {
      ReceiverSpec receiver;
      receiver.name = name;
      spec.receivers.push_back(receiver);
      Route route;
      route.id = "root/" + name;
      route.receiver = name;
      route.continues = true;
      spec.root.routes.push_back(route);
    }
    return spec;
  }

  DeliveryService::Channels channels() {
    DeliveryService::Channels all;
    for (const auto& receiver : spec.receivers)
      all[receiver.name] = std::make_unique<ScriptedChannel>(sent, answer, targets);
    return all;
  }

  /// Everything is there, but nothing runs.
  void open() {
    io = std::make_unique<boost::asio::io_context>();
    store::faults();
    store::SqliteOptions options;
    options.vfs = store::kFaultVfs;
    auto opened = store::SqliteStore::open(folder.path(), io->get_executor(), options);
    if (!opened) throw std::runtime_error(opened.error().message);
    store = std::move(*opened);
    service =
        std::make_unique<DeliveryService>(*store, clock, io->get_executor(), spec, channels());
  }

  void start() {
    open();
    boost::asio::co_spawn(*io, service->run(), boost::asio::detached);
  }

  /// Ends everything at once, as SIGKILL does. What the writer had queued is lost with `lose`.
  void crash(bool lose = false) {
    if (lose) store::faults().fail_from = 1;
    service.reset();
    store.reset();
    io.reset();
    store::faults().reset();
  }

  void restart() {
    crash();
    start();
  }

  EventItem item(std::string id, std::string title = "Talks in Astana") const {
    EventItem one;
    one.id = std::move(id);
    one.title = std::move(title);
    one.feed.name = "tass";
    one.found = clock.now();
    return one;
  }

  std::vector<Notification> route(const EventItem& one,
                                  const std::vector<EventWatch>& watches) const {
    return service->route(one, watches, clock.now());
  }

  Result<void> commit(std::vector<Notification> notifications) {
    auto done = store::run(*io, store->notify(std::move(notifications)));
    service->wake();
    return done;
  }

  /// An item comes in: routed and committed.
  void arrive(const EventItem& one, const std::vector<EventWatch>& watches = {{"jcpoa", {}, {}}}) {
    const auto done = commit(route(one, watches));
    if (!done) throw std::runtime_error(done.error().message);
  }

  /// Lets the service do all that is due now.
  bool settle() { return store::run(*io, service->drain(seconds{20}, true)); }

  void advance(std::chrono::milliseconds by) {
    clock.advance(by);
    service->wake();
    settle();
  }

  /// Titles of the items in `sent`, an event in brackets each.
  [[nodiscard]] std::string titles() const {
    std::string text;
    for (const auto& delivery : sent) {
      text += '[';
      for (const auto& one : delivery.event.items)
        text += (text.back() == '[' ? "" : " ") + one.title;
      text += ']';
    }
    return text;
  }

  store::TempFolder folder;
  ManualClock clock;
  DeliverySpec spec;
  Sent sent;
  ScriptedChannel::Answer answer = [](const Delivery&) { return delivered(); };
  std::vector<std::string> targets{""};
  std::unique_ptr<boost::asio::io_context> io;
  std::unique_ptr<store::SqliteStore> store;
  std::unique_ptr<DeliveryService> service;
};

/// The row of the outbox when there is just one; a failure and an empty row else.
inline store::OutboxRow only_row(DeliveryRig& rig) {
  const auto rows = rig.store->outbox({});
  EXPECT_TRUE(rows && rows->size() == 1);
  return rows && !rows->empty() ? rows->front() : store::OutboxRow{};
}

}  // namespace tocsin::notifier
