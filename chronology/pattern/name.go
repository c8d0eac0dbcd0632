package pattern

import (
	"slices"
	"strings"
)

// fullName is a first and a last name as words of an entry, in lower case, and
// the two as they are written. Where several people share the first name, it
// alone says nothing.
type fullName struct {
	first, last, written string
	shared               bool
}

// in reports whether words hold the name, or the first name alone where only one
// person has it.
func (n fullName) in(words []word) bool {
	for i, w := range words {
		if !w.name || w.text != n.first {
			continue
		}
		if !n.shared {
			return true
		}
		if i+1 < len(words) {
			if last, _ := person(words[i+1]); last == n.last {
				return true
			}
		}
	}
	return false
}

// fullNames returns the people whom rows of somebody's chronology call by first
// and last name. A capital at the start of a sentence proves nothing, so each
// stands within one somewhere. Events of our own list their people instead.
func (l *line) fullNames() []fullName {
	var list []fullName
	for _, it := range l.entries {
		if it.Kind != "" {
			continue
		}
		for _, f := range []field{inText, inVoice} {
			words := it.said.in(f)
			for i := 1; i+1 < len(words); i++ {
				if words[i-1].sentence != words[i].sentence || !named(words, i) {
					continue
				}
				n := fullName{first: words[i].text}
				n.last, _ = person(words[i+1])
				if slices.ContainsFunc(list, func(k fullName) bool { return k.first == n.first && k.last == n.last }) {
					continue
				}
				for k := range list {
					if list[k].first == n.first {
						list[k].shared, n.shared = true, true
					}
				}
				n.written = asWritten(it.Text+"\n"+it.Voice, n.first, n.last)
				list = append(list, n)
			}
		}
	}
	return list
}

// asWritten returns two words as they stand in text one after the other, with
// capitals where they stand there otherwise.
func asWritten(text, first, last string) string {
	words := strings.Fields(text)
	for i := 1; i < len(words); i++ {
		a, b := strings.Trim(words[i-1], ",.;:()'\""), strings.Trim(words[i], ",.;:()?!'\"’“”")
		if b, _ = strings.CutSuffix(b, "'s"); strings.EqualFold(a, first) && strings.EqualFold(b, last) {
			return a + " " + b
		}
	}
	return capital(first) + " " + capital(last)
}

// named reports whether a first and a last name stand at words[i], with no
// title before them and no third capital behind: what is longer is mostly an
// office or a place.
func named(words []word, i int) bool {
	a, b := words[i], words[i+1]
	return isName(a) && isName(b) && a.clause == b.clause && !titles[words[i-1].text] &&
		!(isName(words[i-1]) && words[i-1].clause == a.clause) && !(i+2 < len(words) && words[i+2].proper && words[i+2].clause == b.clause)
}

var titles = set("mr mrs miss ms mx dr pc pcso sgt st")

// isName reports whether a word may be part of somebody's name.
func isName(w word) bool {
	return w.proper && len(w.text) > 2 && !adults[w.text] && !notNames[w.text] && !childWords[w.text] && !offices[w.text]
}

// offices are words that are written with a capital and name a place, an
// office, a plan or a day.
var offices = set("school academy primary secondary college nursery infant infants junior juniors street road lane avenue close park hospital " +
	"centre center council house farm church estate court team service services help early family care plan health hub trust group club project " +
	"safeguarding protection need child children children's childrens young year key stage class assembly operation encompass social local " +
	"authority area north south east west new great upper lower form head deputy english maths science art music lead officer nurse worker " +
	"monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november " +
	"december christmas easter autumn spring summer term half bank holiday snapchat instagram tiktok whatsapp facebook youtube roblox fortnite " +
	"referral assessment conference meeting review outcome action decision not said told spoke rang called home visit body map")
