// SPDX-License-Identifier: MIT
#include "parser/detail/date_words.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <unicode/calendar.h>
#include <unicode/strenum.h>
#include <unicode/timezone.h>

#include "text/fold.hpp"

namespace tocsin::parser::detail {
namespace {

using Year = std::array<std::string_view, 12>;

/// One row a language or a form of its names. Where two languages disagree about a beginning, the
/// row that stands first wins.
constexpr std::array kGregorian = {
    Year{"january", "february", "march", "april", "may", "june", "july", "august", "september",
         "october", "november", "december"},
    Year{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sept", "oct", "nov", "dec"},
    Year{"januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september",
         "oktober", "november", "dezember"},
    Year{"jänner", "feber", "maerz", "", "", "", "", "", "", "", "", ""},
    Year{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
         "octobre", "novembre", "décembre"},
    Year{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
         "octubre", "noviembre", "diciembre"},
    Year{"", "", "", "", "", "", "", "", "setiembre", "", "", ""},
    Year{"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro",
         "outubro", "novembro", "dezembro"},
    Year{"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
         "settembre", "ottobre", "novembre", "dicembre"},
    Year{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
         "oktober", "november", "december"},
    Year{"", "", "mrt", "", "maj", "", "", "augusti", "", "", "", "desember"},
    Year{"", "", "marts", "", "", "", "", "agustus", "", "", "", ""},
    Year{"", "", "maret", "", "", "", "", "", "", "", "", ""},
    Year{"január", "február", "március", "április", "május", "június", "július", "augusztus",
         "szeptember", "október", "november", "december"},
    Year{"styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec", "lipiec", "sierpień",
         "wrzesień", "październik", "listopad", "grudzień"},
    Year{"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia",
         "września", "października", "listopada", "grudnia"},
    Year{"leden", "únor", "březen", "duben", "květen", "červen", "červenec", "srpen", "září",
         "říjen", "listopad", "prosinec"},
    Year{"ledna", "února", "března", "dubna", "května", "června", "července", "srpna", "září",
         "října", "listopadu", "prosince"},
    Year{"ianuarie", "februarie", "martie", "aprilie", "mai", "iunie", "iulie", "august",
         "septembrie", "octombrie", "noiembrie", "decembrie"},
    Year{"tammikuu", "helmikuu", "maaliskuu", "huhtikuu", "toukokuu", "kesäkuu", "heinäkuu",
         "elokuu", "syyskuu", "lokakuu", "marraskuu", "joulukuu"},
    Year{"ocak", "şubat", "mart", "nisan", "mayıs", "haziran", "temmuz", "ağustos", "eylül", "ekim",
         "kasım", "aralık"},
    Year{"ιανουαρίου", "φεβρουαρίου", "μαρτίου", "απριλίου", "μαΐου", "ιουνίου", "ιουλίου",
         "αυγούστου", "σεπτεμβρίου", "οκτωβρίου", "νοεμβρίου", "δεκεμβρίου"},
    Year{"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
         "октября", "ноября", "декабря"},
    Year{"январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь",
         "октябрь", "ноябрь", "декабрь"},
    Year{"січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня",
         "жовтня", "листопада", "грудня"},
    Year{"януари", "февруари", "март", "април", "май", "юни", "юли", "август", "септември",
         "октомври", "ноември", "декември"},
    Year{"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر",
         "نوفمبر", "ديسمبر"},
    Year{"جانفي", "فيفري", "", "أفريل", "ماي", "جوان", "جويلية", "أوت", "", "", "", ""},
    Year{"", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "", "", ""},
    Year{"ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر",
         "نوامبر", "دسامبر"},
    Year{"ינואר", "פברואר", "מרץ", "אפריל", "מאי", "יוני", "יולי", "אוגוסט", "ספטמבר", "אוקטובר",
         "נובמבר", "דצמבר"},
    Year{"בינואר", "בפברואר", "במרץ", "באפריל", "במאי", "ביוני", "ביולי", "באוגוסט", "בספטמבר",
         "באוקטובר", "בנובמבר", "בדצמבר"},
    Year{"جنوری", "فبروری", "مارچ", "اپریل", "می", "جون", "جولای", "آگوست", "ستمبر", "اکتوبر",
         "نومبر", "دسمبر"},
    Year{"", "فروری", "", "آپریل", "مئی", "", "جولائی", "اگست", "", "", "", ""},
    Year{"қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек",
         "қазан", "қараша", "желтоқсан"},
    Year{"yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avgust", "sentabr", "oktabr",
         "noyabr", "dekabr"},
    Year{"", "", "", "", "", "", "", "", "sentyabr", "oktyabr", "", ""},
    Year{"gener", "febrer", "març", "abril", "maig", "juny", "juliol", "agost", "setembre",
         "octubre", "novembre", "desembre"},
    Year{"siječnja", "veljače", "ožujka", "travnja", "svibnja", "lipnja", "srpnja", "kolovoza",
         "rujna", "", "studenoga", "prosinca"},
    Year{"siječanj", "veljača", "ožujak", "travanj", "svibanj", "lipanj", "srpanj", "kolovoz",
         "rujan", "", "studeni", "prosinac"},
    Year{"január", "február", "marec", "apríl", "máj", "jún", "júl", "august", "september",
         "október", "november", "december"},
    Year{"jaanuar", "veebruar", "märts", "aprill", "mai", "juuni", "juuli", "august", "september",
         "oktoober", "november", "detsember"},
    Year{"janvāris", "februāris", "marts", "aprīlis", "maijs", "jūnijs", "jūlijs", "augusts",
         "septembris", "oktobris", "novembris", "decembris"},
    Year{"sausio", "vasario", "kovo", "balandžio", "gegužės", "birželio", "liepos", "rugpjūčio",
         "rugsėjo", "spalio", "lapkričio", "gruodžio"},
    Year{"มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน",
         "ตุลาคม", "พฤศจิกายน", "ธันวาคม"},
    Year{"जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर",
         "दिसंबर"},
    Year{"", "", "mrz", "", "", "", "", "", "", "", "", ""},
};

constexpr Year kJalali = {"فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
                          "مهر",     "آبان",     "آذر",   "دی",  "بهمن",  "اسفند"};
constexpr Year kJalaliOfKabul = {"حمل",   "ثور",  "جوزا", "سرطان", "اسد", "سنبله",
                                 "میزان", "عقرب", "قوس",  "جدی",   "دلو", "حوت"};

/// Names by their folded form, and by each beginning of three letters or more.
class MonthNames {
 public:
  MonthNames() {
    for (const auto& year : kGregorian) add(year, Calendar::gregorian);
    add(kJalali, Calendar::jalali);
    add(kJalaliOfKabul, Calendar::jalali);
    for (const auto& year : kGregorian) add_beginnings(year);
  }

  [[nodiscard]] std::optional<Month> find(std::string_view word) const {
    for (const auto* names : {&whole_, &beginnings_})
      if (const auto found = names->find(word); found != names->end()) return found->second;
    // An inflected form goes on where the name ends.
    auto before = whole_.upper_bound(word);
    if (before == whole_.begin()) return std::nullopt;
    --before;
    constexpr std::size_t kTelling = 5;
    if (before->first.size() >= kTelling && word.starts_with(before->first) &&
        word.size() - before->first.size() <= 6)
      return before->second;
    return std::nullopt;
  }

 private:
  void add(const Year& year, Calendar calendar) {
    for (std::size_t i = 0; i < year.size(); ++i)
      if (!year.at(i).empty())
        whole_.emplace(text::fold(year.at(i)), Month{static_cast<int>(i) + 1, calendar});
  }

  void add_beginnings(const Year& year) {
    for (std::size_t i = 0; i < year.size(); ++i) {
      const auto name = text::fold(year.at(i));
      std::size_t letters = 0;
      for (std::size_t at = 1; at < name.size(); ++at) {
        if ((static_cast<unsigned char>(name[at]) & 0xC0U) == 0x80U) continue;
        if (++letters >= 3) beginnings_.emplace(name.substr(0, at), Month{static_cast<int>(i) + 1});
      }
    }
  }

  std::map<std::string, Month, std::less<>> whole_, beginnings_;
};

constexpr Year kChinese = {"一", "二", "三", "四", "五",   "六",
                           "七", "八", "九", "十", "十一", "十二"};

constexpr std::array<std::string_view, 9> kVietnamese = {"gieng", "hai", "ba",  "tu",  "nam",
                                                         "sau",   "bay", "tam", "chin"};

struct Zone {
  std::string_view name;
  int minutes;
};
constexpr std::array kZones = {
    Zone{"z", 0},       Zone{"ut", 0},      Zone{"utc", 0},     Zone{"gmt", 0},
    Zone{"est", -300},  Zone{"edt", -240},  Zone{"cst", -360},  Zone{"cdt", -300},
    Zone{"mst", -420},  Zone{"mdt", -360},  Zone{"pst", -480},  Zone{"pdt", -420},
    Zone{"et", -300},   Zone{"ct", -360},   Zone{"mt", -420},   Zone{"pt", -480},
    Zone{"wet", 0},     Zone{"west", 60},   Zone{"bst", 60},    Zone{"cet", 60},
    Zone{"cest", 120},  Zone{"met", 60},    Zone{"mest", 120},  Zone{"mesz", 120},
    Zone{"mez", 60},    Zone{"eet", 120},   Zone{"eest", 180},  Zone{"msk", 180},
    Zone{"msd", 240},   Zone{"trt", 180},   Zone{"irst", 210},  Zone{"irdt", 270},
    Zone{"gst", 240},   Zone{"pkt", 300},   Zone{"almt", 360},  Zone{"ist", 330},
    Zone{"wib", 420},   Zone{"ict", 420},   Zone{"sgt", 480},   Zone{"hkt", 480},
    Zone{"pht", 480},   Zone{"awst", 480},  Zone{"jst", 540},   Zone{"kst", 540},
    Zone{"acst", 570},  Zone{"aest", 600},  Zone{"acdt", 630},  Zone{"aedt", 660},
    Zone{"nzst", 720},  Zone{"nzdt", 780},  Zone{"hst", -600},  Zone{"akst", -540},
    Zone{"akdt", -480}, Zone{"ast", -240},  Zone{"adt", -180},  Zone{"nst", -210},
    Zone{"ndt", -150},  Zone{"brt", -180},  Zone{"art", -180},  Zone{"clt", -240},
    Zone{"idt", 180},   Zone{"cat", 120},   Zone{"eat", 180},   Zone{"sast", 120},
    Zone{"wat", 60},    Zone{"uzt", 300},   Zone{"npt", 345},   Zone{"wita", 480},
    Zone{"wit", 540},   Zone{"brst", -120}, Zone{"clst", -180}, Zone{"pet", -300},
    Zone{"cot", -300},  Zone{"vet", -240},  Zone{"pyt", -240},  Zone{"nft", 660},
    Zone{"chst", 600},  Zone{"azt", 240},   Zone{"amt", 240},   Zone{"yekt", 300},
    Zone{"novt", 420},  Zone{"krat", 420},  Zone{"irkt", 480},  Zone{"vlat", 600},
    Zone{"samt", 240},  Zone{"myt", 480},   Zone{"acwst", 525}, Zone{"lhst", 630},
    Zone{"mmt", 390},   Zone{"hdt", -540}};

/// ICU finds its identifiers in their own spelling alone: here they are by the one in lower case.
const std::map<std::string, icu::UnicodeString, std::less<>>& zone_ids() {
  static const auto ids = [] {
    std::map<std::string, icu::UnicodeString, std::less<>> map;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::StringEnumeration> all(icu::TimeZone::createEnumeration());
    for (const auto* id = all->snext(status); id != nullptr; id = all->snext(status)) {
      std::string low;
      icu::UnicodeString(*id).toLower(icu::Locale::getRoot()).toUTF8String(low);
      map.emplace(std::move(low), *id);
    }
    return map;
  }();
  return ids;
}

}  // namespace

std::optional<Month> month_named(std::string_view word) {
  constexpr std::array<std::string_view, 12> kEnglish = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  if (word.size() < 3) return std::nullopt;
  for (std::size_t i = 0; i < kEnglish.size(); ++i)
    if (kEnglish.at(i).starts_with(word)) return Month{static_cast<int>(i) + 1};
  // English words that dates hold, too, need no look at the table, which takes time to build.
  if (weekday_named(word) || zone_named(word)) return std::nullopt;
  static const MonthNames names;
  return names.find(word);
}

std::optional<Month> month_named(std::string_view first, std::string_view second) {
  const bool ascii = static_cast<unsigned char>(first.front()) < 0x80;
  if (ascii && first != "thang") return std::nullopt;
  const auto is = [](std::string_view word, std::string_view name) {
    return word == text::fold(name);
  };
  if (second == "月")  // 八月; "十" and "二" of 十二月 are one word
    for (std::size_t i = 0; i < kChinese.size(); ++i)
      if (first == kChinese.at(i)) return Month{static_cast<int>(i) + 1};
  if (first == "thang")  // Vietnamese; the eleventh and twelfth have one word more
    for (std::size_t i = 0; i < kVietnamese.size(); ++i)
      if (second == kVietnamese.at(i)) return Month{static_cast<int>(i) + 1};
  const bool one = is(second, "الأول");
  const bool two = is(second, "الثاني");
  if (!one && !two) return std::nullopt;
  if (is(first, "كانون")) return Month{one ? 12 : 1};
  if (is(first, "تشرين")) return Month{one ? 10 : 11};
  return std::nullopt;
}

std::optional<unsigned> weekday_named(std::string_view word) {
  constexpr std::array<std::string_view, 7> kDays = {"sunday",   "monday", "tuesday", "wednesday",
                                                     "thursday", "friday", "saturday"};
  if (word.size() < 3) return std::nullopt;
  for (unsigned i = 0; i < kDays.size(); ++i)
    if (kDays.at(i).starts_with(word)) return i;
  return std::nullopt;
}

std::optional<int> zone_named(std::string_view word) {
  if (word.size() == 1 && word[0] >= 'a' && word[0] <= 'z' && word[0] != 'j') return 0;
  const auto* found = std::find_if(kZones.begin(), kZones.end(),
                                   [&](const Zone& zone) { return zone.name == word; });
  if (found == kZones.end()) return std::nullopt;
  return found->minutes;
}

std::optional<int> offset_in(std::string_view zone, std::chrono::local_seconds local) {
  const auto& ids = zone_ids();
  const auto id = ids.find(zone);
  if (id == ids.end()) return std::nullopt;
  const std::unique_ptr<icu::TimeZone> found(icu::TimeZone::createTimeZone(id->second));
  UErrorCode status = U_ZERO_ERROR;
  int32_t raw = 0;
  int32_t saving = 0;
  const auto when = static_cast<UDate>(local.time_since_epoch().count()) * 1000.0;
  found->getOffset(when, true, raw, saving, status);
  if (U_FAILURE(status)) return std::nullopt;
  return (raw + saving) / 60'000;
}

std::optional<bool> is_afternoon(std::string_view word) {
  if (word == "am" || word == "pm" || word == "a.m" || word == "p.m") return word[0] == 'p';
  if (static_cast<unsigned char>(word.front()) < 0x80) return std::nullopt;
  static const std::map<std::string, bool, std::less<>> kHalves = {
      {text::fold("오전"), false}, {text::fold("오후"), true},   {text::fold("午前"), false},
      {text::fold("午後"), true},  {text::fold("上午"), false},  {text::fold("下午"), true},
      {text::fold("πμ"), false},   {text::fold("μμ"), true},     {text::fold("π.μ"), false},
      {text::fold("μ.μ"), true},   {text::fold("صباحا"), false}, {text::fold("مساء"), true},
      {text::fold("ص"), false},    {text::fold("م"), true},      {text::fold("ق.ظ"), false},
      {text::fold("ب.ظ"), true}};
  const auto found = kHalves.find(word);
  if (found == kHalves.end()) return std::nullopt;
  return found->second;
}

Unit unit_named(std::string_view sign) {
  struct Known {
    std::string_view sign;
    Unit unit;
  };
  static constexpr std::array kKnown = {
      Known{"年", Unit::year},   Known{"月", Unit::month}, Known{"日", Unit::day},
      Known{"号", Unit::day},    Known{"時", Unit::hour},  Known{"时", Unit::hour},
      Known{"点", Unit::hour},   Known{"點", Unit::hour},  Known{"分", Unit::minute},
      Known{"秒", Unit::second}, Known{"년", Unit::year},  Known{"월", Unit::month},
      Known{"일", Unit::day},    Known{"시", Unit::hour},  Known{"분", Unit::minute},
      Known{"초", Unit::second}};
  const auto* found = std::find_if(kKnown.begin(), kKnown.end(),
                                   [&](const Known& one) { return one.sign == sign; });
  return found == kKnown.end() ? Unit::none : found->unit;
}

bool is_korean(std::string_view word) {
  return word >= "\uAC00" && word <= "\uD7A3";  // UTF-8 sorts as the code points do
}

int year_before_era(std::string_view name) {
  struct Era {
    std::string_view name;
    int before;
  };
  static constexpr std::array kEras = {Era{"令和", 2018}, Era{"平成", 1988}, Era{"昭和", 1925},
                                       Era{"民國", 1911}, Era{"民国", 1911}};
  const auto* found =
      std::find_if(kEras.begin(), kEras.end(), [&](const Era& one) { return one.name == name; });
  return found == kEras.end() ? 0 : found->before;
}

std::optional<std::chrono::year_month_day> from_jalali(int year, int month, int day) {
  if (year < 1200 || year > 1600 || month < 1 || month > 12 || day < 1 || day > 31)
    return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Calendar> calendar(icu::Calendar::createInstance(
      *icu::TimeZone::getGMT(), icu::Locale("fa_IR@calendar=persian"), status));
  if (U_FAILURE(status)) return std::nullopt;
  calendar->clear();
  calendar->setLenient(false);
  calendar->set(UCAL_EXTENDED_YEAR, year);
  calendar->set(UCAL_MONTH, month - 1);
  calendar->set(UCAL_DAY_OF_MONTH, day);
  const auto time = calendar->getTime(status);
  if (U_FAILURE(status)) return std::nullopt;
  const std::chrono::sys_time<std::chrono::milliseconds> at{
      std::chrono::milliseconds{static_cast<std::int64_t>(time)}};
  return std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(at)};
}

}  // namespace tocsin::parser::detail
