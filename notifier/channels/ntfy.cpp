// SPDX-License-Identifier: MIT
// An ntfy topic: messages of at most 4,096 bytes (longer ones would become attachments).
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "notifier/channels/services.hpp"

namespace tocsin::notifier {
namespace {

namespace json = boost::json;

constexpr BodyLimit kMessage{3'900, &measure_bytes};
constexpr std::size_t kTitleChars = 200;

/// ntfy's 1 (min) to 5 (max), by number or name; 0: not one of them.
int priority_number(std::string_view text) {
  constexpr std::array<std::string_view, 5> kNames = {"min", "low", "default", "high", "max"};
  if (text == "urgent") return 5;
  if (text.size() == 1 && text[0] >= '1' && text[0] <= '5') return text[0] - '0';
  const auto* const found = std::find(kNames.begin(), kNames.end(), text);
  return found == kNames.end() ? 0 : static_cast<int>(found - kNames.begin()) + 1;
}

int priority_of(Severity severity) {
  switch (severity) {
    case Severity::low: return 2;
    case Severity::normal: return 3;
    case Severity::high: return 4;
    case Severity::critical: return 5;
  }
  return 3;
}

json::array split_tags(std::string_view text) {
  json::array out;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    auto tag = text.substr(0, comma);
    while (tag.starts_with(' ')) tag.remove_prefix(1);
    while (tag.ends_with(' ')) tag.remove_suffix(1);
    if (!tag.empty()) out.emplace_back(json::string_view(tag.data(), tag.size()));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

}  // namespace

Result<Service> make_ntfy(const ServiceSetup& setup) {
  auto url = setup.options.base_url("url", "https://ntfy.sh");
  if (!url) return std::move(url).error();
  auto topic = setup.options.require("topic");
  if (!topic) return std::move(topic).error();
  const auto priority = setup.options.get("priority");
  if (!priority.empty() && priority_number(priority) == 0)
    return Error{Errc::malformed,
                 "ntfy: 'priority' is one of min, low, default, high, max, 1 to 5"};
  auto texts = ServiceTexts::compile(setup.options, TemplateKind::text, setup.render);
  if (!texts) return std::move(texts).error();
  Service service;
  service.compose =
      [url = *url, topic = *topic, fixed = priority_number(priority),
       tags = split_tags(setup.options.get("tags")), token = setup.options.get("token"),
       username = setup.options.get("username"), password = setup.options.get("password"),
       texts = std::make_shared<ServiceTexts>(std::move(*texts))](const Delivery& delivery) {
        const auto& event = delivery.event;
        auto style = plain_style();
        style.heading_of_one = false;
        json::object body;
        body["topic"] = topic;
        body["title"] = texts->title(event, kTitleChars);
        body["message"] = texts->body(event, style, kMessage);
        body["priority"] = fixed != 0 ? fixed : priority_of(event.severity);
        if (!tags.empty()) body["tags"] = tags;
        if (auto click = click_url(event); !click.empty()) body["click"] = std::move(click);
        auto request = json_request(url, body);
        if (!token.empty()) request.headers.emplace_back("authorization", "Bearer " + token);
        request.username = username;
        request.password = password;
        return Result<net::Request>(std::move(request));
      };
  return service;
}

}  // namespace tocsin::notifier
