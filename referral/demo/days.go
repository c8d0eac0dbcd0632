package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"throughline/records"
)

// days finds the day of an entry. Entries count back from the day the school
// is made, in school weeks and school days, because what is counted back in
// calendar days would land in August.
type days struct {
	cal   records.Calendar
	asOf  records.Date
	open  []records.Date // school days before asOf, two years of them
	weeks []records.Date // Mondays of the school weeks that were over by asOf
	rng   *rand.Rand
}

// moment is a day and, where it is known, the time of day "15:04".
type moment struct {
	day   records.Date
	clock string
}

func (m moment) time() time.Time { return records.AtClock(m.day, m.clock).At.Time() }

func newDays(asOf records.Date, cal records.Calendar, rng *rand.Rand) *days {
	d := &days{cal: cal, asOf: asOf, rng: rng}
	first := records.DateOf(asOf.Time().AddDate(-2, 0, 0)).AddDays(1)
	for day := first; day < asOf; day = day.AddDays(1) {
		if cal.IsOpen(day) {
			d.open = append(d.open, day)
		}
	}
	for day := first; day.AddDays(4) < asOf; day = day.AddDays(1) {
		if day.Weekday() == time.Monday && cal.SchoolDays(day, day.AddDays(4)) > 0 {
			d.weeks = append(d.weeks, day)
		}
	}
	return d
}

// start returns the moment at which the school begins to keep its records.
func (d *days) start() time.Time { return moment{d.open[0], "07:30"}.time() }

// last returns the last school day before asOf.
func (d *days) last() records.Date { return d.open[len(d.open)-1] }

// find reads when something happened:
//
//	34 mon 08:50   Monday of the 34th school week back; if school was shut, the nearest school day of that week
//	34             some day of that week
//	last mon       the last Monday in school that is at least two school days back
//	sd3 10:40      the third school day back
//	+2 15:10       two school days after base
//
// A time that is missing is some time of the school day.
func (d *days) find(spec string, base records.Date) (moment, error) {
	f := strings.Fields(spec)
	if len(f) == 0 {
		return moment{}, fmt.Errorf("no day is given")
	}
	m := moment{clock: clock(8*60+40+d.rng.IntN(6*60+35), 0)}
	weekday := time.Monday + time.Weekday(d.rng.IntN(5))
	if last := f[len(f)-1]; strings.Contains(last, ":") {
		m.clock, f = last, f[:len(f)-1]
	}
	if len(f) == 2 && f[0] == "last" {
		m.day = d.lastOn(weekdays[f[1]])
		return m, nil
	}
	digits := strings.TrimLeft(f[0], "sd+")
	n, err := strconv.Atoi(digits)
	if err != nil {
		return m, fmt.Errorf("day %q cannot be read", spec)
	}
	switch strings.TrimSuffix(f[0], digits) {
	case "sd":
		n = len(d.open) - n
		if n < 0 || n >= len(d.open) {
			return m, fmt.Errorf("day %q is not in the two years", spec)
		}
		m.day = d.open[n]
	case "+":
		m.day = d.later(base, n)
	case "":
		if len(f) > 1 {
			if weekday = weekdays[f[1]]; weekday == 0 {
				return m, fmt.Errorf("day %q cannot be read", spec)
			}
		}
		if n < 1 || n > len(d.weeks) {
			return m, fmt.Errorf("day %q is not in the two years", spec)
		}
		m.day = d.inWeek(d.weeks[len(d.weeks)-n], weekday)
	default:
		return m, fmt.Errorf("day %q cannot be read", spec)
	}
	return m, nil
}

const sunday = 7 // the last day of a school's week

var weekdays = map[string]time.Weekday{
	"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": sunday,
}

// lastOn returns the last school day on a weekday that is at least two school
// days back.
func (d *days) lastOn(wd time.Weekday) records.Date {
	for i := len(d.open) - 2; i > 0; i-- {
		if d.open[i].Weekday() == wd {
			return d.open[i]
		}
	}
	return d.open[0]
}

func (d *days) inWeek(monday records.Date, wd time.Weekday) records.Date {
	day := monday.AddDays(int(wd) - 1)
	if wd > time.Friday || d.cal.IsOpen(day) {
		return day
	}
	for _, step := range []int{1, 2, 3, 4, -1, -2, -3, -4} {
		near := day.AddDays(step)
		if near >= monday && near <= monday.AddDays(4) && d.cal.IsOpen(near) {
			return near
		}
	}
	return day
}

// later returns the nth school day after a day; for 0 the day itself. It may
// lie beyond asOf.
func (d *days) later(day records.Date, n int) records.Date {
	for n > 0 {
		day = day.AddDays(1)
		if d.cal.IsOpen(day) {
			n--
		}
	}
	return day
}

