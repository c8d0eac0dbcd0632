package records

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Why a row is rejected. None of them quotes what stands in it.
const (
	whyWhich      = "There is more than one pupil this row could be, so it cannot tell which. Put the UPN into the file, or correct one of the pupils, then import again."
	whyOtherUPN   = "A pupil of this name and birth date is kept with another UPN. Compare the two, correct the one that is wrong, then import again."
	whyNoBirth    = "A pupil of this name is kept, and one of the two has no birth date, so it cannot tell whether they are the same. Add the birth date, then import again."
	whyNoNames    = "This row has no forename or no surname."
	whyFuture     = "The birth date is in the future. Check the year."
	warnStillLeft = "This pupil is kept as having left. If they are back, empty the leaving date on their page."
)

// matcher finds the pupil whom a row of a file means.
type matcher struct {
	now    Stamp
	kept   []Pupil
	known  []Pupil          // kept, with what the rows that give their UPN say: whom the other rows may mean
	byUPN  map[string][]int // places in kept
	byName map[string][]int
	closed func(ID) bool // whose file is locked to others; nil is nobody's
	named  map[int]bool  // places in kept that some row may mean
}

func newMatcher(kept []Pupil, rows []RollRow, now Stamp) *matcher {
	m := &matcher{now: now, kept: kept, known: slices.Clone(kept), byUPN: map[string][]int{}, byName: map[string][]int{}, named: map[int]bool{}}
	for i := range kept {
		if u := kept[i].UPN; u != "" {
			m.byUPN[strings.ToUpper(u)] = append(m.byUPN[strings.ToUpper(u)], i)
		}
	}
	for i := range rows {
		if at := m.upn(&rows[i].Pupil); rows[i].Why == "" && len(at) == 1 {
			m.known[at[0]], _ = merge(kept[at[0]], rows[i].Pupil)
		}
	}
	for i := range m.known {
		for _, n := range namesOf(&m.known[i]) {
			m.byName[n] = append(m.byName[n], i)
		}
	}
	return m
}

