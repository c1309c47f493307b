// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/options.hpp"
#include "store/admin.hpp"

namespace tocsin::app {

/// Opens the store that `--storage DIR`, or the configuration after `--config FILE`, names. Says on
/// standard error what is wrong when that fails; `status` is then the exit code.
std::optional<store::Admin> open_state(std::string_view command, const Options& options,
                                       int& status);

/// Rows of text as columns under `heads`, two blanks apart, for a terminal or a pipe. The last
/// column is as long as it is. Control characters are taken out.
std::string table(const std::vector<std::string>& heads,
                  const std::vector<std::vector<std::string>>& rows);

}  // namespace tocsin::app
