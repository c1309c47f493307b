// SPDX-License-Identifier: MIT
#include "parser/detail/mend.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "text/byte_block.hpp"
#include "text/html_entities.hpp"
#include "text/utf8.hpp"

namespace tocsin::parser::detail {
namespace {

/// Bounds of what a document's own entities may add to it.
constexpr std::size_t kMostEntities = 500;
constexpr std::size_t kLongestEntity = 4'096;
constexpr std::size_t kMostAdded = 1U << 20U;

using Entities = std::map<std::string, std::string, std::less<>>;

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

/// What may stand in a document that has no place in one. Mostly nothing does, and one look at
/// each byte tells that.
struct Suspects {
  bool controls = false;         ///< below U+0020, but for white space
  bool latin1_controls = false;  ///< perhaps U+0080 to U+009F
  bool noncharacters = false;    ///< perhaps U+FFFE or U+FFFF
};

Suspects suspects_in(std::string_view text) {
  constexpr std::string_view kNothing = "aaaaaaaaaaaaaaaa";
  auto controls = text::ByteBlock(kNothing.data()).is('\0');
  auto latin1 = controls;
  auto noncharacters = controls;
  text::for_blocks(text, 0, [&](const char* block, std::size_t) {
    const text::ByteBlock bytes(block);
    const text::ByteBlock next(block + 1);
    // White space but for the blank: 0x09, 0x0A, 0x0D.
    controls = controls | bytes.up_to(0x08) | (bytes.from(0x0B) & bytes.up_to(0x0C)) |
               (bytes.from(0x0E) & bytes.up_to(0x1F));
    latin1 = latin1 | (bytes.is('\xC2') & next.up_to(0x9F));
    noncharacters = noncharacters | (bytes.is('\xEF') & next.is('\xBF'));
    return false;
  });
  return {controls.bits() != 0, latin1.bits() != 0, noncharacters.bits() != 0};
}

void drop_controls(std::string& text, std::vector<std::string>& warnings) {
  std::erase_if(text, is_control);
  warnings.emplace_back("control characters were taken out");
}

/// U+0080 to U+009F, which no text holds, are bytes of windows-1252 that somebody read as Latin-1.
void mend_controls_of_latin1(std::string& text) {
  std::string out;
  std::size_t copied = 0;
  for (auto at = text.find('\xC2'); at != std::string::npos; at = text.find('\xC2', at + 1)) {
    if (at + 1 >= text.size()) break;
    const auto low = static_cast<unsigned char>(text[at + 1]);
    if (low < 0x80 || low >= 0xA0 || low == 0x85) continue;
    out.append(text, copied, at - copied);
    text::append_utf8(out, text::from_windows_1252(low));
    copied = at + 2;
  }
  if (copied == 0) return;
  out.append(text, copied);
  text = std::move(out);
}

/// U+FFFE and U+FFFF are no characters, and no XML.
void drop_noncharacters(std::string& text) {
  for (const std::string_view sign : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    auto at = text.find(sign);
    if (at == std::string::npos) continue;
    auto kept = at;
    while (at < text.size()) {
      if (text.compare(at, sign.size(), sign) == 0)
        at += sign.size();
      else
        text[kept++] = text[at++];
    }
    text.resize(kept);
  }
}

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

std::string_view name_at(std::string_view text, std::size_t at) {
  auto end = at;
  while (end < text.size() && end - at < 64 && is_name_char(text[end])) ++end;
  return text.substr(at, end - at);
}

/// Reads `<!ENTITY name "value">` declarations of the internal subset. External and parameter
/// entities are left out: nothing is ever fetched. References within a value are resolved when it
/// is read, to entities that stand before it, so nothing can grow out of bounds.
class Subset {
 public:
  explicit Subset(std::string_view text) {
    const auto start = text.find("<!DOCTYPE");
    if (start == std::string_view::npos || start > 4'096) return;
    const auto open = text.find_first_of("[>", start);
    if (open == std::string_view::npos || text[open] == '>') return;
    const auto end = std::min(text.find("]", open), text.size());
    auto inside = text.substr(open, end - open);
    constexpr std::string_view kDeclaration = "<!ENTITY";
    for (auto at = inside.find(kDeclaration); at != std::string_view::npos;
         at = inside.find(kDeclaration, at + 1))
      read(inside.substr(at + kDeclaration.size()));
  }
  [[nodiscard]] const Entities& entities() const noexcept { return entities_; }

 private:
  void read(std::string_view declaration) {
    auto at = declaration.find_first_not_of(" \t\r\n");
    if (at == std::string_view::npos || at == 0 || declaration[at] == '%') return;
    const auto name = name_at(declaration, at);
    at = declaration.find_first_not_of(" \t\r\n", at + name.size());
    if (name.empty() || at == std::string_view::npos) return;
    const char quote = declaration[at];
    if (quote != '"' && quote != '\'') return;  // SYSTEM or PUBLIC
    const auto close = declaration.substr(0, kLongestEntity).find(quote, at + 1);
    if (close == std::string_view::npos || entities_.size() == kMostEntities) return;
    auto value = resolved(declaration.substr(at + 1, close - at - 1));
    if (value.size() <= kLongestEntity) entities_.emplace(std::string(name), std::move(value));
  }

  [[nodiscard]] std::string resolved(std::string_view value) const {
    std::string out;
    for (std::size_t at = 0; at < value.size() && out.size() <= kLongestEntity;) {
      const auto name = value[at] == '&' ? name_at(value, at + 1) : std::string_view{};
      const auto known = entities_.find(name);
      const auto after = at + 1 + name.size();
      if (known != entities_.end() && after < value.size() && value[after] == ';') {
        out += known->second;
        at = after + 1;
      } else {
        out += value[at++];
      }
    }
    return out;
  }

  Entities entities_;
};

/// The five that XML itself knows are left to the reader.
bool is_plain(std::string_view reference) {
  if (reference.size() < 4) return false;
  switch (reference[1]) {
    case 'a': return reference.starts_with("&amp;") || reference.starts_with("&apos;");
    case 'g': return reference.starts_with("&gt;");
    case 'l': return reference.starts_with("&lt;");
    case 'q': return reference.starts_with("&quot;");
    default: return false;
  }
}

/// Whether characters that a reference stands for would be markup if they stood there.
bool is_markup(std::string_view resolved) {
  return resolved == "<" || resolved == "&" || resolved == ">" || resolved == "\"" ||
         resolved == "'";
}

class Mender {
 public:
  Mender(const std::string& text, std::vector<std::string>& warnings)
      : text_(text), warnings_(warnings), subset_(text) {}

