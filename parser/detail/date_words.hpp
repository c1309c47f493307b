// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

/// The words that dates are written with. All take words folded by text::fold. Any thread: pure.
namespace tocsin::parser::detail {

enum class Calendar : std::uint8_t { gregorian, jalali };

struct Month {
  int number = 0;  ///< from 1
  Calendar calendar = Calendar::gregorian;
};

/// The month that `word` names in one of some thirty languages: its name, an inflected form, or its
/// first three letters or more.
std::optional<Month> month_named(std::string_view word);

/// The month of a two-word name, such as "تشرين الثاني"; the words alone name none.
std::optional<Month> month_named(std::string_view first, std::string_view second);

/// 0 (Sunday) to 6, of an English weekday by three letters or more.
std::optional<unsigned> weekday_named(std::string_view word);

/// Minutes east of UTC of a zone by its abbreviation (RFC 822 and its usual guests). Military
/// letters but Z say nothing (RFC 5322, 4.3) and count as UTC.
std::optional<int> zone_named(std::string_view word);

/// Minutes east of UTC, at `local` time, of an IANA zone ("america/los_angeles").
std::optional<int> offset_in(std::string_view zone, std::chrono::local_seconds local);

/// True for what means the second half of the day, false for the first.
std::optional<bool> is_afternoon(std::string_view word);

/// What the sign behind a number counts, in Chinese, Japanese and Korean.
enum class Unit : std::uint8_t { none, year, month, day, hour, minute, second };
Unit unit_named(std::string_view sign);

/// True for a word that begins in Hangul.
bool is_korean(std::string_view word);

/// The year before the first one of an era of Japan or Taiwan; 0 for what is none.
int year_before_era(std::string_view name);

/// A day of the Persian calendar as one of ours; empty when it does not exist.
std::optional<std::chrono::year_month_day> from_jalali(int year, int month, int day);

}  // namespace tocsin::parser::detail
