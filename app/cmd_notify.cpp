// SPDX-License-Identifier: MIT
#include <algorithm>
#include <chrono>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <unistd.h>

#include "app/command.hpp"
#include "app/findings.hpp"
#include "app/options.hpp"
#include "app/sample_event.hpp"
#include "app/settings.hpp"
#include "base/redact.hpp"
#include "base/spelling.hpp"
#include "base/time_format.hpp"
#include "config/config.hpp"
#include "net/curl_client.hpp"
#include "net/curl_smtp.hpp"
#include "notifier/channels/email.hpp"
#include "notifier/channels/http_outcome.hpp"
#include "notifier/channels/make.hpp"

namespace tocsin::app {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

constexpr std::string_view kHelp =
    R"(Usage: tocsin notify --config FILE --test RECEIVER [--type TYPE]

Sends a sample message to a receiver, the very way in which alerts go, and prints the conversation
in brief: what was sent where, and what was answered. Nothing is stored, and nothing is tried again.

  --config FILE     the configuration; it needs no feeds
  --test RECEIVER   the receiver's name
  --type TYPE       alert (default), digest or health

Exit status: 0 when every recipient took it, 1 when one did not, 2 when the configuration or the
receiver's name is not valid.

Example:
  tocsin notify --config tocsin.yaml --test desk-mail
)";

/// Scheme and host of `url`: what follows is a secret with many services.
std::string origin(const std::string& url) {
  const auto clean = redact(url);
  const auto scheme = clean.find("://");
  const auto end = clean.find('/', scheme == std::string::npos ? 0 : scheme + 3);
  return end == std::string::npos ? clean : clean.substr(0, end) + "/…";
}

std::string since(steady_clock::time_point begin) {
  const auto span = std::chrono::ceil<std::chrono::milliseconds>(steady_clock::now() - begin);
  return format_duration(span);
}

/// Says what passes through it.
class ToldHttp final : public net::HttpClient {
 public:
  explicit ToldHttp(net::HttpClient& inner) : inner_(inner) {}

  asio::awaitable<Result<net::Response>> send(net::Request request) override {
    std::cout << "  > " << request.method << ' ' << origin(request.url) << ", "
              << request.body.size() << " bytes\n";
    const auto begin = steady_clock::now();
    const auto url = request.url;
    auto answer = co_await inner_.send(std::move(request));
    if (answer)
      std::cout << "  < HTTP " << answer->status << " after " << since(begin) << '\n';
    else
      std::cout << "  < " << notifier::without_path(answer.error().message, url) << '\n';
    co_return answer;
  }

 private:
  net::HttpClient& inner_;
};

std::string_view words_for(net::SmtpTls tls) {
  switch (tls) {
    case net::SmtpTls::none: return "in the clear";
    case net::SmtpTls::starttls: return "STARTTLS";
    case net::SmtpTls::tls: return "TLS";
  }
  return "";
}

/// Likewise for mail.
class ToldSmtp final : public net::SmtpClient {
 public:
  explicit ToldSmtp(net::SmtpClient& inner) : inner_(inner) {}

  asio::awaitable<Result<net::SmtpReply>> send(net::SmtpServer server, net::Mail mail) override {
    std::cout << "  > " << server.host << ':' << server.port << ", " << words_for(server.tls)
              << (server.username.empty() ? "" : ", as " + scrub(server.username, 100))
              << ": MAIL FROM:<" << mail.from << "> RCPT TO:<" << mail.to << "> DATA, "
              << mail.data.size() << " bytes\n";
    const auto begin = steady_clock::now();
    auto answer = co_await inner_.send(std::move(server), std::move(mail));
    if (answer)
      std::cout << "  < " << notifier::reply_text(*answer) << " (" << answer->stage << ") after "
                << since(begin) << '\n';
    else
      std::cout << "  < " << answer.error().message << '\n';
    co_return answer;
  }

 private:
  net::SmtpClient& inner_;
};

