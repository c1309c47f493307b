// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "app/demo/demo.hpp"

namespace tocsin::demo {

/// The world of the demo: its feed server, webhook receiver and mail server, on a thread of their
/// own, and the clockwork that publishes the stories. Starts at once; the destructor ends the
/// thread. Any thread may call its functions.
class Stage {
 public:
  /// `on_end` is called once, from the stage's thread: in mode `once` when every story was told (or
  /// will never be).
  Stage(bool once, std::function<void()> on_end);
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  /// What `configuration_template` wants filled in: "feeds", "hook" and "mail".
  [[nodiscard]] std::map<std::string, std::string> addresses() const;

  /// The secret that webhooks are to be signed with.
  [[nodiscard]] static std::string_view secret() noexcept;

  [[nodiscard]] DemoTally tally() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin::demo
