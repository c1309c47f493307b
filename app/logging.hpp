// SPDX-License-Identifier: MIT
#pragma once

#include "app/options.hpp"
#include "base/result.hpp"
#include "config/config.hpp"

namespace tocsin::app {

/// Sets logging up by `--log` ("info", "warn,fetcher=debug") and `--log-format`, and by `spec`
/// where they are not given; again after a reload. Errors: malformed, with what may be written;
/// then nothing is set.
Result<void> set_logging(const Options& options, const config::LogSpec& spec = {});

}  // namespace tocsin::app
