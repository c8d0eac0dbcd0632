package referral

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"throughline/records"
	"throughline/referral/procedures"
)

// at returns the Stamp of a London wall-clock time "2006-01-02 15:04".
func at(s string) records.Stamp {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, records.London)
	if err != nil {
		panic(err)
	}
	return records.StampOf(t)
}

func hours(n int) procedures.Clock {
	return procedures.Clock{Value: n, Unit: procedures.ClockHours, Mark: procedures.Local}
}

func days(n int) procedures.Clock {
	return procedures.Clock{Value: n, Unit: procedures.WorkingDays, Mark: procedures.Local}
}

func months(n int) procedures.Clock {
	return procedures.Clock{Value: n, Unit: procedures.Months, Mark: procedures.National}
}

// school has bank holidays for 2025 to 2027, a one-off one, terms, and an INSET
// day and a snow day that are no holidays for social care.
func school() records.Calendar {
	return records.Calendar{
		Terms: []records.Span{
			{Name: "Autumn 1", From: "2026-09-02", To: "2026-10-23"},
			{Name: "Autumn 2", From: "2026-11-02", To: "2026-12-18"},
			{Name: "Spring 1", From: "2027-01-04", To: "2027-02-12"},
		},
		Closures: []records.Span{
			{Name: "INSET", From: "2026-11-20", To: "2026-11-20"},
			{Name: "Snow", From: "2027-01-11", To: "2027-01-13"},
		},
		BankHolidays: append(records.BankHolidays(2025, 2027), records.Span{Name: "Proclaimed", From: "2026-11-25", To: "2026-11-25"}),
	}
}

