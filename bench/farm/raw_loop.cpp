// SPDX-License-Identifier: MIT
#include "bench/farm/raw_loop.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <pugixml.hpp>
#include <sys/epoll.h>

namespace tocsin::bench {
namespace {

std::size_t throw_away(char*, std::size_t, std::size_t count, void*) {
  return count;
}

std::size_t keep(char* bytes, std::size_t, std::size_t count, void* body) {
  static_cast<std::string*>(body)->append(bytes, count);
  return count;
}

}  // namespace

struct RawLoop::Slot {
  CURL* easy = curl_easy_init();
  curl_slist* headers = nullptr;
  std::string body;
  ~Slot() {
    curl_slist_free_all(headers);
    curl_easy_cleanup(easy);
  }
};

RawLoop::RawLoop(const Farm& farm, const Options& options)
    : farm_(farm),
      options_(options),
      connect_to_(farm.options().many_hosts ? curl_slist_append(nullptr, "::127.0.0.1:") : nullptr),
      multi_(curl_multi_init()),
      epoll_(::epoll_create1(0)) {
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &RawLoop::on_socket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &RawLoop::on_timer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, 512L);
}

RawLoop::~RawLoop() {
  curl_multi_cleanup(multi_);
  curl_slist_free_all(connect_to_);
}

int RawLoop::on_socket(CURL*, curl_socket_t socket, int what, void* self, void* known) {
  auto& loop = *static_cast<RawLoop*>(self);
  epoll_event event{};
  event.data.fd = socket;
  if ((what & CURL_POLL_IN) != 0) event.events |= EPOLLIN;
  if ((what & CURL_POLL_OUT) != 0) event.events |= EPOLLOUT;
  const int how = what == CURL_POLL_REMOVE ? EPOLL_CTL_DEL
                  : known == nullptr       ? EPOLL_CTL_ADD
                                           : EPOLL_CTL_MOD;
  ::epoll_ctl(loop.epoll_, how, socket, &event);
  curl_multi_assign(loop.multi_, socket, what == CURL_POLL_REMOVE ? nullptr : self);
  return 0;
}

int RawLoop::on_timer(CURLM*, long timeout_ms, void* self) {
  static_cast<RawLoop*>(self)->wait_ms_ = timeout_ms;
  return 0;
}

void RawLoop::start(Slot& slot) {
  const auto feed = next_++;
  const auto url = farm_.url(feed);
  curl_slist_free_all(slot.headers);
  slot.headers = nullptr;
  if (options_.pass > 0) {
    const auto condition = "If-None-Match: " + farm_.etag(feed, options_.pass - 1);
    slot.headers = curl_slist_append(nullptr, condition.c_str());
  }
  curl_easy_setopt(slot.easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(slot.easy, CURLOPT_HTTPHEADER, slot.headers);
  curl_easy_setopt(slot.easy, CURLOPT_ACCEPT_ENCODING, "gzip");
  slot.body.clear();
  curl_easy_setopt(slot.easy, CURLOPT_WRITEFUNCTION, options_.parse ? &keep : &throw_away);
  curl_easy_setopt(slot.easy, CURLOPT_WRITEDATA, &slot.body);
  curl_easy_setopt(slot.easy, CURLOPT_CONNECT_TO, connect_to_);
  curl_easy_setopt(slot.easy, CURLOPT_DNS_CACHE_TIMEOUT, 0L);
  if (farm_.options().tls) {
    curl_easy_setopt(slot.easy, CURLOPT_CAPATH, nullptr);
    curl_easy_setopt(slot.easy, CURLOPT_CAINFO, farm_.roots().c_str());
  }
  curl_easy_setopt(slot.easy, CURLOPT_PRIVATE, &slot);
  curl_easy_setopt(slot.easy, CURLOPT_NOSIGNAL, 1L);
  curl_multi_add_handle(multi_, slot.easy);
}

void RawLoop::collect() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    CURL* easy = message->easy_handle;
    if (message->data.result != CURLE_OK) {
      std::fprintf(stderr, "bare loop: %s\n", curl_easy_strerror(message->data.result));
      std::_Exit(1);
    }
    char* known = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &known);
    curl_multi_remove_handle(multi_, easy);
    ++done_;
    auto& slot = *reinterpret_cast<Slot*>(known);
    if (options_.parse && !slot.body.empty()) {
      pugi::xml_document tree;
      tree.load_buffer_inplace(slot.body.data(), slot.body.size());
    }
    if (next_ < options_.feeds) start(slot);
  }
}

void RawLoop::run() {
  std::vector<std::unique_ptr<Slot>> slots;
  for (std::uint32_t i = 0; i < options_.in_flight && next_ < options_.feeds; ++i)
    start(*slots.emplace_back(std::make_unique<Slot>()));
  std::array<epoll_event, 256> events{};
  int running = 0;
  while (done_ < options_.feeds) {
    const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()),
                                   static_cast<int>(wait_ms_));
    if (count == 0) curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
    for (int i = 0; i < count; ++i) {
      const auto& event = events.at(static_cast<std::size_t>(i));
      const int what = ((event.events & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) |
                       ((event.events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0);
      curl_multi_socket_action(multi_, event.data.fd, what, &running);
    }
    collect();
    if (count > 0 && wait_ms_ == 0)
      curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
  }
  for (const auto& slot : slots) curl_multi_remove_handle(multi_, slot->easy);
}

}  // namespace tocsin::bench
