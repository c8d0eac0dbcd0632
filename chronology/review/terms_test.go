package review

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"throughline/chronology/pattern"
	"throughline/records"
)

func TestEaster(t *testing.T) {
	for y, want := range map[int]records.Date{2000: "2000-04-23", 2008: "2008-03-23", 2011: "2011-04-24", 2024: "2024-03-31", 2025: "2025-04-20", 2038: "2038-04-25"} {
		if got := easterSunday(y); got != want {
			t.Errorf("easterSunday(%d) = %s, want %s", y, got, want)
		}
	}
}

func TestUsualTerms(t *testing.T) {
	cal := usualTerms("2022-10-01", "2025-02-01")
	for d, open := range map[records.Date]bool{
		"2022-09-05": true, "2022-08-15": false, "2022-10-26": false, "2022-11-02": true, "2022-12-27": false,
		"2023-01-04": true, "2023-02-15": false, "2023-04-05": false, "2023-05-01": false, "2023-05-31": false, "2023-07-20": true, "2023-08-01": false,
		"2024-03-29": false, "2024-04-09": false, "2024-04-15": true, "2024-07-22": true, "2024-07-23": false, "2024-09-02": false, "2024-09-03": true,
		"2024-10-30": false, "2024-12-23": false, "2025-01-06": true, "2025-02-18": false, "2025-04-21": false, "2025-04-22": true,
	} {
		if got := cal.IsOpen(d); got != open {
			t.Errorf("open on %s = %v, want %v", d, got, open)
		}
	}
	for _, year := range []string{"2022-09-01", "2023-09-01", "2024-09-01"} {
		from := records.Date(year)
		if n := cal.SchoolDays(from, from.AddDays(364)); n < 185 || n > 200 {
			t.Errorf("%d school days from %s, want about 190", n, from)
		}
	}
	for _, s := range cal.Terms {
		if s.To < s.From {
			t.Errorf("%s ends before it begins", s.Name)
		}
	}
}

// TestHolidaysAreNotSilence reads weekly entries of a summer term in August and
// after a November in which nobody wrote.
func TestHolidaysAreNotSilence(t *testing.T) {
	csv := "date,category,summary\n"
	for d := records.Date("2024-04-16"); d <= "2024-07-19"; d = d.AddDays(7) {
		csv += string(d) + ",neglect,No snack; ate two helpings of school fruit\n"
	}
	for until, want := range map[records.Date]int{"2024-09-04": 0, "2024-12-02": 1} {
		r, err := Read(strings.NewReader(csv), "a.csv", Options{Now: now, Until: until})
		if err != nil || len(r.Quiet) != want {
			t.Errorf("until %s: quiet = %v, %v; want %d", until, r.Quiet, err, want)
		}
		if !strings.Contains(strings.Join(r.TooLittle, " "), "usual terms of schools in England") {
			t.Errorf("until %s: the terms are assumed in silence: %q", until, r.TooLittle)
		}
	}
	own := records.Calendar{Terms: []records.Span{{From: "2024-04-15", To: "2024-07-22"}, {From: "2024-12-02", To: "2024-12-20"}}}
	r, err := Read(strings.NewReader(csv), "a.csv", Options{Now: now, Until: "2024-12-02", Calendar: own})
	if err != nil || len(r.Quiet) != 0 || strings.Contains(strings.Join(r.TooLittle, " "), "usual terms") {
		t.Errorf("with the school's own terms: %v %q, %v", r.Quiet, r.TooLittle, err)
	}
}

// TestAssumedTermsRaiseNoAlarm reads steady lines of schools whose terms differ
// from the usual ones by some days: what is said must stay as rare as it is
// with the school's own calendar.
func TestAssumedTermsRaiseNoAlarm(t *testing.T) {
	own := records.Calendar{}
	for y := 2021; y <= 2024; y++ {
		for i, s := range schoolYear(y) {
			shift := []int{1, -2, 3, 7, -7, -1}[(i+y)%6]
			own.Terms = append(own.Terms, records.Span{From: s.From.AddDays(max(0, shift)), To: s.To.AddDays(min(0, shift))})
		}
	}
	var open []records.Date
	for d := records.Date("2021-09-06"); d < "2024-07-01"; d = d.AddDays(1) {
		if own.IsOpen(d) {
			open = append(open, d)
		}
	}
	rnd := rand.New(rand.NewPCG(7, 11))
	const lines = 1500
	worse, days := 0, 0
	for range lines {
		n := 6 + rnd.IntN(40)
		var events []pattern.Event
		for i := range n {
			events = append(events, pattern.Event{Row: i + 1, When: records.On(open[rnd.IntN(len(open))]), Category: records.Neglect, Severity: records.Severity(1 + rnd.IntN(3))})
		}
		got := reader(records.Calendar{}, events, "2024-07-01").Read(events, "2024-07-01")
		worse += min(1, len(got.Deterioration))
		if slices.ContainsFunc(got.Patterns, func(s pattern.Statement) bool { return s.Kind == pattern.Weekday || s.Kind == pattern.AfterBreak }) {
			days++
		}
	}
	if worse > lines*6/100 || days > lines*6/100 {
		t.Errorf("of %d steady lines %d are called worse and %d crowd on days; want at most 1 in 20", lines, worse, days)
	}
	t.Logf("worse %d, days %d of %d", worse, days, lines)
}
