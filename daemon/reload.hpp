// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "config/fingerprint.hpp"

namespace tocsin::daemon {

/// What a reload changes, for the log: "feeds: 1 added (tass), 1 removed (bbc); watches: 2 changed
/// (jcpoa, @talks); receivers: 1 changed (desk); settings: fetch, route", at most five names of
/// each kind; "nothing" when all is as it was. Any thread: pure.
std::string describe_changes(const config::Fingerprints& before, const config::Fingerprints& after);

}  // namespace tocsin::daemon
