// SPDX-License-Identifier: MIT
#include "fetcher/websub.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/digest.hpp"

namespace tocsin::fetcher {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr seconds kWantedLease{hours{24 * 10}};
// What a hub grants is clamped to this: no hub is rid of us by a lease of a second, none keeps us
// believing for years.
constexpr seconds kShortestLease{minutes{10}}, kLongestLease{hours{24 * 90}};
constexpr minutes kFirstRetry{5};
constexpr hours kLastRetry{24};

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string form_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool coded =
        text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0;
    if (coded) {
      out.push_back(static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2])));
      i += 2;
    } else {
      out.push_back(text[i] == '+' ? ' ' : text[i]);
    }
  }
  return out;
}

std::string form_encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~';
    if (plain)
      out.push_back(c);
    else
      out.append({'%', kDigits[byte >> 4U], kDigits[byte & 15U]});
  }
  return out;
}

/// The first value of `name` in a query, decoded; empty when it is absent.
std::string parameter(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const auto part = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(part.size() + 1, query.size()));
    const auto equals = part.find('=');
    if (form_decoded(part.substr(0, equals)) != name) continue;
    return equals == std::string_view::npos ? std::string() : form_decoded(part.substr(equals + 1));
  }
  return {};
}

/// The path of an absolute address, without an ending slash.
std::string path_of(std::string_view address) {
  const auto scheme = address.find("://");
  const auto host = scheme == std::string_view::npos ? 0 : scheme + 3;
  const auto slash = address.find('/', host);
  std::string path(slash == std::string_view::npos ? std::string_view{} : address.substr(slash));
  while (path.ends_with('/')) path.pop_back();
  return path;
}

