// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace tocsin::testing {

/// The top of the source tree, where the documents and the tests' own data stand. It is compiled
/// into one file alone, so that the others compile to the same in every checkout.
std::string source_dir();

}  // namespace tocsin::testing
