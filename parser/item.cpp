// SPDX-License-Identifier: MIT
// One item of RSS, one entry of Atom, one ITEM of CDF: publishers mix their vocabularies, so one
// reader knows them all. Where several elements say the same, the one of the feed's own vocabulary
// wins over a module's, whatever their order.
#include <utility>

#include "parser/dates.hpp"
#include "parser/detail/xml.hpp"
#include "text/html.hpp"
#include "text/url.hpp"
#include "text/utf8.hpp"

namespace tocsin::parser::detail {
namespace {

/// A value that several elements may give; a higher rank wins, and of equals the first.
template <class T>
class Best {
 public:
  void offer(int rank, T value) {
    if (rank <= rank_) return;
    rank_ = rank;
    value_ = std::move(value);
  }
  [[nodiscard]] bool given() const noexcept { return rank_ >= 0; }
  [[nodiscard]] T& value() noexcept { return value_; }

 private:
  int rank_ = -1;
  T value_{};
};

class ItemReader {
 public:
  ItemReader(pugi::xml_node node, const Document& in)
      : node_(node), in_(in), base_(in.base_at(node)) {}

  Item read() {
    cdf_attributes();
    for (auto child = node_.first_child(); child; child = child.next_sibling()) {
      if (child.type() != pugi::node_element) continue;
      const auto name = in_.names.of(child);
      switch (name.of) {
        case Vocabulary::rss:
        case Vocabulary::atom: own(child, name); break;
        case Vocabulary::media: media(child, name); break;
        case Vocabulary::itunes: itunes(child, name.local); break;
        case Vocabulary::xhtml: xhtml(child, name.local); break;
        default: module(child, name); break;
      }
    }
    return finish();
  }

 private:
  /// CDF writes into attributes what others write into elements.
  void cdf_attributes() {
    if (const auto href = attribute(node_, "href"); !href.empty())
      url_.offer(1, text::resolve_url(base_, href));
    if (const auto last = attribute(node_, "lastmod"); !last.empty())
      read_date_into(item_.modified, last, in_.feed);
  }

  void own(pugi::xml_node node, const Name& name) {
    const std::string_view local = name.local;
    if (local == "title") {
      title(3, node);
    } else if (local == "link" || local == "a") {
      link(node, name.of);
    } else if (local == "guid" || local == "id") {
      guid(node, local == "guid");
    } else if (local == "description" || local == "summary" || local == "abstract") {
      passage(summary_, local == "summary" && name.of == Vocabulary::rss ? 4 : 5, node);
    } else if (local == "subtitle" || local == "tagline") {
      passage(summary_, 2, node);
    } else if (local == "content" || local == "encoded" || local == "body" || local == "fullitem") {
      content(local == "content" ? 3 : 2, node);
    } else if (local == "enclosure") {
      read_enclosure(item_, node, in_.base_at(node));
    } else if (!dates(node, local) && !people(node, local)) {
      others(node, local);
    }
  }

  bool dates(pugi::xml_node node, std::string_view local) {
    if (local == "pubdate" || local == "published" || local == "issued")
      read_date_into(item_.published, own_text(node), in_.feed);
    else if (local == "updated" || local == "modified" || local == "lastbuilddate")
      read_date_into(item_.modified, own_text(node), in_.feed);
    else if (local == "created" || local == "date")
      read_date_into(created_, own_text(node), in_.feed);
    else
      return false;
    return true;
  }

  bool people(pugi::xml_node node, std::string_view local) {
    if (local == "author" || local == "managingeditor" || local == "creator")
      add_author(item_.authors, read_person(node, in_));
    else if (local == "contributor")
      add_author(item_.contributors, read_person(node, in_));
    else
      return false;
    return true;
  }

  void others(pugi::xml_node node, std::string_view local) {
    if (local == "category") {
      category(node);
    } else if (local == "comments") {
      item_.comments_url = text::resolve_url(base_, own_text(node));
    } else if (local == "source") {
      source(node);
    } else if (local == "rights" || local == "copyright") {
      item_.rights = read_construct(node, in_).as_line();
    } else if (local == "language") {
      item_.language = text::one_line(own_text(node));
    } else if (local == "image" || local == "logo" || local == "icon") {
      const auto nested = text::one_line(node.child_value("url"));
      image(nested.empty() ? reference_of(node) : nested);
    }
  }

