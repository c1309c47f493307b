// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

namespace tocsin::daemon {

/// The most that the polls of these tests take of a body.
constexpr std::size_t kLargestBody = 256U << 10U;

/// An answer of a server, and what a poll that gets it comes to.
struct Fault {
  std::string name;
  std::string answer;            // as it goes over the wire
  std::string outcome;           // "2 items", or an error's code
  std::string etag = "\"old\"";  // that is kept after it
};

void PrintTo(const Fault& fault, std::ostream* out);

/// A sound RSS feed of so many items.
std::string feed_of(int items);

// What servers do wrong, and a few things that only look wrong, by kind.
std::vector<Fault> broken_messages();
std::vector<Fault> codings();
std::vector<Fault> statuses();
std::vector<Fault> bodies();
std::vector<Fault> odd_heads();
std::vector<Fault> odd_bodies();

}  // namespace tocsin::daemon
