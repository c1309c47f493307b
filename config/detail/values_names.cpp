// SPDX-License-Identifier: MIT
// Values that name something outside: URLs, time zones, mail addresses, languages.
#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <set>
#include <vector>

#include <unicode/strenum.h>
#include <unicode/timezone.h>

#include "config/detail/findings.hpp"
#include "config/detail/values.hpp"

namespace tocsin::config::detail {
namespace {

Error bad(std::string_view text, std::string_view what) {
  return {Errc::malformed, in_quotes(text) + " is no " + std::string(what)};
}

bool has_blank_or_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '<' || c == '>' || c == '"';
  });
}

/// Every zone that ICU knows, sorted.
const std::vector<std::string>& zones() {
  static const std::vector<std::string> all = [] {
    std::set<std::string> names;
    const std::unique_ptr<icu::StringEnumeration> list(icu::TimeZone::createEnumeration());
    UErrorCode status = U_ZERO_ERROR;
    while (list != nullptr) {
      std::int32_t length = 0;
      const char* name = list->next(&length, status);
      if (name == nullptr || U_FAILURE(status)) break;
      names.emplace(name, static_cast<std::size_t>(length));
    }
    return std::vector<std::string>(names.begin(), names.end());
  }();
  return all;
}

/// The zone whose city is `city`: "helsinki" for Europe/Helsinki.
std::string_view zone_of_city(std::string_view city) {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) ==
           std::tolower(static_cast<unsigned char>(b));
  };
  for (const auto& zone : zones()) {
    const auto name = std::string_view(zone).substr(zone.rfind('/') + 1);
    if (std::equal(name.begin(), name.end(), city.begin(), city.end(), same) ||
        std::equal(zone.begin(), zone.end(), city.begin(), city.end(), same))
      return zone;
  }
  return {};
}

std::string nearest_zone(std::string_view text) {
  // The zones named so exist, with the sign turned round: a trap.
  const auto sign = text.find_first_of("+-");
  const bool offset =
      sign <= 3 && sign + 1 < text.size() && text[sign + 1] >= '0' && text[sign + 1] <= '9';
  if (offset) return "write a place, as in Europe/Helsinki: an offset knows no summer time";
  std::string wanted(text);
  std::replace(wanted.begin(), wanted.end(), ' ', '_');
  if (const auto zone = zone_of_city(wanted); !zone.empty())
    return "did you mean " + std::string(zone) + "?";
  std::vector<std::string_view> names(zones().begin(), zones().end());
  if (auto hint = did_you_mean(text, names); !hint.empty()) return hint;
  return "write an IANA name, as in Europe/Helsinki or UTC";
}

struct SchemeSet {
  std::array<std::string_view, 6> names;
  std::string_view example;
};

