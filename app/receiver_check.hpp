// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "app/network_check.hpp"
#include "notifier/spec.hpp"

namespace tocsin::app {

/// Knocks at every receiver of `spec` that is reached over the network, all at once, and says which
/// would not take an alert at this moment, in the order of the configuration; of which it cannot
/// tell, a note says so. No alert is sent.
///
/// A mail relay is connected to, greeted, secured and logged in to as the configuration says; no
/// mail is begun. Everything else gets the request of an alert with the method OPTIONS and without
/// its content: same address, headers and login. Programs, files and standard output are left
/// alone.
std::vector<NetworkFinding> check_receivers(const notifier::DeliverySpec& spec);

}  // namespace tocsin::app
