// SPDX-License-Identifier: MIT
#include "rules/names/detail/lexicon.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "rules/names/detail/given_names.hpp"
#include "text/fold.hpp"
#include "text/tokenizer.hpp"

namespace tocsin::rules::names {
namespace {

// Each list is blank-separated; text is folded when the tables are made.
constexpr std::string_view kTitleWords =
    "president presidente presidency premier chancellor minister secretary senator congressman "
    "congresswoman governor mayor ambassador general generalisimo generalissimo marechal mariscal "
    "maresciallo "
    "feldmarschall comandante gen colonel col major maj captain capt "
    "lieutenant lt admiral adm marshal commander cmdr brigadier sergeant king queen prince "
    "princess "
    "emperor sultan emir sheikh shaikh sheik shaykh imam ayatollah hojatoleslam hodjatoleslam "
    "hujjatulislam mullah mufti sayyid seyed sayed seyyed sayyed syed hajj haji pope cardinal "
    "bishop "
    "archbishop patriarch rabbi sir dame lord lady baron baroness justice judge representative rep "
    "sen gov speaker chairman chairwoman leader elect vice deputy former ex foreign prime defense "
    "defence interior finance "
    "prezydent prezident predsednik predsjednik kanzler bundeskanzler praesident präsident "
    "ministr minister ministre ministro primer presidente président premierminister cumhurbaşkanı "
    "başbakan bakan bakanı general général generale koenig könig roi rey ministra kancler premiér "
    "prezidentka presidenta presidentin "
    "президент президента президенту президентом премьер министр министра министру генерал "
    "полковник маршал сенатор губернатор канцлер председатель спикер король король патриарх папа "
    "президента міністр прем'єр глава имам аятолла шейх "
    "رئیس جمهور رئيس الرئيس وزير وزیر الوزير آیت الله آية الله امام الإمام شیخ الشيخ سید السيد سيد "
    "سردار سرلشکر ژنرال جنرال لواء اللواء العميد دکتر الدكتور حجت الاسلام حجة الإسلام الملك الأمير "
    "السلطان پادشاه شاه رهبر آقای آقا خانم حاج الحاج جناب "
    "הנשיא נשיא שר השר ראש הממשלה ראש האלוף אלוף הרב הגנרל גנרל המלך "
    "πρόεδρος πρόεδρο προέδρου πρωθυπουργός υπουργός στρατηγός βασιλιάς";
constexpr std::string_view kWeakTitleWords =
    "mr mrs ms miss dr doctor prof professor herr frau monsieur madame m mme mlle senor señor sr "
    "sra "
    "don dona doña signor signora pan pani pana panu bay bayan sayin sayın г гн госпожа господин "
    "д р κ κα κύριος κυρία мистер миссис док عالی dipl ing sn mister gospod gospa jr snr junior";
constexpr std::string_view kParticleWords =
    "d al el ul as ash an ad ar az at bin ben ibn bint abu abou umm von van der den de del della "
    "di "
    "da "
    "do dos das du la le los las y e i ter ten te zu zur af av of the bar dei ould oglu zadeh st "
    "д аль эль ад ас аз ар аш ибн бин бен фон ван дер де ди да дель ла ле "
    "ال بن ابن بنت ابو أبو بو دو دي فون فان آل "
    "בן אבו אל בת דה די פון ואן "
    "ド デ ダ ディ フォン ファン デル デア アル エル ビン イブン "
    "ντ ντε φον βαν ντι αλ ελ ντερ τερ ντα ντελ λα λε μπιν ιμπν δε";
constexpr std::string_view kConjunctionWords =
    "and or but with und oder et ou y e o i a ve ile en of og och és és ja oraz lub albo ali in "
    "ter "
    "и или с а но та і й або και ή και ו או mit avec con z s met "
    "و أو او با של";
constexpr std::string_view kCommonFamilyWords =
    "smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez "
    "gonzalez wilson anderson thomas taylor moore jackson martin lee perez thompson white harris "
    "sanchez clark ramirez lewis robinson walker young allen king wright scott torres nguyen hill "
    "flores green adams nelson baker hall rivera campbell mitchell carter roberts gomez phillips "
    "evans turner diaz parker cruz edwards collins reyes stewart morris morales murphy cook rogers "
    "gutierrez ortiz morgan cooper peterson bailey reed kelly howard ramos kim cox ward richardson "
    "watson brooks chavez wood james bennett gray mendoza ruiz hughes price alvarez castillo "
    "sanders "
    "patel myers long ross foster jimenez powell jenkins perry russell sullivan bell coleman "
    "butler "
    "henderson barnes gonzales fisher vasquez simmons romero jordan patterson alexander hamilton "
    "graham reynolds griffin wallace moreno west cole hayes bryant herrera gibson ellis tran "
    "medina "
    "aguilar stevens murray ford castro marshall owens harrison fernandez mcdonald woods "
    "washington "
    "kennedy wells vargas henry chen freeman webb tucker guzman burns crawford olson simpson "
    "porter "
    "hunter gordon mendez silva shaw snyder mason dixon munoz hunt hicks holmes palmer wagner "
    "black "
    "robertson boyd rose stone salazar fox warren mills meyer rice schmidt garza daniels ferguson "
    "nichols stephens soto weaver ryan gardner payne grant dunn kelley spencer hawkins arnold "
    "pierce "
    "hansen peters santos hart bradley knight elliott cunningham duncan armstrong hudson carroll "
    "lane "
    "riley andrews alvarado ray delgado berry perkins hoffman johnston matthews pena richards "
    "contreras willis carpenter lawrence sandoval guerrero george chapman rios estrada ortega "
    "watkins "
    "greene nunez wheeler valdez harper burke larson santiago maldonado morrison franklin carlson "
    "austin dominguez carr lawson jacobs obrien lynch singh vega bishop montgomery oliver jensen "
    "harvey williamson gilbert dean sims espinoza howell li wong reid hanson le mccoy garrett "
    "burton "
    "fuller wang weber welch rojas lucas marquez fields park yang little banks padilla day walsh "
    "bowman schultz luna fowler mejia "
    "ivanov smirnov kuznetsov popov vasiliev petrov sokolov mikhailov novikov fedorov morozov "
    "volkov "
    "alekseev lebedev semenov egorov pavlov kozlov stepanov nikolaev orlov andreev makarov nikitin "
    "zakharov mueller muller schneider fischer becker schulz koch bauer richter klein wolf "
    "schroeder "
    "neumann schwarz zimmermann braun kruger hofmann hartmann lange werner krause bush may rice "
    "cameron mohammadi hosseini ahmadi mousavi rezaei karimi moradi ebrahimi hussein ali khan "
    "ahmed "
    "hassan mahmoud ibrahim ahmad mohammed mohammad cohen levy kaya demir yilmaz celik sahin "
    "yildiz "
    "rossi russo ferrari bianchi esposito dubois durand bernard petit robert moreau laurent simon "
    "michel lefebvre leroy roux david bertrand zhang liu zhao wu zhou xu sun ma zhu hu lin guo he "
    "luo "
    "liang song zheng xie han tang feng deng cao peng pham tran choi jung kang cho yoon jang lim "
    "sato "
    "suzuki takahashi tanaka watanabe ito yamamoto nakamura kobayashi kato yoshida yamada sasaki";
constexpr std::string_view kEasternFamilyWords =
    "kim lee yi pak park choi choe jung jong chung kang cho jo yoon yun jang chang lim im han oh o "
    "seo "
    "so shin sin kwon hwang ahn an song ryu yoo yu hong jeon ko bae paek baek nam sim roh noh ri "
    "li wang zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang "
    "zheng "
    "xie tang feng deng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu "
    "ding "
    "xi fu fan fang shi tan liao zou xiong hao kong bai cui qiu qin gu hou shao meng wan duan "
    "lei qian yin yan xue xia zhong dai jia qiao gong ouyang niu geng zhuang zhan "
    "ban moon mun min cha chae byun bang chun na ha ji joo ju suh sung seong son tak woo yeo pyo "
    "um "
    "eom "
    "ren shen yao hsu tsai chiang lai jin mao wen bo nguyen tran pham le vo ho ngo bui dang mi hua";
constexpr std::string_view kLegalWords =
    "inc incorporated corp corporation co company ltd limited llc llp plc gmbh ag se kg sa sas "
    "sarl spa "
    "srl bv nv ab as asa oy oyj aps kft zrt doo dd sro zoo sp spzoo pjsc ojsc jsc oao ooo zao pao "
    "ao "
    "holding holdings group ооо оао зао пао ао нао тоо тов групп холдинг ad ead ад еад оод еоод "
    "ood eood "
    "aş şti as kk pte pty bhd sdn tbk nyrt bt oyj ou uab sia spz oo vof aps asbl ltda eirl z";

// Articles, pronouns, prepositions, adverbs and auxiliaries, as they begin sentences. None that is
// a name as well: will, art, mark, an.
constexpr std::string_view kAbbreviationWords =
    "d.c n.y n.j n.c n.d n.h n.m s.c s.d r.i w.va b.c n.s n.b p.e.i p.r u.s u.s.a u.k u.n e.u l.a "
    "a.m "
    "p.m a.d b.a m.a m.p p.o r.n";
constexpr std::string_view kFunctionWords =
    "the this that these those there here then than thus though through when where which while who "
    "whom whose what why how for from about after before below between during into near off onto "
    "our out over since under until upon within without your yours you they them their theirs she "
    "her hers his him its it we us ours me my mine was were been being are is has have had having "
    "does did doing done can could may might must shall should would not nor yes all also any both "
    "each either else even ever every few some such other same many more most much only just still "
    "too very well once again now today yesterday tomorrow never always often as at by if in so to "
    "up no do be he "
    "der das den dem des ein eine einer eines einem einen ist sind war waren wird werden wurde hat "
    "haben nicht auch auf aus bei durch gegen nach ohne um unter vom vor wegen zum zur zwischen "
    "wenn wie wer was wo warum dass doch noch nur schon sehr sich sie wir ihr ihre sein seine "
    "les une des est sont dans pour par sur sous chez vers mais donc car ni que qui quoi dont où "
    "ce "
    "cet cette ces mon ton son ses leur leurs nous vous ils elles elle il on pas plus moins très "
    "aussi ainsi alors après avant depuis pendant quand comme si "
    "los una unos unas del por para pero porque cuando como donde quien cual este esta estos estas "
    "ese esa eso su sus nos ellos ellas más muy también sin sobre entre hasta desde según tras "
    "она оно они его этот эта эти что кто где когда почему если чтобы потому через после перед "
    "между уже еще ещё был была было были есть будет также тоже только здесь там вот даже очень "
    "сейчас теперь сегодня вчера завтра никто ничего который которая которые "
    "قال قالت قالوا يقول تقول أعلن أعلنت أكد أكدت أضاف أضافت صرح صرحت ذكر ذكرت أنه إنه "
    "إلى "
    "عن مع هذا هذه ذلك تلك التي الذي الذين كان كانت يكون بعد قبل خلال يوم بين حول عند عندما كما قد "
    "وقد "
    "لقد ثم أو لكن ولكن غير كل بعض اليوم أمس غدا صباح مساء الاثنين الثلاثاء الأربعاء الخميس الجمعة "
    "السبت "
    "الأحد حتى منذ ضد لدى أمام تحت فوق حيث إذا نحو "
    "گفت گفته گفتند افزود اعلام روز شنبه یکشنبه دوشنبه چهارشنبه پنجشنبه در با برای این آن "
    "است "
    "بود شد کرد کرده شده خود نیز اما یا دیروز امروز فردا دیشب امشب پیش بر چه اگر "
    "باید "
    "אמר אמרה אמרו אמש היום אתמול מחר ביום שלישי רביעי חמישי שישי ראשון כי של על עם את לא גם או "
    "אבל הוא "
    "היא הם זה זו אשר לפי בין אחרי לפני עוד רק כל יש אין היה הייתה היו כדי אך אולם כבר מאוד בשל "
    "월요일 화요일 수요일 목요일 금요일 토요일 일요일 말했다 밝혔다 오늘 어제 내일 "
    "δήλωσε είπε είπαν την τη τον τους της του των το τα οι και αλλά όμως για από στο στη στην "
    "στον με "
    "σε που πως ότι όταν σήμερα χθες αύριο μετά πριν";

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find(' ', at), list.size());
    if (end > at) out.push_back(text::fold(list.substr(at, end - at)));
    at = end + 1;
  }
  return out;
}

