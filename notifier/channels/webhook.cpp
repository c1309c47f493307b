// SPDX-License-Identifier: MIT
#include "notifier/channels/webhook.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/redact.hpp"
#include "notifier/channels/http_outcome.hpp"
#include "notifier/event_json.hpp"
#include "notifier/plain.hpp"
#include "notifier/template.hpp"
#include "notifier/webhook_signature.hpp"

namespace tocsin::notifier {
namespace {

bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

/// Adds a header of ours unless the user has set that one.
void add_default(net::Headers& headers, std::string_view name, std::string value) {
  const bool given = std::any_of(headers.begin(), headers.end(),
                                 [&](const auto& h) { return same_name(h.first, name); });
  if (!given) headers.emplace_back(name, std::move(value));
}

/// Sets a header that belongs to the protocol, whatever the user wrote.
void set(net::Headers& headers, std::string_view name, std::string value) {
  std::erase_if(headers, [&](const auto& h) { return same_name(h.first, name); });
  headers.emplace_back(name, std::move(value));
}

class WebhookChannel final : public Channel {
 public:
  WebhookChannel(WebhookSpec spec, RetryPolicy retry, std::optional<Template> body,
                 RenderOptions options, const ChannelDeps& deps)
      : spec_(std::move(spec)),
        retry_(retry),
        body_(std::move(body)),
        options_(std::move(options)),
        http_(deps.http),
        clock_(deps.clock) {}

  boost::asio::awaitable<Attempt> deliver(Delivery delivery) override {
    auto body = body_ ? body_->render(delivery.event, options_)
                      : Result<std::string>(to_json(delivery.event, options_.source));
    if (!body) co_return Attempt{Attempt::Outcome::dead, body.error().message, {}};
    auto request = make_request(delivery.event, std::move(*body));
    const auto answer = co_await http_.send(std::move(request));
    auto attempt = judge_http(answer, clock_.now(), retry_);
    attempt.detail = without_path(std::move(attempt.detail), spec_.url);
    co_return attempt;
  }

 private:
  [[nodiscard]] net::Request make_request(const Event& event, std::string body) const {
    net::Request request;
    request.method = spec_.method;
    request.url = spec_.url;
    request.headers = spec_.headers;
    add_default(
        request.headers, "content-type",
        body_ ? "application/json; charset=utf-8" : "application/cloudevents+json; charset=utf-8");
    add_default(request.headers, "user-agent", "tocsin");
    // The stamp is that of the attempt, so that receivers may refuse old requests.
    const auto now = clock_.now();
    set(request.headers, "webhook-id", event.id);
    set(request.headers, "webhook-timestamp", webhook_timestamp(now));
    if (!spec_.secret.empty())
      set(request.headers, "webhook-signature", sign_webhook(spec_.secret, event.id, now, body));
    if (!spec_.bearer_token.empty())
      set(request.headers, "authorization", "Bearer " + spec_.bearer_token);
    request.body = std::move(body);
    request.username = spec_.username;
    request.password = spec_.password;
    request.proxy = spec_.proxy;
    request.ca_file = spec_.ca_file;
    request.allow_private = spec_.allow_private;
    request.until = net::Until::head;
    request.max_body = kMostReply;
    request.timeout = spec_.timeout;
    request.connect_timeout = std::min(request.connect_timeout, spec_.timeout);
    return request;
  }

  WebhookSpec spec_;
  RetryPolicy retry_;
  std::optional<Template> body_;
  RenderOptions options_;
  net::HttpClient& http_;
  const Clock& clock_;
};

}  // namespace

Result<std::unique_ptr<Channel>> make_webhook_channel(const ReceiverSpec& receiver,
                                                      const DeliverySpec& delivery,
                                                      const ChannelDeps& deps) {
  const auto& spec = *receiver.webhook;
  if (!is_web_url(spec.url))
    return Error{Errc::malformed, "webhook: '" + redact(spec.url) + "' is not an http(s) URL"};
  std::optional<Template> body;
  if (!spec.body.empty()) {
    auto compiled = Template::compile(spec.body, TemplateKind::json);
    if (!compiled) return std::move(compiled).error().context("webhook body");
    body.emplace(std::move(*compiled));
  }
  RenderOptions options{delivery.timezone, delivery.source};
  return std::unique_ptr<Channel>(std::make_unique<WebhookChannel>(
      spec, receiver.retry, std::move(body), std::move(options), deps));
}

}  // namespace tocsin::notifier
