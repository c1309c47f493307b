// SPDX-License-Identifier: MIT
#include "net/detail/transfer.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include <sys/socket.h>

#include "base/redact.hpp"
#include "net/address_guard.hpp"
#include "net/detail/ascii.hpp"

namespace tocsin::net::detail {
namespace {

constexpr long kSlowBytesPerSecond = 100;
constexpr long kSlowSeconds = 20;

template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
  curl_easy_setopt(easy, option, value);
}

// What is read of the body of an answer that its status alone decides.
constexpr std::size_t kLargestComplaint = 64U << 10U;

/// The value of a header field that may come in several lines, as one list.
std::string joined(const Headers& headers, std::string_view name) {
  std::string out;
  for (const auto& [key, value] : headers)
    if (key == name) out.append(out.empty() ? "" : ", ").append(value);
  return out;
}

/// Whether the reason that libcurl gives in words says more than the code: why a certificate was
/// refused, for example.
bool is_about_tls(CURLcode code) {
  return code == CURLE_SSL_CONNECT_ERROR || code == CURLE_PEER_FAILED_VERIFICATION ||
         code == CURLE_SSL_CACERT_BADFILE || code == CURLE_SSL_PINNEDPUBKEYNOTMATCH ||
         code == CURLE_SSL_CERTPROBLEM;
}

}  // namespace

Transfer::Transfer(const Request& request, Easy easy, const std::string& address, Space space)
    : request_(request), easy_(std::move(easy)), space_(space) {
  set_up();
  set_up_request();
  set_up_safety();
  set_up_address(address);
}

Transfer::~Transfer() {
  space_.room.leave(this);
}

void Transfer::set_up() {
  CURL* easy = easy_.get();
  set(easy, CURLOPT_URL, request_.url.c_str());
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_ERRORBUFFER, reason_.data());
  set(easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);  // see Decoder
  set(easy, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(easy, CURLOPT_WRITEDATA, this);
  set(easy, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(easy, CURLOPT_HEADERDATA, this);
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request_.connect_timeout.count()));
  set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request_.timeout.count()));
  set(easy, CURLOPT_LOW_SPEED_LIMIT, kSlowBytesPerSecond);
  set(easy, CURLOPT_LOW_SPEED_TIME, kSlowSeconds);
  set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  // Waiting to learn whether a connection can be shared ends with the TLS handshake; in the clear
  // it would end with the first answer, and a server that never gives it would hold up all others.
  set(easy, CURLOPT_PIPEWAIT, request_.url.starts_with("https:") ? 1L : 0L);
  // libcurl's own cache of names is walked whole after each transfer; ours is the Resolver's.
  set(easy, CURLOPT_DNS_CACHE_TIMEOUT, 0L);
  // A look-up that is given up must not join its thread: the loop would stop for seconds.
  set(easy, CURLOPT_QUICK_EXIT, 1L);
  // Debian's folder of roots makes libcurl read the bundle again for each connection.
  set(easy, CURLOPT_CAPATH, static_cast<char*>(nullptr));
  set(easy, CURLOPT_CAINFO, request_.ca_file.empty() ? kSystemRoots : request_.ca_file.c_str());
  if (!request_.pinned_key.empty()) set(easy, CURLOPT_PINNEDPUBLICKEY, request_.pinned_key.c_str());
}

