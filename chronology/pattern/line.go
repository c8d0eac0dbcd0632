package pattern

import (
	"cmp"
	"fmt"
	"slices"

	"throughline/records"
)

// item is an event that has been placed in time.
type item struct {
	*Event
	day   day
	index int // school days before it, counted by the reader
	cats  []records.Category
	said  reading
	hurt  []hit // where the account tells of an injury of the child
	sight sight
}

// newItem reads an event.
func newItem(e *Event) *item {
	it := &item{Event: e, day: dayOf(e.When.Date), said: readWords(e)}
	it.hurt = it.hurts()
	it.sight = it.whoSaw()
	it.cats = it.categories()
	return it
}

// isExact reports whether the day itself is known.
func (i *item) isExact() bool { return i.When.IsExact() }

// line is a child's events in order of time, ready to be read.
type line struct {
	*Reader
	asOf     day
	items    []*item // every dated event up to asOf, siblings' too
	own      []*item // those on this child's line
	entries  []*item // those that are entries about this child
	undated  []*item // entries without a date that can be read
	far      int     // entries dated so long before the others that it must be a slip
	future   int     // events dated after asOf
	approx   int     // entries with an approximate date
	unjudged int     // entries without a severity
}

// newLine places events in time. It never fails: what cannot be placed is
// counted.
func newLine(events []Event, r *Reader, asOf records.Date) *line {
	l := &line{asOf: dayOf(asOf)}
	last := noDay
	for i := range events {
		it := newItem(&events[i])
		switch {
		case it.day == noDay:
			if it.isEntry() {
				l.undated = append(l.undated, it)
			}
		case l.asOf != noDay && it.day > l.asOf:
			l.future++
		default:
			last = max(last, it.day)
			l.items = append(l.items, it)
		}
	}
	if l.asOf == noDay {
		l.asOf = last
	}
	l.items = slices.DeleteFunc(l.items, func(it *item) bool {
		slip := it.day < last-maxYears*366
		if slip && it.isEntry() {
			l.far++
		}
		return slip
	})
	slices.SortStableFunc(l.items, byTime)
	l.place(r)
	return l
}

func byTime(a, b *item) int {
	if a.day == noDay || b.day == noDay {
		return cmp.Compare(b.day, a.day)
	}
	return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.When.Sort(), b.When.Sort()))
}

// place gives every item its index among the school days.
func (l *line) place(r *Reader) {
	if len(l.items) == 0 {
		l.Reader = r.covering(0, 0)
		return
	}
	first, last := l.items[0].day, l.items[len(l.items)-1].day
	l.Reader = r.covering(first, min(max(last, l.asOf), last+maxYears*366))
	for _, it := range l.items {
		it.index = l.index(it.day)
		if it.Sibling == "" {
			l.own = append(l.own, it)
		}
		if !it.isEntry() {
			continue
		}
		l.entries = append(l.entries, it)
		if !it.isExact() {
			l.approx++
		}
		if it.Severity <= 0 {
			l.unjudged++
		}
	}
}

// isEntry reports whether the event is an entry about this child, which counts
// and trends are of: a concern, an absence, or a row of somebody's chronology.
func (e *Event) isEntry() bool {
	return e.Sibling == "" && (e.Kind == "" || e.Kind == records.KindConcern || e.Kind == AbsentFrom)
}

// categories returns the categories of an event, each once. An entry that has
// none takes the one its words show, if they do.
func (i *item) categories() []records.Category {
	cats := make([]records.Category, 0, 1+len(i.Categories))
	for _, c := range append([]records.Category{i.Category}, i.Categories...) {
		if c != "" && !slices.Contains(cats, c) {
			cats = append(cats, c)
		}
	}
	if len(cats) == 0 && i.isEntry() {
		if c := i.shows(); c != "" {
			cats = append(cats, c)
		}
	}
	return cats
}

