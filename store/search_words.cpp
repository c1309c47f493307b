// SPDX-License-Identifier: MIT
#include "store/search_words.hpp"

#include <algorithm>

namespace tocsin::store {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// True when there is something that the index could hold: a letter or a digit of any script.
bool has_word(std::string_view piece) {
  return std::any_of(piece.begin(), piece.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z');
  });
}

/// Everything of FTS5's own syntax is taken away by the quotes.
void append(std::string& query, std::string_view piece, bool prefix) {
  if (!has_word(piece)) return;
  if (!query.empty()) query += ' ';
  query += '"';
  for (const char c : piece)
    if (c != '"' && c != '\0') query += c;
  query += prefix ? "\"*" : "\"";
}

}  // namespace

std::string search_words(std::string_view text) {
  std::string query;
  for (std::size_t at = 0; at < text.size();) {
    if (is_blank(text[at])) {
      ++at;
      continue;
    }
    const bool quoted = text[at] == '"';
    std::size_t end = quoted ? text.find('"', at + 1) : at;
    if (!quoted)
      while (end < text.size() && !is_blank(text[end]) && text[end] != '"') ++end;
    end = std::min(end, text.size());
    auto piece = text.substr(at + (quoted ? 1 : 0), end - at - (quoted ? 1 : 0));
    const bool prefix = !quoted && piece.ends_with('*');
    if (prefix) piece.remove_suffix(1);
    append(query, piece, prefix);
    at = quoted ? end + 1 : end;
  }
  return query;
}

}  // namespace tocsin::store
