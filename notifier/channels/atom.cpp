// SPDX-License-Identifier: MIT
// Alerts as an Atom feed in a file, which any web server, or the daemon's own, publishes.
#include <charconv>
#include <string>
#include <utility>

#include "base/digest.hpp"
#include "notifier/atom_feed.hpp"
#include "notifier/channels/http_outcome.hpp"
#include "notifier/channels/services.hpp"
#include "notifier/detail/disk_worker.hpp"
#include "notifier/detail/durable_file.hpp"

namespace tocsin::notifier {
namespace {

/// Reads the feed back, puts the event on top and writes it: the file is all the state.
Result<void> publish(const std::string& path, const AtomFeed& feed, const Event& event) {
  auto previous = detail::read_file(path);
  if (!previous) return std::move(previous).error();
  return detail::replace_file(path, with_entry(*previous, feed, event));
}

class AtomChannel final : public Channel {
 public:
  AtomChannel(std::string path, AtomFeed feed, RetryPolicy retry)
      : path_(std::move(path)), feed_(std::move(feed)), retry_(retry) {}

  boost::asio::awaitable<Attempt> deliver(Delivery delivery) override {
    std::function<Result<void>()> job = [path = path_, feed = feed_,
                                         event = std::move(delivery.event)] {
      return publish(path, feed, event);
    };
    const auto written = co_await disk_.run(std::move(job));
    if (written) co_return Attempt{Attempt::Outcome::delivered, "published", {}};
    co_return Attempt{Attempt::Outcome::retry, written.error().message, slow_retry(retry_)};
  }

 private:
  std::string path_;
  AtomFeed feed_;
  RetryPolicy retry_;
  detail::DiskWorker disk_;
};

}  // namespace

Result<std::unique_ptr<Channel>> make_atom(const ServiceSetup& setup, const ChannelDeps& /*deps*/) {
  auto path = setup.options.require("path");
  if (!path) return std::move(path).error();
  AtomFeed feed;
  feed.id = "urn:tocsin:feed:" + stable_id(setup.render.source + "\n" + setup.receiver.name, 8);
  feed.title = setup.options.get("title", "tocsin");
  feed.url = setup.options.get("url");
  const auto entries = setup.options.get("entries", "100");
  const auto bad =
      std::from_chars(entries.data(), entries.data() + entries.size(), feed.entries).ec;
  if (bad != std::errc{} || feed.entries == 0)
    return Error{Errc::malformed, "atom: 'entries' is a number from 1 on"};
  return std::unique_ptr<Channel>(
      std::make_unique<AtomChannel>(std::move(*path), std::move(feed), setup.receiver.retry));
}

}  // namespace tocsin::notifier
