// SPDX-License-Identifier: MIT
#include "base/roff.hpp"

namespace tocsin::roff {
namespace {

void append_escaped(std::string& out, char c) {
  switch (c) {
    case '\\': out += "\\e"; break;
    case '-': out += "\\-"; break;
    case '~': out += "\\(ti"; break;
    case '^': out += "\\(ha"; break;
    case '`': out += "\\(ga"; break;
    case '\'': out += "\\(aq"; break;  // else a curly quote, or at a line's start a request
    default: out += c;
  }
}

/// A dot at a line's start would begin a request.
void begin_line(std::string& out, std::string_view line) {
  if (line.starts_with('.')) out += "\\&";
}

}  // namespace

std::string escape(std::string_view text) {
  std::string out;
  begin_line(out, text);
  for (const char c : text) append_escaped(out, c);
  return out;
}

std::string from_markdown(std::string_view text) {
  std::string out;
  bool code = false;
  begin_line(out, text);
  for (const char c : text) {
    if (c == '`') {
      out += code ? "\\fR" : "\\fB";
      code = !code;
    } else {
      append_escaped(out, c);
    }
  }
  return out;
}

std::string verbatim(std::string_view text) {
  std::string out = ".nf\n";
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    out += line.empty() ? "." : escape(line);  // a lone dot is an empty line to every formatter
    out += '\n';
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return out + ".fi\n";
}

}  // namespace tocsin::roff
