// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "config/config.hpp"
#include "config/fingerprint.hpp"
#include "notifier/delivery.hpp"

namespace tocsin::daemon {

/// How a reload went that was not refused.
struct Reloaded {
  std::string changes;                    ///< as `describe_changes` tells them
  std::vector<std::string> need_restart;  ///< keys whose new values are not in force yet
};

/// What a daemon reads once, when it starts.
struct ReadAtStart {
  config::StorageSpec storage;
  config::ServerSpec server;
  std::string websub_callback;

  explicit ReadAtStart(const config::Config& config);
};

/// The keys of `wanted` that differ from what the daemon started with, and that only a restart
/// brings into force: "storage.path", "server.token". Any thread: pure.
std::vector<std::string> restart_needed(const ReadAtStart& started, const ReadAtStart& wanted);

/// The answer to whoever asked for a reload: one line, or two. Any thread: pure.
std::string describe(const Reloaded& reloaded);

/// Logs it, with how many feeds, watches and receivers there are now.
void log_reload(const Reloaded& reloaded, std::size_t feeds, std::size_t watches,
                std::size_t receivers);

/// What is told of a reload that was refused.
notifier::Health refusal(const Error& reason);

/// What a reload changes, for the log: "feeds: 1 added (tass), 1 removed (bbc); watches: 2 changed
/// (jcpoa, @talks); receivers: 1 changed (desk); settings: fetch, route", at most five names of
/// each kind; "nothing" when all is as it was. Any thread: pure.
std::string describe_changes(const config::Fingerprints& before, const config::Fingerprints& after);

}  // namespace tocsin::daemon
