// SPDX-License-Identifier: MIT
#include <charconv>
#include <iostream>
#include <string>
#include <vector>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "app/command.hpp"
#include "app/options.hpp"
#include "app/state_folder.hpp"
#include "app/table.hpp"
#include "base/clock.hpp"
#include "base/redact.hpp"
#include "base/time_format.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin outbox list  --config FILE [--state STATE] [--receiver NAME] [--limit N] [--json]
       tocsin outbox show  --config FILE ID
       tocsin outbox retry --config FILE ID... | --receiver NAME | --all
       tocsin outbox drop  --config FILE ID... | --receiver NAME | --all

The messages on their way to receivers, those that were delivered, and the dead letters. It works
beside a running daemon, which takes a change up within some seconds.

  list    the newest first; without --state those that wait and the dead ones
  show    the event itself, as JSON
  retry   sends dead and dropped messages again, and waiting ones at once
  drop    takes waiting and dead messages out of the way; they stay listed as dropped

  --config FILE     the configuration, for its storage folder
  --storage DIR     the storage folder itself
  --state STATE     waiting, dead, delivered, dropped or all
  --receiver NAME   only messages for this receiver
  --limit N         at most so many (default 100)
  --json            list: one JSON object a line
  ID                the beginning of an event's id, at least 4 characters

Exit status: 0 when there was something to do or nothing was asked; 1 when nothing had that id, or
the storage cannot be used; 2 for wrong usage.

Example:
  tocsin outbox retry --config tocsin.yaml --receiver desk-mail
)";

constexpr std::size_t kShortId = 12;

bool set_states(const std::string& name, store::OutboxQuery& query) {
  using store::OutboxState;
  if (name == "all") return true;
  for (const auto state :
       {OutboxState::waiting, OutboxState::delivered, OutboxState::dead, OutboxState::dropped}) {
    if (store::to_string(state) != name) continue;
    query.states = {state};
    return true;
  }
  query.states = {OutboxState::waiting, OutboxState::dead};
  return name.empty();
}

std::string time_of(Timestamp when) {
  return when == Timestamp{} ? std::string() : format_rfc3339(when);
}

void print_json(const store::OutboxRow& row) {
  boost::json::object out{{"id", row.event},          {"state", store::to_string(row.state)},
                          {"receiver", row.receiver}, {"target", redact(row.target)},
                          {"attempts", row.attempts}, {"created", format_rfc3339(row.created)}};
  if (row.state == store::OutboxState::waiting) out["due"] = format_rfc3339(row.due);
  if (row.last_attempt != Timestamp{}) out["last_attempt"] = format_rfc3339(row.last_attempt);
  if (!row.last_error.empty()) out["error"] = scrub(row.last_error);
  std::cout << boost::json::serialize(out) << '\n';
}

int list(store::Admin& admin, const store::OutboxQuery& query, bool json) {
  const auto rows = admin.outbox(query);
  if (!rows) {
    std::cerr << "tocsin outbox: " << rows.error().message << '\n';
    return kFindings;
  }
  if (json) {
    for (const auto& row : *rows) print_json(row);
    return kFine;
  }
  if (rows->empty()) {
    std::cerr << "nothing is in the outbox\n";
    return kFine;
  }
  std::vector<std::vector<std::string>> cells;
  for (const auto& row : *rows) {
    const bool waits = row.state == store::OutboxState::waiting;
    cells.push_back({row.event.substr(0, kShortId), std::string(store::to_string(row.state)),
                     row.receiver, row.target, std::to_string(row.attempts), time_of(row.created),
                     waits ? time_of(row.due) : time_of(row.last_attempt), row.last_error});
  }
  std::cout << table({"ID", "STATE", "RECEIVER", "TARGET", "TRIES", "CREATED", "DUE/LAST", "ERROR"},
                     cells);
  return kFine;
}

int show(store::Admin& admin, const store::OutboxQuery& query) {
  const auto rows = admin.outbox(query);
  const auto payload = rows && !rows->empty() ? admin.payload(rows->front().event)
                       : rows ? Result<std::string>(Error{Errc::not_found, "no event has this id"})
                              : Result<std::string>(rows.error());
  if (!payload) {
    std::cerr << "tocsin outbox: " << payload.error().message << '\n';
    return kFindings;
  }
  std::cout << *payload << '\n';
  return kFine;
}

int change(store::Admin& admin, bool retry, const std::vector<std::string>& ids,
           store::OutboxQuery query) {
  const auto now = SystemClock().now();
  std::int64_t changed = 0;
  for (const auto& id : ids) {
    query.event = id;
    const auto rows = retry ? admin.retry(query, now) : admin.drop(query, now);
    if (!rows) {
      std::cerr << "tocsin outbox: " << rows.error().message << '\n';
      return kFindings;
    }
    if (*rows == 0 && !id.empty())
      std::cerr << "tocsin outbox: no message that could be " << (retry ? "retried" : "dropped")
                << " has the id " << id << '\n';
    changed += *rows;
  }
  std::cout << changed << (changed == 1 ? " message " : " messages ")
            << (retry ? "to be sent again" : "dropped") << '\n';
  return changed == 0 && !ids.front().empty() ? kFindings : kFine;
}

bool set_limit(const std::string& text, store::OutboxQuery& query) {
  if (text.empty()) return true;
  const auto* end = text.data() + text.size();
  const auto [stop, failed] = std::from_chars(text.data(), end, query.limit);
  return failed == std::errc() && stop == end && query.limit > 0;
}

int run(const Args& args) {
  const auto options = parse_options(args, {{"--config", true},
                                            {"--storage", true},
                                            {"--state", true},
                                            {"--receiver", true},
                                            {"--limit", true},
                                            {"--all", false},
                                            {"--json", false}});
  if (!options) return usage_error("outbox", options.error().message);
  if (options->operands.empty())
    return usage_error("outbox", "say what to do: list, show, retry or drop");
  const auto verb = options->operands.front();
  std::vector<std::string> ids(options->operands.begin() + 1, options->operands.end());
  store::OutboxQuery query;
  query.receiver = options->value("--receiver");
  const bool changes = verb == "retry" || verb == "drop";
  if (!changes && verb != "list" && verb != "show")
    return usage_error("outbox", "unknown '" + verb + "'; it is list, show, retry or drop");
  if (!set_states(options->value("--state", verb == "show" ? "all" : ""), query))
    return usage_error("outbox", "--state takes waiting, dead, delivered, dropped or all");
  if (!set_limit(options->value("--limit"), query))
    return usage_error("outbox", "--limit takes a number above 0");
  for (const auto& id : ids)
    if (id.size() < 4) return usage_error("outbox", "an id has at least 4 characters");
  if (verb == "show" && ids.size() != 1) return usage_error("outbox", "show takes one id");
  if (changes && ids.empty() && query.receiver.empty() && !options->has("--all"))
    return usage_error("outbox", verb + " takes ids, --receiver NAME or --all");
  if (verb == "retry" && !options->has("--state"))
    query.states = {store::OutboxState::waiting, store::OutboxState::dead,
                    store::OutboxState::dropped};

  int status = kFine;
  auto admin = open_state("outbox", *options, status);
  if (!admin) return status;
  if (verb == "show") query.event = ids.front();
  if (verb == "show") return show(*admin, query);
  if (ids.empty()) ids.emplace_back();
  if (changes) return change(*admin, verb == "retry", ids, query);
  query.event = ids.front();
  return list(*admin, query, options->has("--json"));
}

}  // namespace

const Command kOutboxCommand = {"outbox", "messages on their way, dead letters, and what to do",
                                kHelp, &run};

}  // namespace tocsin::app
