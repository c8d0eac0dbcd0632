package pattern

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"throughline/records"
)

// FuzzRead reads lines made of whatever text and times: it never panics, cites
// only rows it was given, and answers the same twice.
func FuzzRead(f *testing.F) {
	f.Add("2024-09-12\x01neglect\x01Hungry, asked for food.\x02\x012024-10-01\x01physical\x01Bruise on left arm; mum said he fell off the bed but he said Karl hit him", "2025-01-10")
	f.Add("0001-01-01\x01\x01\x02\x019999-12-31\x01x\x01monitor for two weeks", "9999-12-31")
	f.Add("", "")
	f.Add("2024-09-12\x01neglect\x01\xff\xfe İİİ ’’ — “", "not a date")
	cal := terms()
	f.Fuzz(func(t *testing.T, text, asOf string) {
		events := eventsOf(text)
		got := Read(events, cal, records.Date(asOf))
		if again := Read(events, cal, records.Date(asOf)); !reflect.DeepEqual(got, again) {
			t.Errorf("two readings differ:\n%+v\n%+v", got, again)
		}
		for _, s := range append(got.All(), got.Voice) {
			checkStatement(t, s, len(events))
		}
	})
}

func eventsOf(text string) []Event {
	var events []Event
	for i, row := range strings.Split(text, "\x02") {
		part := append(strings.Split(row, "\x01"), "", "", "", "", "", "", "", "")
		if i > 400 {
			break
		}
		events = append(events, Event{
			Row: i, When: records.When{Date: records.Date(part[0]), Precision: records.Precision(part[4])},
			Category: records.Category(part[1]), Text: part[2], Action: part[3], Outcome: part[5],
			Severity: records.Severity(len(part[6])), Place: part[3], People: []string{part[5]}, Sibling: part[6],
			Kind: records.Kind(part[7]),
		})
	}
	return events
}

func checkStatement(t *testing.T, s Statement, n int) {
	t.Helper()
	if s.Text == "" || strings.Contains(s.Text, "%!") || strings.Contains(s.Text, "NaN") {
		t.Errorf("text of %s: %q", s.Kind, s.Text)
	}
	if s.Chance != NoTest && (s.Chance < 0 || s.Chance > 1) {
		t.Errorf("chance of %s = %v", s.Kind, s.Chance)
	}
	seen := map[int]bool{}
	for _, row := range s.Rows {
		if row < 0 || row >= n || seen[row] {
			t.Errorf("%s cites row %d of %d: %v", s.Kind, row, n, s.Rows)
		}
		seen[row] = true
	}
	if len(s.Rows) != len(s.Keys) {
		t.Errorf("%s: %d rows, %d keys", s.Kind, len(s.Rows), len(s.Keys))
	}
}

func TestBadInput(t *testing.T) {
	at := func(dates ...records.Date) []Event { return entriesOnDates(records.Neglect, dates...) }
	sameDay := slices.Repeat([]records.Date{"2024-11-12"}, 30)
	cases := []struct {
		name   string
		events []Event
		asOf   records.Date
		want   string // part of what is too little; empty when nothing is
	}{
		{"no events", nil, "2025-01-10", "no entries"},
		{"no events, no date", nil, "", "no entries"},
		{"one", at("2024-11-12"), "2025-01-10", "too little"},
		{"all on one day", at(sameDay...), "2025-01-10", "30 entries on one day: too little"},
		{"future", at("2026-01-01", "2026-02-01"), "2025-01-10", "Two entries are dated after 10 Jan 2025"},
		{"year 0001", at("0001-01-01", "2024-11-12"), "2025-01-10", "Check the year"},
		{"only year 0001", at("0001-01-01", "0001-02-01", "0001-02-01", "0001-02-01", "0001-02-02"), "", "too little"},
		{"year 9999", at("9999-12-31"), "", "too little"},
		{"asOf in 9999", at("2024-11-12"), "9999-12-31", "too little"},
		{"undated", at("", "soon"), "2025-01-10", "Two entries have no date"},
		{"asOf no date", at("2024-11-12"), "tomorrow", "too little"},
	}
	for _, c := range cases {
		for _, cal := range []records.Calendar{terms(), {}, {Terms: []records.Span{{From: "9", To: "1"}}}} {
			t.Run(c.name, func(t *testing.T) {
				got := Read(c.events, cal, c.asOf)
				if len(got.Deterioration) > 0 {
					t.Errorf("deterioration = %v", got.Deterioration)
				}
				if said := strings.Join(got.TooLittle, " "); !strings.Contains(said, c.want) {
					t.Errorf("too little = %q, want %q in it", said, c.want)
				}
				for _, s := range append(got.All(), got.Voice) {
					checkStatement(t, s, len(c.events)+1)
				}
			})
		}
	}
}

func TestOrderDoesNotMatter(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	events := steady(r, 40, 500)
	days := map[records.Date]bool{}
	events = slices.DeleteFunc(events, func(e Event) bool { again := days[e.When.Date]; days[e.When.Date] = true; return again })
	want := Read(events, terms(), "2025-07-22")
	shuffled := slices.Clone(events)
	r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	if got := Read(shuffled, terms(), "2025-07-22"); !reflect.DeepEqual(got, want) {
		t.Errorf("shuffled events read otherwise:\n%+v\n%+v", got, want)
	}
}

func long(n int) []Event {
	r := rand.New(rand.NewPCG(3, uint64(n)))
	events := steady(r, n, len(school))
	texts := []string{
		"Came in hungry again and asked for food at break. Same clothes as last week, no coat.",
		"Bruise on left forearm, 3 cm, round. Mum said he fell off his bike; he told me “Karl pushed me”.",
		"Absent today, no call from home. EWO made a home visit, no answer at the door.",
		"Fell asleep in class before lunch. Spoke to mum at pick-up, who said his sister is not sleeping either.",
		"Quiet in form time, did not want to go home. Sent to Mrs Hall for the afternoon.",
	}
	for i := range events {
		events[i].Text = texts[i%len(texts)]
		events[i].Action = "Continue to monitor for two weeks; DSL told."
	}
	return events
}

func BenchmarkRead1000(b *testing.B) {
	events, cal := long(1000), terms()
	for b.Loop() {
		Read(events, cal, "2025-07-22")
	}
}

func BenchmarkSchool(b *testing.B) {
	events := long(40)
	for b.Loop() {
		reader := NewReader(terms(), "2022-09-05", "2025-07-22")
		for range 1500 {
			reader.Read(events, "2025-07-22")
		}
	}
}
