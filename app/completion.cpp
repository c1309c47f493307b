// SPDX-License-Identifier: MIT
#include "app/completion.hpp"

#include <algorithm>

namespace tocsin::app {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

/// `text` within single quotes, as all three shells read it.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'')
      out += "'\\''";
    else
      out += c;
  }
  return out + "'";
}

std::string names_of(std::span<const Command> commands) {
  std::vector<std::string> names;
  for (const auto& command : commands) names.emplace_back(command.name);
  return joined(names);
}

std::string bash(std::span<const Command> commands) {
  std::string out =
      "# bash completion for tocsin: written by `tocsin completion bash`\n"
      "_tocsin() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} options=\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
      "    mapfile -t COMPREPLY < <(compgen -W '" +
      names_of(commands) +
      " --help --version' -- \"$word\")\n"
      "    return\n"
      "  fi\n"
      "  case ${COMP_WORDS[1]} in\n";
  for (const auto& command : commands)
    out.append("    ")
        .append(command.name)
        .append(") options='")
        .append(joined(options_of(command)))
        .append("' ;;\n");
  return out +
         "  esac\n"
         "  case $word in\n"
         "    -*) mapfile -t COMPREPLY < <(compgen -W \"$options --help\" -- \"$word\") ;;\n"
         "    *) mapfile -t COMPREPLY < <(compgen -f -- \"$word\") ;;\n"
         "  esac\n"
         "}\n"
         "complete -o filenames -F _tocsin tocsin\n";
}

std::string zsh(std::span<const Command> commands) {
  std::string out =
      "#compdef tocsin\n"
      "# zsh completion for tocsin: written by `tocsin completion zsh`\n"
      "_tocsin() {\n"
      "  local -a names options\n"
      "  names=(\n";
  for (const auto& command : commands)
    out.append("    ")
        .append(quoted(std::string(command.name) + ":" + std::string(command.summary)))
        .append("\n");
  out +=
      "  )\n"
      "  if (( CURRENT == 2 )); then\n"
      "    _describe command names\n"
      "    return\n"
      "  fi\n"
      "  case ${words[2]} in\n";
  for (const auto& command : commands)
    out.append("    ")
        .append(command.name)
        .append(") options=(")
        .append(joined(options_of(command)))
        .append(") ;;\n");
  return out +
         "  esac\n"
         "  if [[ ${words[CURRENT]} == -* ]]; then\n"
         "    compadd -- $options --help\n"
         "  else\n"
         "    _files\n"
         "  fi\n"
         "}\n"
         "_tocsin \"$@\"\n";
}

std::string fish(std::span<const Command> commands) {
  std::string out = "# fish completion for tocsin: written by `tocsin completion fish`\n";
  for (const auto& command : commands) {
    const std::string name(command.name);
    out += "complete -c tocsin -n __fish_use_subcommand -f -a " + name + " -d " +
           quoted(command.summary) + "\n";
    for (const auto& option : options_of(command))
      out += "complete -c tocsin -n '__fish_seen_subcommand_from " + name + "' -l " +
             option.substr(2) + "\n";
  }
  return out;
}

}  // namespace

std::vector<std::string> options_of(const Command& command) {
  std::vector<std::string> out;
  const auto is_part = [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; };
  for (auto at = command.help.find("--"); at != std::string_view::npos;
       at = command.help.find("--", at)) {
    const bool begins = at == 0 || !is_part(command.help[at - 1]);
    auto end = at + 2;
    while (end < command.help.size() && is_part(command.help[end])) ++end;
    const std::string option(command.help.substr(at, end - at));
    at = end;
    if (!begins || option.size() < 4 || option == "--help") continue;
    if (std::find(out.begin(), out.end(), option) == out.end()) out.push_back(option);
  }
  return out;
}

std::optional<std::string> completion(std::string_view shell, std::span<const Command> commands) {
  if (shell == "bash") return bash(commands);
  if (shell == "zsh") return zsh(commands);
  if (shell == "fish") return fish(commands);
  return std::nullopt;
}

}  // namespace tocsin::app
