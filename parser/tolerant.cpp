// SPDX-License-Identifier: MIT
#include "parser/detail/tolerant.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "parser/detail/xml.hpp"
#include "text/html_entities.hpp"

namespace tocsin::parser::detail {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool starts_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool ends_name(char c) {
  return is_blank(c) || c == '>' || c == '/' || c == '<' || c == '=' || c == '"' || c == '\'';
}

template <std::size_t Size>
bool one_of(std::string_view name, const std::array<std::string_view, Size>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_item(std::string_view name) {
  constexpr std::array<std::string_view, 2> kItems = {"item", "entry"};
  return one_of(name, kItems);
}

/// What holds items: its end tag ends whatever is open.
bool is_frame(std::string_view name) {
  constexpr std::array<std::string_view, 4> kFrames = {"channel", "rss", "feed", "rdf"};
  return one_of(name, kFrames);
}

/// Fields that hold text alone: another field that begins within one of them ends it.
bool is_text_field(std::string_view name) {
  constexpr std::array<std::string_view, 9> kFields = {
      "title", "link", "guid", "pubdate", "id", "author", "category", "updated", "published"};
  return one_of(name, kFields);
}

bool is_field(std::string_view name) {
  constexpr std::array<std::string_view, 6> kFields = {"description", "summary",   "content",
                                                       "encoded",     "enclosure", "source"};
  return is_text_field(name) || one_of(name, kFields);
}

/// The few references that XML knows; all others are text by now.
std::string plain(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '&') {
      const auto next = std::min(text.find('&', at), text.size());
      out.append(text.substr(at, next - at));
      at = next;
      continue;
    }
    const auto rest = text.substr(at, 12);
    const auto reference = text::append_reference(out, rest, 0, text::ReferenceIn::attribute);
    if (!reference.known) out += '&';
    at += reference.known ? reference.length : 1;
  }
  return out;
}

class Reader {
 public:
  Reader(std::string_view text, std::size_t max_depth, pugi::xml_document& document)
      : text_(text), max_depth_(max_depth) {
    open_.push_back({document, {}, false, false, false, false});
  }

  Salvage run() {
    while (at_ < text_.size()) {
      const auto tag = std::min(text_.find('<', at_), text_.size());
      add_text(text_.substr(at_, tag - at_));
      at_ = tag;
      if (at_ < text_.size()) markup();
    }
    Salvage salvage;
    for (std::size_t i = 1; i < open_.size(); ++i) {
      // Where the list of items is not closed, more of them may be missing.
      salvage.cut = salvage.cut || open_[i].item || open_[i].holds_items;
      if (!open_[i].item) continue;
      open_[i].node.parent().remove_child(open_[i].node);
      break;
    }
    return salvage;
  }

 private:
  struct Open {
    pugi::xml_node node;
    std::string name;  ///< local, in lower case
    bool item = false, frame = false, text_field = false, holds_items = false;
  };

  void add_text(std::string_view text) {
    if (text.empty() || open_.size() < 2) return;
    open_.back().node.append_child(pugi::node_pcdata).set_value(plain(text).c_str());
  }

  /// Passes over what begins with `open` and ends with `close`. What does not end is the document's
  /// last: its text counts where it is CDATA.
  bool opaque(std::string_view open, std::string_view close, bool is_text) {
    if (!text_.substr(at_).starts_with(open)) return false;
    const auto from = at_ + open.size();
    const auto end = std::min(text_.find(close, from), text_.size());
    if (is_text && open_.size() > 1)
      open_.back()
          .node.append_child(pugi::node_cdata)
          .set_value(std::string(text_.substr(from, end - from)).c_str());
    at_ = std::min(end + close.size(), text_.size());
    return true;
  }

  void markup() {
    if (opaque("<![CDATA[", "]]>", true) || opaque("<!--", "-->", false) ||
        opaque("<?", "?>", false) || opaque("<!", ">", false))
      return;
    if (text_.substr(at_, 2) == "</" && at_ + 2 < text_.size() && starts_name(text_[at_ + 2])) {
      end_tag();
    } else if (at_ + 1 < text_.size() && starts_name(text_[at_ + 1])) {
      start_tag();
    } else {
      add_text("&lt;");
      ++at_;
    }
  }

