// SPDX-License-Identifier: MIT
// A Matrix room. An event holds 65,536 bytes with both its forms. The transaction id is the alert's
// own id, so that the server itself drops what is sent twice.
#include <algorithm>
#include <string>
#include <utility>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "notifier/channels/services.hpp"
#include "notifier/plain.hpp"

namespace tocsin::notifier {
namespace {

namespace json = boost::json;

constexpr BodyLimit kPlain{16'000, &measure_bytes};
constexpr BodyLimit kRich{32'000, &measure_bytes};

BodyStyle rich_style() {
  auto style = chat_html_style();
  style.newline = "<br>";
  style.quote_open = "<blockquote>";
  style.quote_close = "</blockquote>";
  return style;
}

/// {"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":2000}
void read_wait(const net::Response& response, Attempt& attempt) {
  if (response.status != 429 || attempt.retry_after) return;
  boost::system::error_code broken;
  const auto document = json::parse(response.body, broken);
  if (broken || !document.is_object()) return;
  const auto* wait = document.get_object().if_contains("retry_after_ms");
  if (wait == nullptr || !wait->is_int64() || wait->get_int64() <= 0) return;
  attempt.retry_after =
      std::chrono::milliseconds{std::min<std::int64_t>(wait->get_int64(), 24L * 3'600'000)};
}

}  // namespace

Result<Service> make_matrix(const ServiceSetup& setup) {
  auto server = setup.options.base_url("homeserver");
  if (!server) return std::move(server).error();
  auto room = setup.options.require("room");
  if (!room) return std::move(room).error();
  auto token = setup.options.require("token");
  if (!token) return std::move(token).error();
  auto texts = ServiceTexts::compile(setup.options, TemplateKind::chat_html, setup.render);
  if (!texts) return std::move(texts).error();
  Service service;
  service.gap = std::chrono::milliseconds{200};
  service.amend = &read_wait;
  service.compose = [base = *server + "/_matrix/client/v3/rooms/" + percent_encode(*room) +
                            "/send/m.room.message/",
                     token = *token, texts = std::make_shared<ServiceTexts>(std::move(*texts))](
                        const Delivery& delivery) {
    const auto& event = delivery.event;
    json::object body;
    body["msgtype"] = event.severity == Severity::low ? "m.notice" : "m.text";
    body["body"] = message_body(event, plain_style(), kPlain);
    body["format"] = "org.matrix.custom.html";
    body["formatted_body"] = texts->body(event, rich_style(), kRich);
    auto request = json_request(base + percent_encode(event.id), body);
    request.method = "PUT";
    request.headers.emplace_back("authorization", "Bearer " + token);
    return Result<net::Request>(std::move(request));
  };
  return service;
}

}  // namespace tocsin::notifier
