// SPDX-License-Identifier: MIT
#include "text/url.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>
#include <unicode/bytestream.h>
#include <unicode/idna.h>

namespace tocsin::text {
namespace {

// Parameters that say how a reader came, not what is to be read.
constexpr std::array<std::string_view, 22> kTracking = {
    "fbclid",  "gclid",  "dclid", "gclsrc",    "msclkid",     "yclid",  "igshid", "mc_cid",
    "mc_eid",  "_hsenc", "_hsmi", "mkt_tok",   "cmpid",       "ncid",   "ocid",   "ns_mchannel",
    "ref_src", "twclid", "wt_mc", "at_medium", "at_campaign", "s_kwcid"};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// A set of characters that is asked for each byte of each link.
class CharSet {
 public:
  constexpr explicit CharSet(std::string_view members) {
    for (const char c : members) in_.at(static_cast<unsigned char>(c)) = true;
  }
  [[nodiscard]] constexpr bool has(char c) const noexcept {
    return in_[static_cast<unsigned char>(c)];
  }

 private:
  std::array<bool, 256> in_{};
};

constexpr CharSet kPlainHost{"abcdefghijklmnopqrstuvwxyz0123456789.-"};
constexpr CharSet kPlainPath{
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-._~?=&+,;:@!"};
constexpr CharSet kAllowed{
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;="};

/// What browsers send for characters that RFC 3986 does not allow.
std::string encoded(std::string_view url) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (std::size_t i = 0; i < url.size(); ++i) {
    const char c = url[i];
    if (c == '\n' || c == '\r' || c == '\t') continue;
    const bool escape = c == '%' && i + 2 < url.size() && is_hex(url[i + 1]) && is_hex(url[i + 2]);
    if (escape || kAllowed.has(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out.append("%").append(1, kDigits[byte >> 4U]).append(1, kDigits[byte & 15U]);
  }
  return out;
}

/// `host`, which is beyond ASCII, as it stands in DNS (UTS #46); itself where it is no name.
std::string dns_name(std::string_view host) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::IDNA> idna(icu::IDNA::createUTS46Instance(UIDNA_DEFAULT, status));
  if (U_FAILURE(status)) return std::string(host);
  std::string name;
  icu::StringByteSink<std::string> sink(&name);
  icu::IDNAInfo info;
  idna->nameToASCII_UTF8({host.data(), static_cast<std::int32_t>(host.size())}, sink, info, status);
  return U_FAILURE(status) || info.hasErrors() ? std::string(host) : name;
}

/// An address with its host as DNS has it.
std::string with_dns_name(std::string_view url) {
  const auto mark = url.find("//");
  if (mark == std::string_view::npos) return std::string(url);
  const auto from = mark + 2;
  const auto end = std::min(url.find_first_of("/?#:", from), url.size());
  const auto host = url.substr(from, end - from);
  const bool ascii = std::all_of(host.begin(), host.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii) return std::string(url);
  return std::string(url.substr(0, from)).append(dns_name(host)).append(url.substr(end));
}

bool is_tracking(std::string_view pair) {
  const auto name = lower(pair.substr(0, pair.find('=')));
  return name.starts_with("utm_") ||
         std::find(kTracking.begin(), kTracking.end(), name) != kTracking.end();
}

std::string kept_query(std::string_view query) {
  std::string out;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const auto pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty() || is_tracking(pair)) continue;
    out.append(out.empty() ? "?" : "&").append(pair);
  }
  return out;
}

/// Where the path of a plain http or https address begins, behind a host in lower case; 0 where it
/// is not as plain as that.
std::size_t plain_path(std::string_view url) {
  const std::size_t host = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
  if (host == 0) return 0;
  const auto path = url.find('/', host);
  if (path == std::string_view::npos || path == host) return 0;
  const auto name = url.substr(host, path - host);
  const bool plain =
      std::all_of(name.begin(), name.end(), [](char c) { return kPlainHost.has(c); });
  return plain ? path : 0;
}

}  // namespace

bool is_plain_path(std::string_view path) {
  if (!path.starts_with('/')) return false;
  char before = ' ';
  for (const char c : path) {
    if (!kPlainPath.has(c) || (before == '/' && (c == '.' || c == '/'))) return false;
    before = c;
  }
  return true;
}

std::string_view plain_root(std::string_view url) {
  return url.substr(0, plain_path(url));
}

bool is_resolved_url(std::string_view url) {
  const auto path = plain_path(url);
  return path != 0 && is_plain_path(url.substr(path));
}

std::string resolve_url(std::string_view base, std::string_view reference) {
  const auto asked = trimmed(reference);
  if (asked.empty() || base.empty()) return std::string(asked);
  // Most links need no work, and there are many.
  if (is_resolved_url(asked)) return std::string(asked);
  if (is_plain_path(asked))
    if (const auto root = plain_root(base); !root.empty()) return std::string(root).append(asked);
  const auto base_text = encoded(trimmed(base));  // the parsed forms are views into these
  const auto asked_text = encoded(with_dns_name(asked));
  const auto from = boost::urls::parse_uri(base_text);
  const auto to = boost::urls::parse_uri_reference(asked_text);
  if (!from || !to) return std::string(asked);
  boost::urls::url out;
  if (!boost::urls::resolve(*from, *to, out)) return std::string(asked);
  std::string text(out.buffer());
  // Steps above the root lead to the root (RFC 3986, 5.4.2).
  const auto path = static_cast<std::size_t>(out.encoded_path().data() - out.buffer().data());
  while (std::string_view(text).substr(path).starts_with("/../")) text.erase(path, 3);
  return text;
}

std::string canonical_url(std::string_view url) {
  auto rest = trimmed(url);
  rest = rest.substr(0, rest.find('#'));
  if (const auto scheme = rest.find("://"); scheme != std::string_view::npos)
    rest.remove_prefix(scheme + 3);
  const auto host_end = std::min(rest.find_first_of("/?"), rest.size());
  auto host = lower(rest.substr(0, host_end));
  host.erase(0, host.rfind('@') + 1);  // npos + 1 is 0
  for (const std::string_view port : {":80", ":443"})
    if (host.ends_with(port)) host.resize(host.size() - port.size());
  if (host.starts_with("www.")) host.erase(0, 4);
  const auto tail = rest.substr(host_end);
  const auto question = std::min(tail.find('?'), tail.size());
  auto path = tail.substr(0, question);
  while (path.ends_with('/')) path.remove_suffix(1);
  const auto query = question < tail.size() ? kept_query(tail.substr(question + 1)) : "";
  return host + std::string(path) + query;
}

}  // namespace tocsin::text
