// SPDX-License-Identifier: MIT
#include "app/demo/feed_server.hpp"

#include <map>
#include <utility>
#include <vector>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "app/demo/feed_documents.hpp"
#include "base/digest.hpp"

namespace tocsin::demo {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

class FeedServer::Impl : public std::enable_shared_from_this<FeedServer::Impl> {
 public:
  Impl(const asio::any_io_executor& loop, const Clock& clock)
      : clock_(clock), acceptor_(loop, tcp::endpoint{asio::ip::address_v4::loopback(), 0}) {}

  void accept() {
    acceptor_.async_accept(
        [self = shared_from_this()](boost::system::error_code error, tcp::socket socket) {
          if (error) return;  // closed
          self->serve(std::make_shared<Session>(std::move(socket)));
          self->accept();
        });
  }

  void close() {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
  }

  void publish(const Story& story, int edition) {
    const auto number = std::to_string(++published_);
    Published entry;
    entry.id = "urn:tocsin-demo:" + std::string(story.feed) + ":" + number;
    entry.url = base_url() + "/articles/" + number;
    entry.title = std::string(story.title);
    if (edition > 1) entry.title.append(" (").append(std::to_string(edition)).append(")");
    entry.text = std::string(story.text);
    entry.language = std::string(story.language);
    entry.when = clock_.now();
    auto& feed = feeds_[std::string(story.feed)];
    feed.insert(feed.begin(), std::move(entry));
    constexpr std::size_t kShown = 20;  // like most feeds, only the newest are shown
    if (feed.size() > kShown) feed.resize(kShown);
  }

  std::string base_url() const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
  }

  std::uint64_t requests = 0;
  std::uint64_t not_modified = 0;

 private:
  struct Session {
    explicit Session(tcp::socket socket) : stream(std::move(socket)) {}
    beast::tcp_stream stream;
    beast::flat_buffer buffer;
    http::request<http::string_body> request;
    http::response<http::string_body> response;
  };

  void serve(const std::shared_ptr<Session>& session) {
    session->request = {};
    session->stream.expires_after(std::chrono::seconds{30});
    http::async_read(
        session->stream, session->buffer, session->request,
        [self = shared_from_this(), session](boost::system::error_code error, std::size_t) {
          if (error) return;  // the reader hung up
          session->response = self->answer(session->request);
          self->write(session);
        });
  }

  void write(const std::shared_ptr<Session>& session) {
    http::async_write(
        session->stream, session->response,
        [self = shared_from_this(), session](boost::system::error_code error, std::size_t) {
          if (!error && session->response.keep_alive()) self->serve(session);
        });
  }

  http::response<http::string_body> answer(const http::request<http::string_body>& request) {
    ++requests;
    http::response<http::string_body> response{http::status::ok, request.version()};
    response.keep_alive(request.keep_alive());
    const std::string_view target{request.target().data(), request.target().size()};
    if (target == "/agency.rss") {
      response.set(http::field::content_type, "application/rss+xml; charset=utf-8");
      response.body() = as_rss("Agency", base_url(), feeds_["agency"]);
    } else if (target == "/world.atom") {
      response.set(http::field::content_type, "application/atom+xml");
      response.body() = as_atom("World", base_url(), feeds_["world"]);
    } else if (target == "/notes.json") {
      response.set(http::field::content_type, "application/feed+json");
      response.body() = as_json_feed("Notes", base_url(), feeds_["notes"]);
    } else {
      response.result(http::status::not_found);
    }
    const auto etag = '"' + stable_id(response.body(), 8) + '"';
    response.set(http::field::etag, etag);
    if (request[http::field::if_none_match] == etag) {
      ++not_modified;
      response.result(http::status::not_modified);
      response.body().clear();
    }
    response.prepare_payload();
    return response;
  }

  const Clock& clock_;
  tcp::acceptor acceptor_;
  std::map<std::string, std::vector<Published>> feeds_;  // newest first
  int published_ = 0;
};

FeedServer::FeedServer(asio::any_io_executor loop, const Clock& clock)
    : impl_(std::make_shared<Impl>(loop, clock)) {
  impl_->accept();
}

FeedServer::~FeedServer() {
  impl_->close();
}

void FeedServer::publish(const Story& story, int edition) {
  impl_->publish(story, edition);
}
std::string FeedServer::base_url() const {
  return impl_->base_url();
}
std::uint64_t FeedServer::requests() const noexcept {
  return impl_->requests;
}
std::uint64_t FeedServer::not_modified() const noexcept {
  return impl_->not_modified;
}

}  // namespace tocsin::demo
