// SPDX-License-Identifier: MIT
#include "tests/support/raw_server.hpp"

#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

namespace tocsin::testing {
namespace asio = boost::asio;
using asio::ip::tcp;

RawServer::RawServer(Answer answer)
    : answer_(std::move(answer)),
      acceptor_(loop_, tcp::endpoint{asio::ip::address_v4::loopback(), 0}),
      thread_([this] { serve(); }) {}

RawServer::~RawServer() {
  // A connection of our own wakes the blocking accept; an empty request ends the thread.
  boost::system::error_code ignored;
  asio::io_context loop{1};
  tcp::socket knock(loop);
  knock.connect(acceptor_.local_endpoint(), ignored);
  knock.close(ignored);
  thread_.join();
}

void RawServer::serve() {
  for (;;) {
    boost::system::error_code error;
    tcp::socket socket(loop_);
    acceptor_.accept(socket, error);
    if (error) return;
    std::string request;
    asio::read_until(socket, asio::dynamic_buffer(request), "\r\n\r\n", error);
    if (request.empty()) return;
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    asio::write(socket, asio::buffer(answer_(request)), error);
    socket.shutdown(tcp::socket::shutdown_send, error);
    // Reads until the client hangs up, so that no reset destroys what it has not read yet.
    std::string rest;
    asio::read_until(socket, asio::dynamic_buffer(rest), std::string(1, '\0'), error);
  }
}

std::string RawServer::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(port()) + path;
}

std::uint16_t RawServer::port() const {
  return acceptor_.local_endpoint().port();
}

std::vector<std::string> RawServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

std::string http_answer(int status, const std::string& headers, const std::string& body) {
  return "HTTP/1.1 " + std::to_string(status) + " Some reason\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

}  // namespace tocsin::testing
