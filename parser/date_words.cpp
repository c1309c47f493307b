// SPDX-License-Identifier: MIT
#include "parser/detail/date_words.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <unicode/calendar.h>
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
};

constexpr Year kJalali = {"فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
                          "مهر",     "آبان",     "آذر",   "دی",  "بهمن",  "اسفند"};

/// Names by their folded form, and by each beginning of three letters or more.
class MonthNames {
 public:
  MonthNames() {
    for (const auto& year : kGregorian) add(year, Calendar::gregorian);
    add(kJalali, Calendar::jalali);
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

struct Zone {
  std::string_view name;
  int minutes;
};
constexpr std::array kZones = {
    Zone{"z", 0},      Zone{"ut", 0},      Zone{"utc", 0},     Zone{"gmt", 0},    Zone{"est", -300},
    Zone{"edt", -240}, Zone{"cst", -360},  Zone{"cdt", -300},  Zone{"mst", -420}, Zone{"mdt", -360},
    Zone{"pst", -480}, Zone{"pdt", -420},  Zone{"et", -300},   Zone{"ct", -360},  Zone{"mt", -420},
    Zone{"pt", -480},  Zone{"wet", 0},     Zone{"west", 60},   Zone{"bst", 60},   Zone{"cet", 60},
    Zone{"cest", 120}, Zone{"met", 60},    Zone{"mest", 120},  Zone{"mesz", 120}, Zone{"mez", 60},
    Zone{"eet", 120},  Zone{"eest", 180},  Zone{"msk", 180},   Zone{"msd", 240},  Zone{"trt", 180},
    Zone{"irst", 210}, Zone{"irdt", 270},  Zone{"gst", 240},   Zone{"pkt", 300},  Zone{"almt", 360},
    Zone{"ist", 330},  Zone{"wib", 420},   Zone{"ict", 420},   Zone{"sgt", 480},  Zone{"hkt", 480},
    Zone{"pht", 480},  Zone{"awst", 480},  Zone{"jst", 540},   Zone{"kst", 540},  Zone{"acst", 570},
    Zone{"aest", 600}, Zone{"acdt", 630},  Zone{"aedt", 660},  Zone{"nzst", 720}, Zone{"nzdt", 780},
    Zone{"hst", -600}, Zone{"akst", -540}, Zone{"akdt", -480}, Zone{"ast", -240}, Zone{"adt", -180},
    Zone{"nst", -210}, Zone{"ndt", -150},  Zone{"brt", -180},  Zone{"art", -180}, Zone{"clt", -240},
    Zone{"idt", 180},  Zone{"cat", 120},   Zone{"eat", 180},   Zone{"sast", 120}, Zone{"wat", 60},
    Zone{"uzt", 300},  Zone{"gmt+0", 0}};

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
  if (static_cast<unsigned char>(first.front()) < 0x80) return std::nullopt;
  const auto is = [](std::string_view word, std::string_view name) {
    return word == text::fold(name);
  };
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
  // ICU's identifiers are found in any case only by their canonical spelling.
  std::string id(zone);
  bool start = true;
  for (auto& c : id) {
    if (start && c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    start = c == '/' || c == '_' || c == '-';
  }
  const std::unique_ptr<icu::TimeZone> found(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(id)));
  if (!found || *found == icu::TimeZone::getUnknown()) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  int32_t raw = 0;
  int32_t saving = 0;
  const auto when = static_cast<UDate>(local.time_since_epoch().count()) * 1000.0;
  found->getOffset(when, true, raw, saving, status);
  if (U_FAILURE(status)) return std::nullopt;
  return (raw + saving) / 60'000;
}

std::optional<bool> is_afternoon(std::string_view word) {
  if (word == "am" || word == "pm") return word == "pm";
  if (static_cast<unsigned char>(word.front()) < 0x80) return std::nullopt;
  static const std::map<std::string, bool, std::less<>> kHalves = {{"am", false},
                                                                   {"pm", true},
                                                                   {text::fold("오전"), false},
                                                                   {text::fold("오후"), true},
                                                                   {text::fold("午前"), false},
                                                                   {text::fold("午後"), true},
                                                                   {text::fold("上午"), false},
                                                                   {text::fold("下午"), true},
                                                                   {text::fold("πμ"), false},
                                                                   {text::fold("μμ"), true},
                                                                   {text::fold("ص"), false},
                                                                   {text::fold("م"), true},
                                                                   {text::fold("ق.ظ"), false},
                                                                   {text::fold("ب.ظ"), true}};
  const auto found = kHalves.find(word);
  if (found == kHalves.end()) return std::nullopt;
  return found->second;
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
