// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

namespace tocsin::demo {

/// One request as it came.
struct HookRequest {
  std::string method, target;
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
  std::string body;
  bool signature_ok = false;  ///< signed as Standard Webhooks wants it, with the sink's secret

  /// The first header `name` (lower case), or "".
  [[nodiscard]] std::string_view header(std::string_view name) const noexcept;
};

/// What the sink answers.
struct HookAnswer {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  bool hang_up = false;  ///< close the connection instead of answering
};

/// A web server on loopback that takes webhooks: it checks their signatures, keeps them and answers
/// as it is told. For `tocsin demo` and for tests.
///
/// All of it belongs to the thread that runs `loop`; the constructor listens on a free port, and
/// accepts until it is destroyed. No callback comes after that.
class HookSink {
 public:
  /// `secret` as in notifier/webhook_signature.hpp; empty: signatures are not looked at.
  explicit HookSink(boost::asio::any_io_executor loop, std::string secret = {});
  ~HookSink();
  HookSink(const HookSink&) = delete;
  HookSink& operator=(const HookSink&) = delete;

  /// Decides the answer to a request; 200 without a body when not set.
  std::function<HookAnswer(const HookRequest&)> answer;
  /// Told of every request, before it is answered.
  std::function<void(const HookRequest&)> on_request;

  [[nodiscard]] std::string base_url() const;  ///< "http://127.0.0.1:PORT"
  /// Every request so far, oldest first; at most the last thousand.
  [[nodiscard]] const std::vector<HookRequest>& requests() const noexcept;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace tocsin::demo
