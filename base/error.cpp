// SPDX-License-Identifier: MIT
#include "base/error.hpp"

namespace tocsin {

std::string_view to_string(Errc code) noexcept {
  switch (code) {
    case Errc::malformed: return "malformed";
    case Errc::unsupported: return "unsupported";
    case Errc::too_large: return "too_large";
    case Errc::not_found: return "not_found";
    case Errc::denied: return "denied";
    case Errc::unavailable: return "unavailable";
    case Errc::timeout: return "timeout";
    case Errc::cancelled: return "cancelled";
    case Errc::io: return "io";
  }
  return "unknown";
}

}  // namespace tocsin
