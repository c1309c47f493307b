// SPDX-License-Identifier: MIT
// PagerDuty, by the Events API v2: a summary of 1,024 characters. Alerts of one group share an
// incident, for its key is the group's.
#include <string>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/digest.hpp"
#include "base/time_format.hpp"
#include "notifier/channels/services.hpp"
#include "notifier/plain.hpp"
#include "notifier/wording.hpp"

namespace tocsin::notifier {
namespace {

namespace json = boost::json;

constexpr BodyLimit kDetails{20'000, &measure_bytes};
constexpr std::size_t kSummaryChars = 1'000;
constexpr std::size_t kMostLinks = 20;

std::string_view grade(Severity severity) {
  switch (severity) {
    case Severity::low: return "info";
    case Severity::normal: return "warning";
    case Severity::high: return "error";
    case Severity::critical: return "critical";
  }
  return "warning";
}

json::array links(const Event& event) {
  json::array out;
  for (const auto& item : event.items) {
    if (out.size() == kMostLinks) break;
    if (is_web_url(item.url))
      out.push_back(json::object{{"href", item.url}, {"text", cut_at_word(title_of(item), 200)}});
  }
  return out;
}

json::object payload(const ServiceTexts& texts, const Event& event, const std::string& source) {
  json::object out;
  out["summary"] = headline(event, kSummaryChars);
  out["source"] = source;
  out["severity"] = grade(event.severity);
  out["timestamp"] = format_rfc3339(event.time);
  out["group"] = cut_at_word(one_line(watch_names(event)), 200);
  out["class"] = to_string(event.type);
  out["custom_details"] = json::object{{"text", texts.body(event, plain_style(), kDetails)}};
  return out;
}

}  // namespace

Result<Service> make_pagerduty(const ServiceSetup& setup) {
  auto api = setup.options.base_url("url", "https://events.pagerduty.com");
  if (!api) return std::move(api).error();
  auto key = setup.options.require("routing_key");
  if (!key) return std::move(key).error();
  auto texts = ServiceTexts::compile(setup.options, TemplateKind::text, setup.render);
  if (!texts) return std::move(texts).error();
  Service service;
  service.compose = [url = *api + "/v2/enqueue", key = *key, source = setup.render.source,
                     texts = std::make_shared<ServiceTexts>(std::move(*texts))](
                        const Delivery& delivery) {
    const auto& event = delivery.event;
    json::object body;
    body["routing_key"] = key;
    body["event_action"] = "trigger";
    body["dedup_key"] =
        stable_id(event.receiver + "\n" + (event.group_key.empty() ? event.id : event.group_key));
    body["client"] = "tocsin";
    if (is_web_url(event.console_url)) body["client_url"] = event.console_url;
    body["payload"] = payload(*texts, event, source);
    if (auto found = links(event); !found.empty()) body["links"] = std::move(found);
    return Result<net::Request>(json_request(url, body));
  };
  return service;
}

}  // namespace tocsin::notifier
