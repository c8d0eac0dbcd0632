package pattern

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"throughline/records"
)

// minTrend is the number of days with an entry below which nothing is said
// about trends.
const minTrend = 5

// The whole family of deterioration shares alarm, the share of steady lines on
// which chance may raise anything. Each part has its share of it, and what is
// shown as Chance is divided by that share, so that all are held against
// alarm. The shares add up to more than one: frequency and gaps look at the same
// days and mostly raise the same lines, and counts as small as those of breadth
// and of short lines reach their share on far fewer lines than it allows. What
// they come to together is measured by TestFalseAlarms.
const (
	alarm          = 0.05
	frequencyShare = 0.80
	kindShare      = 0.03 // frequency of one kind of concern
	gapsShare      = 0.50
	severityShare  = 0.17
	breadthShare   = 0.50
)

// worsening says what is getting worse.
func (l *line) worsening(out *Reading) {
	list := l.moreFrequent()
	list = append(list, l.shorterGaps()...)
	list = append(list, l.moreSevere()...)
	list = append(list, l.broader()...)
	out.Deterioration = append(out.Deterioration, list...)
}

// tested completes a statement that rests on a test.
func tested(s Statement, chance float64) Statement {
	s.Chance = min(1, chance)
	s.strength = 10 - math.Log10(max(s.Chance, 1e-300))
	s.Text += " Chance alone would do as much in " + byChance(s.Chance) + " such records."
	return s
}

// moreFrequent compares the recent past with what was before it, in all
// entries and in each kind of concern.
func (l *line) moreFrequent() []Statement {
	if s, ok := l.moreOften("all", "Entries", l.entries, frequencyShare); ok {
		return []Statement{s}
	}
	var found []Statement
	cats := l.categories()
	for _, c := range cats {
		about := l.about(c)
		if len(about) == len(l.entries) || c == records.OtherConcern {
			continue
		}
		if s, ok := l.moreOften(string(c), "Entries about "+name(c), about, kindShare/float64(len(cats))); ok {
			found = append(found, s)
		}
	}
	return found
}

// moreOften is a conditional test of the rate in school days, exact for small
// numbers.
//
// The line is read between its first and its last day with an entry, and those
// two are left out of the test: a line begins, and is read, because there was
// an entry. So what has been found does not change while nothing happens, and
// a silence afterwards does not hide it.
func (l *line) moreOften(subject, what string, items []*item, share float64) (Statement, bool) {
	days := schoolDays(items)
	w, ok := recentRate(days)
	if !ok || w.chance > alarm*share {
		return Statement{}, false
	}
	first, last := days[0], days[len(days)-1]
	recent := slices.DeleteFunc(slices.Clone(items), func(it *item) bool { return it.index < w.start })
	s := statement(Frequency, subject, recent, "%s have become more frequent: on %s of %s from %s to %s, against %s of %s before, from %s.",
		what, number(w.recent), schoolDay(last-w.start+1), l.at(w.start).date(), l.at(last).date(),
		number(w.earlier), number(w.start-first), l.at(first).date())
	return tested(s, w.chance/share), true
}

// window is the recent part of a line that stands out most.
type window struct {
	start           int // index of its first school day
	recent, earlier int // days with an entry, in it and before it
	chance          float64
}

// recentRate returns the recent window in which days with an entry are most
// unlikely to be so many, with the chance of that in any of the windows that
// are tried. It reports false when there are too few days.
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
		at, _ := slices.BinarySearch(days, start)
		recent := n + 1 - max(at, 1)
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
	sum := 0.0
	for i, size := range sizes {
		critical[i], sum = criticalCount(total, n, size, p, sum)
	}
	if n > 150 { // the sum of chances is near enough, and quick
		return min(1, sum)
	}
	return max(p, windowsChance(total, n, sizes, critical))
}

// criticalCount returns the smallest count whose chance is at most p, and adds
// that chance to sum.
func criticalCount(total, n, size int, p, sum float64) (int, float64) {
	tail := 0.0
	for k := min(n, size); ; k-- {
		next := tail + hypergeometric(total, size, n, k)
		if k < 0 || next > p*(1+1e-9) {
			return k + 1, sum + tail
		}
		tail = next
	}
}

// shorterGaps is Laplace's test for a trend in the days with an entry. Only
// exact dates take part.
func (l *line) shorterGaps() []Statement {
	exact := slices.DeleteFunc(slices.Clone(l.entries), func(it *item) bool { return !it.isExact() })
	days := schoolDays(exact)
	n := len(days) - 2
	if len(days) < minTrend {
		return nil
	}
	total := days[n+1] - days[0]
	sum := 0.0
	for _, d := range days[1 : n+1] {
		sum += (float64(d-days[0]) - 0.5) / float64(total-1)
	}
	p := sumOfUniformsTail(n, sum)
	third := (n + 1) / 3
	early := float64(days[third]-days[0]) / float64(third)
	late := float64(days[n+1]-days[n+1-third]) / float64(third)
	if p > alarm*gapsShare || third < 1 || late >= early {
		return nil
	}
	s := statement(Gaps, "all", exact, "The gaps between days with an entry are shortening: %s, %s (%s to %s).",
		gapsOf("the first", third, early), gapsOf("the last", third, late), l.at(days[0]).date(), l.at(days[n+1]).date())
	return []Statement{tested(s, p/gapsShare)}
}

