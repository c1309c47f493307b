// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>

#include <unicode/uchar.h>

#include "rules/names/detail/lexicon.hpp"
#include "rules/names/detail/model.hpp"
#include "rules/names/detail/wade_giles.hpp"
#include "rules/names/name_index.hpp"
#include "text/fold.hpp"

namespace tocsin::rules {
namespace {

using names::Lexicon;
using names::PersonName;

/// "khamenei" as people write it: "Khamenei".
std::string shown(std::string_view word) {
  if (word.empty()) return {};
  std::size_t at = 0;
  const char32_t first = text::next_code_point(word, at);
  std::string out;
  text::append_utf8(out, static_cast<char32_t>(u_totitle(static_cast<UChar32>(first))));
  return out.append(word.substr(at));
}

std::string first_letter(std::string_view word) {
  std::size_t at = 0;
  text::next_code_point(word, at);
  return shown(word.substr(0, at));
}

class Explainer {
 public:
  explicit Explainer(const EntitySpec& spec) : spec_(spec) {}

  std::vector<NameForm> forms() && {
    if (spec_.kind == EntityKind::person)
      person();
    else
      listed(spec_.name, spec_.kind == EntityKind::organization
                             ? "the name; \"the\" and legal suffixes may be missing, and every "
                               "word may be inflected"
                             : "the name, as written");
    if (!spec_.acronym.empty()) put(spec_.acronym, "acronym: capitals only");
    if (spec_.kind == EntityKind::organization)
      put(spec_.name.text + " (ABC)", "makes ABC its name in that article, from there on");
    for (const Located& alias : spec_.aliases) listed(alias, "alias");
    for (const Located& native : spec_.native) listed(native, "native form");
    for (const Located& other : spec_.exclude) listed(other, "never: somebody else (`not`)");
    return std::move(forms_);
  }

 private:
  void put(std::string form, std::string why) {
    forms_.push_back({std::move(form), std::move(why)});
  }
  void listed(const Located& form, std::string why) { put(form.text, std::move(why)); }

  void person() {
    names::PeopleBuilder builder;
    const names::NameShape shape = names::shape_of_name(spec_.name.text);
    if (!builder.add(0, spec_, spec_.name.text)) return;
    const names::People people = std::move(builder).finish({});
    const PersonName& name = people.names[0];
    put(spec_.name.text, "the name; case, marks, hyphens and a possessive do not matter");
    if (shape.given.empty()) return;
    orders(shape, name);
    sounds(people, shape, name);
    bare(shown(shape.folded[shape.family]), name);
  }

  void orders(const names::NameShape& shape, const PersonName& name) {
    const std::string family = shown(shape.folded[shape.family]);
    std::string given, initials;
    for (const std::size_t i : shape.given) {
      given += (given.empty() ? "" : " ") + shown(shape.folded[i]);
      initials += first_letter(shape.folded[i]) + ". ";
    }
    put(name.all_given ? family + " " + given : given + " " + family,
        "either order; two words, titles or initials may stand between");
    put(family + ", " + given, "family name first, as in lists");
    put("(" + given + ") " + family, "given name in brackets");
    if (!name.all_given) put(initials + family, "initials for given names");
    if (name.common_family) return;
    put("President " + family, "a title and the family name");
    for (const Located& title : spec_.titles) put(title.text + " " + family, "its own title");
  }

  void sounds(const names::People& people, const names::NameShape& shape, const PersonName& name) {
    if (spec_.fuzzy == Fuzzy::off) {
      put("", "fuzzy is off: no respelling, no other script");
      return;
    }
    for (const auto& parts : {people.given(name), people.family(name), people.whole(name)})
      for (const names::NamePart& one : parts)
        if (one.price == 0 || parts.data() != people.given(name).data())
          sound(people.parts[one.part], shape);
    other_forms(people, shape, name);
    put(spec_.name.text,
        "in Latin, Cyrillic, Greek, Hebrew, Arabic and Persian letters, kana, hangul and Han, with "
        "case endings");
  }

  void other_forms(const names::People& people, const names::NameShape& shape,
                   const PersonName& name) {
    std::vector<std::string> forms;
    for (const names::NamePart& one : people.given(name)) {
      std::string form = shown(people.parts[one.part].folded);
      if (one.price > 0 && std::find(forms.begin(), forms.end(), form) == forms.end())
        forms.push_back(std::move(form));
    }
    if (forms.empty()) return;
    std::string why = "in other languages, or short:";
    for (const std::string& form : forms) why += (&form == &forms.front() ? " " : ", ") + form;
    std::string given;
    for (const std::size_t i : shape.given)
      given += (given.empty() ? "" : " ") + shown(shape.folded[i]);
    put(std::move(given), std::move(why));
  }

  void sound(const names::Part& part, const names::NameShape& shape) {
    const auto& words = shape.folded;
    const auto old = [&](const std::string& word) {
      return names::wade_giles(word) == part.folded;
    };
    if (std::find(words.begin(), words.end(), part.folded) != words.end())
      put(shown(part.folded), "whatever sounds like " + heard(part.symbols));
    else if (std::any_of(words.begin(), words.end(), old))
      put(shown(part.folded), "as Wade and Giles spelled it, also in two words");
    else
      put(shown(part.folded), "words joined");
  }

  /// The likeliest sounds of `symbols`, as English writes them.
  static std::string heard(std::string_view symbols) {
    constexpr std::pair<char, std::string_view> kLetters[] = {{'x', "kh"}, {'S', "sh"}, {'C', "ch"},
                                                              {'Z', "zh"}, {'T', "th"}, {'c', "ts"},
                                                              {'j', "y"},  {'J', "j"}};
    std::string out = "/";
    for (const names::Symbol symbol : symbols) {
      const char sound = names::readings_of(symbol).all[0].sound;
      const auto* row = std::find_if(std::begin(kLetters), std::end(kLetters),
                                     [=](const auto& letters) { return letters.first == sound; });
      if (row == std::end(kLetters))
        out += sound;
      else
        out += row->second;
    }
    return out + "/";
  }

  void bare(const std::string& family, const PersonName& name) {
    if (spec_.bare_surname == BareSurname::never)
      put(family, "never alone");
    else if (spec_.bare_surname == BareSurname::always)
      put(family, "alone: always");
    else if (name.common_family)
      put(family, "never alone: common, short or a word; `bare_surname: always` overrules");
    else if (spec_.bare_surname == BareSurname::with_context)
      put(family, "alone, in an article with a context word");
    else
      put(family, "alone, after a full name, until another of that name is named");
  }

  const EntitySpec& spec_;
  std::vector<NameForm> forms_;
};

}  // namespace

std::vector<NameForm> explain_name(const EntitySpec& entity) {
  return Explainer(entity).forms();
}

}  // namespace tocsin::rules
