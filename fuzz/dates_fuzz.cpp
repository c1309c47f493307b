// SPDX-License-Identifier: MIT
// Any bytes as a date: none, or one between 1900 and 2200 (give or take a zone).
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parser/dates.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace std::chrono;
  const auto when = tocsin::parser::read_date({reinterpret_cast<const char*>(data), size});
  if (!when) return 0;
  if (*when < sys_days{year{1899} / December / 30} || *when > sys_days{year{2286} / December / 1})
    std::abort();
  return 0;
}
