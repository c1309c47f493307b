// SPDX-License-Identifier: MIT
// Pushover: a title of 250, a message of 1,024, a URL of 512 characters. Priority 2 wants to be
// told how often and how long it shall ring.
#include <charconv>
#include <string>
#include <utility>

#include <boost/json/object.hpp>

#include "notifier/channels/services.hpp"
#include "notifier/plain.hpp"

namespace tocsin::notifier {
namespace {

namespace json = boost::json;

constexpr BodyLimit kMessage{1'000, &measure_chars};
constexpr std::size_t kTitleChars = 240;
constexpr std::size_t kUrlChars = 512;
constexpr int kEmergency = 2;

int priority_of(Severity severity) {
  switch (severity) {
    case Severity::low: return -1;
    case Severity::normal: return 0;
    case Severity::high:
    case Severity::critical: return 1;  // 2 rings until somebody answers: only by wish
  }
  return 0;
}

/// The option `priority`, or nothing for one by severity. Errors: malformed.
Result<std::optional<int>> fixed_priority(const ServiceOptions& options) {
  const auto text = options.get("priority");
  if (text.empty()) return std::optional<int>();
  int value = 0;
  const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (bad != std::errc{} || end != text.data() + text.size() || value < -2 || value > kEmergency)
    return Error{Errc::malformed, "pushover: 'priority' is a number from -2 to 2"};
  return std::optional<int>(value);
}

}  // namespace

Result<Service> make_pushover(const ServiceSetup& setup) {
  auto api = setup.options.base_url("api_url", "https://api.pushover.net");
  if (!api) return std::move(api).error();
  auto token = setup.options.require("token");
  if (!token) return std::move(token).error();
  auto user = setup.options.require("user");
  if (!user) return std::move(user).error();
  auto fixed = fixed_priority(setup.options);
  if (!fixed) return std::move(fixed).error();
  auto texts = ServiceTexts::compile(setup.options, TemplateKind::chat_html, setup.render);
  if (!texts) return std::move(texts).error();
  Service service;
  service.compose =
      [url = *api + "/1/messages.json", token = *token, user = *user, fixed = *fixed,
       device = setup.options.get("device"), sound = setup.options.get("sound"),
       texts = std::make_shared<ServiceTexts>(std::move(*texts))](const Delivery& delivery) {
        const auto& event = delivery.event;
        auto style = chat_html_style();
        style.heading_of_one = false;
        const int priority = fixed.value_or(priority_of(event.severity));
        json::object body;
        body["token"] = token;
        body["user"] = user;
        body["title"] = texts->title(event, kTitleChars);
        body["message"] = texts->body(event, style, kMessage);
        body["html"] = 1;
        body["priority"] = priority;
        if (priority == kEmergency) {
          body["retry"] = 60;
          body["expire"] = 3'600;
        }
        if (auto click = click_url(event); !click.empty() && char_count(click) <= kUrlChars)
          body["url"] = std::move(click);
        if (!device.empty()) body["device"] = device;
        if (!sound.empty()) body["sound"] = sound;
        return Result<net::Request>(json_request(url, body));
      };
  return service;
}

}  // namespace tocsin::notifier
