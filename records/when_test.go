package records

import (
	"errors"
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	pivot := time.Date(2026, 11, 22, 12, 0, 0, 0, London)
	tests := []struct {
		text string
		want Date
		err  error
	}{
		{"5/3/26", "2026-03-05", nil},
		{"05-03-2026", "2026-03-05", nil},
		{"5.3.2026", "2026-03-05", nil},
		{"5 Mar 2026", "2026-03-05", nil},
		{"Thursday 5th March 2026", "2026-03-05", nil},
		{"thurs 5 mar 26", "2026-03-05", nil},
		{"1st of September, 2025", "2025-09-01", nil},
		{"3 Sept 2025", "2025-09-03", nil},
		{"2026-03-05", "2026-03-05", nil},
		{"01/02/03", "2003-02-01", nil},
		{"1/1/36", "2036-01-01", nil},
		{"1/1/37", "1937-01-01", nil},
		{"29 Feb 2024", "2024-02-29", nil},
		{"  ", "", nil},
		{"29/02/2025", "", ErrNoSuchDay},
		{"31 February 2026", "", ErrNoSuchDay},
		{"31/04/2026", "", ErrNoSuchDay},
		{"0/1/2026", "", ErrNoSuchDay},
		{"5/13/2026", "", ErrNoSuchDay},
		{"1/1/0026", "", ErrNoSuchDay},
		{"last Tuesday", "", ErrDateForm},
		{"5/3", "", ErrDateForm},
		{"5/3/126", "", ErrDateForm},
		{"5 Foo 2026", "", ErrDateForm},
		{"5 m 2026", "", ErrDateForm},
		{"--", "", ErrDateForm},
		{"+5/3/2026", "", ErrDateForm},
	}
	for _, tt := range tests {
		got, err := ParseDate(tt.text, pivot)
		if got != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("ParseDate(%q) = %q, %v, want %q, %v", tt.text, got, err, tt.want, tt.err)
		}
	}
}

func TestParseClock(t *testing.T) {
	tests := []struct {
		text, want string
		ok         bool
	}{
		{"14:05", "14:05", true}, {"1405", "14:05", true}, {"8.40", "08:40", true}, {"8:40am", "08:40", true},
		{"3.05 pm", "15:05", true}, {"3pm", "15:00", true}, {"12.30am", "00:30", true}, {"12pm", "12:00", true},
		{"00:00", "00:00", true}, {"", "", true},
		{"24:00", "", false}, {"8:5", "", false}, {"13pm", "", false}, {"0am", "", false}, {"noon", "", false},
		{"8", "", false}, {"9:60", "", false}, {"-1:30", "", false},
	}
	for _, tt := range tests {
		got, err := ParseClock(tt.text)
		if got != tt.want || (err == nil) != tt.ok {
			t.Errorf("ParseClock(%q) = %q, %v, want %q", tt.text, got, err, tt.want)
		}
	}
}

func TestTimesCrossTheClockChange(t *testing.T) {
	tests := []struct {
		name string
		when When
		want Stamp
	}{
		{"winter", AtClock("2026-03-28", "08:40"), "2026-03-28T08:40:00.000000Z"},
		{"summer", AtClock("2026-03-30", "08:40"), "2026-03-30T07:40:00.000000Z"},
		{"an hour that does not exist", AtClock("2026-03-29", "01:30"), "2026-03-29T01:30:00.000000Z"},
		{"just after midnight in summer", AtClock("2026-07-01", "00:10"), "2026-06-30T23:10:00.000000Z"},
	}
	for _, tt := range tests {
		if tt.when.At != tt.want || tt.when.At.Date() != tt.when.Date {
			t.Errorf("%s: %+v, want %s", tt.name, tt.when, tt.want)
		}
	}
}

func TestWhenReadsAsPeopleSayIt(t *testing.T) {
	tests := map[string]When{
		"undated":           {},
		"3 Mar 2025":        On("2025-03-03"),
		"3 Mar 2025, 08:40": AtClock("2025-03-03", "08:40"),
		"about 3 Mar 2025":  {Date: "2025-03-03", Precision: About},
		"before 3 Mar 2025": {Date: "2025-03-03", Precision: Before},
		"March 2025":        {Date: "2025-03-03", Precision: InMonth},
	}
	for want, w := range tests {
		if got := w.String(); got != want {
			t.Errorf("%+v reads %q, want %q", w, got, want)
		}
	}
}

func TestDates(t *testing.T) {
	if got := Date("2024-02-28").AddDays(2); got != "2024-03-01" {
		t.Errorf("28 Feb 2024 and two days = %s", got)
	}
	if got := Date("2026-03-28").DaysUntil("2026-03-30"); got != 2 {
		t.Errorf("days over the spring change = %d, want 2", got)
	}
	leap := Pupil{Born: "2012-02-29"}
	for d, want := range map[Date]int{"2025-02-28": 12, "2025-03-01": 13, "2012-02-28": -1, "": -1} {
		if got := leap.AgeOn(d); got != want {
			t.Errorf("AgeOn(%s) = %d, want %d", d, got, want)
		}
	}
}

func TestSchoolDays(t *testing.T) {
	cal := Calendar{
		Terms:        []Span{{"Spring 2", "2025-02-24", "2025-04-04"}, {"Summer 1", "2025-04-22", "2025-05-23"}},
		Closures:     []Span{{"INSET", "2025-02-24", "2025-02-24"}},
		BankHolidays: []Span{{"Early May", "2025-05-05", "2025-05-05"}},
	}
	for d, want := range map[Date]bool{
		"2025-02-24": false, "2025-02-25": true, "2025-03-01": false, "2025-04-10": false,
		"2025-05-05": false, "2025-05-06": true, "2025-02-21": true, "2025-06-02": true,
	} {
		if got := cal.IsOpen(d); got != want {
			t.Errorf("IsOpen(%s) = %v, want %v", d, got, want)
		}
	}
	if got := cal.SchoolDays("2025-04-03", "2025-04-23"); got != 4 {
		t.Errorf("school days over Easter = %d, want 4", got)
	}
}

