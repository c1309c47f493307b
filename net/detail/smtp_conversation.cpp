// SPDX-License-Identifier: MIT
#include "net/detail/smtp_conversation.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/redact.hpp"

namespace tocsin::net::detail {
namespace {

constexpr long kConnectMs = 15'000;
constexpr std::chrono::seconds kQuiet{60};  // without a word from the relay, before it has the text
constexpr long kFinalDotSeconds = 600;      // and behind it
constexpr long kWholeMs = 900'000;
constexpr long kProbeMs = 20'000;         // of a talk without a mail
constexpr long kProbeAnswerSeconds = 10;  // a word of it; the answer to QUIT is waited for too

}  // namespace

SmtpConversation::SmtpConversation(const SmtpServer& server, const Mail* mail, CURL* easy,
                                   const std::function<bool()>& stop)
    : server_(server), mail_(mail), easy_(easy), stop_(stop) {
  curl_easy_reset(easy_);
  set_up();
  set_up_security();
  if (mail_ != nullptr) {
    set_up_mail();
    return;
  }
  curl_easy_setopt(easy_, CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt(easy_, CURLOPT_TIMEOUT_MS, kProbeMs);
  curl_easy_setopt(easy_, CURLOPT_SERVER_RESPONSE_TIMEOUT, kProbeAnswerSeconds);
}

CURLcode SmtpConversation::perform() {
  const auto code = curl_easy_perform(easy_);
  return too_quiet_ ? CURLE_OPERATION_TIMEDOUT : code;
}

void SmtpConversation::set_up() {
  CURL* easy = easy_;
  const std::string scheme = server_.tls == SmtpTls::tls ? "smtps://" : "smtp://";
  const bool v6 = server_.host.find(':') != std::string::npos;
  url_ = scheme + (v6 ? "[" + server_.host + "]" : server_.host) + ":" +
         std::to_string(server_.port) + "/" + server_.hello_name;
  curl_easy_setopt(easy, CURLOPT_URL, url_.c_str());
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, kConnectMs);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, kWholeMs);
  curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, kFinalDotSeconds);
  curl_easy_setopt(easy, CURLOPT_MAXCONNECTS, 1L);
  curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, &SmtpConversation::on_progress);
  curl_easy_setopt(easy, CURLOPT_XFERINFODATA, this);
  curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, &SmtpConversation::on_debug);
  curl_easy_setopt(easy, CURLOPT_DEBUGDATA, this);
}

void SmtpConversation::set_up_mail() {
  from_ = "<" + mail_->from + ">";
  to_.add("<" + mail_->to + ">");
  curl_easy_setopt(easy_, CURLOPT_MAIL_FROM, from_.c_str());
  curl_easy_setopt(easy_, CURLOPT_MAIL_RCPT, to_.get());
  curl_easy_setopt(easy_, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(easy_, CURLOPT_READFUNCTION, &SmtpConversation::on_read);
  curl_easy_setopt(easy_, CURLOPT_READDATA, this);
}

void SmtpConversation::set_up_security() {
  CURL* easy = easy_;
  curl_easy_setopt(easy, CURLOPT_CAPATH, static_cast<char*>(nullptr));
  curl_easy_setopt(easy, CURLOPT_CAINFO,
                   server_.ca_file.empty() ? kSystemRoots : server_.ca_file.c_str());
  const bool wants_tls = server_.tls != SmtpTls::none;
  curl_easy_setopt(easy, CURLOPT_USE_SSL,
                   static_cast<long>(wants_tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
  if (!server_.username.empty()) curl_easy_setopt(easy, CURLOPT_USERNAME, server_.username.c_str());
  if (!server_.oauth_token.empty()) {
    curl_easy_setopt(easy, CURLOPT_XOAUTH2_BEARER, server_.oauth_token.c_str());
    curl_easy_setopt(easy, CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2");
  } else if (!server_.password.empty()) {
    curl_easy_setopt(easy, CURLOPT_PASSWORD, server_.password.c_str());
  }
}

std::size_t SmtpConversation::on_read(char* to, std::size_t one, std::size_t count, void* self) {
  auto& talk = *static_cast<SmtpConversation*>(self);
  const auto& data = talk.mail_->data;
  const auto n = std::min(one * count, data.size() - talk.sent_);
  std::copy_n(data.data() + talk.sent_, n, to);
  talk.sent_ += n;
  talk.last_step_ = Clock::now();
  return n;
}

/// libcurl asks once a second at least whether to go on.
int SmtpConversation::on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto& talk = *static_cast<SmtpConversation*>(self);
  const bool handed_over = talk.mail_ != nullptr && talk.sent_ == talk.mail_->data.size();
  talk.too_quiet_ = !handed_over && Clock::now() - talk.last_step_ >= kQuiet;
  return talk.too_quiet_ || talk.stop_() ? 1 : 0;
}

/// Sees the lines of both sides. What we send may hold credentials: only its verb is looked at.
int SmtpConversation::on_debug(CURL*, curl_infotype kind, char* bytes, std::size_t size,
                               void* self) {
  auto& talk = *static_cast<SmtpConversation*>(self);
  const std::string_view line(bytes, size);
  if (kind == CURLINFO_HEADER_OUT) talk.heard_from_us(line);
  if (kind == CURLINFO_HEADER_IN) talk.heard_from_server(line);
  return 0;
}

void SmtpConversation::heard_from_us(std::string_view line) {
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

void SmtpConversation::heard_from_server(std::string_view line) {
  last_step_ = Clock::now();
  int code = 0;
  if (over_ || line.size() < 3) return;
  if (std::from_chars(line.data(), line.data() + 3, code).ptr != line.data() + 3) return;
  const auto end = line.find_last_not_of("\r\n");
  reply_.code = code;
  reply_.text = scrub(line.substr(0, end == std::string_view::npos ? 0 : end + 1), 300);
  reply_.stage = stage_;
}

Error describe_smtp(CURLcode code, const SmtpServer& server) {
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

}  // namespace tocsin::net::detail
