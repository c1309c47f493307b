// SPDX-License-Identifier: MIT
#include "config/manual.hpp"

#include "base/roff.hpp"
#include "config/detail/words.hpp"

namespace tocsin::config {
namespace {

using detail::Key;
using detail::Object;

constexpr std::string_view kIntroduction = R"(.SH DESCRIPTION
One YAML file, with those that it includes, says which feeds
.BR tocsin (1)
polls, what it looks for in them, and who is told.
.B tocsin check
holds a file against everything on this page; unknown keys, keys given twice, values of a wrong type
and names that nothing bears are errors, each told with its place and with what to write instead.
.PP
The smallest useful file:
.PP
.nf
.RS
feeds:
  \- https://tass.com/rss/v2.xml
watches:
  \- {name: Khamenei, person: Ali Khamenei}
.RE
.fi
.PP
Without
.B receivers
alerts are printed on standard output; without
.B route
every receiver gets every alert.
.SH VALUES
.TP
.B duration
A number and a unit, as in 30s, 10m, 12h, 90d, 2y or 1h30m; never without a unit.
.TP
.B size, rate
8MiB or 500KB; 20/h or 5/10m.
.TP
.B time of day
\(dq07:30\(dq; a span is \(dq22:00\-06:30\(dq and may go past midnight.
.TP
.B time zone
An IANA name, as in Europe/Helsinki.
.TP
.B condition
\(aqseverity=\(dqhigh\(dq\(aq, with =, !=, =\(ti (RE2, over the whole value) or !\(ti.
.TP
.B path
Relative to the folder of the file that it stands in.
.TP
.B secret
Every key that holds one is also there as
.IR key _file,
the path of a file with the secret in it; a relative one is looked for beside the configuration, then
in the folder that CREDENTIALS_DIRECTORY names. ${NAME} takes a text from the environment; $$ is a
dollar sign. Both work in all text outside of watches, entities, lists and tests.
.SH KEYS
)";

constexpr std::string_view kClosing = R"(.SH SEE ALSO
.BR tocsin (1)
)";

/// "duration; default 30m" in brackets behind a key.
std::string about_value(const Key& key) {
  std::string out = detail::value_words(key.shape);
  // Links of the Markdown reference are section names here.
  for (auto open = out.find("]("); open != std::string::npos; open = out.find("]("))
    out.erase(open, out.find(')', open) - open + 1);
  std::erase(out, '[');
  if (key.need == detail::Need::required) return out + "; required";
  if (key.fallback.empty()) return out;
  if (key.fallback.starts_with('('))
    return out + "; default: " + std::string(key.fallback.substr(1, key.fallback.size() - 2));
  return out + "; default " + std::string(key.fallback);
}

std::string entry(const Key& key) {
  std::string out = ".TP\n\\fB" + roff::escape(key.name) + "\\fR";
  if (key.shape.is_secret) out += " or \\fB" + roff::escape(key.name) + "_file\\fR";
  return out + " (" + roff::from_markdown(about_value(key)) + ")\n" +
         roff::from_markdown(key.docs) + "\n";
}

std::string section(const Object& object) {
  std::string out = ".SS " + detail::identifier(object) + "\n" + roff::from_markdown(object.docs);
  if (!object.shorthand.empty())
    out += " A bare value stands for \\fB" + roff::escape(object.shorthand) + "\\fR.";
  out += "\n";
  for (const auto& key : object.keys) out += entry(key);
  return out;
}

}  // namespace

std::string manual(std::string_view version) {
  std::string out = ".TH TOCSIN.YAML 5 \"\" \"tocsin " + std::string(version) +
                    "\" \"File Formats\"\n.SH NAME\n"
                    "tocsin.yaml \\- configuration of the news monitor tocsin\n";
  out += kIntroduction;
  for (const auto* object : detail::objects_of(detail::kFileSchema)) out += section(*object);
  return out.append(kClosing);
}

}  // namespace tocsin::config
