// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <zlib.h>

namespace tocsin::testing {

// The three wrappings of one coding, as zlib names them.
inline constexpr int kGzip = MAX_WBITS + 16;
inline constexpr int kZlib = MAX_WBITS;
inline constexpr int kBare = -MAX_WBITS;

/// `plain`, compressed.
inline std::string deflated(std::string plain, int window = kGzip) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, plain.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(plain.data());
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace tocsin::testing
