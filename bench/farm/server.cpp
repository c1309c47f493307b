// SPDX-License-Identifier: MIT
#include "bench/farm_server.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <random>
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
#include <zlib.h>

namespace tocsin::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::uint32_t kBodies = 64;
constexpr std::uint32_t kVersions = 2;

/// The version of a feed in a pass: it grows in those passes in which the feed has something new.
std::uint32_t version_of(const FarmOptions& options, std::uint32_t feed, std::uint32_t pass) {
  std::uint32_t version = 0;
  for (std::uint32_t p = 1; p <= pass; ++p)
    if ((feed + p * 37) % 100 < options.changed_percent) ++version;
  return version;
}

std::string etag_of(const FarmOptions& options, std::uint32_t feed, std::uint32_t pass) {
  return "\"f" + std::to_string(feed) + "-v" + std::to_string(version_of(options, feed, pass)) +
         "\"";
}

std::string words(std::mt19937& random, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) {
    auto word = random() % 20'000;  // a vocabulary of its own, spelt in base 20
    for (; word > 0; word /= 20) out.push_back(static_cast<char>('a' + word % 20));
    out.push_back(' ');
  }
  return out;
}

/// A feed's document in a version: each version has one item more in front and one less at the end.
std::string make_body(std::uint32_t number, std::uint32_t version) {
  std::mt19937 random(number);
  const auto items = 20 + random() % 20;
  const auto text = (27'000 + random() % 33'000) / items - 300;
  std::string out = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Farm " +
                    std::to_string(number) + "</title><link>https://farm.example/</link>";
  for (std::uint32_t i = 0; i < items; ++i) {
    const auto item = items + version - i;
    std::mt19937 content(number * 1'000 + item);
    const auto id = std::to_string(number) + "-" + std::to_string(item);
    out += "<item><title>" + words(content, 60) + "</title><link>https://farm.example/" + id +
           "</link><guid isPermaLink=\"false\">" + id + "</guid><pubDate>Tue, 24 Nov 2026 0" +
           std::to_string(item % 10) + ":00:00 GMT</pubDate><description>" + words(content, text) +
           "</description></item>";
  }
  return out + "</channel></rss>";
}

std::string gzipped(std::string plain) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, plain.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(plain.data());
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

/// The server's side: one epoll loop.
class Server {
 public:
  Server(const FarmOptions& options, const std::vector<int>& listeners, const std::uint32_t* pass)
      : options_(options), pass_(*pass), epoll_(::epoll_create1(0)) {
    for (std::uint32_t i = 0; i < kBodies * kVersions; ++i) {
      plain_.push_back(make_body(i / kVersions, i % kVersions));
      zipped_.push_back(gzipped(plain_.back()));
    }
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
    for (int socket = 0; (socket = ::accept4(listener, nullptr, nullptr, 0)) >= 0;) {
      const int on = 1;
      ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      watch(socket, EPOLLIN);
    }
  }

  void serve(int socket) {
    std::array<char, 8192> buffer{};
    const auto count = ::recv(socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count <= 0) {
      ::close(socket);
      return;
    }
    std::string request(buffer.data(), static_cast<std::size_t>(count));
    if (options_.latency_ms == 0) return answer(socket, request);
    late_.push_back({Clock::now() + std::chrono::milliseconds(options_.latency_ms), socket,
                     std::move(request)});
  }

  void answer(int socket, std::string_view request) const {
    const auto feed = static_cast<std::uint32_t>(std::atoi(request.substr(7, 9).data()));
    const auto tag = etag_of(options_, feed, pass_);
    const std::string same =
        "ETag: " + tag + "\r\nLast-Modified: Tue, 24 Nov 2026 00:00:00 GMT\r\n";
    std::string out;
    if (request.find(tag) != std::string_view::npos) {
      out = "HTTP/1.1 304 Not Modified\r\n" + same + "\r\n";
    } else {
      const auto version = version_of(options_, feed, pass_) % kVersions;
      const auto number = feed % kBodies * kVersions + version;
      const bool zip =
          feed % 100 < options_.gzip_percent && request.find("gzip") != std::string_view::npos;
      const auto& body = zip ? zipped_[number] : plain_[number];
      out = "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n" + same +
            (zip ? "Content-Encoding: gzip\r\n" : "") +
            "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    ::send(socket, out.data(), out.size(), MSG_NOSIGNAL);  // loopback takes it whole
  }

  FarmOptions options_;
  const volatile std::uint32_t& pass_;
  int epoll_;
  std::vector<std::string> plain_, zipped_;
  std::unordered_map<int, bool> listening_;
  std::deque<Late> late_;
};

int listen_on_loopback(std::uint16_t& port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(socket, reinterpret_cast<sockaddr*>(&address), size);
  ::listen(socket, 4096);
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  port = ntohs(address.sin_port);
  return socket;
}

}  // namespace

Farm::Farm(const FarmOptions& options)
    : options_(options),
      pass_(
          static_cast<std::uint32_t*>(::mmap(nullptr, sizeof(std::uint32_t), PROT_READ | PROT_WRITE,
                                             MAP_SHARED | MAP_ANONYMOUS, -1, 0))) {
  std::vector<int> listeners;
  for (std::uint32_t i = 0; i < options.ports; ++i)
    listeners.push_back(listen_on_loopback(ports_.emplace_back()));
  server_ = ::fork();
  if (server_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    Server(options_, listeners, pass_).run();
  }
  for (const int listener : listeners) ::close(listener);
}

Farm::~Farm() {
  ::kill(server_, SIGKILL);
  ::waitpid(server_, nullptr, 0);
}

std::string Farm::url(std::uint32_t feed) const {
  return "http://127.0.0.1:" + std::to_string(ports_[feed % ports_.size()]) + "/f/" +
         std::to_string(feed);
}

std::string Farm::etag(std::uint32_t feed, std::uint32_t pass) const {
  return etag_of(options_, feed, pass);
}

void Farm::set_pass(std::uint32_t pass) {
  *pass_ = pass;
}

}  // namespace tocsin::bench
