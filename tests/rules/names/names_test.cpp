// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rules/names/support.hpp"

namespace tocsin::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Spelling {
  std::string_view name, text;
};

TEST(Names, AreFoundInEveryOrderScriptAndInflection) {
  constexpr Spelling kCases[] = {
      {"Ali Khamenei", "Ayatollah Seyed Ali Khamenei spoke"},
      {"Ali Khamenei", "The list names Khamenei, Ali first"},
      {"Ali Khamenei", "a speech of A. Khamenei"},
      {"Ali Khamenei", "a speech of Imam Khamenei"},
      {"Ali Khamenei", "علی خامنه‌ای روز جمعه گفت"},
      {"Ali Khamenei", "قال علي خامنئي يوم الجمعة"},
      {"Tammam Ra’ad", "a list with Ra’ad, Tammam in it"},
      {"Chiang Kai-shek", "a list with Kai-shek, Chiang in it"},
      {"Tony Blair", "spotkanie Tony’ego Blaira"},
      {"Dmitry Medvedev", "Dmitrij Anatol'evič Medvedev"},
      {"Vladimir Putin", "встреча с Владимиром Путиным"},
      {"Vladimir Putin", "заявил Путин Владимир Владимирович"},
      {"Vladimir Putin", "Ο Βλαντίμιρ Πούτιν δήλωσε"},
      {"Vladimir Putin", "ולדימיר פוטין אמר"},
      {"Vladimir Putin", "ウラジーミル・プーチンは述べた"},
      {"Vladimir Putin", "블라디미르 푸틴은 말했다"},
      {"Vladimir Putin", "Wladimir Putin sagte"},
      {"Recep Tayyip Erdogan", "(Recep Tayyip) Erdogan said"},
      {"Recep Tayyip Erdogan", "Recep Tayyip Erdoğan'ın konuşması"},
      {"Recep Tayyip Erdogan", "RECEP TAYYIP ERDOGAN"},
      {"George Osborne", "英国财政大臣喬治·奧斯本"},
      {"Richard Nixon", "По данным агентства, Никсон, Ричард Милхауз прибудет"},
      {"Joe Biden", "ג'ו ביידן אמר"},
      {"George Washington", "喬治·華盛頓"},
      {"Kim Jong-un", "встреча с Ким Чен Ыном"},
      {"Mao Zedong", "a speech of Mao Tse-tung"},
      {"Zhou Enlai", "a speech of Chou En-lai"},
      {"Li Xiannian", "a speech of Li Hsien-nien"},
      {"Hu Jintao", "Ху Цзиньтао заявил"},
      {"Deng Xiaoping", "Дэн Сяопин заявил"},
      {"Hamid Karzai", "Хамид Карзай заявил"},
      {"Moon Jae-in", "문재인은 금요일 말했다"},
      // consonants that are mute in French
      {"François Mitterrand", "Франсуа Миттеран заявил"},
      {"Guy Mollet", "ギー・モレは述べた"},
      {"Charles de Gaulle", "샤를 드골은 말했다"},
      // Greek μπ, ντ, γκ and τσ at the beginning and inside
      {"Donald Trump", "Ο Ντόναλντ Τραμπ δήλωσε"},
      {"Mike Pompeo", "Ο Μάικ Πομπέο δήλωσε"},
      {"Andrzej Duda", "Ο Αντρέι Ντούντα δήλωσε"},
      {"Aleksandar Vučić", "Ο Αλεξάνταρ Βούτσιτς δήλωσε"},
      {"Franklin Roosevelt", "Ο Φραγκλίνος Ρούζβελτ δήλωσε"},
      // two yods, two consonants with a vowel between them, ayin with a geresh
      {"Ilham Aliyev", "אילהאם אלייב אמר"},
      {"Nancy Pelosi", "ננסי פלוסי אמרה"},
      {"Ashraf Ghani", "אשרף ע'ני אמר"},
      {"Urho Kekkonen", "אורהו קקונן אמר"},
      {"Slobodan Milošević", "אמש מילושביץ', סלובודן אמר"},
      {"Ayman al-Zawahiri", "قال أيمن الظواهري"},
      {"Albert Camus", "Альбер Камю заявил"},
      {"Friedrich Nietzsche", "프리드리히 니체는 말했다"},
      {"Novak Djokovic", "Ο Νόβακ Τζόκοβιτς δήλωσε"},
      {"Novak Djokovic", "then Novak Đoković spoke"},
      {"Mick Jagger", "ミック・ジャガーが今夜"},
      {"Park Geun-hye", "Пак Кын Хе заявила"},
      {"Alija Izetbegovic", "Ο Αλία Ιζετμπέγκοβιτς δήλωσε"},
      {"Carl Bildt", "К. Бильдт заявил"},
      {"Andrzej Duda", "אנדז'יי דודה אמר"},
      {"Ilham Aliyev", "الهام علی‌اف روز جمعه گفت"},
      {"Xi Jinping", "시진핑은 말했다"},
      {"Ursula von der Leyen", "우르줄라 폰데어라이엔은 말했다"},
      {"Charles de Gaulle", "シャルル・ド・ゴールが今夜"},
      {"Donald Trump", "заявил Д. Трамп"},
      {"Rebecca Bitrus", "then Rebeccą Bitrus spoke"},
      {"Qasem Rezaei", "the list: REZAEI Ghasem"},
      {"Massimo D'Alema", "then Massimo D’Alema spoke"},
      {"Valéry Giscard d'Estaing", "then Valéry Giscard d'Estaing spoke"},
  };
  for (const auto& [name, text] : kCases)
    EXPECT_FALSE(found({person(name)}, text).empty()) << name << " in " << text;
}

