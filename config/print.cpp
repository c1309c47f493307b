// SPDX-License-Identifier: MIT
#include "config/print.hpp"

#include <algorithm>

#include "base/redact.hpp"
#include "config/detail/document.hpp"
#include "config/detail/schema.hpp"
#include "config/detail/view.hpp"
#include "config/detail/yaml_text.hpp"

namespace tocsin::config {
namespace {

using detail::Container;
using detail::Key;
using detail::Node;
using detail::Object;
using detail::Type;
using detail::yaml_scalar;

constexpr std::string_view kHidden = "'***'";
constexpr std::string_view kDefault = "  # default";

/// Writes nodes by the schema.
class Printer {
 public:
  explicit Printer(const std::vector<Node*>& files) : files_(files) {}

  std::string run() {
    for (const auto& key : detail::kFileSchema.keys) {
      if (key.name == "include") continue;
      if (key.shape.container != Container::one) {
        merged(key);
        continue;
      }
      defaults_ = key.shape.object_of != &detail::kRouteSchema;  // routes inherit instead
      one(key, detail::View(files_.front()).get(key.name), 0);
      defaults_ = false;
    }
    return std::move(out_);
  }

 private:
  void indent(std::size_t depth) { out_.append(2 * depth, ' '); }

  void start(const Key& key, std::size_t depth, bool in_file = false) {
    indent(depth);
    out_.append(key.name).append(in_file ? "_file:" : ":");
  }

  /// A list or dictionary of the top, over all files.
  void merged(const Key& key) {
    bool begun = false;
    for (const Node* file : files_) {
      const Node* value = detail::View(file).get(key.name);
      if (value == nullptr || value->children.empty()) continue;
      if (!begun) {
        start(key, 0);
        out_.append("\n");
      }
      begun = true;
      children(key, *value, 1);
    }
  }

  void one(const Key& key, const Node* value, std::size_t depth) {
    if (value == nullptr) {
      missing(key, depth);
      return;
    }
    start(key, depth);
    if (value->is_scalar()) {
      const bool shorthand = key.shape.type == Type::object;
      const Key& scalar_key =
          shorthand ? *key.shape.object_of->find(key.shape.object_of->shorthand) : key;
      out_.append(" ");
      scalar(scalar_key, *value, depth);
    } else if (value->children.empty()) {
      out_.append(value->is_list() ? " []\n" : " {}\n");
    } else if (value->is_mapping() && key.shape.type == Type::object &&
               key.shape.container != Container::dictionary &&
               key.shape.container != Container::dictionary_of_lists) {
      out_.append("\n");
      object(*key.shape.object_of, value, depth + 1);
    } else {
      out_.append("\n");
      children(key, *value, depth + 1);
    }
  }

  /// Entries of a list or of a dictionary.
  void children(const Key& key, const Node& value, std::size_t depth) {
    if (value.is_list()) {
      for (const Node* item : value.children) list_item(key, *item, depth);
      return;
    }
    Key entry = key;
    entry.need = detail::Need::optional;
    entry.shape.container = key.shape.container == Container::dictionary_of_lists
                                ? Container::one_or_list
                                : Container::one;
    for (std::size_t i = 0; i + 1 < value.children.size(); i += 2) {
      const auto name = yaml_scalar(value.children[i]->text);
      entry.name = name;
      entry.shape.is_secret =
          key.shape.is_secret || detail::speaks_of_secrets(value.children[i]->text);
      one(entry, value.children[i + 1], depth);
    }
  }

  void list_item(const Key& key, const Node& item, std::size_t depth) {
    const auto begin = out_.size();
    if (item.is_scalar() || key.shape.type != Type::object) {
      indent(depth);
      out_.append("- ");
      scalar(key.shape.type == Type::object
                 ? *key.shape.object_of->find(key.shape.object_of->shorthand)
                 : key,
             item, depth);
      return;
    }
    object(*key.shape.object_of, &item, depth + 1);
    if (out_.size() > begin) out_[begin + 2 * depth] = '-';
  }

