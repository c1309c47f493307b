// SPDX-License-Identifier: MIT
#include "config/detail/document.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <system_error>

#include <glob.h>

#include "config/detail/view.hpp"
#include "config/detail/yaml.hpp"

namespace tocsin::config::detail {
namespace {

constexpr std::uintmax_t kMaxFile = 256U << 20U;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// What included files may hold: all that is a list or a dictionary, and so can be put together.
constexpr std::array<std::string_view, 9> kIncludable = {
    "version",   "feeds",          "entities",      "lists", "watches",
    "receivers", "time_intervals", "inhibit_rules", "tests"};

/// The files that match a pattern, sorted.
class Glob {
 public:
  explicit Glob(const std::string& pattern) {
    failed_ = glob(pattern.c_str(), GLOB_ERR, nullptr, &found_) != 0;
  }
  Glob(const Glob&) = delete;
  Glob& operator=(const Glob&) = delete;
  ~Glob() { globfree(&found_); }
  [[nodiscard]] std::vector<std::string> files() const {
    if (failed_) return {};
    return {found_.gl_pathv, found_.gl_pathv + found_.gl_pathc};
  }

 private:
  glob_t found_{};
  bool failed_ = false;
};

}  // namespace

bool Documents::read(const Source& main) {
  Node* top = read_top(main);
  if (top == nullptr) {
    if (findings_.empty())
      findings_.error_in(main.name(), "the file is empty",
                         "begin with feeds: and watches: (see docs/configuration.md)");
    return false;
  }
  check(*top, kFileSchema, variables_, findings_);
  if (!top->is_mapping()) return false;
  tops_.push_back(top);
  for (const Node* pattern : View(top).items("include")) include(*pattern);
  return true;
}

Node* Documents::read_top(const Source& source) {
  Node* top = read_yaml(source, tree_, findings_);
  return top == nullptr || (top->is_null() && !top->damaged) ? nullptr : top;
}

void Documents::include(const Node& pattern) {
  const auto path = beside(pattern, pattern.text).string();
  const bool wild = pattern.text.find_first_of("*?[") != std::string::npos;
  if (!wild) {
    include_file(path, pattern);
    return;
  }
  const auto files = Glob(path).files();
  if (files.empty())
    findings_.warn(pattern, "no file matches this pattern",
                   "a relative path begins at the folder of this file");
  for (const auto& file : files) include_file(file, pattern);
}

void Documents::include_file(const std::filesystem::path& path, const Node& from) {
  if (path.lexically_normal() ==
      std::filesystem::path(tops_.front()->source->name()).lexically_normal()) {
    findings_.error(from, "the file includes itself", "name other files");
    return;
  }
  if (!included_.insert(path.string()).second) return;
  auto text = read_file(path);
  if (!text) {
    findings_.error(from, "cannot include: " + text.error().message,
                    "a relative path begins at the folder of this file");
    return;
  }
  const auto& source = sources_.emplace_back(path.string(), std::move(*text));
  Node* top = read_top(source);
  if (top == nullptr) return;  // an empty file adds nothing
  check(*top, kFileSchema, variables_, findings_);
  if (!top->is_mapping()) return;
  check_included(*top);
  tops_.push_back(top);
}

void Documents::check_included(const Node& top) {
  for (std::size_t i = 0; i + 1 < top.children.size(); i += 2) {
    const Node& key = *top.children[i];
    if (std::find(kIncludable.begin(), kIncludable.end(), key.text) != kIncludable.end()) continue;
    if (kFileSchema.find(key.text) == nullptr) continue;  // reported as unknown
    findings_.error(key, in_quotes(key.text) + " cannot stand in an included file",
                    "move it to " + tops_.front()->source->name());
  }
}

Result<std::string> read_file(const std::filesystem::path& path) {
  std::error_code status;
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path, status)) {
    const int why = errno == 0 ? EISDIR : errno;
    return Error{why == EACCES ? Errc::denied : Errc::not_found,
                 path.string() + ": " + std::generic_category().message(why)};
  }
  std::string out;
  std::array<char, 1U << 16U> block{};
  while (in.read(block.data(), block.size()) || in.gcount() > 0) {
    out.append(block.data(), static_cast<std::size_t>(in.gcount()));
    if (out.size() > kMaxFile)
      return Error{Errc::too_large, path.string() + ": larger than 256 MiB"};
  }
  if (in.bad()) return Error{Errc::io, path.string() + ": read error"};
  if (out.starts_with(kByteOrderMark)) out.erase(0, kByteOrderMark.size());
  return out;
}

}  // namespace tocsin::config::detail