  std::string_view read_name() {
    const auto from = at_;
    while (at_ < text_.size() && !ends_name(text_[at_])) ++at_;
    return text_.substr(from, at_ - from);
  }

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }

  void end_tag() {
    at_ += 2;
    const auto name = lower(local_name(read_name()));
    while (at_ < text_.size() && text_[at_] != '>' && text_[at_] != '<') ++at_;
    if (at_ < text_.size() && text_[at_] == '>') ++at_;
    const bool frame = is_frame(name);
    for (auto i = open_.size() - 1; i > 0; --i) {
      if (open_[i].name == name) {
        open_.resize(i);
        return;
      }
      if (open_[i].item && !frame) return;  // it would end more than it began
    }
  }

  void start_tag() {
    ++at_;
    const std::string written(read_name());
    auto name = lower(local_name(written));
    make_room_for(name);
    const bool item = is_item(name);
    open_.back().holds_items = open_.back().holds_items || item;
    auto node = open_.back().node.append_child(written.c_str());
    const bool closed = attributes(node);
    if (closed || open_.size() > max_depth_) return;
    const bool frame = is_frame(name);
    const bool text_field = is_text_field(name);
    open_.push_back({node, std::move(name), item, frame, text_field, false});
  }

  /// Ends what cannot hold an element called `name`.
  void make_room_for(std::string_view name) {
    const bool item = is_item(name);
    if (!item && !is_field(name)) return;
    for (auto i = open_.size() - 1; i > 0; --i) {
      const bool ends = item ? open_[i].item || (open_[i].text_field && in_frame(i))
                             : open_[i].text_field && in_frame(i);
      if (ends) {
        open_.resize(i);
        return;
      }
      if (open_[i].item || open_[i].frame) return;
    }
  }

  /// A field of an item or of the feed itself, not one of a person or an image.
  [[nodiscard]] bool in_frame(std::size_t i) const {
    return i > 1 && (open_[i - 1].item || open_[i - 1].frame);
  }

  /// Reads attributes up to the end of the tag. True when the element is empty.
  bool attributes(pugi::xml_node node) {
    bool slash = false;
    std::size_t count = 0;
    while (at_ < text_.size()) {
      skip_blanks();
      if (at_ >= text_.size() || text_[at_] == '<') return slash;
      const char c = text_[at_];
      if (c == '>') return ++at_, slash;
      slash = c == '/';
      if (c == '/' || c == '=' || c == '"' || c == '\'') {
        ++at_;
        continue;
      }
      const std::string name(read_name());
      skip_blanks();
      std::string value;
      if (at_ < text_.size() && text_[at_] == '=') value = attribute_value();
      if (count++ < kMostAttributes && !node.attribute(name.c_str()))
        node.append_attribute(name.c_str()) = value.c_str();
    }
    return slash;
  }

  std::string attribute_value() {
    ++at_;
    skip_blanks();
    if (at_ >= text_.size()) return {};
    const char quote = text_[at_];
    if (quote == '"' || quote == '\'') {
      const auto from = ++at_;
      // A quote that is missing must not swallow the document.
      const auto end = text_.substr(0, std::min(text_.size(), from + kLongestValue))
                           .find_first_of(std::string{quote, '<'}, from);
      at_ = std::min(end, text_.size());
      const auto value = text_.substr(from, at_ - from);
      if (at_ < text_.size() && text_[at_] == quote) ++at_;
      return plain(value);
    }
    const auto from = at_;
    while (at_ < text_.size() && !is_blank(text_[at_]) && text_[at_] != '>') ++at_;
    return plain(text_.substr(from, at_ - from));
  }

  static constexpr std::size_t kLongestValue = 64U << 10U;
  static constexpr std::size_t kMostAttributes = 256;  // of one element; none has a tenth of that

  std::string_view text_;
  std::size_t max_depth_;
  std::size_t at_ = 0;
  std::vector<Open> open_;
};

}  // namespace

Salvage read_tolerantly(std::string_view text, std::size_t max_depth,
                        pugi::xml_document& document) {
  document.reset();
  return Reader(text, max_depth, document).run();
}

}  // namespace tocsin::parser::detail