struct Given {
  std::vector<std::vector<std::string>> groups;
  std::size_t names = 0;  ///< groups whose words are given names in any text
  std::unordered_map<std::string_view, std::vector<std::uint16_t>> groups_of;
};

const Given& given_names() {
  static const Given all = [] {
    Given out;
    for (const std::string_view group : given_name_groups()) out.groups.push_back(split(group));
    out.names = out.groups.size();
    for (const std::string_view group : foreign_given_name_groups())
      out.groups.push_back(split(group));
    for (std::uint16_t g = 0; g < out.groups.size(); ++g)
      for (const std::string& name : out.groups[g]) out.groups_of[name].push_back(g);
    return out;
  }();
  return all;
}

/// Facts by the hash of a folded word; open addressing.
class FactTable {
 public:
  static const FactTable& instance() {
    static const FactTable table;
    return table;
  }

  [[nodiscard]] std::uint16_t at(std::uint64_t hash) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = hash & mask; slots_[i].facts != 0; i = (i + 1) & mask)
      if (slots_[i].hash == hash) return slots_[i].facts;
    return 0;
  }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint16_t facts = 0;
  };

  FactTable() : slots_(std::size_t{1} << 14U) {
    const std::pair<std::string_view, Fact> kLists[] = {
        {kTitleWords, kTitle},
        {kWeakTitleWords, kWeakTitle},
        {kParticleWords, kParticle},
        {kConjunctionWords, kConjunction},
        {kCommonFamilyWords, kCommonFamily},
        {kEasternFamilyWords, kEasternFamily},
        {kLegalWords, kLegalSuffix},
        {kFunctionWords, kFunction},
        {news_words(), kWord},
        {kAbbreviationWords, kAbbreviation},
    };
    for (const auto& [list, fact] : kLists)
      for (const std::string& word : split(list)) add(word, fact);
    for (const std::string& word : split(lone_given_names())) add(word, kGiven);
    for (std::size_t g = 0; g < given_names().names; ++g)
      for (const std::string& word : given_names().groups[g]) add(word, kGiven);
  }

  void add(std::string_view word, Fact fact) {
    const std::uint64_t hash = text::word_hash(word);
    const std::size_t mask = slots_.size() - 1;
    std::size_t i = hash & mask;
    while (slots_[i].facts != 0 && slots_[i].hash != hash) i = (i + 1) & mask;
    slots_[i].hash = hash;
    slots_[i].facts = static_cast<std::uint16_t>(slots_[i].facts | fact);
  }

  std::vector<Slot> slots_;
};

