// SPDX-License-Identifier: MIT
#pragma once

#include <cassert>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/error.hpp"

namespace tocsin {

/// A value or an `Error`: what every operation that can fail returns.
///
/// The names follow `std::expected`, so that this file can become an alias once every supported
/// compiler ships it. Any thread: pure. Reading the side that is not there is a bug (asserted).
template <class T>
class [[nodiscard]] Result {
  static_assert(!std::is_reference_v<T> && !std::is_same_v<T, Error>);

 public:
  using value_type = T;

  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(*-explicit-*)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(*-explicit-*)

  [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  T& operator*() & noexcept { return *value_ptr(); }
  const T& operator*() const& noexcept { return *value_ptr(); }
  T&& operator*() && noexcept { return std::move(*value_ptr()); }
  T* operator->() noexcept { return value_ptr(); }
  const T* operator->() const noexcept { return value_ptr(); }

  Error& error() & noexcept { return *error_ptr(); }
  const Error& error() const& noexcept { return *error_ptr(); }
  Error&& error() && noexcept { return std::move(*error_ptr()); }

  T value_or(T other) && { return has_value() ? std::move(**this) : std::move(other); }

 private:
  T* value_ptr() noexcept {
    assert(has_value());
    return std::get_if<0>(&state_);
  }
  const T* value_ptr() const noexcept {
    assert(has_value());
    return std::get_if<0>(&state_);
  }
  Error* error_ptr() noexcept {
    assert(!has_value());
    return std::get_if<1>(&state_);
  }
  const Error* error_ptr() const noexcept {
    assert(!has_value());
    return std::get_if<1>(&state_);
  }

  std::variant<T, Error> state_;
};

/// Success or an `Error`: the result of an operation that yields nothing.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() noexcept = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT(*-explicit-*)

  [[nodiscard]] bool has_value() const noexcept { return !error_; }
  explicit operator bool() const noexcept { return has_value(); }

  Error& error() & noexcept {
    assert(error_);
    return *error_;
  }
  const Error& error() const& noexcept {
    assert(error_);
    return *error_;
  }
  Error&& error() && noexcept {
    assert(error_);
    return std::move(*error_);
  }

 private:
  std::optional<Error> error_;
};

}  // namespace tocsin