WebSubReply answer(int status, std::string body = {}) {
  WebSubReply reply;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

const EVP_MD* digest_named(std::string_view name) {
  if (name == "sha1") return EVP_sha1();
  if (name == "sha256") return EVP_sha256();
  if (name == "sha384") return EVP_sha384();
  if (name == "sha512") return EVP_sha512();
  return nullptr;
}

std::string derived(std::string_view key, std::string_view purpose, std::string_view what) {
  std::string text(purpose);
  text.append(":").append(what);
  const auto bytes = hmac_sha256(key, text);
  return hex_encode({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace

bool signature_holds(std::string_view signature, std::string_view body, std::string_view secret) {
  const auto equals = signature.find('=');
  if (equals == std::string_view::npos) return false;
  const auto* digest = digest_named(signature.substr(0, equals));
  if (digest == nullptr) return false;
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  ::HMAC(digest, secret.data(), static_cast<int>(secret.size()),
         reinterpret_cast<const unsigned char*>(body.data()), body.size(), bytes.data(), &size);
  std::string given(signature.substr(equals + 1));
  for (char& c : given)
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c + 32);
  return equal_in_constant_time(given,
                                hex_encode({reinterpret_cast<const char*>(bytes.data()), size}));
}

WebSub::WebSub(std::string callback, std::string key)
    : callback_(std::move(callback)), path_(path_of(callback_)), key_(std::move(key)) {
  while (callback_.ends_with('/')) callback_.pop_back();
}

std::string WebSub::token_of(const std::string& feed) const {
  return derived(key_, "callback", feed).substr(0, 40);
}

void WebSub::announce(const std::string& feed, const std::string& hub, const std::string& topic) {
  const bool web = hub.starts_with("https://") || hub.starts_with("http://");
  if (!web || topic.empty()) {
    forget(feed);
    return;
  }
  const auto token = tokens_.try_emplace(feed, token_of(feed)).first->second;
  feeds_.try_emplace(token, feed);
  auto& subscription = subscriptions_[token];
  if (subscription.hub == hub && subscription.topic == topic) return;
  subscription = Subscription{hub, topic, derived(key_, "secret", hub + "\n" + topic)};
}

void WebSub::forget(const std::string& feed) {
  const auto known = tokens_.find(feed);
  if (known == tokens_.end()) return;
  subscriptions_.erase(known->second);
  feeds_.erase(known->second);
  tokens_.erase(known);
}

net::Request WebSub::request_for(const std::string& token, const Subscription& what) const {
  net::Request request;
  request.method = "POST";
  request.url = what.hub;
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = "hub.mode=subscribe&hub.topic=" + form_encoded(what.topic) +
                 "&hub.callback=" + form_encoded(callback_ + "/" + token) +
                 "&hub.lease_seconds=" + std::to_string(kWantedLease.count()) +
                 "&hub.secret=" + what.secret;
  return request;
}

std::vector<HubRequest> WebSub::due(Timestamp now, std::size_t most) {
  std::vector<HubRequest> out;
  for (auto& [token, subscription] : subscriptions_) {
    if (out.size() >= most) break;
    if (subscription.next_try > now) continue;
    out.push_back({feeds_.find(token)->second, request_for(token, subscription)});
    constexpr std::uint32_t kMostDoublings = 9;
    const auto wait = kFirstRetry * (1 << std::min(subscription.attempts, kMostDoublings));
    ++subscription.attempts;
    subscription.next_try = now + std::min<seconds>(wait, kLastRetry);
  }
  return out;
}

std::optional<Timestamp> WebSub::next() const {
  std::optional<Timestamp> first;
  for (const auto& [token, subscription] : subscriptions_)
    first = std::min(first.value_or(subscription.next_try), subscription.next_try);
  return first;
}

WebSubReply WebSub::confirm(Subscription& subscription, std::string_view query, Timestamp now) {
  if (parameter(query, "hub.topic") != subscription.topic) return {};
  const auto mode = parameter(query, "hub.mode");
  if (mode == "denied") {
    // Perhaps it thinks better of it one day; polling goes on meanwhile.
    subscription.verified = false;
    subscription.next_try = now + kLastRetry;
    return answer(200);
  }
  const auto challenge = parameter(query, "hub.challenge");
  // We never unsubscribe, so whoever asks to confirm that did not ask for us.
  if (mode != "subscribe" || challenge.empty() || subscription.attempts == 0) return {};
  const auto lease = parameter(query, "hub.lease_seconds");
  std::int64_t granted = 0;
  const auto read = std::from_chars(lease.data(), lease.data() + lease.size(), granted);
  if (read.ec == std::errc::result_out_of_range)
    granted = kLongestLease.count();
  else if (read.ec != std::errc{})
    granted = kWantedLease.count();
  const auto span =
      seconds{std::clamp<std::int64_t>(granted, kShortestLease.count(), kLongestLease.count())};
  subscription.verified = true;
  subscription.lease_ends = now + span;
  subscription.next_try = now + span * 2 / 3;
  subscription.attempts = 1;  // the next request is a renewal; this hub may verify that too
  return answer(200, challenge);
}

WebSubReply WebSub::handle(std::string_view method, std::string_view target,
                           const net::Headers& headers, std::string_view body, Timestamp now) {
  const auto question = target.find('?');
  auto path = target.substr(0, question);
  if (!path.starts_with(path_) || !path.substr(path_.size()).starts_with('/')) return {};
  path.remove_prefix(path_.size() + 1);
  const auto found = subscriptions_.find(path);
  if (found == subscriptions_.end()) return {};
  if (method == "GET") {
    const auto query = question == std::string_view::npos ? "" : target.substr(question + 1);
    return confirm(found->second, query, now);
  }
  if (method != "POST") return answer(405);
  auto reply = answer(202);
  const auto signature = net::header(headers, "x-hub-signature");
  if (!signature_holds(signature, body, found->second.secret)) return reply;
  reply.feed = feeds_.find(path)->second;
  reply.document = body;
  reply.content_type = net::header(headers, "content-type");
  return reply;
}

bool WebSub::is_pushed(const std::string& feed, Timestamp now) const {
  const auto token = tokens_.find(feed);
  if (token == tokens_.end()) return false;
  const auto& subscription = subscriptions_.find(token->second)->second;
  return subscription.verified && subscription.lease_ends > now;
}

}  // namespace tocsin::fetcher
