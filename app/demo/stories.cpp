// SPDX-License-Identifier: MIT
#include "app/demo/stories.hpp"

#include <array>

namespace tocsin::demo {
namespace {

constexpr std::array kBackground = {
    Story{"agency", "en", "Harbour ferry returns to its winter timetable",
          "The first boat now leaves at seven. Operators expect calm weather all week.", 0},
    Story{"world", "en", "Archive photographs of the old observatory go on show",
          "The exhibition runs until the end of the month and is free.", 0},
    Story{"notes", "en", "How we read the communiqués",
          "A note on method: we quote first, and comment afterwards.", 0},
};

constexpr std::array kArriving = {
    Story{"agency", "en", "Russian president to travel to Tehran on Friday",
          "The Kremlin said the president would be received by Ayatollah Seyed Ali Khamenei. State "
          "television in Tehran, which calls him Imam Khamenei, carried the announcement live.\n\n"
          "A bilateral meeting with Turkish President (Recep Tayyip) Erdogan is planned for the "
          "afternoon. The three capitals have led several rounds of peace talks in Kazakhstan's "
          "Astana.\n\n"
          "The Joint Comprehensive Plan of Action (JCPOA) is also on the agenda.",
          4},
    Story{"world", "en", "Astana Pro Team takes the mountain stage",
          "The cycling squad controlled the last climb. Their leader dedicated the stage to the "
          "mechanics.",
          0},
    Story{"notes", "fa", "گفت‌وگو درباره برجام ادامه دارد",
          "وزیر امور خارجه گفت مذاکرات درباره برجام ادامه خواهد یافت. او پیش از سفر با علی "
          "خامنه‌ای "
          "دیدار کرد.",
          2},
    Story{"world", "ru", "В Астане начался новый раунд переговоров",
          "В Астане открылся очередной раунд переговоров по Сирии. На открытии прочли обращение "
          "Реджепа Тайипа Эрдогана.",
          2},
    Story{"agency", "en", "Bakery wins prize for its poutine",
          "The jury praised the gravy. The owner said the recipe came from her grandmother.", 0},
    Story{"notes", "tr", "Erdoğan'ın konuşması akşam yayınlanacak",
          "Cumhurbaşkanı Recep Tayyip Erdoğan'ın konuşması saat sekizde yayınlanacak.", 1},
    Story{"world", "en", "Mojtaba Khamenei speaks at a seminary",
          "Mojtaba Khamenei gave a lecture on jurisprudence. Khamenei took no questions.", 0},
    Story{"agency", "en", "Inspectors describe their visits under the JCPOA",
          "Under the JCPOA the inspectors may ask for access with a day's notice, the agency said "
          "in its quarterly note.",
          1},
    Story{"notes", "en", "What the summit hosted by Astana left open",
          "Negotiators meeting in Astana agreed on a list of topics but on no date.\n\n"
          "Ali Khamenei's office declined to comment.",
          2},
};

constexpr std::string_view kConfiguration =
    R"(# The configuration that `tocsin demo` runs on. A real one looks the same, with real addresses
# and without `allow_private`, which is here because everything stays on this machine.
global:
  smtp: {host: "{mail}", tls: none, from: tocsin@demo.test}
fetch:
  interval: {min: 1s, default: 1s, max: 2s}
  per_host: {concurrency: 3, spacing: 0s}
  allow_private: true
  articles: never
feeds:
  - {name: agency, url: "{feeds}/agency.rss", labels: {kind: agency}}
  - {name: world, url: "{feeds}/world.atom", labels: {kind: newspaper}}
  - {name: notes, url: "{feeds}/notes.json", labels: {kind: blog}}
entities:
  khamenei: {name: Ali Khamenei, titles: [Ayatollah, Imam], native: ["علی خامنه‌ای"]}
  erdogan: {name: Recep Tayyip Erdoğan, titles: [President], native: ["Реджеп Тайип Эрдоган", "Реджепа Тайипа Эрдогана"]}
  jcpoa: {name: Joint Comprehensive Plan of Action, kind: term, acronym: JCPOA, native: [برجام]}
watches:
  - name: JCPOA
    severity: high
    query: "@jcpoa"
  - name: Astana talks
    severity: high
    query: |
      (Astana EXCEPT "Astana Pro Team") NEAR/8 (talk* OR negotiat* OR round* OR summit)
      OR Астане NEAR/8 переговор*
  - name: Khamenei
    query: "@khamenei"
  - name: Erdogan
    query: "@erdogan"
receivers:
  - name: desk-mail
    email: {to: [desk@demo.test]}
  - name: ops-hook
    webhook: {url: "{hook}/alerts", secret_file: "{secret}"}
storage: {path: "{state}"}
)";

}  // namespace

std::span<const Story> background_stories() {
  return kBackground;
}
std::span<const Story> arriving_stories() {
  return kArriving;
}
std::string_view configuration_template() {
  return kConfiguration;
}

}  // namespace tocsin::demo
