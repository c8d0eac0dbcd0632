package records

import (
	"errors"
	"fmt"
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

func TestReadBankHolidays(t *testing.T) {
	const file = `{"scotland": {"division": "scotland", "events": [{"title": "2nd January", "date": "2028-01-04", "notes": "", "bunting": true}]},
		"england-and-wales": {"division": "england-and-wales", "events": [
			{"title": "Good Friday", "date": "2028-04-14", "notes": "", "bunting": false},
			{"title": "New Year’s Day", "date": "2028-01-03", "notes": "Substitute day", "bunting": true}]}}`
	got, err := ReadBankHolidays(strings.NewReader(file))
	want := []Span{{"New Year’s Day (substitute day)", "2028-01-03", "2028-01-03"}, {"Good Friday", "2028-04-14", "2028-04-14"}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("read %v, %v; want %v", got, err, want)
	}
	for name, text := range map[string]string{
		"nothing": "", "a page": "<html></html>", "an empty object": "{}", "a list": "[]", "Scotland alone": `{"scotland": {"events": [{"title": "x", "date": "2028-01-03"}]}}`,
		"a date that is none": strings.Replace(file, "2028-04-14", "2028-04-31", 1), "a date in words": strings.Replace(file, "2028-04-14", "14 April", 1),
		"no events": `{"england-and-wales": {"events": []}}`, "cut off": file[:200],
		"a title of a thousand letters": strings.Replace(file, "Good Friday", strings.Repeat("x", 1000), 1),
	} {
		if got, err := ReadBankHolidays(strings.NewReader(text)); !errors.Is(err, ErrNotGovUK) || got != nil {
			t.Errorf("%s: %v, %v; want ErrNotGovUK", name, got, err)
		}
	}
}

func TestReplacedKeepsOtherYears(t *testing.T) {
	day := func(d Date) Span { return Span{"x", d, d} }
	got := Replaced([]Span{day("2026-12-25"), day("2027-05-05"), day("2027-12-25")}, []Span{day("2027-01-01"), day("2027-12-27")})
	if s := fmt.Sprint(got); s != fmt.Sprint([]Span{day("2026-12-25"), day("2027-01-01"), day("2027-12-27")}) {
		t.Errorf("got %s", s)
	}
}
