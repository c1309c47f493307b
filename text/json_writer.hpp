// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace tocsin::text {

/// Writes JSON (RFC 8259) without blanks straight into a text: a tree of values would cost several
/// times as much. It puts the commas; that brackets pair and keys are not repeated is up to the
/// caller. Text is taken for UTF-8. One thread at a time.
class JsonWriter {
 public:
  /// `expected` bytes are made room for at once.
  explicit JsonWriter(std::size_t expected) { out_.reserve(expected); }

  void begin(char bracket) {
    separate();
    out_ += bracket;
    first_ = true;
  }
  void end(char bracket) {
    out_ += bracket;
    first_ = false;
  }
  void key(std::string_view name) {
    separate();
    quote(name);
    out_ += ':';
    first_ = true;
  }
  void text(std::string_view value) {
    separate();
    quote(value);
  }
  void number(std::int64_t value);
  void boolean(bool value) {
    separate();
    out_ += value ? "true" : "false";
  }

  /// What `write` writes between brackets below `name`; nothing at all where that is nothing.
  template <class Write>
  void unless_empty(std::string_view name, std::string_view brackets, Write write) {
    const auto before = out_.size();
    const bool first = first_;
    key(name);
    begin(brackets[0]);
    const auto inside = out_.size();
    write();
    if (out_.size() > inside) return end(brackets[1]);
    out_.resize(before);
    first_ = first;
  }

  /// What was written. The end: nothing is to be written after it.
  std::string take() && { return std::move(out_); }

 private:
  void separate() {
    if (!first_) out_ += ',';
    first_ = false;
  }
  void quote(std::string_view text);
  void escape(char c);

  std::string out_;
  bool first_ = true;  // nothing stands before the next value that a comma would part it from
};

}  // namespace tocsin::text
