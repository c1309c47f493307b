// SPDX-License-Identifier: MIT
#include "parser/dates.hpp"

#include <string>

#include <gtest/gtest.h>

#include "base/time_format.hpp"

namespace tocsin::parser {
namespace {

struct Written {
  const char* text;
  const char* meant;  ///< in RFC 3339; "" for what is no date
};

void PrintTo(const Written& written, std::ostream* out) {
  *out << written.text;
}

class ReadDateTest : public testing::TestWithParam<Written> {};

TEST_P(ReadDateTest, ReadsWhatWasMeantOrNothing) {
  const auto when = read_date(GetParam().text);
  EXPECT_EQ(when ? format_rfc3339(*when) : "", GetParam().meant);
}

INSTANTIATE_TEST_SUITE_P(
    Standard, ReadDateTest,
    testing::Values(
        Written{"Wed, 30 Aug 2017 10:00:00 GMT", "2017-08-30T10:00:00Z"},
        Written{"Wednesday, 30-Aug-17 10:00:00 GMT", "2017-08-30T10:00:00Z"},
        Written{"Wed Aug 30 10:00:00 2017", "2017-08-30T10:00:00Z"},
        Written{"30 Aug 2017 10:00 +0200", "2017-08-30T08:00:00Z"},
        Written{"Thu, 01 Jan 1970 00:00:00 Z", "1970-01-01T00:00:00Z"},
        Written{"20 Jul 1969 20:17:40 UT", "1969-07-20T20:17:40Z"},
        Written{"2017-08-30T10:00:00.25+02:00", "2017-08-30T08:00:00Z"},
        Written{"2017-08-30T10:00Z", "2017-08-30T10:00:00Z"},
        Written{"20170830T101500Z", "2017-08-30T10:15:00Z"},
        Written{"2017-08-30", "2017-08-30T00:00:00Z"}, Written{"2017-08", "2017-08-01T00:00:00Z"},
        Written{"2017", "2017-01-01T00:00:00Z"}, Written{"2017-242", "2017-08-30T00:00:00Z"},
        Written{"2017242", "2017-08-30T00:00:00Z"}, Written{"2017-W35-3", "2017-08-30T00:00:00Z"},
        Written{"2017W353", "2017-08-30T00:00:00Z"},
        Written{"2017-08-30T24:00:00Z", "2017-08-31T00:00:00Z"}));

INSTANTIATE_TEST_SUITE_P(
    Sins, ReadDateTest,
    testing::Values(Written{"Tue, 30 Aug 2017 10:00:00 GMT", "2017-08-30T10:00:00Z"},
                    Written{"Aug 30, 2017, 3:09 p.m.", "2017-08-30T15:09:00Z"},
                    Written{"Aug 30, 2017 12:09 am", "2017-08-30T00:09:00Z"},
                    Written{"30.08.2017 10:00", "2017-08-30T10:00:00Z"},
                    Written{"8/30/17 10:00", "2017-08-30T10:00:00Z"},
                    Written{"3/4/2017", "2017-03-04T00:00:00Z"},
                    Written{"3.4.2017", "2017-04-03T00:00:00Z"},
                    Written{"Mon, 3/4/2017", "2017-04-03T00:00:00Z"},
                    Written{"1504087200", "2017-08-30T10:00:00Z"},
                    Written{"1504087200123", "2017-08-30T10:00:00Z"},
                    Written{"2017-08-30 10:00:00 America/New_York", "2017-08-30T14:00:00Z"},
                    Written{"Wed, 30 Aug 2017 10:00:00 GMT+0300", "2017-08-30T07:00:00Z"},
                    Written{"Wed, 30 Aug 2017 10:00:00 US/Eastern", "2017-08-30T14:00:00Z"},
                    Written{"Wed, 30 Aug 2017 10:00:00 Etc/GMT+5", "2017-08-30T15:00:00Z"},
                    Written{"2017-08-30T10:00:00+02:00[Europe/London]", "2017-08-30T08:00:00Z"},
                    Written{"Wed, 30 Aug 2017 10:00:00 EST5EDT", "2017-08-30T15:00:00Z"},
                    Written{"Wed, 30 Aug 2017 10:00:00 AT", "2017-08-30T14:00:00Z"},
                    Written{"August 30, 2017 at 3 pm", "2017-08-30T15:00:00Z"},
                    Written{"30 Aug 2017 15.04.05", "2017-08-30T15:04:05Z"},
                    Written{"30 Aug 2017 10:00:00 \u22120700", "2017-08-30T17:00:00Z"},
                    Written{"30/Aug/2017:10:00:00 +0000", "2017-08-30T10:00:00Z"},
                    Written{"/Date(1504087200000)/", "2017-08-30T10:00:00Z"},
                    Written{"1504087200.5", "2017-08-30T10:00:00Z"},
                    Written{"1504087200123456", "2017-08-30T10:00:00Z"},
                    Written{"14:30 - 8 Aug 2017", "2017-08-08T14:30:00Z"},
                    Written{"17-242", "2017-08-30T00:00:00Z"},
                    Written{"-03", "2003-01-01T00:00:00Z"}));

INSTANTIATE_TEST_SUITE_P(
    Languages, ReadDateTest,
    testing::Values(Written{"mar., 29 août 2017 10:00:00 GMT", "2017-08-29T10:00:00Z"},
                    Written{"30 августа 2017, 10:00", "2017-08-30T10:00:00Z"},
                    Written{"30 серпня 2017", "2017-08-30T00:00:00Z"},
                    Written{"30 Ağustos 2017 10:00", "2017-08-30T10:00:00Z"},
                    Written{"30. März 2017", "2017-03-30T00:00:00Z"},
                    Written{"30 de agosto de 2017", "2017-08-30T00:00:00Z"},
                    Written{"30 Αυγούστου 2017", "2017-08-30T00:00:00Z"},
                    Written{"2017. augusztus 30.", "2017-08-30T00:00:00Z"},
                    Written{"30 أغسطس 2017", "2017-08-30T00:00:00Z"},
                    Written{"30 كانون الثاني 2017", "2017-01-30T00:00:00Z"},
                    Written{"2017年8月30日 10:00", "2017-08-30T10:00:00Z"},
                    Written{"2017년 8월 30일 오후 7:00", "2017-08-30T10:00:00Z"},
                    Written{"2017-08-30 오후 7:00", "2017-08-30T10:00:00Z"},
                    Written{"2017년 8월 30일 19:00 +0100", "2017-08-30T18:00:00Z"},
                    Written{"周三, 30 八月 2017 10:00:00 +0800", "2017-08-30T02:00:00Z"},
                    Written{"30 十二月 2017", "2017-12-30T00:00:00Z"},
                    Written{"平成29年8月30日", "2017-08-30T00:00:00Z"},
                    Written{"Mi, 08 Mrz 2017 12:00:00 +0100", "2017-03-08T11:00:00Z"},
                    Written{"30 Αυγούστου 2017 3:00 μ.μ.", "2017-08-30T15:00:00Z"},
                    Written{"30 août 2017 12 h 30", "2017-08-30T12:30:00Z"},
                    Written{"30 Tháng Tám 2017", "2017-08-30T00:00:00Z"},
                    Written{"30 тамыз 2017", "2017-08-30T00:00:00Z"},
                    Written{"30 สิงหาคม 2560", "2017-08-30T00:00:00Z"},
                    Written{"30 באוגוסט 2017", "2017-08-30T00:00:00Z"},
                    Written{"30 أغسطس 2017م", "2017-08-30T00:00:00Z"},
                    Written{"30 أغسطس 2017 03:00 م", "2017-08-30T15:00:00Z"},
                    Written{"۱۴:۳۰ - ۰۸ شهریور ۱۳۹۶", "2017-08-30T14:30:00Z"},
                    Written{"۸ سنبله ۱۳۹۶", "2017-08-30T00:00:00Z"},
                    Written{"۸ شهریور ۱۳۹۶ ۳:۰۰ ب.ظ", "2017-08-30T15:00:00Z"},
                    Written{"۸ شهریور ۱۳۹۶", "2017-08-30T00:00:00Z"}, Written{"۳۰ شهریور ۱۲۰۰", ""},
                    Written{"۱۳۹۶/۰۶/۰۸", "2017-08-30T00:00:00Z"}));

INSTANTIATE_TEST_SUITE_P(
    None, ReadDateTest,
    testing::Values(Written{"", ""}, Written{"yesterday", ""}, Written{"Sun, 16 zzz 2012", ""},
                    Written{"31 Feb 2012", ""}, Written{"2017-13-01", ""},
                    Written{"2017-08-30T25:00:00Z", ""}, Written{"0001-01-01T00:00:00Z", ""},
                    Written{"2017-W54-1", ""}, Written{"2017-366", ""}, Written{"10:00", ""},
                    Written{"1396/13/08", ""}, Written{"99999999999999999", ""},
                    Written{"Sun, x Dec 2012 11:47:32 GMT", ""},
                    Written{"Sun, 16 Dec 2012 1:2:3:4", ""},
                    Written{"Sun, 16 Dec 2012 11:47:32 +00:zz", ""},
                    Written{"30 tháng Mười Một 2017", ""}, Written{"1400/12/30", ""},
                    Written{"2017-08-30T10:00:00+99:99", ""}, Written{"Thang000", ""}));

}  // namespace
}  // namespace tocsin::parser
