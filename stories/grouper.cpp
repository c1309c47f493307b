// SPDX-License-Identifier: MIT
// One pass. An item's heaviest words lead, over an inverted index, to the items most like it; these
// vote for their stories. A story's likeness is the mean of two: that of its nearest item, and that
// of its centre, the sum of its items' words. The first alone chains stories together, the second
// alone loses what is new in a story.
#include "stories/grouper.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/digest.hpp"
#include "stories/detail/likeness.hpp"
#include "stories/detail/story_centre.hpp"
#include "text/url.hpp"

namespace tocsin::stories {
namespace {

using detail::Likeness;
using detail::Sketch;
using detail::Weight;

constexpr std::size_t kLeadingWords = 40;    // of an item, that are looked up in the index
constexpr std::size_t kNewestOfAWord = 200;  // items that a word leads to
constexpr std::size_t kNearest = 60;         // items that are compared in full
constexpr float kNearestCounts = 0.36F;      // likeness of the nearest item that joins
constexpr float kCentreCounts = 0.32F;       // likeness of the centre that joins
constexpr float kOtherIssue = 0.25F;         // what is left of likeness between issues of a series
constexpr float kCopied = 0.35F;             // share of copied text that joins
constexpr float kSurelyCopied = 0.8F;        // the same for issues of a series
constexpr float kHeadlineAsks = 0.65F;       // of an item without text, less likeness is asked
constexpr std::uint32_t kFullText = 50;      // words that make a text
constexpr float kFades = 4.35F * 86'400;     // seconds in which likeness falls to 1/e

/// How much of the full likeness an item of so many words must reach.
float asked_of(std::uint32_t words) {
  const auto full = std::min(1.0F, static_cast<float>(words) / static_cast<float>(kFullText));
  return kHeadlineAsks + (1 - kHeadlineAsks) * full;
}

}  // namespace

class Grouper::Memory {
 public:
  explicit Memory(const Options& options) : options_(options) {}
  void set_window(std::chrono::seconds window) noexcept { options_.window = window; }

  Placed place(const Item& item, std::string_view key, Timestamp when) {
    now_ = std::max(now_, when);
    forget();
    Sketch sketch{detail::features_of(item), {}};
    sketch.weights = vocabulary_.weights(sketch.features);
    const auto address = item.url.empty() ? 0 : detail::steady_hash(text::canonical_url(item.url));
    auto story = by_address(address);
    if (story == kNone) story = find(sketch);
    const bool opened = story == kNone;
    if (opened) story = open(key);
    vocabulary_.learn(sketch.features);
    remember(std::move(sketch), story, address);
    const auto& joined = stories_.at(story);
    return {joined.id, opened, joined.first_seen, joined.items};
  }

  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }

 private:
  using Number = std::uint64_t;  // items and stories are numbered as they come, from 1
  static constexpr Number kNone = 0;

  struct Entry {
    Sketch sketch;
    Number story = kNone;
    std::uint64_t address = 0;  // hash of the canonical URL; 0: has none
    Timestamp when{};
  };
  struct Story {
    std::string id;
    Timestamp first_seen{};
    std::uint32_t items = 0;       // that ever joined
    std::uint32_t remembered = 0;  // that are still entries
    detail::StoryCentre centre;
  };
  /// What speaks for a story.
  struct Case {
    Number story = kNone;
    float nearest = 0;  // likeness of its nearest item
    float copied = 0;
    int compared = 0;      // of its nearest items, at most kVoters
    int other_issues = 0;  // of those
  };

  [[nodiscard]] Entry& entry(Number number) { return entries_[number - first_]; }

  [[nodiscard]] Number by_address(std::uint64_t address) {
    if (address == 0) return kNone;
    const auto found = addresses_.find(address);
    return found == addresses_.end() ? kNone : entry(found->second).story;
  }

  Number open(std::string_view key) {
    const auto number = ++last_story_;
    auto& story = stories_[number];
    story.id = stable_id(key);
    story.first_seen = now_;
    return number;
  }

  /// The story that the item joins; kNone when it opens one.
  [[nodiscard]] Number find(const Sketch& sketch) {
    Number best = kNone;
    float most = 1;
    const auto asked = asked_of(sketch.features.words);
    for (const auto& one : cases(sketch)) {
      const float centre = stories_.at(one.story).centre.likeness(sketch.weights) *
                           (one.other_issues * 2 > one.compared ? kOtherIssue : 1);
      const float topic = (one.nearest / kNearestCounts + centre / kCentreCounts) / 2 / asked;
      const float value = one.copied >= kCopied ? std::max(topic, 1 + one.copied) : topic;
      if (value >= most && (best == kNone || value > most)) most = value, best = one.story;
    }
    return best;
  }

