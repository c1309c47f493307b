// SPDX-License-Identifier: MIT
#include "notifier/zone.hpp"

#include <utility>

#include <unicode/basictz.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

namespace tocsin::notifier {

struct Zone::Data {
  std::unique_ptr<icu::BasicTimeZone> zone;
};

Zone::Zone(std::unique_ptr<Data> data) : data_(std::move(data)) {}
Zone::Zone(Zone&&) noexcept = default;
Zone& Zone::operator=(Zone&&) noexcept = default;
Zone::~Zone() = default;

Result<Zone> Zone::open(const std::string& name) {
  const auto id = icu::UnicodeString::fromUTF8(name.empty() ? "Etc/UTC" : name);
  std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
  // ICU answers an unknown name with a zone of the name "Etc/Unknown".
  if (!zone || *zone == icu::TimeZone::getUnknown())
    return Error{Errc::not_found,
                 "no time zone is called \"" + name + "\"; write it like Europe/Helsinki"};
  auto data = std::make_unique<Data>();
  // Every zone that ICU makes from a name is a BasicTimeZone (its documentation of basictz.h).
  data->zone.reset(dynamic_cast<icu::BasicTimeZone*>(zone.release()));
  if (!data->zone) return Error{Errc::not_found, "the time zone \"" + name + "\" has no rules"};
  return Zone(std::move(data));
}

std::chrono::sys_days Zone::date(Timestamp when) const {
  std::int32_t raw = 0;
  std::int32_t saving = 0;
  UErrorCode failed = U_ZERO_ERROR;
  data_->zone->getOffset(static_cast<UDate>(when.time_since_epoch().count()), 0, raw, saving,
                         failed);
  return std::chrono::floor<std::chrono::days>(when + std::chrono::milliseconds{raw + saving});
}

Timestamp Zone::at(std::chrono::sys_days day, int minute) const {
  const Timestamp local = day + std::chrono::minutes{minute};
  std::int32_t raw = 0;
  std::int32_t saving = 0;
  UErrorCode failed = U_ZERO_ERROR;
  data_->zone->getOffsetFromLocal(static_cast<UDate>(local.time_since_epoch().count()),
                                  UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER, raw, saving, failed);
  return local - std::chrono::milliseconds{raw + saving};
}

}  // namespace tocsin::notifier