TEST(Names, AreNotFoundInWhatIsSomebodyElse) {
  constexpr Spelling kCases[] = {
      {"Ali Khamenei", "Ruhollah Khomeini returned in 1979"},
      {"Ali Khamenei", "Mojtaba Khamenei spoke"},
      {"Vladimir Putin", "La poutine est un plat québécois"},
      {"Vladimir Putin", "Lyudmila Putin arrived"},
      {"Gordon Brown", "Gordon Ramsay sold brown bread"},
      {"Kim Jong-un", "Kim Jong-il died on his train"},
      {"Steve Baker", "A baker in Lyon"},
      {"George Washington", "an office in Washington, D.C."},
      {"George Washington", "Jordan (Washington office)"},
      {"Volodymyr Zelensky", "У Зеленского нет вопросов"},
      {"Larry Moore", "Then Mr. LaRue spoke"},
      {"James Been", "I've been there"},
      {"Theo Washington", "The Washington office"},
      {"William Star", "Who will star in it?"},
      {"James Monroe", "James Mungro spoke"},
      // words of news, titles and given names are only themselves
      {"Jose White", "the White House said"},
      {"Charles de Gaulle", "قال تشارلز ديكنز"},
      {"Golda Meir", "קלוד אמר היום"},
      {"Jacob Zuma", "ז'וספן ז'ופה ביום שישי"},
      {"John Mafia", "the Ex-Mafia Boss"},
      {"Sean Jackson", "Sen. Henry Jackson spoke"},
      {"Timothy Baker", "Tom Baker spoke"},
      {"Sean Mitchell", "John Mitchell spoke"},
      // initials are of what follows them
      {"Roy Howard", "Howard R. Smith spoke"},
      {"Julian Daley", "H. Daley spoke"},
      {"Robert Cullen", "Cullen (Robert Pattinson)"},
      // a title says whose family name follows when it is no given name
      {"Hugo Andrew", "Then Prince Andrew spoke"},
      {"Paul Richard", "Then President Richard M. Nixon spoke"},
      {"Garret FitzGerald", "Warren Fitzgerald spoke"},
      {"Aung San Suu Kyi", "General Chiang Kai spoke"},
      {"Ashiq Masih", "נלסון מנדלה אמר ביום שישי כי השיחות יימשכו"},
  };
  for (const auto& [name, text] : kCases)
    EXPECT_THAT(found({person(name)}, text), IsEmpty()) << name << " in " << text;
}

TEST(Names, SpanTheNameWithoutAClitic) {
  EXPECT_THAT(found({person("Hassan Nasrallah")}, "דיבר ולחסן נסראללה אמר"),
              ElementsAre("חסן נסראללה"));
}

TEST(BareFamilyName, CountsAfterAFullNameAlsoOfAnEarlierField) {
  EXPECT_THAT(found({person("Ali Khamenei")}, "Later, Khamenei said no.", "Ali Khamenei speaks"),
              ElementsAre("Ali Khamenei", "Khamenei"));
  EXPECT_THAT(found({person("Ali Khamenei")}, "Later, Khamenei said no."), IsEmpty());
}

