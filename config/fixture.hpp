// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "config/config.hpp"

namespace tocsin::config {

/// `test` as YAML to put below `tests:`, which reads back as the same test. The article's date is
/// left out, so that a watch with a `max_age` judges it tomorrow as it does today; HTML stands in
/// only where there is no plain text. Any thread: pure.
std::string fixture(const TestSpec& test);

}  // namespace tocsin::config
