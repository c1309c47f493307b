// SPDX-License-Identifier: MIT
// Discord, by a webhook: one embed with a title of 256 and a description of 4,096 characters;
// five requests in two seconds. Nobody is mentioned, whatever a title says.
#include <string>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/time_format.hpp"
#include "notifier/channels/services.hpp"

namespace tocsin::notifier {
namespace {

namespace json = boost::json;

constexpr BodyLimit kDescription{4'000, &measure_utf16};
constexpr std::size_t kTitleChars = 250;

int colour(Severity severity) {
  switch (severity) {
    case Severity::low: return 0x9AA0A6;
    case Severity::normal: return 0x1A73E8;
    case Severity::high: return 0xE37400;
    case Severity::critical: return 0xC5221F;
  }
  return 0x1A73E8;
}

}  // namespace

Result<Service> make_discord(const ServiceSetup& setup) {
  auto url = setup.options.base_url("url");
  if (!url) return std::move(url).error();
  auto texts = ServiceTexts::compile(setup.options, TemplateKind::markdown, setup.render);
  if (!texts) return std::move(texts).error();
  Service service;
  service.gap = std::chrono::milliseconds{400};
  service.compose = [url = *url, texts = std::make_shared<ServiceTexts>(std::move(*texts)),
                     username = setup.options.get("username")](const Delivery& delivery) {
    const auto& event = delivery.event;
    auto style = markdown_style();
    style.heading_of_one = false;
    json::object embed;
    embed["title"] = texts->title(event, kTitleChars);
    embed["description"] = texts->body(event, style, kDescription);
    embed["color"] = colour(event.severity);
    embed["timestamp"] = format_rfc3339(event.time);
    if (auto click = click_url(event); !click.empty()) embed["url"] = std::move(click);
    json::object body;
    body["embeds"] = json::array{std::move(embed)};
    body["allowed_mentions"] = json::object{{"parse", json::array{}}};
    if (!username.empty()) body["username"] = username;
    return Result<net::Request>(json_request(url, body));
  };
  return service;
}

}  // namespace tocsin::notifier