func TestDeadline(t *testing.T) {
	cal := school()
	for _, c := range []struct {
		name  string
		start string
		clock procedures.Clock
		want  string
	}{
		// Clock hours run through everything.
		{"hours, a Tuesday", "2026-11-03 10:15", hours(24), "2026-11-04 10:15"},
		{"hours, Friday 16:55", "2026-11-06 16:55", hours(24), "2026-11-07 16:55"},
		{"hours, two days over a weekend", "2026-11-06 16:55", hours(48), "2026-11-08 16:55"},
		{"hours, Christmas Eve", "2026-12-24 12:00", hours(24), "2026-12-25 12:00"},
		{"hours, into the new year", "2026-12-31 23:30", hours(24), "2027-01-01 23:30"},
		{"hours, at midnight", "2026-11-03 00:00", hours(24), "2026-11-04 00:00"},
		{"hours, 28 February", "2027-02-28 09:00", hours(24), "2027-03-01 09:00"},
		{"hours, 28 February of a leap year", "2028-02-28 09:00", hours(24), "2028-02-29 09:00"},
		{"hours, on a one-off holiday", "2026-11-25 09:00", hours(24), "2026-11-26 09:00"},
		{"hours, on an INSET day", "2026-11-20 09:00", hours(24), "2026-11-21 09:00"},
		{"hours, one hour", "2026-11-03 23:30", hours(1), "2026-11-04 00:30"},

		// 24 hours are 24 hours when the clocks change.
		{"hours, summer time begins", "2026-03-28 14:00", hours(24), "2026-03-29 15:00"},
		{"hours, summer time begins, 48", "2026-03-27 16:55", hours(48), "2026-03-29 17:55"},
		{"hours, over the skipped hour", "2026-03-29 00:30", hours(1), "2026-03-29 02:30"},
		{"hours, summer time ends", "2026-10-24 14:00", hours(24), "2026-10-25 13:00"},
		{"hours, summer time ends, 48", "2026-10-23 16:55", hours(48), "2026-10-25 15:55"},
		{"hours, into the repeated hour", "2026-10-25 00:30", hours(3), "2026-10-25 02:30"},

		// Working days end at 17:00 on the Nth working day after the day of the start.
		{"days, a Tuesday", "2026-11-03 10:15", days(1), "2026-11-04 17:00"},
		{"days, first thing", "2026-11-03 00:00", days(1), "2026-11-04 17:00"},
		{"days, last thing", "2026-11-03 23:59", days(1), "2026-11-04 17:00"},
		{"days, after closing", "2026-11-03 18:30", days(1), "2026-11-04 17:00"},
		{"days, Friday 16:55", "2026-11-06 16:55", days(1), "2026-11-09 17:00"},
		{"days, Friday 16:55, two", "2026-11-06 16:55", days(2), "2026-11-10 17:00"},
		{"days, Saturday", "2026-11-07 11:00", days(1), "2026-11-09 17:00"},
		{"days, Sunday night", "2026-11-08 23:30", days(1), "2026-11-09 17:00"},
		{"days, five over a weekend", "2026-11-04 09:00", days(5), "2026-11-11 17:00"},

		{"days, Christmas Eve", "2026-12-24 12:00", days(1), "2026-12-29 17:00"},
		{"days, Christmas Day", "2026-12-25 12:00", days(1), "2026-12-29 17:00"},
		{"days, Christmas Eve, two", "2026-12-24 12:00", days(2), "2026-12-30 17:00"},
		{"days, New Year's Eve", "2026-12-31 16:00", days(1), "2027-01-04 17:00"},
		{"days, last day of term, 15", "2026-12-18 15:00", days(15), "2027-01-13 17:00"},
		{"days, Christmas on a Saturday", "2027-12-24 12:00", days(1), "2027-12-29 17:00"},

		{"days, Maundy Thursday", "2026-04-02 15:30", days(1), "2026-04-07 17:00"},
		{"days, Good Friday", "2026-04-03 10:00", days(1), "2026-04-07 17:00"},
		{"days, Easter Monday", "2026-04-06 10:00", days(2), "2026-04-08 17:00"},
		{"days, five over Easter", "2026-04-01 10:00", days(5), "2026-04-10 17:00"},
		{"days, early May", "2026-05-01 16:55", days(1), "2026-05-05 17:00"},
		{"days, spring bank holiday in half-term", "2026-05-22 15:00", days(1), "2026-05-26 17:00"},
		{"days, August, school shut", "2026-08-12 10:00", days(5), "2026-08-19 17:00"},
		{"days, August bank holiday", "2026-08-28 16:00", days(1), "2026-09-01 17:00"},

		{"days, half-term does not stop them", "2026-10-23 15:00", days(5), "2026-10-30 17:00"},
		{"days, an INSET day does not stop them", "2026-11-19 15:00", days(1), "2026-11-20 17:00"},
		{"days, snow does not stop them", "2027-01-08 15:00", days(3), "2027-01-13 17:00"},
		{"days, a one-off bank holiday does", "2026-11-24 15:00", days(1), "2026-11-26 17:00"},
		{"days, five over a one-off bank holiday", "2026-11-23 15:00", days(5), "2026-12-01 17:00"},

		{"days, summer time begins", "2026-03-27 16:55", days(1), "2026-03-30 17:00"},
		{"days, from the Sunday it begins", "2026-03-29 01:30", days(1), "2026-03-30 17:00"},
		{"days, summer time ends", "2026-10-23 16:55", days(1), "2026-10-26 17:00"},
		{"days, from the Sunday it ends", "2026-10-25 01:30", days(2), "2026-10-27 17:00"},
		{"days, after midnight in summer, the day before in UTC", "2026-06-03 00:30", days(1), "2026-06-04 17:00"},
		{"days, 45 for an assessment", "2026-09-07 09:00", days(45), "2026-11-09 17:00"},
		{"days, a leap day", "2028-02-28 09:00", days(1), "2028-02-29 17:00"},

		// Years missing from the calendar have the national holidays.
		{"days, Christmas Eve of a missing year", "2024-12-24 12:00", days(1), "2024-12-27 17:00"},
		{"days, out of the calendar's last year", "2027-12-31 12:00", days(1), "2028-01-04 17:00"},
		{"days, the State Funeral", "2022-09-16 12:00", days(1), "2022-09-20 17:00"},

		{"hours, over Easter", "2026-04-02 16:55", hours(48), "2026-04-04 16:55"},
		{"hours, 72 over a bank holiday weekend", "2026-05-01 16:55", hours(72), "2026-05-04 16:55"},
		{"hours, a week over the spring change", "2026-03-25 09:00", hours(168), "2026-04-01 10:00"},
		{"hours, a week over the autumn change", "2026-10-21 09:00", hours(168), "2026-10-28 08:00"},
		{"hours, half-term", "2026-10-23 15:20", hours(48), "2026-10-25 14:20"},
		{"hours, New Year's Eve before a leap year", "2027-12-31 18:00", hours(48), "2028-01-02 18:00"},
		{"hours, 29 February", "2028-02-29 23:00", hours(2), "2028-03-01 01:00"},
		{"hours, closing time", "2026-11-03 17:00", hours(24), "2026-11-04 17:00"},
		{"hours, last day of term", "2026-12-18 15:00", hours(24), "2026-12-19 15:00"},

		{"days, Boxing Day", "2026-12-26 12:00", days(1), "2026-12-29 17:00"},
		{"days, the substitute day", "2026-12-28 12:00", days(1), "2026-12-29 17:00"},
		{"days, ten over Christmas", "2026-12-21 09:00", days(10), "2027-01-07 17:00"},
		{"days, New Year's Day", "2027-01-01 12:00", days(1), "2027-01-04 17:00"},
		{"days, Easter 2027", "2027-03-25 15:00", days(1), "2027-03-30 17:00"},
		{"days, Easter and summer time together, 2027", "2027-03-26 09:00", days(2), "2027-03-31 17:00"},
		{"days, Easter 2025", "2025-04-17 15:00", days(2), "2025-04-23 17:00"},
		{"days, two May holidays", "2026-05-01 09:00", days(17), "2026-05-28 17:00"},
		{"days, ten over half-term", "2026-10-16 15:00", days(10), "2026-10-30 17:00"},
		{"days, fifteen over a proclaimed holiday", "2026-11-13 09:00", days(15), "2026-12-07 17:00"},
		{"days, on the proclaimed holiday", "2026-11-25 09:00", days(1), "2026-11-26 17:00"},
		{"days, on an INSET day", "2026-11-20 09:00", days(1), "2026-11-23 17:00"},
		{"days, August, the whole of it", "2026-07-31 15:00", days(20), "2026-08-28 17:00"},
		{"days, two over the August holiday", "2026-08-27 15:00", days(2), "2026-09-01 17:00"},
		{"days, at the last second before midnight in summer", "2026-06-03 23:59", days(1), "2026-06-04 17:00"},
		{"days, the Coronation", "2023-05-05 15:00", days(1), "2023-05-09 17:00"},
		{"days, the Platinum Jubilee", "2022-06-01 15:00", days(1), "2022-06-06 17:00"},

		{"months, one, 31 January", "2027-01-31 10:00", months(1), "2027-02-28 17:00"},
		{"months, one, 31 January of a leap year", "2028-01-31 10:00", months(1), "2028-02-29 17:00"},
		{"months, twelve from 29 February", "2028-02-29 10:00", months(12), "2029-02-28 17:00"},
		{"months, three", "2026-11-03 10:00", months(3), "2027-02-03 17:00"},
		{"months, 31 August and six", "2026-08-31 10:00", months(6), "2027-02-28 17:00"},
		{"months, 30 November and three, leap year", "2027-11-30 10:00", months(3), "2028-02-29 17:00"},
		{"months, into summer time", "2026-12-29 10:00", months(3), "2027-03-29 17:00"},
		{"months, over the year", "2026-12-31 23:30", months(2), "2027-02-28 17:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Deadline(at(c.start), c.clock, cal); got != at(c.want) {
				t.Errorf("%s + %s = %s, want %s", at(c.start), c.clock, got, at(c.want))
			}
		})
	}
}

