// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/demo/mail_sink.hpp"

namespace tocsin::demo {

/// What a mail server says to each line of one connection: the protocol without the sockets.
/// One thread at a time.
class SmtpDialogue {
 public:
  /// What the server wants of its guests.
  struct Rules {
    std::function<std::string(std::string_view stage, std::string_view argument)> script;
    std::string username, password, oauth_token;
  };
  /// What to do after a line.
  struct Step {
    std::string reply;                    ///< with its CRLFs; empty: say nothing yet
    bool close = false;                   ///< after the reply
    std::optional<ReceivedMail> arrived;  ///< a message that was taken just now
  };

  explicit SmtpDialogue(Rules rules) : rules_(std::move(rules)) {}

  /// What is said before the first line.
  Step greet();
  /// Answers one line, without its CRLF.
  Step line(std::string_view text);

 private:
  enum class State : unsigned char { commands, plain, login_name, login_word, data };

  Step answer(std::string_view stage, std::string_view argument, std::string usual);
  Step hello(std::string_view argument);
  Step auth(std::string_view argument);
  Step credentials(std::string_view encoded);
  Step login_step(std::string_view encoded);
  Step judge(bool right, std::string_view name);
  Step mail_from(std::string_view argument);
  Step rcpt_to(std::string_view argument);
  Step data_line(std::string_view text);

  Rules rules_;
  State state_ = State::commands;
  ReceivedMail mail_;
  std::string login_, login_name_;
};

}  // namespace tocsin::demo
