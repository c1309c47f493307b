// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/config.hpp"
#include "config/detail/findings.hpp"
#include "config/detail/view.hpp"

// From checked nodes to the structs of Config: one function a part of the file. What the checker
// has reported is taken as not given; what only shows here (an unreadable secret, bounds in the
// wrong order) is reported here.
namespace tocsin::config::detail {

/// What all readers share.
struct Reading {
  std::vector<Node*> files;  ///< tops of the main file and of what it includes; never null
  bool secrets = true;       ///< false: files of secrets are left alone
  bool need_feeds = true;    ///< false: feeds may be missing
  Findings* findings = nullptr;
  Tree* tree = nullptr;  ///< of `files`

  [[nodiscard]] View main() const { return View(files.front()); }
  /// How many entries the list `key` has over all files.
  [[nodiscard]] std::size_t count(std::string_view key) const;
  /// Calls `f` with each entry of the list `key` of every file.
  void each_item(std::string_view key, const std::function<void(const Node&)>& f) const;
  /// Likewise; entries of which `f` says that they are done with are given back to the tree.
  void drain_items(std::string_view key, const std::function<bool(const Node&)>& f) const;
  /// Calls `f` with each key and value of the mapping `key` of every file.
  void each_entry(std::string_view key,
                  const std::function<void(const Node& name, const Node& value)>& f) const;
};

/// Reports names that stand twice.
class UniqueNames {
 public:
  UniqueNames(std::string_view what, Findings& findings) : what_(what), findings_(findings) {}
  /// Makes room for `count` names.
  void reserve(std::size_t count) { seen_.reserve(count); }
  /// True when the text of `name`, which outlives this, is new.
  bool add(const Node& name) { return add(name, name.text); }
  /// Likewise where `kept` is a copy of that text, and the node may go.
  bool add(const Node& name, std::string_view kept);

 private:
  std::string_view what_;
  Findings& findings_;
  struct Place {
    const Source* source;
    std::uint32_t line;
  };
  std::unordered_map<std::string_view, Place> seen_;
};

void read_settings(const Reading& reading, Config& config);
void read_feeds(const Reading& reading, Config& config);
void read_rules(const Reading& reading, Config& config);
void read_receivers(const Reading& reading, Config& config);
void read_routing(const Reading& reading, Config& config);
void read_tests(const Reading& reading, Config& config);

/// One `feeds:` entry's options, or an OPML entry's, over what `fetch:` says.
fetcher::FeedSpec read_feed(const View& view, const fetcher::FeedSpec& defaults,
                            const Reading& reading);

/// A relay, over `defaults`.
net::SmtpServer read_smtp(const View& view, const net::SmtpServer& defaults,
                          const Reading& reading);

}  // namespace tocsin::config::detail
