// SPDX-License-Identifier: MIT
#pragma once

#include <thread>
#include <utility>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include "app/demo/mail_sink.hpp"
#include "net/smtp_client.hpp"

namespace tocsin::testing {

/// A mail sink on a thread of its own, for clients that block. Set it up, start it, stop it, look.
class ThreadedMailSink {
 public:
  ThreadedMailSink() = default;
  ~ThreadedMailSink() { stop(); }
  ThreadedMailSink(const ThreadedMailSink&) = delete;
  ThreadedMailSink& operator=(const ThreadedMailSink&) = delete;

  void start() {
    thread_ = std::thread([this] { loop_.run(); });
  }
  void stop() {
    loop_.stop();
    if (thread_.joinable()) thread_.join();
  }
  /// Only before `start` and after `stop`.
  demo::MailSink& sink() { return sink_; }
  /// How to reach it, in the clear.
  [[nodiscard]] net::SmtpServer server() const {
    net::SmtpServer out;
    out.host = "127.0.0.1";
    out.port = sink_.port();
    out.tls = net::SmtpTls::none;
    out.hello_name = "tocsin.test";
    return out;
  }

 private:
  boost::asio::io_context loop_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{
      loop_.get_executor()};
  demo::MailSink sink_{loop_.get_executor()};
  std::thread thread_;
};

}  // namespace tocsin::testing
