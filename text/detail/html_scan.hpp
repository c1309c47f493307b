// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin::text::detail {

/// One piece of an HTML document.
struct HtmlToken {
  enum class Kind : std::uint8_t { text, open, close, other };
  Kind kind = Kind::text;
  std::string_view text;        ///< of text: as written, references unresolved
  std::string_view name;        ///< of tags: lower case, cut if absurd; lives until the next call
  std::string_view attributes;  ///< of open tags: what stands behind the name
  bool self_closing = false;
  std::string_view written = {};  ///< the whole of it, as it stands in the document
  bool plain = false;   ///< of text: no references, no white space but single blanks, no NBSP
  bool angles = false;  ///< of text: there is a "<" or a ">" in it
  bool tidy = false;    ///< of tags: the name is written in lower case, and nothing is cut off
};

/// Walks over HTML as browsers do, without building a tree. Linear also for hostile input: what
/// was once searched for in vain (">" or a quote) is not searched for again. Loop over `next`.
class HtmlScanner {
 public:
  explicit HtmlScanner(std::string_view html) noexcept : html_(html) {}

  /// False at the end.
  bool next(HtmlToken& token);

  /// Moves behind the end tag of `name` (script, style, ...), or to the end. Returns what stood
  /// before it.
  std::string_view skip_raw(std::string_view name);

 private:
  void read_text(HtmlToken& token);
  bool read_tag(HtmlToken& token);
  bool read_markup(HtmlToken& token);
  std::size_t tag_end(std::size_t from) noexcept;
  std::size_t find_quote(char quote, std::size_t from) noexcept;

  std::string_view html_;
  std::size_t at_ = 0;
  std::size_t read_in_vain_ = 0;
  bool no_more_gt_ = false, no_more_cdata_ = false, no_more_comments_ = false;
  bool no_more_single_ = false, no_more_double_ = false;
  std::array<char, 32> name_{};
};

/// One attribute, taken apart.
struct HtmlAttribute {
  std::string name;        ///< lower case
  std::string_view value;  ///< as written, without quotes, references unresolved
};

/// Reads the next attribute of `rest` and cuts it off; false when none is left.
bool next_attribute(std::string_view& rest, HtmlAttribute& attribute);

/// True for space, tab, line feed, form feed and carriage return.
constexpr bool is_space(char c) noexcept {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

constexpr char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

constexpr bool is_letter(char c) noexcept {
  return lower(c) >= 'a' && lower(c) <= 'z';
}

}  // namespace tocsin::text::detail
