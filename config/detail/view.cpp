// SPDX-License-Identifier: MIT
#include "config/detail/view.hpp"

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <system_error>

#include "base/time_format.hpp"
#include "config/detail/values.hpp"

namespace tocsin::config::detail {
namespace {

constexpr std::size_t kMaxSecret = 64U << 10U;

bool usable(const Node* node) noexcept {
  return node != nullptr && !node->damaged && !node->is_null();
}

/// Where systemd puts credentials; null without it.
const char* credentials_folder() {
  return std::getenv("CREDENTIALS_DIRECTORY");  // NOLINT(concurrency-mt-unsafe)
}

/// Where the secret file `node` names is: beside the configuration, else among the credentials that
/// systemd hands over.
std::filesystem::path find_secret(const Node& node) {
  auto path = beside(node, node.text);
  std::error_code ignored;
  const char* credentials = credentials_folder();
  const bool relative = std::filesystem::path(node.text).is_relative();
  if (relative && credentials != nullptr && !std::filesystem::exists(path, ignored))
    return std::filesystem::path(credentials) / node.text;
  return path;
}

/// A secret that every user of the machine may read is none. Container engines hand theirs over
/// with open modes, in a folder that nobody else sees.
void warn_if_open(const Node& node, const std::filesystem::path& path, Findings& findings) {
  namespace fs = std::filesystem;
  std::error_code failed;
  const auto mode = fs::status(path, failed).permissions();
  if (failed || (mode & fs::perms::others_read) == fs::perms::none) return;
  const char* credentials = credentials_folder();
  const auto folder = path.parent_path();
  if (folder == "/run/secrets" || (credentials != nullptr && folder == credentials)) return;
  findings.warn(node, "every user of this machine can read the secret's file",
                "run chmod o-r " + path.string());
}

std::string read_secret_file(const Node& node, Findings& findings) {
  const auto path = find_secret(node);
  std::error_code ignored;
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path, ignored)) {
    const int why = errno == 0 ? EISDIR : errno;
    findings.error(
        node, "the secret's file cannot be read: " + std::generic_category().message(why),
        "a relative path is looked for beside this file, then in $CREDENTIALS_DIRECTORY");
    return {};
  }
  std::string text(kMaxSecret + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kMaxSecret) {
    findings.error(node, "the secret's file is larger than 64 KiB",
                   "name the file of the secret alone");
    return {};
  }
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  if (text.empty())
    findings.error(node, "the secret's file is empty", "write the secret into it");
  else
    warn_if_open(node, path, findings);
  return text;
}

}  // namespace

const Node* View::get(std::string_view key) const noexcept {
  if (node_ == nullptr) return nullptr;
  if (!node_->is_mapping())
    return !shorthand_.empty() && key == shorthand_ && usable(node_) ? node_ : nullptr;
  const Node* found = node_->find(key);
  return usable(found) ? found : nullptr;
}

std::string View::text(std::string_view key, std::string_view fallback) const {
  const Node* found = get(key);
  return found != nullptr && found->is_scalar() ? found->text : std::string(fallback);
}

bool View::flag(std::string_view key, bool fallback) const {
  const Node* found = get(key);
  return found == nullptr ? fallback : read_boolean(found->text).value_or(fallback);
}

std::int64_t View::integer(std::string_view key, std::int64_t fallback) const {
  const Node* found = get(key);
  return found == nullptr ? fallback : read_integer(found->text).value_or(fallback);
}

std::optional<std::chrono::milliseconds> View::duration(std::string_view key) const {
  const Node* found = get(key);
  if (found == nullptr || !found->is_scalar()) return std::nullopt;
  if (found->text == "0") return std::chrono::milliseconds{0};
  const auto span = parse_duration(found->text);
  return span ? std::optional(*span) : std::nullopt;
}

std::chrono::milliseconds View::duration(std::string_view key,
                                         std::chrono::milliseconds fallback) const {
  return duration(key).value_or(fallback);
}

std::vector<const Node*> View::items(std::string_view key) const {
  std::vector<const Node*> out;
  const Node* found = get(key);
  if (found == nullptr) return out;
  if (found->is_scalar()) out.push_back(found);
  if (found->is_list())
    for (const Node* child : found->children)
      if (usable(child) && child->is_scalar()) out.push_back(child);
  return out;
}

std::vector<std::string> View::texts(std::string_view key) const {
  std::vector<std::string> out;
  for (const Node* item : items(key)) out.push_back(item->text);
  return out;
}

std::vector<rules::Located> View::located_texts(std::string_view key) const {
  std::vector<rules::Located> out;
  for (const Node* item : items(key)) out.push_back(located(*item));
  return out;
}

Labels View::labels(std::string_view key) const {
  Labels out;
  const Node* found = get(key);
  if (found == nullptr || !found->is_mapping()) return out;
  for (std::size_t i = 0; i + 1 < found->children.size(); i += 2)
    if (usable(found->children[i + 1]) && found->children[i + 1]->is_scalar())
      out.emplace(found->children[i]->text, found->children[i + 1]->text);
  return out;
}

std::string View::path(std::string_view key) const {
  const Node* found = get(key);
  return found == nullptr || !found->is_scalar() ? std::string()
                                                 : beside(*found, found->text).string();
}

std::filesystem::path beside(const Node& node, std::string_view text) {
  std::filesystem::path path(text);
  if (path.is_absolute()) return path;
  return (std::filesystem::path(node.source->name()).parent_path() / path).lexically_normal();
}

std::string read_secret(const View& view, std::string_view key, bool read, Findings& findings) {
  if (const Node* value = view.get(key)) return value->text;
  const Node* in_file = view.get(std::string(key) + "_file");
  if (in_file == nullptr || !in_file->is_scalar() || !read) return {};
  return read_secret_file(*in_file, findings);
}

}  // namespace tocsin::config::detail
