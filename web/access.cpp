// SPDX-License-Identifier: MIT
#include "web/access.hpp"

#include <array>
#include <string>

namespace tocsin::web {
namespace {

constexpr std::string_view kBearer = "Bearer ";

Response refuse(int status, std::string text) {
  Response out;
  out.status = status;
  out.body = std::move(text);
  return out;
}

/// "[::1]:8787" is "[::1]" and "8787"; the port is empty where there is none.
std::pair<std::string_view, std::string_view> split_port(std::string_view host) {
  const auto colon = host.rfind(':');
  const auto bracket = host.rfind(']');
  if (colon == std::string_view::npos || (bracket != std::string_view::npos && colon < bracket))
    return {host, {}};
  return {host.substr(0, colon), host.substr(colon + 1)};
}

bool names_this_machine(std::string_view host, std::uint16_t port) {
  const auto [name, number] = split_port(host);
  if (!number.empty() && number != std::to_string(port)) return false;
  static constexpr std::array<std::string_view, 3> kOwn = {"localhost", "127.0.0.1", "[::1]"};
  for (const auto own : kOwn)
    if (name == own) return true;
  return false;
}

/// A browser says where a request comes from; programs say nothing.
bool from_another_site(const Request& request) {
  const auto site = header(request, "sec-fetch-site");
  if (!site.empty()) return site != "same-origin" && site != "none";
  const auto origin = header(request, "origin");
  if (origin.empty()) return false;
  const auto scheme = origin.find("://");
  return scheme == std::string_view::npos || origin.substr(scheme + 3) != header(request, "host");
}

bool has_token(const Request& request, const std::string& token) {
  const auto given = header(request, "authorization");
  return !token.empty() && given.starts_with(kBearer) &&
         equal_secret(given.substr(kBearer.size()), token);
}

Response ask_for_token(const Guard& guard) {
  if (guard.token.empty())
    return refuse(403, "this needs a token: set server.token_file in the configuration\n");
  auto out = refuse(401, "the token is missing or wrong\n");
  out.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"tocsin\"");
  return out;
}

}  // namespace

bool equal_secret(std::string_view one, std::string_view other) noexcept {
  if (one.size() != other.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < one.size(); ++i)
    difference |= static_cast<unsigned char>(one[i]) ^ static_cast<unsigned char>(other[i]);
  return difference == 0;
}

Response judge(const Request& request, Access access, const Guard& guard) {
  Response allowed;
  allowed.status = 0;
  if (guard.loopback && access != Access::self &&
      !names_this_machine(header(request, "host"), guard.port))
    return refuse(421, "this server answers to localhost, 127.0.0.1 and [::1] only\n");
  if (access == Access::anyone || access == Access::self) return allowed;
  if (access == Access::readers && guard.loopback) return allowed;
  if (access == Access::owner && from_another_site(request))
    return refuse(403, "refused: the request comes from another site\n");
  return has_token(request, guard.token) ? allowed : ask_for_token(guard);
}

}  // namespace tocsin::web