  void module(pugi::xml_node node, const Name& name) {
    const auto own = own_text(node);
    const std::string_view text = own;
    if (name.of == Vocabulary::content && name.local == "encoded") {
      content(4, node);
    } else if (name.of == Vocabulary::feedburner && name.local == "origlink") {
      if (const auto url = text::one_line(text); !url.empty()) original_ = url;
    } else if (name.of == Vocabulary::comment_api && name.local == "comment") {
      if (item_.comments_url.empty()) item_.comments_url = text::resolve_url(base_, text);
    } else if (name.of == Vocabulary::licence && name.local == "license") {
      auto licence = text::one_line(text);
      if (licence.empty()) licence = std::string(node.attribute("rdf:resource").value());
      if (item_.rights.empty()) item_.rights = std::move(licence);
    } else if (name.of == Vocabulary::dc || name.of == Vocabulary::dcterms) {
      dublin_core(node, name.local, text);
    }
  }

  void dublin_core(pugi::xml_node node, std::string_view local, std::string_view text) {
    if (local == "title") title(2, node);
    if (local == "description" || local == "abstract") passage(summary_, 1, node);
    if (local == "creator" || local == "author") add_author(item_.authors, read_person(node, in_));
    if (local == "contributor") add_author(item_.contributors, read_person(node, in_));
    if (local == "subject") add_tag(item_.tags, text::html_to_line(text));
    if (local == "language") item_.language = text::one_line(text);
    if (local == "rights" && item_.rights.empty()) item_.rights = text::html_to_line(text);
    if (local == "date" || local == "created") read_date_into(created_, text, in_.feed);
    if (local == "issued" || local == "available") read_date_into(issued_, text, in_.feed);
    if (local == "modified") read_date_into(item_.modified, text, in_.feed);
    if (local == "identifier" && dc_id_.empty()) dc_id_ = text::one_line(text);
  }

  void media(pugi::xml_node node, const Name& name) {
    read_media(item_, node, name, in_);
    const auto words = [&](pugi::xml_node from, std::string_view local) {
      if (local == "title") title(0, from);
      if (local == "description") passage(summary_, 0, from);
    };
    words(node, name.local);
    if (name.local != "group" && name.local != "content") return;
    for (const auto child : node.children())
      if (child.type() == pugi::node_element)
        if (const auto inner = in_.names.of(child); inner.of == Vocabulary::media)
          words(child, inner.local);
  }

  void itunes(pugi::xml_node node, std::string_view local) {
    const auto text = own_text(node);
    if (local == "title") title(1, node);
    if (local == "author") itunes_author_ = read_author(text);
    if (local == "summary" || local == "description") passage(summary_, 3, node);
    if (local == "subtitle") passage(summary_, 2, node);
    if (local == "keywords") add_keywords(item_.tags, text);
    if (local == "duration") duration_ = read_span(text);
    if (local == "category") itunes_category(node);
    const bool old_image = local == "link" && lower(attribute(node, "rel")) == "image";
    if (local == "image" || old_image) image(reference_of(node));
  }

  void itunes_category(pugi::xml_node node) {
    add_tag(item_.tags, text::one_line(attribute(node, "text")));
    for (const auto child : node.children())
      if (child.type() == pugi::node_element && lower(local_name(child.name())) == "category")
        add_tag(item_.tags, text::one_line(attribute(child, "text")));
  }

  void xhtml(pugi::xml_node node, std::string_view local) {
    if (local == "body" || local == "div") content(2, node);
  }

  void title(int rank, pugi::xml_node node) {
    auto text = read_construct(node, in_);
    auto line = text.as_line();
    if (line.empty()) return;
    if (!title_.given()) title_from_ = text.from;
    title_.offer(rank, std::move(line));
  }

  void passage(Best<Construct>& into, int rank, pugi::xml_node node) {
    auto text = read_construct(node, in_);
    if (!text::is_blank(text.text)) into.offer(rank, std::move(text));
  }

  void content(int rank, pugi::xml_node node) {
    if (const auto away = attribute(node, "src");
        !away.empty() && !has_elements(node) && text::is_blank(own_text(node))) {
      if (item_.external_url.empty())
        item_.external_url = text::resolve_url(in_.base_at(node), away);
      return;
    }
    passage(content_, rank, node);
  }

  void guid(pugi::xml_node node, bool rss) {
    auto id = trimmed(own_text(node));
    if (id.empty()) return;
    const auto permalink = lower(text::one_line(attribute(node, "isPermaLink")));
    if (rss) item_.guid_is_permalink = permalink != "false";
    const bool may_link = !rss || permalink != "false";
    if (may_link && id.find("://") != std::string::npos) url_.offer(0, id);
    if (rss && permalink == "true" && id.find("://") == std::string::npos)
      url_.offer(0, text::resolve_url(base_, id));
    id_.offer(rss ? 2 : 1, std::move(id));
  }

