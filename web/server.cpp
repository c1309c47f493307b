// SPDX-License-Identifier: MIT
#include "web/server.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <string>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "base/log.hpp"

namespace tocsin::web {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

namespace {

using Incoming = http::request<http::string_body>;
using Outgoing = http::response<http::string_body>;

// After a failure to accept (no file descriptors left) the server rests so long.
constexpr std::chrono::milliseconds kRest{500};

Request to_request(Incoming&& in) {
  Request out;
  out.method = std::string(in.method_string());
  const std::string target(in.target());
  const auto question = target.find('?');
  out.path = target.substr(0, question);
  if (question != std::string::npos) out.query = target.substr(question + 1);
  for (const auto& field : in) {
    std::string name(field.name_string());
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    out.headers.emplace_back(std::move(name), std::string(field.value()));
  }
  out.body = std::move(in.body());
  return out;
}

Outgoing to_outgoing(Response&& in, unsigned version, bool keep_alive, bool head) {
  Outgoing out{http::int_to_status(static_cast<unsigned>(in.status)), version};
  out.result(static_cast<unsigned>(in.status));
  out.set(http::field::content_type, in.content_type);
  out.set("X-Content-Type-Options", "nosniff");
  out.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  out.set("Referrer-Policy", "no-referrer");
  out.set(http::field::cache_control, "no-store");
  for (const auto& [name, value] : in.headers) out.set(name, value);
  out.keep_alive(keep_alive);
  const auto length = in.body.size();
  if (!head) out.body() = std::move(in.body);
  out.content_length(length);
  return out;
}

/// The answer to a request that does not parse or is too large; status 0: just hang up.
Response complaint(const beast::error_code& error) {
  Response out;
  out.status = 0;
  if (error == http::error::header_limit)
    out.status = 431;
  else if (error == http::error::body_limit)
    out.status = 413;
  else if (error == beast::error::timeout)
    out.status = 408;
  else if (error != http::error::end_of_stream && error != http::error::partial_message &&
           error.category() == make_error_code(http::error::bad_method).category())
    out.status = 400;
  out.body = error.message() + "\n";
  return out;
}

Result<tcp::endpoint> endpoint_of(const ServerOptions& options) {
  std::string host = options.host == "localhost" ? "127.0.0.1" : options.host;
  if (host.size() > 2 && host.front() == '[' && host.back() == ']')
    host = host.substr(1, host.size() - 2);
  boost::system::error_code failed;
  const auto address = asio::ip::make_address(host, failed);
  if (failed) return Error{Errc::malformed, "'" + options.host + "' is no address to listen on"};
  if (!address.is_loopback() && options.token.empty())
    return Error{Errc::denied, "others can reach " + options.host + ", and no token guards it"};
  return tcp::endpoint{address, options.port};
}

}  // namespace

class Server::Core : public std::enable_shared_from_this<Server::Core> {
 public:
  Core(const asio::any_io_executor& loop, ServerOptions options)
      : options_(std::move(options)), acceptor_(loop), rest_(loop) {}

  Result<void> bind() {
    const auto endpoint = endpoint_of(options_);
    if (!endpoint) return endpoint.error();
    boost::system::error_code failed;
    acceptor_.open(endpoint->protocol(), failed);
    if (!failed) acceptor_.set_option(tcp::acceptor::reuse_address(true), failed);
    if (!failed) acceptor_.bind(*endpoint, failed);
    if (!failed) acceptor_.listen(asio::socket_base::max_listen_connections, failed);
    if (failed)
      return Error{Errc::denied, failed.message()}.context("cannot listen on " + options_.host +
                                                           ":" + std::to_string(options_.port));
    guard_.token = options_.token;
    guard_.loopback = endpoint->address().is_loopback();
    guard_.port = acceptor_.local_endpoint().port();
    return {};
  }

  void start() {
    asio::co_spawn(acceptor_.get_executor(), accept(shared_from_this()), asio::detached);
  }

  void close() {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    rest_.cancel();
    for (auto* stream : open_) stream->cancel();
    closed_ = true;
  }

