// SPDX-License-Identifier: MIT
#include "notifier/channels/email.hpp"

#include <string>
#include <utility>
#include <vector>

#include "base/redact.hpp"
#include "notifier/builtin_templates.hpp"
#include "notifier/channels/http_outcome.hpp"
#include "notifier/mail.hpp"
#include "notifier/plain.hpp"
#include "notifier/template.hpp"

namespace tocsin::notifier {
namespace {

using Outcome = Attempt::Outcome;

constexpr int kClosing = 421;  // "service not available", wherever it is said

/// The three templates of a message.
struct MailTemplates {
  Template subject, text, html;
};

Result<MailTemplates> compile_templates(const EmailSpec& spec) {
  const auto or_builtin = [](const std::string& given, std::string_view builtin) {
    return given.empty() ? builtin : std::string_view(given);
  };
  auto subject = Template::compile(or_builtin(spec.subject, builtin_subject()), TemplateKind::text);
  if (!subject) return std::move(subject).error().context("email subject");
  auto text = Template::compile(or_builtin(spec.text, builtin_text()), TemplateKind::text);
  if (!text) return std::move(text).error().context("email text");
  auto html = Template::compile(or_builtin(spec.html, builtin_html()), TemplateKind::html);
  if (!html) return std::move(html).error().context("email html");
  return MailTemplates{std::move(*subject), std::move(*text), std::move(*html)};
}

/// Sections that gave nothing leave blank lines behind: at most one stays.
std::string without_blank_runs(std::string_view text) {
  std::string out;
  std::size_t newlines = 2;  // none at the beginning
  for (const char c : text) {
    newlines = c == '\n' ? newlines + 1 : 0;
    if (newlines <= 2) out += c;
  }
  return out;
}

std::string priority(Severity severity) {
  switch (severity) {
    case Severity::critical: return "1";
    case Severity::high: return "2";
    case Severity::normal: return "3";
    case Severity::low: return "5";
  }
  return "3";
}

class EmailChannel final : public Channel {
 public:
  EmailChannel(EmailSpec spec, RetryPolicy retry, MailTemplates templates, RenderOptions options,
               net::SmtpClient& smtp)
      : spec_(std::move(spec)),
        retry_(retry),
        templates_(std::move(templates)),
        options_(std::move(options)),
        domain_(mail_domain(options_.source)),
        smtp_(smtp) {}

  [[nodiscard]] std::vector<std::string> targets() const override { return spec_.to; }

  boost::asio::awaitable<Attempt> deliver(Delivery delivery) override {
    const auto& to = delivery.target.empty() ? spec_.to.front() : delivery.target;
    auto data = compose(delivery, to);
    if (!data) co_return Attempt{Outcome::dead, data.error().message, {}};
    net::Mail mail;
    mail.from = parse_mailbox(spec_.from).address;
    mail.to = parse_mailbox(to).address;
    mail.data = std::move(*data);
    auto server = spec_.server;
    const auto answer = co_await smtp_.send(std::move(server), std::move(mail));
    co_return judge_smtp(answer, retry_);
  }

 private:
  [[nodiscard]] Result<std::string> compose(const Delivery& delivery, const std::string& to) const {
    const auto& event = delivery.event;
    auto subject = templates_.subject.render(event, options_);
    if (!subject) return std::move(subject).error().context("email subject");
    auto text = templates_.text.render(event, options_);
    if (!text) return std::move(text).error().context("email text");
    // A text that the user wrote is not doubled by a page of ours.
    const bool plain_only = !spec_.text.empty() && spec_.html.empty();
    auto html =
        plain_only ? Result<std::string>(std::string()) : templates_.html.render(event, options_);
    if (!html) return std::move(html).error().context("email html");
    MailMessage message;
    message.from = parse_mailbox(spec_.from);
    if (!spec_.from_name.empty() || message.from.display.empty())
      message.from.display = spec_.from_name.empty() ? "tocsin" : spec_.from_name;
    message.to = parse_mailbox(to);
    message.subject = cut_at_word(one_line(*subject), 400);
    // The same on every attempt, like everything else in the message.
    message.date = event.time == Timestamp{} ? delivery.attempt_time : event.time;
    message.message_id = message_id(event, domain_);
    if (spec_.thread_by_story) message.thread_id = thread_id(event, domain_);
    message.list_id =
        spec_.list_id.empty() ? id_atom(event.receiver) + "." + domain_ : id_atom(spec_.list_id);
    message.extra = {{"X-Priority", priority(event.severity)},
                     {"X-Tocsin-Event", event.id},
                     {"X-Tocsin-Severity", std::string(to_string(event.severity))}};
    for (const auto& watch : event.watches)
      message.extra.emplace_back("X-Tocsin-Watch", watch.name);
    message.text = without_blank_runs(*text);
    message.html = std::move(*html);
    return compose_mail(message);
  }

  EmailSpec spec_;
  RetryPolicy retry_;
  MailTemplates templates_;
  RenderOptions options_;
  std::string domain_;
  net::SmtpClient& smtp_;
};

Result<void> check_addresses(const EmailSpec& spec) {
  if (spec.to.empty()) return Error{Errc::malformed, "email: no recipient"};
  for (const auto& to : spec.to)
    if (!is_mail_address(parse_mailbox(to).address))
      return Error{Errc::malformed, "email: '" + scrub(to, 200) + "' is not a mail address"};
  if (!is_mail_address(parse_mailbox(spec.from).address))
    return Error{Errc::malformed,
                 "email: the sender '" + scrub(spec.from, 200) + "' is not a mail address"};
  return {};
}

}  // namespace

std::string reply_text(const net::SmtpReply& reply) {
  const auto code = std::to_string(reply.code);
  const auto said = scrub(one_line(reply.text), 300);
  return said.starts_with(code) ? said : code + " " + said;
}

Attempt judge_smtp(const Result<net::SmtpReply>& answer, const RetryPolicy& retry) {
  Attempt out;
  if (!answer) {
    out.outcome = Outcome::retry;
    out.detail = answer.error().message;
    if (answer.error().code == Errc::denied) out.retry_after = slow_retry(retry);
    return out;
  }
  const auto& reply = *answer;
  out.detail = reply_text(reply);
  const int kind = reply.code / 100;
  const bool this_recipient = reply.stage == "rcpt" || reply.stage == "data";
  if (kind == 2) {
    out.outcome = Outcome::delivered;
  } else if (kind == 5 && this_recipient) {
    out.outcome = Outcome::dead;
  } else {
    out.outcome = Outcome::retry;
    out.target_alone = this_recipient && reply.code != kClosing;
    if (kind == 5) out.retry_after = slow_retry(retry);
  }
  return out;
}

Result<std::unique_ptr<Channel>> make_email_channel(const ReceiverSpec& receiver,
                                                    const DeliverySpec& delivery,
                                                    const ChannelDeps& deps) {
  const auto& spec = *receiver.email;
  if (auto checked = check_addresses(spec); !checked) return std::move(checked).error();
  auto templates = compile_templates(spec);
  if (!templates) return std::move(templates).error();
  RenderOptions options{delivery.timezone, delivery.source};
  return std::unique_ptr<Channel>(std::make_unique<EmailChannel>(
      spec, receiver.retry, std::move(*templates), std::move(options), deps.smtp));
}

}  // namespace tocsin::notifier
