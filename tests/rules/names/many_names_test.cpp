// SPDX-License-Identifier: MIT
// With many names watched, every word sounds like part of one of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rules/names/support.hpp"

namespace tocsin::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Example {
  std::string_view name, text;
};

TEST(ManyNames, AreNotHeardInWhatIsOddlyPlaced) {
  constexpr Example kCases[] = {
      {"Jose White", "a spokesman of the White House"},
      {"James Judge", "the verdict of Judge James"},
      {"Patricia James", "the memoirs of James P. Kennedy"},
      {"James Judge", "asked the Judge I know"},
      {"Dorothy Washington", "a hotel in Washington, D.C. that"},
      {"Anthony March", "said in A March that was long"},
      {"Mark Mayse", "Senator Ed Markey (D-Mass) voted"},
      {"Barbara Khalaf", "Barbara Boxer (D-Calif) voted"},
      {"William Gibson", "as William Wallace (Mel Gibson) did"},
      {"Paul Smith", "presented by Zoe Ball as Smith left"},
      {"Patricia Walter", "the ruling of Judge Walther"},
      {"Mary Smith", "the W. M. Smith foundation"},
      {"James Couch", "thanks to Coach Jim"},
      {"John Edgar Hoover", "Robert J. Hoover was there"},
  };
  for (const auto& [name, text] : kCases)
    EXPECT_THAT(found({person(name)}, text), IsEmpty()) << name << " in " << text;
}

TEST(ManyNames, AreStillFoundTurnedRoundAndByInitials) {
  constexpr Example kCases[] = {
      {"Viktor Orban", "Orbán Viktor beszélt"},
      {"Viktor Orban", "Orbán Viktorral találkozott"},
      {"Viktor Orban", "látta Orbán Viktort tegnap"},
      {"Viktor Orban", "levelet írt Orbán Viktornak"},
      {"Qasem Rezaei", "on the list is REZAEI Ghasem"},
      {"Ali Larijani", "a paper by Larijani A. and others"},
      {"Ali Larijani", "Larijani, A. wrote"},
      {"Calvin Coolidge", "signed by J. C. Coolidge"},
      {"Philip Hammond", "a letter of P. Hammond"},
      {"John Edgar Hoover", "Reporters J. E. Hoover met"},
      {"Moqtada al-Sadr", "a sermon of Moqtada as-Sadr"},
      {"Recep Tayyip Erdogan", "a speech of Recep (Tayyip) Erdogan"},
      {"Dmitry Medvedev", "rekl Dimitrij Medvedjev"},
      {"Georgi Parvanov", "Georgi Sedefchov Purvanov said"},
  };
  for (const auto& [name, text] : kCases)
    EXPECT_FALSE(found({person(name)}, text).empty()) << name << " in " << text;
}

TEST(ManyNames, InHanEndBeforeACharacterThatMakesWords) {
  EXPECT_THAT(found({person("William McKinley")}, "与威廉·麥金萊的会晤已推迟"),
              ElementsAre("威廉·麥金萊"));
  EXPECT_THAT(found({person("Friedrich Schiller")}, "引用了弗里德里希·席勒的话"),
              ElementsAre("弗里德里希·席勒"));
}

TEST(ManyNames, OfWhichOneStandsThereAreNotAnothersRespelled) {
  const std::vector<EntitySpec> davis{person("Peter Davis")};
  EXPECT_THAT(found(davis, "the actor Peter Davison"), ElementsAre("Peter Davison"));
  const std::vector<EntitySpec> both{person("Peter Davis"), person("Emma Davison")};
  EXPECT_THAT(found(both, "the actor Peter Davison"), IsEmpty());
}

TEST(ManyNames, OfWhichOneStandsThereInFullAreNotAnothersTitleOrInitial) {
  const std::vector<EntitySpec> both{person("Richard Nixon"), person("Patricia Richard")};
  EXPECT_THAT(found(both, "when President Richard Nixon left"), ElementsAre("0:Richard Nixon"));
  EXPECT_THAT(found(both, "when President Richard left"), ElementsAre("1:President Richard"));
}

TEST(ManyNames, SpelledInTwoWaysForOnePersonAreBothFound) {
  const std::vector<EntitySpec> both{person("Kim Jong-un"), person("Kim Jongun"),
                                     person("Kim Jong Un")};
  EXPECT_THAT(found(both, "a visit of Kim Jong-un"),
              ElementsAre("0:Kim Jong-un", "1:Kim Jong-un", "2:Kim Jong-un"));
}

TEST(ManyNames, OfOnePersonAsTwoLanguagesSpellItAreBothFound) {
  constexpr std::pair<std::string_view, std::string_view> kCases[] = {
      {"Muammar Gaddafi", "Moammar Khadafy"},
      {"Sergei Prokofiev", "Sergej Prokofjew"},
      {"Nikita Khrushchev", "Nikita Chruschtschow"},
      {"Osama bin Laden", "Usama bin Ladin"},
      {"Recep Tayyip Erdogan", "Redjep Tajip Erdogan"},
      {"Aleksandr Lukashenko", "Alyaksandr Lukashenka"},
      {"Ebrahim Raisi", "Ibrahim Raeissi"},
  };
  for (const auto& [one, other] : kCases) {
    const std::vector<EntitySpec> both{person(one), person(other)};
    for (const std::string_view written : {one, other}) {
      const std::string name(written);
      EXPECT_THAT(found(both, "when " + name + " spoke"), ElementsAre("0:" + name, "1:" + name));
    }
  }
}

TEST(ManyNames, ThatSoundTheSameAreBothFound) {
  const std::vector<EntitySpec> both{person("Muammar Gaddafi"), person("Aisha Qaddafi")};
  EXPECT_THAT(found(both, "when Muammar Qaddafi ruled"), ElementsAre("0:Muammar Qaddafi"));
}

}  // namespace
}  // namespace tocsin::rules
