// SPDX-License-Identifier: MIT
#include "base/redact.hpp"

#include <algorithm>
#include <array>

namespace tocsin {
namespace {

constexpr std::array<std::string_view, 8> kSecretNames = {
    "token", "key", "secret", "passw", "pwd", "signature", "auth", "credential"};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

bool names_a_secret(std::string_view parameter) {
  const auto name = lower(parameter);
  return std::any_of(kSecretNames.begin(), kSecretNames.end(),
                     [&](auto word) { return name.find(word) != std::string::npos; });
}

std::string redact_query(std::string_view query) {
  std::string out;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const auto pair = query.substr(0, end);
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && names_a_secret(pair.substr(0, equals)))
      out.append(pair.substr(0, equals + 1)).append("***");
    else
      out.append(pair);
    if (end < query.size()) out += '&';
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return out;
}

}  // namespace

std::string redact(std::string_view url) {
  const auto clean = scrub(url);
  const auto scheme = clean.find("://");
  if (scheme == std::string::npos) return clean;
  const std::string_view rest = std::string_view(clean).substr(scheme + 3);
  const auto authority_end = std::min(rest.find_first_of("/?#"), rest.size());
  const auto at = rest.substr(0, authority_end).rfind('@');
  const auto host_start = at == std::string_view::npos ? 0 : at + 1;
  std::string out = clean.substr(0, scheme + 3);
  const auto tail = rest.substr(host_start);
  const auto question = tail.find('?');
  if (question == std::string_view::npos) return out.append(tail);
  const auto fragment = std::min(tail.find('#', question), tail.size());
  out.append(tail.substr(0, question + 1));
  out.append(redact_query(tail.substr(question + 1, fragment - question - 1)));
  return out.append(tail.substr(fragment));
}

std::string scrub(std::string_view text, std::size_t max_bytes) {
  const auto kept = utf8_prefix(text, max_bytes);
  std::string out;
  out.reserve(kept.size());
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const auto c = static_cast<unsigned char>(kept[i]);
    const auto next = i + 1 < kept.size() ? static_cast<unsigned char>(kept[i + 1]) : 0U;
    const auto third = i + 2 < kept.size() ? static_cast<unsigned char>(kept[i + 2]) : 0U;
    if (c < 0x20 || c == 0x7F) {
      out += ' ';
    } else if (c == 0xC2 && next >= 0x80 && next < 0xA0) {  // C1 controls
      out += ' ';
      i += 1;
    } else if (c == 0xE2 && next == 0x80 && (third == 0xA8 || third == 0xA9)) {  // U+2028, U+2029
      out += ' ';
      i += 2;
    } else {
      out += kept[i];
    }
  }
  if (kept.size() < text.size()) out += "…";
  return out;
}

std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  auto end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

}  // namespace tocsin
