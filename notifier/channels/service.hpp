// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "base/result.hpp"
#include "net/http_client.hpp"
#include "notifier/channel.hpp"
#include "notifier/channels/body.hpp"
#include "notifier/channels/make.hpp"
#include "notifier/spec.hpp"
#include "notifier/template.hpp"

namespace tocsin::notifier {

/// The options of a service, by name. Refers to the spec that it was made from.
class ServiceOptions {
 public:
  explicit ServiceOptions(const ServiceSpec& spec) : spec_(spec) {}

  [[nodiscard]] std::string get(std::string_view name, std::string_view fallback = "") const;
  [[nodiscard]] std::vector<std::string> all(std::string_view name) const;
  /// Errors: malformed when the option is not there.
  [[nodiscard]] Result<std::string> require(std::string_view name) const;
  /// The option as the base of an API's addresses: a web URL without a slash at its end.
  [[nodiscard]] Result<std::string> base_url(std::string_view name,
                                             std::string_view fallback = "") const;
  [[nodiscard]] const std::vector<std::string>& arguments() const { return spec_.arguments; }

 private:
  const ServiceSpec& spec_;
};

/// Title and text of a message: by the user's templates where they are given.
class ServiceTexts {
 public:
  static Result<ServiceTexts> compile(const ServiceOptions& options, TemplateKind kind,
                                      RenderOptions render);

  /// At most `max_chars` characters on one line; never empty.
  [[nodiscard]] std::string title(const Event& event, std::size_t max_chars) const;
  [[nodiscard]] std::string body(const Event& event, const BodyStyle& style,
                                 const BodyLimit& limit) const;
  /// True when the text is the user's own.
  [[nodiscard]] bool has_text() const { return text_.has_value(); }

 private:
  std::optional<Template> title_, text_;
  TemplateKind kind_{};  ///< of the text
  RenderOptions render_;
};

/// What a ready-made service is: how an event becomes a request, and what an answer means.
struct Service {
  std::function<Result<net::Request>(const Delivery& delivery)> compose;
  /// Looks behind a status that does not tell the truth; may be empty.
  std::function<void(const net::Response& response, Attempt& attempt)> amend;
  /// Least gap between two requests, which the service asks for.
  std::chrono::milliseconds gap{0};
};

/// What a service is made from.
struct ServiceSetup {
  const ReceiverSpec& receiver;
  ServiceOptions options;
  RenderOptions render;
};

/// Wraps `service` into a channel: sends, keeps the gap, judges the answer. Errors: malformed.
Result<std::unique_ptr<Channel>> make_service_channel(Service service, const ServiceSetup& setup,
                                                      const ChannelDeps& deps);

/// A request that posts `body` as JSON.
net::Request json_request(std::string url, const boost::json::object& body);

/// A URL to open for `event`: of its only item, else the console's; empty when there is none.
std::string click_url(const Event& event);

}  // namespace tocsin::notifier