bool has(std::string_view word, Fact fact) {
  return (Lexicon::facts(text::word_hash(word)) & fact) != 0;
}

}  // namespace

std::uint16_t Lexicon::facts(std::uint64_t hash) noexcept {
  return FactTable::instance().at(hash);
}

bool Lexicon::title(std::string_view word) {
  return has(word, kTitle);
}
bool Lexicon::particle(std::string_view word) {
  return has(word, kParticle);
}
bool Lexicon::common_family(std::string_view word) {
  return has(word, kCommonFamily);
}
bool Lexicon::eastern_family(std::string_view word) {
  return has(word, kEasternFamily);
}
bool Lexicon::legal_suffix(std::string_view word) {
  return has(word, kLegalSuffix);
}
bool Lexicon::given(std::string_view word) {
  return has(word, kGiven);
}

std::vector<std::string_view> Lexicon::equivalents(std::string_view word) {
  std::vector<std::string_view> out;
  const auto found = given_names().groups_of.find(word);
  if (found == given_names().groups_of.end()) return out;
  for (const std::uint16_t group : found->second)
    for (const std::string& other : given_names().groups[group])
      if (other != word) out.emplace_back(other);
  return out;
}

std::span<const std::uint16_t> Lexicon::groups(std::string_view word) {
  const auto found = given_names().groups_of.find(word);
  if (found == given_names().groups_of.end()) return {};
  return found->second;
}

}  // namespace tocsin::rules::names
