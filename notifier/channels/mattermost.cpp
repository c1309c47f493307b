// SPDX-License-Identifier: MIT
// Mattermost, by an incoming webhook: Markdown of at most 16,383 characters a post.
#include <string>
#include <utility>

#include <boost/json/object.hpp>

#include "notifier/channels/services.hpp"

namespace tocsin::notifier {
namespace {

constexpr BodyLimit kPost{16'000, &measure_chars};

}  // namespace

Result<Service> make_mattermost(const ServiceSetup& setup) {
  auto url = setup.options.base_url("url");
  if (!url) return std::move(url).error();
  auto texts = ServiceTexts::compile(setup.options, TemplateKind::markdown, setup.render);
  if (!texts) return std::move(texts).error();
  Service service;
  service.gap = std::chrono::milliseconds{100};  // the server's default allows ten a second
  service.compose = [url = *url, texts = std::make_shared<ServiceTexts>(std::move(*texts)),
                     channel = setup.options.get("channel"),
                     username = setup.options.get("username")](const Delivery& delivery) {
    boost::json::object body;
    body["text"] = texts->body(delivery.event, markdown_style(), kPost);
    if (!channel.empty()) body["channel"] = channel;
    if (!username.empty()) body["username"] = username;
    return Result<net::Request>(json_request(url, body));
  };
  return service;
}

}  // namespace tocsin::notifier
