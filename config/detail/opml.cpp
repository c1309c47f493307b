// SPDX-License-Identifier: MIT
#include "config/detail/opml.hpp"

#include <cstring>
#include <set>

#include <pugixml.hpp>

#include "config/detail/values.hpp"
#include "config/detail/view.hpp"

namespace tocsin::config::detail {
namespace {

/// The value of an attribute whose case writers do not agree on.
std::string attribute(const pugi::xml_node& node, const char* name) {
  for (const auto& found : node.attributes())
    if (strcasecmp(found.name(), name) == 0) return found.value();
  return {};
}

std::string title_of(const pugi::xml_node& outline) {
  auto title = attribute(outline, "text");
  return title.empty() ? attribute(outline, "title") : title;
}

/// Collects outlines in document order, without recursion: files may nest without bound.
class Walker final : public pugi::xml_tree_walker {
 public:
  Walker(const Node& path, Findings& findings) : path_(path), findings_(findings) {}

  bool for_each(pugi::xml_node& node) override {
    if (strcasecmp(node.name(), "outline") != 0) return true;
    OpmlEntry entry{title_of(node), attribute(node, "xmlUrl"), {}};
    if (entry.url.empty() || !addresses_.insert(entry.url).second) return true;
    if (const auto url = read_url(entry.url, Schemes::web); !url) {
      findings_.warn(path_, "the list names a feed that cannot be fetched: " + url.error().message);
      return true;
    }
    if (!titles_.insert(entry.title).second) entry.title.clear();
    if (auto folder = folder_of(node); !folder.empty()) entry.labels.emplace("folder", folder);
    found.push_back(std::move(entry));
    return true;
  }

  std::vector<OpmlEntry> found;

 private:
  static std::string folder_of(const pugi::xml_node& node) {
    const auto parent = node.parent();
    const bool is_folder =
        strcasecmp(parent.name(), "outline") == 0 && attribute(parent, "xmlUrl").empty();
    return is_folder ? title_of(parent) : std::string();
  }

  const Node& path_;
  Findings& findings_;
  std::set<std::string> addresses_, titles_;
};

}  // namespace

std::vector<OpmlEntry> read_opml(const Node& path, Findings& findings) {
  pugi::xml_document document;
  const auto parsed = document.load_file(beside(path, path.text).c_str());
  if (parsed.status == pugi::status_file_not_found || parsed.status == pugi::status_io_error) {
    findings.error(path, "the subscription list cannot be read",
                   path.text.find("://") != std::string::npos
                       ? "save the list to a file, and name that"
                       : "a relative path begins at the folder of this file");
    return {};
  }
  const auto root = document.document_element();
  if (!parsed || strcasecmp(root.name(), "opml") != 0) {
    findings.error(path, "this is no OPML subscription list",
                   "export the list as OPML from your feed reader");
    return {};
  }
  Walker walker(path, findings);
  document.traverse(walker);
  if (walker.found.empty())
    findings.warn(path, "the subscription list names no feeds", "outlines need an xmlUrl");
  return std::move(walker.found);
}

}  // namespace tocsin::config::detail
