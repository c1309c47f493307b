// SPDX-License-Identifier: MIT
// `receivers:`, and the mail relay that they share.
#include <array>

#include <unistd.h>

#include "config/detail/read.hpp"
#include "config/detail/values.hpp"

namespace tocsin::config::detail {
namespace {

using notifier::ReceiverSpec;
using std::chrono::milliseconds;

std::string host_name() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0 || name.front() == '\0') return "localhost";
  return name.data();
}

/// What all mail receivers begin with.
struct MailDefaults {
  net::SmtpServer server;
  std::string from, from_name;
};

void read_from(const View& view, std::string& from, std::string& from_name) {
  if (!view.has("from")) return;
  if (auto mailbox = read_mailbox(view.text("from")))
    std::tie(from_name, from) = std::move(*mailbox);
}

MailDefaults mail_defaults(const Reading& reading) {
  const View smtp = reading.main().below("global").below("smtp", "host");
  MailDefaults out;
  out.server.host = "localhost";
  out.server.port = 25;
  out.server.tls = net::SmtpTls::none;
  out.from = "tocsin@" + host_name();
  if (smtp.node() == nullptr) return out;
  out.server = read_smtp(smtp, {}, reading);
  read_from(smtp, out.from, out.from_name);
  return out;
}

void read_email(const View& view, const MailDefaults& defaults, const Reading& reading,
                notifier::EmailSpec& out) {
  out.server = defaults.server;
  out.from = defaults.from;
  out.from_name = defaults.from_name;
  if (const View own = view.below("smtp", "host"); own.node() != nullptr) {
    out.server = read_smtp(own, defaults.server, reading);
    read_from(own, out.from, out.from_name);
  }
  read_from(view, out.from, out.from_name);
  out.to = view.texts("to");
  out.subject = view.text("subject");
  out.text = view.text("text");
  out.html = view.text("html");
  out.thread_by_story = view.text("threading", "story") == "story";
  out.list_id = view.text("list_id");
}

void read_webhook(const View& view, const Reading& reading, notifier::WebhookSpec& out) {
  const auto secret = [&](std::string_view key) {
    return read_secret(view, key, reading.secrets, *reading.findings);
  };
  out.url = secret("url");
  out.method = view.text("method", out.method);
  for (auto& [name, value] : view.labels("headers")) out.headers.emplace_back(name, value);
  out.secret = secret("secret");
  out.body = view.text("body");
  out.bearer_token = secret("bearer_token");
  out.username = view.text("username");
  out.password = secret("password");
  out.ca_file = view.path("ca_file");
  out.proxy = secret("proxy");
  out.allow_private = view.flag("allow_private", out.allow_private);
  out.timeout = view.duration("timeout", out.timeout);
}

/// Warns of a program that is not there: it may be installed later, but hardly was misspelt on
/// purpose. Names without a path are looked for when they are run.
void check_program(const View& view, Findings& findings) {
  const auto words = view.texts("command");
  const Node* command = view.get("command");
  if (words.empty() || command == nullptr || words.front().find('/') == std::string::npos) return;
  if (::access(words.front().c_str(), X_OK) == 0) return;
  findings.warn(command->is_list() ? *command->children.front() : *command,
                in_quotes(words.front()) + " is no program that can be run here",
                "write the path of a program; it is run without a shell");
}

/// Options of a service by name, secrets read in, paths made absolute; `command` as arguments.
notifier::ServiceSpec read_service(std::string_view kind, const Node& node, const Object& schema,
                                   const Reading& reading) {
  const View view(&node, schema.shorthand);
  notifier::ServiceSpec out;
  out.kind = kind;
  for (const auto& key : schema.keys) {
    if (key.shape.container != Container::one) {
      for (auto& text : view.texts(key.name)) {
        if (key.name == "command")
          out.arguments.push_back(std::move(text));
        else
          out.options.emplace_back(key.name, std::move(text));
      }
      continue;
    }
    if (key.shape.type == Type::object) continue;
    std::string value;
    if (key.shape.is_secret)
      value = read_secret(view, key.name, reading.secrets, *reading.findings);
    else if (key.shape.type == Type::path)
      value = view.path(key.name);
    else
      value = view.text(key.name);
    if (!value.empty()) out.options.emplace_back(key.name, std::move(value));
  }
  if (kind == "exec" && reading.secrets) check_program(view, *reading.findings);
  return out;
}

void read_retry(const View& view, notifier::RetryPolicy& out, Findings& findings) {
  out.give_up_after = view.duration("for", out.give_up_after);
  out.base = view.duration("base", out.base);
  out.max_interval = view.duration("max_interval", out.max_interval);
  if (out.base > out.max_interval && (view.has("base") || view.has("max_interval")))
    findings.error(*view.get(view.has("max_interval") ? "max_interval" : "base"),
                   "retry.max_interval is less than retry.base", "write base <= max_interval");
}

/// `retry` and `throttle` may stand at the receiver or within its channel.
void read_shared(const View& receiver, const View& channel, ReceiverSpec& out, Findings& findings) {
  for (const std::string_view key : {"retry", "throttle"})
    if (receiver.has(key) && channel.has(key))
      findings.error(*channel.node()->find_key(key),
                     "'" + std::string(key) + "' is given twice: here and at the receiver",
                     "keep one of the two");
  read_retry((receiver.has("retry") ? receiver : channel).below("retry", "for"), out.retry,
             findings);
  const View throttled = receiver.has("throttle") ? receiver : channel;
  if (throttled.has("throttle"))
    if (auto rate = read_rate(throttled.text("throttle"))) out.throttle = *rate;
}

