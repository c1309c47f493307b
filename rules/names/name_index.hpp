// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/match.hpp"
#include "rules/spec.hpp"
#include "text/tokenizer.hpp"

namespace tocsin::rules {

/// One field of an article as names are sought in it. Views: nothing is copied.
struct NameText {
  Field field{};
  std::string_view text;                ///< plain text, UTF-8
  std::span<const text::Token> tokens;  ///< `text::tokenize(text)`, in order
};

/// One mention of a watched name.
struct NameHit {
  std::uint32_t entity = 0;  ///< index into the span that was compiled
  std::uint32_t text = 0;    ///< index into the fields given to `find`
  std::uint32_t first = 0;   ///< first token of the mention
  std::uint32_t last = 0;    ///< one past its last token
  std::uint32_t start = 0;   ///< bytes of the field's text, half open: may begin behind a clitic
  std::uint32_t end = 0;
  float cost = 0;          ///< 0: as written in the configuration or folded; grows with respelling
  std::uint16_t form = 0;  ///< which form matched: `NameIndex::describe_form`
};

/// Working memory of one thread for `NameIndex::find`; keeps what words were found to be, because
/// news repeats itself. Works with any index, best with the same one again. Not for sharing.
class NameScratch {
 public:
  NameScratch();
  ~NameScratch();
  NameScratch(NameScratch&&) noexcept;
  NameScratch& operator=(NameScratch&&) noexcept;

 private:
  friend class NameIndex;
  struct State;
  std::unique_ptr<State> state_;
};

/// One way in which an entity is found, for people to read.
struct NameForm {
  std::string form;  ///< an example: "A. Khamenei", "Khamenei, Ali"
  std::string why;   ///< "initials", "family name first", ...
};

struct CompiledNames;

/// Watched people, organisations and terms compiled for finding (rules.md §5): every spelling,
/// script and inflection that news text uses. Any thread: immutable. Work grows with the text, and
/// hardly with the number of names.
class NameIndex {
 public:
  /// Compiles `entities`; a hit's `entity` is an index into this span. Findings tell of names that
  /// can never be found or whose policy lacks something; the index is usable either way. Nothing of
  /// `entities` is kept by reference. Any thread: pure.
  static CompiledNames compile(std::span<const EntitySpec> entities);

  /// Finds nothing.
  NameIndex();
  ~NameIndex();
  NameIndex(NameIndex&&) noexcept;
  NameIndex& operator=(NameIndex&&) noexcept;

  /// Appends every mention in one article to `out`, ordered by text, then start. To be called once
  /// per article with all its fields in reading order (title, summary, body): whose a bare family
  /// name is, and what an acronym stands for, is decided over the whole article. Mentions of
  /// different entities may overlap; those of one do not.
  void find(std::span<const NameText> fields, NameScratch& scratch,
            std::vector<NameHit>& out) const;

  /// What `NameHit::form` means: "exact", "transliterated (ar)", "initials", "bare family name".
  [[nodiscard]] static std::string describe_form(std::uint16_t form);

  /// How many entities were compiled.
  [[nodiscard]] std::size_t size() const noexcept;

 private:
  struct Impl;
  explicit NameIndex(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

/// The result of `NameIndex::compile`.
struct CompiledNames {
  NameIndex index;
  std::vector<Finding> findings;
};

/// The forms that `entity` expands to and why, for `tocsin names`. Any thread: pure.
std::vector<NameForm> explain_name(const EntitySpec& entity);

}  // namespace tocsin::rules
