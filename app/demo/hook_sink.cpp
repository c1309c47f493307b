// SPDX-License-Identifier: MIT
#include "app/demo/hook_sink.hpp"

#include <chrono>
#include <optional>
#include <utility>

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "notifier/webhook_signature.hpp"

namespace tocsin::demo {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

namespace {

constexpr std::size_t kMostBody = 8U << 20U;
constexpr std::size_t kKept = 1'000;
constexpr std::chrono::seconds kIdle{30};

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

}  // namespace

std::string_view HookRequest::header(std::string_view name) const noexcept {
  for (const auto& [key, value] : headers)
    if (key == name) return value;
  return {};
}

class HookSink::Impl : public std::enable_shared_from_this<HookSink::Impl> {
 public:
  Impl(HookSink* owner, const asio::any_io_executor& loop, std::string secret)
      : owner_(owner),
        secret_(std::move(secret)),
        acceptor_(loop, tcp::endpoint{asio::ip::address_v4::loopback(), 0}) {}

  void accept() {
    acceptor_.async_accept(
        [self = shared_from_this()](boost::system::error_code error, tcp::socket socket) {
          if (error) return;  // closed
          auto session = std::make_shared<Session>(std::move(socket));
          std::erase_if(self->sessions_, [](const auto& old) { return old.expired(); });
          self->sessions_.push_back(session);
          self->serve(session);
          self->accept();
        });
  }

  void close() {
    owner_ = nullptr;
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    for (const auto& weak : sessions_)
      if (const auto session = weak.lock()) session->stream.close();
  }

  [[nodiscard]] std::string base_url() const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
  }

  std::vector<HookRequest> requests;

 private:
  struct Session {
    explicit Session(tcp::socket socket) : stream(std::move(socket)) {}
    beast::tcp_stream stream;
    beast::flat_buffer buffer;
    std::optional<http::request_parser<http::string_body>> parser;
    http::response<http::string_body> response;
  };

  void serve(const std::shared_ptr<Session>& session) {
    session->parser.emplace();
    session->parser->body_limit(kMostBody);
    session->stream.expires_after(kIdle);
    http::async_read(
        session->stream, session->buffer, *session->parser,
        [self = shared_from_this(), session](boost::system::error_code error, std::size_t) {
          if (!error && self->owner_ != nullptr) self->take(session);
        });
  }

  void take(const std::shared_ptr<Session>& session) {
    auto request = read(session->parser->get());
    if (owner_->on_request) owner_->on_request(request);
    const auto said = owner_->answer ? owner_->answer(request) : HookAnswer{};
    if (requests.size() == kKept) requests.erase(requests.begin());
    requests.push_back(std::move(request));
    if (said.hang_up) return session->stream.close();
    auto& response = session->response;
    response = {};
    response.version(session->parser->get().version());
    response.keep_alive(session->parser->get().keep_alive());
    response.result(static_cast<unsigned>(said.status));
    for (const auto& [name, value] : said.headers) response.insert(name, value);
    response.body() = said.body;
    response.prepare_payload();
    write(session);
  }

  void write(const std::shared_ptr<Session>& session) {
    http::async_write(
        session->stream, session->response,
        [self = shared_from_this(), session](boost::system::error_code error, std::size_t) {
          if (!error && session->response.keep_alive() && self->owner_ != nullptr)
            self->serve(session);
        });
  }

  [[nodiscard]] HookRequest read(const http::request<http::string_body>& message) const {
    HookRequest out;
    out.method = std::string(message.method_string());
    out.target = std::string(message.target());
    for (const auto& field : message)
      out.headers.emplace_back(lower({field.name_string().data(), field.name_string().size()}),
                               std::string(field.value()));
    out.body = message.body();
    out.signature_ok =
        secret_.empty() ||
        notifier::verify_webhook(secret_, out.header("webhook-id"), out.header("webhook-timestamp"),
                                 out.body, out.header("webhook-signature"));
    return out;
  }

  HookSink* owner_;  // null once the sink is gone
  std::string secret_;
  tcp::acceptor acceptor_;
  std::vector<std::weak_ptr<Session>> sessions_;
};

HookSink::HookSink(asio::any_io_executor loop, std::string secret)
    : impl_(std::make_shared<Impl>(this, loop, std::move(secret))) {
  impl_->accept();
}

HookSink::~HookSink() {
  impl_->close();
}

std::string HookSink::base_url() const {
  return impl_->base_url();
}

const std::vector<HookRequest>& HookSink::requests() const noexcept {
  return impl_->requests;
}

}  // namespace tocsin::demo
