// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"

namespace tocsin::demo {

/// A story as it stands in a feed.
struct Published {
  std::string id, url, title, text, language;
  Timestamp when{};
};

/// The same entries as three kinds of documents. Newest first. Any thread: pure.
std::string as_rss(std::string_view title, std::string_view home,
                   const std::vector<Published>& entries);
std::string as_atom(std::string_view title, std::string_view home,
                    const std::vector<Published>& entries);
std::string as_json_feed(std::string_view title, std::string_view home,
                         const std::vector<Published>& entries);

}  // namespace tocsin::demo
