// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "net/detail/curl_handles.hpp"
#include "net/smtp_client.hpp"

namespace tocsin::net::detail {

/// One talk with a relay: the handle and what its callbacks see of it. One thread at a time, and
/// whatever is given to it outlives it.
class SmtpConversation {
  using Clock = std::chrono::steady_clock;

 public:
  /// `easy` may have served before: its open connection is then used again. `stop` ends the
  /// conversation early once it is true. Without a `mail` the talk ends where a mail would begin.
  SmtpConversation(const SmtpServer& server, const Mail* mail, CURL* easy,
                   const std::function<bool()>& stop);
  SmtpConversation(const SmtpConversation&) = delete;
  SmtpConversation& operator=(const SmtpConversation&) = delete;

  /// Has the whole conversation; blocks for as long as the server takes.
  CURLcode perform();

  /// What the server said last. A code from 400 on is its refusal, whatever `perform` returned.
  [[nodiscard]] const SmtpReply& reply() const noexcept { return reply_; }

 private:
  void set_up();
  void set_up_mail();
  void set_up_security();
  void heard_from_us(std::string_view line);
  void heard_from_server(std::string_view line);

  static std::size_t on_read(char* to, std::size_t one, std::size_t count, void* self);
  static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
  static int on_debug(CURL*, curl_infotype kind, char* bytes, std::size_t size, void* self);

  const SmtpServer& server_;
  const Mail* mail_;
  CURL* easy_;
  const std::function<bool()>& stop_;
  List to_;
  std::string url_, from_;
  std::size_t sent_ = 0;
  std::string stage_ = "greeting";
  SmtpReply reply_;
  Clock::time_point last_step_ = Clock::now();  ///< of the relay, or of the text's way to it
  bool too_quiet_ = false;
  bool over_ = false;  ///< QUIT was said: what follows is no answer to the mail
};

/// A transfer that failed on its way, as an error of `SmtpClient`.
Error describe_smtp(CURLcode code, const SmtpServer& server);

}  // namespace tocsin::net::detail
