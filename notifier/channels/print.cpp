// SPDX-License-Identifier: MIT
#include "notifier/channels/print.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "notifier/marked.hpp"
#include "notifier/plain.hpp"
#include "notifier/wording.hpp"

namespace tocsin::notifier {
namespace {

constexpr std::size_t kMostLines = 4;  // of an article, in one line of the terminal

/// Paints by severity; nothing without colour.
std::string painted(std::string_view text, Severity severity, bool colour) {
  if (!colour) return std::string(text);
  const std::string_view code = severity == Severity::critical ? "\x1b[1;31m"
                                : severity == Severity::high   ? "\x1b[33m"
                                : severity == Severity::low    ? "\x1b[2m"
                                                               : "\x1b[36m";
  return std::string(code).append(text).append("\x1b[0m");
}

std::string item_line(const Event& event, const EventItem& item, bool colour) {
  const auto marker = colour ? ansi_marker() : plain_marker();
  auto line = painted(shout(event.severity), event.severity, colour);
  line.append(" ").append(one_line(watch_names(item, event)));
  line.append(": ").append(marked_title(item, marker));
  for (const auto& hit : shown_hits(item, kMostLines))
    line.append(" | ").append(marked_context(item, hit, marker));
  if (!item.feed.name.empty()) line.append(" | ").append(one_line(item.feed.name));
  if (const auto age = age_text(item); !age.empty()) line.append(", ").append(age);
  if (item.update) line.append(" | updated");
  if (!item.url.empty()) line.append(" | ").append(one_line(item.url));
  return line;
}

std::string health_line(const Event& event, bool colour) {
  auto line = painted(shout(event.severity), event.severity, colour);
  return line.append(" tocsin: ").append(one_line(event.health_text));
}

class PrintChannel final : public Channel {
 public:
  PrintChannel(std::function<void(std::string_view)> print, bool colour)
      : print_(print ? std::move(print) : to_standard_output), colour_(colour) {}

  boost::asio::awaitable<Attempt> deliver(Delivery delivery) override {
    for (const auto& line : print_lines(delivery.event, colour_)) print_(line);
    co_return Attempt{Attempt::Outcome::delivered, "printed", {}};
  }

 private:
  static void to_standard_output(std::string_view line) {
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
  }

  std::function<void(std::string_view)> print_;
  bool colour_;
};

}  // namespace

std::vector<std::string> print_lines(const Event& event, bool colour) {
  if (event.type == EventType::health) return {health_line(event, colour)};
  std::vector<std::string> lines;
  if (event.type == EventType::digest)
    lines.push_back("digest: " + count_text(event.items.size(), "article"));
  for (const auto& item : event.items) lines.push_back(item_line(event, item, colour));
  return lines;
}

std::unique_ptr<Channel> make_print_channel(const ChannelDeps& deps) {
  return std::make_unique<PrintChannel>(deps.print, deps.colour);
}

}  // namespace tocsin::notifier
