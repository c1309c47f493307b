// SPDX-License-Identifier: MIT
#include "net/detail/curl_multi.hpp"

#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tocsin::net::detail {
namespace asio = boost::asio;
namespace {

using std::chrono::steady_clock;
constexpr auto kNever = steady_clock::time_point::max();

// Idle connections kept for the next poll: 48 KB each with TLS.
constexpr long kIdleConnections = 512;

int curl_events(SocketSet::Ready ready) {
  return (ready.read ? CURL_CSELECT_IN : 0) | (ready.write ? CURL_CSELECT_OUT : 0) |
         (ready.failed ? CURL_CSELECT_ERR : 0);
}

}  // namespace

/// One transfer in flight; lives in the frame of the coroutine that waits for it.
struct CurlMulti::Waiting {
  Waiting(const asio::any_io_executor& loop, CURLM* where, CURL* what)
      : done(loop, kNever), multi(where), easy(what) {
    curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
    added = curl_multi_add_handle(multi, easy) == CURLM_OK;
  }
  ~Waiting() {
    if (added) curl_multi_remove_handle(multi, easy);
  }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

  asio::steady_timer done;  // used as a condition variable
  CURLM* multi;
  CURL* easy;
  CURLcode code = CURLE_OK;
  bool added = false, finished = false;
};

CurlMulti::CurlMulti(asio::any_io_executor loop)
    : loop_(std::move(loop)),
      sockets_(loop_,
               [this](int socket, SocketSet::Ready ready) { act(socket, curl_events(ready)); }),
      timer_(loop_),
      multi_(curl_multi_init()) {
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &CurlMulti::on_socket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &CurlMulti::on_timer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, kIdleConnections);
}

CurlMulti::~CurlMulti() {
  *alive_ = false;
  curl_multi_cleanup(
      multi_);  // closes idle connections, which calls on_socket: the set still lives
}

int CurlMulti::on_socket(CURL*, curl_socket_t socket, int what, void* self, void*) {
  SocketSet::Interest interest;
  if (what != CURL_POLL_REMOVE) {
    interest.read = (what & CURL_POLL_IN) != 0;
    interest.write = (what & CURL_POLL_OUT) != 0;
  }
  static_cast<CurlMulti*>(self)->sockets_.watch(socket, interest);
  return 0;
}

int CurlMulti::on_timer(CURLM*, long timeout_ms, void* self) {
  auto& multi = *static_cast<CurlMulti*>(self);
  // A timer that libcurl takes back may fire all the same: that costs one idle call.
  if (timeout_ms == 0)
    multi.kick();
  else if (timeout_ms > 0)
    multi.arm(steady_clock::now() + std::chrono::milliseconds(timeout_ms));
  return 0;
}

/// What is due at once needs no timer, and so no system call: a turn of the loop. libcurl must not
/// be entered from within its own callbacks.
void CurlMulti::kick() {
  if (std::exchange(kicked_, true)) return;
  asio::post(loop_, [this, alive = alive_] {
    if (!*alive) return;
    kicked_ = false;
    act(CURL_SOCKET_TIMEOUT, 0);
  });
}

void CurlMulti::arm(steady_clock::time_point due) {
  if (due >= due_) return;
  due_ = due;
  timer_.expires_at(due);
  timer_.async_wait([this, alive = alive_](const boost::system::error_code& error) {
    if (error || !*alive) return;
    due_ = kNever;
    act(CURL_SOCKET_TIMEOUT, 0);
  });
}

void CurlMulti::act(curl_socket_t socket, int events) {
  int running = 0;
  curl_multi_socket_action(multi_, socket, events, &running);
  collect();
  // libcurl may hold its next deadline without telling it again: ask.
  long next = -1;
  if (curl_multi_timeout(multi_, &next) != CURLM_OK || next < 0) return;
  if (next == 0)
    kick();
  else
    arm(steady_clock::now() + std::chrono::milliseconds(next));
}

void CurlMulti::collect() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    void* waiting = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &waiting);
    auto& transfer = *static_cast<Waiting*>(waiting);
    transfer.code = message->data.result;
    transfer.finished = true;
    transfer.done.cancel();  // the coroutine resumes through the loop, not from here
  }
}

void CurlMulti::resume(CURL* easy) {
  curl_easy_pause(easy, CURLPAUSE_CONT);  // a failure inside is the transfer's end, told as such
  kick();
}

asio::awaitable<CurlMulti::End> CurlMulti::perform(CURL* easy) {
  Waiting transfer(loop_, multi_, easy);
  End end;
  if (!transfer.added) co_return end;
  end.outcome = Outcome::done;
  if (!transfer.finished) co_await transfer.done.async_wait(asio::as_tuple(asio::use_awaitable));
  if (!transfer.finished) end.outcome = Outcome::cancelled;
  end.code = transfer.code;
  co_return end;
}

}  // namespace tocsin::net::detail
