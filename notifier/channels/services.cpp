// SPDX-License-Identifier: MIT
#include "notifier/channels/services.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/spelling.hpp"

namespace tocsin::notifier {
namespace {

using MakeChannel = Result<std::unique_ptr<Channel>> (*)(const ServiceSetup&, const ChannelDeps&);

struct Kind {
  std::string_view name;
  MakeService service = nullptr;  // by HTTP,
  MakeChannel channel = nullptr;  // or by other means
};

constexpr std::array kKinds = {
    Kind{"apprise", &make_apprise, nullptr},   Kind{"atom", nullptr, &make_atom},
    Kind{"discord", &make_discord, nullptr},   Kind{"exec", nullptr, &make_exec},
    Kind{"file", nullptr, &make_file},         Kind{"gotify", &make_gotify, nullptr},
    Kind{"matrix", &make_matrix, nullptr},     Kind{"mattermost", &make_mattermost, nullptr},
    Kind{"ntfy", &make_ntfy, nullptr},         Kind{"pagerduty", &make_pagerduty, nullptr},
    Kind{"pushover", &make_pushover, nullptr}, Kind{"slack", &make_slack, nullptr},
    Kind{"teams", &make_teams, nullptr},       Kind{"telegram", &make_telegram, nullptr}};

Error unknown(std::string_view kind) {
  std::vector<std::string_view> names;
  for (const auto& known : kKinds) names.push_back(known.name);
  const auto close = closest(kind, names);
  auto message = "there is no service '" + std::string(kind) + "'";
  if (!close.empty()) message.append("; did you mean '").append(close).append("'?");
  return {Errc::not_found, message};
}

}  // namespace

Result<std::unique_ptr<Channel>> make_service(const ReceiverSpec& receiver,
                                              const DeliverySpec& delivery,
                                              const ChannelDeps& deps) {
  const auto& kind = receiver.service->kind;
  const auto* const found = std::find_if(kKinds.begin(), kKinds.end(),
                                         [&](const Kind& known) { return known.name == kind; });
  if (found == kKinds.end()) return unknown(kind);
  const ServiceSetup setup{
      receiver, ServiceOptions(*receiver.service), {delivery.timezone, delivery.source}};
  if (found->channel != nullptr) return found->channel(setup, deps);
  auto service = found->service(setup);
  if (!service) return std::move(service).error();
  return make_service_channel(std::move(*service), setup, deps);
}

}  // namespace tocsin::notifier
