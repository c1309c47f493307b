// SPDX-License-Identifier: MIT
#include <cerrno>
#include <csignal>
#include <fstream>
#include <iostream>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "app/command.hpp"
#include "app/http_once.hpp"
#include "app/options.hpp"
#include "app/settings.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin reload --config FILE

Tells the running daemon to read its configuration again. The file is checked here first; one that
the daemon refuses changes nothing, and the reason is shown. Where the configuration names a server
with a token, the daemon is asked over HTTP and answers how it went; else it gets SIGHUP, and its
log tells.

  --config FILE   the configuration that the daemon runs on

Exit status: 0 when it was taken over (or the signal was sent); 1 when it was refused or no daemon
runs; 2 when the file is not valid.

Example:
  tocsin reload --config /etc/tocsin/tocsin.yaml
)";

int over_http(const config::ServerSpec& server) {
  net::Request request;
  request.method = "POST";
  const bool v6 = server.host.find(':') != std::string::npos;
  const std::string any = v6 ? "[::1]" : "127.0.0.1";
  const bool everywhere = server.host == "0.0.0.0" || server.host == "::";
  const auto host = everywhere || v6 ? any : server.host;
  request.url = "http://" + host + ":" + std::to_string(server.port) + "/-/reload";
  request.headers.emplace_back("Authorization", "Bearer " + server.token);
  request.allow_private = true;
  const auto response = http_once(std::move(request));
  if (!response) {
    std::cerr << "tocsin reload: " << response.error().message << '\n';
    return kFindings;
  }
  (response->status == 200 ? std::cout : std::cerr) << response->body;
  return response->status == 200 ? kFine : kFindings;
}

/// The process that holds the lock of `folder`; 0: none runs.
pid_t daemon_of(const std::filesystem::path& folder) {
  const auto file = folder / "tocsin.lock";
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);  // NOLINT(*-vararg)
  if (fd < 0) return 0;
  // A process id alone proves nothing: the one that wrote it may be long gone.
  const bool held = ::flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  ::close(fd);
  pid_t pid = 0;
  std::ifstream(file) >> pid;
  return held && pid > 1 ? pid : 0;
}

int by_signal(const std::filesystem::path& folder) {
  const auto pid = daemon_of(folder);
  if (pid == 0 || ::kill(pid, SIGHUP) != 0) {
    std::cerr << "tocsin reload: no daemon that we may signal runs on " << folder.native()
              << "; where storage.path has changed, restart it instead\n";
    return kFindings;
  }
  std::cout << "SIGHUP sent to process " << pid << "; its log tells how it went\n";
  return kFine;
}

int run(const Args& args) {
  const auto options = parse_options(args, {{"--config", true}});
  if (!options) return usage_error("reload", options.error().message);
  if (!options->operands.empty() || !options->has("--config"))
    return usage_error("reload", "takes --config FILE and nothing else");
  const auto settings = load_settings(options->value("--config"), {}, std::cerr);
  if (!settings) return kUsage;
  const auto& server = settings->config.server;
  if (!server.listen.empty() && !server.token.empty()) return over_http(server);
  return by_signal(settings->config.storage.path);
}

}  // namespace

const Command kReloadCommand = {"reload", "make the daemon read its configuration again", kHelp,
                                &run};

}  // namespace tocsin::app
