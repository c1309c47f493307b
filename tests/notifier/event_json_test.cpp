// SPDX-License-Identifier: MIT
#include "notifier/event_json.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gtest/gtest.h>

#include "tests/notifier/sample.hpp"

namespace tocsin::notifier {
namespace {

boost::json::value document(const Event& event) {
  return boost::json::parse(to_json(event, "https://tocsin.example.org"));
}

TEST(EventJson, IsACloudEventsDocument) {
  const auto top = document(sample::event()).as_object();
  EXPECT_EQ(top.at("specversion"), "1.0");
  EXPECT_EQ(top.at("id"), "0123456789abcdef0123456789abcdef");
  EXPECT_EQ(top.at("source"), "https://tocsin.example.org");
  EXPECT_EQ(top.at("type"), "tocsin.alert");
  EXPECT_EQ(top.at("time"), "2026-11-23T08:04:30Z");
  EXPECT_EQ(top.at("datacontenttype"), "application/json");
  EXPECT_EQ(top.at("subject"), "root/0|watch=jcpoa|story=5f2c");
}

TEST(EventJson, HoldsTheAlertAsTheContractSays) {
  const auto data = document(sample::event()).at("data");
  EXPECT_EQ(data.at("receiver"), "desk-mail");
  EXPECT_EQ(data.at("group").at("labels").at("watch"), "jcpoa");
  EXPECT_EQ(data.at("severity"), "high");
  EXPECT_EQ(data.at("watches").at(0).at("name"), "jcpoa");
  EXPECT_EQ(data.at("watches").at(0).at("labels").at("topic"), "iran");
  EXPECT_EQ(data.at("links").at("console"), "http://127.0.0.1:8787/alerts/0123");
  const auto& item = data.at("items").at(0);
  EXPECT_EQ(item.at("url"), "https://example.org/a/1?x=1&y=2");
  EXPECT_EQ(item.at("date_published"), "2026-11-23T08:00:00Z");
  EXPECT_EQ(item.at("feed").at("labels").at("country"), "ir");
  EXPECT_EQ(item.at("story").at("id"), "5f2c");
  EXPECT_EQ(item.at("story").at("sources"), 3);
  EXPECT_EQ(item.at("story").at("first_seen"), "2026-11-23T07:30:00Z");
  EXPECT_EQ(item.at("authors").at(0).at("name"), "R. Porter");
  const auto& hit = item.at("hits").at(0);
  EXPECT_EQ(hit.at("watch"), "names");
  EXPECT_EQ(hit.at("field"), "title");
  EXPECT_EQ(hit.at("start"), 22);
  EXPECT_EQ(hit.at("end"), 40);
  EXPECT_EQ(hit.at("text"), "Ayatollah Khamenei");
  EXPECT_EQ(hit.at("context"), "Kremlin: Putin to see Ayatollah Khamenei in Tehran");
}

TEST(EventJson, LeavesOutWhatIsMissing) {
  auto event = sample::event();
  event.console_url.clear();
  event.items.front().published.reset();
  event.items.front().summary.clear();
  event.items.front().authors.clear();
  const auto data = document(event).at("data").as_object();
  EXPECT_FALSE(data.contains("links"));
  const auto& item = data.at("items").at(0).as_object();
  EXPECT_FALSE(item.contains("date_published"));
  EXPECT_FALSE(item.contains("summary"));
  EXPECT_FALSE(item.contains("authors"));
}

TEST(EventJson, ReadsBackWhatItWrote) {
  for (const auto& event : {sample::event(), sample::health(), sample::digest(3)}) {
    const auto text = to_json(event, "tocsin");
    const auto again = event_from_json(text);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(to_json(*again, "tocsin"), text);
    EXPECT_EQ(again->items.size(), event.items.size());
    EXPECT_EQ(again->health_text, event.health_text);
  }
}

TEST(EventJson, KeepsWhereTheHitStandsInItsContext) {
  const auto again = event_from_json(to_json(sample::event(), "tocsin"));
  ASSERT_TRUE(again);
  const auto& hit = again->items.front().hits.at(1);
  EXPECT_EQ(hit.context.substr(hit.context_start, hit.context_end - hit.context_start),
            "Joint Comprehensive Plan of Action");
}

TEST(EventJson, IsValidUtf8WhateverTheFeedSaid) {
  auto event = sample::event();
  event.items.front().title = "bad \xFF\xFE and \xED\xA0\x80 surrogate";
  const auto text = to_json(event, "tocsin");
  EXPECT_EQ(text.find('\xFF'), std::string::npos);
  const auto again = event_from_json(text);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->items.front().title, "bad �� and � surrogate");
}

TEST(EventJson, RefusesWhatIsNoEvent) {
  for (const auto* text :
       {"", "[]", "{}", R"({"id":"1"})", R"({"id":1,"type":"tocsin.alert","data":{}})",
        R"({"id":"1","type":"other","data":{"severity":"high"}})",
        R"({"id":"1","type":"tocsin.alert","data":{"severity":"urgent"}})",
        R"({"id":"1","type":"tocsin.alert","data":{"severity":"high","items":[1]}})"}) {
    const auto read = event_from_json(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, Errc::malformed);
  }
}

}  // namespace
}  // namespace tocsin::notifier
