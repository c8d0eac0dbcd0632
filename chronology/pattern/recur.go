package pattern

import "throughline/records"

// minRecur is how many entries make a recurrence.
const minRecur = 3

// recurring says what recurs.
func (l *line) recurring(out *Reading) {
	out.Patterns = append(out.Patterns, l.categoryRecurs()...)
}

// categoryRecurs says which kinds of concern recur. It is a plain count: no
// test can say how many entries about neglect are too many.
func (l *line) categoryRecurs() []Statement {
	var found []Statement
	for _, c := range l.categories() {
		list := l.about(c)
		if len(list) < minRecur || c == records.OtherConcern {
			continue
		}
		open := l.open(list[0].day, list[len(list)-1].day)
		s := statement(Category, string(c), list, "%s (%s) are about %s; the school was open %s.",
			capital(share(len(list), len(l.entries))), span(list), name(c), count(open, "day", "days"))
		s.strength = float64(len(list)) / 2
		found = append(found, s)
	}
	return found
}
