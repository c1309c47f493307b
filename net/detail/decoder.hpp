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

/// Undoes content codings (RFC 9110, 8.4), piece by piece, and knows whether it saw the end:
/// libcurl's own decoder takes a body that was cut inside for a whole one. One thread.
class Decoder {
 public:
  enum class Step : std::uint8_t { fine, too_large, broken };

  /// Whoever decodes wants to know between whether there is room: a few bytes may become many.
  static constexpr std::size_t kMuch = 64U << 10U;

  Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  virtual ~Decoder() = default;

  /// Takes from the front of `bytes` and appends to `out` what they decode to. Mostly all are
  /// taken; some are left where `out` grew by `kMuch` before: ask again then. `too_large` as soon
  /// as `out` would exceed `limit` bytes, however much more there is; `broken` when they are not of
  /// this coding. What lies between two codings is held to `limit` too.
  virtual Step decode(std::string_view& bytes, std::string& out, std::size_t limit) = 0;

  /// Whether the coded data ended where its own format says that it ends.
  [[nodiscard]] virtual bool whole() const = 0;
};

/// The most codings that a body may be wrapped in, one in the other.
inline constexpr std::size_t kMostCodings = 4;

/// A decoder for `codings`, the value of Content-Encoding in any case: one coding, or a list in the
/// order in which they were applied ("br, gzip"). Null when one of them is unknown, when there are
/// more than `kMostCodings`, and where there is nothing to undo (`is_identity`).
std::unique_ptr<Decoder> make_decoder(std::string_view codings);

/// Whether `codings` leave bytes as they are: absent, or "identity".
bool is_identity(std::string_view codings);

}  // namespace tocsin::net::detail
