// SPDX-License-Identifier: MIT
#include "app/console.hpp"

#include <charconv>
#include <map>
#include <string>
#include <utility>

#include "app/options.hpp"
#include "base/log.hpp"

namespace tocsin::app {
namespace {

using std::chrono::milliseconds;
using web::Access;
using web::Request;
using web::Response;

Response text(int status, std::string body) {
  Response out;
  out.status = status;
  out.body = std::move(body);
  return out;
}

std::string_view name_of(notifier::Attempt::Outcome outcome) {
  using Outcome = notifier::Attempt::Outcome;
  switch (outcome) {
    case Outcome::delivered: return "delivered";
    case Outcome::retry: return "retry";
    case Outcome::dead:
    case Outcome::disable: break;
  }
  return "dead";
}

std::string_view name_of(const fetcher::Polled& polled) {
  if (polled.document) return "document";
  return polled.error ? "failed" : "unchanged";
}

web::Gauges gauges_of(const daemon::Status& status, Timestamp now) {
  web::Gauges out;
  out.feeds = status.feeds;
  out.watches = status.watches;
  out.receivers = status.receivers;
  out.pages = status.pages;
  out.outbox_waiting = status.outbox.waiting;
  out.outbox_dead = status.outbox.dead;
  if (status.outbox.oldest != Timestamp{} && status.outbox.oldest < now)
    out.outbox_oldest = now - status.outbox.oldest;
  out.loop_lag = status.lag.last;
  out.loop_lag_worst = status.lag.worst;
  out.loop_late = status.lag.late;
  out.store_healthy = status.healthy;
  return out;
}

void count_delays(web::Metrics& metrics, const Event& event, Timestamp now) {
  for (const auto& item : event.items) {
    const bool dated = item.published && *item.published <= now;
    metrics.delivered_after(now > item.found ? now - item.found : milliseconds{0},
                            dated ? now - *item.published : milliseconds{-1});
  }
}

/// The files of the receivers that write Atom feeds, by the path that they are served at.
std::map<std::string, std::string> atom_files(const Console::Receivers& receivers) {
  std::map<std::string, std::string> out;
  for (const auto& receiver : receivers) {
    if (!receiver.service || receiver.service->kind != "atom") continue;
    for (const auto& [key, value] : receiver.service->options)
      if (key == "path") out.emplace("/alerts/" + receiver.name + ".atom", value);
  }
  return out;
}

}  // namespace

Console::Console(const Clock& clock) : clock_(clock), metrics_(TOCSIN_VERSION) {}

void Console::observe(daemon::DaemonOptions& options) {
  options.on_fetched = [this](const fetcher::FeedSpec&, const fetcher::Polled& polled) {
    metrics_.polled(name_of(polled), polled.error ? to_string(polled.error->code) : "",
                    polled.wire_bytes);
  };
  options.on_stored = [this](const fetcher::FeedSpec&, const daemon::Intake& intake) {
    if (intake.lesson.parsed) metrics_.stored(intake.items, intake.lesson.new_items);
    if (!intake.lesson.parsed && !intake.lesson.error.empty()) metrics_.not_a_feed();
    for (const auto& found : intake.found)
      for (const auto& watch : found.watches) metrics_.matched(watch.name);
  };
  options.on_page = [this](daemon::PageOutcome outcome, const daemon::FoundItem* found) {
    metrics_.page(to_string(outcome));
    if (found == nullptr) return;
    for (const auto& watch : found->watches) metrics_.matched(watch.name);
  };
  options.on_attempt = [this](const notifier::DeliveryReport& report) {
    metrics_.attempted(report.event.receiver,
                       report.final && report.attempt.outcome == notifier::Attempt::Outcome::retry
                           ? "dead"
                           : name_of(report.attempt.outcome));
    if (report.attempt.outcome == notifier::Attempt::Outcome::delivered)
      count_delays(metrics_, report.event, clock_.now());
  };
  options.on_taken_over = [this](const config::Config& config) {
    alert_feeds_ = atom_files(config.delivery.receivers);
  };
  options.on_reload = [this](const Result<void>& result) {
    metrics_.reloaded(result.has_value(), clock_.now());
  };
}

Result<void> Console::serve(const config::ServerSpec& server, const Receivers& receivers,
                            daemon::Daemon& daemon) {
  if (server.listen.empty()) return {};
  web::ServerOptions options;
  options.host = server.host;
  options.port = server.port;
  options.token = server.token;
  auto made = web::Server::listen(daemon.executor(), std::move(options));
  if (!made) return std::move(made).error();
  server_.emplace(std::move(*made));
  add_health(daemon);
  if (server.metrics) add_metrics(daemon);
  add_reload(daemon);
  alert_feeds_ = atom_files(receivers);
  add_alert_feeds();
  add_hub_callback(daemon);
  log::info("web", "serving", {{"address", server.listen}});
  return {};
}

void Console::add_health(daemon::Daemon& daemon) {
  web::Handler healthy = [&daemon](Request) -> boost::asio::awaitable<Response> {
    if (daemon.status().healthy) co_return text(200, "healthy\n");
    co_return text(503, "the store cannot be written; the log says why\n");
  };
  web::Handler ready = [&daemon](Request) -> boost::asio::awaitable<Response> {
    if (daemon.status().ready) co_return text(200, "ready\n");
    co_return text(503, "starting or stopping\n");
  };
  server_->router().add({"GET", "/-/healthy", Access::anyone, std::move(healthy)});
  server_->router().add({"GET", "/-/ready", Access::anyone, std::move(ready)});
}

void Console::add_metrics(daemon::Daemon& daemon) {
  web::Handler metrics = [this, &daemon](Request) -> boost::asio::awaitable<Response> {
    auto out = text(200, metrics_.text(gauges_of(daemon.status(), clock_.now())));
    out.content_type = web::kMetricsType;
    co_return out;
  };
  server_->router().add({"GET", "/metrics", Access::readers, std::move(metrics)});
}

void Console::add_reload(daemon::Daemon& daemon) {
  web::Handler reload = [&daemon](Request) -> boost::asio::awaitable<Response> {
    auto reloading = daemon.reload();
    const auto done = co_await std::move(reloading);
    if (done) co_return text(200, describe(*done));
    co_return text(done.error().code == Errc::unavailable ? 503 : 422, done.error().message + "\n");
  };
  server_->router().add({"POST", "/-/reload", Access::owner, std::move(reload)});
}

void Console::add_hub_callback(daemon::Daemon& daemon) {
  const auto path = daemon.hub_path();
  if (path.empty()) return;
  web::Handler callback = [&daemon](Request request) -> boost::asio::awaitable<Response> {
    const auto target = request.path + "?" + request.query;
    auto reply = daemon.hub_request(request.method, target, request.headers, request.body);
    co_return text(reply.status, std::move(reply.body));
  };
  // Paths below it cannot be guessed, and pushes are signed: any hub may call.
  for (const auto* method : {"GET", "POST"})
    server_->router().add({method, path, Access::self, callback});
}

void Console::add_alert_feeds() {
  web::Handler feed = [this](Request request) -> boost::asio::awaitable<Response> {
    const auto file = alert_feeds_.find(request.path);
    if (file == alert_feeds_.end()) co_return text(404, "no receiver of kind atom has this name\n");
    auto document = read_input(file->second);
    if (!document) co_return text(404, "no alert was published yet\n");
    auto out = text(200, std::move(*document));
    out.content_type = "application/atom+xml; charset=utf-8";
    co_return out;
  };
  server_->router().add({"GET", "/alerts/", Access::readers, std::move(feed)});
}

}  // namespace tocsin::app
