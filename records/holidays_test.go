package records

import (
	"slices"
	"strings"
	"testing"
)

// The days are those of GOV.UK's list for England and Wales.
func TestBankHolidays(t *testing.T) {
	for year, want := range map[int]string{
		2002: "01-01 03-29 04-01 05-06 06-03 06-04 08-26 12-25 12-26",
		2011: "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27",
		2012: "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26",
		2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
		2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
		2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
		2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
		2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
		2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
		2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
		2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
	} {
		var got []string
		for _, s := range BankHolidays(year, year) {
			if s.From != s.To || s.Name == "" {
				t.Errorf("%d: span %v", year, s)
			}
			got = append(got, strings.TrimPrefix(string(s.From), s.From.Time().Format("2006-")))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("BankHolidays(%d)\n got %s\nwant %s", year, s, want)
		}
	}
}

func TestBankHolidaysOfSeveralYears(t *testing.T) {
	all := BankHolidays(2021, 2023)
	if !slices.IsSortedFunc(all, func(a, b Span) int { return strings.Compare(string(a.From), string(b.From)) }) {
		t.Error("not in order")
	}
	if n := len(all); n != 8+10+9 {
		t.Errorf("got %d, want 27", n)
	}
	if len(BankHolidays(2023, 2021)) != 0 {
		t.Error("years in the wrong order gave holidays")
	}
	if err := (&Calendar{BankHolidays: all}).Check(""); err != nil {
		t.Error(err)
	}
}
