// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <pugixml.hpp>

namespace tocsin::parser::detail {

/// The vocabularies that feeds are written in.
enum class Vocabulary : std::uint8_t {
  other,  ///< one that says nothing to us
  rss,    ///< RSS of any version, CDF, or names without a namespace
  atom,   ///< Atom 0.3 and 1.0
  rdf,
  content,
  dc,
  dcterms,
  media,
  itunes,
  slash,
  comment_api,
  thread,
  syndication,
  licence,
  xhtml,
  feedburner,
};

/// What an element is called: whose name it is, and the name itself in lower case.
struct Name {
  Vocabulary of = Vocabulary::other;
  std::string_view local;  ///< lasts as long as the `Names` that it comes from
};

/// Resolves the names of one document by namespace URI (Namespaces in XML 1.0), forgiving what
/// publishers get wrong: another scheme, case or final slash of a known URI; well-known prefixes
/// that are not declared, or declared as something unknown; a default namespace that nobody knows.
///
/// It borrows the tree. One thread at a time.
class Names {
 public:
  /// `text` is what the tree was made from; it is only looked at here.
  Names(pugi::xml_node root, std::string_view text);

  [[nodiscard]] Name of(pugi::xml_node element) const;

  /// Whether xml:base and xml:lang stand anywhere in the document.
  [[nodiscard]] bool has_bases() const noexcept { return has_bases_; }
  [[nodiscard]] bool has_languages() const noexcept { return has_languages_; }

 private:
  /// A name as it is written, and what it is where no element declares anything.
  struct Known {
    std::string written;
    std::string local;
    Vocabulary at_root = Vocabulary::other;
  };

  void look_for_attributes(std::string_view text, std::size_t declared_at_root);
  [[nodiscard]] const Known& known(std::string_view written) const;
  [[nodiscard]] Vocabulary vocabulary(pugi::xml_node element, std::string_view prefix) const;
  [[nodiscard]] Vocabulary at_root(std::string_view prefix) const;

  pugi::xml_node root_;
  bool scoped_ = false;  ///< namespaces are declared below the root, too
  bool has_bases_ = false, has_languages_ = false;
  /// What prefixes mean that are declared at the root, and those that are not once they were met.
  mutable std::vector<std::pair<std::string, Vocabulary>> prefixes_;
  /// The names that were met: a document has few, each of them again and again.
  mutable std::unordered_map<std::string_view, std::unique_ptr<const Known>> known_;
};

/// The vocabulary that a namespace URI stands for; `other` for an unknown one. Any thread: pure.
Vocabulary vocabulary_of(std::string_view uri);

}  // namespace tocsin::parser::detail
