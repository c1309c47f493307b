// SPDX-License-Identifier: MIT
#include "tests/daemon/hostile_answers.hpp"

#include <array>
#include <cstdio>
#include <ostream>
#include <string_view>

#include "tests/support/deflated.hpp"
#include "tests/support/raw_server.hpp"

namespace tocsin::daemon {
namespace {

using testing::deflated;
using testing::http_answer;
using testing::kBare;
using testing::kZlib;

const std::string kTwo = feed_of(2);
const std::string kTwoCut = kTwo.substr(0, kTwo.size() - 30);  // in the end of the second item

std::string ok(const std::string& headers, const std::string& body = kTwo) {
  return http_answer(200, "ETag: \"new\"\r\n" + headers, body);
}

/// A 200 that says nothing of its length: the connection's end is the body's.
std::string until_close(const std::string& body, const std::string& headers = {}) {
  return "HTTP/1.1 200 OK\r\nETag: \"new\"\r\n" + headers + "Connection: close\r\n\r\n" + body;
}

std::string repeated(std::string_view what, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += what;
  return out;
}

std::string chunked(const std::string& chunks, const std::string& headers = {}) {
  return "HTTP/1.1 200 OK\r\nETag: \"new\"\r\n" + headers + "Transfer-Encoding: chunked\r\n\r\n" +
         chunks;
}

std::string chunk(const std::string& bytes, const std::string& extension = {}) {
  std::array<char, 17> size{};
  std::snprintf(size.data(), size.size(), "%zx", bytes.size());
  return size.data() + extension + "\r\n" + bytes + "\r\n";
}

}  // namespace

std::string feed_of(int items) {
  std::string out = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Wire</title>";
  for (int i = 0; i < items; ++i)
    out += "<item><title>story " + std::to_string(i) + "</title><guid>" + std::to_string(i) +
           "</guid></item>";
  return out + "</channel></rss>";
}

void PrintTo(const Fault& fault, std::ostream* out) {
  *out << fault.name;
}

std::vector<Fault> broken_messages() {
  const auto half = kTwo.substr(0, 60);
  return {
      {"nothing at all", "", "malformed"},
      {"half a status line", "HTTP/1.1 2", "malformed"},
      {"a status line that is none", "HELLO 200 OK\r\n\r\n" + kTwo, "malformed"},
      {"a status that is no number", "HTTP/1.1 abc OK\r\n\r\n" + kTwo, "malformed"},
      {"HTTP 0.9", kTwo, "malformed"},
      {"an endless run of 100 Continue", repeated("HTTP/1.1 100 Continue\r\n\r\n", 400'000),
       "too_large"},
      {"a header line without a colon", ok("no colon\r\n"), "malformed"},
      {"a NUL in a header", ok(std::string("X-Odd: a\0b\r\n", 12)), "malformed"},
      {"a header line of a megabyte", ok("X-Long: " + std::string(1U << 20U, 'x') + "\r\n"),
       "too_large"},
      {"headers without end", "HTTP/1.1 200 OK\r\n" + repeated("X-More: and more\r\n", 400'000),
       "too_large"},
      {"a head that is cut", "HTTP/1.1 200 OK\r\nContent-Le", "malformed"},
      {"a body shorter than announced", "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + kTwo,
       "malformed"},
      {"a body much larger than allowed", until_close(repeated("<item/>", kLargestBody + 1)),
       "too_large"},
      {"a length beyond the limit", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n" + half,
       "malformed"},
      {"a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n" + kTwo, "malformed"},
      {"a length that is no number", "HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\n" + kTwo,
       "malformed"},
      {"a chunk that is cut", chunked("999\r\n" + half), "malformed"},
      {"chunks without a last one", chunked(chunk(kTwo)), "malformed"},
      {"a chunk size that is none", chunked("xyz\r\n" + kTwo + "\r\n0\r\n\r\n"), "unavailable"},
      {"a chunk size beyond all numbers",
       chunked("ffffffffffffffffffff\r\n" + kTwo + "\r\n0\r\n\r\n"), "unavailable"},
      {"chunks larger than allowed", chunked(chunk(repeated("<item/>", kLargestBody + 1))),
       "too_large"},
  };
}

std::vector<Fault> codings() {
  const auto zipped = deflated(kTwo);
  auto wrong_sum = zipped;
  wrong_sum[wrong_sum.size() - 6] = static_cast<char>(wrong_sum[wrong_sum.size() - 6] ^ 1);
  const auto bomb = deflated(std::string(20U << 20U, ' '));
  const std::string gzip = "Content-Encoding: gzip\r\n";
  return {
      {"gzip", ok(gzip, zipped), "2 items", "\"new\""},
      {"gzip in odd case", ok("content-encoding: X-GZip\r\n", zipped), "2 items", "\"new\""},
      {"gzip in two members", ok(gzip, deflated(kTwo.substr(0, 50)) + deflated(kTwo.substr(50))),
       "2 items", "\"new\""},
      {"gzip with padding", ok(gzip, zipped + std::string(7, '\0')), "2 items", "\"new\""},
      {"deflate", ok("Content-Encoding: deflate\r\n", deflated(kTwo, kZlib)), "2 items", "\"new\""},
      {"deflate without its header", ok("Content-Encoding: deflate\r\n", deflated(kTwo, kBare)),
       "2 items", "\"new\""},
      {"identity", ok("Content-Encoding: identity\r\n"), "2 items", "\"new\""},
      {"gzip in gzip", ok("Content-Encoding: gzip, gzip\r\n", deflated(zipped)), "2 items",
       "\"new\""},
      {"gzip in gzip, in two lines", ok(gzip + gzip, deflated(zipped)), "2 items", "\"new\""},
      {"chunked gzip",
       chunked(chunk(zipped.substr(0, 9)) + chunk(zipped.substr(9)) + "0\r\n\r\n", gzip), "2 items",
       "\"new\""},
      {"gzip that is cut, with a right length", ok(gzip, zipped.substr(0, zipped.size() - 20)),
       "malformed"},
      {"gzip whose last byte is missing", ok(gzip, zipped.substr(0, zipped.size() - 1)),
       "malformed"},
      {"gzip with a wrong checksum", ok(gzip, wrong_sum), "malformed"},
      {"gzip that is plain text", ok(gzip), "malformed"},
      {"plain text that is gzip", ok("", zipped), "malformed"},
      {"a coding that nobody knows", ok("Content-Encoding: aes128gcm\r\n"), "malformed"},
      {"codings without end", ok("Content-Encoding: gzip, gzip, gzip, gzip, gzip, gzip\r\n"),
       "malformed"},
      {"deflate that is noise", ok("Content-Encoding: deflate\r\n", "\x78\x9c noise"), "malformed"},
      {"brotli that is noise", ok("Content-Encoding: br\r\n", repeated("noise", 500)), "malformed"},
      {"zstd that is noise", ok("Content-Encoding: zstd\r\n", repeated("noise", 500)), "malformed"},
      {"a gzip bomb", ok(gzip, bomb), "too_large"},
      {"a bomb in a bomb", ok("Content-Encoding: gzip, gzip\r\n", deflated(bomb)), "too_large"},
  };
}

std::vector<Fault> statuses() {
  std::vector<Fault> out;
  for (const int status : {201, 202, 203, 204, 205, 206, 226, 299, 300, 305,
                           306, 400, 402, 405, 406, 409, 416, 418, 451, 499})
    out.push_back({"status " + std::to_string(status), http_answer(status, "", kTwo), "malformed"});
  for (const int status : {401, 403})
    out.push_back({"status " + std::to_string(status), http_answer(status, "", kTwo), "denied"});
  for (const int status : {404, 410})
    out.push_back({"status " + std::to_string(status), http_answer(status, "", kTwo), "not_found"});
  for (const int status : {429, 500, 501, 502, 503, 504, 507, 511, 520, 530, 599, 999})
    out.push_back(
        {"status " + std::to_string(status), http_answer(status, "", kTwo), "unavailable"});
  for (const int status : {412, 431})  // the validators may be what it cannot stand
    out.push_back(
        {"status " + std::to_string(status), http_answer(status, "", ""), "malformed", ""});
  // The status says all: whatever is wrong with the body of an error does not hide it.
  out.push_back({"a 503 with a broken coding",
                 http_answer(503, "Content-Encoding: gzip\r\n", "not gzip"), "unavailable"});
  out.push_back(
      {"a 503 that is cut", "HTTP/1.1 503 Busy\r\nContent-Length: 500\r\n\r\nwai", "unavailable"});
  out.push_back(
      {"a 404 of a megabyte", http_answer(404, "", repeated("no ", 1U << 20U)), "not_found"});
  for (const auto* target : {"file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/",
                             "dict://127.0.0.1:11/", "data:text/xml,<rss/>", "javascript:alert(1)",
                             "mailto:a@example.org", "http://", "http://[", "http://a b/"})
    out.push_back({std::string("a redirect to ") + target,
                   http_answer(302, "Location: " + std::string(target) + "\r\n", ""), "denied"});
  out.push_back({"a redirect to nowhere", http_answer(301, "", ""), "malformed"});
  out.push_back(
      {"a redirect with an empty target", http_answer(302, "Location:\r\n", ""), "malformed"});
  out.push_back(
      {"a redirect to itself", http_answer(301, "Location: /feed\r\n", ""), "unavailable"});
  return out;
}

std::vector<Fault> bodies() {
  const std::string page = "<!doctype html><html><head><title>Welcome</title></head></html>";
  return {
      {"a feed", ok(""), "2 items", "\"new\""},
      {"a feed without a length", until_close(kTwo), "2 items", "\"new\""},
      {"a feed in HTTP 1.0", "HTTP/1.0 200 OK\r\nETag: \"new\"\r\n\r\n" + kTwo, "2 items",
       "\"new\""},
      {"a feed behind bare line feeds",
       "HTTP/1.1 200 OK\nETag: \"new\"\nConnection: close\n\n" + kTwo, "2 items", "\"new\""},
      {"a feed behind a continued header", ok("X-Odd: one\r\n two\r\n"), "2 items", "\"new\""},
      {"a feed behind 100 Continue", "HTTP/1.1 100 Continue\r\n\r\n" + ok(""), "2 items",
       "\"new\""},
      {"a feed behind early hints", "HTTP/1.1 103 Hints\r\nETag: \"x\"\r\n\r\n" + ok(""), "2 items",
       "\"new\""},
      {"a feed in odd chunks",
       chunked(chunk(kTwo.substr(0, 7), ";ext=\"a\"") + chunk(kTwo.substr(7)) +
               "0\r\nX-Trailer: 1\r\n\r\n"),
       "2 items", "\"new\""},
      {"a feed called HTML", ok("Content-Type: text/html\r\n"), "2 items", "\"new\""},
      {"a feed called an image", ok("Content-Type: image/png\r\n"), "2 items", "\"new\""},
      {"a feed in a charset that does not exist", ok("Content-Type: text/xml; charset=none\r\n"),
       "2 items", "\"new\""},
      {"a feed behind a byte order mark and blanks", ok("", "\xef\xbb\xbf \r\n" + kTwo), "2 items",
       "\"new\""},
      {"ten thousand headers", ok(repeated("A: b\r\n", 60'000)), "2 items", "\"new\""},
      {"a validator of ten kilobytes",
       http_answer(200, "ETag: \"" + std::string(10'000, 'x') + "\"\r\n", kTwo), "2 items", ""},
      {"a validator of odd bytes", http_answer(200, "ETag: W/\"\xc3\xa4\x80 \\\"\r\n", kTwo),
       "2 items", "W/\"\xc3\xa4\x80 \\\""},
      {"an empty body", ok("", ""), "malformed"},
      {"a body of blanks", ok("", "  \r\n\t "), "malformed"},
      {"a web page", ok("Content-Type: text/html\r\n", page), "malformed"},
      {"a web page called a feed", ok("Content-Type: application/rss+xml\r\n", page), "malformed"},
      {"XML of another kind", ok("", "<?xml version='1.0'?><svg/>"), "malformed"},
      {"JSON of another kind", ok("", "{\"error\": \"no\"}"), "malformed"},
      {"JSON that is cut",
       ok("", "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": ["), "malformed"},
      {"noise", ok("", repeated(std::string("\x00\xff\x01", 3), 3'000)), "malformed"},
      {"NULs alone", ok("", std::string(5'000, '\0')), "malformed"},
      // What came whole is alerted, and the rest is asked for again.
      {"a feed that ends in the middle", until_close(kTwoCut), "1 items", ""},
      {"a feed shorter than it is",
       "HTTP/1.1 200 OK\r\nETag: \"new\"\r\nContent-Length: " + std::to_string(kTwoCut.size()) +
           "\r\n\r\n" + kTwo,
       "1 items", ""},
      {"two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nContent-Length: 7\r\n\r\n" + kTwo,
       "malformed"},
  };
}

std::vector<Fault> odd_heads() {
  const std::string length = "Content-Length: " + std::to_string(kTwo.size()) + "\r\n";
  const auto head = [&](const std::string& line) {
    return line + "\r\nETag: \"new\"\r\n" + length + "\r\n" + kTwo;
  };
  return {
      {"a status without a reason", head("HTTP/1.1 200"), "2 items", "\"new\""},
      {"a status with an odd reason", head("HTTP/1.1 200 \xc3\xa4 <b>"), "2 items", "\"new\""},
      {"two blanks before the status", head("HTTP/1.1  200 OK"), "malformed"},
      {"a version in small letters", head("http/1.1 200 OK"), "malformed"},
      {"HTTP 1.2", head("HTTP/1.2 200 OK"), "malformed"},
      {"HTTP 2 in the clear", head("HTTP/2.0 200 OK"), "2 items", "\"new\""},
      {"HTTP 9", head("HTTP/9 200 OK"), "malformed"},
      {"a status of four digits", head("HTTP/1.1 2000 OK"), "malformed"},
      {"a negative status", head("HTTP/1.1 -200 OK"), "malformed"},
      {"switching protocols", head("HTTP/1.1 101 Switching"), "malformed"},
      {"length and chunks", chunked(chunk(kTwo) + "0\r\n\r\n", "Content-Length: 7\r\n"), "2 items",
       "\"new\""},
      {"two lengths that differ", ok("Content-Length: 7\r\n"), "2 items", "\"new\""},
      {"a length with a sign",
       "HTTP/1.1 200 OK\r\nETag: \"new\"\r\nContent-Length: +" + std::to_string(kTwo.size()) +
           "\r\n\r\n" + kTwo,
       "2 items", "\"new\""},
      {"a list of lengths",
       "HTTP/1.1 200 OK\r\nETag: \"new\"\r\nContent-Length: 5, 5\r\n\r\n" + kTwo, "malformed"},
      {"a length in hexadecimal", "HTTP/1.1 200 OK\r\nContent-Length: 0x10\r\n\r\n" + kTwo,
       "malformed"},
      {"an empty length", "HTTP/1.1 200 OK\r\nETag: \"new\"\r\nContent-Length:\r\n\r\n" + kTwo,
       "malformed"},
      {"bytes behind the body", ok("") + "HTTP/1.1 200 OK\r\n\r\nmore", "2 items", "\"new\""},
      {"bytes behind the last chunk", chunked(chunk(kTwo) + "0\r\n\r\nmore"), "2 items", "\"new\""},
      {"chunks with zeros before their size", chunked("0000" + chunk(kTwo) + "000\r\n\r\n"),
       "2 items", "\"new\""},
      {"chunks with a long extension",
       chunked(chunk(kTwo, ";x=" + std::string(500, 'y')) + "0\r\n\r\n"), "2 items", "\"new\""},
      {"a chunk that is shorter than it says", chunked("5\r\nabc\r\n0\r\n\r\n"), "unavailable"},
      {"chunks within chunks", chunked(chunk(chunk(kTwo) + "0\r\n\r\n") + "0\r\n\r\n"), "2 items",
       "\"new\""},
      {"a transfer coding that nobody knows",
       "HTTP/1.1 200 OK\r\nTransfer-Encoding: rot13\r\n\r\n" + kTwo, "2 items", ""},
      {"a transfer coding of gzip",
       "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n" + chunk(deflated(kTwo)) +
           "0\r\n\r\n",
       "malformed"},
      {"a coding called none", ok("Content-Encoding: none\r\n"), "2 items", "\"new\""},
      {"a coding called UTF-8", ok("Content-Encoding: UTF-8\r\n"), "2 items", "\"new\""},
      {"a coding called binary", ok("Content-Encoding: binary\r\n"), "2 items", "\"new\""},
      {"an empty coding", ok("Content-Encoding:\r\n"), "2 items", "\"new\""},
      {"a coding of commas", ok("Content-Encoding: , ,\r\n"), "2 items", "\"new\""},
      {"identity and gzip", ok("Content-Encoding: identity, gzip\r\n", deflated(kTwo)), "2 items",
       "\"new\""},
      {"an empty validator", http_answer(200, "ETag:\r\n", kTwo), "2 items", ""},
      {"a validator without quotes", http_answer(200, "ETag: abc\r\n", kTwo), "2 items", "abc"},
      {"two validators", http_answer(200, "ETag: \"a\"\r\nETag: \"b\"\r\n", kTwo), "2 items",
       "\"a\""},
      {"the old validator on a new document", http_answer(200, "ETag: \"old\"\r\n", kTwo),
       "2 items"},
      {"no validator on a new document", http_answer(200, "", kTwo), "2 items", ""},
      {"a date that is none", ok("Last-Modified: yesterday\r\nDate: never\r\n"), "2 items",
       "\"new\""},
      {"an age beyond all numbers", ok("Cache-Control: max-age=99999999999999999999\r\n"),
       "2 items", "\"new\""},
      {"a negative age", ok("Cache-Control: max-age=-1\r\n"), "2 items", "\"new\""},
      {"cache directives of noise", ok("Cache-Control: ,=;\"max-age\r\n"), "2 items", "\"new\""},
      {"an expiry in another age", ok("Expires: Mon, 01 Jan 9999 00:00:00 GMT\r\n"), "2 items",
       "\"new\""},
      {"an expiry of zero", ok("Expires: 0\r\n"), "2 items", "\"new\""},
      {"a feed that asks for patience", ok("Retry-After: 99999999999999999999\r\n"), "2 items",
       "\"new\""},
      {"a location on a feed", ok("Location: http://127.0.0.1:1/\r\n"), "2 items", "\"new\""},
      {"a refresh on a feed", ok("Refresh: 0; url=http://127.0.0.1:1/\r\n"), "2 items", "\"new\""},
      {"a thousand cookies", ok(repeated("Set-Cookie: a=b\r\n", 17'000)), "2 items", "\"new\""},
      {"a link without an end", ok("Link: <http://127.0.0.1/; rel=hub\r\n"), "2 items", "\"new\""},
      {"a header without a name", ok(": value\r\n"), "2 items", "\"new\""},
      {"a blank before the colon", ok("X-Odd : value\r\n"), "2 items", "\"new\""},
      {"a head of bare carriage returns", "HTTP/1.1 200 OK\r\rETag: \"new\"\r\r\r\r" + kTwo,
       "malformed"},
      {"nothing changed", "HTTP/1.1 304 Not Modified\r\n\r\n", "unchanged"},
      {"nothing changed, in many words", "HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n",
       "unchanged"},
      {"nothing changed but the validator", "HTTP/1.1 304 Not Modified\r\nETag: \"newer\"\r\n\r\n",
       "unchanged", "\"newer\""},
      {"nothing changed, and a body", "HTTP/1.1 304 Not Modified\r\n\r\n" + kTwo, "unchanged"},
  };
}

std::vector<Fault> odd_bodies() {
  const auto rss = [](const std::string& inner) {
    return "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>" + inner + "</channel></rss>";
  };
  const std::string item = "<item><title>a</title><guid>a</guid></item>";
  const auto with = [&](const std::string& text) {
    return rss("<item><title>" + text + "</title><guid>a</guid></item>" + item);
  };
  std::string wide = "\xff\xfe";
  for (const char c : kTwo) wide.append(1, c).append(1, '\0');
  std::string nul = kTwo;
  nul.insert(60, 1, '\0');
  std::string nest = rss(item + repeated("<a>", 30'000));
  std::string laughs = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"ha\">";
  for (char c = 'b'; c < 'm'; ++c)
    laughs += std::string("<!ENTITY ") + c + " \"" +
              repeated(std::string("&") + static_cast<char>(c - 1) + ";", 30) + "\">";
  laughs += "]>" + with("&l;").substr(21);
  std::vector<Fault> out;
  const auto add = [&](std::string name, std::string body, std::string outcome,
                       std::string etag = "\"new\"") {
    out.push_back({std::move(name), ok("", body), std::move(outcome), std::move(etag)});
  };
  add("warnings before a feed",
      "<br />\n<b>Warning</b>: x in <b>/f.php</b> on line <b>3</b><br />\n" + kTwo, "2 items");
  add("five kilobytes of noise before a feed", repeated("noise ", 5'000) + kTwo, "2 items");
  add("a comment before a feed", "<!-- cached -->" + kTwo, "2 items");
  add("a script behind a feed", kTwo + "<script>1</script><!-- 0.1 s -->", "2 items");
  add("noise behind a feed", kTwo + std::string("\0\x01 <", 4), "2 items");
  add("NULs in a feed", nul, "2 items");
  add("bytes that are no UTF-8", with("\xff\xc3 \x80"), "2 items");
  add("characters that XML forbids", with("\x01\x08&#0;&#xFFFFFFFF;&#xD800;"), "2 items");
  add("a feed in UTF-16", wide, "2 items");
  add("UTF-16 cut within a letter", wide.substr(0, wide.size() - 1), "2 items");
  add("a declaration of the wrong encoding",
      "<?xml version=\"1.0\" encoding=\"utf-16\"?>" + kTwo.substr(21), "2 items");
  add("a declaration of XML 1.1", "<?xml version=\"1.1\"?>" + kTwo.substr(21), "2 items");
  add("two declarations", "<?xml version=\"1.0\"?>" + kTwo, "2 items");
  add("an entity from a file",
      "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" +
          with("&x;").substr(21),
      "2 items");
  add("a type from elsewhere",
      "<?xml version=\"1.0\"?><!DOCTYPE rss SYSTEM \"http://127.0.0.1:1/x.dtd\">" + kTwo.substr(21),
      "2 items");
  add("entities that multiply", laughs, "2 items");
  add("entities without an end", with("&amp &; &#; &#x; &unknown; &" + std::string(5'000, 'x')),
      "2 items");
  add("a title of a hundred kilobytes", with(std::string(100'000, 'x')), "2 items");
  add("ten thousand attributes",
      rss("<item " + repeated("a=\"1\" ", 60'000) + "><title>a</title></item>" + item), "2 items");
  add("tags that never end",
      rss(item + "<item><title>b</title><guid>b</guid></item><" + std::string(9'000, 'x')),
      "2 items");
  add("tags nested ten thousand deep", nest, "1 items");
  add("more items than are read", rss(repeated("<item/>", 75'000)), "10000 items");
  add("a feed in capitals",
      "<RSS "
      "VERSION=\"2.0\"><CHANNEL><ITEM><TITLE>a</TITLE></ITEM><ITEM><TITLE>b</TITLE></ITEM></"
      "CHANNEL></RSS>",
      "2 items");
  add("two feeds in one", kTwo + kTwo, "2 items");
  add("a feed within a page", "<html><body>" + kTwo + "</body></html>", "2 items");
  add("a feed without items", rss(""), "0 items");
  add("a channel that is not closed", kTwo.substr(0, kTwo.size() - 16), "2 items", "");
  add("JSON with two items",
      R"({"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1"},{"id":2}]})", "2 items");
  add("JSON of odd types",
      R"({"version":"https://jsonfeed.org/version/1.1","items":[1,"x",null,{"id":"1","title":7}]})",
      "1 items");
  add("JSON nested without end",
      "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":" + repeated("[", 50'000),
      "malformed", "\"old\"");
  return out;
}

}  // namespace tocsin::daemon
