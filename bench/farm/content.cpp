// SPDX-License-Identifier: MIT
#include "bench/farm/content.hpp"

#include <random>

#include <zlib.h>

namespace tocsin::bench {
namespace {

std::string words(std::mt19937& random, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) {
    auto word = random() % 20'000;  // a vocabulary of its own, spelt in base 20
    for (; word > 0; word /= 20) out.push_back(static_cast<char>('a' + word % 20));
    out.push_back(' ');
  }
  return out;
}

/// A feed's document in a version: each version has one item more in front and one less at the end.
std::string make_body(std::uint32_t number, std::uint32_t version) {
  std::mt19937 random(number);
  const auto items = 20 + random() % 20;
  const auto text = (27'000 + random() % 33'000) / items - 300;
  std::string out = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Farm " +
                    std::to_string(number) + "</title><link>https://farm.example/</link>";
  for (std::uint32_t i = 0; i < items; ++i) {
    const auto item = items + version - i;
    std::mt19937 content(number * 1'000 + item);
    const auto id = std::to_string(number) + "-" + std::to_string(item);
    out += "<item><title>" + words(content, 60) + "</title><link>https://farm.example/" + id +
           "</link><guid isPermaLink=\"false\">" + id + "</guid><pubDate>Tue, 24 Nov 2026 0" +
           std::to_string(item % 10) + ":00:00 GMT</pubDate><description>" + words(content, text) +
           "</description></item>";
  }
  return out + "</channel></rss>";
}

std::string gzipped(std::string plain) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
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

}  // namespace

Content make_content() {
  Content out;
  for (std::uint32_t i = 0; i < kBodies * kVersions; ++i) {
    out.plain.push_back(make_body(i / kVersions, i % kVersions));
    out.zipped.push_back(gzipped(out.plain.back()));
  }
  return out;
}

}  // namespace tocsin::bench
