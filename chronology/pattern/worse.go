package pattern

import (
	"fmt"
	"math"
)

// minTrend is the number of days with an entry below which nothing is said
// about trends.
const minTrend = 5

// The whole family of deterioration shares alarm, the share of steady lines on
// which chance may raise anything. Each part has its share of it; what is
// shown as Chance is multiplied up accordingly, so that all are held against
// alarm.
const (
	alarm          = 0.05
	frequencyShare = 0.6
)

// worsening says what is getting worse.
func (l *line) worsening(out *Reading) {
	out.Deterioration = append(out.Deterioration, l.moreFrequent()...)
}

// moreFrequent compares the recent past with what was before it: a conditional
// test of the rate in school days, exact for small numbers.
//
// The line is read between its first and its last day with an entry, and those
// two are left out of the test: a line begins and is read because there was an
// entry. So what has been found does not change while nothing happens, and a
// silence afterwards does not hide it.
func (l *line) moreFrequent() []Statement {
	days := schoolDays(l.entries)
	w, ok := recentRate(days)
	if !ok || w.chance > alarm*frequencyShare {
		return nil
	}
	first, last := days[0], days[len(days)-1]
	start := w.start
	s := statement(Frequency, "all", l.entries, "Entries have become more frequent: %s, against %s.",
		rate(w.recent, last-start+1, fmt.Sprintf("%s to %s", l.at(start).date(), l.at(last).date())),
		rate(w.earlier, start-first, fmt.Sprintf("before, from %s", l.at(first).date())))
	s.Chance = w.chance / frequencyShare
	s.strength = -math.Log(s.Chance)
	s.Text += " By chance " + byChance(s.Chance) + "."
	return []Statement{s}
}

func rate(days, open int, when string) string {
	return fmt.Sprintf("on %s of %s %s", number(days), schoolDay(open), when)
}

// window is the recent part of a line that stands out most.
type window struct {
	start           int // index of its first school day
	recent, earlier int // days with an entry, in it and before it
	chance          float64
}

// recentRate returns the recent window in which days with an entry are most
// unlikely to be so many, with the chance of that in any of the windows that
// were tried. It reports false when there are too few.
func recentRate(days []int) (window, bool) {
	n := len(days) - 2
	if len(days) < minTrend {
		return window{}, false
	}
	total := days[n+1] - days[0] - 1
	sizes := []int{total / 4, total / 3, total / 2}
	best := window{chance: 2}
	for _, size := range sizes {
		start := days[n+1] - size
		recent := 0
		for _, d := range days[1 : n+1] {
			if d >= start {
				recent++
			}
		}
		if p := hypergeometricTail(total, n, size, recent); p < best.chance {
			best = window{start, recent + 1, n - recent + 1, p}
		}
	}
	if best.chance <= alarm {
		best.chance = anyWindow(total, n, sizes, best.chance)
	}
	return best, true
}

// anyWindow returns the chance that any window is as unlikely as p.
func anyWindow(total, n int, sizes []int, p float64) float64 {
	critical := make([]int, len(sizes))
	for i, size := range sizes {
		k := 0
		for k <= n && hypergeometricTail(total, n, size, k) > p*(1+1e-9) {
			k++
		}
		critical[i] = k
	}
	if n > 150 { // the sum is near enough, and quick
		sum := 0.0
		for i, size := range sizes {
			sum += hypergeometricTail(total, n, size, critical[i])
		}
		return min(1, sum)
	}
	return max(p, windowsChance(total, n, sizes, critical))
}
