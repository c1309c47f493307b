// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tocsin::net::detail {

/// The content codings that `make_decoder` knows, as Accept-Encoding names them.
inline constexpr std::string_view kAcceptedCodings = "gzip, deflate, br, zstd";

/// Undoes one content coding (RFC 9110, 8.4), piece by piece, and knows whether it saw the end:
/// libcurl's own decoder takes a body that was cut inside for a whole one. One thread.
class Decoder {
 public:
  enum class Step : std::uint8_t { fine, too_large, broken };

  Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  virtual ~Decoder() = default;

  /// Appends to `out` what `bytes` decode to. `too_large` as soon as `out` would exceed `limit`
  /// bytes, however much more there is; `broken` when they are not of this coding.
  virtual Step decode(std::string_view bytes, std::string& out, std::size_t limit) = 0;

  /// Whether the coded data ended where its own format says that it ends.
  [[nodiscard]] virtual bool whole() const = 0;
};

/// A decoder for `coding`, a Content-Encoding value of one coding in any case; null when it is
/// unknown or a list of several.
std::unique_ptr<Decoder> make_decoder(std::string_view coding);

/// Whether `coding` leaves bytes as they are: absent, or "identity".
bool is_identity(std::string_view coding);

}  // namespace tocsin::net::detail