TEST(BareFamilyName, BelongsToTheNearestFullNameBefore) {
  EXPECT_THAT(found({person("Ali Khamenei")},
                    "Ali Khamenei spoke. His son Mojtaba Khamenei left. Then Khamenei slept."),
              ElementsAre("Ali Khamenei"));
}

TEST(BareFamilyName, FollowsThePolicy) {
  EntitySpec spec = person("Ali Khamenei");
  spec.bare_surname = BareSurname::always;
  EXPECT_THAT(found({spec}, "Then Khamenei slept."), ElementsAre("Khamenei"));
  spec.bare_surname = BareSurname::never;
  EXPECT_THAT(found({spec}, "Ali Khamenei spoke. Then Khamenei slept."),
              ElementsAre("Ali Khamenei"));
  spec.bare_surname = BareSurname::with_context;
  spec.context = {located("Tehran")};
  EXPECT_THAT(found({spec}, "In Tehran, Khamenei slept."), ElementsAre("Khamenei"));
  EXPECT_THAT(found({spec}, "In Rome, Khamenei slept."), IsEmpty());
}

TEST(Names, KeepToTheWrittenFormWhenFuzzyIsOff) {
  EntitySpec spec = person("Vladimir Putin");
  spec.fuzzy = Fuzzy::off;
  EXPECT_THAT(found({spec}, "Vladimir Putin spoke"), ElementsAre("Vladimir Putin"));
  EXPECT_THAT(found({spec}, "Владимир Путин заявил"), IsEmpty());
}

TEST(Names, LeaveOutTheFormsListedUnderNot) {
  EntitySpec spec = person("Ali Hosseini");
  spec.exclude = {located("Ali Hosseini Square")};
  EXPECT_THAT(found({spec}, "at Ali Hosseini Square. Then Ali Hosseini came"),
              ElementsAre("Ali Hosseini"));
}

TEST(Titles, OfAPersonMeanThatPersonBeforeTheFamilyName) {
  EntitySpec spec = person("Boris Johnson");
  EXPECT_THAT(found({spec}, "Then Mayor Johnson spoke"), IsEmpty());
  spec.titles = {located("Mayor"), located("Bojo")};
  EXPECT_THAT(found({spec}, "Then Mayor Johnson spoke"), ElementsAre("Mayor Johnson"));
  EXPECT_THAT(found({spec}, "Then Bojo Johnson spoke"), ElementsAre("Bojo Johnson"));
}

TEST(Titles, SayNothingBeforeAnotherNameOrBehindIt) {
  EntitySpec spec = person("Boris Johnson");
  spec.titles = {located("Mayor")};
  for (const auto text : {"Mayor Jackson spoke", "Johnson, Mayor of York", "Mayor Johnson Smith"})
    EXPECT_THAT(found({spec}, text), IsEmpty()) << text;
}

TEST(Titles, SayNothingOfAFamilyNameThatSeveralWatchedPeopleBear) {
  EXPECT_THAT(found({person("Mary Nixon")}, "Then President Nixon spoke"),
              ElementsAre("President Nixon"));
  EXPECT_THAT(found({person("Mary Nixon"), person("Floyd Nixon")}, "Then President Nixon spoke"),
              IsEmpty());
  EXPECT_THAT(found({person("Mary Nixon"), person("Mary Ann Nixon")}, "Then President Nixon spoke"),
              ElementsAre("0:President Nixon", "1:President Nixon"));
}

TEST(Titles, OfOnePersonAreNobodyElses) {
  EntitySpec boris = person("Boris Johnson"), ron = person("Ron Johnson");
  boris.titles = {located("Mayor")};
  ron.titles = {located("Senator")};
  EXPECT_THAT(found({boris, ron}, "Mayor Johnson met. Senator Johnson met."),
              ElementsAre("0:Mayor Johnson", "1:Senator Johnson"));
}

TEST(NativeForms, AreFoundAsTheyAreListed) {
  EntitySpec spec = person("Xi Jinping");
  EXPECT_THAT(found({spec}, "国家主席习近平说"), IsEmpty());
  spec.native = {located("习近平")};
  EXPECT_THAT(found({spec}, "国家主席习近平说"), ElementsAre("习近平"));
  EXPECT_THAT(found({spec}, "国家主席习远平说"), IsEmpty());
}

