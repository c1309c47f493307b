// SPDX-License-Identifier: MIT
#pragma once

#include "app/options.hpp"
#include "base/result.hpp"

namespace tocsin::app {

/// Sets logging up by `--log` ("info", "warn,fetcher=debug") and `--log-format`. Errors: malformed,
/// with what may be written; then nothing is set.
Result<void> set_logging(const Options& options);

}  // namespace tocsin::app