  /// What speaks for each story that an item near this one tells, in order of nearness.
  [[nodiscard]] std::vector<Case> cases(const Sketch& sketch) {
    constexpr int kVoters = 3;
    struct Vote {
      float likeness;
      Number number;
      Likeness full;
    };
    std::vector<Vote> votes;
    for (const auto number : near(sketch)) {
      const auto& other = entry(number);
      auto full = detail::likeness(sketch, other.sketch);
      const auto age = std::chrono::duration<float>(now_ - other.when).count();
      const float value =
          full.words * std::exp(-age / kFades) * (full.other_issue ? kOtherIssue : 1);
      votes.push_back({value, number, full});
    }
    std::stable_sort(votes.begin(), votes.end(),
                     [](const Vote& a, const Vote& b) { return a.likeness > b.likeness; });
    std::vector<Case> out;
    for (const auto& vote : votes) {
      const auto story = entry(vote.number).story;
      auto one = std::find_if(out.begin(), out.end(), [&](auto& c) { return c.story == story; });
      if (one == out.end()) one = out.insert(out.end(), Case{story, vote.likeness, 0, 0, 0});
      if (!vote.full.other_issue || vote.full.copied >= kSurelyCopied)
        one->copied = std::max(one->copied, vote.full.copied);
      if (one->compared >= kVoters) continue;
      ++one->compared;
      one->other_issues += vote.full.other_issue ? 1 : 0;
    }
    return out;
  }

  /// The items that share most of the leading words, at most kNearest.
  [[nodiscard]] std::vector<Number> near(const Sketch& sketch) {
    std::unordered_map<Number, float> shared;
    for (const auto& word : leading(sketch.weights)) {
      const auto found = index_.find(word.hash);
      if (found == index_.end()) continue;
      const auto& items = found->second;
      const auto from = items.size() - std::min(items.size(), kNewestOfAWord);
      for (auto i = from; i < items.size(); ++i)
        if (items[i].item >= first_) shared[items[i].item] += word.weight * items[i].weight;
    }
    std::vector<std::pair<float, Number>> order;
    order.reserve(shared.size());
    for (const auto& [number, value] : shared) order.emplace_back(-value, number);
    const auto most = std::min(order.size(), kNearest);
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(most),
                      order.end());
    std::vector<Number> out;
    for (std::size_t i = 0; i < most; ++i) out.push_back(order[i].second);
    return out;
  }

  static std::vector<Weight> leading(std::vector<Weight> weights) {
    const auto most = std::min(weights.size(), kLeadingWords);
    std::partial_sort(weights.begin(), weights.begin() + static_cast<std::ptrdiff_t>(most),
                      weights.end(), [](const Weight& a, const Weight& b) {
                        return a.weight != b.weight ? a.weight > b.weight : a.hash < b.hash;
                      });
    weights.resize(most);
    return weights;
  }

  void remember(Sketch sketch, Number story, std::uint64_t address) {
    const auto number = first_ + entries_.size();
    for (const auto& word : leading(sketch.weights)) {
      auto& items = index_[word.hash];
      if (items.size() >= 2 * kNewestOfAWord)
        items.erase(items.begin(), items.end() - static_cast<std::ptrdiff_t>(kNewestOfAWord));
      items.push_back({number, word.weight});
    }
    auto& joined = stories_.at(story);
    ++joined.items;
    ++joined.remembered;
    joined.centre.add(sketch.weights);
    if (address != 0) addresses_[address] = number;
    entries_.push_back({std::move(sketch), story, address, now_});
  }

  void forget() {
    while (!entries_.empty() && (entries_.front().when < now_ - options_.window ||
                                 entries_.size() >= options_.max_items))
      forget_oldest();
  }

  void forget_oldest() {
    const auto& oldest = entries_.front();
    for (const auto& word : leading(oldest.sketch.weights)) {
      const auto found = index_.find(word.hash);
      if (found == index_.end()) continue;
      auto& items = found->second;
      if (items.back().item <= first_) index_.erase(found);
    }
    const auto story = stories_.find(oldest.story);
    if (--story->second.remembered == 0) stories_.erase(story);
    const auto address = addresses_.find(oldest.address);
    if (address != addresses_.end() && address->second == first_) addresses_.erase(address);
    entries_.pop_front();
    ++first_;
  }

  struct Posting {
    Number item;
    float weight;
  };

  Options options_;
  detail::Vocabulary vocabulary_;
  std::deque<Entry> entries_;  // in order of coming
  Number first_ = 1;           // the number of the first entry
  Number last_story_ = 0;
  Timestamp now_{};
  std::unordered_map<Number, Story> stories_;                      // that have an entry
  std::unordered_map<std::uint64_t, std::vector<Posting>> index_;  // by word, oldest first
  std::unordered_map<std::uint64_t, Number> addresses_;            // newest item of each
};

Grouper::Grouper() : Grouper(Options()) {}
Grouper::Grouper(const Options& options) : memory_(std::make_unique<Memory>(options)) {}
Grouper::Grouper(Grouper&&) noexcept = default;
Grouper& Grouper::operator=(Grouper&&) noexcept = default;
Grouper::~Grouper() = default;

Placed Grouper::place(const Item& item, std::string_view key, Timestamp when) {
  return memory_->place(item, key, when);
}

void Grouper::set_window(std::chrono::seconds window) noexcept {
  memory_->set_window(window);
}

std::size_t Grouper::size() const noexcept {
  return memory_->size();
}

}  // namespace tocsin::stories