TEST(NativeForms, OfSeveralWordsAreExpandedLikeTheName) {
  EntitySpec spec = person("Lula");
  EXPECT_THAT(found({spec}, "Вчера Силва, Луис Инасиу прилетел"), IsEmpty());
  spec.native = {located("Луис Инасиу Силва")};
  EXPECT_THAT(found({spec}, "Вчера Силва, Луис Инасиу прилетел"),
              ElementsAre("Силва, Луис Инасиу"));
  EXPECT_THAT(found({spec}, "Lula arrived"), ElementsAre("Lula"));
}

TEST(NativeForms, CountAlsoWhenFuzzyIsOff) {
  EntitySpec spec = person("Xi Jinping");
  spec.fuzzy = Fuzzy::off;
  spec.native = {located("习近平")};
  EXPECT_THAT(found({spec}, "国家主席习近平说"), ElementsAre("习近平"));
}

TEST(Organizations, MatchLongFormAcronymAndInflection) {
  EntitySpec spec = organization("The European Central Bank");
  spec.acronym = "ECB";
  spec.aliases = {located("Evropská centrální banka")};
  EXPECT_THAT(found({spec}, "European Central Bank and ECB, not ecb"),
              ElementsAre("European Central Bank", "ECB"));
  EXPECT_THAT(found({spec}, "podle Evropské centrální banky"),
              ElementsAre("Evropské centrální banky"));
}

TEST(Organizations, MatchWhateverEndingTheirWordsTake) {
  EXPECT_THAT(found({organization("Gazprom")}, "delnice Gazproma in Gazpromovi načrti"),
              ElementsAre("Gazproma", "Gazpromovi"));
  EXPECT_THAT(found({organization("Държавен департамент")}, "от Държавния департамент"),
              ElementsAre("Държавния департамент"));
  EXPECT_THAT(found({organization("Parlament Europejski")}, "w Parlamencie Europejskim"),
              ElementsAre("Parlamencie Europejskim"));
}

TEST(Organizations, AreFoundByTheGrammarOfEveryLanguage) {
  constexpr Spelling kCases[] = {
      {"Палата общин", "депутаты Палаты общин"},
      {"Департамент труда", "в Департаменте труда"},
      {"Європейська спілка", "у Європейській спілці"},
      {"Liga Narodów", "w Lidze Narodów"},
      {"Główny Urząd Statystyczny", "Głównego Urzędu Statystycznego"},
      {"Česká národní banka", "v České národní bance"},
      {"Soudní dvůr", "rozhodnutí Soudního dvora"},
      {"Europski parlament", "Europskog parlamenta"},
      {"Енергиен съюз", "енергийния съюз"},
      {"Pfizer", "Pfizerjevo cepivo"},
      {"Europäische Kommission", "der Europäischen Kommission"},
      {"Auswärtiges Amt", "des Auswärtigen Amtes"},
      {"Merkez Bankası", "Merkez Bankasının kararı"},
      {"Suomen Pankki", "Suomen Pankin"},
      {"Európai Bizottság", "az Európai Bizottsággal"},
      {"Lietuvos bankas", "Lietuvos banko"},
      {"Banca Națională", "Băncii Naționale"},
      {"Κομμουνιστικό Κόμμα", "του Κομμουνιστικού Κόμματος"},
      {"الأمم المتحدة", "الأمين العام للأمم المتحدة"},
      {"وزارة الخارجية", "قالت ووزارة الخارجية"},
      {"משרד החוץ", "ובמשרד החוץ"},
      {"צה\"ל", "בצה\"ל אמרו"},
  };
  for (const auto& [name, text] : kCases)
    EXPECT_FALSE(found({organization(name)}, text).empty()) << name << " in " << text;
}

TEST(Organizations, AreNotAnotherWordOfTheSameStem) {
  constexpr Spelling kCases[] = {
      {"Meta", "The Met opened"},
      {"Opel", "in Opole"},
      {"Amazon", "in Amazonas"},
      {"Central Bank", "all central banks"},
      {"Ministry of Finance", "the Minister of Finance"},
      {"Council of Europe", "the Council of European Municipalities"},
      {"Social Democratic Party", "the Socialist Democratic Party"},
      {"Верховный суд", "Верховный совет"},
  };
  for (const auto& [name, text] : kCases)
    EXPECT_THAT(found({organization(name)}, text), IsEmpty()) << name << " in " << text;
}

