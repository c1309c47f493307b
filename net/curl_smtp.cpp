// SPDX-License-Identifier: MIT
#include "net/curl_smtp.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstring>
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

#include "base/redact.hpp"
#include "net/detail/curl_handles.hpp"

namespace tocsin::net {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kThreads = 4;  // mails under way at once, to one relay
constexpr long kConnectMs = 15'000;
constexpr std::chrono::seconds kQuiet{60};  // without a word from the relay, before it has the text
constexpr long kFinalDotSeconds = 600;      // and behind it
constexpr long kWholeMs = 900'000;

/// One handing over: the handle and what its callbacks see of the conversation.
class Conversation {
  using Clock = std::chrono::steady_clock;

 public:
  /// `easy` may have served before: its open connection is then used again. `stop` ends the
  /// conversation early once it is true.
  Conversation(const SmtpServer& server, const Mail& mail, CURL* easy,
               const std::function<bool()>& stop)
      : server_(server), mail_(mail), easy_(easy), stop_(stop) {
    curl_easy_reset(easy_);
    set_up();
    set_up_security();
  }
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  /// Has the whole conversation; blocks for as long as the server takes.
  Result<SmtpReply> perform();

 private:
  void set_up() {
    CURL* easy = easy_;
    const std::string scheme = server_.tls == SmtpTls::tls ? "smtps://" : "smtp://";
    const bool v6 = server_.host.find(':') != std::string::npos;
    url_ = scheme + (v6 ? "[" + server_.host + "]" : server_.host) + ":" +
           std::to_string(server_.port) + "/" + server_.hello_name;
    from_ = "<" + mail_.from + ">";
    to_.add("<" + mail_.to + ">");
    curl_easy_setopt(easy, CURLOPT_URL, url_.c_str());
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, kConnectMs);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, kWholeMs);
    curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, kFinalDotSeconds);
    curl_easy_setopt(easy, CURLOPT_MAIL_FROM, from_.c_str());
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, to_.get());
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, &Conversation::on_read);
    curl_easy_setopt(easy, CURLOPT_READDATA, this);
    curl_easy_setopt(easy, CURLOPT_MAXCONNECTS, 1L);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, &Conversation::on_progress);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, this);
    curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, &Conversation::on_debug);
    curl_easy_setopt(easy, CURLOPT_DEBUGDATA, this);
  }

  void set_up_security() {
    CURL* easy = easy_;
    curl_easy_setopt(easy, CURLOPT_CAPATH, static_cast<char*>(nullptr));
    curl_easy_setopt(easy, CURLOPT_CAINFO,
                     server_.ca_file.empty() ? detail::kSystemRoots : server_.ca_file.c_str());
    const bool wants_tls = server_.tls != SmtpTls::none;
    curl_easy_setopt(easy, CURLOPT_USE_SSL,
                     static_cast<long>(wants_tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    if (!server_.username.empty())
      curl_easy_setopt(easy, CURLOPT_USERNAME, server_.username.c_str());
    if (!server_.oauth_token.empty()) {
      curl_easy_setopt(easy, CURLOPT_XOAUTH2_BEARER, server_.oauth_token.c_str());
      curl_easy_setopt(easy, CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2");
    } else if (!server_.password.empty()) {
      curl_easy_setopt(easy, CURLOPT_PASSWORD, server_.password.c_str());
    }
  }

  static std::size_t on_read(char* to, std::size_t one, std::size_t count, void* self) {
    auto& talk = *static_cast<Conversation*>(self);
    const auto n = std::min(one * count, talk.mail_.data.size() - talk.sent_);
    std::memcpy(to, talk.mail_.data.data() + talk.sent_, n);
    talk.sent_ += n;
    talk.last_step_ = Clock::now();
    return n;
  }

  /// libcurl asks once a second at least whether to go on.
  static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    auto& talk = *static_cast<Conversation*>(self);
    const bool handed_over = talk.sent_ == talk.mail_.data.size();
    talk.too_quiet_ = !handed_over && Clock::now() - talk.last_step_ >= kQuiet;
    return talk.too_quiet_ || talk.stop_() ? 1 : 0;
  }

  /// Sees the lines of both sides. What we send may hold credentials: only its verb is looked at.
  static int on_debug(CURL*, curl_infotype kind, char* bytes, std::size_t size, void* self) {
    auto& talk = *static_cast<Conversation*>(self);
    const std::string_view line(bytes, size);
    if (kind == CURLINFO_HEADER_OUT) talk.heard_from_us(line);
    if (kind == CURLINFO_HEADER_IN) talk.heard_from_server(line);
    return 0;
  }

  void heard_from_us(std::string_view line) {
    struct Verb {
      std::string_view begins, stage;
    };
    static constexpr std::array kVerbs = {Verb{"EHLO", "greeting"},     Verb{"HELO", "greeting"},
                                          Verb{"STARTTLS", "starttls"}, Verb{"AUTH", "auth"},
                                          Verb{"MAIL", "mail"},         Verb{"RCPT", "rcpt"},
                                          Verb{"DATA", "data"}};
    if (line.starts_with("QUIT") || line.starts_with("RSET")) {
      over_ = true;
      return;
    }
    const auto* verb = std::find_if(kVerbs.begin(), kVerbs.end(),
                                    [&](const Verb& v) { return line.starts_with(v.begins); });
    if (verb != kVerbs.end()) stage_ = verb->stage;
  }

  void heard_from_server(std::string_view line) {
    last_step_ = Clock::now();
    int code = 0;
    if (over_ || line.size() < 3) return;
    if (std::from_chars(line.data(), line.data() + 3, code).ptr != line.data() + 3) return;
    const auto end = line.find_last_not_of("\r\n");
    reply_.code = code;
    reply_.text = scrub(line.substr(0, end == std::string_view::npos ? 0 : end + 1), 300);
    reply_.stage = stage_;
  }

  const SmtpServer& server_;
  const Mail& mail_;
  CURL* easy_;
  const std::function<bool()>& stop_;
  detail::List to_;
  std::string url_, from_;
  std::size_t sent_ = 0;
  std::string stage_ = "greeting";
  SmtpReply reply_;
  Clock::time_point last_step_ = Clock::now();  // of the relay, or of the text's way to it
  bool too_quiet_ = false;
  bool over_ = false;  // QUIT was said: what follows is no answer to the mail
};

Error describe(CURLcode code, const SmtpServer& server) {
  const auto where = server.host + ":" + std::to_string(server.port);
  switch (code) {
    case CURLE_USE_SSL_FAILED:
      return {Errc::denied,
              where + ": the server offers no STARTTLS, and tls: starttls requires it"};
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
      return {Errc::denied, where + ": its certificate is not trusted"};
    case CURLE_OPERATION_TIMEDOUT: return {Errc::timeout, where + ": no answer in time"};
    default: return {Errc::unavailable, where + ": " + scrub(curl_easy_strerror(code), 200)};
  }
}

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

Result<SmtpReply> Conversation::perform() {
  const auto code = curl_easy_perform(easy_);
  // A refusal is the server's answer; everything else that failed is the way there.
  if (code == CURLE_OK || (reply_.code >= 400 && !too_quiet_)) return reply_;
  return describe(too_quiet_ ? CURLE_OPERATION_TIMEDOUT : code, server_);
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
  job->result =
      stop() ? job->result : Conversation(job->server, job->mail, line->easy.get(), stop).perform();
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
