// SPDX-License-Identifier: MIT
#include "notifier/channels/service.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/serialize.hpp>

#include "base/redact.hpp"
#include "base/time_format.hpp"
#include "notifier/channels/http_outcome.hpp"
#include "notifier/plain.hpp"
#include "notifier/wording.hpp"

namespace tocsin::notifier {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

// A longer queue than this is for the outbox to hold, not for a coroutine.
constexpr milliseconds kLongestPause{10'000};

/// What every request of a service shares.
struct Transport {
  milliseconds timeout{20'000};
  std::string proxy, ca_file;
};

class ServiceChannel final : public Channel {
 public:
  ServiceChannel(Service service, Transport transport, RetryPolicy retry, const ChannelDeps& deps)
      : service_(std::move(service)),
        transport_(std::move(transport)),
        retry_(retry),
        http_(deps.http),
        clock_(deps.clock) {}

  asio::awaitable<Attempt> deliver(Delivery delivery) override {
    auto request = service_.compose(delivery);
    if (!request) co_return Attempt{Attempt::Outcome::dead, request.error().message, {}};
    const auto pause = book_slot();
    if (pause > kLongestPause)
      co_return Attempt{Attempt::Outcome::retry, "held back: too many at once", pause};
    if (pause > milliseconds{0}) {
      const auto executor = co_await asio::this_coro::executor;
      asio::steady_timer timer(executor);
      timer.expires_after(pause);
      const auto [cancelled] = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
      if (cancelled) co_return Attempt{Attempt::Outcome::retry, "cut short", {}};
    }
    request->timeout = transport_.timeout;
    request->connect_timeout = std::min(request->connect_timeout, transport_.timeout);
    request->proxy = transport_.proxy;
    request->ca_file = transport_.ca_file;
    request->allow_private = true;  // a receiver is the operator's own choice
    request->until = net::Until::head;
    request->max_body = kMostReply;
    const auto url = request->url;
    const auto answer = co_await http_.send(std::move(*request));
    auto attempt = judge_http(answer, clock_.now(), retry_);
    if (answer && service_.amend) service_.amend(*answer, attempt);
    attempt.detail = without_path(std::move(attempt.detail), url);
    co_return attempt;
  }

 private:
  /// How long to wait before the next request; nothing is booked when that is too long.
  milliseconds book_slot() {
    const auto now = steady_clock::now();
    const auto slot = std::max(now, next_slot_);
    const auto pause = std::chrono::ceil<milliseconds>(slot - now);
    if (pause <= kLongestPause) next_slot_ = slot + service_.gap;
    return pause;
  }

  Service service_;
  Transport transport_;
  RetryPolicy retry_;
  net::HttpClient& http_;
  const Clock& clock_;
  steady_clock::time_point next_slot_{};
};

}  // namespace

std::string ServiceOptions::get(std::string_view name, std::string_view fallback) const {
  for (const auto& [key, value] : spec_.options)
    if (key == name) return value;
  return std::string(fallback);
}

std::vector<std::string> ServiceOptions::all(std::string_view name) const {
  std::vector<std::string> out;
  for (const auto& [key, value] : spec_.options)
    if (key == name) out.push_back(value);
  return out;
}

Result<std::string> ServiceOptions::require(std::string_view name) const {
  auto value = get(name);
  if (value.empty())
    return Error{Errc::malformed, spec_.kind + ": '" + std::string(name) + "' is missing"};
  return value;
}

Result<std::string> ServiceOptions::base_url(std::string_view name,
                                             std::string_view fallback) const {
  auto url = get(name, fallback);
  if (!is_web_url(url))
    return Error{Errc::malformed,
                 spec_.kind + ": '" + std::string(name) + "' is not an http(s) " + "URL"};
  while (url.ends_with('/')) url.pop_back();
  return url;
}

Result<ServiceTexts> ServiceTexts::compile(const ServiceOptions& options, TemplateKind kind,
                                           RenderOptions render) {
  ServiceTexts out;
  out.render_ = std::move(render);
  out.kind_ = kind;
  if (const auto title = options.get("title"); !title.empty()) {
    auto compiled = Template::compile(title, TemplateKind::text);
    if (!compiled) return std::move(compiled).error().context("title");
    out.title_.emplace(std::move(*compiled));
  }
  if (const auto text = options.get("text"); !text.empty()) {
    auto compiled = Template::compile(text, kind);
    if (!compiled) return std::move(compiled).error().context("text");
    out.text_.emplace(std::move(*compiled));
  }
  return out;
}

std::string ServiceTexts::title(const Event& event, std::size_t max_chars) const {
  std::string text;
  if (title_)
    if (auto rendered = title_->render(event, render_)) text = one_line(*rendered);
  if (text.empty()) text = headline(event, max_chars);
  return cut_at_word(text, max_chars);
}

std::string ServiceTexts::body(const Event& event, const BodyStyle& style,
                               const BodyLimit& limit) const {
  // A template that fails on this event must not cost the alert: the built-in text goes instead,
  // and also where a cut might go through the middle of a tag.
  if (!text_) return message_body(event, style, limit);
  const auto rendered = text_->render(event, render_);
  const bool fits = rendered && limit.measure(*rendered) <= limit.most;
  const bool cuttable = kind_ != TemplateKind::chat_html;
  if (!rendered || rendered->empty() || (!fits && !cuttable))
    return message_body(event, style, limit);
  return cut_to(*rendered, limit);
}

Result<std::unique_ptr<Channel>> make_service_channel(Service service, const ServiceSetup& setup,
                                                      const ChannelDeps& deps) {
  Transport transport;
  if (const auto text = setup.options.get("timeout"); !text.empty()) {
    const auto timeout = parse_duration(text);
    if (!timeout) return Error{timeout.error()}.context("timeout");
    transport.timeout = *timeout;
  }
  transport.proxy = setup.options.get("proxy");
  transport.ca_file = setup.options.get("ca_file");
  return std::unique_ptr<Channel>(std::make_unique<ServiceChannel>(
      std::move(service), std::move(transport), setup.receiver.retry, deps));
}

net::Request json_request(std::string url, const boost::json::object& body) {
  net::Request request;
  request.method = "POST";
  request.url = std::move(url);
  request.headers = {{"content-type", "application/json; charset=utf-8"}, {"user-agent", "tocsin"}};
  request.body = boost::json::serialize(body);
  return request;
}

std::string click_url(const Event& event) {
  if (event.items.size() == 1 && is_web_url(event.items.front().url))
    return event.items.front().url;
  return is_web_url(event.console_url) ? event.console_url : std::string();
}

}  // namespace tocsin::notifier