  void object(const Object& schema, const Node* node, std::size_t depth) {
    const detail::View view(node, schema.shorthand);
    for (const auto& key : schema.keys) {
      const std::string in_file = std::string(key.name) + "_file";
      const Node* path = key.shape.is_secret ? view.get(in_file) : nullptr;
      if (path != nullptr && !view.has(key.name)) {
        start(key, depth, true);
        out_.append(" ").append(yaml_scalar(path->text)).append("\n");
      } else {
        one(key, view.get(key.name), depth);
      }
    }
  }

  /// A key that was not given: its default, where it has one that can be written.
  void missing(const Key& key, std::size_t depth) {
    if (!defaults_) return;
    const bool block = key.shape.type == Type::object && key.shape.container == Container::one;
    if (block && key.fallback.empty() && has_defaults(*key.shape.object_of)) {
      start(key, depth);
      out_.append("\n");
      object(*key.shape.object_of, nullptr, depth + 1);
    } else if (!key.fallback.empty() && !key.fallback.starts_with('(')) {
      start(key, depth);
      out_.append(" ").append(key.fallback.starts_with('[') ? std::string(key.fallback)
                                                            : literal(key));
      out_.append(kDefault).append("\n");
    }
  }

  static std::string literal(const Key& key) {
    const bool bare = key.shape.type == Type::boolean || key.shape.type == Type::integer ||
                      key.shape.type == Type::duration || key.shape.type == Type::size;
    return bare ? std::string(key.fallback) : yaml_scalar(key.fallback);
  }

  /// Blocks that are in force even when they are not written: no key is required, one has a
  /// default.
  static bool has_defaults(const Object& schema) {
    const auto& keys = schema.keys;
    const bool required = std::any_of(keys.begin(), keys.end(), [](const Key& key) {
      return key.need == detail::Need::required;
    });
    return !required && schema.one_of.empty() &&
           std::any_of(keys.begin(), keys.end(), [](const Key& key) {
             return (!key.fallback.empty() && !key.fallback.starts_with('(')) ||
                    (key.shape.type == Type::object && key.shape.container == Container::one);
           });
  }

  void scalar(const Key& key, const Node& node, std::size_t depth) {
    const auto& text = node.text;
    const bool variable = text.starts_with("${") && text.find('}') == text.size() - 1;
    if (key.shape.is_secret && !key.shape.may_be_plain && !variable && !text.empty()) {
      out_.append(kHidden).append("\n");
      return;
    }
    if (node.is_plain() && text.find('\n') == std::string::npos) {
      out_.append(shown(key, text)).append("\n");
    } else if (text.find('\n') != std::string::npos && text.back() == '\n' && text.front() != ' ' &&
               text.find("\n\n") == std::string::npos) {
      block(text, depth);
    } else {
      out_.append(yaml_scalar(shown(key, text))).append("\n");
    }
  }

  static std::string shown(const Key& key, const std::string& text) {
    const bool url = key.shape.type == Type::url || key.shape.type == Type::feed_url ||
                     key.shape.type == Type::proxy_url;
    return url && text.find("${") == std::string::npos ? redact(text) : text;
  }

  void block(std::string_view text, std::size_t depth) {
    out_.append("|\n");
    while (!text.empty()) {
      const auto end = text.find('\n');
      indent(depth + 1);
      out_.append(text.substr(0, end)).append("\n");
      text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
  }

  const std::vector<Node*>& files_;
  std::string out_;
  bool defaults_ = false;  ///< within a block that there is only one of
};

}  // namespace

Result<std::string> print(const std::filesystem::path& path) {
  auto text = detail::read_file(path);
  if (!text) return std::move(text).error();
  const detail::Source source(path.string(), std::move(*text));
  detail::Findings findings;
  detail::Documents documents(findings, detail::Variables::show);
  if (!documents.read(source) || findings.has_errors())
    return Error{Errc::malformed, path.string() + ": does not check"};
  return Printer(documents.tops()).run();
}

}  // namespace tocsin::config
