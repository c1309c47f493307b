// SPDX-License-Identifier: MIT
#include "app/state_folder.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "app/command.hpp"
#include "base/redact.hpp"
#include "config/config.hpp"

namespace tocsin::app {
namespace {

/// Code points, which is near enough to columns for names and times.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
  }));
}

std::optional<std::filesystem::path> configured_folder(const std::string& file) {
  config::LoadOptions lenient;
  lenient.need_feeds = false;
  const auto loaded = config::load(file, lenient);
  if (loaded.ok()) return loaded.config.storage.path;
  for (const auto& finding : loaded.diagnostics) std::cerr << config::render(finding);
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

std::string table(const std::vector<std::string>& heads,
                  const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::vector<std::string>> lines{heads};
  for (const auto& row : rows) {
    auto& line = lines.emplace_back();
    for (const auto& cell : row) line.push_back(cell.empty() ? "-" : scrub(cell, 400));
  }
  std::vector<std::size_t> widths(heads.size(), 0);
  for (const auto& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], width(line[i]));
  std::string out;
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      out += line[i];
      if (i + 1 < line.size()) out.append(widths[i] - width(line[i]) + 2, ' ');
    }
    out += '\n';
  }
  return out;
}

}  // namespace tocsin::app
