// SPDX-License-Identifier: MIT
// A Gotify application.
#include <charconv>
#include <string>
#include <utility>

#include <boost/json/object.hpp>

#include "notifier/channels/services.hpp"

namespace tocsin::notifier {
namespace {

namespace json = boost::json;

constexpr BodyLimit kMessage{8'000, &measure_chars};
constexpr std::size_t kTitleChars = 250;

int priority_of(Severity severity) {
  switch (severity) {
    case Severity::low: return 2;
    case Severity::normal: return 5;
    case Severity::high: return 7;
    case Severity::critical: return 10;
  }
  return 5;
}

/// How a client shows the message and what a tap opens.
json::object extras(const Event& event) {
  json::object out;
  out["client::display"] = json::object{{"contentType", "text/markdown"}};
  if (auto click = click_url(event); !click.empty())
    out["client::notification"] = json::object{{"click", json::object{{"url", std::move(click)}}}};
  return out;
}

}  // namespace

Result<Service> make_gotify(const ServiceSetup& setup) {
  auto url = setup.options.base_url("url");
  if (!url) return std::move(url).error();
  auto token = setup.options.require("token");
  if (!token) return std::move(token).error();
  const auto priority = setup.options.get("priority");
  int fixed = -1;
  if (!priority.empty() &&
      std::from_chars(priority.data(), priority.data() + priority.size(), fixed).ec != std::errc{})
    return Error{Errc::malformed, "gotify: 'priority' is a number from 0 to 10"};
  auto texts = ServiceTexts::compile(setup.options, TemplateKind::markdown, setup.render);
  if (!texts) return std::move(texts).error();
  Service service;
  service.compose =
      [url = *url + "/message", token = *token, fixed,
       texts = std::make_shared<ServiceTexts>(std::move(*texts))](const Delivery& delivery) {
        const auto& event = delivery.event;
        json::object body;
        body["title"] = texts->title(event, kTitleChars);
        body["message"] = texts->body(event, markdown_style(), kMessage);
        body["priority"] = fixed >= 0 ? fixed : priority_of(event.severity);
        body["extras"] = extras(event);
        auto request = json_request(url, body);
        request.headers.emplace_back("x-gotify-key", token);
        return Result<net::Request>(std::move(request));
      };
  return service;
}

}  // namespace tocsin::notifier
