package review

import (
	"fmt"
	"time"

	"throughline/records"
)

// assumed is what the reader is told when the school's calendar is not known.
const assumed = "The file does not say when the school was open. School days are counted by the usual terms of schools in England, " +
	"which may be a week or two out for this school."

// usualTerms returns the terms and bank holidays that most state schools in
// England kept from one day to another, whole school years of them, so that
// August is not taken for silence. They come from the rules by which councils
// set their dates: back in the first days of September and on about 4 January;
// a week off from the last Monday before 29 October, from the Monday before
// 19 February and from the last Monday of May; two weeks from the first Monday
// of April; the last day about 22 July. Easter is reckoned.
func usualTerms(from, to records.Date) records.Calendar {
	var cal records.Calendar
	first, last := yearOf(from), yearOf(to)
	if first == 0 || last == 0 {
		return cal
	}
	for y := max(first, last-31) - 1; y <= last; y++ {
		cal.Terms = append(cal.Terms, schoolYear(y)...)
		for _, d := range bankHolidays(y + 1) {
			cal.BankHolidays = append(cal.BankHolidays, records.Span{Name: "Bank holiday", From: d, To: d})
		}
	}
	return cal
}

func yearOf(d records.Date) int {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return 0
	}
	return t.Year()
}

// schoolYear returns the six half-terms from September of year y on.
func schoolYear(y int) []records.Span {
	october, february := mondayBy(y, time.October, 28), mondayBy(y+1, time.February, 18)
	easter, may := mondayBy(y+1, time.April, 7), mondayBy(y+1, time.May, 31)
	return []records.Span{
		half("Autumn", y, 1, weekdayFrom(y, time.September, 3), october.AddDays(-3)),
		half("Autumn", y, 2, october.AddDays(7), fridayBy(y, time.December, 22)),
		half("Spring", y+1, 1, weekdayFrom(y+1, time.January, 4), february.AddDays(-3)),
		half("Spring", y+1, 2, february.AddDays(7), easter.AddDays(-3)),
		half("Summer", y+1, 1, easter.AddDays(14), may.AddDays(-3)),
		half("Summer", y+1, 2, may.AddDays(7), weekdayBy(y+1, time.July, 22)),
	}
}

func half(term string, year, n int, from, to records.Date) records.Span {
	return records.Span{Name: fmt.Sprintf("%s %d, half %d", term, year, n), From: from, To: to}
}

// bankHolidays returns those of a year that can fall into a term.
func bankHolidays(y int) []records.Date {
	easter := easterSunday(y)
	return []records.Date{easter.AddDays(-2), easter.AddDays(1), mondayBy(y, time.May, 7)}
}

// easterSunday is reckoned by the anonymous Gregorian rule.
func easterSunday(y int) records.Date {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	m := (a + 11*h) / 319
	r := (2*e + 2*(c/4) - c%4 - h + m + 32) % 7
	month := (h - m + r + 90) / 25
	return date(y, time.Month(month), (h-m+r+month+19)%32)
}

func date(y int, m time.Month, d int) records.Date {
	return records.Date(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
}

// mondayBy returns the last Monday up to a day, fridayBy the last Friday.
func mondayBy(y int, m time.Month, d int) records.Date { return backTo(date(y, m, d), time.Monday) }
func fridayBy(y int, m time.Month, d int) records.Date { return backTo(date(y, m, d), time.Friday) }

func backTo(d records.Date, wd time.Weekday) records.Date {
	for d.Weekday() != wd {
		d = d.AddDays(-1)
	}
	return d
}

// weekdayFrom returns the first day from a day on that is no weekend, weekdayBy
// the last up to it.
func weekdayFrom(y int, m time.Month, d int) records.Date { return weekday(date(y, m, d), 1) }
func weekdayBy(y int, m time.Month, d int) records.Date   { return weekday(date(y, m, d), -1) }

func weekday(d records.Date, step int) records.Date {
	for d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
		d = d.AddDays(step)
	}
	return d
}
