// SPDX-License-Identifier: MIT
#include "app/demo/demo.hpp"

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <ostream>
#include <sstream>
#include <string>
#include <utility>

#include "app/command.hpp"
#include "app/demo/stage.hpp"
#include "app/demo/stories.hpp"
#include "app/settings.hpp"
#include "base/log.hpp"
#include "daemon/daemon.hpp"
#include "notifier/channels/print.hpp"

namespace tocsin::demo {
namespace {

/// A folder that is removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    auto pattern = (std::filesystem::temp_directory_path() / "tocsin-demo-XXXXXX").string();
    if (::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  [[nodiscard]] std::string write(const char* name, std::string_view text) const {
    const auto file = path_ / name;
    std::ofstream out(file, std::ios::binary);
    out << text;
    out.close();
    std::filesystem::permissions(
        file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    return file.string();
  }

 private:
  std::filesystem::path path_;
};

/// `text` with each "{name}" of `values` replaced.
std::string filled(std::string_view text, const std::map<std::string, std::string>& values) {
  std::string out(text);
  for (const auto& [name, value] : values) {
    const auto mark = "{" + name + "}";
    for (auto at = out.find(mark); at != std::string::npos; at = out.find(mark, at + value.size()))
      out.replace(at, mark.size(), value);
  }
  return out;
}

/// Prints what the webhook was told, and in a word that the mail went out too.
void show(const notifier::DeliveryReport& report, bool colour, std::ostream& out) {
  if (report.attempt.outcome != notifier::Attempt::Outcome::delivered) return;
  if (report.event.receiver == "desk-mail") {
    out << "       mailed to " << report.target << '\n';
  } else {
    for (const auto& line : notifier::print_lines(report.event, colour))
      out << "ALERT  " << line << '\n';
  }
  out.flush();
}

void sum_up(const DemoTally& tally, const daemon::RunSummary& run, std::ostream& out) {
  out << "\nSummary: " << tally.stories << " stories arrived, " << tally.matching_stories
      << " of them mention what is watched.\n"
      << "  webhook: " << tally.hooks << " alerts, " << tally.hooks - tally.bad_signatures
      << " with a right signature\n"
      << "  mail:    " << tally.mails << " alerts\n"
      << "  polls:   " << run.polls.polls << ", of them " << run.polls.unchanged << " unchanged\n"
      << (tally.as_expected() ? "Every mention was alerted once, and nothing else was.\n"
                              : "Not everything arrived (the demo was ended early, or something is "
                                "wrong).\n");
}

void greet(const std::map<std::string, std::string>& addresses, const std::string& file,
           std::ostream& out) {
  out << "tocsin demo: everything stays on this machine.\n"
      << "  feeds:         " << addresses.at("feeds") << "/agency.rss, /world.atom, /notes.json\n"
      << "  webhook:       " << addresses.at("hook") << "/alerts\n"
      << "  mail server:   " << addresses.at("mail") << "\n"
      << "  configuration: " << file << "\n"
      << "New items arrive every few seconds. Ctrl-C ends the demo.\n\n";
  out.flush();
}

}  // namespace

int run_demo(const DemoOptions& options, std::ostream& out, std::ostream& err) {
  const TemporaryFolder folder;
  if (folder.path().empty()) {
    err << "tocsin demo: no temporary folder can be made\n";
    return app::kFindings;
  }
  log::configure(log::Level::warn, log::Format::plain);

  std::atomic<daemon::Daemon*> running{nullptr};
  std::atomic<bool> ended{false};
  Stage stage(options.once, [&] {
    ended = true;
    if (auto* daemon = running.load()) daemon->request_stop();
  });
  auto values = stage.addresses();
  values["state"] = (folder.path() / "state").string();
  values["secret"] = folder.write("webhook-secret", Stage::secret());
  const auto file = folder.write("tocsin.yaml", filled(configuration_template(), values));

  std::ostringstream findings;  // the demo's own configuration: of no interest unless it fails
  auto settings = app::load_settings(file, {}, findings);
  if (!settings) {
    err << findings.str();
    return app::kUsage;
  }
  daemon::DaemonOptions how;
  how.on_attempt = [&](const notifier::DeliveryReport& report) {
    show(report, options.colour, out);
  };
  const SystemClock clock;
  auto made = daemon::Daemon::create(std::move(*settings), std::move(how), clock);
  if (!made) {
    err << "tocsin demo: " << made.error().message << '\n';
    return app::kFindings;
  }
  greet(values, file, out);
  running = made->get();
  if (ended) (*made)->request_stop();
  const auto summary = (*made)->run();
  running = nullptr;
  if (!summary) {
    err << "tocsin demo: " << summary.error().message << '\n';
    return app::kFindings;
  }
  const auto tally = stage.tally();
  sum_up(tally, *summary, out);
  return !options.once || tally.as_expected() ? app::kFine : app::kFindings;
}

}  // namespace tocsin::demo