void Transfer::set_up_request() {
  CURL* easy = easy_.get();
  for (const auto& [name, value] : request_.headers)
    headers_.add(value.empty() ? name + ";" : name + ": " + value);
  if (request_.method != "GET" || !request_.body.empty()) {
    set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    set(easy, CURLOPT_POSTFIELDS, request_.body.data());
    set(easy, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
    headers_.add("Expect:");  // no waiting for "100 Continue"
    if (header(request_.headers, "content-type").empty()) headers_.add("Content-Type:");
  }
  if (header(request_.headers, "accept").empty()) headers_.add("Accept: */*");
  if (header(request_.headers, "accept-encoding").empty())
    headers_.add("Accept-Encoding: " + std::string(kAcceptedCodings));
  set(easy, CURLOPT_HTTPHEADER, headers_.get());
  // Asked only once a head has arrived that decides: see take_header_line.
  set(easy, CURLOPT_XFERINFOFUNCTION, &Transfer::on_progress);
  set(easy, CURLOPT_XFERINFODATA, this);
  if (!request_.username.empty() || !request_.password.empty()) {
    set(easy, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    set(easy, CURLOPT_USERNAME, request_.username.c_str());
    set(easy, CURLOPT_PASSWORD, request_.password.c_str());
  }
}

void Transfer::set_up_safety() {
  CURL* easy = easy_.get();
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy, CURLOPT_PROXY, request_.proxy.c_str());  // "" also switches the environment's off
  // What a proxy says to CONNECT is no answer of the server.
  set(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  // Behind a proxy it is the proxy that connects, and the operator chose it.
  if (request_.allow_private || !request_.proxy.empty()) return;
  set(easy, CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_open);
  set(easy, CURLOPT_OPENSOCKETDATA, this);
  // A connection that is reused was opened for somebody else, perhaps with leave.
  set(easy, CURLOPT_PREREQFUNCTION, &Transfer::on_request);
  set(easy, CURLOPT_PREREQDATA, this);
}

void Transfer::set_up_address(const std::string& address) {
  if (address.empty()) return;
  // "Whatever host and port: this address." Host, SNI and the certificate check stay those of the
  // URL. Unlike CURLOPT_RESOLVE it leaves nothing behind in a cache.
  const bool v6 = address.find(':') != std::string::npos;
  connect_to_.add(v6 ? "::[" + address + "]:" : "::" + address + ":");
  set(easy_.get(), CURLOPT_CONNECT_TO, connect_to_.get());
}

std::size_t Transfer::on_body(char* bytes, std::size_t, std::size_t count, void* self) {
  switch (static_cast<Transfer*>(self)->take_body({bytes, count})) {
    case Taken::all: return count;
    case Taken::wait: return CURL_WRITEFUNC_PAUSE;
    case Taken::stop: break;
  }
  return 0;
}

/// Whether the body may take `more` bytes. Where it may not yet, the transfer is in line.
bool Transfer::has_room(std::size_t more) {
  if (response_.room || response_.body.size() + more <= BodyRoom::kFree) return true;
  response_.room = space_.room.take();
  if (response_.room) return true;
  space_.room.wait(this, [this] { space_.multi.resume(easy()); });
  return false;
}

Transfer::Taken Transfer::take_body(std::string_view bytes) {
  const auto most = head_decides() ? kLargestComplaint : request_.max_body;
  // What a paused transfer did not take is handed over again, from its beginning.
  const auto before = std::min(std::exchange(ahead_, 0), bytes.size());
  bytes.remove_prefix(before);
  if (body_bytes_ == 0 && !choose_decoder()) return Taken::stop;  // the first piece
  // After a great deal others of the loop come first.
  constexpr std::size_t kAtOnce = 512U << 10U;
  const auto size_before = response_.body.size();
  for (auto rest = bytes; !rest.empty();) {
    const bool enough = response_.body.size() - size_before > kAtOnce;
    if (enough) space_.room.wait_a_turn(this, [this] { space_.multi.resume(easy()); });
    if (enough || !has_room(decoder_ ? 0 : rest.size())) {
      ahead_ = before + (bytes.size() - rest.size());
      return Taken::wait;
    }
    if (const auto done = take_some(rest, most); done != Taken::all) return done;
  }
  return Taken::all;
}

Transfer::Taken Transfer::take_some(std::string_view& bytes, std::size_t most) {
  auto& body = response_.body;
  const auto offered = bytes.size();
  if (body_bytes_ + offered > most) {
    hit_ = Limit::body;
    return Taken::stop;
  }
  if (!decoder_) {
    body.append(std::exchange(bytes, {}));
  } else if (const auto step = decoder_->decode(bytes, body, most); step != Decoder::Step::fine) {
    hit_ = step == Decoder::Step::too_large ? Limit::body : Limit::coding;
    return Taken::stop;
  }
  body_bytes_ += offered - bytes.size();
  return Taken::all;
}

bool Transfer::choose_decoder() {
  const auto codings = joined(response_.headers, "content-encoding");
  if (is_identity(codings)) return true;
  decoder_ = make_decoder(codings);
  if (!decoder_) hit_ = Limit::coding;
  return decoder_ != nullptr;
}

std::size_t Transfer::on_header(char* bytes, std::size_t, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  transfer.header_bytes_ += count;
  if (transfer.header_bytes_ > transfer.request_.max_headers) {
    transfer.hit_ = Limit::headers;
    return 0;
  }
  transfer.take_header_line({bytes, count});
  return transfer.unwanted_ ? 0 : count;
}

void Transfer::take_header_line(std::string_view line) {
  auto& headers = response_.headers;
  if (line.starts_with("HTTP/")) {  // a final answer after "100 Continue" or the like
    headers.clear();
    const auto blank = std::min(line.find(' '), line.size() - 1);
    status_ = 0;
    std::from_chars(line.data() + blank + 1, line.data() + line.size(), status_);
    return;
  }
  const bool end = line == "\r\n" || line == "\n";
  if (end) head_ended_ = status_ >= 200;
  if (end && request_.wants_body != nullptr && status_ / 100 == 2)
    unwanted_ = !request_.wants_body(headers);
  if (end && head_decides()) {
    head_arrived_ = std::chrono::steady_clock::now();
    set(easy_.get(), CURLOPT_NOPROGRESS, 0L);
  }
  if (const auto colon = line.find(':'); colon != std::string_view::npos && colon > 0)
    headers.emplace_back(lower(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
}

bool Transfer::head_decides() const {
  return status_ >= 300 || unwanted_ || (request_.until == Until::head && status_ / 100 == 2);
}

/// Called at each step and about once a second. A body that follows at once leaves the connection
/// fit for reuse; one that does not is not waited for.
int Transfer::on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  constexpr std::chrono::seconds kWaitForBody{1};
  const auto& head = static_cast<Transfer*>(self)->head_arrived_;
  return head && std::chrono::steady_clock::now() - *head >= kWaitForBody ? 1 : 0;
}

bool Transfer::unreached(CURLcode code) const {
  if (!refused_address_.empty()) return false;
  if (code == CURLE_COULDNT_CONNECT) return true;
  curl_off_t connected = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_CONNECT_TIME_T, &connected);
  return code == CURLE_OPERATION_TIMEDOUT && connected == 0;
}

Easy Transfer::release() {
  curl_easy_reset(easy_.get());
  return std::move(easy_);
}

curl_socket_t Transfer::on_open(void* self, curlsocktype, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(self);
  if (!is_public(address->addr)) {
    transfer.refused_address_ = to_string(address->addr);
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

int Transfer::on_request(void* self, char* to_address, char*, int, int) {
  auto& transfer = *static_cast<Transfer*>(self);
  if (is_public(std::string(to_address))) return CURL_PREREQFUNC_OK;
  transfer.refused_address_ = to_address;
  return CURL_PREREQFUNC_ABORT;
}

Result<Response> Transfer::take_response() {
  CURL* easy = easy_.get();
  // libcurl takes a head that ends in the middle for a whole one.
  if (!head_ended_) return Error{Errc::malformed, "the answer is cut in its header"};
  const bool cut = decoder_ && !decoder_->whole();
  if (cut && head_arrived_) response_.body.clear();  // nobody relies on it
  if (cut && !head_arrived_)
    return Error{Errc::malformed, "the compressed body is cut: it ends before its end is marked"};
  long status = 0;
  long version = 0;
  curl_off_t downloaded = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(easy, CURLINFO_HTTP_VERSION, &version);
  curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &downloaded);
  response_.status = static_cast<int>(status);
  response_.final_url = request_.url;
  response_.wire_bytes =
      header_bytes_ + static_cast<std::size_t>(std::max<curl_off_t>(downloaded, 0));
  response_.body_unterminated = version < CURL_HTTP_VERSION_2_0 &&
                                header(response_.headers, "content-length").empty() &&
                                header(response_.headers, "transfer-encoding").empty();
  return std::move(response_);
}

Error Transfer::describe(CURLcode code) const {
  if (!refused_address_.empty())
    return {Errc::denied, "refused to connect to the private address " + refused_address_ +
                              "; set allow_private: true where that is meant"};
  if (hit_ == Limit::body)
    return {Errc::too_large,
            "the body is larger than " + std::to_string(request_.max_body) + " bytes"};
  if (hit_ == Limit::coding)
    return {Errc::malformed, "the body does not decode as what Content-Encoding names: " +
                                 scrub(joined(response_.headers, "content-encoding"), 100)};
  if (hit_ == Limit::headers) return {Errc::too_large, "the header is too large"};
  const bool worded = is_about_tls(code) && reason_.front() != '\0';
  const auto text = scrub(worded ? reason_.data() : curl_easy_strerror(code), 200);
  switch (code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_PARTIAL_FILE:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_GOT_NOTHING: return {Errc::malformed, text};
    case CURLE_UNSUPPORTED_PROTOCOL:
      if (request_.url.starts_with("http"))
        return {Errc::malformed, "the server does not answer in HTTP"};
      return {Errc::denied, "only http and https addresses are fetched"};
    // One line of a header that is beyond libcurl's own limit.
    case CURLE_OUT_OF_MEMORY: return {Errc::too_large, "the header is too large"};
    case CURLE_OPERATION_TIMEDOUT: return {Errc::timeout, text};
    default: return {Errc::unavailable, text};
  }
}

}  // namespace tocsin::net::detail
