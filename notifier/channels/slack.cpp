// SPDX-License-Identifier: MIT
// Slack, by an incoming webhook. A section holds 3,000 characters and a message 50 blocks; one
// message a second and webhook. "<!channel>" in a title stays text, for < and > are escaped.
#include <string>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "notifier/channels/services.hpp"

namespace tocsin::notifier {
namespace {

namespace json = boost::json;

constexpr BodyLimit kSection{2'900, &measure_chars};
constexpr std::size_t kTitleChars = 300;

json::object section(std::string text) {
  json::object inner{{"type", "mrkdwn"}, {"text", std::move(text)}};
  return {{"type", "section"}, {"text", std::move(inner)}};
}

}  // namespace

Result<Service> make_slack(const ServiceSetup& setup) {
  auto url = setup.options.base_url("url");
  if (!url) return std::move(url).error();
  auto texts = ServiceTexts::compile(setup.options, TemplateKind::mrkdwn, setup.render);
  if (!texts) return std::move(texts).error();
  Service service;
  service.gap = std::chrono::seconds{1};
  service.compose = [url = *url, texts = std::make_shared<ServiceTexts>(std::move(*texts)),
                     channel = setup.options.get("channel"),
                     username = setup.options.get("username")](const Delivery& delivery) {
    const auto& event = delivery.event;
    json::object body;
    body["text"] = escape_mrkdwn(texts->title(event, kTitleChars));  // notifications, old clients
    body["blocks"] = json::array{section(texts->body(event, mrkdwn_style(), kSection))};
    body["unfurl_links"] = false;
    if (!channel.empty()) body["channel"] = channel;
    if (!username.empty()) body["username"] = username;
    return Result<net::Request>(json_request(url, body));
  };
  return service;
}

}  // namespace tocsin::notifier
