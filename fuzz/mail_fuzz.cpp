// SPDX-License-Identifier: MIT
// Items that say anything at all → a mail. Judged by a strict reader: no bare CR or LF, lines of at
// most 998 bytes, ASCII only, every header once, a multipart that ends, and a subject that reads
// back as it was meant.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "app/demo/mail_reader.hpp"
#include "notifier/builtin_templates.hpp"
#include "notifier/context.hpp"
#include "notifier/mail.hpp"
#include "notifier/plain.hpp"
#include "notifier/template.hpp"
#include "notifier/wording.hpp"

namespace {

using namespace tocsin;
using namespace tocsin::notifier;

/// The input in pieces, which NUL bytes part.
std::string take(std::string_view& rest) {
  const auto end = rest.find('\0');
  std::string out(rest.substr(0, end));
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return out;
}

Event event_of(std::string_view input) {
  Event event;
  event.id = take(input);
  event.receiver = take(input);
  event.watches.push_back({take(input), Severity::high, {}});
  EventItem item;
  item.title = take(input);
  item.url = take(input);
  item.feed.name = take(input);
  item.summary = take(input);
  const auto body = take(input);
  Hit hit;
  hit.field = Field::body;
  hit.start = static_cast<std::uint32_t>(body.size() / 3);
  hit.end = static_cast<std::uint32_t>(body.size() / 2);
  hit.text = body.substr(hit.start, hit.end - hit.start);
  item.hits.push_back(make_hit("w", hit, body));
  event.items.push_back(std::move(item));
  return event;
}

void demand(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto text = Template::compile(builtin_text(), TemplateKind::text);
  static const auto html = Template::compile(builtin_html(), TemplateKind::html);
  demand(text.has_value() && html.has_value());
  const auto event = event_of({reinterpret_cast<const char*>(data), size});  // NOLINT
  MailMessage message;
  message.from = {event.receiver, "a@example.org"};
  message.to = {"", "b@example.org"};
  message.subject = headline(event);
  message.message_id = message_id(event, mail_domain(event.items.front().url));
  message.thread_id = thread_id(event, "example.org");
  message.list_id = id_atom(event.receiver);
  message.extra = {{"X-Tocsin-Watch", event.watches.front().name}};
  const auto plain = text->render(event, {});
  const auto page = html->render(event, {});
  demand(plain.has_value() && page.has_value());
  message.text = *plain;
  message.html = *page;
  const auto written = compose_mail(message);
  demand(written.has_value());
  const auto read = demo::read_mail(*written);
  demand(read.has_value());
  for (const auto* name : {"From", "To", "Subject", "Date", "Message-ID", "List-Id",
                           "X-Tocsin-Watch", "MIME-Version", "Content-Type"})
    demand(read->count(name) == 1);
  demand(read->headers.size() == 10);
  demand(read->parts.size() == 2);
  demand(read->header("Subject") == one_line(message.subject));
  return 0;
}
