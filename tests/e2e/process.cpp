// SPDX-License-Identifier: MIT
#include "tests/e2e/process.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tocsin::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

int left_until(steady_clock::time_point deadline) {
  const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now()).count();
  return left > 0 ? static_cast<int>(left) : 0;
}

[[noreturn]] void become(const std::vector<std::string>& words, int in, int out, int err) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a test that crashes leaves nothing behind
  ::dup2(in, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  std::vector<char*> argv;
  for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  ::execvp(argv[0], argv.data());
  ::_exit(127);
}

}  // namespace

Process::Process(std::vector<std::string> words, const std::string& error_file) {
  int in[2];
  int out[2];
  if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0)
    throw std::runtime_error("no pipes left");
  const int err = ::open(error_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  pid_ = ::fork();
  if (pid_ == 0) become(words, in[0], out[1], err);
  ::close(in[0]);
  ::close(out[1]);
  ::close(err);
  in_ = in[1];
  out_ = out[0];
}

Process::~Process() {
  if (in_ >= 0) ::close(in_);
  if (out_ >= 0) ::close(out_);
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void Process::write_line(const std::string& line) {
  const auto whole = line + "\n";
  for (std::size_t done = 0; done < whole.size();) {
    const auto n = ::write(in_, whole.data() + done, whole.size() - done);
    if (n < 0) throw std::runtime_error("the program does not read its input");
    done += static_cast<std::size_t>(n);
  }
}

std::optional<std::string> Process::read_line(milliseconds limit) {
  const auto deadline = steady_clock::now() + limit;
  for (;;) {
    if (const auto end = buffer_.find('\n'); end != std::string::npos) {
      auto line = buffer_.substr(0, end);
      buffer_.erase(0, end + 1);
      return line;
    }
    pollfd ready{out_, POLLIN, 0};
    if (::poll(&ready, 1, left_until(deadline)) <= 0) return std::nullopt;
    char chunk[65536];
    const auto n = ::read(out_, chunk, sizeof chunk);
    if (n <= 0) return std::nullopt;
    buffer_.append(chunk, static_cast<std::size_t>(n));
  }
}

void Process::signal(int number) {
  ::kill(pid_, number);
}

std::optional<int> Process::wait(milliseconds limit) {
  // A pid descriptor becomes readable when the process ends.
  const int watch = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
  pollfd ended{watch, POLLIN, 0};
  const int changed = ::poll(&ended, 1, left_until(steady_clock::now() + limit));
  ::close(watch);
  if (changed <= 0) return std::nullopt;
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

Finished run_program(std::vector<std::string> words, const std::string& scratch_folder) {
  const auto error_file = scratch_folder + "/stderr-of-program";
  ::unlink(error_file.c_str());
  Finished result;
  Process program(std::move(words), error_file);
  while (const auto line = program.read_line(std::chrono::minutes{1})) result.out += *line + "\n";
  result.status = program.wait(std::chrono::seconds{30}).value_or(-1000);
  std::ifstream in(error_file);
  std::ostringstream text;
  text << in.rdbuf();
  result.err = text.str();
  return result;
}

std::string tocsin_binary() {
  const char* path = std::getenv("TOCSIN_BINARY");
  if (path == nullptr) throw std::runtime_error("TOCSIN_BINARY is not set; run through ctest");
  return path;
}

}  // namespace tocsin::testing
