// SPDX-License-Identifier: MIT
#include "app/demo/stage.hpp"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "app/demo/feed_server.hpp"
#include "app/demo/hook_sink.hpp"
#include "app/demo/mail_sink.hpp"
#include "app/demo/stories.hpp"
#include "base/clock.hpp"
#include "notifier/event_json.hpp"

namespace tocsin::demo {
namespace asio = boost::asio;
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kBetweenStories{3'000};
constexpr milliseconds kBetweenStoriesOnce{300};
// Mode once: how long after the last alert one too many would still be noticed.
constexpr milliseconds kListenOn{3'000};
// Mode once ends by then, whatever is missing; it takes some ten seconds.
constexpr milliseconds kOnceLimit{90'000};

/// The story that an alert is about; null for none of ours.
const Story* story_of(const Event& event) {
  if (event.items.empty()) return nullptr;
  const auto stories = arriving_stories();
  const auto found = std::find_if(stories.begin(), stories.end(), [&](const Story& story) {
    return event.items.front().title.starts_with(story.title);
  });
  return found == stories.end() ? nullptr : &*found;
}

}  // namespace

class Stage::Impl {
 public:
  Impl(bool once, std::function<void()> on_end)
      : once_(once),
        on_end_(std::move(on_end)),
        feeds_(loop_.get_executor(), clock_),
        hook_(loop_.get_executor(), std::string(secret())),
        mail_(loop_.get_executor()),
        timer_(loop_) {
    for (const auto& story : background_stories()) feeds_.publish(story, 1);
    hook_.on_request = [this](const HookRequest& request) { took_hook(request); };
    mail_.on_mail = [this](const ReceivedMail&) { took_mail(); };
    next();
    thread_ = std::thread([this] { loop_.run(); });
  }
  ~Impl() {
    loop_.stop();
    thread_.join();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  std::map<std::string, std::string> addresses() const {
    return {{"feeds", feeds_.base_url()}, {"hook", hook_.base_url()}, {"mail", mail_.address()}};
  }

  DemoTally tally() const {
    const std::lock_guard lock(mutex_);
    return tally_;
  }

 private:
  void next() {
    timer_.expires_after(once_ ? kBetweenStoriesOnce : kBetweenStories);
    timer_.async_wait([this](const boost::system::error_code& error) {
      if (error || ended_) return;
      tick();
      next();
    });
  }

  void tick() {
    // The first poll of a feed is silent: the daemon must have seen the background before.
    constexpr std::uint64_t kFeeds = 3;
    const bool all_told = once_ && edition_ > 1;
    if (!all_told && feeds_.not_modified() >= kFeeds) publish();
    if (once_) end_when_done(all_told);
  }

  void publish() {
    const auto& story = arriving_stories()[at_];
    feeds_.publish(story, edition_);
    {
      const std::lock_guard lock(mutex_);
      ++tally_.stories;
      if (story.watches > 0) ++tally_.matching_stories;
    }
    if (++at_ < arriving_stories().size()) return;
    at_ = 0;
    ++edition_;
  }

  void end_when_done(bool all_told) {
    const auto now = steady_clock::now();
    const auto counted = tally();
    const bool all_taken =
        counted.hooks >= counted.matching_stories && counted.mails >= counted.matching_stories;
    const bool done = all_told && all_taken && now - last_alert_ > kListenOn;
    if (!done && now - started_ < kOnceLimit) return;
    ended_ = true;
    on_end_();
  }

  void took_hook(const HookRequest& request) {
    last_alert_ = steady_clock::now();
    const auto event = notifier::event_from_json(request.body);
    const auto* story = event ? story_of(*event) : nullptr;
    const std::lock_guard lock(mutex_);
    ++tally_.hooks;
    if (!request.signature_ok) ++tally_.bad_signatures;
    if (story == nullptr || static_cast<int>(event->watches.size()) != story->watches)
      ++tally_.surprises;
  }

  void took_mail() {
    last_alert_ = steady_clock::now();
    const std::lock_guard lock(mutex_);
    ++tally_.mails;
  }

  const bool once_;
  std::function<void()> on_end_;
  SystemClock clock_;
  const steady_clock::time_point started_ = steady_clock::now();
  steady_clock::time_point last_alert_ = started_;
  asio::io_context loop_{1};
  FeedServer feeds_;
  HookSink hook_;
  MailSink mail_;
  asio::steady_timer timer_;
  std::size_t at_ = 0;  // the next of the arriving stories
  int edition_ = 1;     // how often all of them were published, plus one
  bool ended_ = false;
  mutable std::mutex mutex_;  // guards tally_: written here, read by the daemon's thread
  DemoTally tally_;
  std::thread thread_;
};

Stage::Stage(bool once, std::function<void()> on_end)
    : impl_(std::make_unique<Impl>(once, std::move(on_end))) {}
Stage::~Stage() = default;

std::map<std::string, std::string> Stage::addresses() const {
  return impl_->addresses();
}
DemoTally Stage::tally() const {
  return impl_->tally();
}

// Base64 of a phrase: a demo has no secrets.
std::string_view Stage::secret() noexcept {
  return "whsec_dG9jc2luLWRlbW8tc2lnbmluZy1rZXktMDE=";
}

}  // namespace tocsin::demo
