// SPDX-License-Identifier: MIT
// A database file with damage in it: it opens or is refused, and whatever is read from it is an
// answer or an error. Each three bytes of the input set one byte of the file.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "tests/store/support.hpp"

namespace {

using namespace tocsin;
using namespace tocsin::store;

PollCommit small_poll(Timestamp now) {
  PollCommit poll;
  poll.feed = "tass";
  poll.state.etag = "\"one\"";
  poll.state.last_success = now;
  poll.seen_changed = true;
  poll.seen = {1, 2, 3};
  Notification notification;
  notification.id = "n1";
  notification.receiver = "desk";
  notification.group_key = "desk/1";
  notification.created = now;
  notification.item.id = "a";
  notification.item.title = "Astana talks";
  poll.notifications.push_back(std::move(notification));
  return poll;
}

/// A sound database with something in each of its main tables, as the bytes of its file.
std::string sound_database() {
  TempFolder folder;
  const Timestamp now{std::chrono::milliseconds{1'800'000'000'000}};
  {
    boost::asio::io_context io;
    auto store = *SqliteStore::open(folder.path(), io.get_executor());
    if (!run(io, store->commit(small_poll(now)))) std::abort();
  }
  std::ifstream in(folder.database(), std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void read_everything(SqliteStore& store, boost::asio::io_context& io) {
  const Timestamp now{std::chrono::milliseconds{1'800'000'000'000}};
  (void)store.feed_states();
  (void)store.seen("tass");
  (void)store.archived({});
  (void)store.pending(0, 100);
  (void)store.group_states();
  (void)store.releases_since("desk", {});
  (void)store.told_by("key", {});
  (void)store.outbox_waiting(0, 100);
  (void)store.payload("e");
  (void)store.outbox({});
  (void)store.silences(now);
  (void)store.outside_changes();
  (void)run(io, store.commit(small_poll(now)));
  (void)run(io, store.prune({}, now));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string sound = sound_database();
  static TempFolder folder;
  auto bytes = sound;
  for (std::size_t i = 0; i + 2 < size; i += 3)
    bytes[(std::size_t{data[i]} << 8U | data[i + 1]) % bytes.size()] =
        static_cast<char>(data[i + 2]);
  for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
    std::filesystem::remove(entry.path());
  std::ofstream(folder.database(), std::ios::binary) << bytes;
  boost::asio::io_context io;
  auto store = SqliteStore::open(folder.path(), io.get_executor());
  if (store) read_everything(**store, io);
  return 0;
}
