// SPDX-License-Identifier: MIT
#include "bench/farm/tls.hpp"

#include <cstdio>
#include <fstream>

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace tocsin::bench {
namespace {

void add_extension(X509* certificate, int kind, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  auto* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

}  // namespace

Identity make_identity() {
  constexpr long kDay = 24L * 60 * 60;
  Identity out;
  out.key = EVP_EC_gen("P-256");
  out.certificate = X509_new();
  X509_set_version(out.certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(out.certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(out.certificate), -kDay);
  X509_gmtime_adj(X509_getm_notAfter(out.certificate), kDay);
  auto* name = X509_get_subject_name(out.certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("farm"), -1, -1, 0);
  X509_set_issuer_name(out.certificate, name);
  X509_set_pubkey(out.certificate, out.key);
  add_extension(out.certificate, NID_basic_constraints, "critical,CA:TRUE");
  add_extension(out.certificate, NID_subject_alt_name, "IP:127.0.0.1,DNS:*.farm.test");
  X509_sign(out.certificate, out.key, EVP_sha256());
  return out;
}

void write_roots(const Identity& identity, const std::filesystem::path& file) {
  {
    const std::ifstream system("/etc/ssl/certs/ca-certificates.crt", std::ios::binary);
    std::ofstream(file, std::ios::binary) << system.rdbuf();
  }
  std::FILE* out = std::fopen(file.c_str(), "ab");
  PEM_write_X509(out, identity.certificate);
  std::fclose(out);
}

SSL_CTX* make_server_context(const Identity& identity) {
  auto* context = SSL_CTX_new(TLS_server_method());
  SSL_CTX_use_certificate(context, identity.certificate);
  SSL_CTX_use_PrivateKey(context, identity.key);
  return context;
}

}  // namespace tocsin::bench