// 01:30 comes twice on 25 October 2026; each is an instant of its own.
func TestRepeatedHour(t *testing.T) {
	for start, want := range map[records.Stamp]string{
		"2026-10-25T00:30:00.000000Z": "2026-10-26 00:30",
		"2026-10-25T01:30:00.000000Z": "2026-10-26 01:30",
	} {
		if got := Deadline(start, hours(24), school()); got != at(want) {
			t.Errorf("%s + 24 hours = %s, want %s", string(start), got, at(want))
		}
	}
}

func TestDeadlineNotKnown(t *testing.T) {
	start := at("2026-11-03 10:00")
	for name, got := range map[string]records.Stamp{
		"no start":     Deadline("", days(1), school()),
		"no clock":     Deadline(start, procedures.Clock{}, school()),
		"unknown unit": Deadline(start, procedures.Clock{Value: 1, Unit: "moons"}, school()),
		"broken start": Deadline("yesterday", days(1), school()),
	} {
		if got != "" {
			t.Errorf("%s: got %s, want none", name, got)
		}
	}
	if got, want := Deadline(at("2026-12-24 12:00"), days(1), records.Calendar{}), at("2026-12-29 17:00"); got != want {
		t.Errorf("no calendar: got %s, want %s", got, want)
	}
}

// A calendar in which every day is a holiday must end the count, not hang it.
func TestNoWorkingDayLeft(t *testing.T) {
	all := records.Calendar{BankHolidays: []records.Span{{Name: "Mistyped", From: "2026-11-01", To: "9999-12-31"}}}
	if got := Deadline(at("2026-11-03 10:00"), days(1), all); got != "" {
		t.Errorf("got %s, want none", got)
	}
	if got := Deadline(at("2026-11-03 10:00"), days(1), records.Calendar{BankHolidays: []records.Span{{From: "x", To: "y"}}}); got != at("2026-11-04 17:00") {
		t.Errorf("a broken span: got %s", got)
	}
}

