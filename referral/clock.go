package referral

import (
	"slices"
	"time"

	"throughline/records"
	"throughline/referral/procedures"
)

// closing is the London hour at which a working day ends. Front doors answer
// office calls until about then; a limit that ran on to midnight would give
// the other side seven hours in which nobody works, and would let our own
// written confirmation be late in an office that has gone home.
const closing = 17

// Deadline returns the instant by which something that began at start is due,
// or "" when start is not known or the clock sets no limit.
//
// Clock hours run on through nights, weekends, holidays and the changes to and
// from summer time: 24 hours are 24 hours. Working days are weekdays that are
// not bank holidays; school holidays and closures do not stop them, because
// social care works through them. N working days end at 17:00 London time on
// the Nth working day after the London day of the start, at whatever hour it
// began: from Friday 16:55, or any time on Saturday, 1 working day ends on
// Monday at 17:00. Months end at 17:00 on the same day of the month, or on the
// month's last day where it has no such day.
//
// A year for which cal has no bank holiday at all is taken to be missing from
// it, and the national ones are used.
func Deadline(start records.Stamp, clock procedures.Clock, cal records.Calendar) records.Stamp {
	t := start.Time()
	if t.IsZero() || !clock.Known() {
		return ""
	}
	switch clock.Unit {
	case procedures.ClockHours:
		return records.StampOf(t.Add(time.Duration(clock.Value) * time.Hour))
	case procedures.WorkingDays:
		return atClosing(AddWorkingDays(start.Date(), clock.Value, cal))
	case procedures.Months:
		return atClosing(addMonths(t, clock.Value))
	}
	return ""
}

// AddWorkingDays returns the nth working day after d, or before it when n is
// negative; d itself need not be one. For n = 0 it returns d. It returns "" when
// d is no date, or when the calendar has no such day within
// a year more than it should take.
func AddWorkingDays(d records.Date, n int, cal records.Calendar) records.Date {
	if d.Time().IsZero() {
		return ""
	}
	work := newWorkdays(cal)
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	// A mistyped holiday of a hundred years must not be walked to its end.
	for tries := 4*n + 366; n > 0; tries-- {
		if d = d.AddDays(step); d == "" || tries == 0 {
			return ""
		}
		if work.has(d) {
			n--
		}
	}
	return d
}

// WorkingDays returns how many working days lie after the day a, up to and
// with the day b: 0 when b is not later than a, or either is not known.
func WorkingDays(a, b records.Date, cal records.Calendar) int {
	if a.Time().IsZero() || b.Time().IsZero() {
		return 0
	}
	work, n := newWorkdays(cal), 0
	for d := a.AddDays(1); d <= b; d = d.AddDays(1) {
		if work.has(d) {
			n++
		}
	}
	return n
}

// workdays looks up working days. The holidays of years missing from the
// calendar are added as such years are met.
type workdays struct {
	cal   records.Calendar
	known map[int]bool // years
}

func newWorkdays(cal records.Calendar) workdays {
	w := workdays{cal, map[int]bool{}}
	for _, s := range cal.BankHolidays {
		w.known[s.From.Time().Year()] = true
		w.known[s.To.Time().Year()] = true
	}
	return w
}

func (w *workdays) has(d records.Date) bool {
	t := d.Time()
	if wd := t.Weekday(); wd == time.Saturday || wd == time.Sunday {
		return false
	}
	if y := t.Year(); !w.known[y] {
		w.known[y] = true
		w.cal.BankHolidays = slices.Concat(w.cal.BankHolidays, records.BankHolidays(y, y))
	}
	return !w.cal.IsBankHoliday(d)
}

func atClosing(d records.Date) records.Stamp {
	t := d.Time()
	if t.IsZero() {
		return ""
	}
	return records.StampOf(time.Date(t.Year(), t.Month(), t.Day(), closing, 0, 0, 0, records.London))
}

func addMonths(t time.Time, n int) records.Date {
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, records.London)
	last := first.AddDate(0, 1, -1).Day()
	return records.DateOf(first.AddDate(0, 0, min(t.Day(), last)-1))
}