void read_digest(const View& view, const Config& config, const Reading& reading,
                 ReceiverSpec& out) {
  if (view.node() == nullptr) return;
  out.digest.emplace();
  for (const auto& text : view.texts("at"))
    if (const auto minute = read_clock_time(text)) out.digest->at_minutes.push_back(*minute % 1440);
  out.digest->min_items = static_cast<std::uint32_t>(view.integer("min_items", 1));
  out.digest->timezone = view.text("timezone", config.delivery.timezone);
  if (!view.has("timezone") && !reading.main().below("global").has("timezone"))
    reading.findings->error(*view.node(), "the digest's times have no zone",
                            "add timezone: Europe/Helsinki, or global.timezone");
}

ReceiverSpec read_receiver(const Node& node, const MailDefaults& mail, const Config& config,
                           const Reading& reading) {
  const View view(&node);
  ReceiverSpec out;
  out.name = view.text("name");
  View channel(nullptr);
  if (const Node* email = view.get("email")) {
    channel = View(email);
    read_email(channel, mail, reading, out.email.emplace());
  } else if (const Node* webhook = view.get("webhook")) {
    channel = View(webhook, "url");
    read_webhook(channel, reading, out.webhook.emplace());
  } else if (view.has("print")) {
    out.print = view.flag("print", false);
    if (!out.print)
      reading.findings->error(*view.get("print"), "a receiver that does not print has no channel",
                              "write print: true, or remove the receiver");
  } else {
    for (const auto kind : service_kinds()) {
      const Node* service = view.get(kind);
      if (service == nullptr) continue;
      channel = View(service, "");
      out.service =
          read_service(kind, *service, *kReceiverSchema.find(kind)->shape.object_of, reading);
      break;
    }
  }
  read_shared(view, channel, out, *reading.findings);
  read_digest(view.below("digest"), config, reading, out);
  return out;
}

/// What no relay takes: half a login, or the wrong kind of TLS for a port.
void check_smtp(const View& view, const net::SmtpServer& server, Findings& findings) {
  const bool secret = !server.password.empty() || !server.oauth_token.empty();
  const bool asked = view.has("password") || view.has("password_file") || view.has("oauth_token") ||
                     view.has("oauth_token_file");
  if (view.has("username") && !secret && !asked)
    findings.error(*view.get("username"), "a user name without a password",
                   "add password_file: PATH, or remove username");
  if (server.username.empty() && view.has("password_file"))
    findings.error(*view.get("password_file"), "a password without a user name",
                   "add username: ..., or remove password_file");
  const Node* host = view.get("host");
  const bool doubtful = view.node()->find_key("tls") != nullptr && !view.has("tls");
  if (host == nullptr || doubtful) return;
  if (server.port == 465 && server.tls != net::SmtpTls::tls)
    findings.warn(*host, "port 465 speaks TLS from the first byte", "add tls: tls");
  if ((server.port == 587 || server.port == 25) && server.tls == net::SmtpTls::tls)
    findings.warn(*host, "port " + std::to_string(server.port) + " begins in plain text",
                  "write tls: starttls, or port 465");
}

}  // namespace

net::SmtpServer read_smtp(const View& view, const net::SmtpServer& defaults,
                          const Reading& reading) {
  net::SmtpServer out = defaults;
  out.tls = view.text("tls", "starttls") == "none"  ? net::SmtpTls::none
            : view.text("tls", "starttls") == "tls" ? net::SmtpTls::tls
                                                    : net::SmtpTls::starttls;
  const std::uint16_t port = out.tls == net::SmtpTls::none  ? 25
                             : out.tls == net::SmtpTls::tls ? 465
                                                            : 587;
  if (const auto endpoint = read_endpoint(view.text("host", "localhost"), port)) {
    out.host = endpoint->host;
    out.port = endpoint->port;
  }
  out.username = view.text("username", out.username);
  if (auto password = read_secret(view, "password", reading.secrets, *reading.findings);
      !password.empty())
    out.password = std::move(password);
  if (auto token = read_secret(view, "oauth_token", reading.secrets, *reading.findings);
      !token.empty())
    out.oauth_token = std::move(token);
  if (view.has("ca_file")) out.ca_file = view.path("ca_file");
  out.hello_name = view.text("hello_name", out.hello_name);
  if (reading.secrets) check_smtp(view, out, *reading.findings);
  return out;
}

void read_receivers(const Reading& reading, Config& config) {
  const auto mail = mail_defaults(reading);
  UniqueNames names("receiver", *reading.findings);
  auto& all = config.delivery.receivers;
  reading.each_item("receivers", [&](const Node& node) {
    if (!node.is_mapping()) return;
    auto receiver = read_receiver(node, mail, config, reading);
    if (!receiver.name.empty() && names.add(*node.find("name"))) all.push_back(std::move(receiver));
  });
  if (!all.empty()) return;
  ReceiverSpec print;
  print.name = "print";
  print.print = true;
  all.push_back(std::move(print));
}

}  // namespace tocsin::config::detail
