// SPDX-License-Identifier: MIT
#include <iostream>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "app/command.hpp"
#include "app/options.hpp"
#include "app/table.hpp"
#include "rules/names/name_index.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kHelp =
    R"(Usage: tocsin names NAME [--organization] [--alias FORM]... [--json]

Prints the forms by which a watched name is found, each with the reason.

  --organization   NAME is an organisation, not a person
  --alias FORM     as under `aliases:`; may be repeated
  --json           one JSON object: {"name", "forms": [{"form", "why"}]}

Exit status: 0, or 2 when NAME holds no word.

Example:
  tocsin names "Ali Khamenei"
)";

void write_json(const rules::EntitySpec& entity, const std::vector<rules::NameForm>& forms) {
  boost::json::array all;
  for (const auto& form : forms)
    all.push_back(boost::json::object{{"form", form.form}, {"why", form.why}});
  const boost::json::object out{{"name", entity.name.text}, {"forms", std::move(all)}};
  std::cout << boost::json::serialize(out) << '\n';
}

void write_text(const std::vector<rules::NameForm>& forms) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& form : forms) rows.push_back({form.form, form.why});
  std::cout << table({"FORM", "WHY"}, rows, kAnyWidth);  // half a reason is none
}

int run(const Args& args) {
  const auto options =
      parse_options(args, {{"--organization", false}, {"--alias", true}, {"--json", false}});
  if (!options) return usage_error("names", options.error().message);
  if (options->operands.size() != 1) return usage_error("names", "one name is expected");
  rules::EntitySpec entity;
  entity.name.text = options->operands.front();
  if (options->has("--organization")) entity.kind = rules::EntityKind::organization;
  if (const auto aliases = options->given.find("--alias"); aliases != options->given.end())
    for (const std::string& alias : aliases->second) {
      rules::Located form;
      form.text = alias;
      entity.aliases.push_back(std::move(form));
    }
  const auto compiled = rules::NameIndex::compile({&entity, 1});
  for (const auto& finding : compiled.findings)
    if (finding.level == rules::Finding::Level::error) return usage_error("names", finding.message);
  const auto forms = rules::explain_name(entity);
  if (options->has("--json"))
    write_json(entity, forms);
  else
    write_text(forms);
  return kFine;
}

}  // namespace

const Command kNamesCommand{"names", "show the forms by which a watched name is found", kHelp, run};

}  // namespace tocsin::app
