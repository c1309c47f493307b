// SPDX-License-Identifier: MIT
// Telegram, by a bot: sendMessage with at most 4,096 characters after the marks are read; one
// message a second and chat. A 429 says in its body how long to wait.
#include <algorithm>
#include <string>
#include <utility>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "notifier/channels/services.hpp"
#include "notifier/plain.hpp"

namespace tocsin::notifier {
namespace {

namespace json = boost::json;

// Counted with the marks, so that what is sent is always shorter than what is allowed.
constexpr BodyLimit kMessage{4'000, &measure_utf16};

/// {"parameters":{"retry_after":31}}
void read_wait(const net::Response& response, Attempt& attempt) {
  if (response.status != 429 || attempt.retry_after) return;
  boost::system::error_code broken;
  const auto document = json::parse(response.body, broken);
  if (broken || !document.is_object()) return;
  const auto* parameters = document.get_object().if_contains("parameters");
  const auto* inner = parameters == nullptr ? nullptr : parameters->if_object();
  const auto* wait = inner == nullptr ? nullptr : inner->if_contains("retry_after");
  if (wait == nullptr || !wait->is_int64() || wait->get_int64() <= 0) return;
  attempt.retry_after = std::chrono::seconds{std::min<std::int64_t>(wait->get_int64(), 24L * 3600)};
}

}  // namespace

Result<Service> make_telegram(const ServiceSetup& setup) {
  auto api = setup.options.base_url("api_url", "https://api.telegram.org");
  if (!api) return std::move(api).error();
  auto token = setup.options.require("token");
  if (!token) return std::move(token).error();
  auto chat = setup.options.require("chat_id");
  if (!chat) return std::move(chat).error();
  auto texts = ServiceTexts::compile(setup.options, TemplateKind::chat_html, setup.render);
  if (!texts) return std::move(texts).error();
  const auto url = *api + "/bot" + *token + "/sendMessage";
  if (!is_web_url(url)) return Error{Errc::malformed, "telegram: the token is not one"};
  Service service;
  service.gap = std::chrono::seconds{1};
  service.amend = &read_wait;
  service.compose =
      [url, chat = *chat, thread = setup.options.get("thread_id"),
       texts = std::make_shared<ServiceTexts>(std::move(*texts))](const Delivery& delivery) {
        const auto& event = delivery.event;
        json::object body;
        body["chat_id"] = chat;
        if (!thread.empty()) body["message_thread_id"] = thread;
        body["text"] = texts->body(event, chat_html_style(), kMessage);
        body["parse_mode"] = "HTML";
        body["link_preview_options"] = json::object{{"is_disabled", true}};
        if (event.severity == Severity::low) body["disable_notification"] = true;
        return Result<net::Request>(json_request(url, body));
      };
  return service;
}

}  // namespace tocsin::notifier
