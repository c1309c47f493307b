// SPDX-License-Identifier: MIT
#include <algorithm>

#include "rules/names/detail/lexicon.hpp"
#include "rules/names/detail/model.hpp"
#include "rules/names/name_index.hpp"
#include "text/fold.hpp"

namespace tocsin::rules {
namespace {

using names::Lexicon;
using names::PersonName;

/// "khamenei" as people write it: "Khamenei". Only ASCII has capitals here.
std::string shown(std::string word) {
  if (!word.empty() && word[0] >= 'a' && word[0] <= 'z')
    word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

std::string first_letter(std::string_view word) {
  std::size_t at = 0;
  text::next_code_point(word, at);
  return shown(std::string(word.substr(0, at)));
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
    put(given + " " + family, "either order; two words, titles or initials may stand between");
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
    const auto list = [&](std::span<const names::NamePart> parts) {
      for (const names::NamePart& one : parts) sound(people.parts[one.part], one.price, shape);
    };
    list(people.given(name));
    list(people.family(name));
    list(people.whole(name));
  }

  void sound(const names::Part& part, float price, const names::NameShape& shape) {
    const bool written =
        std::find(shape.folded.begin(), shape.folded.end(), part.folded) != shape.folded.end();
    if (!written && price > 0)
      put(shown(part.folded), "the same given name in another language, or its short form");
    else if (!written)
      put(shown(part.folded), "words joined");
    else
      put(shown(part.folded), "sounds as /" + part.symbols +
                                  "/ in Latin, Cyrillic, Greek, Hebrew, Arabic and Persian "
                                  "letters, kana, hangul and Han, with case endings");
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
