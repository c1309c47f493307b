// SPDX-License-Identifier: MIT
// The program under a supervisor: what it tells systemd, and how it stops and reloads.
#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/e2e/world.hpp"

namespace tocsin::testing {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// The socket of a service manager, in the environment of programs that are started meanwhile.
class NotifySocket {
 public:
  explicit NotifySocket(const ScratchFolder& folder)
      : fd_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    const auto path = (folder.path() / "notify").string();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof(address.sun_path) - 1);
    if (::bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
      throw std::runtime_error("cannot bind " + path);
    ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
    ::setenv("WATCHDOG_USEC", "1000000", 1);
  }
  ~NotifySocket() {
    ::unsetenv("NOTIFY_SOCKET");
    ::unsetenv("WATCHDOG_USEC");
    ::close(fd_);
  }
  NotifySocket(const NotifySocket&) = delete;
  NotifySocket& operator=(const NotifySocket&) = delete;

  /// The next message that begins with `what`; others are passed over. "" when none came in time.
  std::string next(const std::string& what) {
    for (;;) {
      pollfd waiting{fd_, POLLIN, 0};
      if (::poll(&waiting, 1, 20'000) <= 0) return "";
      std::array<char, 4096> buffer{};
      const auto size = ::recv(fd_, buffer.data(), buffer.size(), 0);
      const std::string message(buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
      if (message.starts_with(what)) return message;
    }
  }

 private:
  int fd_;
};

class Service : public ::testing::Test {
 protected:
  std::string configuration(const std::string& watches) {
    return folder.write("tocsin.yaml",
                        "feeds: [{url: \"file:///dev/null\", allow_file: true}]\nwatches:\n" +
                            watches + "storage: {path: \"" + (folder.path() / "state").string() +
                            "\"}\n");
  }
  std::vector<std::string> command(const std::string& file) {
    return {tocsin_binary(), "run", "--config", file};
  }
  ScratchFolder folder;
  std::string log = (folder.path() / "log").string();
};

TEST_F(Service, TellsItsManagerHowItIs) {
  NotifySocket manager(folder);
  Process daemon(command(configuration("  - {name: a, any: [word]}\n")), log);
  EXPECT_EQ(manager.next("READY="), "READY=1");
  EXPECT_THAT(manager.next("STATUS="), StartsWith("STATUS=1 feeds, 1 watches; 0 messages waiting"));
  EXPECT_EQ(manager.next("WATCHDOG="), "WATCHDOG=1");
  daemon.signal(SIGTERM);
  EXPECT_EQ(manager.next("STOPPING="), "STOPPING=1");
  EXPECT_EQ(daemon.wait(seconds{10}), 0);
}

TEST_F(Service, ReloadsOnSighupAndNamesWhatChanged) {
  NotifySocket manager(folder);
  Process daemon(command(configuration("  - {name: a, any: [word]}\n")), log);
  manager.next("READY=");
  configuration("  - {name: a, any: [other]}\n  - {name: b, any: [word]}\n");
  daemon.signal(SIGHUP);
  EXPECT_THAT(manager.next("RELOADING="), HasSubstr("\nMONOTONIC_USEC="));
  EXPECT_EQ(manager.next("READY="), "READY=1");
  EXPECT_THAT(folder.read("log"), HasSubstr("watches: 1 added (b), 1 changed (a)"));
}

TEST_F(Service, AppliesTheLogOfANewConfiguration) {
  NotifySocket manager(folder);
  const auto file = configuration("  - {name: a, any: [word]}\n");
  Process daemon(command(file), log);
  manager.next("READY=");
  EXPECT_THAT(folder.read("log"), Not(HasSubstr("\"event\":")));
  configuration(
      "  - {name: a, any: [word]}\nlog: {level: warn, rooms: {daemon: info}, format: json}\n");
  daemon.signal(SIGHUP);
  manager.next("RELOADING=");
  EXPECT_EQ(manager.next("READY="), "READY=1");
  EXPECT_THAT(folder.read("log"), HasSubstr("\"event\":\"reloaded\""));
}

TEST_F(Service, KeepsRunningOnTheOldConfigurationWhenTheNewOneIsNotValid) {
  NotifySocket manager(folder);
  Process daemon(command(configuration("  - {name: a, any: [word]}\n")), log);
  manager.next("READY=");
  configuration("  - {name: a, any: [word], severty: high}\n");
  daemon.signal(SIGHUP);
  manager.next("RELOADING=");
  EXPECT_EQ(manager.next("READY="), "READY=1");
  EXPECT_THAT(folder.read("log"), HasSubstr("reload refused"));
  EXPECT_THAT(folder.read("log"), HasSubstr("unknown key 'severty'"));
  daemon.signal(SIGTERM);
  EXPECT_EQ(daemon.wait(seconds{10}), 0);
}

}  // namespace
}  // namespace tocsin::testing
