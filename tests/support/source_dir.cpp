// SPDX-License-Identifier: MIT
#include "tests/support/source_dir.hpp"

namespace tocsin::testing {

std::string source_dir() {
  return TOCSIN_SOURCE_DIR;
}

}  // namespace tocsin::testing