const SchemeSet& schemes_of(Schemes which) {
  static constexpr SchemeSet kWeb{{"https", "http"}, "https://example.org/feed.xml"};
  static constexpr SchemeSet kFile{{"https", "http", "file"}, "https://example.org/feed.xml"};
  static constexpr SchemeSet kProxy{{"http", "https", "socks5h", "socks5", "socks4a", "socks4"},
                                    "http://proxy.example.org:3128"};
  switch (which) {
    case Schemes::web: return kWeb;
    case Schemes::web_and_file: return kFile;
    case Schemes::proxy: return kProxy;
  }
  return kWeb;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

Error no_scheme(std::string_view text, const SchemeSet& known) {
  if (const auto dot = text.find('.'); dot != std::string_view::npos && dot > 0 &&
                                       !has_blank_or_control(text) && text.front() != '/')
    return {Errc::malformed,
            in_quotes(text) + " has no scheme; write https://" + std::string(text)};
  return bad(text, "URL; write it as " + std::string(known.example));
}

/// Host, port: whether what stands between "//" and the path can be one.
bool is_authority(std::string_view text) {
  if (const auto at = text.rfind('@'); at != std::string_view::npos) text.remove_prefix(at + 1);
  if (text.starts_with('[')) return text.find(']') != std::string_view::npos;
  const auto colon = text.find(':');
  const auto host = text.substr(0, colon);
  if (host.empty() || host.find("..") != std::string_view::npos || host.front() == '.')
    return false;
  if (colon == std::string_view::npos) return true;
  const auto port = text.substr(colon + 1);
  const bool digits =
      std::all_of(port.begin(), port.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  return digits && port.size() <= 5 && (port.empty() || std::stoul(std::string(port)) <= 65'535);
}

}  // namespace

Result<std::string> read_url(std::string_view text, Schemes which) {
  const auto& known = schemes_of(which);
  const auto colon = text.find("://");
  if (colon == std::string_view::npos) return no_scheme(text, known);
  const auto scheme = lower(text.substr(0, colon));
  const auto rest = text.substr(colon + 3);
  if (scheme == "feed")
    return Error{Errc::malformed,
                 "'feed' is what browsers call it; write https://" + std::string(rest)};
  if (scheme.empty() ||
      std::find(known.names.begin(), known.names.end(), scheme) == known.names.end())
    return Error{Errc::malformed, in_quotes(scheme) +
                                      " is no scheme that is fetched; write it as " +
                                      std::string(known.example)};
  if (text.find(", ") != std::string_view::npos)
    return bad(text, "URL; write several as entries of a list, each with its own quotes");
  if (has_blank_or_control(text))
    return bad(text, "URL: it holds a blank or a bracket; write %20 for a blank");
  if (scheme == "file") return std::string(text);
  if (!is_authority(rest.substr(0, rest.find_first_of("/?#"))))
    return bad(text, "URL: it names no host, or no port up to 65535; write it as " +
                         std::string(known.example));
  return std::string(text);
}

Result<std::string> read_zone(std::string_view text) {
  if (std::binary_search(zones().begin(), zones().end(), text)) return std::string(text);
  return Error{Errc::malformed, in_quotes(text) + " is no time zone; " + nearest_zone(text)};
}

Result<std::string> read_address(std::string_view text) {
  const auto at = text.rfind('@');
  const bool fine = at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
                    text.find('@') == at && !has_blank_or_control(text) &&
                    !text.starts_with("mailto:") &&
                    text.find_first_of(",;()") == std::string_view::npos;
  if (fine) return std::string(text);
  if (text.starts_with("mailto:"))
    return bad(text, "mail address; write " + std::string(text.substr(7)));
  if (text.find_first_of(",;") != std::string_view::npos)
    return bad(text, "mail address; write several as a list: [a@example.org, b@example.org]");
  return bad(text, "mail address; write it as desk@example.org");
}

Result<std::pair<std::string, std::string>> read_mailbox(std::string_view text) {
  const auto open = text.find('<');
  if (open == std::string_view::npos) {
    auto address = read_address(text);
    if (!address) return std::move(address).error();
    return std::pair(std::string(), std::move(*address));
  }
  auto name = text.substr(0, open);
  while (!name.empty() && (name.back() == ' ' || name.back() == '"')) name.remove_suffix(1);
  while (!name.empty() && (name.front() == ' ' || name.front() == '"')) name.remove_prefix(1);
  const auto close = text.find('>', open);
  if (close != text.size() - 1) return bad(text, "sender; write it as \"Desk <desk@example.org>\"");
  auto address = read_address(text.substr(open + 1, close - open - 1));
  if (!address) return std::move(address).error();
  return std::pair(std::string(name), std::move(*address));
}

Result<std::string> read_language(std::string_view text) {
  struct Name {
    std::string_view name, tag;
  };
  static constexpr std::array kNames = {
      Name{"english", "en"}, Name{"german", "de"},  Name{"french", "fr"},  Name{"spanish", "es"},
      Name{"italian", "it"}, Name{"russian", "ru"}, Name{"persian", "fa"}, Name{"farsi", "fa"},
      Name{"arabic", "ar"},  Name{"turkish", "tr"}, Name{"chinese", "zh"}, Name{"japanese", "ja"},
      Name{"hebrew", "he"},  Name{"finnish", "fi"}, Name{"polish", "pl"},  Name{"ukrainian", "uk"},
      Name{"korean", "ko"},  Name{"greek", "el"},   Name{"swedish", "sv"}, Name{"norwegian", "no"}};
  const auto name = lower(text);
  for (const auto& known : kNames)
    if (known.name == name)
      return Error{Errc::malformed,
                   in_quotes(text) + " is no language tag; write " + std::string(known.tag)};
  const auto primary = name.substr(0, name.find_first_of("-_"));
  const bool fine = (primary.size() == 2 || primary.size() == 3) && name.back() != '-' &&
                    std::all_of(primary.begin(), primary.end(),
                                [](unsigned char c) { return std::islower(c) != 0; }) &&
                    std::all_of(name.begin(), name.end(),
                                [](unsigned char c) { return std::isalnum(c) != 0 || c == '-'; });
  if (fine) return std::string(text);
  const bool locale = (primary.size() == 2 || primary.size() == 3) && name.find('_') < name.size();
  if (locale) return bad(text, "language tag; write " + primary);
  return bad(text, "language tag; write it as en, fa or zh-Hant");
}

}  // namespace tocsin::config::detail