func gapsOf(which string, n int, mean float64) string {
	length := schoolDay(int(math.Round(mean)))
	if n == 1 {
		return fmt.Sprintf("%s was %s", which, length)
	}
	return fmt.Sprintf("%s %s averaged %s", which, number(n), length)
}

// moreSevere is the Mann–Kendall test over the highest severity of each day.
func (l *line) moreSevere() []Statement {
	var judged []*item
	var values []int
	for _, it := range l.entries {
		if it.Severity < 1 || it.Severity > 5 || it.When.Precision == records.Before {
			continue
		}
		n := len(judged)
		if n > 0 && judged[n-1].day == it.day {
			values[n-1] = max(values[n-1], int(it.Severity))
			if it.Severity > judged[n-1].Severity {
				judged[n-1] = it
			}
			continue
		}
		judged, values = append(judged, it), append(values, int(it.Severity))
	}
	if len(values) < minTrend {
		return nil
	}
	p := risingChance(values)
	if p > alarm*severityShare {
		return nil
	}
	third := (len(values) + 2) / 3
	level, early, late := sharpest(values, third)
	s := statement(Severity, "all", judged, "Severity is rising: of the first %s days with an entry (%s) %s, of the last %s (%s) %s graded %d of 5 (%s) or higher.",
		number(third), span(judged[:third]), number(early), number(third), span(judged[len(judged)-third:]), number(late)+verb(late, " was", " were"), level, strings.ToLower(level.String()))
	return []Statement{tested(s, p/severityShare)}
}

// sharpest returns the severity that parts the first and the last of values
// best, and how many of each reach it.
func sharpest(values []int, n int) (level records.Severity, early, late int) {
	best := -1
	for v := 5; v >= 2; v-- {
		a, b := atOrAbove(values[:n], v), atOrAbove(values[len(values)-n:], v)
		if b-a > best {
			best, level, early, late = b-a, records.Severity(v), a, b
		}
	}
	return level, early, late
}

func atOrAbove(values []int, v int) int {
	n := 0
	for _, x := range values {
		if x >= v {
			n++
		}
	}
	return n
}

// broader asks whether the kinds of concern have become more: how many kinds of
// the last year were never met before it, and how often a shuffle of the same
// entries would do as much. A line of less than a year and a half is parted in
// the middle.
func (l *line) broader() []Statement {
	list := slices.DeleteFunc(slices.Clone(l.entries), func(it *item) bool { return len(it.cats) == 0 })
	if len(list) < minTrend {
		return nil
	}
	first, last := list[0].day, list[len(list)-1].day
	from := last - 364
	if last-first < 547 {
		from = last - (last-first)/2
	}
	at, _ := slices.BinarySearchFunc(list, from, func(it *item, d day) int { return int(it.day - d) })
	before, since := countKinds(list[:at]), countKinds(list[at:])
	var chances []float64
	fresh := 0
	for c, n := range since {
		if before[c] == 0 {
			fresh++
		}
		chances = append(chances, hypergeometric(len(list), before[c]+n, at, 0))
	}
	for c, n := range before {
		if since[c] == 0 {
			chances = append(chances, hypergeometric(len(list), n, at, 0))
		}
	}
	if fresh < 2 || len(since) <= len(before) || at == 0 {
		return nil
	}
	slices.Sort(chances) // maps have no order, and sums must come out the same
	p := atLeast(fresh, chances)
	if p > alarm*breadthShare {
		return nil
	}
	s := statement(Breadth, "all", list[at:], "Entries now touch more kinds of concern: %s since %s (%s), %s before (%s).",
		number(len(since)), list[at].When.Date, kindsOf(since), number(len(before)), kindsOf(before))
	return []Statement{tested(s, p/breadthShare)}
}

// countKinds counts entries by what they are mainly about.
func countKinds(items []*item) map[records.Category]int {
	n := map[records.Category]int{}
	for _, it := range items {
		n[it.cats[0]]++
	}
	return n
}

// kindsOf returns the names of the kinds, in the order in which the school
// offers them.
func kindsOf(n map[records.Category]int) string {
	var words []string
	for _, c := range slices.SortedFunc(maps.Keys(n), byOffer) {
		words = append(words, name(c))
	}
	return enumerate(words)
}

func byOffer(a, b records.Category) int {
	all := records.Categories()
	return cmp.Or(cmp.Compare(slices.Index(all, a), slices.Index(all, b)), cmp.Compare(a, b))
}
