package records

import (
	"fmt"
	"slices"
	"strings"
)

// This file tells which entry that is kept a row of a chronology is, if any.

// rowMet is a row that was met before in the same file.
type rowMet struct {
	row  int
	says *Concern
}

// keptConcerns is every entry that is kept, by what a row is known by, and those that
// were brought in, by their day.
type keptConcerns struct {
	by    map[string][]*Concern
	onDay map[string][]*Concern
}

func dayKey(c *Concern) string { return string(c.Pupil) + "\x00" + c.When.Sort() }

// knownConcerns returns every concern that is kept.
func (tx *Tx) knownConcerns() (keptConcerns, error) {
	k := keptConcerns{by: map[string][]*Concern{}, onDay: map[string][]*Concern{}}
	all, err := queryAll[Concern](tx.ctx, tx.tx, newest+` WHERE r.kind = $1 ORDER BY r.sort, r.id`, KindConcern)
	for i := range all {
		c := &all[i]
		for _, key := range concernKeys(c) {
			k.by[key] = append(k.by[key], c)
		}
		if c.Imported != "" {
			k.onDay[dayKey(c)] = append(k.onDay[dayKey(c)], c)
		}
	}
	return k, err
}

// saysTheSame reports whether two rows, or a row and an entry, differ in nothing
// that a file says, but for spelling as programs change it. A reference that one
// of them does not have is no difference.
func saysTheSame(a, b *Concern) bool {
	if a.When != b.When || a.Severity != b.Severity || a.Source != b.Source || !slices.Equal(a.Categories, b.Categories) {
		return false
	}
	other := b.imported()
	for i, t := range a.imported() {
		x, y := *t.text, *other[i].text
		if squeezed(x) != squeezed(y) && (t.field != "reference" || x != "" && y != "") {
			return false
		}
	}
	return true
}

// twice rejects a line that says what an earlier row of the file says already.
// What differs in anything, such as what was done, is an entry of its own.
func (in *concernImport) twice(l *ConcernLine) {
	keys := in.keys(l)
	event := keys[len(keys)-1]
	for _, met := range in.met[event] {
		if saysTheSame(met.says, &l.Concern) {
			l.reject(fmt.Sprintf("This entry stands in row %d already.", met.row))
			return
		}
	}
	in.met[event] = append(in.met[event], rowMet{l.Row, &l.Concern})
}

// keys returns what the entry of a line is known by, the surest first.
func (in *concernImport) keys(l *ConcernLine) []string {
	keys := concernKeys(&l.Concern)
	if in.references[l.Concern.Reference] > 1 {
		keys = keys[len(keys)-1:] // of an incident with a row for each step of it: it names no row
	}
	return keys
}

// match finds the entry of each line that is not rejected: first those that say
// the same to the word, then by what a row is known by, and last one of the same
// day whose words were corrected where the file comes from. No entry is two
// rows'.
func (in *concernImport) match(lines []ConcernLine) {
	for _, which := range []func(*ConcernLine) *Concern{in.exact, in.byKey, in.corrected} {
		for i := range lines {
			l := &lines[i]
			if l.Verdict == RollRejected || in.settled[l] {
				continue
			}
			if old := which(l); old != nil {
				in.taken[old.ID], in.settled[l] = true, true
				l.update(old)
			}
		}
	}
}

// exact returns the entry that says just what a line says.
func (in *concernImport) exact(l *ConcernLine) *Concern {
	for _, key := range in.keys(l) {
		for _, old := range in.kept.by[key] {
			if !in.taken[old.ID] && saysTheSame(old, &l.Concern) {
				return old
			}
		}
	}
	return nil
}

// byKey returns an entry that a line is known by, rather one that it would not
// change. A line whose entry was removed here on request is rejected.
func (in *concernImport) byKey(l *ConcernLine) *Concern {
	keys := in.keys(l)
	for _, key := range keys {
		var first *Concern
		for _, old := range in.kept.by[key] {
			if in.taken[old.ID] {
				continue
			}
			fresh := *old
			if fresh.take(&l.Concern); len(concernChanges(old, &fresh)) == 0 {
				return old
			}
			if first == nil {
				first = old
			}
		}
		if first != nil {
			return first
		}
	}
	if slices.ContainsFunc(keys, func(key string) bool { return in.removed[markOf(key)] }) {
		l.reject(whyRemoved)
	}
	return nil
}

// alikeEnough is which part of all the words that two accounts have, each counted
// once, both must have to be taken for one that was corrected.
const alikeEnough = 0.6

// corrected returns the entry of the same day and time that was brought in, is no
// other row's, and whose words are mostly those of the line.
func (in *concernImport) corrected(l *ConcernLine) *Concern {
	var best *Concern
	most := alikeEnough
	for _, old := range in.kept.onDay[dayKey(&l.Concern)] {
		other := old.Reference != "" && l.Concern.Reference != "" && old.Reference != l.Concern.Reference
		if in.taken[old.ID] || other {
			continue
		}
		if n := wordsShared(old, &l.Concern); n >= most {
			best, most = old, n
		}
	}
	return best
}

// wordsShared returns which part of the words of two accounts, with what the
// child said, both have: from 0 to 1.
func wordsShared(a, b *Concern) float64 {
	in := map[string]int{}
	for i, c := range []*Concern{a, b} {
		for _, w := range strings.Fields(Fold(c.Account + " " + c.ChildsWords)) {
			in[strings.Trim(w, ".,;:!?'\"()")] |= 1 << i
		}
	}
	both := 0
	for _, where := range in {
		if where == 3 {
			both++
		}
	}
	if len(in) == 0 {
		return 0
	}
	return float64(both) / float64(len(in))
}
