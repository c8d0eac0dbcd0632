package records

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

func testTerms() []Span {
	return []Span{
		{"Autumn 1", "2025-09-03", "2025-10-24"}, {"Autumn 2", "2025-11-03", "2025-12-19"},
		{"Spring 1", "2026-01-05", "2026-02-13"}, {"Spring 2", "2026-02-23", "2026-03-27"},
		{"Summer 1", "2026-04-13", "2026-05-22"}, {"Summer 2", "2026-06-01", "2026-07-21"},
	}
}

func TestCalendarCheck(t *testing.T) {
	term := func(name string, from, to Date) Calendar {
		return Calendar{Terms: []Span{{"Autumn 1", "2026-09-02", "2026-10-23"}, {name, from, to}}}
	}
	for _, c := range []struct {
		name            string
		cal             Calendar
		field, sentence string // empty: nothing is wrong
	}{
		{"terms that follow one another", term("Autumn 2", "2026-11-02", "2026-12-18"), "", ""},
		{"terms that overlap by a day", term("Autumn 2", "2026-10-23", "2026-12-18"), "terms.1.from", "overlaps Autumn 1, which runs from 2 Sep 2026 to 23 Oct 2026"},
		{"the same term twice", term("Autumn 1", "2026-09-02", "2026-10-23"), "terms.1.from", "overlaps"},
		{"the end before the start", term("Autumn 2", "2026-11-02", "2026-10-30"), "terms.1.to", "before the first"},
		{"a term of 200 days", term("Autumn 2", "2026-11-02", "2027-05-20"), "terms.1.to", "more than 150 days"},
		{"no first day", term("Autumn 2", "", "2026-12-18"), "terms.1.from", "Give the first day"},
		{"no last day", term("Autumn 2", "2026-11-02", ""), "terms.1.to", "Give the last day"},
		{"a day that is none", term("Autumn 2", "2026-02-30", "2026-12-18"), "terms.1.from", "cannot be read"},
		{"a year of long ago", term("Autumn 2", "1026-11-02", "1026-12-18"), "terms.1.from", "too far away"},
		{"a name of a thousand letters", term(strings.Repeat("x", 1000), "2026-11-02", "2026-12-18"), "terms.1.name", "200 characters"},
		{"a closure outside the terms is a note", Calendar{Terms: testTerms(), Closures: []Span{{"Snow", "2026-08-03", "2026-08-03"}}}, "", ""},
		{"a bank holiday of a month", Calendar{BankHolidays: []Span{{"Jubilee", "2026-06-01", "2026-06-30"}}}, "bank_holidays.0.to", "longer than a week"},
		{"a closure of two years", Calendar{Closures: []Span{{"Rebuilding", "2026-06-01", "2028-06-30"}}}, "closures.0.to", "longer than a year"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.cal.Check("")
			var v *Invalid
			switch errors.As(err, &v); {
			case c.field == "" && err != nil:
				t.Errorf("Check() = %v, want nil", err)
			case c.field != "" && (v == nil || !strings.Contains(v.For(c.field), c.sentence) || len(v.Problems) != 1):
				t.Errorf("Check() = %v, want %q beside %s alone", err, c.sentence, c.field)
			}
		})
	}
}

func TestNoteOfASpan(t *testing.T) {
	cal := Calendar{Terms: testTerms()}
	for _, c := range []struct {
		span Span
		want string
	}{
		{Span{"INSET", "2025-09-03", "2025-09-03"}, ""},
		{Span{"Snow", "2025-12-29", "2025-12-29"}, "outside every term"},
		{Span{"Fair", "2025-11-08", "2025-11-09"}, "weekend"},
		{Span{"Snow, two weeks", "2025-12-18", "2026-01-02"}, ""},
		{Span{"in a year whose terms are not known", "2031-11-04", "2031-11-04"}, ""},
		{Span{"unreadable", "x", "y"}, ""},
	} {
		if got := cal.Note(c.span); (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("Note(%s) = %q, want %q", c.span.Name, got, c.want)
		}
	}
}

