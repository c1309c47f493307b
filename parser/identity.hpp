// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "model/item.hpp"

namespace tocsin::parser {

/// By what an item is known again at the next poll. Zero stands for "has none".
struct ItemKeys {
  std::string id;  ///< stable text id, never empty: guid, else canonical link, else digest
  std::uint64_t primary = 0;  ///< hash of `id`, never zero; unique within one document
  std::uint64_t by_link = 0;  ///< canonical link with the title: against guids that churn
  std::uint64_t by_text = 0;  ///< title with the text: likewise
  std::uint64_t content = 0;  ///< title and text alone: differs when the item was edited
};

/// The keys of every item of `feed`, in item order.
///
/// Items of one document that share a guid stay apart (their primaries also cover link and title).
/// Links are compared in canonical form, without tracking parameters, scheme and "www.".
/// Any thread: pure.
std::vector<ItemKeys> identify(const Feed& feed);

}  // namespace tocsin::parser
