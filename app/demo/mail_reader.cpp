// SPDX-License-Identifier: MIT
#include "app/demo/mail_reader.hpp"

#include <algorithm>
#include <optional>

#include "base/digest.hpp"

namespace tocsin::demo {
namespace {

constexpr std::size_t kLongestLine = 998;

Error broken(std::string_view what) {
  return {Errc::malformed, "mail: " + std::string(what)};
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// "=4F" and the like undone; `blank` says what "_" means.
std::optional<std::string> decode_hex(std::string_view text, char underscore) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=') {
      out += text[i] == '_' ? underscore : text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_value(text[i + 1]);
    const int low = hex_value(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

Result<std::string> decode_quoted_printable(std::string_view text) {
  std::string joined;
  while (!text.empty()) {
    const auto end = text.find("\r\n");
    if (end == std::string_view::npos) return broken("a body that does not end its last line");
    auto line = text.substr(0, end);
    if (line.size() > 76) return broken("a quoted-printable line beyond 76 characters");
    if (line.ends_with(' ') || line.ends_with('\t')) return broken("a blank before a line end");
    const bool soft = line.ends_with('=');
    if (soft) line.remove_suffix(1);
    joined.append(line);
    if (!soft) joined += "\r\n";
    text.remove_prefix(end + 2);
  }
  auto decoded = decode_hex(joined, '_');
  if (!decoded) return broken("a broken escape in quoted-printable");
  return std::move(*decoded);
}

Result<void> check_bytes(std::string_view data) {
  std::size_t column = 0;
  for (std::size_t i = 0; i < data.size(); ++i, ++column) {
    const char c = data[i];
    if (static_cast<unsigned char>(c) > 0x7E) return broken("a byte that is not ASCII");
    if (c == '\n') return broken("a bare LF");
    if (c == '\r') {
      if (i + 1 == data.size() || data[i + 1] != '\n') return broken("a bare CR");
      if (column > kLongestLine) return broken("a line that is too long");
      ++i;
      column = static_cast<std::size_t>(-1);
    } else if (static_cast<unsigned char>(c) < 0x20 && c != '\t') {
      return broken("a control character");
    }
  }
  if (!data.ends_with("\r\n")) return broken("no line end at its end");
  return {};
}

using Headers = std::vector<std::pair<std::string, std::string>>;

/// Reads header lines up to the blank one, which is taken too.
Result<Headers> take_headers(std::string_view& data) {
  Headers out;
  while (true) {
    const auto end = data.find("\r\n");
    if (end == std::string_view::npos) return broken("a header that does not end");
    const auto line = data.substr(0, end);
    data.remove_prefix(end + 2);
    if (line.empty()) return out;
    if (line.front() == ' ' || line.front() == '\t') {
      if (out.empty()) return broken("a continuation before any header");
      out.back().second.append(line);
      continue;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return broken("a header without a colon");
    auto value = line.substr(colon + 1);
    if (value.starts_with(' ')) value.remove_prefix(1);
    out.emplace_back(line.substr(0, colon), value);
  }
}

std::string_view raw_header(const Headers& headers, std::string_view name) {
  for (const auto& [key, value] : headers)
    if (lower(key) == lower(name)) return value;
  return {};
}

Result<MailPart> read_part(const Headers& headers, std::string_view body) {
  const auto type = raw_header(headers, "content-type");
  if (raw_header(headers, "content-transfer-encoding") != "quoted-printable")
    return broken("a body that is not quoted-printable");
  auto text = decode_quoted_printable(body);
  if (!text) return std::move(text).error();
  return MailPart{lower(type.substr(0, type.find(';'))), std::move(*text)};
}

Result<std::vector<MailPart>> read_multipart(std::string_view boundary, std::string_view body) {
  std::vector<MailPart> out;
  const auto opening = "--" + std::string(boundary) + "\r\n";
  const auto closing = "--" + std::string(boundary) + "--\r\n";
  while (true) {
    if (body == closing && !out.empty()) return out;
    if (!body.starts_with(opening)) return broken("a multipart that does not end");
    body.remove_prefix(opening.size());
    auto headers = take_headers(body);
    if (!headers) return std::move(headers).error();
    const auto end = std::min(body.find(opening), body.find(closing));
    if (end == std::string_view::npos) return broken("a multipart that does not end");
    auto part = read_part(*headers, body.substr(0, end));
    if (!part) return std::move(part).error();
    out.push_back(std::move(*part));
    body.remove_prefix(end);
  }
}

/// One encoded word without its "=?" and "?=".
std::optional<std::string> decode_word(std::string_view word) {
  constexpr std::string_view kCharset = "UTF-8?";
  if (!word.starts_with(kCharset) || word.size() < kCharset.size() + 2) return std::nullopt;
  const char form = word[kCharset.size()];
  const auto text = word.substr(kCharset.size() + 2);
  if (form == 'Q') return decode_hex(text, ' ');
  std::string out;
  if (form != 'B' || !base64_decode(text, out)) return std::nullopt;
  return out;
}

}  // namespace

std::string ReadMail::header(std::string_view name) const {
  return decode_words(raw_header(headers, name));
}

std::size_t ReadMail::count(std::string_view name) const {
  return static_cast<std::size_t>(std::count_if(headers.begin(), headers.end(), [&](const auto& h) {
    return lower(h.first) == lower(name);
  }));
}

std::string ReadMail::text_of(std::string_view content_type) const {
  for (const auto& part : parts)
    if (part.content_type == content_type) return part.text;
  return {};
}

std::string decode_words(std::string_view value) {
  std::string out;
  bool after_word = false;
  while (!value.empty()) {
    const auto start = std::min(value.find("=?"), value.size());
    const auto plain = value.substr(0, start);
    // Blanks between two encoded words belong to the folding (RFC 2047, 6.2).
    const bool only_blanks = plain.find_first_not_of(" \t") == std::string_view::npos;
    if (!after_word || !only_blanks || start == value.size()) out.append(plain);
    value.remove_prefix(start);
    if (value.empty()) break;
    const auto question = value.find('?', 2);
    const auto text_start = question == std::string_view::npos ? question : question + 3;
    const auto end =
        text_start == std::string_view::npos ? text_start : value.find("?=", text_start);
    const auto decoded = end == std::string_view::npos ? std::optional<std::string>()
                                                       : decode_word(value.substr(2, end - 2));
    after_word = decoded.has_value();
    if (!decoded) {
      out.append(value.substr(0, 2));
      value.remove_prefix(2);
      continue;
    }
    out += *decoded;
    value.remove_prefix(end + 2);
  }
  return out;
}

Result<ReadMail> read_mail(std::string_view data) {
  if (auto checked = check_bytes(data); !checked) return std::move(checked).error();
  auto headers = take_headers(data);
  if (!headers) return std::move(headers).error();
  ReadMail out;
  out.headers = std::move(*headers);
  const auto type = raw_header(out.headers, "content-type");
  constexpr std::string_view kBoundary = "boundary=\"";
  if (!lower(type).starts_with("multipart/")) {
    auto part = read_part(out.headers, data);
    if (!part) return std::move(part).error();
    out.parts.push_back(std::move(*part));
    return out;
  }
  const auto at = type.find(kBoundary);
  if (at == std::string_view::npos) return broken("a multipart without a boundary");
  const auto boundary = type.substr(at + kBoundary.size());
  auto parts = read_multipart(boundary.substr(0, boundary.find('"')), data);
  if (!parts) return std::move(parts).error();
  out.parts = std::move(*parts);
  return out;
}

}  // namespace tocsin::demo
