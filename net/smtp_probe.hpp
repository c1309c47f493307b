// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include "net/smtp_client.hpp"

namespace tocsin::net {

/// What stands between us and a relay that would take our mail.
enum class SmtpHurdle : std::uint8_t {
  none,         ///< it would be handed mail
  name,         ///< its name is not known
  connect,      ///< nothing takes connections there
  silence,      ///< it took too long
  no_starttls,  ///< it offers none, and it is required
  tls,          ///< the handshake failed: most often TLS met plain text
  certificate,  ///< it is not trusted
  ca_file,      ///< ours cannot be read
  login,        ///< it refuses user name, password or token
  no_login,     ///< it takes no login, or in no way that we know
  refusal,      ///< it answered, and wants nothing of us
  lost,         ///< the connection ended
};

struct SmtpProbe {
  SmtpHurdle hurdle = SmtpHurdle::none;
  std::string problem;  ///< one line with host and port, without secrets; empty without a hurdle
};

/// Connects to `server`, greets it, turns TLS on and logs in as `server` says, and takes its leave:
/// no mail is begun. Blocks for half a minute at most. Any thread.
SmtpProbe probe_smtp(const SmtpServer& server);

}  // namespace tocsin::net
