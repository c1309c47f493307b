// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

namespace tocsin::demo {

/// One message that was taken.
struct ReceivedMail {
  std::string from;             ///< of MAIL
  std::vector<std::string> to;  ///< of every RCPT that was accepted
  std::string data;             ///< dots unstuffed, without the final dot
  std::string login;            ///< who authenticated; empty: nobody
};

/// A mail server (SMTP, RFC 5321) on loopback that takes every message, keeps it and passes nothing
/// on. It refuses what it is told to. For `tocsin demo` and for tests.
///
/// All of it belongs to the thread that runs `loop`; the constructor listens on a free port, and
/// accepts until it is destroyed. No callback comes after that. No TLS.
class MailSink {
 public:
  explicit MailSink(boost::asio::any_io_executor loop);
  ~MailSink();
  MailSink(const MailSink&) = delete;
  MailSink& operator=(const MailSink&) = delete;

  /// Decides the reply at `stage`: "greeting", "ehlo", "auth", "mail", "rcpt", "data" (the command)
  /// or "body" (after the final dot); `argument` is the address or the message. "" is the usual
  /// reply, "drop" closes the connection, anything else is sent: "451 greylisted, try later".
  std::function<std::string(std::string_view stage, std::string_view argument)> script;
  /// Told of every message, after it was taken.
  std::function<void(const ReceivedMail&)> on_mail;

  std::string username, password;  ///< wanted of AUTH PLAIN and LOGIN; empty: AUTH is not offered
  std::string oauth_token;         ///< wanted of AUTH XOAUTH2

  [[nodiscard]] std::string address() const;  ///< "127.0.0.1:PORT"
  [[nodiscard]] std::uint16_t port() const;
  /// Every message so far, oldest first; at most the last thousand.
  [[nodiscard]] const std::vector<ReceivedMail>& mails() const noexcept;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace tocsin::demo
