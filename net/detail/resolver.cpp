// SPDX-License-Identifier: MIT
#include "net/detail/resolver.hpp"

#include <algorithm>
#include <utility>

#include <ares.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <sys/stat.h>

#include "net/address_guard.hpp"

namespace tocsin::net::detail {
namespace asio = boost::asio;
namespace {

using std::chrono::seconds;

constexpr int kFirstTryMs = 2'000;  // c-ares doubles it for each further try
constexpr int kTries = 3;
constexpr seconds kShortestLife{60}, kLongestLife{3'600};
constexpr seconds kRefusalLife{30};
// About 200 bytes each. Beyond it answers are forgotten before their time.
constexpr std::size_t kMostAnswers = 65'536;

seconds life_of(const ares_addrinfo& found) {
  auto ttl = static_cast<int>(kLongestLife.count());
  for (const auto* node = found.nodes; node != nullptr; node = node->ai_next)
    ttl = std::min(ttl, node->ai_ttl);
  return std::clamp(seconds{ttl}, kShortestLife, kLongestLife);
}

}  // namespace

/// What is known of a name, or being asked.
struct Resolver::Answer {
  bool known = false;
  Addresses addresses;
  std::string refusal;  // when `addresses` is empty
  Clock::time_point until = Clock::time_point::max();
  std::vector<Waiter*> waiters;
};

/// What c-ares carries along. It always comes back, at the latest when the channel is closed.
struct Resolver::Question {
  Resolver* resolver;
  std::shared_ptr<Answer> answer;
};

/// A coroutine that waits for an answer; lives in its frame.
struct Resolver::Waiter {
  Waiter(const asio::any_io_executor& loop, Answer& what, std::chrono::milliseconds limit)
      : woken(loop, limit), answer(what) {
    answer.waiters.push_back(this);
  }
  ~Waiter() { std::erase(answer.waiters, this); }
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;
  asio::steady_timer woken;
  Answer& answer;
};

Resolver::Resolver(asio::any_io_executor loop, std::string servers)
    : loop_(std::move(loop)),
      servers_(std::move(servers)),
      sockets_(loop_,
               [this](int socket, SocketSet::Ready ready) {
                 const bool read = ready.read || ready.failed;
                 ares_process_fd(channel_, read ? socket : ARES_SOCKET_BAD,
                                 ready.write ? socket : ARES_SOCKET_BAD);
                 arm();
               }),
      timer_(loop_) {
  static const int once = ares_library_init(ARES_LIB_INIT_ALL);
  static_cast<void>(once);
  open_channel();
}

Resolver::~Resolver() {
  close_channel();
  *alive_ = false;
}

void Resolver::open_channel() {
  ares_options options{};
  options.timeout = kFirstTryMs;
  options.tries = kTries;
  options.sock_state_cb = &Resolver::on_socket;
  options.sock_state_cb_data = this;
  const int mask = ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB;
  if (ares_init_options(&channel_, &options, mask) != ARES_SUCCESS) channel_ = nullptr;
  if (channel_ != nullptr && !servers_.empty())
    ares_set_servers_ports_csv(channel_, servers_.c_str());
}

void Resolver::close_channel() {
  if (channel_ != nullptr) ares_destroy(std::exchange(channel_, nullptr));
}

/// A machine that moves to another network gets other servers; c-ares reads them only once.
void Resolver::notice_changed_servers() {
  struct stat info {};
  if (asking_ > 0 || !servers_.empty() || ::stat("/etc/resolv.conf", &info) != 0) return;
  if (std::exchange(servers_changed_, info.st_mtim.tv_sec) == info.st_mtim.tv_sec) return;
  close_channel();
  open_channel();
}

void Resolver::on_socket(void* self, int socket, int readable, int writable) {
  static_cast<Resolver*>(self)->sockets_.watch(socket, {readable != 0, writable != 0});
}

void Resolver::arm() {
  timeval room{};
  if (channel_ == nullptr || ares_timeout(channel_, nullptr, &room) == nullptr) {
    timer_.cancel();
    return;
  }
  timer_.expires_after(seconds{room.tv_sec} + std::chrono::microseconds{room.tv_usec});
  timer_.async_wait([this, alive = alive_](const boost::system::error_code& error) {
    if (error || !*alive) return;
    ares_process_fd(channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    arm();
  });
}

void Resolver::on_answer(void* question, int status, int, ares_addrinfo* found) {
  const std::unique_ptr<Question> asked(static_cast<Question*>(question));
  const std::unique_ptr<ares_addrinfo, void (*)(ares_addrinfo*)> owned(
      found, [](ares_addrinfo* info) { ares_freeaddrinfo(info); });
  auto& answer = *asked->answer;
  --asked->resolver->asking_;
  answer.known = true;
  auto life = kRefusalLife;
  if (status == ARES_SUCCESS && found != nullptr) {
    for (const auto* node = found->nodes; node != nullptr; node = node->ai_next)
      answer.addresses.push_back(to_string(*node->ai_addr));
    life = life_of(*found);
  }
  if (answer.addresses.empty())
    answer.refusal = status == ARES_SUCCESS ? "the name has no address" : ares_strerror(status);
  answer.until = Clock::now() + life;
  for (auto* waiter : answer.waiters) waiter->woken.cancel();
}

void Resolver::make_room(Clock::time_point now) {
  if (answers_.size() < kMostAnswers) return;
  std::erase_if(answers_, [now](const auto& entry) { return entry.second->until <= now; });
  if (answers_.size() < kMostAnswers) return;
  std::erase_if(answers_, [](const auto& entry) { return entry.second->known; });
}

std::shared_ptr<Resolver::Answer> Resolver::ask(const std::string& host) {
  const auto now = Clock::now();
  if (const auto known = answers_.find(host); known != answers_.end()) {
    if (known->second->until > now) return known->second;
    answers_.erase(known);
  }
  make_room(now);
  notice_changed_servers();
  auto answer = std::make_shared<Answer>();
  answers_.emplace(host, answer);
  ares_addrinfo_hints hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  ++asking_;
  auto question = std::make_unique<Question>(Question{this, answer});
  if (channel_ == nullptr) {
    on_answer(question.release(), ARES_ENOTINITIALIZED, 0, nullptr);
    return answer;
  }
  // May answer before it returns, from /etc/hosts.
  ares_getaddrinfo(channel_, host.c_str(), nullptr, &hints, &Resolver::on_answer,
                   question.release());
  arm();
  return answer;
}

asio::awaitable<Result<Resolver::Addresses>> Resolver::resolve(std::string host,
                                                               std::chrono::milliseconds limit) {
  const auto answer = ask(host);
  if (!answer->known) {
    Waiter waiter(loop_, *answer, limit);
    const auto woken = co_await waiter.woken.async_wait(asio::as_tuple(asio::use_awaitable));
    if (!answer->known && !std::get<0>(woken))
      co_return Error{Errc::timeout, "no answer from the name servers in time"};
    if (!answer->known) co_return Error{Errc::cancelled, "the look-up was cancelled"};
  }
  if (answer->addresses.empty())
    co_return Error{Errc::unavailable, "cannot resolve the name: " + answer->refusal};
  co_return answer->addresses;
}

void Resolver::demote(const std::string& host, const std::string& address) {
  const auto known = answers_.find(host);
  if (known == answers_.end()) return;
  auto& all = known->second->addresses;
  if (const auto bad = std::find(all.begin(), all.end(), address); bad != all.end())
    std::rotate(bad, bad + 1, all.end());
}

}  // namespace tocsin::net::detail
