// SPDX-License-Identifier: MIT
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "app/command.hpp"
#include "app/options.hpp"
#include "app/state_folder.hpp"
#include "app/table.hpp"
#include "base/clock.hpp"
#include "base/digest.hpp"
#include "base/time_format.hpp"
#include "notifier/matcher.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin silence add    --config FILE --for DURATION [--comment TEXT] MATCHER...
       tocsin silence list   --config FILE [--json]
       tocsin silence expire --config FILE ID...

Silences drop alerts for a while: those for which all matchers hold, for every one of their watches.
What a silence drops is not delivered later. It works beside a running daemon, which takes a change
up within some seconds.

  --config FILE     the configuration, for its storage folder
  --storage DIR     the storage folder itself
  --for DURATION    how long: 30m, 2h, 3d
  --comment TEXT    why, for the list
  --json            list: one JSON object a line
  MATCHER           as in the configuration: 'severity="low"', 'watch=~"astana.*"', 'feed!=tass'

Exit status: 0 when done; 1 when nothing had that id, or the storage cannot be used; 2 for wrong
usage.

Example:
  tocsin silence add --config tocsin.yaml --for 2h --comment "election night" 'watch="names"'
)";

int failed(const Error& error) {
  std::cerr << "tocsin silence: " << error.message << '\n';
  return kFindings;
}

void print_json(const store::Silence& silence) {
  boost::json::array matchers;
  for (const auto& matcher : silence.matchers) matchers.emplace_back(matcher);
  const boost::json::object out{{"id", silence.id},
                                {"starts", format_rfc3339(silence.starts)},
                                {"ends", format_rfc3339(silence.ends)},
                                {"matchers", std::move(matchers)},
                                {"comment", silence.comment}};
  std::cout << boost::json::serialize(out) << '\n';
}

int list(store::Admin& admin, Timestamp now, bool json) {
  const auto silences = admin.silences(now);
  if (!silences) return failed(silences.error());
  if (json) {
    for (const auto& silence : *silences) print_json(silence);
    return kFine;
  }
  if (silences->empty()) {
    std::cerr << "no silence is in force\n";
    return kFine;
  }
  std::vector<std::vector<std::string>> cells;
  for (const auto& silence : *silences) {
    std::string matchers;
    for (const auto& matcher : silence.matchers)
      matchers += (matchers.empty() ? "" : " ") + matcher;
    cells.push_back({silence.id, format_rfc3339(silence.ends), matchers, silence.comment});
  }
  std::cout << table({"ID", "ENDS", "MATCHERS", "COMMENT"}, cells);
  return kFine;
}

int add(store::Admin& admin, const Options& options, const std::vector<std::string>& texts,
        Timestamp now) {
  store::Silence silence;
  silence.starts = now;
  silence.comment = options.value("--comment");
  const auto span = parse_duration(options.value("--for"));
  if (!span) return usage_error("silence", "--for: " + span.error().message);
  if (span->count() == 0) return usage_error("silence", "--for: it is over at once");
  silence.ends = now + *span;
  std::string text = std::to_string(now.time_since_epoch().count());
  for (const auto& one : texts) {
    const auto matcher = notifier::parse_matcher(one);
    if (!matcher) return usage_error("silence", matcher.error().message);
    silence.matchers.push_back(notifier::to_string(*matcher));
    text += '\n' + silence.matchers.back();
  }
  if (silence.matchers.empty()) return usage_error("silence", "add takes at least one matcher");
  silence.id = stable_id(text, 4);
  if (const auto added = admin.add_silence(silence); !added) return failed(added.error());
  std::cout << silence.id << '\n';
  return kFine;
}

int expire(store::Admin& admin, const std::vector<std::string>& ids, Timestamp now) {
  int status = kFine;
  for (const auto& id : ids)
    if (auto ended = admin.expire_silence(id, now); !ended)
      status = failed(std::move(ended).error().context(id));
  return status;
}

int run(const Args& args) {
  const auto options = parse_options(args, {{"--config", true},
                                            {"--storage", true},
                                            {"--for", true},
                                            {"--comment", true},
                                            {"--json", false}});
  if (!options) return usage_error("silence", options.error().message);
  const auto& words = options->operands;
  if (words.empty()) return usage_error("silence", "say what to do: add, list or expire");
  const auto& verb = words.front();
  const std::vector<std::string> rest(words.begin() + 1, words.end());
  if (verb != "add" && verb != "list" && verb != "expire")
    return usage_error("silence", "unknown '" + verb + "'; it is add, list or expire");
  if (verb == "expire" && rest.empty()) return usage_error("silence", "expire takes an id");
  if (verb == "add" && !options->has("--for"))
    return usage_error("silence", "--for DURATION is missing");

  int status = kFine;
  auto admin = open_state("silence", *options, status);
  if (!admin) return status;
  const auto now = SystemClock().now();
  if (verb == "add") return add(*admin, *options, rest, now);
  return verb == "expire" ? expire(*admin, rest, now) : list(*admin, now, options->has("--json"));
}

}  // namespace

const Command kSilenceCommand = {"silence", "drops alerts for a while", kHelp, &run};

}  // namespace tocsin::app