// namesOf returns the names a pupil may stand under, folded, each once.
func namesOf(p *Pupil) []string {
	var names []string
	for _, first := range []string{p.Forename, p.KnownAs} {
		n := nameKey(first, p.Surname)
		if first != "" && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return names
}

func nameKey(forename, surname string) string {
	squeeze := func(s string) string {
		return strings.Join(strings.FieldsFunc(Fold(s), func(r rune) bool { return isGap(r) || r == '-' }), " ")
	}
	return squeeze(surname) + "\x00" + squeeze(forename)
}

// line says what is to be done with a row on its own.
func (m *matcher) line(r *RollRow) RollLine {
	l := RollLine{Row: r.Row, Pupil: r.Pupil, Warnings: r.Warnings}
	l.Pupil.Meta = Meta{}
	at, why := m.find(r)
	switch {
	case why != "":
		for _, i := range slices.Concat(m.upn(&r.Pupil), m.name(&r.Pupil)) {
			m.named[i] = true
		}
		l.reject(why)
	case at < 0:
		l.Verdict = RollNew
		l.Pupil.Needs = mergeNeeds("", r.Pupil.Needs)
	default:
		m.named[at] = true
		m.change(&l, &m.kept[at])
	}
	return l
}

// find returns the place of the pupil whom a row means, -1 for one who is new,
// or why the row is rejected.
func (m *matcher) find(r *RollRow) (at int, why string) {
	sameUPN := m.upn(&r.Pupil)
	switch {
	case r.Why != "":
		return -1, r.Why
	case r.Pupil.Forename == "" || r.Pupil.Surname == "":
		return -1, whyNoNames
	case r.Pupil.Born > m.now.Date():
		return -1, whyFuture
	case len(sameUPN) > 1:
		return -1, whyWhich
	case len(sameUPN) == 1:
		return sameUPN[0], ""
	}
	if at, why = m.byBirth(&r.Pupil, m.legal(&r.Pupil)); at >= 0 || why != "" {
		return at, why
	}
	return m.byBirth(&r.Pupil, m.name(&r.Pupil))
}

func (m *matcher) upn(p *Pupil) []int {
	if p.UPN == "" {
		return nil
	}
	return m.byUPN[strings.ToUpper(p.UPN)]
}

// legal returns who is kept under the legal name of a row.
func (m *matcher) legal(p *Pupil) []int {
	var all []int
	key := nameKey(p.Forename, p.Surname)
	for _, i := range m.byName[key] {
		if nameKey(m.known[i].Forename, m.known[i].Surname) == key {
			all = append(all, i)
		}
	}
	return all
}

// name returns who is kept under any name of a row.
func (m *matcher) name(p *Pupil) []int {
	var all []int
	for _, n := range namesOf(p) {
		for _, i := range m.byName[n] {
			if !slices.Contains(all, i) {
				all = append(all, i)
			}
		}
	}
	return all
}

// byBirth returns the one of the pupils of a name who was born on the day the
// row gives, -1 for a pupil who is new, or why it cannot be told.
func (m *matcher) byBirth(p *Pupil, named []int) (at int, why string) {
	at = -1
	for _, i := range named {
		k := &m.known[i]
		unlike := k.UPN != "" && p.UPN != "" && !temporary(k.UPN) && !temporary(p.UPN)
		switch {
		case k.Born == "" || p.Born == "":
			if !unlike {
				return -1, whyNoBirth
			}
		case k.Born != p.Born: // somebody else
		case unlike:
			return -1, whyOtherUPN
		case at >= 0:
			return -1, whyWhich
		default:
			at = i
		}
	}
	return at, ""
}

// temporary reports whether a UPN is one that a later one takes the place of:
// it ends in a letter.
func temporary(upn string) bool {
	return upn != "" && (upn[len(upn)-1] < '0' || upn[len(upn)-1] > '9')
}

func (m *matcher) change(l *RollLine, kept *Pupil) {
	said := l.Pupil
	if m.closed != nil && m.closed(kept.ID) {
		said.identity()
	}
	l.Pupil, l.Changes = merge(*kept, said)
	l.Verdict = RollSame
	if len(l.Changes) > 0 {
		l.Verdict = RollChanged
	}
	if l.Pupil.Left != "" && l.Pupil.Left <= m.now.Date() && said.Left == "" {
		l.Warnings = append(slices.Clone(l.Warnings), warnStillLeft)
	}
}

// gone returns who is kept, on roll, and meant by no row.
func (m *matcher) gone() []Pupil {
	var gone []Pupil
	for i, p := range m.kept {
		if !m.named[i] && p.Left == "" && p.Joined <= m.now.Date() {
			gone = append(gone, p)
		}
	}
	return gone
}

// clashes rejects rows of the same file that mean one pupil. Where they say the
// same, as in a file with a row for each contact, the first one counts.
func clashes(rows []RollRow, lines []RollLine) {
	groups := map[string][]int{} // places in rows, by what no two may share
	var keys []string
	for i := range lines {
		for _, key := range clashKeys(&rows[i].Pupil, &lines[i]) {
			if groups[key] == nil {
				keys = append(keys, key)
			}
			groups[key] = append(groups[key], i)
		}
	}
	for _, key := range keys {
		group := groups[key]
		if len(group) == 1 || strings.HasPrefix(key, "name") && !slices.ContainsFunc(group, func(i int) bool { return rows[i].Pupil.UPN == "" }) {
			continue // two of one name and birth date with a UPN each are two pupils
		}
		first := group[0]
		same := !slices.ContainsFunc(group, func(i int) bool { return !reflect.DeepEqual(rows[i].Pupil, rows[first].Pupil) })
		for n, i := range group {
			switch {
			case lines[i].Verdict == RollRejected || same && n == 0:
			case same:
				lines[i].reject(fmt.Sprintf("This pupil stands in row %d already, with the same details.", rows[first].Row))
			case n == 0:
				lines[i].reject(twice(rows[group[1]].Row))
			default:
				lines[i].reject(twice(rows[first].Row))
			}
		}
	}
}

// clashKeys returns what no two rows may share.
func clashKeys(said *Pupil, l *RollLine) []string {
	var keys []string
	if said.UPN != "" {
		keys = append(keys, "upn "+strings.ToUpper(said.UPN))
	}
	switch l.Verdict {
	case RollNew:
		keys = append(keys, "name "+nameKey(said.Forename, said.Surname)+"\x00"+string(said.Born))
	case RollChanged, RollSame:
		keys = append(keys, "id "+string(l.Pupil.ID))
	}
	return keys
}

func twice(row int) string {
	return fmt.Sprintf("Row %d has the same pupil, or one it cannot be told from, with other details. Put the file right, then import again.", row)
}
