// SPDX-License-Identifier: MIT
#include "web/metrics.hpp"

#include <cstdio>
#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/needs.hpp"

namespace tocsin::web {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Metrics, CountsWhatHappened) {
  Metrics metrics("1.2.3");
  metrics.polled("document", "", 1'000);
  metrics.polled("failed", "timeout", 24);
  metrics.stored(10, 3);
  metrics.matched("jcpoa");
  metrics.matched("jcpoa");
  metrics.attempted("desk", "delivered");
  metrics.page("read");
  Gauges gauges;
  gauges.pages = 4;
  const auto text = metrics.text(gauges);
  for (const auto* line :
       {"tocsin_polls_total{outcome=\"document\"} 1\n",
        "tocsin_polls_total{outcome=\"unchanged\"} 0\n",
        "tocsin_poll_errors_total{code=\"timeout\"} 1\n", "tocsin_fetched_bytes_total 1024\n",
        "tocsin_items_read_total 10\n", "tocsin_items_new_total 3\n",
        "tocsin_pages_total{outcome=\"read\"} 1\n", "tocsin_pages_total{outcome=\"retry\"} 0\n",
        "tocsin_pages_waiting 4\n", "tocsin_matches_total{watch=\"jcpoa\"} 2\n",
        "tocsin_build_info{version=\"1.2.3\"} 1\n"})
    EXPECT_THAT(text, HasSubstr(line));
}

TEST(Metrics, SortsDelaysIntoBuckets) {
  Metrics metrics("1");
  metrics.delivered_after(milliseconds{2'000}, milliseconds{90'000});
  metrics.delivered_after(milliseconds{2'000}, milliseconds{-1});
  const auto text = metrics.text({});
  EXPECT_THAT(text, HasSubstr("tocsin_alert_delivery_seconds_bucket{le=\"1\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("tocsin_alert_delivery_seconds_bucket{le=\"2.5\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("tocsin_alert_age_seconds_count 1\n"));
}

TEST(Metrics, TellsARefusedReloadFromAnAcceptedOne) {
  Metrics metrics("1");
  EXPECT_THAT(metrics.text({}), HasSubstr("tocsin_config_last_reload_successful 1\n"));
  metrics.reloaded(false, {});
  EXPECT_THAT(metrics.text({}), HasSubstr("tocsin_config_last_reload_successful 0\n"));
  metrics.reloaded(true, std::chrono::system_clock::time_point{std::chrono::seconds{5}});
  const auto text = metrics.text({});
  EXPECT_THAT(text, HasSubstr("tocsin_config_last_reload_success_timestamp_seconds 5\n"));
  EXPECT_THAT(text, HasSubstr("tocsin_config_reloads_total{outcome=\"refused\"} 1\n"));
}

TEST(Metrics, KeepsTheNumberOfSeriesBounded) {
  Metrics metrics("1");
  for (int i = 0; i < 1'100; ++i) metrics.matched("watch-" + std::to_string(i));
  const auto text = metrics.text({});
  EXPECT_THAT(text, HasSubstr("tocsin_matches_total{watch=\"other\"} 100\n"));
  EXPECT_THAT(text, Not(HasSubstr("watch-1001")));
}

TEST(Metrics, ShowsTheGaugesOfTheMoment) {
  Metrics metrics("1");
  Gauges gauges;
  gauges.outbox_waiting = 7;
  gauges.outbox_oldest = milliseconds{1'500};
  gauges.store_healthy = false;
  const auto text = metrics.text(gauges);
  EXPECT_THAT(text, HasSubstr("tocsin_outbox_messages{state=\"waiting\"} 7\n"));
  EXPECT_THAT(text, HasSubstr("tocsin_outbox_oldest_seconds 1.5\n"));
  EXPECT_THAT(text, HasSubstr("tocsin_store_healthy 0\n"));
}

TEST(Metrics, PassPromtoolsCheck) {
  if (testing::is_missing("command -v promtool")) GTEST_SKIP() << "promtool is missing";
  Metrics metrics("1");
  metrics.polled("failed", "timeout", 1);
  metrics.matched("a \"quoted\"\nname\\");
  metrics.attempted("desk", "retry");
  metrics.delivered_after(milliseconds{1}, milliseconds{1});
  FILE* promtool = ::popen("promtool check metrics", "w");
  ASSERT_NE(promtool, nullptr);
  std::fputs(metrics.text({}).c_str(), promtool);
  EXPECT_EQ(::pclose(promtool), 0);
}

}  // namespace
}  // namespace tocsin::web
