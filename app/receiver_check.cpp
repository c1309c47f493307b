// SPDX-License-Identifier: MIT
#include "app/receiver_check.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>

#include "app/sample_event.hpp"
#include "base/clock.hpp"
#include "base/redact.hpp"
#include "daemon/offload.hpp"
#include "net/curl_client.hpp"
#include "net/smtp_probe.hpp"
#include "notifier/channels/http_outcome.hpp"
#include "notifier/channels/make.hpp"

namespace tocsin::app {
namespace {

namespace asio = boost::asio;
using net::SmtpHurdle;

/// What the operator can do about it.
std::string remedy(SmtpHurdle hurdle, const std::string& receiver) {
  switch (hurdle) {
    case SmtpHurdle::none: return {};
    case SmtpHurdle::name: return "look at smtp.host, and at this machine's name servers";
    case SmtpHurdle::connect:
      return "look at host and port of smtp.host (587 with tls: starttls, 465 with tls: tls), and "
             "whether a firewall is in between";
    case SmtpHurdle::silence:
      return "a firewall may drop the packets; and port 465 stays silent without tls: tls";
    case SmtpHurdle::no_starttls:
      return "write tls: tls for port 465; tls: none is for a relay on this machine";
    case SmtpHurdle::tls: return "write tls: starttls for ports 587 and 25, tls: tls for port 465";
    case SmtpHurdle::certificate:
      return "smtp.host must be the name in the certificate; for a private authority give its "
             "certificate with ca_file";
    case SmtpHurdle::ca_file: return "ca_file takes a PEM file that this user may read";
    case SmtpHurdle::login:
      return "look at username and password; many providers want a password made for programs";
    case SmtpHurdle::no_login:
      return "many servers take a login only behind TLS; where none is wanted, remove username";
    case SmtpHurdle::refusal:
      return "who runs the relay knows why: often it is this machine's address or its name";
    case SmtpHurdle::lost: return "`tocsin notify --test " + receiver + "` shows the conversation";
  }
  return {};
}

bool same_name(std::string_view name, std::string_view lower) {
  return std::equal(name.begin(), name.end(), lower.begin(), lower.end(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
  });
}

/// The request of an alert without the alert.
net::Request knock(net::Request request) {
  static constexpr std::array<std::string_view, 4> kOfContent = {
      "content-type", "webhook-id", "webhook-timestamp", "webhook-signature"};
  request.method = "OPTIONS";
  request.body.clear();
  std::erase_if(request.headers, [](const auto& header) {
    return std::any_of(kOfContent.begin(), kOfContent.end(),
                       [&](std::string_view name) { return same_name(header.first, name); });
  });
  return request;
}

bool logs_in(const net::Request& request) {
  return !request.username.empty() ||
         std::any_of(request.headers.begin(), request.headers.end(),
                     [](const auto& header) { return same_name(header.first, "authorization"); });
}

std::string remedy(Errc code) {
  switch (code) {
    case Errc::timeout:
      return "a firewall may drop the packets, or the address is not the right one";
    case Errc::denied: return "look at the address; for a private authority give ca_file";
    default: return "look at the address, whether the service runs, and at firewalls in between";
  }
}

/// What an answer to OPTIONS tells. Most receivers know POST alone and say 405, or want a signature
/// and say 401: both are there, which is all that was asked. Some that know POST alone say 404, and
/// so does a server that knows nothing of the address.
std::optional<NetworkFinding> judge(const std::string& name, const net::Response& answer,
                                    bool with_login) {
  const auto status = answer.status;
  const auto said = "HTTP " + std::to_string(status);
  const auto test =
      "`tocsin notify --test " + name + "` sends a sample alert, and tells for certain";
  if (status == 404)
    return NetworkFinding{name,
                          said +
                              " to OPTIONS: the server is there, but the address is not proved, "
                              "for some answer POST alone",
                          test, NetworkFinding::Kind::note};
  if (status == 410)
    return NetworkFinding{name, said + ": there is nothing at this address any more",
                          "look at the path of the address; " + test};
  if ((status == 401 || status == 403) && with_login)
    return NetworkFinding{name, said + ": the login is refused", "look at the login; " + test};
  if (status == 407)
    return NetworkFinding{name, said + ": the proxy wants a login", "write it into proxy"};
  if (status >= 300 && status < 400)
    return NetworkFinding{name, said + ": the receiver has moved, and alerts do not follow",
                          "write the new address"};
  if (status >= 500 && status != 501)
    return NetworkFinding{name, said + ": the receiver is in trouble", test};
  return std::nullopt;
}

/// Stand in for the ways out of one receiver: whatever a channel wants to send becomes a knock, and
/// the channel is told that it failed.
class Knocking final : public net::HttpClient, public net::SmtpClient {
 public:
  Knocking(std::string name, net::HttpClient& http, daemon::Workers workers)
      : name_(std::move(name)), http_(http), workers_(std::move(workers)) {}

