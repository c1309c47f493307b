// SPDX-License-Identifier: MIT
#include "app/command.hpp"

namespace tocsin::app {

std::span<const Command> commands() {
  static const std::vector<Command> all = {};
  return all;
}

}  // namespace tocsin::app
