// SPDX-License-Identifier: MIT
#include "bench/farm/name_server.hpp"

#include <array>
#include <string>
#include <string_view>

#include <sys/socket.h>

namespace tocsin::bench {
namespace {

constexpr std::size_t kHeader = 12;
constexpr std::string_view kDomain("\4farm\4test\0", 11);

/// The end of the question's name in `packet`; npos when it is none of ours.
std::size_t end_of_name(std::string_view packet) {
  const auto at = packet.find(kDomain, kHeader);
  return at == std::string_view::npos ? at : at + kDomain.size();
}

/// The answer to a question of RFC 1035, 4.1; empty: none.
std::string answer_to(std::string_view packet) {
  const auto end = packet.size() > kHeader ? end_of_name(packet) : std::string_view::npos;
  if (end == std::string_view::npos || packet.size() < end + 4) return {};
  const bool v4 = packet[end] == 0 && packet[end + 1] == 1;
  std::string out(packet.substr(0, end + 4));
  out[2] = static_cast<char>(0x84);  // an answer, with authority
  out[3] = 0;
  out[7] = v4 ? 1 : 0;                      // answers
  out[8] = out[9] = out[10] = out[11] = 0;  // no other sections
  constexpr std::string_view kRecord("\xc0\x0c\0\1\0\1\0\0\x0e\x10\0\4\x7f\0\0\1", 16);
  return v4 ? out.append(kRecord) : out;
}

}  // namespace

void serve_names(int socket) {
  std::array<char, 1500> buffer{};
  for (;;) {
    sockaddr_storage from{};
    socklen_t size = sizeof from;
    auto* peer = reinterpret_cast<sockaddr*>(&from);
    const auto count = ::recvfrom(socket, buffer.data(), buffer.size(), 0, peer, &size);
    if (count <= 0) continue;
    const auto answer = answer_to({buffer.data(), static_cast<std::size_t>(count)});
    if (!answer.empty()) ::sendto(socket, answer.data(), answer.size(), 0, peer, size);
  }
}

}  // namespace tocsin::bench