  void link(pugi::xml_node node, Vocabulary of) {
    const auto rel = relation_of(node);
    std::string target(attribute(node, "href"));
    if (text::is_blank(target)) target = text::one_line(own_text(node));
    if (text::is_blank(target)) return;
    const auto url = text::resolve_url(in_.base_at(node), target);
    if (rel == "enclosure") {
      Attachment attachment;
      attachment.url = url;
      attachment.mime_type = text::one_line(attribute(node, "type"));
      attachment.title = text::one_line(attribute(node, "title"));
      if (const auto length = node.attribute("length").as_ullong(); length > 0)
        attachment.size_in_bytes = length;
      add_attachment(item_, std::move(attachment));
    } else if (rel == "related" || rel == "via") {
      if (item_.external_url.empty()) item_.external_url = url;
    } else if (rel == "replies") {
      item_.comments_url = url;
    } else if (rel == "image") {
      image(target);
    } else if (rel.empty() || rel == "alternate") {
      const auto type = lower(attribute(node, "type"));
      const bool page = type.empty() || type.find("html") != std::string::npos;
      const bool foreign = of == Vocabulary::atom && in_.is_rss;
      // Of several in RSS the last is the one that was meant; Atom's first alternate is.
      url_.offer(foreign ? 2 : in_.is_rss ? 10 + links_++ : page ? 4 : 3, url);
    }
  }

  void category(pugi::xml_node node) {
    auto label = text::html_to_line(own_text(node));
    if (label.empty()) label = text::one_line(attribute(node, "term"));
    if (label.empty() || label.find("://") != std::string::npos)
      if (auto given = text::one_line(attribute(node, "label")); !given.empty())
        label = std::move(given);
    if (label.empty()) label = text::one_line(attribute(node, "text"));
    add_tag(item_.tags, std::move(label));
  }

  void source(pugi::xml_node node) {
    item_.source_url = text::one_line(attribute(node, "url"));
    if (!has_elements(node)) {
      item_.source_title = text::html_to_line(own_text(node));
      return;
    }
    for (const auto child : node.children()) {
      const auto local = lower(local_name(child.name()));
      if (local == "title") item_.source_title = read_construct(child, in_).as_line();
      if (local == "link" && item_.source_url.empty())
        item_.source_url = text::resolve_url(base_at(child, in_.base), attribute(child, "href"));
    }
  }

  void image(std::string_view reference) {
    const auto url = text::one_line(reference);
    if (item_.image.empty() && !url.empty()) item_.image = text::resolve_url(base_, url);
  }

  void put_texts() {
    const auto limit = in_.limits.max_field;
    auto& main = content_.given() ? content_ : summary_;
    if (main.given()) {
      const auto html = main.value().as_html();
      const auto kept = text::cut_utf8(html, limit);
      if (in_.limits.html == Html::leave_out) {
        item_.content_text = text::html_to_text(kept);
      } else {
        auto read = text::read_html(kept, in_.base_at(main.value().from));
        item_.content_html = std::move(read.html);
        item_.content_text = std::move(read.text);
      }
    }
    if (!content_.given() || !summary_.given()) return;
    item_.summary = text::cut_utf8(summary_.value().as_plain(), limit);
  }

  void put_language() {
    if (!item_.language.empty()) return;
    auto from = node_;
    if (content_.given())
      from = content_.value().from;
    else if (summary_.given())
      from = summary_.value().from;
    else if (title_from_)
      from = title_from_;
    item_.language = in_.language_at(from);
  }

  Item finish() {
    if (title_.given()) item_.title = text::cut_utf8(title_.value(), in_.limits.max_field);
    if (id_.given()) item_.id = id_.value();
    const auto about = text::one_line(local_attribute(node_, "about"));
    if (item_.id.empty()) item_.id = !about.empty() ? about : dc_id_;
    if (!about.empty() && about.find("://") != std::string::npos) url_.offer(0, about);
    if (url_.given()) item_.url = url_.value();
    if (item_.url.empty()) item_.url = original_;
    if (itunes_author_.name.empty() == false) add_author(item_.authors, itunes_author_);
    if (!item_.published) item_.published = issued_ ? issued_ : created_;
    if (duration_ && !item_.attachments.empty() && !item_.attachments.front().duration)
      item_.attachments.front().duration = duration_;
    put_texts();
    put_language();
    return std::move(item_);
  }

  pugi::xml_node node_, title_from_;
  const Document& in_;
  std::string base_;
  Item item_;
  Best<std::string> title_, url_, id_;
  Best<Construct> summary_, content_;
  std::optional<Timestamp> created_, issued_;
  std::optional<std::chrono::seconds> duration_;
  Author itunes_author_;
  std::string dc_id_, original_;
  int links_ = 0;
};

}  // namespace

Item read_item(pugi::xml_node node, const Document& in) {
  return ItemReader(node, in).read();
}

}  // namespace tocsin::parser::detail
