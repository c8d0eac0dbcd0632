package pattern

import (
	"cmp"
	"fmt"
	"math"
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

// anyDay also has entries from outside school: police at weekends, calls in the
// holidays.
func anyDay(r *rand.Rand, n, total int) []Event {
	events := steady(r, n, total)
	first := school[0]
	for i := range events {
		events[i].When = records.On(first.AddDays(r.IntN(first.DaysUntil(school[total-1]) + 1)))
	}
	slices.SortFunc(events, func(a, b Event) int { return cmp.Compare(a.When.Date, b.When.Date) })
	return events
}

// twice has two accounts of a third of what happened, by two people.
func twice(r *rand.Rand, n, total int) []Event {
	var events []Event
	for _, e := range steady(r, n*3/4, total) {
		events = append(events, e)
		if r.IntN(3) == 0 {
			events = append(events, e)
		}
	}
	return events
}

// everyKind draws from all categories, some of them two at a time.
func everyKind(r *rand.Rand, n, total int) []Event {
	events := steady(r, n, total)
	all := records.Categories()
	for i := range events {
		events[i].Category = all[r.IntN(len(all))]
		if r.IntN(3) == 0 {
			events[i].Categories = []records.Category{all[r.IntN(len(all))]}
		}
	}
	return events
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

// halving returns a story whose gaps are half as long in each part as in the
// part before, over as many parts.
func halving(parts int) story {
	return func(r *rand.Rand, n, total int) []Event { return halved(r, n, total, parts) }
}

func halved(r *rand.Rand, n, total, parts int) []Event {
	var at float64
	var times []float64
	for i := range n {
		at += r.ExpFloat64() * math.Pow(0.5, float64(i*parts/n))
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

// best returns the power that the best possible test has against a rate that is
// doubled from a day on that it is told beforehand, at 1 false alarm in 20. No
// reader of dates can do better.
func best(n int) float64 {
	k := 0
	for binomialTail(n, k, 1.0/3) > alarm {
		k++
	}
	room := (alarm - binomialTail(n, k, 1.0/3)) / binomial(n, k-1, 1.0/3) // drawn by lot
	return binomialTail(n, k, 0.5) + room*binomial(n, k-1, 0.5)
}

func eachSize() int {
	if os.Getenv("THROUGHLINE_EVAL") == "1" {
		return 20000 / len(sizes)
	}
	return 300
}

func TestFalseAlarms(t *testing.T) {
	times := eachSize()
	reader := NewReader(terms(), "2022-09-05", "2025-07-22")
	for _, p := range []struct {
		name string
		tell story
	}{{"steady", steady}, {"steady, any day of the year", anyDay}, {"steady, two accounts of a third", twice}, {"steady, every kind", everyKind}} {
		var any, days float64
		for _, n := range sizes {
			got := run(t, reader, p.tell, n, times, 1)
			t.Logf("%s, n=%2d: any %.3f (frequency %.3f gaps %.3f severity %.3f breadth %.3f), weekday or after break %.3f",
				p.name, n, got["any"], got[Frequency], got[Gaps], got[Severity], got[Breadth], got["days"])
			any += got["any"] / float64(len(sizes))
			days += got["days"] / float64(len(sizes))
		}
		t.Logf("%s, all %d lines: any %.4f, weekday or after break %.4f", p.name, times*len(sizes), any, days)
		if any > 0.05 || days > 0.05 {
			t.Errorf("%s: %.3f raise a deterioration, %.3f a weekday or first day back; want at most 0.05", p.name, any, days)
		}
	}
}

// TestFalseAlarmsOfGrowingLines prints how many steady lines raise something at
// some time, when they are read again after every entry, as Today does. The bound
// of 1 in 20 is for one reading; this is what many readings come to.
func TestFalseAlarmsOfGrowingLines(t *testing.T) {
	if os.Getenv("THROUGHLINE_EVAL") != "1" {
		t.Skip("a figure to print, not a bound")
	}
	reader := NewReader(terms(), "2022-09-05", "2025-07-22")
	r := rand.New(rand.NewPCG(3, 3))
	for _, n := range sizes {
		const times = 400
		ever := 0
		for i := range times {
			events := steady(r, n, len(school)*(1+i%3)/3)
			for k := minTrend; k <= n; k++ {
				got := reader.Read(events[:k], events[k-1].When.Date)
				if len(got.Deterioration) > 0 || raises(got.Patterns, Weekday, AfterBreak) {
					ever++
					break
				}
			}
		}
		t.Logf("steady, read after every entry, n=%2d: %.2f raise a deterioration, a weekday or a first day back at some time", n, float64(ever)/times)
	}
}

func TestPower(t *testing.T) {
	times := eachSize() / 2
	reader := NewReader(terms(), "2022-09-05", "2025-07-22")
	for _, p := range []struct {
		name string
		tell story
		kind Kind
		want map[int]float64 // by size; less than measured, so that a loss shows
	}{
		{"rate doubled in the last third", doubled, "any", map[int]float64{20: 0.22, 40: 0.45, 60: 0.6}},
		{"gaps halving twice", halving(3), "any", map[int]float64{20: 0.45, 40: 0.8, 60: 0.9}},
		{"gaps halving three times", halving(4), "any", map[int]float64{20: 0.7, 40: 0.95, 60: 0.97}},
		{"severity up a step a term", climbing, Severity, map[int]float64{12: 0.65, 20: 0.85, 40: 0.97}},
		{"70 % of one kind on Mondays", mondays, "days", map[int]float64{20: 0.7, 30: 0.85, 60: 0.97}},
	} {
		for _, n := range sizes[2:] {
			got := run(t, reader, p.tell, n, times, 2)
			ceiling := ""
			if p.name[0] == 'r' {
				ceiling = fmt.Sprintf(" (no test at 1 in 20 can find more than %.2f)", best(n))
			}
			t.Logf("%s, n=%2d: found %.2f%s", p.name, n, got[p.kind], ceiling)
			if got[p.kind] < p.want[n] {
				t.Errorf("%s, n=%d: found %.2f, want %.2f", p.name, n, got[p.kind], p.want[n])
			}
		}
	}
}
