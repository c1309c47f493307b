// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>
#include <span>

#include "config/config.hpp"

namespace tocsin::app {

/// Writes what was found in a configuration to `out`, in order, with the places that it is about;
/// in colour where `out` is standard error on a terminal. Of very many findings the first ones
/// stand there, errors before warnings, and how many more there are: a list that was made by a
/// program repeats its mistake in every line.
void show_findings(std::span<const config::Diagnostic> findings, std::ostream& out);

}  // namespace tocsin::app
