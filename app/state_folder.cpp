// SPDX-License-Identifier: MIT
#include "app/state_folder.hpp"

#include <filesystem>
#include <iostream>

#include "app/command.hpp"
#include "app/findings.hpp"
#include "config/config.hpp"

namespace tocsin::app {
namespace {

std::optional<std::filesystem::path> configured_folder(const std::string& file) {
  config::LoadOptions lenient;
  lenient.need_feeds = false;
  const auto loaded = config::load(file, lenient);
  if (loaded.ok()) return loaded.config.storage.path;
  show_findings(loaded.diagnostics, std::cerr);
  return std::nullopt;
}

}  // namespace

std::optional<store::Admin> open_state(std::string_view command, const Options& options,
                                       int& status) {
  if (!options.has("--storage") && !options.has("--config")) {
    status = usage_error(command, "--config FILE (or --storage DIR) is missing");
    return std::nullopt;
  }
  std::optional<std::filesystem::path> folder = options.value("--storage");
  if (!options.has("--storage")) folder = configured_folder(options.value("--config"));
  if (!folder) {
    status = kUsage;
    return std::nullopt;
  }
  auto opened = store::Admin::open(*folder);
  if (opened) return std::move(*opened);
  std::cerr << "tocsin " << command << ": " << opened.error().message << '\n';
  status = kFindings;
  return std::nullopt;
}

}  // namespace tocsin::app
