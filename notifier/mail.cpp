// SPDX-License-Identifier: MIT
#include "notifier/mail.hpp"

#include <algorithm>

#include "base/digest.hpp"

namespace tocsin::notifier {
namespace {

std::string part(std::string_view type, std::string_view body) {
  std::string out = "Content-Type: ";
  out.append(type).append("; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n");
  return out += quoted_printable(body);
}

/// "=_" cannot occur in quoted-printable, so the line cannot occur in a body.
std::string boundary_for(std::string_view id) {
  return "=_tocsin_" + stable_id(id, 12);
}

std::string in_brackets(std::string_view name, std::string_view id) {
  return std::string(name).append(": <").append(id).append(">\r\n");
}

std::string header_of(const MailMessage& message) {
  std::string out = "Date: " + mail_date(message.date) + "\r\n";
  out += mailbox_field("From", message.from.display, message.from.address);
  out += mailbox_field("To", message.to.display, message.to.address);
  out += header_field("Subject", message.subject);
  out += in_brackets("Message-ID", message.message_id);
  if (!message.thread_id.empty()) {
    out += in_brackets("In-Reply-To", message.thread_id);
    out += in_brackets("References", message.thread_id);
  }
  if (!message.list_id.empty()) out += in_brackets("List-Id", message.list_id);
  out += "Auto-Submitted: auto-generated\r\n";
  for (const auto& [name, value] : message.extra) out += header_field(name, value);
  return out += "MIME-Version: 1.0\r\n";
}

}  // namespace

Result<std::string> compose_mail(const MailMessage& message) {
  for (const auto* box : {&message.from, &message.to})
    if (!is_mail_address(box->address))
      return Error{Errc::malformed, "'" + box->address + "' is not a mail address"};
  auto out = header_of(message);
  if (message.html.empty()) return out += part("text/plain", message.text);
  const auto boundary = boundary_for(message.message_id);
  out += "Content-Type: multipart/alternative;\r\n boundary=\"" + boundary + "\"\r\n\r\n";
  out += "--" + boundary + "\r\n" + part("text/plain", message.text);
  out += "--" + boundary + "\r\n" + part("text/html", message.html);
  return out += "--" + boundary + "--\r\n";
}

std::string message_id(const Event& event, std::string_view domain) {
  return id_atom(event.id) + "." + id_atom(event.receiver) + "@" + std::string(domain);
}

std::string thread_id(const Event& event, std::string_view domain) {
  const auto root = [&](std::string_view kind, std::string_view name) {
    return std::string(kind) + "." + id_atom(name) + "." + id_atom(event.receiver) + "@" +
           std::string(domain);
  };
  if (event.type == EventType::health && !event.group_key.empty())
    return root("health", event.group_key);
  if (event.type != EventType::alert || event.items.empty()) return {};
  const auto& story = event.items.front().story;
  const bool same = std::all_of(event.items.begin(), event.items.end(),
                                [&](const EventItem& item) { return item.story == story; });
  return same && !story.empty() ? root("story", story) : std::string();
}

std::string mail_domain(std::string_view source) {
  if (const auto scheme = source.find("://"); scheme != std::string_view::npos)
    source.remove_prefix(scheme + 3);
  source = source.substr(0, source.find_first_of("/?#"));
  if (const auto at = source.rfind('@'); at != std::string_view::npos) source.remove_prefix(at + 1);
  source = source.substr(0, source.find(':'));
  return source.empty() ? "tocsin.invalid" : id_atom(source);
}

}  // namespace tocsin::notifier
