package review

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"throughline/records"
)

func TestReadDate(t *testing.T) {
	for _, c := range []struct {
		text string
		want string // as When.String has it
		err  error
	}{
		{"2024-03-03", "3 Mar 2024", nil},
		{"20240303", "3 Mar 2024", nil},
		{"03/03/2024", "3 Mar 2024", nil},
		{"Sunday 3rd March 2024", "3 Mar 2024", nil},
		{"3.3.24", "3 Mar 2024", nil},
		{"March 3, 2024", "3 Mar 2024", nil},
		{"45354", "3 Mar 2024", nil},
		{"45354.4375", "3 Mar 2024, 10:30", nil},
		{"2024-03-03T09:15:00Z", "3 Mar 2024, 09:15", nil},
		{"2024-07-03T09:15:00Z", "3 Jul 2024, 10:15", nil}, // summer time
		{"2024-03-03 00:00:00", "3 Mar 2024", nil},
		{"03/03/2024 14:05", "3 Mar 2024, 14:05", nil},
		{"3 March 2024 at 2:05 pm", "3 Mar 2024, 14:05", nil},
		{"3/3/24 8.40am", "3 Mar 2024, 08:40", nil},
		{"about 3 March 2024", "about 3 Mar 2024", nil},
		{"c. 2024-03-03", "about 3 Mar 2024", nil},
		{"c 3/3/24", "about 3 Mar 2024", nil},
		{"circa 03/03/2024", "about 3 Mar 2024", nil},
		{"~3 Mar 2024", "about 3 Mar 2024", nil},
		{"3 March 2024?", "about 3 Mar 2024", nil},
		{"3 March 2024 (approx)", "about 3 Mar 2024", nil},
		{"w/c 4 March 2024", "about 4 Mar 2024", nil},
		{"before 3 March 2024", "before 3 Mar 2024", nil},
		{"March 2024", "March 2024", nil},
		{"early March 2024", "March 2024", nil},
		{"in March 2024", "March 2024", nil},
		{"Mar-24", "March 2024", nil},
		{"Sept 2023", "September 2023", nil},
		{"03/2024", "March 2024", nil},
		{"2024-03", "March 2024", nil},
		{"3-5 March 2024", "about 3 Mar 2024", nil},
		{"01/03/2024 - 05/03/2024", "about 1 Mar 2024", nil},
		{"28 February to 3 March 2024", "about 28 Feb 2024", nil},
		{"29 Feb 2024", "29 Feb 2024", nil},
		{"", "undated", nil},
		{"Not known", "undated", nil},
		{"n/a", "undated", nil},
		{"29 Feb 2023", "", records.ErrNoSuchDay},
		{"31 February 2024", "", records.ErrNoSuchDay},
		{"about 31/02/2024", "", records.ErrNoSuchDay},
		{"12/31/2024", "", records.ErrNoSuchDay},
		{"2024", "", records.ErrDateForm},
		{"12", "", records.ErrDateForm},
		{"March 12", "", records.ErrDateForm},
		{"Autumn term", "", records.ErrDateForm},
		{"NaN", "", records.ErrDateForm},
		{"Inf", "", records.ErrDateForm},
		{"1e999", "", records.ErrDateForm},
	} {
		r := row{[]string{c.text}, layout{"date": {0}}}
		got, err := r.when(now, false)
		if !errors.Is(err, c.err) || err == nil && got.String() != c.want {
			t.Errorf("%q = %v, %v, want %q, %v", c.text, got, err, c.want, c.err)
		}
	}
}

func TestWhenFromThreeColumns(t *testing.T) {
	for _, c := range []struct{ date, time, precision, want string }{
		{"3/3/2024", "14:05", "", "3 Mar 2024, 14:05"},
		{"3/3/2024", "0.5", "exact", "3 Mar 2024, 12:00"},
		{"3/3/2024", "14:05:30", "Exact", "3 Mar 2024, 14:05"},
		{"3/3/2024", "lunch", "", "3 Mar 2024"},
		{"3/3/2024", "14:05", "approximate", "about 3 Mar 2024"},
		{"3/3/2024", "", "month only", "March 2024"},
		{"3/3/2024", "", "before", "before 3 Mar 2024"},
		{"3/3/2024", "", "not sure of the day", "about 3 Mar 2024"},
		{"about 3/3/2024", "", "exact", "about 3 Mar 2024"},
		{"", "14:05", "undated", "undated"},
		{"31/3/2024", "01:30", "", "31 Mar 2024, 02:30"}, // an hour that the clocks skip
	} {
		r := row{[]string{c.date, c.time, c.precision}, layout{"date": {0}, "time": {1}, "date_precision": {2}}}
		got, err := r.when(now, false)
		if err != nil || got.String() != c.want {
			t.Errorf("%v = %v, %v, want %q", c, got, err, c.want)
		}
	}
}

func TestDatesWithoutAYear(t *testing.T) {
	for _, c := range []struct {
		cell   string
		beside records.Date
		want   records.Date
	}{
		{"17/9", "2024-09-16", "2024-09-17"}, {"Mon 16th Sept", "2024-09-17", "2024-09-16"}, {"3 Jan", "2024-12-18", "2025-01-03"},
		{"20.12", "2025-01-06", "2024-12-20"}, {"29 Feb", "2024-03-04", "2024-02-29"}, {"31/2", "2024-03-04", ""}, {"sept 24", "2024-09-16", ""},
		{"last spring", "2024-09-16", ""}, {"17/9", "", ""},
	} {
		r := row{[]string{c.cell}, layout{"date": {0}}}
		w, ok := r.withoutYear(c.beside, now)
		if w.Date != c.want || ok != (c.want != "") || ok && w.Precision != records.About {
			t.Errorf("%q beside %s = %+v, want %s", c.cell, c.beside, w, c.want)
		}
	}
	r := read(t, "date,summary\n17/9,One\n18/9/24,Two\n1/10,Three\nsept 24,Four\n")
	if len(r.Rejected) != 1 || r.Rejected[0].Row != 4 || !strings.Contains(strings.Join(r.TooLittle, " "), "Rows 1 and 3: no year is given.") {
		t.Errorf("rejected %v, too little %q", r.Rejected, r.TooLittle)
	}
}

func TestLastDayOfASpan(t *testing.T) {
	for cell, want := range map[string]records.Date{
		"3–14 June 2024": "2024-06-14", "03/06/24 - 14/06/24": "2024-06-14", "2024-06-03": "", "about 3 June 2024": "", "3 to 14 June 2024": "2024-06-14",
	} {
		if got := (row{[]string{cell}, layout{"date": {0}}}).until(now); got != want {
			t.Errorf("last day of %q = %q, want %q", cell, got, want)
		}
	}
	r := read(t, "date,category,what happened\n03/06/24 - 14/06/24,attendance,Absent.\n18/06/24,physical,Bruise on ear.\n")
	if !slices.ContainsFunc(r.Unanswered, func(o Open) bool { return o.Kind == "absence_then_injury" }) {
		t.Errorf("two days after an absence of two weeks: %+v", r.Unanswered)
	}
}