TEST(Organizations, MayHaveAnotherSignForAndAndLackTheirLegalForm) {
  constexpr Spelling kCases[] = {
      {"Johnson & Johnson", "Johnson and Johnson said"},
      {"Marks and Spencer", "Marks & Spencer said"},
      {"Telekom d.o.o.", "Telekom said"},
      {"Orlen Sp. z o.o.", "Orlen said"},
      {"ООО Газпром нефть", "директор «Газпром нефти»"},
      {"株式会社日立製作所", "日立製作所は"},
      {"Ministerstwo ds. Brexitu", "ministerstwa ds. Brexitu"},
  };
  for (const auto& [name, text] : kCases)
    EXPECT_FALSE(found({organization(name)}, text).empty()) << name << " in " << text;
  EXPECT_THAT(found({organization("Marks and Spencer")}, "Marks, Spencer"), IsEmpty());
}

TEST(Organizations, WithAnAcronymForANameMayGiveItAnEnding) {
  EXPECT_THAT(found({organization("LOT")}, "samoloty LOTu"), ElementsAre("LOTu"));
  EXPECT_THAT(found({organization("МИД")}, "источник в МИДе"), ElementsAre("МИДе"));
  EXPECT_THAT(found({organization("NATO")}, "NATOn, NATO'nun"), ElementsAre("NATOn", "NATO"));
  EXPECT_THAT(found({organization("LOT")}, "a lot, Lotu, LOTS, LOTtery"), IsEmpty());
}

TEST(Organizations, LearnAnAbbreviationFromTheArticle) {
  EXPECT_THAT(found({organization("Atomic Energy Organization")},
                    "The Atomic Energy Organization (AEOI) spoke. The AEOI denied it."),
              ElementsAre("Atomic Energy Organization", "AEOI", "AEOI"));
  EXPECT_THAT(found({organization("Atomic Energy Organization")}, "The AEOI denied it."),
              IsEmpty());
}

TEST(Terms, MatchAsWrittenAndByPrefix) {
  EntitySpec spec = person("JCPOA");
  spec.kind = EntityKind::term;
  spec.aliases = {located("nuclear deal"), located("enrich*")};
  EXPECT_THAT(found({spec}, "The nuclear deal, or JCPOA, limits enrichment"),
              ElementsAre("nuclear deal", "JCPOA", "enrichment"));
}

TEST(Names, AnswerTheSameWhateverTheScratchHasSeen) {
  const std::vector<EntitySpec> specs{person("Ali Khamenei"), person("Vladimir Putin")};
  const auto compiled = NameIndex::compile(specs);
  NameScratch warm;
  std::vector<std::size_t> counts;
  for (int round = 0; round < 2; ++round) {
    std::vector<NameHit> hits;
    for (const std::string_view text :
         {"Ali Khamenei met Vladimir Putin", "علی خامنه‌ای"}) {
      std::vector<text::Token> tokens;
      text::tokenize(text, tokens);
      const NameText field{Field::body, text, tokens};
      compiled.index.find({&field, 1}, warm, hits);
    }
    counts.push_back(hits.size());
  }
  EXPECT_THAT(counts, ElementsAre(3U, 3U));
}

TEST(Names, ReportANameWithoutWords) {
  const auto spec = person("?!");
  const auto compiled = NameIndex::compile({&spec, 1});
  ASSERT_EQ(compiled.findings.size(), 1U);
  EXPECT_EQ(compiled.findings[0].level, Finding::Level::error);
}

TEST(Names, ExplainEveryFormWithAReason) {
  const auto forms = explain_name(person("Ali Khamenei"));
  std::vector<std::string> texts;
  for (const auto& form : forms) texts.push_back(form.form);
  EXPECT_THAT(texts, testing::IsSupersetOf(
                         {std::string("Khamenei, Ali"), std::string("A. Khamenei"),
                          std::string("(Ali) Khamenei"), std::string("President Khamenei")}));
}

TEST(Names, AreExplainedInTheOrderAndTheLettersOfTheirScript) {
  const auto forms_of = [](std::string_view name) {
    std::vector<std::string> texts;
    for (const auto& form : explain_name(person(name)))
      texts.push_back(form.form + ": " + form.why);
    return texts;
  };
  EXPECT_THAT(forms_of("Kim Jong-un"), testing::Contains(testing::StartsWith("Kim Jong Un: ")));
  EXPECT_THAT(forms_of("Сергей Лавров"), testing::Contains(testing::StartsWith("С. Лавров: ")));
  EXPECT_THAT(forms_of("Ali Khamenei"),
              testing::IsSupersetOf({"Khamenei: whatever sounds like /khamenei/",
                                     "Ali: in other languages, or short: Aly, Alli"}));
}

}  // namespace
}  // namespace tocsin::rules
