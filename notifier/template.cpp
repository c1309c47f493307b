// SPDX-License-Identifier: MIT
#include "notifier/template.hpp"

#include <charconv>
#include <exception>
#include <optional>
#include <utility>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "base/time_format.hpp"
#include "notifier/detail/template_data.hpp"
#include "notifier/event_json.hpp"
#include "notifier/marked.hpp"
#include "notifier/plain.hpp"
#include "notifier/wording.hpp"

namespace tocsin::notifier {
namespace {

namespace mustache = kainjow::mustache;

std::string json_quoted(std::string_view text) {
  return boost::json::serialize(boost::json::value(valid_utf8(text)));
}

std::string json_inside(std::string_view text) {
  const auto quoted = json_quoted(text);
  return quoted.substr(1, quoted.size() - 2);
}

/// "80|some text": the text cut to so many characters.
Result<std::string> cut_helper(std::string_view text) {
  const auto bar = text.find('|');
  std::size_t chars = 0;
  const auto number = text.substr(0, bar);
  const auto [end, bad] = std::from_chars(number.data(), number.data() + number.size(), chars);
  if (bar == std::string_view::npos || bad != std::errc{} || end != number.data() + number.size())
    return Error{Errc::malformed, "cut: write {{#cut}}80|text{{/cut}}"};
  return cut_at_word(text.substr(bar + 1), chars);
}

/// "HH:mm|2026-11-23T08:00:00Z": the date by an ICU pattern, in the user's zone.
Result<std::string> date_helper(std::string_view text, std::string_view timezone) {
  const auto bar = text.rfind('|');
  if (bar == std::string_view::npos)
    return Error{Errc::malformed, "date: write {{#date}}HH:mm|{{item.published_utc}}{{/date}}"};
  const auto when = parse_rfc3339(text.substr(bar + 1));
  if (!when) return std::string();  // an item without a date is no fault of the template
  auto out = local_time(*when, timezone, text.substr(0, bar));
  if (out.empty()) return Error{Errc::malformed, "date: not a date pattern"};
  return out;
}

std::string escape_for(TemplateKind kind, const std::string& text) {
  switch (kind) {
    case TemplateKind::text: return text;
    case TemplateKind::html: return escape_html(text);
    case TemplateKind::json: return json_inside(text);
    case TemplateKind::chat_html: return escape_html(text);
    case TemplateKind::mrkdwn: return escape_mrkdwn(text);
    case TemplateKind::markdown: return escape_markdown(text);
  }
  return text;
}

Marker marker_for(TemplateKind kind) {
  switch (kind) {
    case TemplateKind::text:
    case TemplateKind::json: return plain_marker();
    case TemplateKind::html: return html_marker();
    case TemplateKind::chat_html: return chat_html_marker();
    case TemplateKind::mrkdwn: return mrkdwn_marker();
    case TemplateKind::markdown: return markdown_marker();
  }
  return plain_marker();
}

std::string at_position(const TemplateProblem& problem) {
  return "template: line " + std::to_string(problem.line) + ", column " +
         std::to_string(problem.column) + ": " + problem.message;
}

}  // namespace

struct Template::Impl {
  Impl(const std::string& source, TemplateKind what)
      : kind(what), wants_event(source.find("event_json") != std::string::npos), parsed(source) {
    // Inside a helper values stay as they are: it works on the text, and its result is escaped.
    parsed.set_custom_escape([this](const std::string& text) {
      return helper_depth > 0 ? text : escape_for(kind, text);
    });
  }

  template <class Work>
  mustache::data helper(Work work, bool escape_result) {
    return mustache::data{mustache::lambda2{
        [this, work, escape_result](const std::string& inside, const mustache::renderer& render) {
          ++helper_depth;
          const auto text = render(inside);
          --helper_depth;
          auto result = work(text);
          if (!result) {
            if (!failure) failure = std::move(result).error();
            return std::string();
          }
          return escape_result && helper_depth == 0 ? escape_for(kind, *result) : *result;
        }}};
  }

  void add_helpers(mustache::data& names, const std::string& timezone) {
    names.set("cut", helper([](const std::string& t) { return cut_helper(t); }, true));
    names.set("date",
              helper([timezone](const std::string& t) { return date_helper(t, timezone); }, true));
    names.set("json",
              helper([](const std::string& t) { return Result<std::string>(json_quoted(t)); },
                     kind != TemplateKind::json));
    names.set(
        "url_encode",
        helper([](const std::string& t) { return Result<std::string>(percent_encode(t)); }, false));
  }

  TemplateKind kind;
  bool wants_event;
  mustache::mustache parsed;
  int helper_depth = 0;
  std::optional<Error> failure;
};

Template::Template(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Template::Template(Template&&) noexcept = default;
Template& Template::operator=(Template&&) noexcept = default;
Template::~Template() = default;

Result<Template> Template::compile(std::string_view source, TemplateKind kind) {
  if (const auto problems = check_template(source); !problems.empty())
    return Error{Errc::malformed, at_position(problems.front())};
  try {
    auto impl = std::make_unique<Impl>(std::string(source), kind);
    if (!impl->parsed.is_valid())
      return Error{Errc::malformed, "template: " + impl->parsed.error_message()};
    return Template(std::move(impl));
  } catch (const std::exception& broken) {
    return Error{Errc::malformed, std::string("template: ") + broken.what()};
  }
}

Result<std::string> Template::render(const Event& event, const RenderOptions& options) const {
  auto names = detail::template_data(event, options, marker_for(impl_->kind));
  if (impl_->wants_event) names.set("event_json", to_json(event, options.source));
  impl_->add_helpers(names, options.timezone);
  impl_->failure.reset();
  impl_->helper_depth = 0;
  auto text = impl_->parsed.render(names);
  if (impl_->failure) return std::move(*impl_->failure).context("template");
  if (!impl_->parsed.is_valid())
    return Error{Errc::malformed, "template: " + impl_->parsed.error_message()};
  return text;
}

}  // namespace tocsin::notifier
