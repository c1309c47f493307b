// SPDX-License-Identifier: MIT
#include "app/demo/smtp_dialogue.hpp"

#include <algorithm>
#include <utility>

#include "base/digest.hpp"

namespace tocsin::demo {
namespace {

using Step = SmtpDialogue::Step;

constexpr std::size_t kMostData = 32U << 20U;

Step say(std::string reply) {
  return {std::move(reply) + "\r\n", false, {}};
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return out;
}

/// The address in "FROM:<a@b> SIZE=1" or "TO:<a@b>"; nothing when it is not written like that.
std::optional<std::string> path_of(std::string_view argument, std::string_view keyword) {
  if (upper(argument.substr(0, keyword.size())) != keyword) return std::nullopt;
  const auto open = argument.find('<');
  const auto close = argument.find('>');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open)
    return std::nullopt;
  return std::string(argument.substr(open + 1, close - open - 1));
}

}  // namespace

Step SmtpDialogue::answer(std::string_view stage, std::string_view argument, std::string usual) {
  const auto scripted = rules_.script ? rules_.script(stage, argument) : std::string();
  if (scripted == "drop") return {"", true, {}};
  // A server that says 421 closes the channel (RFC 5321, 3.8).
  auto step = say(scripted.empty() ? std::move(usual) : scripted);
  step.close = scripted.starts_with("421");
  return step;
}

Step SmtpDialogue::greet() {
  return answer("greeting", "", "220 sink.example.org ESMTP");
}

Step SmtpDialogue::line(std::string_view text) {
  switch (state_) {
    case State::data: return data_line(text);
    case State::plain: return credentials(text);
    case State::login_name:
    case State::login_word: return login_step(text);
    case State::commands: break;
  }
  const auto blank = std::min(text.find(' '), text.size());
  const auto verb = upper(text.substr(0, blank));
  const auto argument = text.substr(std::min(blank + 1, text.size()));
  if (verb == "EHLO" || verb == "HELO") return hello(argument);
  if (verb == "AUTH") return auth(argument);
  if (verb == "MAIL") return mail_from(argument);
  if (verb == "RCPT") return rcpt_to(argument);
  if (verb == "DATA") {
    if (mail_.to.empty()) return say("503 no recipient yet");
    auto step = answer("data", "", "354 go on, end with a dot");
    if (step.reply.starts_with("354")) state_ = State::data;
    return step;
  }
  if (verb == "RSET") {
    mail_ = {};
    return say("250 forgotten");
  }
  if (verb == "NOOP") return say("250 ok");
  if (verb == "QUIT") return {"221 bye\r\n", true, {}};
  return say("502 not known");
}

Step SmtpDialogue::hello(std::string_view argument) {
  std::string features = "250-sink.example.org\r\n250-8BITMIME\r\n";
  if (!rules_.username.empty()) features += "250-AUTH PLAIN LOGIN XOAUTH2\r\n";
  return answer("ehlo", argument, features + "250 SIZE 33554432");
}

Step SmtpDialogue::auth(std::string_view argument) {
  const auto blank = std::min(argument.find(' '), argument.size());
  const auto method = upper(argument.substr(0, blank));
  const auto initial = argument.substr(std::min(blank + 1, argument.size()));
  if (method == "LOGIN" && initial.empty()) {
    state_ = State::login_name;
    return say("334 " + base64_encode("Username:"));
  }
  if (method == "LOGIN") {
    state_ = State::login_name;
    return login_step(initial);
  }
  if (method != "PLAIN" && method != "XOAUTH2") return say("504 no such method");
  state_ = State::plain;
  return initial.empty() ? say("334 ") : credentials(initial);
}

/// PLAIN is NUL name NUL word (RFC 4616); XOAUTH2 is "user=…\1auth=Bearer …\1\1".
Step SmtpDialogue::credentials(std::string_view encoded) {
  state_ = State::commands;
  std::string given;
  if (!base64_decode(encoded, given)) return say("501 not base64");
  if (given.starts_with("user=")) {
    const auto name = given.substr(5, given.find('\x01') - 5);
    const auto wanted =
        "user=" + rules_.username + "\x01" + "auth=Bearer " + rules_.oauth_token + "\x01\x01";
    return judge(!rules_.oauth_token.empty() && given == wanted, name);
  }
  const auto first = given.find('\0');
  const auto second = first == std::string::npos ? first : given.find('\0', first + 1);
  if (second == std::string::npos) return say("501 not PLAIN");
  const auto name = given.substr(first + 1, second - first - 1);
  return judge(name == rules_.username && given.substr(second + 1) == rules_.password, name);
}

Step SmtpDialogue::login_step(std::string_view encoded) {
  std::string given;
  const bool decoded = base64_decode(encoded, given);
  if (decoded && state_ == State::login_name) {
    login_name_ = given;
    state_ = State::login_word;
    return say("334 " + base64_encode("Password:"));
  }
  state_ = State::commands;
  return judge(decoded && login_name_ == rules_.username && given == rules_.password, login_name_);
}

Step SmtpDialogue::judge(bool right, std::string_view name) {
  if (right) login_ = std::string(name);
  return answer("auth", name, right ? "235 welcome" : "535 wrong name or password");
}

Step SmtpDialogue::mail_from(std::string_view argument) {
  const auto path = path_of(argument, "FROM:");
  if (!path) return say("501 MAIL FROM:<address>");
  if (!rules_.username.empty() && login_.empty()) return say("530 authenticate first");
  auto step = answer("mail", *path, "250 ok");
  if (step.reply.starts_with("2")) mail_ = {*path, {}, {}, login_};
  return step;
}

Step SmtpDialogue::rcpt_to(std::string_view argument) {
  const auto path = path_of(argument, "TO:");
  if (!path) return say("501 RCPT TO:<address>");
  auto step = answer("rcpt", *path, "250 ok");
  if (step.reply.starts_with("2")) mail_.to.push_back(*path);
  return step;
}

Step SmtpDialogue::data_line(std::string_view text) {
  if (text != ".") {
    if (text.starts_with('.')) text.remove_prefix(1);
    if (mail_.data.size() < kMostData) mail_.data.append(text).append("\r\n");
    return {};
  }
  state_ = State::commands;
  auto step = answer("body", mail_.data, "250 taken");
  if (step.reply.starts_with("2")) step.arrived = std::move(mail_);
  mail_ = {};
  return step;
}

}  // namespace tocsin::demo
