// SPDX-License-Identifier: MIT
// In a file of its own: where a compiler sees both this operator new and its callers, it warns of
// memory from malloc that is given back by delete.
#include "tests/rules/counting_new.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> count{0};

}  // namespace

std::size_t tocsin::allocations() noexcept {
  return count.load(std::memory_order_relaxed);
}

// ThreadSanitizer links its own and bears no other; what allocates is for the other builds to see.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define TOCSIN_COUNTS_NOTHING
#endif
#endif

#ifndef TOCSIN_COUNTS_NOTHING

void* operator new(std::size_t size) {
  count.fetch_add(1, std::memory_order_relaxed);
  if (void* const memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}

// The library's own would be another allocator's under AddressSanitizer.
void* operator new(std::size_t size, const std::nothrow_t& /*how*/) noexcept {
  count.fetch_add(1, std::memory_order_relaxed);
  return std::malloc(size == 0 ? 1 : size);
}

void operator delete(void* memory, const std::nothrow_t& /*how*/) noexcept {
  std::free(memory);
}

void operator delete(void* memory) noexcept {
  std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

#endif