  Router router;
  [[nodiscard]] std::uint16_t port() const noexcept { return guard_.port; }

 private:
  // Coroutines hold the core by a pointer of their own: they may outlive the server.
  static asio::awaitable<void> accept(std::shared_ptr<Core> self) {
    while (!self->closed_) {
      auto [error, socket] =
          co_await self->acceptor_.async_accept(asio::as_tuple(asio::use_awaitable));
      if (self->closed_) co_return;
      if (error) {
        self->rest_.expires_after(kRest);
        co_await self->rest_.async_wait(asio::as_tuple(asio::use_awaitable));
        continue;
      }
      if (self->open_.size() >= self->options_.max_connections) continue;  // hangs up
      asio::co_spawn(self->acceptor_.get_executor(), serve(self, std::move(socket)),
                     asio::detached);
    }
  }

  static asio::awaitable<void> serve(std::shared_ptr<Core> self, tcp::socket socket) {
    beast::tcp_stream stream(std::move(socket));
    self->open_.insert(&stream);
    beast::flat_buffer buffer;
    bool more = true;
    for (std::size_t i = 0; more && i < self->options_.requests_per_connection; ++i) {
      const bool last = i + 1 == self->options_.requests_per_connection;
      auto exchanging = exchange(self, stream, buffer, last);
      more = co_await std::move(exchanging);
    }
    self->open_.erase(&stream);
    boost::system::error_code ignored;
    stream.socket().shutdown(tcp::socket::shutdown_both, ignored);
  }

  /// One request and its answer; false when the connection is to end.
  static asio::awaitable<bool> exchange(std::shared_ptr<Core> self, beast::tcp_stream& stream,
                                        beast::flat_buffer& buffer, bool last) {
    http::request_parser<http::string_body> parser;
    parser.header_limit(self->options_.max_header);
    parser.body_limit(self->options_.max_body);
    stream.expires_after(self->options_.read_limit);
    const auto [broken, size] =
        co_await http::async_read(stream, buffer, parser, asio::as_tuple(asio::use_awaitable));
    if (self->closed_) co_return false;
    Response response;
    if (broken) {
      response = complaint(broken);
      if (response.status == 0) co_return false;
    }
    const bool keep = !broken && !last && parser.get().keep_alive();
    const bool head = !broken && parser.get().method() == http::verb::head;
    const unsigned version = broken ? 11U : parser.get().version();
    stream.expires_after(self->options_.answer_limit);
    if (!broken) {
      auto answering = self->router.answer(to_request(parser.release()), self->guard_);
      response = co_await std::move(answering);
    }
    if (self->closed_) co_return false;
    auto out = to_outgoing(std::move(response), version, keep, head);
    http::response_serializer<http::string_body> serializer(out);
    boost::system::error_code unsent;
    if (head) {
      const auto [error, written] = co_await http::async_write_header(
          stream, serializer, asio::as_tuple(asio::use_awaitable));
      unsent = error;
    } else {
      const auto [error, written] =
          co_await http::async_write(stream, serializer, asio::as_tuple(asio::use_awaitable));
      unsent = error;
    }
    co_return !unsent && keep;
  }

  const ServerOptions options_;
  Guard guard_;
  tcp::acceptor acceptor_;
  asio::steady_timer rest_;
  std::set<beast::tcp_stream*> open_;  // each owned by its coroutine
  bool closed_ = false;
};

Server::Server(std::shared_ptr<Core> core) : core_(std::move(core)) {}
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() {
  if (core_) core_->close();
}

Result<Server> Server::listen(asio::any_io_executor loop, ServerOptions options) {
  auto core = std::make_shared<Core>(loop, std::move(options));
  if (auto bound = core->bind(); !bound) return std::move(bound).error();
  core->start();
  return Server(std::move(core));
}

Router& Server::router() noexcept {
  return core_->router;
}
std::uint16_t Server::port() const noexcept {
  return core_->port();
}

}  // namespace tocsin::web
