// SPDX-License-Identifier: MIT
#include "config/detail/yaml_errors.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "config/detail/hints.hpp"
#include "config/detail/traps.hpp"

namespace tocsin::config::detail {
namespace {

/// What libyaml says, and what a person is told.
struct Wording {
  std::string_view problem;  ///< part of libyaml's text
  std::string_view message;
  std::string_view hint;
};

constexpr std::array kWordings = {
    Wording{"mapping values are not allowed", "this line is indented otherwise than its neighbours",
            "put the keys of one mapping in one column"},
    Wording{"unknown escape character",
            "a backslash in double quotes begins an escape, and this is none",
            "write the text in single quotes, where a backslash is itself"},
    Wording{
        "did not find expected ',' or ']'", "this list in [ ] is not closed, or a comma is missing",
        "separate the entries with commas and end with ']'; text with quotes or brackets inside "
        "goes into single quotes"},
    Wording{
        "did not find expected ',' or '}'",
        "this mapping in { } is not closed, or a comma is missing",
        "separate the entries with commas and end with '}'; text that holds , or } needs quotes"},
    Wording{"did not find expected '-' indicator", "this line does not fit the list around it",
            "begin each entry with '- ' in the column of the first one"},
    Wording{"did not find expected key", "this does not fit the mapping around it",
            "put 'key: value' lines in one column; a value that goes on after its closing quote "
            "goes into single quotes or below a '|'"},
    Wording{"block sequence entries are not allowed", "a list entry cannot stand here",
            "begin '- ' on a line of its own below its key"},
    Wording{"block mapping", "a mapping cannot begin here", "begin it on a line of its own"},
    Wording{"unexpected end of stream", "the file ends inside a quoted text",
            "add the closing quote"},
    Wording{"unexpected document indicator", "a line '---' or '...' stands inside a quoted text",
            "add the closing quote before it"},
    Wording{"could not find expected ':'", "a key without ':' after it",
            "write 'key: value'; a text of several lines stands below a '|', indented"},
    Wording{"did not find expected comment or line break",
            "nothing may stand after '|' or '>' on its line",
            "begin the text on the next line, indented"},
    Wording{"found a tab character", "a tab stands where YAML wants blanks", "indent with blanks"},
    Wording{"did not find expected alphabetic", "a name must follow '*' or '&'",
            "text that begins with * or & needs quotes"},
    Wording{"found undefined tag handle", "text that begins with '!' is read as a YAML tag",
            "write it in quotes"},
    Wording{"did not find expected <document start>", "this stands after the end of the document",
            "indent it as its neighbours, or remove it"},
    Wording{"found unexpected non-alphabetical",
            "'%' at the beginning of a line is a YAML directive", "write it in quotes"},
    Wording{"found duplicate %YAML", "'%' at the beginning of a line is a YAML directive",
            "write it in quotes"},
    Wording{"could not find expected directive",
            "'%' at the beginning of a line is a YAML directive", "write it in quotes"},
    Wording{"found incompatible YAML document", "only YAML 1.1 and 1.2 are read",
            "remove the line '%YAML'"},
};

/// "found character that cannot start any token": says which, and what to do.
SyntaxError explain_character(Mark at, const Source& source) {
  const auto line = source.line(at.line);
  const auto byte = byte_of_character(line, at.column - 1);
  const std::string found(line.substr(byte, 1));
  SyntaxError out;
  out.at = at;
  if (found == "\t") {
    out.message = "a tab stands where YAML wants blanks";
    out.hint = "indent with blanks";
  } else {
    out.message = "a value cannot begin with '" + found + "' without quotes";
    const auto rest = line.substr(std::min(byte, line.size()));
    const auto end = rest.find_first_of(" ,]}");
    const auto word = rest.substr(0, end);
    out.length = static_cast<std::uint32_t>(std::max<std::size_t>(1, count_characters(word)));
    out.hint =
        "write \"" + std::string(word) + "\"" +
        (end == std::string_view::npos || rest[end] != ' ' ? "" : ", and the whole value so");
  }
  return out;
}

/// True when a key and its colon stand on the line before `at`.
bool has_colon_before(Mark at, const Source& source) {
  const auto line = source.line(at.line);
  return line.substr(0, byte_of_character(line, at.column - 1)).find(": ") !=
         std::string_view::npos;
}

/// The key that line `number` ends in without a blank after its colon, as in "- name:jcpoa"; "" for
/// none.
std::string_view key_without_blank(std::uint32_t number, const Source& source) {
  auto line = source.line(number);
  line.remove_prefix(std::min(line.find_first_not_of(" -"), line.size()));
  const auto colon = line.find(':');
  const bool one_word = line.find(' ') == std::string_view::npos;
  return colon != std::string_view::npos && colon + 1 < line.size() && one_word &&
                 !line.substr(colon).starts_with("://")
             ? line.substr(0, colon)
             : std::string_view{};
}

/// The key before an equals sign that stands where YAML wants a colon, as in "feeds = [...]"; ""
/// for none.
std::string_view key_with_equals(std::uint32_t number, const Source& source) {
  if (number == 0) return {};
  auto line = source.line(number);
  line.remove_prefix(std::min(line.find_first_not_of(" -"), line.size()));
  return key_before_equals(line);
}

/// A ": " where none may stand: text without quotes, or a line before that was to be a key.
void explain_colon(Mark at, const Source& source, SyntaxError& out) {
  if (has_colon_before(at, source)) {
    out.message = "a second ': ' on one line";
    out.hint = "text that holds ': ' needs quotes";
  } else if (const auto key = key_without_blank(at.line - 1, source); !key.empty()) {
    out.message = "the line before has no blank after its colon, and so is no key";
    out.hint = "write " + std::string(key) + ": and a blank";
  } else if (const auto equal = key_with_equals(at.line - 1, source); !equal.empty()) {
    out.at = {at.line - 1, 1};
    out.message = "'=' stands where YAML wants ':'";
    out.hint = "write " + std::string(equal) + ": and a blank, and so in every line";
  }
}

/// Errors below the grammar: bytes that are no UTF-8, control characters.
SyntaxError explain_bytes(const yaml_parser_t& parser, const Source& source) {
  const auto offset = std::min(parser.problem_offset, source.text().size());
  const auto before = std::string_view(source.text()).substr(0, offset);
  const auto newline = before.rfind('\n');
  SyntaxError out;
  out.at.line = static_cast<std::uint32_t>(1 + std::count(before.begin(), before.end(), '\n'));
  out.at.column = static_cast<std::uint32_t>(
      1 +
      count_characters(newline == std::string_view::npos ? before : before.substr(newline + 1)));
  const std::string_view problem = parser.problem == nullptr ? "" : parser.problem;
  if (problem.find("control characters") != std::string_view::npos) {
    out.message = "a control character stands in the file";
    out.hint = "remove it";
  } else {
    const std::string_view text = source.text();
    const bool wide = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
    out.message = wide ? "the file is UTF-16" : "the file is not valid UTF-8";
    out.hint = "save it as UTF-8";
  }
  return out;
}

}  // namespace

SyntaxError explain_syntax_error(const yaml_parser_t& parser, const Source& source) {
  if (parser.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
  if (parser.error == YAML_READER_ERROR) return explain_bytes(parser, source);
  const std::string_view problem = parser.problem == nullptr ? "" : parser.problem;
  const auto& mark = parser.problem_mark;
  const Mark at{static_cast<std::uint32_t>(mark.line + 1),
                static_cast<std::uint32_t>(mark.column + 1)};
  if (problem.find("cannot start any token") != std::string_view::npos)
    return explain_character(at, source);
  SyntaxError out{at, 1, "this is not valid YAML: " + std::string(problem), ""};
  for (const auto& wording : kWordings)
    if (problem.find(wording.problem) != std::string_view::npos) {
      out.message = wording.message;
      out.hint = wording.hint;
      break;
    }
  if (problem.find("mapping values") != std::string_view::npos) explain_colon(at, source, out);
  if (const auto name = invisible_character(source.line(at.line)); !name.empty()) {
    out.message = std::string(name) + " stands where YAML wants a blank";
    out.hint = "write plain blanks in this line";
  }
  // An unfinished collection or text is best shown where it began.
  const bool unfinished = problem.find("',' or") != std::string_view::npos ||
                          problem.find("end of stream") != std::string_view::npos ||
                          problem.find("expected ':'") != std::string_view::npos;
  if (unfinished && parser.context_mark.line < mark.line)
    out.at = {static_cast<std::uint32_t>(parser.context_mark.line + 1),
              static_cast<std::uint32_t>(parser.context_mark.column + 1)};
  return out;
}

}  // namespace tocsin::config::detail
