// SPDX-License-Identifier: MIT
#include "notifier/detail/child_process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <memory>
#include <optional>
#include <system_error>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tocsin::notifier::detail {
namespace asio = boost::asio;
namespace {

constexpr std::size_t kMostOutput = 4'096;

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const noexcept { return fd_; }
  [[nodiscard]] int release() noexcept { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

Error failed(const std::string& what, int why) {
  const auto code = why == ENOENT                   ? Errc::not_found
                    : why == EACCES || why == EPERM ? Errc::denied
                                                    : Errc::io;
  return {code, what + ": " + std::generic_category().message(why)};
}

/// The input as a file in memory: unlike a pipe it takes everything at once, a program that does
/// not read it hurts nobody, and /dev/stdin can be opened.
Result<Descriptor> input_file(const std::string& bytes) {
  Descriptor file(::memfd_create("tocsin-alert", MFD_CLOEXEC));
  if (file.get() < 0) return failed("memfd_create", errno);
  std::size_t done = 0;
  while (done < bytes.size()) {
    const auto n = ::write(file.get(), bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed("write", errno);
    done += static_cast<std::size_t>(n);
  }
  if (::lseek(file.get(), 0, SEEK_SET) != 0) return failed("lseek", errno);
  return file;
}

/// The C strings of `words`, with the null at the end. Refers to `words`.
std::vector<char*> c_strings(std::vector<std::string>& words) {
  std::vector<char*> out;
  for (auto& word : words) out.push_back(word.data());
  out.push_back(nullptr);
  return out;
}

/// posix_spawn's two objects, which have to be given back.
struct SpawnSetup {
  SpawnSetup(int input, int output) {
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
    ::posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    ::posix_spawnattr_init(&attributes);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    ::posix_spawnattr_setpgroup(&attributes, 0);
    ::posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~SpawnSetup() {
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
  }
  SpawnSetup(const SpawnSetup&) = delete;
  SpawnSetup& operator=(const SpawnSetup&) = delete;

  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};
};

/// A program that runs: where its output comes from, and by what its end is seen.
struct Running {
  pid_t pid = 0;
  Descriptor output, watch;
};

Result<Running> start(Command& command) {
  auto input = input_file(command.input);
  if (!input) return std::move(input).error();
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return failed("pipe", errno);
  Running out;
  out.output = Descriptor(ends[0]);
  const Descriptor write_end(ends[1]);
  std::vector<std::string> environment;
  for (const auto& [name, value] : command.environment) environment.push_back(name + "=" + value);
  const SpawnSetup setup(input->get(), write_end.get());
  auto arguments = c_strings(command.arguments);
  auto variables = c_strings(environment);
  const int bad = ::posix_spawnp(&out.pid, arguments.front(), &setup.actions, &setup.attributes,
                                 arguments.data(), variables.data());
  if (bad != 0) return failed(command.arguments.front(), bad);
  // By number: the header of glibc 2.36 has no C linkage for C++.
  out.watch = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, out.pid, 0)));
  if (out.watch.get() >= 0) return out;
  const int why = errno;
  ::kill(-out.pid, SIGKILL);
  ::waitpid(out.pid, nullptr, 0);
  return failed("pidfd_open", why);
}

/// Reads what comes, so that the program never waits for us, and keeps the beginning. Lives as long
/// as somebody writes or until it is stopped.
class OutputReader : public std::enable_shared_from_this<OutputReader> {
 public:
  OutputReader(const asio::any_io_executor& loop, Descriptor pipe) : pipe_(loop, pipe.release()) {}

  void read() {
    pipe_.async_read_some(
        asio::buffer(block_),
        [self = shared_from_this()](boost::system::error_code error, std::size_t size) {
          if (error) return;
          self->keep(size);
          self->read();
        });
  }

  /// Takes what is there still and closes.
  std::string finish() {
    boost::system::error_code error;
    pipe_.cancel(error);
    pipe_.non_blocking(true, error);
    while (kept_.size() < kMostOutput) {
      const auto size = pipe_.read_some(asio::buffer(block_), error);
      if (error) break;
      keep(size);
    }
    pipe_.close(error);
    return kept_;
  }

 private:
  void keep(std::size_t size) {
    kept_.append(block_.data(), std::min(size, kMostOutput - std::min(kMostOutput, kept_.size())));
  }

  asio::posix::stream_descriptor pipe_;
  std::array<char, 4'096> block_{};
  std::string kept_;
};

/// Kills a process group when its time is up, unless it has ended: after that its id may be
/// another's. Shared with the timer, whose handler may come late.
class Killer {
 public:
  explicit Killer(pid_t leader) : leader_(leader) {}
  void time_is_up() {
    if (disarmed_) return;
    fired_ = true;
    ::kill(-leader_, SIGKILL);
  }
  /// From here on nothing is killed. True when it was.
  bool disarm() {
    disarmed_ = true;
    return fired_;
  }

 private:
  pid_t leader_;
  bool disarmed_ = false;
  bool fired_ = false;
};

}  // namespace

asio::awaitable<Result<Ended>> run_command(Command command) {
  const auto loop = co_await asio::this_coro::executor;
  auto running = start(command);
  if (!running) co_return std::move(running).error();
  const auto reader = std::make_shared<OutputReader>(loop, std::move(running->output));
  reader->read();
  asio::posix::stream_descriptor watch(loop, running->watch.release());
  const auto killer = std::make_shared<Killer>(running->pid);
  asio::steady_timer timer(loop);
  timer.expires_after(command.limit);
  timer.async_wait([killer](boost::system::error_code cancelled) {
    if (!cancelled) killer->time_is_up();
  });
  // An abandoned wait must not leave a child behind either.
  const auto waited = co_await watch.async_wait(asio::posix::stream_descriptor::wait_read,
                                                asio::as_tuple(asio::use_awaitable));
  if (std::get<0>(waited)) ::kill(-running->pid, SIGKILL);
  timer.cancel();
  Ended ended;
  ended.timed_out = killer->disarm();
  int status = 0;
  while (::waitpid(running->pid, &status, 0) < 0 && errno == EINTR) {
  }
  ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  ended.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  ended.output = reader->finish();
  co_return ended;
}

}  // namespace tocsin::notifier::detail
