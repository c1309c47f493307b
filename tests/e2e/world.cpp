// SPDX-License-Identifier: MIT
#include "tests/e2e/world.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

#include "tests/support/source_dir.hpp"

namespace tocsin::testing {
namespace json = boost::json;
namespace {

constexpr auto kPatience = std::chrono::seconds{30};
constexpr std::string_view kSecret = "whsec_dG9jc2luLWVuZC10by1lbmQtdGVzdC1zZWNyZXQ=";

}  // namespace

ScratchFolder::ScratchFolder() {
  auto pattern = (std::filesystem::temp_directory_path() / "tocsin-e2e-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no scratch folder");
  path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string ScratchFolder::read(const std::string& name) const {
  std::ifstream in(path_ / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string ScratchFolder::write(const std::string& name, std::string_view text) const {
  const auto path = (path_ / name).string();
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

World::World(const ScratchFolder& folder)
    : secret_file_(folder.write("secret", kSecret)),
      // Debian's own Python, where the package with the mail server is.
      process_({"/usr/bin/python3", source_dir() + "/tests/e2e/world.py", std::string(kSecret)},
               (folder.path() / "world.err").string()) {
  const auto ready = next("ready");
  if (!ready) throw std::runtime_error("the servers of tests/e2e/world.py did not start");
  http_ = ready->at("http").as_int64();
  smtp_ = ready->at("smtp").as_int64();
}

std::string World::feed_url() const {
  return "http://127.0.0.1:" + std::to_string(http_) + "/feed.xml";
}
std::string World::flow_url(const std::string& name) const {
  return "http://127.0.0.1:" + std::to_string(http_) + "/flow/" + name + ".xml";
}
std::string World::page_url(const std::string& name, const std::string& host) const {
  return "http://" + host + ":" + std::to_string(http_) + "/page/" + name;
}
std::string World::hook_url() const {
  return "http://127.0.0.1:" + std::to_string(http_) + "/hook";
}
std::string World::smtp_address() const {
  return "127.0.0.1:" + std::to_string(smtp_);
}

void World::serve(std::string_view feed) {
  json::object command;
  command["feed"] = json::string(feed);
  process_.write_line(json::serialize(command));
}

void World::serve_page(std::string_view html) {
  json::object command;
  command["page"] = json::string(html);
  process_.write_line(json::serialize(command));
}
void World::hold_pages(bool on) {
  process_.write_line(on ? R"({"hold_pages":true})" : R"({"hold_pages":false})");
}

void World::hold(bool on) {
  process_.write_line(on ? R"({"hold":true})" : R"({"hold":false})");
}
void World::fail(bool on) {
  process_.write_line(on ? R"({"fail":true})" : R"({"fail":false})");
}

void World::flow(int items, double trouble) {
  process_.write_line(json::serialize(json::object{{"flow", items}, {"trouble", trouble}}));
}
void World::teasers_only() {
  process_.write_line(R"({"teasers":true})");
}
void World::count() {
  process_.write_line(R"({"count":true})");
}

std::optional<json::object> World::next_of_any(std::chrono::milliseconds limit) {
  if (events_.empty()) return read(limit);
  auto event = std::move(events_.front());
  events_.pop_front();
  return event;
}

std::optional<json::object> World::read(std::chrono::milliseconds limit) {
  const auto line = process_.read_line(limit);
  if (!line) return std::nullopt;
  return json::parse(*line).as_object();
}

std::optional<json::object> World::next(std::string_view kind) {
  const auto is_kind = [&](const json::object& e) { return e.at("kind").as_string() == kind; };
  for (auto at = events_.begin(); at != events_.end(); ++at) {
    if (!is_kind(*at)) continue;
    auto found = std::move(*at);
    events_.erase(at);
    return found;
  }
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (std::chrono::steady_clock::now() < deadline) {
    auto event = read(kPatience);
    if (!event) return std::nullopt;
    if (is_kind(*event)) return event;
    events_.push_back(std::move(*event));
  }
  return std::nullopt;
}

std::size_t World::left(std::string_view kind) {
  while (auto event = read(std::chrono::milliseconds{0})) events_.push_back(std::move(*event));
  return static_cast<std::size_t>(
      std::count_if(events_.begin(), events_.end(),
                    [&](const json::object& e) { return e.at("kind").as_string() == kind; }));
}

}  // namespace tocsin::testing
