// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/command.hpp"

namespace tocsin::app {

/// The long options that a command's help explains, in its order, without repeats.
std::vector<std::string> options_of(const Command& command);

/// A completion script for `shell` ("bash", "zsh" or "fish"); nothing for another one.
/// Any thread: pure.
std::optional<std::string> completion(std::string_view shell, std::span<const Command> commands);

}  // namespace tocsin::app
