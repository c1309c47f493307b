// SPDX-License-Identifier: MIT
#include "net/smtp_probe.hpp"

#include <functional>
#include <string_view>

#include "net/detail/smtp_conversation.hpp"

namespace tocsin::net {
namespace {

SmtpHurdle hurdle_of(CURLcode code) {
  switch (code) {
    case CURLE_OK: return SmtpHurdle::none;
    case CURLE_COULDNT_RESOLVE_HOST: return SmtpHurdle::name;
    case CURLE_COULDNT_CONNECT: return SmtpHurdle::connect;
    case CURLE_OPERATION_TIMEDOUT: return SmtpHurdle::silence;
    case CURLE_USE_SSL_FAILED: return SmtpHurdle::no_starttls;
    case CURLE_SSL_CONNECT_ERROR: return SmtpHurdle::tls;
    case CURLE_PEER_FAILED_VERIFICATION: return SmtpHurdle::certificate;
    case CURLE_SSL_CACERT_BADFILE: return SmtpHurdle::ca_file;
    case CURLE_LOGIN_DENIED: return SmtpHurdle::no_login;
    default: return SmtpHurdle::lost;
  }
}

std::string place(const SmtpServer& server) {
  return server.host + ":" + std::to_string(server.port) + ": ";
}

std::string problem_of(SmtpHurdle hurdle, CURLcode code, const SmtpServer& server) {
  switch (hurdle) {
    case SmtpHurdle::none: return {};
    case SmtpHurdle::name: return place(server) + "there is no host of this name";
    case SmtpHurdle::connect: return place(server) + "nothing takes connections there";
    case SmtpHurdle::no_login:
      return place(server) + "the server offers no way to log in that is known here";
    case SmtpHurdle::tls: return place(server) + "the TLS handshake failed";
    case SmtpHurdle::ca_file: return "the file " + server.ca_file + " cannot be read";
    default: return detail::describe_smtp(code, server).message;
  }
}

bool wants_login(const SmtpServer& server) {
  return !server.username.empty() || !server.oauth_token.empty();
}

}  // namespace

SmtpProbe probe_smtp(const SmtpServer& server) {
  const detail::Easy easy(curl_easy_init());
  const std::function<bool()> never = [] { return false; };
  SmtpProbe out;
  detail::SmtpConversation talk(server, nullptr, easy.get(), never);
  const auto code = talk.perform();
  const auto& reply = talk.reply();
  const bool asked_to_log_in = reply.stage == "auth";
  if (code != CURLE_OK && reply.code >= 400) {
    out.hurdle = asked_to_log_in ? SmtpHurdle::login : SmtpHurdle::refusal;
    out.problem = place(server) + reply.text;
    return out;
  }
  out.hurdle = hurdle_of(code);
  // libcurl goes on without a login where the server offers none: the server would refuse us later.
  if (code == CURLE_OK && wants_login(server) && !asked_to_log_in)
    out.hurdle = SmtpHurdle::no_login;
  out.problem = problem_of(out.hurdle, code, server);
  return out;
}

}  // namespace tocsin::net
