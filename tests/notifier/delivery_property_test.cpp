// SPDX-License-Identifier: MIT
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "delivery_rig.hpp"
#include "notifier/event_json.hpp"

namespace tocsin::notifier {
namespace {

/// One random life of the service: items come in, time passes, receivers fail, the disk fails, the
/// process is killed at any point of its work, the configuration is loaded again.
class Life {
 public:
  explicit Life(std::uint32_t seed) : random_(seed) {
    rig_.spec = DeliveryRig::spec_for({"desk", "hook", "digest"});
    auto& routes = rig_.spec.root.routes;
    routes[0].group_by = {"story"};
    routes[0].wait = seconds{30};
    routes[0].every = minutes{5};
    rig_.spec.receivers[1].throttle = Throttle{4, minutes{10}};
    routes[1].group_by = {"feed"};
    rig_.spec.receivers[2].digest = Digest{{0, 360, 720, 1080}, "Europe/Helsinki", 2};
    rig_.answer = [this](const Delivery& delivery) { return answer(delivery); };
  }

  void live(int steps) {
    rig_.start();
    for (int i = 0; i < steps; ++i) step();
    // Whoever is left gets all the time in the world, and receivers that answer.
    healthy_ = true;
    store::faults().reset();
    for (int i = 0; i < 80; ++i) rig_.advance(hours{1});
  }

  void check() const {
    const auto rows = rig_.store->outbox({{}, "", "", 100000});
    std::set<std::string> dead;
    for (const auto& row : *rows) {
      EXPECT_NE(row.state, store::OutboxState::waiting) << "nothing may wait for ever";
      if (row.state == store::OutboxState::dead) dead.insert(row.event);
    }
    std::map<std::string, std::set<std::string>> events;  // by receiver and item
    for (const auto& event : dead) note(*event_from_json(*rig_.store->payload(event)), events);
    std::map<std::string, std::string> first_body;
    for (const auto& delivery : rig_.sent) {
      note(delivery.event, events);
      const auto body = to_json(delivery.event, "test");
      const auto [known, fresh] = first_body.emplace(delivery.event.id, body);
      EXPECT_EQ(known->second, body) << "the same id must mean the same event";
    }
    for (const auto& item : committed_)
      for (const auto* receiver : {"desk", "hook", "digest"}) {
        const auto key = receiver + (" " + item);
        // One item alone is too few for the digest, and so the last one may still wait.
        if (receiver == std::string("digest") && !events.contains(key)) {
          EXPECT_LE(rig_.store->pending(0, 10)->size(), 1U);
          continue;
        }
        EXPECT_EQ(events[key].size(), 1U) << key << ": lost, or sent under two ids";
      }
  }

  [[nodiscard]] std::size_t items() const { return committed_.size(); }
  [[nodiscard]] std::size_t attempts() const { return rig_.sent.size(); }

 private:
  static void note(const Event& event, std::map<std::string, std::set<std::string>>& events) {
    for (const auto& item : event.items) events[event.receiver + ' ' + item.id].insert(event.id);
  }

  int draw(int below) { return static_cast<int>(random_() % static_cast<std::uint32_t>(below)); }

  Attempt answer(const Delivery&) {
    if (healthy_) return delivered();
    switch (draw(8)) {
      case 0:
      case 1: return retry_later();
      case 2: {
        auto busy = retry_later("429");
        busy.retry_after = seconds{draw(100)};
        return busy;
      }
      case 3: return draw(5) == 0 ? dead() : delivered();
      default: return delivered();
    }
  }

  void step() {
    switch (draw(12)) {
      case 0:
      case 1:
      case 2:
      case 3: return arrive();
      case 4:
      case 5: rig_.clock.advance(std::chrono::milliseconds{draw(60'000)}); return turn(draw(60));
      case 6: rig_.clock.advance(minutes{draw(300)}); return turn(draw(200));
      case 7: rig_.clock.set(rig_.clock.now() - seconds{draw(100)}); return turn(draw(20));
      case 8: rig_.crash(draw(2) == 0); return rig_.start();
      case 9:
        store::faults().calls = 0;
        store::faults().full = draw(2) == 0;
        store::faults().fail_from = static_cast<std::uint64_t>(1 + draw(20));
        store::faults().fail_count = static_cast<std::uint64_t>(1 + draw(10));
        return turn(draw(60));
      case 10: rig_.service->replace(rig_.spec, rig_.channels()); return turn(draw(20));
      default: return turn(draw(100));
    }
  }

  /// Runs some handlers of the loop, so that a crash can follow anywhere.
  void turn(int handlers) {
    rig_.service->wake();
    for (int i = 0; i < handlers; ++i)
      if (rig_.io->poll_one() == 0) break;
  }

  /// As the daemon does: what was not committed comes again with the next poll.
  void arrive() {
    auto item = rig_.item(std::to_string(next_));
    item.story = "story" + std::to_string(draw(4));
    item.feed.name = "feed" + std::to_string(draw(3));
    const auto notifications = rig_.route(item, {{"w", Severity::normal, {}}});
    for (int tries = 0; tries < 100; ++tries) {
      if (!rig_.commit(notifications)) continue;
      committed_.push_back(item.id);
      ++next_;
      return;
    }
    ADD_FAILURE() << "the disk never got well";
  }

  std::mt19937 random_;
  DeliveryRig rig_;
  bool healthy_ = false;
  int next_ = 0;
  std::vector<std::string> committed_;
};

class DeliveryPropertyTest : public ::testing::TestWithParam<std::uint32_t> {};

/// Everything that was committed is delivered to everyone or visibly dead, under one id, however
/// often the process died on the way.
TEST_P(DeliveryPropertyTest, LosesNothingAndNeverChangesAnId) {
  Life life(GetParam());
  life.live(150);
  life.check();
  EXPECT_GT(life.items(), 10U);
  EXPECT_GT(life.attempts(), 10U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, DeliveryPropertyTest, ::testing::Range(1U, 41U));

}  // namespace
}  // namespace tocsin::notifier
