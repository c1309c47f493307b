// SPDX-License-Identifier: MIT
// Microsoft Teams, by a workflow webhook: an adaptive card of at most 28 kB; four requests a
// second.
#include <string>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/redact.hpp"
#include "notifier/channels/services.hpp"
#include "notifier/plain.hpp"

namespace tocsin::notifier {
namespace {

namespace json = boost::json;

constexpr BodyLimit kText{20'000, &measure_bytes};
constexpr std::size_t kTitleChars = 250;

json::object text_block(std::string text) {
  return {{"type", "TextBlock"}, {"text", std::move(text)}, {"wrap", true}};
}

json::object card(const ServiceTexts& texts, const Event& event) {
  auto style = markdown_style();
  style.newline = "\n\n";  // one line end alone is a blank to the card
  style.quote_open = "";
  style.heading_of_one = false;
  style.heading = [](std::string_view title, std::string_view url) {
    if (url.empty()) return "**" + escape_markdown(title) + "**";
    return "**[" + escape_markdown(title) + "](" + std::string(url) + ")**";
  };
  auto title = text_block(escape_markdown(texts.title(event, kTitleChars)));
  title["weight"] = "Bolder";
  title["size"] = "Medium";
  json::object out;
  out["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json";
  out["type"] = "AdaptiveCard";
  out["version"] = "1.4";
  out["body"] = json::array{std::move(title), text_block(texts.body(event, style, kText))};
  if (auto click = click_url(event); !click.empty())
    out["actions"] = json::array{
        json::object{{"type", "Action.OpenUrl"}, {"title", "Open"}, {"url", std::move(click)}}};
  return out;
}

}  // namespace

Result<Service> make_teams(const ServiceSetup& setup) {
  auto url = setup.options.base_url("url");
  if (!url) return std::move(url).error();
  auto texts = ServiceTexts::compile(setup.options, TemplateKind::markdown, setup.render);
  if (!texts) return std::move(texts).error();
  Service service;
  service.gap = std::chrono::milliseconds{250};
  service.compose = [url = *url, texts = std::make_shared<ServiceTexts>(std::move(*texts))](
                        const Delivery& delivery) {
    json::object attachment;
    attachment["contentType"] = "application/vnd.microsoft.card.adaptive";
    attachment["contentUrl"] = nullptr;
    attachment["content"] = card(*texts, delivery.event);
    json::object body{{"type", "message"}, {"attachments", json::array{std::move(attachment)}}};
    return Result<net::Request>(json_request(url, body));
  };
  // The older connectors say 200 and put what went wrong into the body.
  service.amend = [](const net::Response& response, Attempt& attempt) {
    if (attempt.outcome != Attempt::Outcome::delivered ||
        response.body.find("delivery failed") == std::string::npos)
      return;
    attempt.outcome = Attempt::Outcome::retry;
    attempt.detail = scrub(one_line(response.body.substr(0, 400)), 200);
  };
  return service;
}

}  // namespace tocsin::notifier
