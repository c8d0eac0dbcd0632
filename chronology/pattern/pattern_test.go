package pattern

import (
	"slices"
	"strings"
	"testing"

	"throughline/records"
)

// term is a calendar of three invented school years with half-terms of their
// own, and the bank holidays that fall inside them.
func terms() records.Calendar {
	span := func(from, to records.Date) records.Span { return records.Span{From: from, To: to} }
	return records.Calendar{
		Terms: []records.Span{
			span("2022-09-05", "2022-10-21"), span("2022-10-31", "2022-12-16"),
			span("2023-01-03", "2023-02-10"), span("2023-02-20", "2023-03-31"),
			span("2023-04-17", "2023-05-26"), span("2023-06-05", "2023-07-21"),
			span("2023-09-04", "2023-10-20"), span("2023-10-30", "2023-12-20"),
			span("2024-01-04", "2024-02-09"), span("2024-02-19", "2024-03-28"),
			span("2024-04-15", "2024-05-24"), span("2024-06-03", "2024-07-22"),
			span("2024-09-04", "2024-10-25"), span("2024-11-04", "2024-12-20"),
			span("2025-01-06", "2025-02-14"), span("2025-02-24", "2025-04-04"),
			span("2025-04-22", "2025-05-23"), span("2025-06-02", "2025-07-22"),
		},
		BankHolidays: []records.Span{
			span("2023-05-01", "2023-05-01"), span("2023-05-08", "2023-05-08"),
			span("2024-05-06", "2024-05-06"), span("2025-05-05", "2025-05-05"),
		},
	}
}

// entriesOnDates returns one entry of a category for each date, Rows from 1.
func entriesOnDates(c records.Category, dates ...records.Date) []Event {
	var events []Event
	for i, d := range dates {
		events = append(events, Event{Row: i + 1, Kind: records.KindConcern, When: records.On(d), Category: c})
	}
	return events
}

func find(list []Statement, k Kind, subject string) (Statement, bool) {
	i := slices.IndexFunc(list, func(s Statement) bool { return s.Kind == k && (subject == "" || s.Subject == subject) })
	if i < 0 {
		return Statement{}, false
	}
	return list[i], true
}

func TestCategoryRecurs(t *testing.T) {
	events := append(entriesOnDates(records.Neglect, "2024-09-12", "2024-10-02", "2024-11-20", "2024-12-11", "2025-01-30", "2025-03-03"),
		entriesOnDates(records.Attendance, "2024-10-15", "2024-12-04", "2025-02-06")...)
	got := Read(events, terms(), "2025-03-10")
	s, ok := find(got.Patterns, Category, "neglect")
	if !ok {
		t.Fatalf("no statement about neglect in %v", got.Patterns)
	}
	want := "Six of nine entries (12 Sep 2024 to 3 Mar 2025) are about neglect; the school was open 103 days."
	if s.Text != want {
		t.Errorf("Text = %q, want %q", s.Text, want)
	}
	if s.Count != 6 || s.Chance != NoTest || !slices.Equal(s.Rows, []int{1, 2, 3, 4, 5, 6}) {
		t.Errorf("statement = %+v", s)
	}
}

func TestMoreFrequent(t *testing.T) {
	events := entriesOnDates(records.Neglect,
		"2023-09-12", "2023-12-06", "2024-03-11", "2024-06-12",
		"2024-11-13", "2024-11-18", "2024-11-27", "2024-12-03", "2024-12-10", "2024-12-12", "2024-12-18")
	got := Read(events, terms(), "2024-12-20")
	s, ok := find(got.Deterioration, Frequency, "all")
	if !ok {
		t.Fatalf("no statement of frequency in %+v", got)
	}
	if s.Chance <= 0 || s.Chance > 0.05 ||
		!strings.HasPrefix(s.Text, "Entries have become more frequent: on seven of 65 school days from 12 Sep 2024 to 18 Dec 2024, against four of 194 before, from 12 Sep 2023.") {
		t.Errorf("statement = %+v", s)
	}
	if later := Read(events, terms(), "2026-01-10"); len(later.Deterioration) != len(got.Deterioration) {
		t.Errorf("a year later without an entry: %v, want %v", later.Deterioration, got.Deterioration)
	}
}
