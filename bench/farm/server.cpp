// SPDX-License-Identifier: MIT
#include "bench/farm/server.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <deque>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/farm/content.hpp"
#include "bench/farm/name_server.hpp"
#include "bench/farm/tls.hpp"

namespace tocsin::bench {
namespace {

using Clock = std::chrono::steady_clock;

/// The version of a feed in a pass: it grows in those passes in which the feed has something new.
std::uint32_t version_of(const FarmOptions& options, std::uint32_t feed, std::uint32_t pass) {
  std::uint32_t version = 0;
  for (std::uint32_t p = 1; p <= pass; ++p)
    if ((feed + p * 37) % 100 < options.changed_percent) ++version;
  return version;
}

/// Stalled feeds are spread over all.
bool is_stalled(const FarmOptions& options, std::uint32_t feed) {
  return feed * 61 % 100 < options.stalled_percent;
}

std::string etag_of(const FarmOptions& options, std::uint32_t feed, std::uint32_t pass) {
  return "\"f" + std::to_string(feed) + "-v" + std::to_string(version_of(options, feed, pass)) +
         "\"";
}

/// A connection, with TLS or without. Writes wait: what the farm sends fits the socket's buffer.
class Connection {
 public:
  Connection(int socket, SSL_CTX* tls) : socket_(socket), tls_(tls ? SSL_new(tls) : nullptr) {
    const int on = 1, room = 1 << 18;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    if (tls_ == nullptr) return;
    SSL_set_fd(tls_, socket);
    SSL_set_accept_state(tls_);
  }
  ~Connection() {
    SSL_free(tls_);
    ::close(socket_);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// What came: empty when there is nothing yet; nothing at all when the other side is gone.
  std::optional<std::string> read() {
    std::array<char, 8192> buffer{};
    if (tls_ == nullptr) {
      const auto count = ::recv(socket_, buffer.data(), buffer.size(), MSG_DONTWAIT);
      if (count <= 0) return std::nullopt;
      return std::string(buffer.data(), static_cast<std::size_t>(count));
    }
    const int count = SSL_read(tls_, buffer.data(), static_cast<int>(buffer.size()));
    if (count > 0) return std::string(buffer.data(), static_cast<std::size_t>(count));
    if (SSL_get_error(tls_, count) == SSL_ERROR_WANT_READ) return std::string();
    return std::nullopt;
  }

  void write(std::string_view bytes) {
    if (tls_ == nullptr)
      ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    else
      SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()));
  }

  void end() {
    if (tls_ != nullptr) SSL_shutdown(tls_);
    ::shutdown(socket_, SHUT_WR);
  }

 private:
  int socket_;
  SSL* tls_;  // null: plain text
};

/// The server's side: one epoll loop.
class Server {
 public:
  Server(const FarmOptions& options, const std::vector<int>& listeners, const std::uint32_t* pass,
         SSL_CTX* tls)
      : options_(options), pass_(*pass), tls_(tls), epoll_(::epoll_create1(0)) {
    for (const int listener : listeners) {
      listening_.emplace(listener, true);
      watch(listener, EPOLLIN);
    }
  }

