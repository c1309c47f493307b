// SPDX-License-Identifier: MIT
// Mail through a server and a reader that others wrote: aiosmtpd over STARTTLS with a password, and
// Python's email package, which lists every defect that it sees.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "net/curl_client.hpp"
#include "net/curl_smtp.hpp"
#include "notifier/channels/make.hpp"
#include "tests/notifier/sample.hpp"
#include "tests/support/needs.hpp"
#include "tests/support/source_dir.hpp"

namespace tocsin::notifier {
namespace {

namespace asio = boost::asio;
using Outcome = Attempt::Outcome;

/// A program whose standard output is read line by line.
class Pipe {
 public:
  explicit Pipe(const std::string& command) : file_(::popen(command.c_str(), "r")) {}
  ~Pipe() {
    if (file_ != nullptr) ::pclose(file_);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  std::string line() {
    std::string out;
    std::array<char, 4096> block{};
    while (file_ != nullptr && std::fgets(block.data(), block.size(), file_) != nullptr) {
      out += block.data();
      if (out.ends_with('\n')) break;
    }
    return out;
  }

 private:
  std::FILE* file_;
};

bool runs(const std::string& command) {
  const auto quiet = command + " >/dev/null 2>&1";
  return std::system(quiet.c_str()) == 0;  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
}

class Aiosmtpd : public ::testing::Test {
 protected:
  void SetUp() override {
    if (testing::is_missing("/usr/bin/python3 -c 'import aiosmtpd' && openssl version"))
      GTEST_SKIP() << "aiosmtpd or openssl is not installed";
    auto pattern = (std::filesystem::temp_directory_path() / "tocsin-peer-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    ASSERT_TRUE(
        runs("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=peer "
             "-addext subjectAltName=IP:127.0.0.1 -keyout " +
             key() + " -out " + certificate()));
  }
  void TearDown() override {
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }

  [[nodiscard]] std::string certificate() const { return folder_ / "cert.pem"; }
  [[nodiscard]] std::string key() const { return folder_ / "key.pem"; }

  [[nodiscard]] ReceiverSpec receiver(std::uint16_t port) const {
    ReceiverSpec out;
    out.name = "desk";
    out.email.emplace();
    out.email->server.host = "127.0.0.1";
    out.email->server.port = port;
    out.email->server.username = "desk";
    out.email->server.password = "secret word";
    out.email->server.ca_file = certificate();
    out.email->from = "Дозор <tocsin@example.org>";
    out.email->to = {"desk@example.org"};
    return out;
  }

  static Attempt deliver(const ReceiverSpec& receiver, const Event& event) {
    asio::io_context loop{1};
    const SystemClock clock;
    net::CurlClient http(loop.get_executor());
    net::CurlSmtpClient smtp(loop.get_executor());
    ChannelDeps deps{http, smtp, clock, [](std::string_view) {}};
    auto channel = make_channel(receiver, {}, std::move(deps));
    EXPECT_TRUE(channel);
    Attempt attempt;
    Delivery delivery{event, "", clock.now(), 1};
    asio::co_spawn(loop, (*channel)->deliver(std::move(delivery)),
                   [&](const std::exception_ptr& bug, Attempt result) {
                     EXPECT_FALSE(bug);
                     attempt = std::move(result);
                     loop.stop();
                   });
    loop.run();
    return attempt;
  }

  std::filesystem::path folder_;
};

TEST_F(Aiosmtpd, TakesOurMailOverTlsAndPythonFindsNoDefect) {
  Pipe peer("/usr/bin/python3 " + testing::source_dir() + "/tests/notifier/aiosmtpd_peer.py " +
            certificate() + " " + key() + " 1");
  const auto port = static_cast<std::uint16_t>(std::atoi(peer.line().c_str()));
  ASSERT_NE(port, 0);

  auto wrong = receiver(port);
  wrong.email->server.password = "guess";
  const auto refused = deliver(wrong, sample::event());
  EXPECT_EQ(refused.outcome, Outcome::retry);
  EXPECT_EQ(refused.detail.substr(0, 3), "535") << refused.detail;
  auto untrusted = receiver(port);
  untrusted.email->server.ca_file.clear();
  const auto distrusted = deliver(untrusted, sample::event());
  EXPECT_EQ(distrusted.outcome, Outcome::retry);
  EXPECT_TRUE(distrusted.retry_after) << distrusted.detail;

  auto event = sample::event();
  event.items.front().title =
      "علی خامنه‌ای — Путин 🔔 in <Tehran> & \"Astana\"";
  event.items.front().hits.erase(event.items.front().hits.begin());
  const auto attempt = deliver(receiver(port), event);
  ASSERT_EQ(attempt.outcome, Outcome::delivered) << attempt.detail;

  const auto seen = boost::json::parse(peer.line());
  EXPECT_EQ(seen.at("defects").as_array().size(), 0U) << seen.at("defects");
  EXPECT_TRUE(seen.at("tls").as_bool());
  EXPECT_EQ(seen.at("from"), "tocsin@example.org");
  EXPECT_EQ(seen.at("sender"), "Дозор");
  EXPECT_EQ(seen.at("subject"),
            "[jcpoa, names] علی خامنه‌ای — Путин 🔔 in <Tehran> & \"Astana\"");
  EXPECT_EQ(seen.at("message_id"), "<0123456789abcdef0123456789abcdef.desk-mail@tocsin>");
  const std::string text(seen.at("text").as_string());
  EXPECT_NE(text.find("the [Joint Comprehensive Plan of Action] ([JCPOA])"), std::string::npos);
  EXPECT_EQ(seen.at("types").as_array().size(), 3U);
}

}  // namespace
}  // namespace tocsin::notifier
