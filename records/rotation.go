package records

import (
	"slices"
	"time"
)

// How many backups are kept, of as many days, weeks and months as have one.
const (
	keepDays   = 7
	keepWeeks  = 4
	keepMonths = 12
)

// Kept says for each backup, made at these times in any order, whether to keep
// it: the newest of each of the last seven days, four weeks (from Monday) and
// twelve months that have one, in London.
func Kept(times []time.Time) []bool {
	order := make([]int, len(times)) // newest first
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return times[b].Compare(times[a]) })
	kept := make([]bool, len(times))
	for _, rule := range []struct {
		most   int
		period func(time.Time) [2]int
	}{
		{keepDays, func(t time.Time) [2]int { return [2]int{t.Year(), t.YearDay()} }},
		{keepWeeks, func(t time.Time) [2]int { y, w := t.ISOWeek(); return [2]int{y, w} }},
		{keepMonths, func(t time.Time) [2]int { return [2]int{t.Year(), int(t.Month())} }},
	} {
		var last [2]int
		n := 0
		for _, i := range order {
			p := rule.period(times[i].In(London))
			if n > 0 && p == last {
				continue
			}
			if n == rule.most {
				break
			}
			kept[i], last = true, p
			n++
		}
	}
	return kept
}
