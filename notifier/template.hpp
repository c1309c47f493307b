// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/event.hpp"

namespace tocsin::notifier {

/// What a template makes, which says how `{{name}}` escapes and how matched words are marked.
/// `{{{name}}}` never escapes; what is marked comes escaped already.
enum class TemplateKind : std::uint8_t {
  text,       ///< no escapes, [words]
  html,       ///< a page or mail: entities, <mark>
  json,       ///< the inside of a JSON string, [words]
  chat_html,  ///< what Telegram, Matrix and Pushover know of HTML: entities, <b>
  mrkdwn,     ///< Slack's own: & < > as entities, *words*
  markdown,   ///< backslashes before signs, **words**
};

/// A fault in a template. Lines and columns count from 1, columns in characters.
struct TemplateProblem {
  std::size_t line = 1, column = 1;
  std::size_t length = 2;  ///< characters to underline
  std::string message;     ///< one sentence, lower case, no full stop
};

/// Everything that is wrong with `source`, in its order: tags that do not close, sections that do
/// not pair, names that do not exist ("did you mean"). docs/receivers.md lists the names.
/// Any thread: pure.
std::vector<TemplateProblem> check_template(std::string_view source);

/// What a message is rendered with beside the event. The zone is an IANA name.
struct RenderOptions {
  std::string timezone = "UTC";
  std::string source = "tocsin";  ///< CloudEvents source, for `{{event_json}}`
};

/// A Mustache template over an Event. Loop thread only (rendering is not reentrant).
class Template {
 public:
  /// Reads `source`. Errors: malformed, with line and column of the first problem.
  static Result<Template> compile(std::string_view source, TemplateKind kind);

  Template(Template&&) noexcept;
  Template& operator=(Template&&) noexcept;
  ~Template();

  /// The message that `event` gives. Text from feeds enters as one line each and is never read as
  /// a template. Errors: malformed (a helper that was given what it cannot use).
  Result<std::string> render(const Event& event, const RenderOptions& options) const;

 private:
  struct Impl;
  explicit Template(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin::notifier
