// SPDX-License-Identifier: MIT
#include "app/options.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <system_error>

#include "base/spelling.hpp"

namespace tocsin::app {
namespace {

Error unknown_option(std::string_view name, std::initializer_list<OptionSpec> specs) {
  std::vector<std::string_view> names;
  for (const auto& spec : specs) names.push_back(spec.name);
  std::string message = "unknown option " + std::string(name);
  if (const auto close = closest(name, names); !close.empty())
    message.append("; did you mean ").append(close).append("?");
  return {Errc::malformed, message};
}

}  // namespace

std::string Options::value(std::string_view name, std::string_view fallback) const {
  const auto found = given.find(name);
  return found == given.end() ? std::string(fallback) : found->second.back();
}

Result<Options> parse_options(const Args& args, std::initializer_list<OptionSpec> specs) {
  Options out;
  bool options_ended = false;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const std::string_view arg = args[i];
    if (options_ended || arg.size() < 2 || arg.front() != '-') {
      out.operands.emplace_back(arg);
      continue;
    }
    if (arg == "--") {
      options_ended = true;
      continue;
    }
    const auto equals = arg.find('=');
    const auto name = arg.substr(0, equals);
    const auto* spec =
        std::find_if(specs.begin(), specs.end(), [&](const auto& s) { return s.name == name; });
    if (spec == specs.end()) return unknown_option(name, specs);
    auto& values = out.given[std::string(name)];
    if (!spec->takes_value) {
      if (equals != std::string_view::npos)
        return Error{Errc::malformed, std::string(name) + " takes no value"};
    } else if (equals != std::string_view::npos) {
      values.emplace_back(arg.substr(equals + 1));
    } else if (i + 1 < args.size()) {
      values.push_back(args[++i]);
    } else {
      return Error{Errc::malformed, std::string(name) + " needs a value after it"};
    }
  }
  return out;
}

int usage_error(std::string_view command, std::string_view message) {
  std::cerr << "tocsin " << command << ": " << message << "\nTry: tocsin " << command
            << " --help\n";
  return kUsage;
}

bool is_folder(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored);
}

Result<std::string> read_input(const std::string& path) {
  if (path == "-")
    return std::string(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>());
  if (is_folder(path)) return Error{Errc::unsupported, path + ": this is a folder"};
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    const int why = errno;
    return Error{why == EACCES ? Errc::denied : Errc::not_found,
                 path + ": " + std::generic_category().message(why)};
  }
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (in.bad()) return Error{Errc::io, path + ": read error"};
  return std::move(bytes).str();
}

}  // namespace tocsin::app
