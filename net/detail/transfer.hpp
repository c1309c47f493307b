// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "net/detail/body_room.hpp"
#include "net/detail/curl_handles.hpp"
#include "net/detail/curl_multi.hpp"
#include "net/detail/decoder.hpp"
#include "net/http.hpp"

namespace tocsin::net::detail {

/// One HTTP exchange: the easy handle set up for a request, and what its callbacks gather. It must
/// stay where it is while the transfer runs.
class Transfer {
 public:
  /// What large bodies need: a place in `room`, or else to be resumed when there may be one. Both
  /// outlive the transfer.
  struct Space {
    BodyRoom& room;
    CurlMulti& multi;
  };

  /// `easy` is fresh or reset. `address` is the one to connect to, as getnameinfo() prints it;
  /// empty: libcurl finds it (the URL holds an address, or a proxy is asked).
  Transfer(const Request& request, Easy easy, const std::string& address, Space space);
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  [[nodiscard]] CURL* easy() const noexcept { return easy_.get(); }

  /// The response after a transfer that ended well. Errors: malformed (a head or a compressed body
  /// that is cut inside).
  Result<Response> take_response();

  /// Whether the head has arrived and nothing hangs on the body: any answer but a 2xx, and a 2xx to
  /// a request that asked for no more or wants no such body. However the body ends then, there is a
  /// response.
  [[nodiscard]] bool head_is_enough() const noexcept { return head_arrived_.has_value(); }

  /// Whether the transfer ended before any connection stood.
  [[nodiscard]] bool unreached(CURLcode code) const;

  /// Gives the handle back, reset, for another transfer. The last thing that is asked of this one.
  Easy release();

  /// What a transfer that ended with `code` means.
  [[nodiscard]] Error describe(CURLcode code) const;

 private:
  enum class Limit : std::uint8_t { none, body, headers, coding };

  static std::size_t on_body(char* bytes, std::size_t one, std::size_t count, void* self);
  static std::size_t on_header(char* bytes, std::size_t one, std::size_t count, void* self);
  static curl_socket_t on_open(void* self, curlsocktype purpose, curl_sockaddr* address);
  static int on_request(void* self, char* to_address, char* local, int to_port, int local_port);
  static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
  void take_header_line(std::string_view line);
  enum class Taken : std::uint8_t { all, stop, wait };
  Taken take_body(std::string_view bytes);
  Taken take_some(std::string_view& bytes, std::size_t most);
  bool has_room(std::size_t more);
  bool choose_decoder();
  [[nodiscard]] bool head_decides() const;
  void set_up();
  void set_up_request();
  void set_up_safety();
  void set_up_address(const std::string& address);

  const Request& request_;
  Easy easy_;
  Space space_;
  List headers_, connect_to_;
  Response response_;
  std::unique_ptr<Decoder> decoder_;  // null: the body comes as it is
  std::optional<std::chrono::steady_clock::time_point> head_arrived_;  // one that decides
  bool head_ended_ = false;                                            // of the final answer
  std::array<char, CURL_ERROR_SIZE> reason_{};  // of a failure, in libcurl's words
  int status_ = 0;                              // of the head that is arriving
  bool unwanted_ = false;                       // the body, as the sender judged by the head
  std::size_t header_bytes_ = 0;
  std::size_t body_bytes_ = 0;  // before decompression
  std::size_t ahead_ = 0;       // of these: of the piece that libcurl will hand over once more
  Limit hit_ = Limit::none;
  std::string refused_address_;  // by the guard; empty: none
};

}  // namespace tocsin::net::detail
