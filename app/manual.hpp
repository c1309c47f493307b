// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>

#include "app/command.hpp"

namespace tocsin::app {

/// The manual page tocsin(1): what every command's --help says, and what holds for all of them.
/// Any thread: pure.
std::string manual(std::span<const Command> commands);

}  // namespace tocsin::app
