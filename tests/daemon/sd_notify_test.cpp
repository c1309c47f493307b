// SPDX-License-Identifier: MIT
#include "daemon/sd_notify.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/daemon.hpp"

namespace tocsin::daemon {
namespace {

TEST(ReloadingMessage, TellsTheTime) {
  EXPECT_THAT(reloading_message(), testing::MatchesRegex("RELOADING=1\nMONOTONIC_USEC=[0-9]+"));
}

TEST(StatusMessage, SaysHowTheServiceIs) {
  Status status;
  status.feeds = 10;
  status.watches = 3;
  status.outbox.waiting = 2;
  status.healthy = true;
  EXPECT_EQ(status_message(status), "STATUS=10 feeds, 3 watches; 2 messages waiting, 0 given up");
  status.healthy = false;
  EXPECT_THAT(status_message(status), testing::HasSubstr("cannot be written"));
}

}  // namespace
}  // namespace tocsin::daemon
