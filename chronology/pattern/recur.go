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
	who := map[string]someone{} // as first written
	known := l.fullNames()
	for _, it := range l.entries {
		for _, p := range it.persons(known) {
			key := strings.ToLower(p.written)
			if by[key] = append(by[key], it); who[key].written == "" {
				who[key] = p
			}
		}
	}
	var found []Statement
	for _, key := range slices.Sorted(maps.Keys(by)) {
		list, p := by[key], who[key]
		if len(list) < minRecur {
			continue
		}
		if key == "mother" || key == "father" {
			found = append(found, l.oneKind(Person, key, list, capital(key)+" is in", len(by))...)
			continue
		}
		says := verb(len(list), "speaks", "speak") + " of the same person: " + p.written
		if p.role == p.written { // who of several uncles it is nobody knows
			if slices.ContainsFunc(slices.Collect(maps.Keys(who)), func(k string) bool { return k != key && who[k].role == p.role && len(by[k]) == len(list) }) {
				continue
			}
			says = verb(len(list), "names", "name") + " " + article(p.role) + " " + p.role
		}
		s := statement(Person, key, list, "%s (%s) %s.", capital(share(len(list), len(l.entries))), span(list), says)
		s.strength = 1 + float64(len(list))/2
		found = append(found, s)
	}
	return found
}

func article(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an"
	}
	return "a"
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

// someone is somebody as written, and what they are to the child where no more
// than that, or that and a first name, is known.
type someone struct{ written, role string }

// persons returns who an entry speaks of, each once: the people it lists, the
// roles that its words name, and those of the known full names that it writes. A
// role with a name behind it is that person, and somebody in that role.
func (i *item) persons(known []fullName) []someone {
	var list []someone
	add := func(written, role string) {
		if written != "" && !slices.ContainsFunc(list, func(q someone) bool { return strings.EqualFold(written, q.written) }) {
			list = append(list, someone{written, role})
		}
	}
	for _, p := range i.People {
		if role := onlyRole(p); role != "" {
			add(role, role)
			continue
		}
		add(strings.Join(strings.Fields(p), " "), "")
	}
	for _, n := range known {
		if n.in(i.said.in(inText)) || n.in(i.said.in(inVoice)) {
			add(n.written, "")
		}
	}
	for _, h := range i.said.hits {
		role, ok := strings.CutPrefix(string(h.sign), "person-")
		words := i.said.in(h.field)
		if !ok || h.field&(inText|inVoice) == 0 || ofKin(words, h.from) {
			continue
		}
		if h.to < len(words) && words[h.to].clause == words[h.from].clause && isName(words[h.to]) {
			if slices.ContainsFunc(list, func(p someone) bool { return p.role == "" && startsWith(p.written, words[h.to].text) }) {
				continue
			}
			name, _ := person(words[h.to])
			add(role+" "+capital(name), role)
		}
		add(role, role)
	}
	return list
}

// onlyRole returns the role that a listed person is given by, or "" where the
// list says more.
func onlyRole(listed string) string {
	words := split(listed)
	for _, h := range appendSigns(nil, words, inText) {
		if role, ok := strings.CutPrefix(string(h.sign), "person-"); ok && h.from == 0 && h.to == len(words) {
			return role
		}
	}
	return ""
}

// startsWith reports whether a name as written begins with a first name in lower
// case.
func startsWith(written, first string) bool {
	words := split(written)
	return len(words) > 0 && words[0].text == first
}

// ofKin reports whether a role is that of another child's family: "her friend's
// uncle".
func ofKin(words []word, at int) bool {
	if at == 0 {
		return false
	}
	who, owner := person(words[at-1])
	return owner && kin[who]
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
		if all&coreStrands == 0 || weigh(all) <= weigh(best) {
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

// weigh compares sets of strands: more before fewer, and of as many those with
// more of the core.
func weigh(all uint) int { return 10*bits.OnesCount(all) + bits.OnesCount(all&coreStrands) }

// siblings says what the line shares with the lines of brothers and sisters.
func (l *line) siblings() []Statement {
	by := map[string][]*item{}
	var named []*item
	for _, it := range l.items {
		switch {
		case it.Sibling == "":
			if it.isEntry() && slices.ContainsFunc(it.siblings(), func(h hit) bool { return h.field == inText }) {
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