func TestCheckUPN(t *testing.T) {
	for upn, ok := range map[string]bool{
		"R674123101121": true, "A674123101121": false, "R67412310112": false, "R6741231011211": false,
		"r674123101121": false, "R67412310112I": false, "": false, "é67412310112": false,
	} {
		if err := CheckUPN(upn); (err == nil) != ok {
			t.Errorf("CheckUPN(%q) = %v, want ok = %v", upn, err, ok)
		}
	}
}

func TestClean(t *testing.T) {
	if got := Clean("a\r\nb\x00\u202fc\xff\ufeff\tZoë\ufffe😀"); got != "a\nb\u202fc\tZoë😀" {
		t.Errorf("Clean() = %q", got)
	}
}

func TestRulesOfAConcern(t *testing.T) {
	now := StampOf(time.Date(2026, 11, 22, 12, 0, 0, 0, London))
	good := func() *Concern {
		return &Concern{Pupil: "p", When: On("2026-11-20"), Source: Seen, Categories: []Category{Neglect}, Account: "Seen."}
	}
	if err := good().Check(now); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, field string
		spoil       func(*Concern)
	}{
		{"no pupil", "pupil", func(c *Concern) { c.Pupil = "" }},
		{"no date", "when", func(c *Concern) { c.When = When{} }},
		{"tomorrow", "when", func(c *Concern) { c.When = On("2026-11-23") }},
		{"later today", "when", func(c *Concern) { c.When = AtClock("2026-11-22", "12:01") }},
		{"31 February", "when", func(c *Concern) { c.When.Date = "2026-02-31" }},
		{"no words", "account", func(c *Concern) { c.Account = "" }},
		{"100,000 characters", "account", func(c *Concern) { c.Account = string(make([]rune, 100000)) }},
		{"control characters", "account", func(c *Concern) { c.Account = "bell\a" }},
		{"no source", "source", func(c *Concern) { c.Source = "" }},
		{"no category", "categories", func(c *Concern) { c.Categories = nil }},
		{"parents not told, no reason", "parents_why", func(c *Concern) { c.ParentsTold = No }},
		{"another pupil without a part", "also", func(c *Concern) { c.Also = []Involved{{Pupil: "q"}} }},
		{"the same pupil twice", "also", func(c *Concern) { c.Also = []Involved{{"p", Witness}} }},
		{"severity of 6", "severity", func(c *Concern) { c.Severity = 6 }},
		{"a place of two lines", "place", func(c *Concern) { c.Place = "hall\nstage" }},
	}
	for _, tt := range tests {
		c := good()
		tt.spoil(c)
		var v *Invalid
		if err := c.Check(now); !errors.As(err, &v) || v.For(tt.field) == "" {
			t.Errorf("%s: Check() = %v, want a sentence for %s", tt.name, err, tt.field)
		}
	}
}

func TestParseDayAsPeopleSayIt(t *testing.T) {
	sunday := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	summer := time.Date(2026, 6, 30, 23, 30, 0, 0, time.UTC) // Wednesday 1 July in London
	for _, c := range []struct {
		text  string
		now   time.Time
		ahead bool
		want  Date
		said  bool
		err   error
	}{
		{"today", sunday, false, "2026-11-22", true, nil},
		{" Today ", sunday, true, "2026-11-22", true, nil},
		{"now", sunday, false, "2026-11-22", true, nil},
		{"yesterday", sunday, false, "2026-11-21", true, nil},
		{"Yesterday", time.Date(2024, 3, 1, 9, 0, 0, 0, time.UTC), false, "2024-02-29", true, nil},
		{"yesterday", time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC), false, "2025-12-31", true, nil},
		{"yesterday", summer, false, "2026-06-30", true, nil},
		{"yesterday", time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC), false, "2026-10-24", true, nil},
		{"tomorrow", sunday, true, "2026-11-23", true, nil},
		{"Monday", sunday, false, "2026-11-16", true, nil},
		{"Monday", sunday, true, "2026-11-23", true, nil},
		{"tues", sunday, false, "2026-11-17", true, nil},
		{"Weds", sunday, false, "2026-11-18", true, nil},
		{"thurs", sunday, true, "2026-11-26", true, nil},
		{"sun", sunday, false, "2026-11-22", true, nil},
		{"Sunday", sunday, true, "2026-11-22", true, nil},
		{"wednesday", summer, false, "2026-07-01", true, nil},
		{"5 Mar 2026", sunday, false, "2026-03-05", false, nil},
		{"Mon 16 Nov 2026", sunday, false, "2026-11-16", false, nil},
		{"", sunday, false, "", false, nil},
		{"last Tuesday", sunday, false, "", false, ErrDateForm},
		{"mo", sunday, false, "", false, ErrDateForm},
		{"satday", sunday, false, "", false, ErrDateForm},
		{"31/2/2026", sunday, false, "", false, ErrNoSuchDay},
	} {
		got, said, err := ParseDay(c.text, c.now, c.ahead)
		if got != c.want || said != c.said || !errors.Is(err, c.err) {
			t.Errorf("ParseDay(%q, %s, %v) = %q, %v, %v, want %q, %v, %v", c.text, c.now, c.ahead, got, said, err, c.want, c.said, c.err)
		}
	}
}
