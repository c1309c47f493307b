// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fetcher/feed_spec.hpp"
#include "model/item.hpp"
#include "notifier/spec.hpp"
#include "rules/spec.hpp"

namespace tocsin::config {

/// A finding in a configuration file; lines and columns count from 1, columns in characters.
struct Diagnostic {
  enum class Severity : std::uint8_t { warning, error } severity{};
  std::string file;
  std::uint32_t line = 0, column = 0;
  std::uint32_t length = 1;  ///< characters to underline
  std::string message;       ///< what is wrong: one sentence, lower case, no full stop
  std::string hint;          ///< what to write instead; may be empty
  std::string source_line;   ///< the line itself, secrets masked; may be empty
};

/// When the linked article page is fetched for its full text.
enum class ArticleMode : std::uint8_t { never, when_short, on_prefilter, always };

struct StorageSpec {
  std::filesystem::path path = "/var/lib/tocsin";  ///< a folder
  std::chrono::milliseconds keep_items{std::chrono::hours{24 * 90}};
  std::chrono::milliseconds keep_matches{std::chrono::hours{24 * 730}};
};

struct ServerSpec {
  std::string listen;      ///< "127.0.0.1:8787"; empty: no server
  std::string host;        ///< of `listen`, without brackets
  std::uint16_t port = 0;  ///< of `listen`
  bool metrics = true;
  std::string token;
};

struct LogSpec {
  std::string levels = "info";  ///< as for `--log`: "info,fetcher=debug"
  std::string format;           ///< as for `--log-format`; empty: what suits where it runs
};

/// One entry of the `tests:` block.
struct TestSpec {
  std::string name;
  rules::Position at;
  Item item;
  std::string feed;
  std::optional<std::vector<std::string>> expect;     ///< watches that must match, and no others
  std::optional<std::vector<std::string>> receivers;  ///< likewise
};

/// The whole configuration, checked and with every default filled in.
struct Config {
  std::vector<fetcher::FeedSpec> feeds;
  fetcher::FetchOptions fetch;
  ArticleMode articles = ArticleMode::when_short;
  std::uint32_t article_min_words = 80;
  rules::RuleSpec rules;
  notifier::DeliverySpec delivery;
  StorageSpec storage;
  ServerSpec server;
  LogSpec log;
  std::vector<TestSpec> tests;
};

/// The result of reading: the configuration, usable only when no diagnostic is an error.
struct Loaded {
  Config config;
  std::vector<Diagnostic> diagnostics;  ///< in file order; all of them, not only the first
  [[nodiscard]] bool ok() const noexcept;
};

/// How strictly, and for what, a configuration is read.
struct LoadOptions {
  bool need_feeds = true;  ///< false for `match` and `explain`: only watches are needed
};

/// Reads and checks the file at `path` and all that it includes. A file that cannot be read is a
/// diagnostic too. Does not compile the rules: rules::RuleSet::compile adds its own findings.
Loaded load(const std::filesystem::path& path, const LoadOptions& options = {});

/// The same for a text in memory; `file` is for messages, and the folder that `include:` and
/// `*_file` are relative to is that of `file`.
Loaded parse(std::string_view text, const std::filesystem::path& file,
             const LoadOptions& options = {});

/// A finding of the rules as a diagnostic, with its source line read from the file.
Diagnostic from_finding(const rules::Finding& finding);

/// The same for many: each file is read once.
std::vector<Diagnostic> from_findings(std::span<const rules::Finding> findings);

/// One diagnostic as people read it: "file:line:column: error: message", the line, a caret, and
/// the hint. `colour` adds ANSI colours.
std::string render(const Diagnostic& diagnostic, bool colour = false);

}  // namespace tocsin::config