std::string verdict(const notifier::Attempt& attempt) {
  using Outcome = notifier::Attempt::Outcome;
  switch (attempt.outcome) {
    case Outcome::delivered: return "delivered";
    case Outcome::retry: return "not delivered; the daemon would try again: " + attempt.detail;
    case Outcome::dead: return "refused for good: " + attempt.detail;
    case Outcome::disable: return "refused, and the receiver wants no more: " + attempt.detail;
  }
  return attempt.detail;
}

notifier::Attempt attempt_one(asio::io_context& loop, notifier::Channel& channel,
                              notifier::Delivery delivery) {
  notifier::Attempt result;
  asio::co_spawn(loop, channel.deliver(std::move(delivery)),
                 [&](const std::exception_ptr& bug, notifier::Attempt attempt) {
                   if (bug) std::rethrow_exception(bug);
                   result = std::move(attempt);
                   loop.stop();
                 });
  loop.restart();
  loop.run();
  return result;
}

/// Sends `event` to every target of `receiver`. True when all took it.
Result<bool> deliver(const notifier::ReceiverSpec& receiver, const notifier::DeliverySpec& spec,
                     const Event& event) {
  asio::io_context loop{1};
  const SystemClock clock;
  net::CurlClient http(loop.get_executor());
  net::CurlSmtpClient smtp(loop.get_executor());
  ToldHttp told_http(http);
  ToldSmtp told_smtp(smtp);
  notifier::ChannelDeps deps{told_http, told_smtp, clock,
                             [](std::string_view line) { std::cout << line << '\n'; },
                             colour_wanted(STDOUT_FILENO)};
  auto channel = notifier::make_channel(receiver, spec, std::move(deps));
  if (!channel) return std::move(channel).error();
  bool all = true;
  for (const auto& target : (*channel)->targets()) {
    std::cout << receiver.name << (target.empty() ? "" : ", " + scrub(target, 300)) << '\n';
    notifier::Delivery delivery{event, target, clock.now(), 1};
    const auto attempt = attempt_one(loop, **channel, std::move(delivery));
    std::cout << "  " << verdict(attempt) << std::endl;
    all = all && attempt.outcome == notifier::Attempt::Outcome::delivered;
  }
  return all;
}

const notifier::ReceiverSpec* find_receiver(const notifier::DeliverySpec& spec,
                                            std::string_view name) {
  const auto found = std::find_if(spec.receivers.begin(), spec.receivers.end(),
                                  [&](const auto& one) { return one.name == name; });
  return found == spec.receivers.end() ? nullptr : &*found;
}

std::string unknown_receiver(const notifier::DeliverySpec& spec, std::string_view name) {
  std::vector<std::string_view> names;
  for (const auto& one : spec.receivers) names.push_back(one.name);
  auto text = "there is no receiver '" + std::string(name) + "'";
  if (const auto close = closest(name, names); !close.empty())
    text.append("; did you mean '").append(close).append("'?");
  return text;
}

int run(const Args& args) {
  const auto options =
      parse_options(args, {{"--config", true}, {"--test", true}, {"--type", true}});
  if (!options) return usage_error("notify", options.error().message);
  if (!options->operands.empty())
    return usage_error("notify", "unexpected '" + options->operands.front() + "'");
  for (const auto* needed : {"--config", "--test"})
    if (!options->has(needed)) return usage_error("notify", std::string(needed) + " is missing");
  const auto type = sample_type(options->value("--type", "alert"));
  if (!type) return usage_error("notify", "--type takes alert, digest or health");

  config::LoadOptions how;
  how.need_feeds = false;
  const auto loaded = config::load(options->value("--config"), how);
  show_findings(loaded.diagnostics, std::cerr);
  if (!loaded.ok()) return kUsage;
  const auto& spec = loaded.config.delivery;
  const auto name = options->value("--test");
  const auto* receiver = find_receiver(spec, name);
  if (receiver == nullptr) return usage_error("notify", unknown_receiver(spec, name));
  const auto all = deliver(*receiver, spec, sample_event(*type, name, SystemClock().now()));
  if (all) return *all ? kFine : kFindings;
  std::cerr << "tocsin notify: " << all.error().message << '\n';
  return kUsage;
}

}  // namespace

const Command kNotifyCommand = {"notify", "sends a sample alert to a receiver", kHelp, &run};

}  // namespace tocsin::app
