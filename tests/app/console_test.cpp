// SPDX-License-Identifier: MIT
#include "app/console.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/settings.hpp"

namespace tocsin::app {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view kConfig = R"(
feeds:
  - {name: nobody, url: "http://127.0.0.1:9/feed.xml"}
watches:
  - {name: peace, any: [peace]}
)";

/// A whole daemon with its console, on a thread of its own.
class ConsoleTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string path = (std::filesystem::temp_directory_path() / "tocsin-test-XXXXXX").native();
    ASSERT_NE(::mkdtemp(path.data()), nullptr);
    folder_ = path;
    write(std::string(kConfig));
    auto settings = load_settings(file(), {}, std::cerr);
    ASSERT_TRUE(settings);
    daemon::DaemonOptions options;
    options.handle_signals = false;
    options.reload = [this] { return reload_settings(file()); };
    console_.observe(options);
    const auto receivers = published();
    auto made = daemon::Daemon::create(std::move(*settings), std::move(options), clock_);
    ASSERT_TRUE(made) << made.error().message;
    daemon_ = std::move(*made);
    config::ServerSpec server;
    server.listen = server.host = "127.0.0.1";
    server.token = "abc";
    const auto served = console_.serve(server, receivers, *daemon_);
    ASSERT_TRUE(served) << served.error().message;
    thread_ = std::thread([this] { stopped_well_ = daemon_->run().has_value(); });
  }

  void TearDown() override {
    if (daemon_) daemon_->request_stop();
    if (thread_.joinable()) thread_.join();
    EXPECT_TRUE(stopped_well_);
    console_.close();
    daemon_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  void write(const std::string& text) {
    std::ofstream(folder_ / "tocsin.yaml")
        << text << "storage: {path: " << (folder_ / "state").native() << "}\n";
  }
  std::string file() const { return (folder_ / "tocsin.yaml").native(); }

  Console::Receivers published() {
    std::ofstream(folder_ / "alerts.xml") << "<feed/>";
    notifier::ReceiverSpec receiver;
    receiver.name = "page";
    receiver.service.emplace();
    receiver.service->kind = "atom";
    receiver.service->options = {{"path", (folder_ / "alerts.xml").native()}};
    return {receiver};
  }

  /// The whole answer to one request.
  std::string ask(const std::string& line, const std::string& headers = "") {
    asio::io_context loop;
    tcp::socket socket(loop);
    socket.connect({asio::ip::address_v4::loopback(), console_.port()});
    const std::string request = line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" +
                                headers + "Content-Length: 0\r\n\r\n";
    asio::write(socket, asio::buffer(request));
    std::string answer;
    boost::system::error_code end;
    asio::read(socket, asio::dynamic_buffer(answer), end);
    return answer;
  }
  std::string reload() { return ask("POST /-/reload", "Authorization: Bearer abc\r\n"); }

  SystemClock clock_;
  std::filesystem::path folder_;
  Console console_{clock_};
  std::unique_ptr<daemon::Daemon> daemon_;
  std::thread thread_;
  bool stopped_well_ = false;
};

TEST_F(ConsoleTest, SaysThatTheDaemonIsWellAndReady) {
  EXPECT_THAT(ask("GET /-/healthy"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(ask("GET /-/ready"), StartsWith("HTTP/1.1 200"));
}

TEST_F(ConsoleTest, ShowsMetricsOfTheDaemon) {
  const auto metrics = ask("GET /metrics");
  EXPECT_THAT(metrics, HasSubstr("Content-Type: text/plain; version=0.0.4"));
  EXPECT_THAT(metrics, HasSubstr("\ntocsin_feeds 1\n"));
  EXPECT_THAT(metrics, HasSubstr("\ntocsin_watches 1\n"));
  EXPECT_THAT(metrics, HasSubstr("tocsin_outbox_messages{state=\"waiting\"} 0"));
}

TEST_F(ConsoleTest, TakesANewConfigurationOver) {
  write(std::string(kConfig) + "  - {name: war, any: [war]}\n");
  EXPECT_THAT(reload(), StartsWith("HTTP/1.1 200"));
  const auto metrics = ask("GET /metrics");
  EXPECT_THAT(metrics, HasSubstr("\ntocsin_watches 2\n"));
  EXPECT_THAT(metrics, HasSubstr("tocsin_config_reloads_total{outcome=\"accepted\"} 1"));
}

TEST_F(ConsoleTest, SaysWhatAReloadChangedAndWhatWaitsForARestart) {
  write(std::string(kConfig) + "  - {name: war, any: [war]}\nserver: {listen: \"127.0.0.1:1\"}\n");
  EXPECT_THAT(reload(), HasSubstr("reloaded; changed: watches: 1 added (war); settings: server\n"
                                  "not in force before a restart: server.listen\n"));
}

TEST_F(ConsoleTest, ServesTheAlertsOfAReceiverThatAReloadBrought) {
  EXPECT_THAT(ask("GET /alerts/later.atom"), StartsWith("HTTP/1.1 404"));
  std::ofstream(folder_ / "later.xml") << "<feed>later</feed>";
  write(std::string(kConfig) +
        "receivers:\n  - {name: later, atom: {path: " + (folder_ / "later.xml").native() + "}}\n");
  EXPECT_THAT(reload(), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(ask("GET /alerts/later.atom"), HasSubstr("<feed>later</feed>"));
  EXPECT_THAT(ask("GET /alerts/page.atom"), StartsWith("HTTP/1.1 404"));
}

TEST_F(ConsoleTest, RefusesABadConfigurationAndSaysWhy) {
  write(std::string(kConfig) + "  - {name: war, anny: [war]}\n");
  const auto answer = reload();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 422"));
  EXPECT_THAT(answer, HasSubstr("tocsin.yaml:6"));
  const auto metrics = ask("GET /metrics");
  EXPECT_THAT(metrics, HasSubstr("\ntocsin_watches 1\n"));
  EXPECT_THAT(metrics, HasSubstr("\ntocsin_config_last_reload_successful 0\n"));
}

TEST_F(ConsoleTest, ReloadsForNobodyWithoutTheToken) {
  EXPECT_THAT(ask("POST /-/reload"), StartsWith("HTTP/1.1 401"));
}

TEST_F(ConsoleTest, ServesTheAlertsThatAReceiverPublishes) {
  const auto answer = ask("GET /alerts/page.atom");
  EXPECT_THAT(answer, HasSubstr("Content-Type: application/atom+xml"));
  EXPECT_THAT(answer, HasSubstr("<feed/>"));
}

}  // namespace
}  // namespace tocsin::app
