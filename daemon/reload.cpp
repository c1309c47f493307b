// SPDX-License-Identifier: MIT
#include "daemon/reload.hpp"

#include <map>
#include <string_view>
#include <vector>

#include "base/log.hpp"
#include "base/redact.hpp"

namespace tocsin::daemon {
namespace {

using config::Fingerprint;

constexpr std::size_t kNamed = 5;

/// "2 added (a, b)", or "" for none.
std::string list_of(const std::vector<std::string_view>& names, std::string_view what) {
  if (names.empty()) return "";
  std::string out = std::to_string(names.size()) + " " + std::string(what) + " (";
  for (std::size_t i = 0; i < names.size() && i < kNamed; ++i)
    out.append(i == 0 ? "" : ", ").append(names[i]);
  return out + (names.size() > kNamed ? ", …)" : ")");
}

/// The difference of two lists of things with unique names; "" for none.
std::string difference(const std::vector<Fingerprint>& before,
                       const std::vector<Fingerprint>& after) {
  std::map<std::string_view, std::uint64_t> old;
  for (const auto& one : before) old.emplace(one.name, one.hash);
  std::vector<std::string_view> added, removed, changed;
  for (const auto& one : after) {
    const auto known = old.find(one.name);
    if (known == old.end()) {
      added.push_back(one.name);
      continue;
    }
    if (known->second != one.hash) changed.push_back(one.name);
    old.erase(known);
  }
  for (const auto& [name, hash] : old) removed.push_back(name);
  std::string out;
  for (const auto& part :
       {list_of(added, "added"), list_of(removed, "removed"), list_of(changed, "changed")})
    if (!part.empty()) out.append(out.empty() ? "" : ", ").append(part);
  return out;
}

/// The names of the sections that are not as they were; both sides have the same ones.
std::string changed_names(const std::vector<Fingerprint>& before,
                          const std::vector<Fingerprint>& after) {
  std::string out;
  for (std::size_t i = 0; i < before.size() && i < after.size(); ++i)
    if (before[i].hash != after[i].hash) out.append(out.empty() ? "" : ", ").append(after[i].name);
  return out;
}

}  // namespace

ReadAtStart::ReadAtStart(const config::Config& config)
    : storage(config.storage),
      server(config.server),
      websub_callback(config.fetch.websub_callback) {}

std::vector<std::string> restart_needed(const ReadAtStart& started, const ReadAtStart& wanted) {
  std::vector<std::string> out;
  const auto compare = [&out](const auto& was, const auto& is, const char* key) {
    if (was != is) out.emplace_back(key);
  };
  compare(started.storage.path, wanted.storage.path, "storage.path");
  compare(started.server.listen, wanted.server.listen, "server.listen");
  compare(started.server.metrics, wanted.server.metrics, "server.metrics");
  compare(started.server.token, wanted.server.token, "server.token");
  compare(started.websub_callback, wanted.websub_callback, "fetch.websub.callback");
  return out;
}

std::string describe(const Reloaded& reloaded) {
  auto out = "reloaded; changed: " + reloaded.changes + "\n";
  if (reloaded.need_restart.empty()) return out;
  out += "not in force before a restart: ";
  for (std::size_t i = 0; i < reloaded.need_restart.size(); ++i)
    out.append(i == 0 ? "" : ", ").append(reloaded.need_restart[i]);
  return out + "\n";
}

void log_reload(const Reloaded& reloaded, std::size_t feeds, std::size_t watches,
                std::size_t receivers) {
  log::info("daemon", "reloaded",
            {{"feeds", std::to_string(feeds)},
             {"watches", std::to_string(watches)},
             {"receivers", std::to_string(receivers)},
             {"changes", reloaded.changes}});
  for (const auto& key : reloaded.need_restart)
    log::warn("daemon", "changed, but not in force before a restart", {{"key", key}});
}

notifier::Health refusal(const Error& reason) {
  return {"config_refused", "configuration",
          "the new configuration was refused and the old one stays in force: " +
              scrub(reason.message, 1'000)};
}

std::string describe_changes(const config::Fingerprints& before,
                             const config::Fingerprints& after) {
  std::string out;
  const auto add = [&](std::string_view what, const std::string& how) {
    if (!how.empty()) out.append(out.empty() ? "" : "; ").append(what).append(": ").append(how);
  };
  add("feeds", difference(before.feeds, after.feeds));
  add("watches", difference(before.watches, after.watches));
  add("receivers", difference(before.receivers, after.receivers));
  add("settings", changed_names(before.sections, after.sections));
  return out.empty() ? "nothing" : out;
}

}  // namespace tocsin::daemon