  [[noreturn]] void run() {
    std::array<epoll_event, 256> events{};
    for (;;) {
      const int wait = late_.empty() ? -1 : 1;
      const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), wait);
      for (int i = 0; i < count; ++i) {
        const int socket = events.at(static_cast<std::size_t>(i)).data.fd;
        listening_.contains(socket) ? accept_all(socket) : serve(socket);
      }
      for (; !late_.empty() && late_.front().due <= Clock::now(); late_.pop_front())
        answer(late_.front().socket, late_.front().request);
    }
  }

 private:
  struct Late {
    Clock::time_point due;
    int socket;
    std::string request;
  };

  void watch(int socket, std::uint32_t what) const {
    epoll_event event{};
    event.events = what;
    event.data.fd = socket;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
  }

  void accept_all(int listener) {
    const int flags = tls_ != nullptr ? SOCK_NONBLOCK : 0;
    for (int socket = 0; (socket = ::accept4(listener, nullptr, nullptr, flags)) >= 0;) {
      connections_[socket] = std::make_unique<Connection>(socket, tls_);
      watch(socket, EPOLLIN);
    }
  }

  void serve(int socket) {
    const auto connection = connections_.find(socket);
    if (connection == connections_.end()) return;
    auto request = connection->second->read();
    if (!request) {
      connections_.erase(connection);
      return;
    }
    if (request->empty()) return;
    if (options_.latency_ms == 0) return answer(socket, *request);
    late_.push_back({Clock::now() + std::chrono::milliseconds(options_.latency_ms), socket,
                     std::move(*request)});
  }

  void answer(int socket, std::string_view request) {
    const auto connection = connections_.find(socket);
    if (connection == connections_.end()) return;
    const auto feed = static_cast<std::uint32_t>(std::atoi(request.substr(7, 9).data()));
    if (is_stalled(options_, feed)) return;
    connection->second->write(answer_to(feed, request));
    if (options_.fresh) connection->second->end();
  }

  [[nodiscard]] std::string answer_to(std::uint32_t feed, std::string_view request) const {
    const auto tag = etag_of(options_, feed, pass_);
    const std::string same = "ETag: " + tag +
                             "\r\nLast-Modified: Tue, 24 Nov 2026 00:00:00 GMT\r\n" +
                             (options_.fresh ? "Connection: close\r\n" : "");
    if (request.find(tag) != std::string_view::npos)
      return "HTTP/1.1 304 Not Modified\r\n" + same + "\r\n";
    const auto version = version_of(options_, feed, pass_) % kVersions;
    const auto number = feed % kBodies * kVersions + version;
    const bool zip =
        feed % 100 < options_.gzip_percent && request.find("gzip") != std::string_view::npos;
    const auto& body = zip ? content_.zipped[number] : content_.plain[number];
    return "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n" + same +
           (zip ? "Content-Encoding: gzip\r\n" : "") +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }

  FarmOptions options_;
  const volatile std::uint32_t& pass_;
  SSL_CTX* tls_;
  int epoll_;
  Content content_ = make_content();
  std::unordered_map<int, bool> listening_;
  std::unordered_map<int, std::unique_ptr<Connection>> connections_;
  std::deque<Late> late_;
};

int bind_to_loopback(int kind, std::uint16_t& port) {
  const int socket = ::socket(AF_INET, kind, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(socket, reinterpret_cast<sockaddr*>(&address), size);
  if (kind != SOCK_DGRAM) ::listen(socket, 4096);
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  port = ntohs(address.sin_port);
  return socket;
}

/// Runs `serve` in a process that ends with this one.
template <class Serve>
pid_t in_child(Serve serve) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  std::signal(SIGPIPE, SIG_IGN);
  serve();
  std::_Exit(1);
}

}  // namespace

Farm::Farm(const FarmOptions& options)
    : options_(options),
      pass_(
          static_cast<std::uint32_t*>(::mmap(nullptr, sizeof(std::uint32_t), PROT_READ | PROT_WRITE,
                                             MAP_SHARED | MAP_ANONYMOUS, -1, 0))) {
  SSL_CTX* tls = nullptr;
  if (options.tls) {
    const auto identity = make_identity();
    roots_ = std::filesystem::temp_directory_path() /
             ("tocsin-farm-roots-" + std::to_string(::getpid()) + ".pem");
    write_roots(identity, roots_);
    tls = make_server_context(identity);
  }
  std::vector<int> listeners;
  for (std::uint32_t i = 0; i < options.ports; ++i)
    listeners.push_back(bind_to_loopback(SOCK_STREAM | SOCK_NONBLOCK, ports_.emplace_back()));
  const int names = bind_to_loopback(SOCK_DGRAM, dns_port_);
  servers_.push_back(in_child([&] { Server(options_, listeners, pass_, tls).run(); }));
  servers_.push_back(in_child([&] { serve_names(names); }));
  for (const int listener : listeners) ::close(listener);
  ::close(names);
}

Farm::~Farm() {
  for (const auto server : servers_) {
    ::kill(server, SIGKILL);
    ::waitpid(server, nullptr, 0);
  }
  std::error_code ignored;
  if (!roots_.empty()) std::filesystem::remove(roots_, ignored);
}

std::string Farm::url(std::uint32_t feed) const {
  const auto number = std::to_string(feed);
  const auto host = options_.many_hosts ? "f" + number + ".farm.test" : std::string("127.0.0.1");
  return (options_.tls ? "https://" : "http://") + host + ":" +
         std::to_string(ports_[feed % ports_.size()]) + "/f/" + number;
}

std::string Farm::etag(std::uint32_t feed, std::uint32_t pass) const {
  return etag_of(options_, feed, pass);
}

bool Farm::stalls(std::uint32_t feed) const {
  return is_stalled(options_, feed);
}

void Farm::set_pass(std::uint32_t pass) {
  *pass_ = pass;
}

std::string Farm::name_server() const {
  return "127.0.0.1:" + std::to_string(dns_port_);
}

}  // namespace tocsin::bench
