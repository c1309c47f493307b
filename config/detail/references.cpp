// SPDX-License-Identifier: MIT
#include "config/detail/references.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "notifier/matcher.hpp"

namespace tocsin::config::detail {
namespace {

using notifier::Matcher;

using Names = std::set<std::string, std::less<>>;

/// All names that other parts of the file may use.
struct Known {
  Names feeds, watches, receivers, intervals;
  Names feed_labels, labels;                              ///< keys: of feeds; of feeds and watches
  std::map<std::string, Names, std::less<>> feed_values;  ///< values of each key of feeds' labels
};

Known gather(const Reading& reading, const Config& config) {
  Known out;
  for (const auto& feed : config.feeds) {
    out.feeds.insert(feed.name);
    for (const auto& [key, value] : feed.labels) {
      out.feed_labels.insert(key);
      out.labels.insert(key);
      out.feed_values[key].insert(value);
    }
  }
  const bool named = reading.main().has("route") || reading.count("inhibit_rules") > 0 ||
                     reading.count("tests") > 0;  // by nothing else, and there may be very many
  for (const auto& watch : config.rules.watches) {
    if (named) out.watches.insert(watch.name);
    for (const auto& [key, value] : watch.labels) out.labels.insert(key);
  }
  for (const auto& receiver : config.delivery.receivers) out.receivers.insert(receiver.name);
  for (const auto& interval : config.delivery.intervals) out.intervals.insert(interval.name);
  return out;
}

class Checker {
 public:
  Checker(const Reading& reading, const Config& config)
      : reading_(reading), findings_(*reading.findings), known_(gather(reading, config)) {}

  void run() {
    reading_.each_item("watches", [this](const Node& node) { watch(View(&node)); });
    route(reading_.main().below("route"));
    reading_.each_item("inhibit_rules", [this](const Node& node) { inhibit(View(&node)); });
    expect(reading_.main().below("health").get("receiver"), known_.receivers, "receiver");
    if (reading_.main().has("route")) unused_receivers();
    reading_.each_item("tests", [this](const Node& node) { test(View(&node)); });
    time_labels();
  }

 private:
  /// Reports `name` when it is none of `names`.
  void expect(const Node* name, const Names& names, std::string_view what) {
    if (name == nullptr || !name->is_scalar() || names.find(name->text) != names.end()) return;
    const std::vector<std::string_view> all(names.begin(), names.end());
    std::string otherwise = "no " + std::string(what) + " is configured";
    if (!all.empty()) otherwise = "known: " + list_of(all);
    findings_.error(*name, "no " + std::string(what) + " is called " + in_quotes(name->text),
                    did_you_mean(name->text, all, otherwise));
  }

  static std::string list_of(const std::vector<std::string_view>& names) {
    constexpr std::size_t kMost = 8;
    std::string out;
    for (std::size_t i = 0; i < std::min(names.size(), kMost); ++i)
      out.append(i == 0 ? "" : ", ").append(names[i]);
    return names.size() > kMost ? out + ", ..." : out;
  }

  /// `feeds: {kind: agency}` must name labels and values that some feed has.
  void watch(const View& view) {
    const Node* feeds = view.get("feeds");
    if (feeds == nullptr || !feeds->is_mapping() || no_feeds()) return;
    for (std::size_t i = 0; i + 1 < feeds->children.size(); i += 2) {
      const Node& key = *feeds->children[i];
      const Node& value = *feeds->children[i + 1];
      expect(&key, known_.feed_labels, "label of a feed");
      const auto values = known_.feed_values.find(key.text);
      if (values == known_.feed_values.end() || !value.is_scalar() || value.is_null()) continue;
      expect(&value, values->second, "feed's label '" + key.text + "'");
    }
  }

  [[nodiscard]] bool no_feeds() const { return known_.feeds.empty() && !reading_.need_feeds; }

  void route(const View& view) {
    if (view.node() == nullptr || !view.node()->is_mapping()) return;
    used_.insert(view.text("receiver"));
    expect(view.get("receiver"), known_.receivers, "receiver");
    matchers(view, "matchers");
    group_by(view, "group_by", {"watch", "story", "feed", "language", "severity"});
    if (const View quiet = view.below("quiet"); quiet.node() != nullptr)
      for (const Node* name : quiet.items("during"))
        expect(name, known_.intervals, "time interval");
    const Node* below = view.get("routes");
    if (below == nullptr || !below->is_list()) return;
    for (const Node* child : below->children) route(View(child));
  }

  void group_by(const View& view, std::string_view key, std::vector<std::string_view> fixed) {
    for (const Node* item : view.items(key)) {
      Names names(known_.labels);
      names.insert(fixed.begin(), fixed.end());
      const std::string_view text = item->text;
      if (text.starts_with("label.") && known_.labels.find(text.substr(6)) != known_.labels.end())
        continue;
      if (no_feeds()) continue;
      expect(item, names, "property or label of alerts");
    }
  }

