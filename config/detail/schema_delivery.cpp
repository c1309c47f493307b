// SPDX-License-Identifier: MIT
// The tables for `route:`, `inhibit_rules:`, `time_intervals:` and `receivers:`.
#include "config/detail/schema.hpp"

namespace tocsin::config::detail {
namespace {

constexpr std::string_view kQuietActions[] = {"hold", "drop", "deliver"};
constexpr Key kQuietKeys[] = {
    {"during", one_or_list(Type::name), "Names of `time_intervals`.", "", Need::required},
    {"action", choice(kQuietActions),
     "`hold` until the time ends, `drop`, or `deliver` all the same.", "hold"},
};
constexpr Object kQuietSchema{"quiet", "Times without messages.", kQuietKeys};

constexpr Key kRouteKeys[] = {
    {"receiver", one(Type::name), "Who is told; inherited from the route above."},
    {"matchers", one_or_list(Type::matcher),
     "Conditions, all of which must hold, such as 'severity=\"high\"'. Names: severity, watch, "
     "feed, "
     "language, type, and labels of watches and feeds. Operators: = != =~ !~."},
    {"group_by", one_or_list(Type::name),
     "What goes into one message: of watch, story, feed, language, severity and label names.",
     "[watch, story]"},
    {"wait", one(Type::duration), "Before a group's first message.", "0s"},
    {"every", one(Type::duration), "Least time between later messages of a group.", "0s"},
    {"quiet", object(kQuietSchema), "Times without messages."},
    {"continue", one(Type::boolean), "Whether later routes beside this one are tried too.",
     "false"},
    {"routes", object(kRouteSchema, Container::list),
     "Routes below this one, tried in order; the first that matches takes the alert."},
};

constexpr Key kInhibitKeys[] = {
    {"source", one_or_list(Type::matcher), "Alerts that keep others quiet.", "", Need::required},
    {"target", one_or_list(Type::matcher), "Alerts that are kept quiet.", "", Need::required},
    {"equal", one_or_list(Type::name),
     "What both must have in common: story, feed, language, labels.", "[story]"},
};

constexpr std::string_view kWeekdays[] = {"sunday",   "monday", "tuesday", "wednesday",
                                          "thursday", "friday", "saturday"};
constexpr Key kWindowKeys[] = {
    {"times", one_or_list(Type::clock_range), "Such as \"22:00-06:30\"; it may go past midnight."},
    {"weekdays", choices(kWeekdays), "The days on which it begins.", "(every day)"},
    {"timezone", one(Type::zone), "Its zone.", "(global.timezone)"},
};
constexpr std::string_view kWindowContent[] = {"times", "weekdays"};

}  // namespace

constexpr Object kRouteSchema{"route", "A node of the tree that alerts are sent through.",
                              kRouteKeys};
constexpr Object kInhibitSchema{"inhibit rule", "Alerts that keep others quiet.", kInhibitKeys};
constexpr Object kWindowSchema{"time interval", "A window of time; all that is given must hold.",
                               kWindowKeys,     {},
                               kWindowContent,  false};

}  // namespace tocsin::config::detail
