package procedures

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"throughline/records"
)

// Add begins procedures of an authority that is not on the list: a copy of the
// default under a title, saved as the school's own and returned. The error is an
// *Error that says what is wrong with the title, or one of vault.Explain.
func (f Folder) Add(title string, day records.Date) (*Procedures, error) {
	title = strings.Join(strings.Fields(records.Clean(title)), " ")
	if title == "" {
		return nil, &Error{0, "Give the name of the authority, such as Thistleshire."}
	}
	if utf8.RuneCountInString(title) > longestTitle {
		return nil, &Error{0, fmt.Sprintf("Give a shorter name: %d characters at most.", longestTitle)}
	}
	all, err := f.Names()
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(all, func(l Listed) bool { return strings.EqualFold(l.Title, title) && l.Title != l.Name }) {
		return nil, &Error{0, "This name is already on the list. Choose it there, or give another name."}
	}
	p, err := Load(Default)
	if err != nil {
		return nil, err
	}
	p.Name = nameOf(title, func(name string) bool {
		return slices.ContainsFunc(all, func(l Listed) bool { return l.Name == name })
	})
	p.Title, p.Authority, p.Note = title, title, ""
	p.Source = "A copy of what is common in England; put the authority's own document here"
	return p, f.Save(p, day, false)
}

// longestTitle is how many characters the title of an added authority may have:
// it stands in lists beside others.
const longestTitle = 60

// reserved are names that Windows keeps for devices, whatever their ending.
var reserved = []string{
	"con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
	"lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
}

// nameOf returns the name of the file for a title, one that is not taken: small
// letters without accents, digits and hyphens.
func nameOf(title string, taken func(string) bool) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(title)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case r >= 0x300 && r < 0x370: // an accent
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	name := strings.Trim(b.String()[:min(b.Len(), 40)], "-")
	if name == "" || name[0] <= '9' || slices.Contains(reserved, name) {
		name = strings.Trim("authority-"+name, "-")
	}
	free := name
	for n := 2; taken(free); n++ {
		free = fmt.Sprintf("%s-%d", name, n)
	}
	return free
}