  void inhibit(const View& view) {
    matchers(view, "source");
    matchers(view, "target");
    group_by(view, "equal", {"watch", "story", "feed", "language", "severity"});
  }

  void matchers(const View& view, std::string_view key) {
    for (const Node* item : view.items(key))
      if (const auto matcher = notifier::parse_matcher(item->text)) one_matcher(*item, *matcher);
  }

  void one_matcher(const Node& at, const Matcher& matcher) {
    const bool exact = matcher.op == Matcher::Op::equal || matcher.op == Matcher::Op::not_equal;
    if (!exact) {
      // Regular expressions may name what is to come; parse_matcher has judged them.
    } else if (matcher.name == "severity" && !severity_from(matcher.value)) {
      findings_.error(at, "there is no severity " + in_quotes(matcher.value),
                      "write one of low, normal, high or critical");
    } else if (matcher.name == "watch") {
      expect_value(at, matcher.value, known_.watches, "watch");
    } else if (matcher.name == "feed" && !no_feeds()) {
      expect_value(at, matcher.value, known_.feeds, "feed");
    } else if (matcher.name == "type" && matcher.value != "alert" && matcher.value != "health" &&
               matcher.value != "digest") {
      findings_.error(at, "there is no type " + in_quotes(matcher.value),
                      "write one of alert, digest or health");
    }
    check_matcher_name(at, matcher.name);
  }

  void expect_value(const Node& at, const std::string& value, const Names& names,
                    std::string_view what) {
    if (names.find(value) != names.end()) return;
    const std::vector<std::string_view> all(names.begin(), names.end());
    findings_.error(at, "no " + std::string(what) + " is called " + in_quotes(value),
                    did_you_mean(value, all, "known: " + list_of(all)));
  }

  void check_matcher_name(const Node& at, std::string_view name) {
    static constexpr std::array<std::string_view, 7> kFixed = {
        "severity", "watch", "feed", "language", "type", "kind", "subject"};
    if (name.starts_with("label.")) name.remove_prefix(6);
    if (std::find(kFixed.begin(), kFixed.end(), name) != kFixed.end() || no_feeds()) return;
    if (known_.labels.find(name) != known_.labels.end()) return;
    std::vector<std::string_view> all(kFixed.begin(), kFixed.end());
    all.insert(all.end(), known_.labels.begin(), known_.labels.end());
    findings_.error(at, "no feed or watch has the label " + in_quotes(name),
                    did_you_mean(name, all, "known: " + list_of(all)));
  }

  void unused_receivers() {
    used_.insert(reading_.main().below("health").text("receiver"));
    reading_.each_item("receivers", [this](const Node& node) {
      const Node* name = View(&node).get("name");
      if (name != nullptr && used_.find(name->text) == used_.end())
        findings_.warn(*name, "no route leads to the receiver " + in_quotes(name->text),
                       "name it in a route, or remove it");
    });
  }

  void test(const View& view) {
    const View item = view.below("item");
    if (!no_feeds()) expect(item.get("feed"), known_.feeds, "feed");
    for (const Node* name : view.items("expect")) expect(name, known_.watches, "watch");
    for (const Node* name : view.items("receivers")) expect(name, known_.receivers, "receiver");
    if (item.node() != nullptr && item.node()->is_mapping() && !item.has("title") &&
        !item.has("content_text") && !item.has("content_html") && !item.has("summary"))
      findings_.error(*item.node(), "the item of this test has no text",
                      "add title: or content_text:");
  }

  /// Intervals that no route is quiet during.
  void time_labels() {
    Names used;
    collect_quiet(reading_.main().below("route"), used);
    reading_.each_entry("time_intervals", [&](const Node& key, const Node&) {
      if (used.find(key.text) == used.end())
        findings_.warn(key, "the time interval " + in_quotes(key.text) + " is not used",
                       "name it in a route's quiet: {during: [...]}, or remove it");
    });
  }

  void collect_quiet(const View& view, Names& used) {
    if (view.node() == nullptr || !view.node()->is_mapping()) return;
    if (const View quiet = view.below("quiet"); quiet.node() != nullptr)
      for (const auto& name : quiet.texts("during")) used.insert(name);
    const Node* below = view.get("routes");
    if (below == nullptr || !below->is_list()) return;
    for (const Node* child : below->children) collect_quiet(View(child), used);
  }

  const Reading& reading_;
  Findings& findings_;
  Known known_;
  Names used_;
};

}  // namespace

void check_references(const Reading& reading, const Config& config) {
  Checker(reading, config).run();
}

}  // namespace tocsin::config::detail
