// SPDX-License-Identifier: MIT
#include "app/demo/mail_sink.hpp"

#include <istream>
#include <utility>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>

#include "app/demo/smtp_dialogue.hpp"

namespace tocsin::demo {
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr std::size_t kLongestLine = 64U << 10U;
constexpr std::size_t kKept = 1'000;

}  // namespace

class MailSink::Impl : public std::enable_shared_from_this<MailSink::Impl> {
 public:
  Impl(MailSink* owner, const asio::any_io_executor& loop)
      : owner_(owner), acceptor_(loop, tcp::endpoint{asio::ip::address_v4::loopback(), 0}) {}

  void accept() {
    acceptor_.async_accept(
        [self = shared_from_this()](boost::system::error_code error, tcp::socket socket) {
          if (error || self->owner_ == nullptr) return;
          auto session = std::make_shared<Session>(std::move(socket), self->rules());
          std::erase_if(self->sessions_, [](const auto& old) { return old.expired(); });
          self->sessions_.push_back(session);
          self->act(session, session->dialogue.greet());
          self->accept();
        });
  }

  void close() {
    owner_ = nullptr;
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    for (const auto& weak : sessions_)
      if (const auto session = weak.lock()) session->socket.close(ignored);
  }

  [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  std::vector<ReceivedMail> mails;

 private:
  struct Session {
    Session(tcp::socket accepted, SmtpDialogue::Rules rules)
        : socket(std::move(accepted)), dialogue(std::move(rules)) {}
    tcp::socket socket;
    asio::streambuf buffer{kLongestLine};
    std::string reply;
    SmtpDialogue dialogue;
  };

  [[nodiscard]] SmtpDialogue::Rules rules() {
    // The script is looked up at each stage, so that a test may change it between two.
    auto ask = [weak = weak_from_this()](std::string_view stage, std::string_view argument) {
      const auto self = weak.lock();
      const bool scripted = self && self->owner_ != nullptr && self->owner_->script;
      return scripted ? self->owner_->script(stage, argument) : std::string();
    };
    return {std::move(ask), owner_->username, owner_->password, owner_->oauth_token};
  }

  void read(const std::shared_ptr<Session>& session) {
    asio::async_read_until(
        session->socket, session->buffer, "\r\n",
        [self = shared_from_this(), session](boost::system::error_code error, std::size_t size) {
          if (error || self->owner_ == nullptr) return;
          std::string line(size - 2, '\0');
          std::istream in(&session->buffer);
          in.read(line.data(), static_cast<std::streamsize>(line.size()));
          in.ignore(2);
          self->act(session, session->dialogue.line(line));
        });
  }

  void act(const std::shared_ptr<Session>& session, SmtpDialogue::Step step) {
    if (step.arrived) take(std::move(*step.arrived));
    if (step.reply.empty() && !step.close) return read(session);
    session->reply = std::move(step.reply);
    asio::async_write(session->socket, asio::buffer(session->reply),
                      [self = shared_from_this(), session, close = step.close](
                          boost::system::error_code error, std::size_t) {
                        boost::system::error_code ignored;
                        if (close) session->socket.shutdown(tcp::socket::shutdown_both, ignored);
                        if (!error && !close && self->owner_ != nullptr) self->read(session);
                      });
  }

  void take(ReceivedMail mail) {
    if (mails.size() == kKept) mails.erase(mails.begin());
    mails.push_back(std::move(mail));
    if (owner_->on_mail) owner_->on_mail(mails.back());
  }

  MailSink* owner_;  // null once the sink is gone
  tcp::acceptor acceptor_;
  std::vector<std::weak_ptr<Session>> sessions_;
};

MailSink::MailSink(asio::any_io_executor loop) : impl_(std::make_shared<Impl>(this, loop)) {
  impl_->accept();
}

MailSink::~MailSink() {
  impl_->close();
}

std::string MailSink::address() const {
  return "127.0.0.1:" + std::to_string(impl_->port());
}

std::uint16_t MailSink::port() const {
  return impl_->port();
}

const std::vector<ReceivedMail>& MailSink::mails() const noexcept {
  return impl_->mails;
}

}  // namespace tocsin::demo
