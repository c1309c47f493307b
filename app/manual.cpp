// SPDX-License-Identifier: MIT
#include "app/manual.hpp"

#include "base/roff.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kIntroduction = R"(.SH NAME
tocsin \- alerts when news feeds mention what you watch
.SH SYNOPSIS
.B tocsin
.I COMMAND
.RI [ OPTION ...]
.SH DESCRIPTION
.B tocsin
polls news feeds, reads their articles, matches the names and topics that its configuration watches,
and sends alerts by mail, webhook and other ways. What matched is stored before anything is sent, and
is sent at least once; a repeat carries the same id.
.PP
Results go to standard output, everything else to standard error; the file name
.B \-
is standard input.
.SH COMMANDS
)";

constexpr std::string_view kClosing = R"(.SH SIGNALS
.TP
.B SIGTERM, SIGINT
End
.BR "tocsin run" :
no new polls, what is being sent is finished, in under 10 seconds.
.TP
.B SIGHUP
Makes it read its configuration again. One that is not valid is refused, and the running one stays.
.SH EXIT STATUS
.TP
.B 0
Fine.
.TP
.B 1
Findings or failures.
.TP
.B 2
Wrong usage, or a configuration that cannot be read or is not valid.
.SH ENVIRONMENT
.TP
.B NO_COLOR
When set and not empty, nothing is coloured.
.TP
.B COLUMNS
How wide tables may be, where standard output is no terminal.
.TP
.B CREDENTIALS_DIRECTORY
Searched for the files that
.I *_file
keys of the configuration name.
.TP
.B JOURNAL_STREAM, NOTIFY_SOCKET, WATCHDOG_USEC
Set by systemd: log lines carry their priority, and it is told how the service is.
.SH FILES
.TP
.I /etc/tocsin/tocsin.yaml
The configuration of the system service.
.TP
.I /var/lib/tocsin
The state, unless
.B storage.path
says otherwise: one SQLite database.
.SH SEE ALSO
.BR tocsin.yaml (5)
)";

}  // namespace

std::string manual(std::span<const Command> commands) {
  std::string out = ".TH TOCSIN 1 \"\" \"tocsin " TOCSIN_VERSION "\" \"User Commands\"\n";
  out += kIntroduction;
  for (const auto& command : commands)
    out += ".SS tocsin " + roff::escape(command.name) + "\n" + roff::verbatim(command.help);
  return out.append(kClosing);
}

}  // namespace tocsin::app
