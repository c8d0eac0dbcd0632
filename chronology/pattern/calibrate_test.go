package pattern

import (
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"throughline/records"
)

// school is the open days of the invented calendar, by school year.
var school = func() (days []records.Date) {
	cal := terms()
	for d := records.Date("2022-09-05"); d <= "2025-07-22"; d = d.AddDays(1) {
		if cal.IsOpen(d) {
			days = append(days, d)
		}
	}
	return days
}()

// a story draws the school day of each of n events among total, and its
// category and severity.
type story func(r *rand.Rand, n, total int) []Event

var kinds = []records.Category{records.Neglect, records.Attendance, records.Physical, records.Emotional, records.MentalHealth, records.DomesticAbuse, records.Online}

func draw(r *rand.Rand, days []int) []Event {
	slices.Sort(days)
	k := 1 + r.IntN(len(kinds))
	top := 1 + r.IntN(5)
	var events []Event
	for i, d := range days {
		events = append(events, Event{
			Row: i + 1, Kind: records.KindConcern, When: records.On(school[d]),
			Category: kinds[r.IntN(k)], Severity: records.Severity(1 + r.IntN(top)),
		})
	}
	return events
}

func steady(r *rand.Rand, n, total int) []Event {
	var days []int
	for range n {
		days = append(days, r.IntN(total))
	}
	return draw(r, days)
}

// doubled has twice the rate in the last third.
func doubled(r *rand.Rand, n, total int) []Event {
	var days []int
	for len(days) < n {
		d := r.IntN(total)
		if d < total*2/3 && r.IntN(2) == 0 {
			continue
		}
		days = append(days, d)
	}
	return draw(r, days)
}

// halving has gaps that are half as long at the end as in the first third,
// three steps in all.
func halving(r *rand.Rand, n, total int) []Event {
	var at float64
	var times []float64
	for i := range n {
		mean := []float64{1, 0.5, 0.25}[i*3/n]
		at += r.ExpFloat64() * mean
		times = append(times, at)
	}
	var days []int
	for _, x := range times {
		days = append(days, int(x/at*float64(total-1)))
	}
	return draw(r, days)
}

// climbing goes up one step a term, give or take one.
func climbing(r *rand.Rand, n, total int) []Event {
	events := steady(r, n, total)
	for i := range events {
		d, _ := slices.BinarySearch(school, events[i].When.Date)
		step := 1 + d/63 + r.IntN(3) - 1
		events[i].Severity = records.Severity(max(1, min(5, step)))
	}
	return events
}

// mondays has 70 % of one kind, half of all entries, on Mondays.
func mondays(r *rand.Rand, n, total int) []Event {
	events := steady(r, n, total)
	for i := range events {
		events[i].Category = kinds[1+r.IntN(2)]
		if i%2 == 0 {
			events[i].Category = records.Neglect
			monday := r.IntN(10) < 7
			for (events[i].When.Date.Weekday() == 1) != monday {
				events[i].When = records.On(school[r.IntN(total)])
			}
		}
	}
	return events
}

func raises(list []Statement, ks ...Kind) bool {
	return slices.ContainsFunc(list, func(s Statement) bool { return slices.Contains(ks, s.Kind) })
}

var sizes = []int{5, 8, 12, 20, 30, 40, 60}

// run tells many stories of one size and returns the share that each kind of
// statement was made of, "any" of deterioration and "days" of weekdays and
// first days back.
func run(t *testing.T, reader *Reader, tell story, n, times int, seed uint64) map[Kind]float64 {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, uint64(n)))
	share := map[Kind]float64{}
	for i := range times {
		total := len(school) * (1 + i%3) / 3
		got := reader.Read(tell(r, n, total), school[total-1])
		seen := map[Kind]bool{}
		for _, s := range got.Deterioration {
			seen[s.Kind], seen["any"] = true, true
		}
		if raises(got.Patterns, Weekday, AfterBreak) {
			seen["days"] = true
		}
		for k := range seen {
			share[k] += 1 / float64(times)
		}
	}
	return share
}

func TestCalibration(t *testing.T) {
	times := 300
	if os.Getenv("THROUGHLINE_EVAL") == "1" {
		times = 20000 / len(sizes)
	}
	reader := NewReader(terms(), "2022-09-05", "2025-07-22")
	t.Logf("steady lines: %d of each size", times)
	var any, days float64
	for _, n := range sizes {
		got := run(t, reader, steady, n, times, 1)
		t.Logf("n=%2d any %.3f (frequency %.3f gaps %.3f severity %.3f breadth %.3f) weekday or after break %.3f",
			n, got["any"], got[Frequency], got[Gaps], got[Severity], got[Breadth], got["days"])
		any += got["any"] / float64(len(sizes))
		days += got["days"] / float64(len(sizes))
	}
	t.Logf("all sizes: any %.4f, days %.4f", any, days)
	if any > 0.05 || days > 0.05 {
		t.Errorf("false alarms: %.3f of steady lines raise a deterioration, %.3f a weekday; want at most 0.05", any, days)
	}
	for _, p := range []struct {
		name string
		tell story
	}{{"rate doubled in the last third", doubled}, {"gaps halving twice", halving}, {"severity up a step a term", climbing}, {"70 % on Mondays", mondays}} {
		for _, n := range sizes[2:] {
			got := run(t, reader, p.tell, n, times, 2)
			t.Logf("%s, n=%2d: any %.2f frequency %.2f gaps %.2f severity %.2f days %.2f", p.name, n, got["any"], got[Frequency], got[Gaps], got[Severity], got["days"])
		}
	}
}
