// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "base/result.hpp"

namespace tocsin::net {

enum class SmtpTls : std::uint8_t {
  none,      ///< plain text; for a relay on this machine
  starttls,  ///< STARTTLS is required, not merely tried
  tls,       ///< TLS from the first byte (port 465)
};

/// The relay that mail is handed to.
struct SmtpServer {
  std::string host;  ///< name or address, without port
  std::uint16_t port = 587;
  SmtpTls tls = SmtpTls::starttls;
  std::string username, password;  ///< empty: no authentication
  std::string oauth_token;         ///< XOAUTH2 instead of a password; empty: none
  std::string ca_file;             ///< PEM bundle to trust instead of the system's
  std::string hello_name;          ///< EHLO argument; empty: this host's name
};

/// One message for one recipient: so that each has a result of its own.
struct Mail {
  std::string from, to;  ///< bare addresses, no display name
  std::string data;      ///< header and body, CRLF line ends, no dot stuffing, no lone CR or LF
};

/// How a server answered. 2yz is success.
struct SmtpReply {
  int code = 0;       ///< the last reply, for example 250 or 451
  std::string text;   ///< scrubbed, at most some hundred bytes
  std::string stage;  ///< "greeting", "auth", "mail", "rcpt", "data": where it was said
};

/// Hands mail to a relay (RFC 5321). Abstract so that tests can script it. Loop thread only.
class SmtpClient {
 public:
  SmtpClient() = default;
  SmtpClient(const SmtpClient&) = delete;
  SmtpClient& operator=(const SmtpClient&) = delete;
  virtual ~SmtpClient() = default;

  /// Makes one attempt. A refusal by the server is a reply, not an error.
  ///
  /// Errors: unavailable (DNS, connect, TLS, connection lost), timeout, denied (STARTTLS required
  /// but not offered, certificate refused), cancelled.
  virtual boost::asio::awaitable<Result<SmtpReply>> send(SmtpServer server, Mail mail) = 0;
};

}  // namespace tocsin::net
