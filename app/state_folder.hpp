// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "app/options.hpp"
#include "store/admin.hpp"

namespace tocsin::app {

/// Opens the store that `--storage DIR`, or the configuration after `--config FILE`, names. Says on
/// standard error what is wrong when that fails; `status` is then the exit code.
std::optional<store::Admin> open_state(std::string_view command, const Options& options,
                                       int& status);

}  // namespace tocsin::app