func TestWorkingDays(t *testing.T) {
	cal := school()
	for _, c := range []struct {
		a, b records.Date
		want int
	}{
		{"2026-11-03", "2026-11-03", 0},
		{"2026-11-03", "2026-11-04", 1},
		{"2026-11-06", "2026-11-08", 0},
		{"2026-11-06", "2026-11-09", 1},
		{"2026-12-24", "2026-12-29", 1},
		{"2026-11-24", "2026-11-26", 1},
		{"2026-11-09", "2026-11-06", 0},
		{"", "2026-11-06", 0},
	} {
		if got := WorkingDays(c.a, c.b, cal); got != c.want {
			t.Errorf("WorkingDays(%s, %s) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
	if got := AddWorkingDays("2026-12-29", -1, cal); got != "2026-12-24" {
		t.Errorf("one working day before 29 December is %s", got)
	}
	work := newWorkdays(cal)
	if work.has("2026-11-25") || !work.has("2026-11-20") || work.has("2026-11-21") {
		t.Error("a proclaimed holiday, an INSET day and a Saturday: only the second is a working day")
	}
}

// Counting the working days up to a deadline gives the clock back.
func TestDeadlineCountsBack(t *testing.T) {
	cal := school()
	work := newWorkdays(cal)
	rapid.Check(t, func(t *rapid.T) {
		start := records.StampOf(time.Unix(rapid.Int64Range(1735689600, 1798675200).Draw(t, "start"), 0))
		n := rapid.IntRange(1, 60).Draw(t, "days")
		due := Deadline(start, days(n), cal)
		if got := WorkingDays(start.Date(), due.Date(), cal); got != n || due <= start || !work.has(due.Date()) {
			t.Fatalf("%s + %d working days = %s, %d counted back", start, n, due, got)
		}
	})
}

func BenchmarkDeadline(b *testing.B) {
	cal := school()
	for b.Loop() {
		Deadline("2026-12-18T15:00:00.000000Z", days(45), cal)
	}
}
