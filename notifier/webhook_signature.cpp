// SPDX-License-Identifier: MIT
#include "notifier/webhook_signature.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

#include "base/digest.hpp"

namespace tocsin::notifier {
namespace {

constexpr std::string_view kPrefix = "whsec_";

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

/// The secrets that `text` holds: several only where each says that it is one.
std::vector<std::string_view> secrets(std::string_view text) {
  auto parts = words(text);
  const bool all_marked = std::all_of(parts.begin(), parts.end(),
                                      [](std::string_view p) { return p.starts_with(kPrefix); });
  if (parts.size() > 1 && all_marked) return parts;
  return {text};
}

/// The key bytes of one secret. What only looks like base64 is taken as it is.
std::string key_of(std::string_view secret) {
  std::string key;
  if (secret.starts_with(kPrefix) && base64_decode(secret.substr(kPrefix.size()), key)) return key;
  return std::string(secret);
}

std::string signature(std::string_view secret, std::string_view signed_text) {
  const auto mac = hmac_sha256(key_of(secret), signed_text);
  std::string bytes(mac.size(), '\0');
  std::transform(mac.begin(), mac.end(), bytes.begin(),
                 [](std::uint8_t b) { return static_cast<char>(b); });
  return "v1," + base64_encode(bytes);
}

std::string signed_text(std::string_view id, std::string_view timestamp, std::string_view body) {
  std::string out;
  out.reserve(id.size() + timestamp.size() + body.size() + 2);
  return out.append(id).append(".").append(timestamp).append(".").append(body);
}

}  // namespace

std::string webhook_timestamp(Timestamp when) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(when.time_since_epoch());
  return std::to_string(seconds.count());
}

std::string sign_webhook(std::string_view secret, std::string_view id, Timestamp when,
                         std::string_view body) {
  const auto text = signed_text(id, webhook_timestamp(when), body);
  std::string out;
  for (const auto one : secrets(secret)) {
    if (!out.empty()) out += ' ';
    out += signature(one, text);
  }
  return out;
}

bool verify_webhook(std::string_view secret, std::string_view id, std::string_view timestamp,
                    std::string_view body, std::string_view header) {
  const auto text = signed_text(id, timestamp, body);
  bool right = false;
  for (const auto one : secrets(secret)) {
    const auto wanted = signature(one, text);
    for (const auto given : words(header)) right = equal_in_constant_time(wanted, given) || right;
  }
  return right;
}

}  // namespace tocsin::notifier