// topics are signs that an entry without a category is about something, the
// gravest first.
var topics = []struct {
	sign     sign
	category records.Category
}{
	{"topic-selfharm", records.SelfHarm}, {"topic-exploitation", records.Exploitation}, {"topic-missing", records.Missing},
	{"topic-domestic", records.DomesticAbuse}, {"hunger", records.Neglect}, {"hygiene", records.Neglect}, {"topic-substance", records.Substance},
}

// shows returns the category that the words of an entry show, or "".
func (i *item) shows() records.Category {
	if i.injured() {
		return records.Physical
	}
	for _, t := range topics {
		if i.said.has(t.sign, inText) {
			return t.category
		}
	}
	if i.absent() {
		return records.Attendance
	}
	return ""
}

// about returns the entries about a category, in order of time.
func (l *line) about(c records.Category) []*item {
	var list []*item
	for _, it := range l.entries {
		if slices.Contains(it.cats, c) {
			list = append(list, it)
		}
	}
	return list
}

// categories returns the categories of the entries in the order in which they
// first appear.
func (l *line) categories() []records.Category {
	var list []records.Category
	for _, it := range l.entries {
		for _, c := range it.cats {
			if !slices.Contains(list, c) {
				list = append(list, c)
			}
		}
	}
	return list
}

// schoolDays returns the index of each school day with an entry among items,
// each once, in order. Several entries on one day may be several accounts of
// one thing.
func schoolDays(items []*item) []int {
	days := make([]int, 0, len(items))
	for _, it := range items {
		if it.When.Precision == records.Before {
			continue
		}
		if n := len(days); n == 0 || days[n-1] < it.index {
			days = append(days, it.index)
		}
	}
	return days
}

// statement returns a statement with its evidence: each event once, in order of
// time, undated ones last.
func statement(k Kind, subject string, items []*item, format string, args ...any) Statement {
	items = slices.Clone(items)
	slices.SortStableFunc(items, byTime)
	s := Statement{Kind: k, Subject: subject, Text: fmt.Sprintf(format, args...), Chance: NoTest,
		Rows: make([]int, 0, len(items)), Keys: make([]string, 0, len(items))}
	for n, it := range items {
		again := false
		for m := n - 1; m >= 0 && items[m].day == it.day && !again; m-- {
			again = items[m] == it
		}
		if !again {
			s.Rows, s.Keys = append(s.Rows, it.Row), append(s.Keys, it.Key)
		}
	}
	s.Count = len(s.Rows)
	if len(items) > 0 {
		s.From = items[0].When.Date
	}
	return s
}

// tooLittle says what could not be read, and why.
func (l *line) tooLittle(out *Reading) {
	say := func(format string, args ...any) { out.TooLittle = append(out.TooLittle, fmt.Sprintf(format, args...)) }
	n := len(l.entries)
	switch days := len(schoolDays(l.entries)); {
	case n == 0 && len(l.undated)+l.far+l.future == 0:
		say("There are no entries to read.")
	case n == 0:
		say("No entry has a date that can be read: too little to say anything about time.")
	case days < minTrend:
		say("%s: too little to say whether things are getting worse, or on which days they happen. That needs entries on at least %s days.",
			capital(entriesOn(n, days)), number(minTrend))
	}
	if u := len(l.undated); u > 0 {
		say("%s no date that can be read. %s kept and counted, but %s no part in anything that has to do with time.", capital(have(u)), verb(u, "It is", "They are"), verb(u, "takes", "take"))
	}
	if l.far > 0 {
		say("%s a date more than %d years before the last one. Check the year.", capital(have(l.far)), maxYears)
	}
	if l.future > 0 {
		say("%s dated after %s and left out.", capital(are(l.future)), l.asOf.date())
	}
	if l.approx > 0 {
		say("%s only an approximate date, and %s no part in tests of weekdays or of gaps.", capital(have(l.approx)), verb(l.approx, "takes", "take"))
	}
	if n >= minTrend && n-l.unjudged < minTrend {
		judged := "No entry says"
		if k := n - l.unjudged; k > 0 {
			judged = "Only " + share(k, n) + verb(k, " says", " say")
		}
		say("%s how serious it looked: too little to say whether severity is rising.", judged)
	}
}
