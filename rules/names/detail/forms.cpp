// SPDX-License-Identifier: MIT
#include "rules/names/detail/forms.hpp"

namespace tocsin::rules::names {
namespace {

std::string_view kind_text(FormKind kind) {
  switch (kind) {
    case FormKind::exact: return "full name";
    case FormKind::family_first: return "family name first";
    case FormKind::initials: return "initials";
    case FormKind::title: return "title and family name";
    case FormKind::bare: return "bare family name";
    case FormKind::whole: return "in one word";
    case FormKind::alias: return "listed form";
    case FormKind::acronym: return "acronym";
    case FormKind::inflected: return "inflected";
  }
  return "";
}

}  // namespace

std::string form_text(std::uint16_t form) {
  const auto kind = static_cast<FormKind>(form & 0xFU);
  const auto script = static_cast<Script>(form >> 4U & 0xFU);
  const bool respelled = (form & kFormRespelled) != 0;
  if (kind == FormKind::exact && !respelled && (form & kFormClitic) == 0) return "exact";
  std::string out(kind_text(kind));
  if (respelled && script == Script::latin) out += ", respelled";
  if (respelled && script != Script::latin)
    out.append(", transliterated (").append(to_string(script)).append(")");
  if ((form & kFormClitic) != 0) out += ", clitic";
  return out;
}

}  // namespace tocsin::rules::names
