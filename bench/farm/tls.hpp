// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

#include <openssl/ssl.h>

namespace tocsin::bench {

/// A certificate for the farm's names, signed by itself, and its key.
struct Identity {
  EVP_PKEY* key = nullptr;
  X509* certificate = nullptr;
};
Identity make_identity();

/// Writes the system's roots and the certificate of `identity` into one file.
void write_roots(const Identity& identity, const std::filesystem::path& file);

/// What a server needs to speak as `identity`.
SSL_CTX* make_server_context(const Identity& identity);

}  // namespace tocsin::bench
