// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "net/detail/curl_handles.hpp"
#include "net/detail/decoder.hpp"
#include "net/http.hpp"

namespace tocsin::net::detail {

/// One HTTP exchange: the easy handle set up for a request, and what its callbacks gather. It must
/// stay where it is while the transfer runs.
class Transfer {
 public:
  explicit Transfer(const Request& request);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  [[nodiscard]] CURL* easy() const noexcept { return easy_.get(); }

  /// The response after a transfer that ended well. Errors: malformed (a compressed body that is
  /// cut inside).
  Result<Response> take_response();

  /// What a transfer that ended with `code` means.
  [[nodiscard]] Error describe(CURLcode code) const;

 private:
  enum class Limit : std::uint8_t { none, body, headers, coding };

  static std::size_t on_body(char* bytes, std::size_t one, std::size_t count, void* self);
  static std::size_t on_header(char* bytes, std::size_t one, std::size_t count, void* self);
  static curl_socket_t on_open(void* self, curlsocktype purpose, curl_sockaddr* address);
  static int on_request(void* self, char* to_address, char* local, int to_port, int local_port);
  bool take_body(std::string_view bytes);
  bool choose_decoder();
  void set_up();
  void set_up_request();
  void set_up_safety();

  const Request& request_;
  Easy easy_;
  List headers_;
  Response response_;
  std::unique_ptr<Decoder> decoder_;  // null: the body comes as it is
  std::size_t header_bytes_ = 0;
  std::size_t body_bytes_ = 0;  // before decompression
  Limit hit_ = Limit::none;
  std::string refused_address_;  // by the guard; empty: none
};

}  // namespace tocsin::net::detail
