// SPDX-License-Identifier: MIT
#include "net/curl_smtp.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <sys/socket.h>

#include "net/detail/curl_handles.hpp"
#include "net/detail/smtp_conversation.hpp"

namespace tocsin::net {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kThreads = 4;  // mails under way at once, to one relay

/// A CR or LF by itself would let a text end the mail early (SMTP smuggling).
bool has_bare_line_end(std::string_view data) {
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (data[i] == '\r' && (i + 1 == data.size() || data[i + 1] != '\n')) return true;
    if (data[i] == '\n' && (i == 0 || data[i - 1] != '\r')) return true;
  }
  return false;
}

bool is_plain_address(std::string_view address) {
  return !address.empty() && address.find_first_of("\r\n<> ") == std::string_view::npos;
}

Result<SmtpReply> hand_over(const SmtpServer& server, const Mail& mail, CURL* easy,
                            const std::function<bool()>& stop) {
  detail::SmtpConversation talk(server, &mail, easy, stop);
  const auto code = talk.perform();
  // A refusal is the server's answer; everything else that failed is the way there.
  if (code == CURLE_OK || (talk.reply().code >= 400 && code != CURLE_OPERATION_TIMEDOUT))
    return talk.reply();
  return detail::describe_smtp(code, server);
}

}  // namespace

/// A handle with the connection that it keeps open. To end it, libcurl says QUIT and waits for the
/// answer; a server that is deaf by then must not hold us up, so the connection is cut instead.
struct CurlSmtpClient::Line {
  Line() : easy(curl_easy_init()) {}
  ~Line() {
    curl_socket_t socket = CURL_SOCKET_BAD;
    if (curl_easy_getinfo(easy.get(), CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK &&
        socket != CURL_SOCKET_BAD)
      ::shutdown(socket, SHUT_RDWR);
  }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;
  detail::Easy easy;
};

/// A mail on its way through a thread of the pool. Owned by the coroutine that waits and by the
/// thread; `done` belongs to the loop and is touched there alone.
struct CurlSmtpClient::Job {
  Job(const asio::any_io_executor& loop, SmtpServer to, Mail what)
      : server(std::move(to)), mail(std::move(what)), done(loop, kNever) {}
  static constexpr auto kNever = asio::steady_timer::time_point::max();

  const SmtpServer server;
  const Mail mail;
  std::atomic<bool> given_up{false};
  Result<SmtpReply> result = Error{Errc::cancelled, "the mail was cancelled"};
  bool finished = false;
  asio::steady_timer done;  // used as a condition variable
};

/// One relay: threads of its own, so that one that hangs holds up its own mail alone, and the
/// connections to it that are open.
struct CurlSmtpClient::Relay {
  Relay(const asio::any_io_executor& the_loop, const std::atomic<bool>& is_closing)
      : loop(the_loop), closing(is_closing) {}
  ~Relay() { threads.join(); }
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  std::unique_ptr<Line> borrow() {
    const std::lock_guard lock(mutex);
    if (idle.empty()) return std::make_unique<Line>();
    auto line = std::move(idle.back());
    idle.pop_back();
    return line;
  }
  void give_back(std::unique_ptr<Line> line) {
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(line));
  }
  void work(std::shared_ptr<Job> job);

  const asio::any_io_executor loop;
  const std::atomic<bool>& closing;
  std::mutex mutex;  // guards idle: lines that any of the threads may take
  std::vector<std::unique_ptr<Line>> idle;
  asio::thread_pool threads{kThreads};
};

struct CurlSmtpClient::Parts {
  explicit Parts(asio::any_io_executor executor) : loop(std::move(executor)) {}
  ~Parts() { closing = true; }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  Relay& relay(const SmtpServer& server) {
    auto& known = relays[server.host + ":" + std::to_string(server.port)];
    if (!known) known = std::make_unique<Relay>(loop, closing);
    return *known;
  }

  asio::any_io_executor loop;
  std::atomic<bool> closing{false};
  std::map<std::string, std::unique_ptr<Relay>> relays;  // last: they end before what they use
};

void CurlSmtpClient::Relay::work(std::shared_ptr<Job> job) {
  const std::function<bool()> stop = [this, &job] { return closing || job->given_up; };
  auto line = borrow();
  job->result = stop() ? job->result : hand_over(job->server, job->mail, line->easy.get(), stop);
  give_back(std::move(line));
  asio::post(loop, [job = std::move(job)] {
    job->finished = true;
    job->done.cancel();
  });
}

CurlSmtpClient::CurlSmtpClient(asio::any_io_executor loop)
    : parts_(std::make_unique<Parts>(std::move(loop))) {}

CurlSmtpClient::~CurlSmtpClient() = default;

asio::awaitable<Result<SmtpReply>> CurlSmtpClient::send(SmtpServer server, Mail mail) {
  if (!is_plain_address(mail.from) || !is_plain_address(mail.to))
    co_return Error{Errc::malformed, "not a bare mail address"};
  if (has_bare_line_end(mail.data))
    co_return Error{Errc::malformed, "a line of the mail does not end in CR LF"};
  const auto job = std::make_shared<Job>(parts_->loop, std::move(server), std::move(mail));
  auto& relay = parts_->relay(job->server);
  asio::post(relay.threads, [&relay, job] { relay.work(job); });
  co_await job->done.async_wait(asio::as_tuple(asio::use_awaitable));
  if (job->finished) co_return job->result;
  job->given_up = true;  // the thread ends it within a second
  co_return Error{Errc::cancelled, "the mail was cancelled"};
}

}  // namespace tocsin::net
