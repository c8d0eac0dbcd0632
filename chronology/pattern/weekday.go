package pattern

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"throughline/records"
)

// minWeekday is the number of days with an entry below which weekdays are not
// looked at.
const minWeekday = 5

// daysShare stretches alarm for days as the shares of deterioration do: the
// sets that are tried overlap (Monday and the day after a weekend, all entries
// and those of one kind), so that their chances add up to more than the chance
// of any. The calibration test measures it.
const daysShare = 1.25

// daySet is a set of school days that entries may crowd on.
type daySet struct {
	kind  Kind
	name  string
	words string // "fell on a Monday"
	has   func(l *line, d day) bool
}

// daySets are the sets that are tried: five weekdays, the first day back after
// a holiday, and the first day back after any closure.
var daySets = func() []daySet {
	var sets []daySet
	for wd := time.Monday; wd <= time.Friday; wd++ {
		sets = append(sets, daySet{Weekday, wd.String(), "on a " + wd.String(),
			func(_ *line, d day) bool { return d.weekday() == wd }})
	}
	return append(sets,
		daySet{AfterBreak, "holiday", "on the first day back after a holiday",
			func(l *line, d day) bool { return l.backFrom(d) }},
		daySet{AfterBreak, "weekend", "on the first day back after a weekend or a holiday",
			func(l *line, d day) bool { return l.closedBefore(d) >= 2 }})
}()

// crowd is one set of days tried on one subject.
type crowd struct {
	daySet
	subject records.Category // empty for all entries
	items   []*item          // the entries that fall in the set
	in, of  int              // days with an entry in the set, and in all
	share   float64          // of the school days of the line
	chance  float64
}

// onDays says on which days of the week, and on which first days back, entries
// crowd. Several entries about one thing on one day count as one; approximate
// dates take no part, nor do days on which the school was shut.
func (l *line) onDays(out *Reading) {
	tried := l.crowds()
	slices.SortStableFunc(tried, func(a, b crowd) int { return cmp.Compare(a.chance, b.chance) })
	var said []crowd
	for i, c := range tried {
		// Holm's step-down: what has been said no longer counts among what
		// was tried. For each test that remains, the most it can add is the
		// largest chance it can attain that is no larger than this one.
		chance := 0.0
		for _, other := range tried[i:] {
			chance += attainable(other.of, other.share, c.chance)
		}
		if chance /= daysShare; chance > alarm {
			break
		}
		if slices.ContainsFunc(said, func(s crowd) bool { return overlaps(s, c) }) {
			continue
		}
		said = append(said, c)
		out.Patterns = append(out.Patterns, c.statement(chance, l.rough))
	}
}

// crowds tries every set of days on all entries and on each kind of concern.
func (l *line) crowds() []crowd {
	exact := slices.DeleteFunc(slices.Clone(l.entries), func(it *item) bool { return !it.isExact() || !l.isOpen(it.day) })
	if len(exact) < minWeekday {
		return nil
	}
	shares := l.shares(exact[0].day, exact[len(exact)-1].day)
	var tried []crowd
	try := func(subject records.Category, items []*item) {
		of := len(schoolDays(items))
		if of < minWeekday {
			return
		}
		for i, set := range daySets {
			if set.name == "weekend" && shares[i] == shares[0] {
				continue // it is every Monday and no other day
			}
			in := slices.DeleteFunc(slices.Clone(items), func(it *item) bool { return !set.has(l, it.day) })
			c := crowd{daySet: set, subject: subject, items: in, in: len(schoolDays(in)), of: of, share: shares[i]}
			c.chance = binomialTail(c.of, c.in, c.share)
			tried = append(tried, c)
		}
	}
	try("", exact)
	for _, c := range l.categories() {
		about := slices.DeleteFunc(slices.Clone(exact), func(it *item) bool { return !slices.Contains(it.cats, c) })
		if len(about) < len(exact) && c != records.OtherConcern {
			try(c, about)
		}
	}
	return tried
}

// shares returns the share of the school days from a to b that lies in each set.
func (l *line) shares(a, b day) []float64 {
	shares := make([]float64, len(daySets))
	open := 0
	for d := a; d <= b; d++ {
		if !l.isOpen(d) {
			continue
		}
		open++
		for i, set := range daySets {
			if set.has(l, d) {
				shares[i]++
			}
		}
	}
	for i := range shares {
		shares[i] /= float64(max(open, 1))
	}
	return shares
}

// attainable returns the largest chance not above p that a count out of n can
// have.
func attainable(n int, share, p float64) float64 {
	tail := 0.0
	for k := n; k >= 0; k-- {
		next := tail + binomial(n, k, share)
		if next > p*(1+1e-9) {
			break
		}
		tail = next
	}
	return tail
}

// overlaps reports whether b says hardly more than a, which was said before it:
// the same days seen as a Monday and as the day after a weekend, or a part of
// the entries where all of them were named.
func overlaps(a, b crowd) bool {
	same := 0
	for _, it := range b.items {
		if slices.Contains(a.items, it) {
			same++
		}
	}
	if a.kind == b.kind && a.name == b.name {
		return same*3 >= len(b.items)*2
	}
	if a.name == "holiday" || b.name == "holiday" {
		return b.name == "holiday" && a.name == "weekend" && same == len(a.items)
	}
	return same*3 >= len(b.items)*2
}

func (c crowd) statement(chance float64, rough bool) Statement {
	what := "Entries"
	if c.subject != "" {
		what += " about " + name(c.subject)
	}
	how := fmt.Sprintf("%s out of %s", times(c.in), number(c.of))
	if c.in == c.of {
		how = "all " + times(c.of)
	}
	words := c.words
	if c.name == "holiday" && rough {
		words = fmt.Sprintf("in the first %s days back after a holiday", number(roughDays))
	}
	s := statement(c.kind, string(c.subject)+"/"+c.name, c.items, "%s fell %s %s (%s); of the school days in that time, %s were such days.",
		what, words, how, span(c.items), percent(c.share))
	return tested(s, chance)
}
