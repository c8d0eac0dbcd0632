package pattern

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"
	"strings"

	"throughline/records"
)

// minRecur is how many entries make a recurrence.
const minRecur = 3

// recurring says what recurs: kinds of concern, people, places, strands that
// belong together, and what siblings share.
func (l *line) recurring(out *Reading) {
	for _, found := range [][]Statement{
		l.categoryRecurs(), l.people(), l.places(), l.strandsTogether(), l.siblings(),
	} {
		out.Patterns = append(out.Patterns, found...)
	}
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

// people says who recurs. A mother or a father is in most entries of any child;
// they are named only when chance would hardly put them in so many entries of
// one kind.
func (l *line) people() []Statement {
	by := map[string][]*item{}
	written := map[string]string{} // who, as first written
	known := l.fullNames()
	for _, it := range l.entries {
		for _, p := range it.persons(known) {
			who := strings.ToLower(p)
			if by[who] = append(by[who], it); written[who] == "" {
				written[who] = p
			}
		}
	}
	var found []Statement
	for _, p := range slices.Sorted(maps.Keys(by)) {
		list := by[p]
		if len(list) < minRecur {
			continue
		}
		if p == "mother" || p == "father" {
			found = append(found, l.oneKind(Person, p, list, capital(p)+" is in", len(by))...)
			continue
		}
		s := statement(Person, p, list, "%s (%s) %s of the same person: %s.",
			capital(share(len(list), len(l.entries))), span(list), verb(len(list), "speaks", "speak"), written[p])
		s.strength = 1 + float64(len(list))/2
		found = append(found, s)
	}
	return found
}

// oneKind asks whether entries that share something are of one kind more often
// than a shuffle of the same entries would make them.
func (l *line) oneKind(k Kind, subject string, list []*item, what string, tried int) []Statement {
	var found []Statement
	cats := l.categories()
	for _, c := range cats {
		about := l.about(c)
		var both []*item
		for _, it := range about {
			if slices.Contains(list, it) {
				both = append(both, it)
			}
		}
		p := float64(tried*len(cats)) * hypergeometricTail(len(l.entries), len(about), len(list), len(both))
		if len(both) < minRecur || p > alarm {
			continue
		}
		s := statement(k, subject+"/"+string(c), both, "%s %s about %s (%s), and in %s of the other %s.",
			what, share(len(both), len(about)), name(c), span(both), number(len(list)-len(both)), number(len(l.entries)-len(about)))
		found = append(found, tested(s, p))
	}
	return found
}

// persons returns who an entry speaks of, each once: the people it lists, the
// roles that its words name, and those of the known full names that it writes.
func (i *item) persons(known []fullName) []string {
	var list []string
	add := func(p string) {
		if p != "" && !slices.ContainsFunc(list, func(q string) bool { return strings.EqualFold(p, q) }) {
			list = append(list, p)
		}
	}
	for _, p := range i.People {
		role := strings.Join(strings.Fields(p), " ")
		for _, h := range appendSigns(nil, split(strings.ToLower(p)), inText) {
			if r, ok := strings.CutPrefix(string(h.sign), "person-"); ok && r != "mother" && r != "father" {
				role = r
			}
		}
		add(role)
	}
	for _, h := range i.said.hits {
		if r, ok := strings.CutPrefix(string(h.sign), "person-"); ok && h.field&(inText|inVoice) != 0 {
			add(r)
		}
	}
	for _, n := range known {
		if n.in(i.said.in(inText)) || n.in(i.said.in(inVoice)) {
			add(n.written)
		}
	}
	return list
}

// everywhere are places in which most of a school day is spent.
var everywhere = set("school classroom class home playground office corridor phone email hall gate reception house telephone")

// isEverywhere reports whether a place is one of them: "tutor room" and "dinner
// hall" are, "changing room" is not.
func isEverywhere(place string) bool {
	last := place[strings.LastIndexByte(place, ' ')+1:]
	switch first, _, two := strings.Cut(place, " "); {
	case everywhere[place]:
		return true
	case two && last == "room":
		return first == "tutor" || first == "form" || first == "class" || first == "staff"
	case two && (last == "hall" || last == "gate"):
		return true
	}
	return strings.HasPrefix(place, "classroom") || strings.HasPrefix(place, "room ")
}

// places says where entries recur.
func (l *line) places() []Statement {
	by := map[string][]*item{}
	for _, it := range l.entries {
		if p := strings.ToLower(strings.Join(strings.Fields(strings.TrimRight(it.Place, ". ")), " ")); p != "" {
			by[p] = append(by[p], it)
		}
	}
	var found []Statement
	for _, p := range slices.Sorted(maps.Keys(by)) {
		list := by[p]
		switch {
		case len(list) < minRecur || len(by) == 1 && isEverywhere(p):
		case isEverywhere(p):
			found = append(found, l.oneKind(Place, p, list, capital(p)+" is the place of", len(by))...)
		default:
			s := statement(Place, p, list, "%s (%s) name the same place: %s.", capital(share(len(list), len(l.entries))), span(list), list[0].Place)
			s.strength = 1 + float64(len(list))/2
			found = append(found, s)
		}
	}
	return found
}

// strandDays is the stretch, about a term, in which strands are laid together.
const strandDays = 60

// strandsTogether says which signs of one child fall into one term. Hunger,
// injury, absence and weight in one child is the concern, not any one of them.
func (l *line) strandsTogether() []Statement {
	shows := make([]uint, len(l.entries)) // the strands of each entry, as bits
	for i, it := range l.entries {
		shows[i] = it.strandBits()
	}
	var best uint
	var behind []*item
	for i, it := range l.entries {
		if shows[i] == 0 {
			continue
		}
		all, to := shows[i], i+1
		for ; to < len(l.entries) && l.entries[to].index-it.index <= strandDays; to++ {
			all |= shows[to]
		}
		if all&coreStrands == 0 || bits.OnesCount(all) <= bits.OnesCount(best) {
			continue
		}
		best, behind = all, behind[:0]
		for j := i; j < to; j++ {
			if shows[j] != 0 {
				behind = append(behind, l.entries[j])
			}
		}
	}
	names := strandNames(best)
	if len(names) < 3 || len(behind) < 2 {
		return nil
	}
	s := statement(Together, strings.Join(names, "+"), behind,
		"Within %s (%s), %s speak of %s. Read together they are about one child.",
		schoolDay(l.open(behind[0].day, behind[len(behind)-1].day)), span(behind), entries(len(behind)), enumerate(names))
	s.strength = 3 + float64(len(names))
	return []Statement{s}
}

// siblings says what the line shares with the lines of brothers and sisters.
func (l *line) siblings() []Statement {
	by := map[string][]*item{}
	var named []*item
	for _, it := range l.items {
		switch {
		case it.Sibling == "":
			if it.isEntry() && it.said.has("sibling", inText) {
				named = append(named, it)
			}
		case it.Kind == "" || it.Kind == records.KindConcern || it.Kind == AbsentFrom:
			by[it.Sibling] = append(by[it.Sibling], it)
		}
	}
	var found []Statement
	for _, who := range slices.Sorted(maps.Keys(by)) {
		found = append(found, l.sameKinds(who, by[who])...)
		found = append(found, l.sameDays(who, by[who], len(by))...)
	}
	if len(by) == 0 && len(named) >= minRecur {
		s := statement(Sibling, "named", named, "%s (%s) speak of a brother or sister: read their lines together.", capital(share(len(named), len(l.entries))), span(named))
		s.strength = 1
		found = append(found, s)
	}
	return found
}

func (l *line) sameKinds(who string, theirs []*item) []Statement {
	var found []Statement
	for _, c := range l.categories() {
		mine := l.about(c)
		of := slices.DeleteFunc(slices.Clone(theirs), func(it *item) bool { return !slices.Contains(it.siblingKinds(), c) })
		if len(mine) < 2 || len(of) < 2 || c == records.OtherConcern {
			continue
		}
		both := slices.SortedStableFunc(slices.Values(append(slices.Clone(mine), of...)), byTime)
		s := statement(Sibling, who+"/"+string(c), both, "Both children's lines tell of %s: %s here, %s about %s (%s).",
			name(c), entries(len(mine)), number(len(of)), who, span(both))
		s.strength = float64(len(both)) / 2
		found = append(found, s)
	}
	return found
}

func (i *item) siblingKinds() []records.Category {
	return append([]records.Category{i.Category}, i.Categories...)
}

// nearDays is how many school days apart entries about two children may be and
// still be near one another.
const nearDays = 2

// sameDays asks whether entries about two children fall near one another more
// often than chance would bring them.
func (l *line) sameDays(who string, theirs []*item, tried int) []Statement {
	if len(l.entries) < minWeekday {
		return nil
	}
	first, last := l.entries[0].index, l.entries[len(l.entries)-1].index
	covered := map[int]bool{}
	for _, it := range theirs {
		for d := it.index - nearDays; d <= it.index+nearDays; d++ {
			if d >= first && d <= last {
				covered[d] = true
			}
		}
	}
	var both []*item
	for _, it := range l.entries {
		if covered[it.index] && it.isExact() {
			both = append(both, it)
		}
	}
	in, of := len(schoolDays(both)), len(schoolDays(l.entries))
	p := float64(tried) * binomialTail(of, in, float64(len(covered))/float64(last-first+1))
	if in < minRecur || p > alarm {
		return nil
	}
	for _, it := range theirs {
		if slices.ContainsFunc(both, func(b *item) bool { return max(b.index-it.index, it.index-b.index) <= nearDays }) {
			both = append(both, it)
		}
	}
	slices.SortStableFunc(both, func(a, b *item) int { return cmp.Compare(a.day, b.day) })
	s := statement(Sibling, who+"/near", both, "On %s of %s days with an entry there is one about %s within %s.", number(in), number(of), who, schoolDay(nearDays))
	return []Statement{tested(s, p)}
}
