// SPDX-License-Identifier: MIT
#include "config/detail/misplaced.hpp"

#include <vector>

#include "config/detail/words.hpp"

namespace tocsin::config::detail {
namespace {

constexpr std::size_t kMostPlaces = 3;

using Names = std::vector<std::string_view>;

std::string joined(const Names& names, std::string_view before, std::string_view after) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i)
    out.append(i == 0                  ? ""
               : i + 1 == names.size() ? " or "
                                       : ", ")
        .append(before)
        .append(names[i])
        .append(after);
  return out;
}

/// Keys of `schema` below which `key` may stand.
Names parents(std::string_view key, const Object& schema) {
  Names out;
  for (const auto& known : schema.keys) {
    const auto* object = known.shape.object_of;
    if (object != nullptr && known.shape.container == Container::one &&
        object->find(key) != nullptr)
      out.push_back(known.name);
  }
  return out;
}

/// Objects that know `key`, wherever they stand.
Names owners(std::string_view key) {
  Names out;
  for (const auto* object : objects_of(kFileSchema))
    if (object != &kFileSchema && object->find(key) != nullptr) out.push_back(object->name);
  return out;
}

}  // namespace

std::string where_it_belongs(std::string_view key, const Object& schema) {
  if (&schema != &kFileSchema && kFileSchema.find(key) != nullptr)
    return "'" + std::string(key) + "' stands at the top of the file, not indented";
  if (key == "port" && schema.find("host") != nullptr)
    return "write it behind the host, as in mail.example.org:587";
  if (const auto below = parents(key, schema); !below.empty() && below.size() <= kMostPlaces)
    return "it belongs below " + joined(below, "", ":") + ", indented";
  if (const auto known = owners(key); !known.empty() && known.size() <= kMostPlaces)
    return "'" + std::string(key) + "' is a key of " + joined(known, "'", "'");
  return {};
}

}  // namespace tocsin::config::detail
