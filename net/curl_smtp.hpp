// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <boost/asio/any_io_executor.hpp>

#include "net/smtp_client.hpp"

namespace tocsin::net {

/// `SmtpClient` by libcurl on a few threads for each relay, so that one that hangs holds up its own
/// mail alone; connections to a relay are reused while it keeps them. The wait for the answer to
/// the final dot is long (RFC 5321, 4.5.3.2.6): giving up there makes copies.
///
/// Not on the loop: libcurl 7.88 waits for that answer inside its state machine, in the multi
/// interface too, so a slow relay would stop every poll.
class CurlSmtpClient final : public SmtpClient {
 public:
  /// `loop` must run on one thread and outlive the client.
  explicit CurlSmtpClient(boost::asio::any_io_executor loop);
  ~CurlSmtpClient() override;

  boost::asio::awaitable<Result<SmtpReply>> send(SmtpServer server, Mail mail) override;

 private:
  struct Job;
  struct Line;
  struct Relay;
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tocsin::net
