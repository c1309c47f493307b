// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "config/config.hpp"
#include "daemon/daemon.hpp"
#include "web/metrics.hpp"
#include "web/server.hpp"

namespace tocsin::app {

/// What an operator sees of a running daemon: health, metrics, reload and alert feeds over HTTP.
///
/// Make it before the daemon, and `close` it before the daemon goes. Loop thread only.
class Console {
 public:
  using Receivers = std::vector<notifier::ReceiverSpec>;

  explicit Console(const Clock& clock);
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  /// Counts what a daemon with these options does.
  void observe(daemon::DaemonOptions& options);

  /// Serves what `server` says on the daemon's loop, and the Atom feeds that `receivers` write;
  /// nothing when it names no address. The daemon outlives the server. Errors: those of
  /// Server::listen.
  Result<void> serve(const config::ServerSpec& server, const Receivers& receivers,
                     daemon::Daemon& daemon);

  /// Ends the server.
  void close() { server_.reset(); }

  /// The port of the server; 0: none.
  [[nodiscard]] std::uint16_t port() const { return server_ ? server_->port() : std::uint16_t{0}; }

 private:
  void add_health(daemon::Daemon& daemon);
  void add_metrics(daemon::Daemon& daemon);
  void add_reload(daemon::Daemon& daemon);
  void add_hub_callback(daemon::Daemon& daemon);
  void add_alert_feeds();

  const Clock& clock_;
  web::Metrics metrics_;
  std::map<std::string, std::string> alert_feeds_;  // files, by path; as last configured
  std::optional<web::Server> server_;
};

}  // namespace tocsin::app
