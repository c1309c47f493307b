// SPDX-License-Identifier: MIT
#include "daemon/disk_watch.hpp"

#include <gtest/gtest.h>

namespace tocsin::daemon {
namespace {

constexpr std::uint64_t kMiB = 1U << 20U;
constexpr std::uint64_t kLarge = 100 * 1024 * kMiB;

std::string kind(DiskWatch& watch, std::uint64_t free, std::uint64_t total = kLarge) {
  const auto health = watch.judge({free, total});
  return health ? health->kind : "";
}

TEST(DiskWatch, TellsOnceThatTheDiskIsNearlyFullAndOnceThatItIsNot) {
  DiskWatch watch("/state");
  EXPECT_EQ(kind(watch, 400 * kMiB), "");
  EXPECT_EQ(kind(watch, 255 * kMiB), "disk_nearly_full");
  EXPECT_EQ(kind(watch, 10 * kMiB), "");
  EXPECT_EQ(kind(watch, 300 * kMiB), "") << "a little more is not enough";
  EXPECT_EQ(kind(watch, 384 * kMiB), "disk_recovered");
  EXPECT_EQ(kind(watch, 384 * kMiB), "");
}

TEST(DiskWatch, AsksLessOfASmallDisk) {
  DiskWatch watch("/state");
  EXPECT_EQ(kind(watch, 30 * kMiB, 1024 * kMiB), "");
  EXPECT_EQ(kind(watch, 20 * kMiB, 1024 * kMiB), "disk_nearly_full");
}

TEST(DiskWatch, SaysWhatIsLeftAndWhatToDo) {
  DiskWatch watch("/state");
  const auto health = watch.judge({12 * kMiB, kLarge});
  ASSERT_TRUE(health);
  EXPECT_EQ(health->text,
            "the disk of /state is nearly full: 12 MiB are left; without room no poll can be "
            "stored, so make some, or shorten storage.keep_items");
}

TEST(DiskRoom, IsThatOfTheFileSystemAndAnErrorWhereThereIsNone) {
  const auto here = disk_room("/");
  ASSERT_TRUE(here);
  EXPECT_GT(here->total, 0U);
  EXPECT_LE(here->free, here->total);
  const auto nowhere = disk_room("/no/such/folder");
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().code, Errc::io);
}

}  // namespace
}  // namespace tocsin::daemon