func TestMissingTerms(t *testing.T) {
	cal := Calendar{Terms: testTerms()}
	for day, want := range map[Date]int{
		"2025-09-01": 0, "2026-05-31": 0, "2026-06-01": 2026, "2026-08-31": 2026, "2026-09-01": 2026, "2025-06-01": 2024,
	} {
		if got := cal.Missing(day); got != want {
			t.Errorf("Missing(%s) = %d, want %d", day, got, want)
		}
	}
	cal.Terms = append(cal.Terms, Moved(cal.Terms)...)
	for _, day := range []Date{"2026-06-01", "2026-09-01", "2027-05-31"} {
		if got := cal.Missing(day); got != 0 {
			t.Errorf("with next year's terms, Missing(%s) = %d, want 0", day, got)
		}
	}
	if got := cal.Until(); got != "2027-07-20" {
		t.Errorf("Until() = %s, want 2027-07-20", got)
	}
}

func TestMovedKeepsTheWeekday(t *testing.T) {
	terms := testTerms()
	for i, s := range Moved(terms) {
		if s.From.Weekday() != terms[i].From.Weekday() || s.To.Weekday() != terms[i].To.Weekday() || s.Name != terms[i].Name {
			t.Errorf("%v became %v", terms[i], s)
		}
	}
	if (&Calendar{Terms: append(terms, Moved(terms)...)}).Check("") != nil {
		t.Error("moved terms overlap those that they came from")
	}
}

func TestCalendarAt(t *testing.T) {
	ctx := context.Background()
	s := mustCreate(t)
	noon := func(day Date) Stamp { return StampOf(day.Time().Add(12 * time.Hour)) }
	for _, day := range []Date{"2025-03-10", "2025-03-20"} {
		s.Now = func() time.Time { return noon(day).Time() }
		cal, err := s.Calendar(ctx)
		if err != nil {
			t.Fatal(err)
		}
		cal.Closures = append(cal.Closures, Span{"Snow", day, day})
		if err := s.Calendars.Save(ctx, &cal, "Snow."); err != nil {
			t.Fatal(err)
		}
	}
	for at, want := range map[Stamp]int{
		"": 1, noon("2024-01-01"): 1, noon("2025-03-09"): 1, noon("2025-03-10"): 2, noon("2025-03-19"): 2, noon("2025-03-20"): 3, noon("2030-01-01"): 3,
	} {
		cal, err := s.CalendarAt(ctx, at)
		if err != nil || cal.Version != want || len(cal.Closures) != want-1 {
			t.Errorf("CalendarAt(%s) is version %d with %d closures, %v; want version %d", at, cal.Version, len(cal.Closures), err, want)
		}
	}
}

// TestHolidaysOfYearsThatNobodyListed: a record outlives the list it began with.
func TestHolidaysOfYearsThatNobodyListed(t *testing.T) {
	listed := Calendar{BankHolidays: BankHolidays(2020, 2030)}
	moved := Calendar{BankHolidays: []Span{{"Moved", "2026-06-01", "2026-06-01"}, {"Before", "2025-01-01", "2025-01-01"}}}
	for _, tt := range []struct {
		name string
		cal  Calendar
		day  Date
		want bool
	}{
		{"after the list", listed, "2031-12-25", true},
		{"after the list, an ordinary day", listed, "2031-12-24", false},
		{"before the list", listed, "2015-05-04", true},
		{"in the list", listed, "2030-12-25", true},
		{"in a year of the list that says otherwise", moved, "2026-05-25", false},
		{"after a list that is out of order", moved, "2027-12-27", true},
		{"before one", moved, "2024-12-25", true},
		{"without any list", Calendar{}, "2025-12-25", false},
		{"no day at all", listed, "", false},
	} {
		if got := tt.cal.IsBankHoliday(tt.day); got != tt.want {
			t.Errorf("%s: IsBankHoliday(%s) = %v, want %v", tt.name, tt.day, got, tt.want)
		}
	}
}
