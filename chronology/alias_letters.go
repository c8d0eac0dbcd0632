package chronology

import (
	"slices"
	"strconv"
	"strings"

	"throughline/records"
)

// Letters puts "Child A", "Child B" in place of the names of several pupils, in
// the order in which a report speaks of them and the same throughout: initials
// defeat a reader ten years on, and tell one who knows the school. A person in a
// child's life becomes what they are to the child, "[mother]" in what stands in
// the child's own file and "[mother of Child A]" elsewhere; a pupil of whom the
// report does not speak is "[another pupil]".
//
// It has the limits of [Aliases], except that it knows every pupil on the roll
// by full name and by forename.
type Letters struct {
	of    map[records.ID]string
	every *Aliases
}

// familyName takes the place of a surname that stands alone.
const familyName = "[family name]"

// NewLetters returns the letters of the pupils of whom a report speaks, by
// their files; roll is every pupil whose name may stand in a text.
func NewLetters(files []*records.File, roll []records.Pupil) *Letters {
	l := &Letters{of: map[records.ID]string{}, every: &Aliases{names: map[string][]alias{}}}
	for _, f := range files {
		if l.of[f.Pupil.ID] == "" {
			l.of[f.Pupil.ID] = "Child " + letter(len(l.of))
		}
	}
	for _, f := range files {
		l.every.people(f, " of "+l.of[f.Pupil.ID])
	}
	shared := map[string]int{} // forenames that several pupils have
	for i := range roll {
		for _, first := range names(&roll[i]) {
			shared[fold(first)]++
		}
	}
	for i := range roll {
		p := &roll[i]
		text := orElse(l.of[p.ID], "[another pupil]")
		for _, first := range names(p) {
			l.every.full(p, first, text)
			if shared[fold(first)] > 1 {
				l.every.parts(first, func(string) string { return "[a pupil]" })
			} else {
				l.every.parts(first, func(string) string { return text })
			}
		}
	}
	for _, f := range files {
		l.every.parts(f.Pupil.Surname, func(string) string { return familyName })
	}
	l.every.order()
	return l
}

// letter returns A to Z, then AA, AB and so on; 0 is A.
func letter(n int) string {
	s := ""
	for n++; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}

// names returns the given names of a pupil.
func names(p *records.Pupil) []string {
	return slices.DeleteFunc([]string{p.Forename, p.KnownAs}, func(s string) bool { return strings.TrimSpace(s) == "" })
}

// Of returns what a pupil is called: "Child A", or "another pupil" for one of
// whom the report does not speak.
func (l *Letters) Of(pupil records.ID) string { return orElse(l.of[pupil], "another pupil") }

// Hide returns a text that belongs to no one child with every name replaced.
func (l *Letters) Hide(text string) string { return l.every.Hide(text) }

// In returns what replaces the names in a text of a pupil's own file.
func (l *Letters) In(f *records.File) func(text string) string {
	a := &Aliases{names: map[string][]alias{}}
	a.lettered(&f.Pupil, orElse(l.of[f.Pupil.ID], "the child"))
	for i := range f.Siblings {
		s := &f.Siblings[i]
		a.lettered(s, orElse(l.of[s.ID], "[sibling]"))
	}
	a.people(f, "")
	a.order()
	return func(text string) string { return l.every.Hide(a.Hide(text)) }
}

// lettered adds every way in which a pupil's name is written, the surname alone
// too.
func (a *Aliases) lettered(p *records.Pupil, text string) {
	for _, first := range names(p) {
		a.full(p, first, text)
		a.parts(first, func(string) string { return text })
	}
	a.parts(p.Surname, func(string) string { return familyName })
}

func (a *Aliases) full(p *records.Pupil, first, text string) {
	a.add(first+" "+p.Surname, text)
	a.add(p.Surname+", "+first, text)
	a.add(p.Surname+" "+first, text)
	a.add(p.Name(), text)
}

// people adds the people in a child's life by what they are to the child; of
// several with one role each has a number.
func (a *Aliases) people(f *records.File, whose string) {
	total, n := map[string]int{}, map[string]int{}
	for _, t := range f.Ties {
		total[t.Relationship]++
	}
	for _, t := range f.Ties {
		role := t.Relationship
		if n[role]++; total[role] > 1 {
			role += " " + strconv.Itoa(n[role])
		}
		text := "[" + role + whose + "]"
		name := f.People[t.Person].Name
		a.add(name, text)
		fields := strings.Fields(name)
		if len(fields) == 0 {
			continue
		}
		for _, w := range fields {
			if fold(w) == fold(f.Pupil.Surname) {
				a.add(w, familyName)
			}
		}
		if last := fields[len(fields)-1]; isTitle(fields[0]) || len(fields) > 1 {
			a.parts(last, func(string) string { return text })
		}
		a.person(name, f.Pupil.Surname, text)
	}
}

// order puts the longest name of each first word first.
func (a *Aliases) order() {
	for first := range a.names {
		slices.SortStableFunc(a.names[first], func(x, y alias) int { return len(y.words) - len(x.words) })
	}
}
