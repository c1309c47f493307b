// SPDX-License-Identifier: MIT
// A program of the user's own: the CloudEvents document is its standard input, no shell comes near
// it, and nothing of our environment but what every program needs. Exit code 0 is delivered, 100 is
// "never again" (as mail programs have it), everything else is tried again.
#include <cstdlib>
#include <string>
#include <utility>

#include "base/redact.hpp"
#include "base/time_format.hpp"
#include "notifier/channels/http_outcome.hpp"
#include "notifier/channels/services.hpp"
#include "notifier/detail/child_process.hpp"
#include "notifier/event_json.hpp"
#include "notifier/plain.hpp"

namespace tocsin::notifier {
namespace {

using Outcome = Attempt::Outcome;

constexpr int kNeverAgain = 100;

std::vector<std::pair<std::string, std::string>> environment_for(const Delivery& delivery) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto* name : {"PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR"})
    if (const char* value = std::getenv(name); value != nullptr)  // NOLINT(concurrency-mt-unsafe)
      out.emplace_back(name, value);
  const auto& event = delivery.event;
  out.emplace_back("TOCSIN_EVENT_ID", one_line(event.id));
  out.emplace_back("TOCSIN_TYPE", to_string(event.type));
  out.emplace_back("TOCSIN_RECEIVER", one_line(event.receiver));
  out.emplace_back("TOCSIN_SEVERITY", to_string(event.severity));
  out.emplace_back("TOCSIN_ATTEMPT", std::to_string(delivery.attempt));
  return out;
}

Attempt judge(const Result<detail::Ended>& ended, const RetryPolicy& retry) {
  if (!ended) return {Outcome::retry, ended.error().message, slow_retry(retry)};
  const auto said = scrub(one_line(ended->output), 200);
  const auto tail = said.empty() ? "" : ": " + said;
  if (ended->timed_out) return {Outcome::retry, "killed: it took too long" + tail, {}};
  if (ended->signal != 0)
    return {Outcome::retry, "ended by signal " + std::to_string(ended->signal) + tail, {}};
  if (ended->code == 0) return {Outcome::delivered, "exit 0", {}};
  return {ended->code == kNeverAgain ? Outcome::dead : Outcome::retry,
          "exit " + std::to_string(ended->code) + tail,
          {}};
}

class ExecChannel final : public Channel {
 public:
  ExecChannel(std::vector<std::string> arguments, std::chrono::milliseconds limit,
              std::string source, RetryPolicy retry)
      : arguments_(std::move(arguments)),
        limit_(limit),
        source_(std::move(source)),
        retry_(retry) {}

  boost::asio::awaitable<Attempt> deliver(Delivery delivery) override {
    detail::Command command;
    command.arguments = arguments_;
    command.environment = environment_for(delivery);
    command.input = to_json(delivery.event, source_) + "\n";
    command.limit = limit_;
    const auto ended = co_await detail::run_command(std::move(command));
    co_return judge(ended, retry_);
  }

 private:
  std::vector<std::string> arguments_;
  std::chrono::milliseconds limit_;
  std::string source_;
  RetryPolicy retry_;
};

}  // namespace

Result<std::unique_ptr<Channel>> make_exec(const ServiceSetup& setup, const ChannelDeps& /*deps*/) {
  const auto& arguments = setup.options.arguments();
  if (arguments.empty() || arguments.front().empty())
    return Error{Errc::malformed, "exec: 'command' is missing"};
  auto limit = parse_duration(setup.options.get("timeout", "20s"));
  if (!limit) return std::move(limit).error().context("exec");
  return std::unique_ptr<Channel>(
      std::make_unique<ExecChannel>(arguments, *limit, setup.render.source, setup.receiver.retry));
}

}  // namespace tocsin::notifier