  /// The whole text with its references mended; empty when none had to be.
  std::string run() {
    for (;;) {
      at_ = text::find_flagged(text_, at_, [](const char* block) {
        const text::ByteBlock bytes(block);
        return bytes.is('&') | (bytes.is('<') & text::ByteBlock(block + 1).is('!'));
      });
      if (at_ == text_.size()) break;
      if (text_[at_] == '&')
        reference(at_);
      else
        at_ = end_of_opaque(at_);
    }
    if (out_.empty()) return {};
    out_.append(text_, copied_, std::string::npos);
    if (unknown_ > 0) warnings_.emplace_back("entities that XML does not know were resolved");
    return std::move(out_);
  }

 private:
  /// Behind a CDATA section or comment that begins at `at`; else just behind the "<".
  [[nodiscard]] std::size_t end_of_opaque(std::size_t at) {
    const auto skip = [&](std::string_view open, std::string_view close, bool& unclosed) {
      if (unclosed || text_.compare(at, open.size(), open) != 0) return std::size_t{0};
      const auto end = text_.find(close, at + open.size());
      unclosed = end == std::string::npos;
      return unclosed ? std::size_t{0} : end + close.size();
    };
    if (const auto end = skip("<![CDATA[", "]]>", no_cdata_end_); end != 0) return end;
    if (const auto end = skip("<!--", "-->", no_comment_end_); end != 0) return end;
    return at + 1;
  }

  void replace(std::size_t at, std::size_t length, std::string_view with) {
    out_.append(text_, copied_, at - copied_);
    out_.append(with);
    if (out_.empty()) out_ = " ";  // empty means that nothing was mended
    copied_ = at_ = at + length;
  }

  void reference(std::size_t at) {
    at_ = at + 1;
    const std::string_view rest = std::string_view(text_).substr(at, 80);
    if (is_plain(rest)) return;
    if (const auto name = name_at(rest, 1); !subset_.entities().empty() &&
                                            1 + name.size() < rest.size() &&
                                            rest[1 + name.size()] == ';') {
      const auto own = subset_.entities().find(name);
      if (own != subset_.entities().end() && added_ + own->second.size() <= kMostAdded) {
        added_ += own->second.size();
        replace(at, name.size() + 2, own->second);
        return;
      }
    }
    std::string resolved;
    const auto read = text::append_reference(resolved, rest, 0, text::ReferenceIn::attribute);
    if (read.length == 0) {
      replace(at, 1, "&amp;");  // an ampersand that begins no reference
      return;
    }
    if (!read.known) {
      replace(at, 1, rest[1] == '#' ? "" : "&amp;");
      if (rest[1] == '#') copied_ = at_ = at + read.length;
      return;
    }
    if (is_markup(resolved)) {
      replace(at, read.length, "&#" + std::to_string(static_cast<int>(resolved[0])) + ";");
      return;
    }
    ++unknown_;
    replace(at, read.length, resolved);
  }

  const std::string& text_;
  std::vector<std::string>& warnings_;
  Subset subset_;
  std::string out_;
  std::size_t at_ = 0, copied_ = 0, added_ = 0, unknown_ = 0;
  bool no_cdata_end_ = false, no_comment_end_ = false;
};

}  // namespace

void mend(std::string& text, std::vector<std::string>& warnings) {
  const auto suspects = suspects_in(text);
  if (suspects.controls) drop_controls(text, warnings);
  if (suspects.latin1_controls) mend_controls_of_latin1(text);
  if (suspects.noncharacters) drop_noncharacters(text);
  auto mended = Mender(text, warnings).run();
  if (!mended.empty()) text = std::move(mended);
}

}  // namespace tocsin::parser::detail
