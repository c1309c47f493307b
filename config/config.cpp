// SPDX-License-Identifier: MIT
#include "config/config.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

#include "base/spelling.hpp"
#include "config/detail/document.hpp"
#include "config/detail/references.hpp"

namespace tocsin::config {
namespace {

using detail::Findings;
using detail::Reading;

/// Readers in the order in which they need each other.
void read_all(const Reading& reading, Config& config) {
  detail::read_settings(reading, config);
  detail::read_feeds(reading, config);
  detail::read_rules(reading, config);
  detail::read_receivers(reading, config);
  detail::read_routing(reading, config);
  detail::read_tests(reading, config);
}

/// Whether a key of some file was probably meant to be `wanted`: that was said where it stands.
bool is_misspelt(const Reading& reading, std::string_view wanted) {
  const std::array names{wanted};
  constexpr std::size_t kLeast = 4;  // letters: `watch` for `watches`
  const auto near = [&](const detail::Node* key) {
    return !closest(key->text, names).empty() ||
           (key->text.size() >= kLeast && wanted.starts_with(key->text));
  };
  return std::any_of(reading.files.begin(), reading.files.end(), [&](const auto* file) {
    for (std::size_t i = 0; i + 1 < file->children.size(); i += 2)
      if (near(file->children[i])) return true;
    return false;
  });
}

void check_purpose(const Reading& reading, const Config& config) {
  const detail::Node& top = *reading.files.front();
  const bool feeds = std::any_of(reading.files.begin(), reading.files.end(), [](const auto* file) {
    return file->find_key("feeds") != nullptr;
  });
  if (!feeds && reading.need_feeds && !is_misspelt(reading, "feeds"))
    reading.findings->error(top, "no feeds are configured",
                            "add feeds: [https://example.org/feed.xml]");
  const bool watches =
      std::any_of(reading.files.begin(), reading.files.end(),
                  [](const auto* file) { return file->find_key("watches") != nullptr; });
  if (config.rules.watches.empty() && !watches && !is_misspelt(reading, "watches"))
    reading.findings->warn(top, "no watches are configured, so nothing will be alerted",
                           "add watches: [{name: ..., any: [...]}]");
}

/// What to do about a configuration that cannot be read.
std::string remedy(const std::filesystem::path& path, Errc code) {
  std::error_code ignored;
  if (path == "-")
    return "a configuration is read from a file, for what it includes stands beside it; a pipe is "
           "/dev/stdin";
  if (std::filesystem::is_directory(path, ignored)) return "name the file in this folder";
  if (code == Errc::denied) return "name a file that this user may read";
  return code == Errc::not_found ? "look at the path: it begins at the folder you are in, or with /"
                                 : "name a file of text";
}

/// Watches whose content was refused: that was said, and rules would only say it again.
void drop_empty_watches(Config& config) {
  std::erase_if(config.rules.watches, [](const rules::WatchSpec& watch) {
    return !watch.query && watch.entity == nullptr && watch.any.empty() && watch.all.empty() &&
           watch.none.empty();
  });
}

Loaded read(const detail::Source& main, const LoadOptions& options) {
  Loaded out;
  Findings findings;
  detail::Documents documents(
      findings, options.need_feeds ? detail::Variables::expand : detail::Variables::keep);
  if (documents.read(main)) {
    const Reading reading{documents.tops(), options.need_feeds, options.need_feeds, &findings,
                          &documents.tree()};
    read_all(reading, out.config);
    check_purpose(reading, out.config);
    detail::check_references(reading, out.config);
    if (!findings.has_errors()) detail::check_coverage(reading, out.config);
    detail::check_reachable(reading, out.config);
    drop_empty_watches(out.config);
  }
  out.diagnostics = findings.take();
  return out;
}

}  // namespace

bool Loaded::ok() const noexcept {
  return std::none_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) {
    return d.severity == Diagnostic::Severity::error;
  });
}

Loaded load(const std::filesystem::path& path, const LoadOptions& options) {
  auto text = detail::read_file(path);
  if (text) return read(detail::Source(path.string(), std::move(*text)), options);
  auto message = text.error().message;
  if (const auto name = path.string() + ": "; message.starts_with(name))
    message.erase(0, name.size());
  Loaded out;
  out.diagnostics.push_back({Diagnostic::Severity::error,
                             path.string(),
                             0,
                             0,
                             1,
                             std::move(message),
                             remedy(path, text.error().code),
                             {}});
  return out;
}

Loaded parse(std::string_view text, const std::filesystem::path& file, const LoadOptions& options) {
  return read(detail::Source(file.string(), std::string(text)), options);
}

}  // namespace tocsin::config
