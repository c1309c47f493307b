// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "base/result.hpp"
#include "notifier/channels/service.hpp"

namespace tocsin::notifier {

/// Makes one kind of service from its options. Errors: malformed.
using MakeService = Result<Service> (*)(const ServiceSetup& setup);

// One file each; docs/receivers.md says what they take.
Result<Service> make_apprise(const ServiceSetup& setup);
Result<Service> make_discord(const ServiceSetup& setup);
Result<Service> make_gotify(const ServiceSetup& setup);
Result<Service> make_matrix(const ServiceSetup& setup);
Result<Service> make_mattermost(const ServiceSetup& setup);
Result<Service> make_ntfy(const ServiceSetup& setup);
Result<Service> make_pagerduty(const ServiceSetup& setup);
Result<Service> make_pushover(const ServiceSetup& setup);
Result<Service> make_slack(const ServiceSetup& setup);
Result<Service> make_teams(const ServiceSetup& setup);
Result<Service> make_telegram(const ServiceSetup& setup);

// Those that do not speak HTTP.
Result<std::unique_ptr<Channel>> make_exec(const ServiceSetup& setup, const ChannelDeps& deps);
Result<std::unique_ptr<Channel>> make_file(const ServiceSetup& setup, const ChannelDeps& deps);
Result<std::unique_ptr<Channel>> make_atom(const ServiceSetup& setup, const ChannelDeps& deps);

/// The channel of a receiver whose `service` is set. Errors: malformed, not_found.
Result<std::unique_ptr<Channel>> make_service(const ReceiverSpec& receiver,
                                              const DeliverySpec& delivery,
                                              const ChannelDeps& deps);

}  // namespace tocsin::notifier
