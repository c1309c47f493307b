// SPDX-License-Identifier: MIT
#include "notifier/builtin_templates.hpp"

namespace tocsin::notifier {
namespace {

constexpr std::string_view kText = R"({{#is_health}}
{{health_text}}

{{/is_health}}
{{#is_digest}}
Digest: {{count_text}}

{{/is_digest}}
{{#items}}
{{#many}}{{number}}. {{/many}}{{#update}}Update: {{/update}}{{title_marked}}
{{feed.name}}{{#published}} - {{published}}{{/published}}{{#age}} ({{age}}){{/age}}
{{#url}}
{{url}}
{{/url}}

{{#lines}}
> {{context_marked}}

{{/lines}}
Watch: {{watch}}{{#words}} ({{words}}){{/words}}
{{#byline}}
By: {{byline}}
{{/byline}}
{{#story.others}}
Reported by {{story.sources}} sources since {{story.first_seen}}
{{/story.others}}

{{/items}}
{{#left_out}}
... and {{left_out}} more

{{/left_out}}
-- 
tocsin, {{severity}}, for {{receiver}}{{#console_url}}
{{console_url}}{{/console_url}}
)";

// Styles stand in the elements, because some mail programs drop the <style> block; what is in the
// block only adds the dark colours. Tables are for the one program that ignores widths of blocks.
constexpr std::string_view kHtml = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{{headline}}</title>
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background-color: #16181d !important; color: #e4e6eb !important; }
  .card { background-color: #1f2229 !important; border-top-color: #343842 !important; border-right-color: #343842 !important; border-bottom-color: #343842 !important; }
  .quiet { color: #a3a9b6 !important; }
  .title { color: #8ab4f8 !important; }
  .line { border-color: #4a5060 !important; color: #d4d7de !important; }
}
</style>
</head>
<body class="page" style="margin:0;padding:0;background-color:#f4f5f7;color:#1c1e21;font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">{{#cut}}140|{{#item}}{{feed.name}}: {{#lines}}{{context}} {{/lines}}{{/item}}{{/cut}}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:640px">
{{#is_health}}
<tr><td class="card" style="padding:16px 20px;background-color:#ffffff;border:1px solid #dfe1e5;border-left:4px solid #c5221f;border-radius:8px">{{health_text}}</td></tr>
{{/is_health}}
{{#is_digest}}
<tr><td style="padding:4px 4px 12px;font-size:20px;font-weight:600">{{count_text}}<br><span class="quiet" style="font-size:14px;font-weight:400;color:#5f6368">{{watch}}</span></td></tr>
{{/is_digest}}
{{#items}}
<tr><td class="card" style="padding:16px 20px;background-color:#ffffff;border:1px solid #dfe1e5;border-left:4px solid {{#is_critical}}#c5221f{{/is_critical}}{{#is_high}}#e37400{{/is_high}}{{#is_normal}}#1a73e8{{/is_normal}}{{#is_low}}#9aa0a6{{/is_low}};border-radius:8px">
<div class="quiet" style="font-size:13px;color:#5f6368">{{#update}}<b>Update</b> &middot; {{/update}}<b>{{feed.name}}</b>{{#published}} &middot; {{published}}{{/published}}{{#age}} &middot; {{age}}{{/age}}</div>
<div dir="auto" style="margin:4px 0 8px;font-size:19px;line-height:1.35;font-weight:600;overflow-wrap:anywhere">{{#link}}<a class="title" href="{{link}}" style="color:#1a56b0;text-decoration:none">{{{title_marked}}}</a>{{/link}}{{^link}}{{{title_marked}}}{{/link}}</div>
{{#lines}}
<div class="line" dir="auto" style="margin:8px 0;padding:0 12px;border-left:3px solid #dfe1e5;color:#3c4043;overflow-wrap:anywhere">{{{context_marked}}}</div>
{{/lines}}
<div class="quiet" style="margin-top:8px;font-size:13px;color:#5f6368">{{watch}}{{#words}} &middot; {{words}}{{/words}}{{#byline}} &middot; {{byline}}{{/byline}}{{#story.others}} &middot; {{story.sources}} sources{{/story.others}}</div>
</td></tr>
<tr><td style="height:12px;font-size:0;line-height:0">&nbsp;</td></tr>
{{/items}}
{{#left_out}}
<tr><td style="padding:4px 4px 12px">&hellip; and {{left_out}} more</td></tr>
{{/left_out}}
<tr><td class="quiet" style="padding:4px;font-size:12px;color:#5f6368">tocsin &middot; {{severity}} &middot; for {{receiver}}{{#console_url}} &middot; <a class="title" href="{{console_url}}" style="color:#1a56b0">open</a>{{/console_url}}</td></tr>
</table>
</td></tr></table>
</body>
</html>
)";

}  // namespace

std::string_view builtin_subject() noexcept {
  return "{{headline}}";
}

std::string_view builtin_text() noexcept {
  return kText;
}

std::string_view builtin_html() noexcept {
  return kHtml;
}

}  // namespace tocsin::notifier