// near returns the school day n calendar days from a day, or the last one
// before it.
func (d *days) near(day records.Date, n int) records.Date {
	to := day.AddDays(n)
	for !d.cal.IsOpen(to) {
		to = to.AddDays(-1)
	}
	return to
}

// written returns when something that happened at m was written up: the same
// day as a rule, the next school day after an evening or a weekend, and late
// by so many school days. prompt is for what the DSL does at the desk.
func (d *days) written(m moment, late int, prompt bool) time.Time {
	hour, minute := 0, 0
	fmt.Sscanf(m.clock, "%d:%d", &hour, &minute)
	at := hour*60 + minute
	within := 15 + d.rng.IntN(150)
	if prompt {
		within = 3 + d.rng.IntN(12)
	}
	w := moment{m.day, clock(at, min(within, max(2, 17*60+20-at)))}
	switch {
	case late > 0:
		w = moment{d.later(m.day, late), clock(8*60+10, d.rng.IntN(8*60))}
	case !d.cal.IsOpen(m.day) || at >= 17*60+15:
		w = moment{d.later(m.day, 1), clock(8*60, d.rng.IntN(50))}
	}
	if w.day >= d.asOf {
		w = moment{d.last(), "17:40"}
	}
	return w.time()
}

// clock returns the time of day so many minutes after another, both counted
// from midnight.
func clock(from, minutes int) string {
	return fmt.Sprintf("%02d:%02d", (from+minutes)/60, (from+minutes)%60)
}

// schoolYear returns the year in which the school year of a day began.
func schoolYear(d records.Date) int {
	t := d.Time()
	if t.Month() < time.September {
		return t.Year() - 1
	}
	return t.Year()
}

// termsOf returns the six terms of a Lincolnshire school year and its five
// training days. The rules give terms much like those that the county sets; no
// year of them is meant to be right to the day.
func termsOf(year int) (terms, closures []records.Span) {
	date := func(y int, m time.Month, day int) records.Date {
		return records.DateOf(time.Date(y, m, day, 12, 0, 0, 0, records.London))
	}
	autumn := onOrAfter(date(year, time.September, 1), time.Monday)
	spring := onOrAfter(date(year+1, time.January, 2), time.Monday)
	easter := onOrBefore(min(goodFriday(year+1).AddDays(-1), date(year+1, time.April, 6)), time.Friday)
	whit := onOrBefore(date(year+1, time.May, 31), time.Monday)
	terms = []records.Span{
		{Name: "Term 1", From: autumn, To: autumn.AddDays(6*7 + 4)},
		{Name: "Term 2", From: autumn.AddDays(8 * 7), To: onOrBefore(date(year, time.December, 21), time.Friday)},
		{Name: "Term 3", From: spring, To: spring.AddDays(5*7 + 4)},
		{Name: "Term 4", From: spring.AddDays(7 * 7), To: easter},
		{Name: "Term 5", From: easter.AddDays(17), To: whit.AddDays(-3)},
		{Name: "Term 6", From: whit.AddDays(7), To: onOrAfter(date(year+1, time.July, 20), time.Friday)},
	}
	for _, day := range []records.Date{terms[0].From, terms[0].From.AddDays(1), terms[1].From, terms[2].From, terms[5].To} {
		closures = append(closures, records.Span{Name: "INSET day", From: day, To: day})
	}
	return terms, closures
}

func onOrAfter(d records.Date, wd time.Weekday) records.Date {
	return d.AddDays((int(wd) - int(d.Weekday()) + 7) % 7)
}

func onOrBefore(d records.Date, wd time.Weekday) records.Date {
	return d.AddDays(-((int(d.Weekday()) - int(wd) + 7) % 7))
}

func goodFriday(year int) records.Date {
	holidays := records.BankHolidays(year, year)
	i := slices.IndexFunc(holidays, func(s records.Span) bool { return s.From.Weekday() == time.Friday && s.From[5:] > "03-01" })
	return holidays[i].From
}

// calendar returns the school years that two years before a day touch, and the
// one after it, so that dates set ahead fall on school days.
func calendar(asOf records.Date) records.Calendar {
	year := schoolYear(asOf)
	cal := records.Calendar{BankHolidays: records.BankHolidays(year-5, year+5)}
	for y := year - 2; y <= year+1; y++ {
		terms, closures := termsOf(y)
		cal.Terms = append(cal.Terms, terms...)
		cal.Closures = append(cal.Closures, closures...)
	}
	boiler := cal.Terms[8].From.AddDays(16) // a Wednesday in January of the second year
	cal.Closures = append(cal.Closures, records.Span{Name: "Boiler failure", From: boiler, To: boiler})
	return cal
}
