// SPDX-License-Identifier: MIT
// Whatever an Apprise API server reaches: a stored configuration by its key, or URLs that are sent
// along. 204 means that nothing was there to notify, and 424 that a part of it failed.
#include <string>
#include <utility>

#include <boost/json/object.hpp>

#include "notifier/channels/services.hpp"
#include "notifier/plain.hpp"

namespace tocsin::notifier {
namespace {

namespace json = boost::json;

constexpr BodyLimit kBody{8'000, &measure_chars};
constexpr std::size_t kTitleChars = 250;

std::string_view kind_of(Severity severity) {
  switch (severity) {
    case Severity::low:
    case Severity::normal: return "info";
    case Severity::high: return "warning";
    case Severity::critical: return "failure";
  }
  return "info";
}

void read_status(const net::Response& response, Attempt& attempt) {
  if (response.status == 204) {
    attempt.outcome = Attempt::Outcome::dead;
    attempt.detail = "HTTP 204: nothing is configured under this key";
  } else if (response.status == 424) {
    attempt.outcome = Attempt::Outcome::retry;
  }
}

}  // namespace

Result<Service> make_apprise(const ServiceSetup& setup) {
  auto server = setup.options.base_url("url");
  if (!server) return std::move(server).error();
  const auto key = setup.options.get("key");
  std::string urls;
  for (const auto& url : setup.options.all("urls"))
    urls.append(urls.empty() ? "" : ",").append(url);
  if (key.empty() == urls.empty())
    return Error{Errc::malformed, "apprise: give either 'key' or 'urls'"};
  auto texts = ServiceTexts::compile(setup.options, TemplateKind::text, setup.render);
  if (!texts) return std::move(texts).error();
  Service service;
  service.amend = &read_status;
  service.compose =
      [url = *server + "/notify" + (key.empty() ? "" : "/" + percent_encode(key)), urls,
       tag = setup.options.get("tag"),
       texts = std::make_shared<ServiceTexts>(std::move(*texts))](const Delivery& delivery) {
        const auto& event = delivery.event;
        json::object body;
        body["title"] = texts->title(event, kTitleChars);
        body["body"] = texts->body(event, plain_style(), kBody);
        body["type"] = kind_of(event.severity);
        body["format"] = "text";
        if (!urls.empty()) body["urls"] = urls;
        if (!tag.empty()) body["tag"] = tag;
        return Result<net::Request>(json_request(url, body));
      };
  return service;
}

}  // namespace tocsin::notifier
