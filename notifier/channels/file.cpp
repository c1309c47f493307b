// SPDX-License-Identifier: MIT
// Alerts as JSON Lines in a file: the CloudEvents document, one a line, on the disk before it
// counts as delivered. Programs that rotate files may move it away at any time.
#include <string>
#include <utility>

#include "notifier/channels/http_outcome.hpp"
#include "notifier/channels/services.hpp"
#include "notifier/detail/disk_worker.hpp"
#include "notifier/detail/durable_file.hpp"
#include "notifier/event_json.hpp"

namespace tocsin::notifier {
namespace {

class FileChannel final : public Channel {
 public:
  FileChannel(std::string path, std::string source, RetryPolicy retry)
      : path_(std::move(path)), source_(std::move(source)), retry_(retry) {}

  boost::asio::awaitable<Attempt> deliver(Delivery delivery) override {
    std::function<Result<void>()> job = [path = path_, line = to_json(delivery.event, source_)] {
      return detail::append_line(path, line);
    };
    const auto written = co_await disk_.run(std::move(job));
    if (written) co_return Attempt{Attempt::Outcome::delivered, "written", {}};
    // A full disk and a missing folder are for people to mend; the alert waits.
    co_return Attempt{Attempt::Outcome::retry, written.error().message, slow_retry(retry_)};
  }

 private:
  std::string path_, source_;
  RetryPolicy retry_;
  detail::DiskWorker disk_;
};

}  // namespace

Result<std::unique_ptr<Channel>> make_file(const ServiceSetup& setup, const ChannelDeps& /*deps*/) {
  auto path = setup.options.require("path");
  if (!path) return std::move(path).error();
  return std::unique_ptr<Channel>(
      std::make_unique<FileChannel>(std::move(*path), setup.render.source, setup.receiver.retry));
}

}  // namespace tocsin::notifier