  asio::awaitable<Result<net::Response>> send(net::Request request) override {
    auto question = knock(std::move(request));
    const auto url = question.url;
    const bool with_login = logs_in(question);
    const auto answer = co_await http_.send(std::move(question));
    if (answer)
      finding_ = judge(name_, *answer, with_login);
    else
      finding_ =
          NetworkFinding{name_, notifier::without_path(scrub(answer.error().message, 500), url),
                         remedy(answer.error().code)};
    co_return Error{Errc::cancelled, "only asked"};
  }

  asio::awaitable<Result<net::SmtpReply>> send(net::SmtpServer server,
                                               net::Mail /*mail*/) override {
    auto work = [server = std::move(server)] { return net::probe_smtp(server); };
    const auto probe = co_await daemon::offload(workers_, std::move(work));
    if (probe.hurdle != SmtpHurdle::none)
      finding_ = NetworkFinding{name_, probe.problem, remedy(probe.hurdle, name_)};
    co_return Error{Errc::cancelled, "only asked"};
  }

  [[nodiscard]] const std::optional<NetworkFinding>& finding() const { return finding_; }

 private:
  std::string name_;
  net::HttpClient& http_;
  daemon::Workers workers_;
  std::optional<NetworkFinding> finding_;
};

bool is_on_the_network(const notifier::ReceiverSpec& receiver) {
  static constexpr std::array<std::string_view, 3> kLocal = {"exec", "file", "atom"};
  if (receiver.print) return false;
  if (!receiver.service) return true;
  return std::find(kLocal.begin(), kLocal.end(), receiver.service->kind) == kLocal.end();
}

/// One check of all receivers, on a loop of its own.
class Check {
 public:
  explicit Check(const notifier::DeliverySpec& spec) : spec_(spec) {}
  ~Check() { threads_.join(); }
  Check(const Check&) = delete;
  Check& operator=(const Check&) = delete;

  std::vector<NetworkFinding> run() {
    std::vector<std::optional<NetworkFinding>> found(spec_.receivers.size());
    for (std::size_t i = 0; i < found.size(); ++i)
      if (is_on_the_network(spec_.receivers[i])) begin(spec_.receivers[i], found[i]);
    // The client keeps work on the loop for as long as it lives.
    if (asked_ > 0) loop_.run();
    std::vector<NetworkFinding> out;
    for (auto& finding : found)
      if (finding) out.push_back(std::move(*finding));
    return out;
  }

 private:
  // What these refer to lives until the loop has ended.
  void begin(const notifier::ReceiverSpec& receiver, std::optional<NetworkFinding>& found) {
    ++asked_;
    asio::co_spawn(loop_, ask(receiver, found), [this](const std::exception_ptr& bug) {
      if (bug) std::rethrow_exception(bug);
      if (--asked_ == 0) loop_.stop();
    });
  }

  asio::awaitable<void> ask(const notifier::ReceiverSpec& receiver,
                            std::optional<NetworkFinding>& found) {
    Knocking knocking(receiver.name, client_, threads_.get_executor());
    const auto nowhere = [](std::string_view) {};
    notifier::ChannelDeps deps{knocking, knocking, clock_, nowhere, false};
    auto channel = notifier::make_channel(receiver, spec_, std::move(deps));
    if (!channel) {
      found = NetworkFinding{receiver.name, channel.error().message, ""};
      co_return;
    }
    // One recipient stands for all: they are behind the same door.
    auto targets = (*channel)->targets();
    if (targets.empty()) co_return;
    notifier::Delivery delivery{sample_event(EventType::alert, receiver.name, clock_.now()),
                                std::move(targets.front()), clock_.now(), 1};
    auto delivering = (*channel)->deliver(std::move(delivery));
    const auto attempt = co_await std::move(delivering);
    found = knocking.finding();
  }

  const notifier::DeliverySpec& spec_;
  asio::io_context loop_{1};
  asio::thread_pool threads_{8};  // for relays: libcurl talks to them with a thread each
  SystemClock clock_;
  net::CurlClient client_{loop_.get_executor()};
  std::size_t asked_ = 0;  // receivers that have not answered yet
};

}  // namespace

std::vector<NetworkFinding> check_receivers(const notifier::DeliverySpec& spec) {
  return Check(spec).run();
}

}  // namespace tocsin::app
