// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "notifier/channels/http_outcome.hpp"
#include "notifier/event_json.hpp"
#include "notifier/webhook_signature.hpp"
#include "tests/notifier/fakes.hpp"
#include "tests/notifier/sample.hpp"

namespace tocsin::notifier {
namespace {

using Outcome = Attempt::Outcome;

// From the example of the Standard Webhooks specification's reference libraries.
constexpr std::string_view kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

ReceiverSpec hook() {
  ReceiverSpec receiver;
  receiver.name = "hook";
  receiver.webhook.emplace();
  receiver.webhook->url = "http://127.0.0.1:9/hook?token=s3cret";
  receiver.webhook->secret = kSecret;
  return receiver;
}

TEST(WebhookSignature, AgreesWithTheReferenceVector) {
  const Timestamp when{std::chrono::seconds{1614265330}};
  EXPECT_EQ(sign_webhook(kSecret, "msg_p5jXN8AQM9LWM0D4loKWxJek", when, R"({"test": 2432232314})"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(WebhookSignature, IsVerifiedAndBreaksWithEachPart) {
  const auto signature = sign_webhook(kSecret, "id", Timestamp{std::chrono::seconds{5}}, "body");
  EXPECT_TRUE(verify_webhook(kSecret, "id", "5", "body", signature));
  EXPECT_TRUE(verify_webhook(kSecret, "id", "5", "body", "v1,AAAA " + signature));
  EXPECT_FALSE(verify_webhook(kSecret, "ID", "5", "body", signature));
  EXPECT_FALSE(verify_webhook(kSecret, "id", "6", "body", signature));
  EXPECT_FALSE(verify_webhook(kSecret, "id", "5", "Body", signature));
  EXPECT_FALSE(verify_webhook("other", "id", "5", "body", signature));
  EXPECT_FALSE(verify_webhook(kSecret, "id", "5", "body", ""));
}

TEST(WebhookSignature, SignsWithEverySecretWhileOneIsExchanged) {
  const std::string both = std::string(kSecret) + " whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  const auto header = sign_webhook(both, "id", Timestamp{}, "b");
  EXPECT_TRUE(verify_webhook(kSecret, "id", "0", "b", header));
  EXPECT_TRUE(verify_webhook("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "id", "0", "b", header));
}

TEST(RetryAfter, ReadsSecondsAndDatesAndNothingElse) {
  using std::chrono::milliseconds;
  const auto now = sample::at(8, 0);
  EXPECT_EQ(retry_after("120", now), milliseconds{120'000});
  EXPECT_EQ(retry_after(" 7 ", now), milliseconds{7'000});
  EXPECT_EQ(retry_after("Mon, 23 Nov 2026 08:01:00 GMT", now), milliseconds{60'000});
  EXPECT_EQ(retry_after("99999999999999999999", now), std::chrono::hours{24});
  for (const auto* junk : {"", "0", "-5", "soon", "1.5", "Mon, 23 Nov 2026 07:00:00 GMT",
                           "Mon, 99 Xxx 2026 08:01:00 GMT"})
    EXPECT_EQ(retry_after(junk, now), std::nullopt) << junk;
}

TEST(JudgeHttp, MapsEveryStatusAsPromised) {
  const std::vector<std::pair<int, Outcome>> table = {
      {200, Outcome::delivered}, {202, Outcome::delivered}, {204, Outcome::delivered},
      {301, Outcome::retry},     {304, Outcome::retry},     {400, Outcome::dead},
      {401, Outcome::dead},      {403, Outcome::dead},      {404, Outcome::dead},
      {408, Outcome::retry},     {410, Outcome::disable},   {413, Outcome::dead},
      {425, Outcome::retry},     {429, Outcome::retry},     {500, Outcome::retry},
      {502, Outcome::retry},     {503, Outcome::retry},     {504, Outcome::retry},
      {599, Outcome::retry},     {999, Outcome::retry}};
  for (const auto& [status, outcome] : table) {
    net::Response response;
    response.status = status;
    EXPECT_EQ(judge_http(response, sample::at(8, 0), {}).outcome, outcome) << status;
  }
}

TEST(JudgeHttp, RetriesWhatTheNetworkDid) {
  const Result<net::Response> lost = Error{Errc::unavailable, "connection refused"};
  const auto attempt = judge_http(lost, sample::at(8, 0), {});
  EXPECT_EQ(attempt.outcome, Outcome::retry);
  EXPECT_EQ(attempt.detail, "connection refused");
  EXPECT_EQ(attempt.retry_after, std::nullopt);
}

TEST(JudgeHttp, KeepsThePathOfTheUrlToItself) {
  const std::string url = "https://api.example.org/bot12:ab/send?token=x";
  EXPECT_EQ(without_path("https://api.example.org/bot12:ab/send?token=***: connect failed", url),
            "https://api.example.org/…: connect failed");
  EXPECT_EQ(without_path("HTTP 404: no /bot12:ab/send?token=x here", url), "HTTP 404: no /… here");
  EXPECT_EQ(without_path("a/b and /", "http://h/"), "a/b and /");
}

TEST(Webhook, SendsTheEventSigned) {
  fakes::Rig rig;
  ASSERT_TRUE(rig.open(hook()));
  EXPECT_EQ(rig.deliver(sample::event()).outcome, Outcome::delivered);
  ASSERT_EQ(rig.http.requests.size(), 1U);
  const auto& request = rig.http.requests.front();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.body, to_json(sample::event(), "tocsin"));
  EXPECT_EQ(request.until, net::Until::head) << "the body of the answer may never come";
  EXPECT_EQ(net::header(request.headers, "webhook-id"), sample::event().id);
  EXPECT_EQ(net::header(request.headers, "content-type"),
            "application/cloudevents+json; charset=utf-8");
  EXPECT_TRUE(verify_webhook(kSecret, net::header(request.headers, "webhook-id"),
                             net::header(request.headers, "webhook-timestamp"), request.body,
                             net::header(request.headers, "webhook-signature")));
}

TEST(Webhook, KeepsTheIdAndMovesTheStampOnRetry) {
  fakes::Rig rig;
  ASSERT_TRUE(rig.open(hook()));
  rig.http.answer(503, {{"retry-after", "9"}});
  const auto first = rig.deliver(sample::event());
  EXPECT_EQ(first.outcome, Outcome::retry);
  EXPECT_EQ(first.retry_after, std::chrono::seconds{9});
  rig.clock.advance(std::chrono::seconds{9});
  EXPECT_EQ(rig.deliver(sample::event()).outcome, Outcome::delivered);
  const auto& [before, after] = std::pair{rig.http.requests.at(0), rig.http.requests.at(1)};
  EXPECT_EQ(net::header(before.headers, "webhook-id"), net::header(after.headers, "webhook-id"));
  EXPECT_NE(net::header(before.headers, "webhook-timestamp"),
            net::header(after.headers, "webhook-timestamp"));
}

TEST(Webhook, RendersABodyTemplateAsJson) {
  auto receiver = hook();
  receiver.webhook->body = R"({"text": "{{headline}}", "n": {{count}}})";
  fakes::Rig rig;
  ASSERT_TRUE(rig.open(receiver));
  auto event = sample::event();
  event.items.front().title = "He said \"no\"\nand left \\ it";
  EXPECT_EQ(rig.deliver(event).outcome, Outcome::delivered);
  EXPECT_EQ(rig.http.requests.front().body,
            R"({"text": "[jcpoa, names] He said \"no\" and left \\ it", "n": 1})");
  EXPECT_EQ(net::header(rig.http.requests.front().headers, "content-type"),
            "application/json; charset=utf-8");
}

TEST(Webhook, LetsTheUserSetHeadersButNotTheProtocolsOwn) {
  auto receiver = hook();
  receiver.webhook->headers = {{"X-Team", "desk"}, {"Webhook-Id", "forged"}};
  fakes::Rig rig;
  ASSERT_TRUE(rig.open(receiver));
  rig.deliver(sample::event());
  const auto& headers = rig.http.requests.front().headers;
  EXPECT_EQ(net::header(headers, "webhook-id"), sample::event().id);
  EXPECT_EQ(std::count_if(headers.begin(), headers.end(),
                          [](const auto& h) { return h.second == "forged"; }),
            0);
}

TEST(Webhook, RefusesAUrlThatIsNone) {
  auto receiver = hook();
  receiver.webhook->url = "ftp://user:pw@example.org/";
  fakes::Rig rig;
  const auto opened = rig.open(receiver);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::malformed);
  EXPECT_EQ(opened.error().message.find("pw"), std::string::npos);
}

TEST(Webhook, RefusesATemplateThatCannotWork) {
  auto receiver = hook();
  receiver.webhook->body = "{\n \"text\": \"{{headlin}}\"}";
  fakes::Rig rig;
  const auto opened = rig.open(receiver);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().message,
            "webhook body: template: line 2, column 11: unknown name 'headlin'; did you mean "
            "'headline'?");
}

TEST(Print, PrintsOneLineAnItemWithTheWordsMarked) {
  ReceiverSpec receiver;
  receiver.print = true;
  fakes::Rig rig;
  ASSERT_TRUE(rig.open(receiver));
  EXPECT_EQ(rig.deliver(sample::event()).outcome, Outcome::delivered);
  ASSERT_EQ(rig.printed.size(), 1U);
  EXPECT_EQ(rig.printed.front(),
            "HIGH jcpoa, names: Kremlin: Putin to see [Ayatollah Khamenei] in Tehran | Iran, "
            "Russia and Turkey launched the peace talks in Kazakhstan's Astana. They also "
            "discussed the [Joint Comprehensive Plan of Action] ([JCPOA]) at length. | tasnim, "
            "4 min after publication | https://example.org/a/1?x=1&y=2");
}

}  // namespace
}  // namespace tocsin::notifier
