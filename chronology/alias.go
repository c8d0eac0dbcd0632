package chronology

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"throughline/records"
)

// Aliases puts initials and roles in place of the names of the pupil, of the
// people in the pupil's life and of siblings. The pupil becomes initials, "ZN";
// a sibling "[sibling ON]"; another person what they are to the child,
// "[stepfather]", with an initial where two have the same role. A surname that
// stands alone becomes its initial: nobody can say whose it is.
//
// Names are found as whole words, whatever their accents are composed of, where
// they begin with a capital letter. A name that is also a word ("Will", "Mark",
// "May") is left alone at the start of a sentence, unless what follows reads as
// something a person did, and in a date.
//
// It cannot know names that are not in the file (other pupils, staff, friends),
// nicknames, misspellings, names written without a capital, or an address. What
// goes out must still be read by somebody.
type Aliases struct {
	names  map[string][]alias // by the first word, folded; the longest first
	joined []alias            // in scripts that set no spaces between words
}

type alias struct {
	words []word
	text  string // what takes its place
}

// NewAliases returns the aliases of everybody in the file.
func NewAliases(f *records.File) *Aliases {
	a := &Aliases{names: map[string][]alias{}}
	p := &f.Pupil
	a.pupil(p, p.Initials())
	for i := range f.Siblings {
		s := &f.Siblings[i]
		if s.ID != p.ID {
			a.pupil(s, "[sibling "+s.Initials()+"]")
		}
	}
	roles := map[string]int{}
	for _, t := range f.Ties {
		roles[t.Relationship]++
	}
	for _, t := range f.Ties {
		person, ok := f.People[t.Person]
		if !ok {
			continue
		}
		role := t.Relationship
		if roles[role] > 1 {
			role += " " + initials(person.Name)
		}
		a.person(person.Name, p.Surname, "["+role+"]")
	}
	for first := range a.names {
		slices.SortStableFunc(a.names[first], func(x, y alias) int { return len(y.words) - len(x.words) })
	}
	return a
}

// pupil adds every way in which a pupil's name is written.
func (a *Aliases) pupil(p *records.Pupil, text string) {
	for _, first := range []string{p.Forename, p.KnownAs} {
		if first == "" {
			continue
		}
		a.add(first+" "+p.Surname, text)
		a.add(p.Surname+", "+first, text)
		a.add(p.Surname+" "+first, text)
		a.parts(first, func(string) string { return text })
	}
	if p.KnownAs != "" {
		a.add(p.Name(), text)
	}
	a.parts(p.Surname, initials)
}

// person adds a person's whole name and its parts: given names stand for the
// person, a surname for its initial. The surname comes last, unless the first
// word is the pupil's, as where the family name is written first.
func (a *Aliases) person(name, family, text string) {
	fields := strings.Fields(name)
	a.add(strings.Join(fields, " "), text)
	role := func(string) string { return text }
	switch n := len(fields); {
	case n == 0:
	case n == 1:
		a.parts(name, role)
	case isTitle(fields[0]): // Mrs Carter
		a.parts(strings.Join(fields[1:], " "), initials)
	case fold(fields[0]) == fold(family):
		a.parts(strings.Join(fields[1:], " "), role)
		a.parts(fields[0], initials)
	default:
		a.parts(fields[0], role)
		a.parts(strings.Join(fields[1:], " "), initials)
	}
}

// parts adds a name and, where it has several parts ("Smith-Jones", "Mary
// Ann"), each that begins with a capital.
func (a *Aliases) parts(name string, text func(string) string) {
	a.add(name, text(name))
	words := split(name)
	if len(words) < 2 {
		return
	}
	for _, w := range words {
		if len([]rune(w.text)) > 1 && !unicode.IsLower(first(w.text)) {
			a.add(w.text, text(w.text))
		}
	}
}

func (a *Aliases) add(name, text string) {
	name = norm.NFC.String(strings.TrimSpace(name))
	words := split(name)
	switch {
	case len(words) == 0:
	case strings.ContainsFunc(name, unspaced):
		a.joined = append(a.joined, alias{words: []word{{text: name}}, text: text})
	default:
		key := fold(words[0].text)
		words[len(words)-1].after = ""
		for _, n := range a.names[key] {
			if len(n.words) == len(words) && same(n.words, words) {
				return // the pupil and siblings come first
			}
		}
		a.names[key] = append(a.names[key], alias{words, text})
	}
}

// Hide returns text with every name it knows replaced.
func (a *Aliases) Hide(text string) string {
	if text == "" {
		return ""
	}
	text = norm.NFC.String(text)
	for _, n := range a.joined {
		text = strings.ReplaceAll(text, n.words[0].text, n.text)
	}
	words := split(text)
	var out strings.Builder
	if len(words) > 0 {
		out.WriteString(text[:words[0].at])
	} else {
		out.WriteString(text)
	}
	for i := 0; i < len(words); i++ {
		n, ok := a.at(words, i)
		if !ok {
			out.WriteString(words[i].text + words[i].after)
			continue
		}
		i += len(n.words) - 1
		out.WriteString(n.text + words[i].after)
	}
	return out.String()
}

// at returns the longest name that begins at words[i].
func (a *Aliases) at(words []word, i int) (alias, bool) {
	for _, n := range a.names[fold(words[i].text)] {
		if len(n.words) > len(words)-i || !same(n.words, words[i:i+len(n.words)]) || !capitalised(n.words, words[i:]) {
			continue
		}
		if len(n.words) == 1 && ordinary(words, i) {
			continue
		}
		return n, true
	}
	return alias{}, false
}

// word is a run of letters, digits and marks, with what stands behind it.
type word struct {
	at    int // byte place in the text
	text  string
	after string
}

func split(text string) []word {
	var words []word
	start := -1
	for i, r := range text + " " {
		inside := unicode.In(r, unicode.L, unicode.N, unicode.M)
		switch {
		case inside && start < 0:
			start = i
			if n := len(words); n > 0 {
				words[n-1].after = text[words[n-1].at+len(words[n-1].text) : i]
			}
		case !inside && start >= 0:
			words = append(words, word{at: start, text: text[start:i]})
			start = -1
		}
	}
	if n := len(words); n > 0 {
		words[n-1].after = text[words[n-1].at+len(words[n-1].text):]
	}
	return words
}

// same reports whether the words are those of a name, with the same marks
// between them: O'Brien is O’Brien, and a line may break within a name.
func same(name, words []word) bool {
	for i, n := range name {
		if i >= len(words) || fold(n.text) != fold(words[i].text) {
			return false
		}
		if i < len(name)-1 && between(n.after) != between(words[i].after) {
			return false
		}
	}
	return len(name) <= len(words)
}

func between(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "’", "'")), "") + strings.Repeat(" ", min(1, strings.Count(s, " ")+strings.Count(s, "\n")))
}

// capitalised reports whether each word begins with a capital where the name
// does. Scripts without capitals pass.
func capitalised(name, words []word) bool {
	for i, n := range name {
		if unicode.IsUpper(first(n.text)) && unicode.IsLower(first(words[i].text)) {
			return false
		}
	}
	return true
}

func first(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func fold(s string) string { return strings.ToLower(s) }

func initials(name string) string {
	s := ""
	for _, w := range split(norm.NFC.String(name)) {
		if r := first(w.text); !unicode.IsLower(r) {
			s += string(r)
		}
	}
	return s
}

func isTitle(s string) bool {
	return slices.Contains([]string{"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev"}, strings.TrimSuffix(fold(s), "."))
}

// unspaced reports whether r is of a script that sets no space between words.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
