package records

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// School is the one school of a vault.
type School struct {
	Meta
	Name           string `json:"name"`
	DfENumber      string `json:"dfe_number,omitempty"` // 925/4001
	Address        string `json:"address,omitempty"`
	Phone          string `json:"phone,omitempty"`
	Email          string `json:"email,omitempty"`           // secure e-mail for safeguarding
	FrontDoor      string `json:"front_door,omitempty"`      // telephone of social care's front door
	OutOfHours     string `json:"out_of_hours,omitempty"`    // telephone of the out-of-hours team
	LocalAuthority string `json:"local_authority,omitempty"` // as people name it
	Procedures     string `json:"procedures,omitempty"`      // name of the procedures file in use: "lincolnshire"

	LowestYear YearGroup `json:"lowest_year,omitempty"` // the youngest of the school
	TopYear    YearGroup `json:"top_year,omitempty"`    // the oldest; who was in it leaves
	// RolledOver is the year in which the school year began to which the pupils
	// were last moved up; 0 where that has not happened yet. See RollOver.
	RolledOver int `json:"rolled_over,omitempty"`
	// RetainYears is how many years after a pupil's birth the file is to be
	// looked at; 0 is DefaultRetainYears.
	RetainYears int `json:"retain_years,omitempty"`
	// FileInSchoolDays says that the five days in which a file follows a pupil
	// who leaves in the middle of a term are school days; calendar days when
	// false.
	FileInSchoolDays bool `json:"file_in_school_days,omitempty"`
}

// Kind returns KindSchool.
func (*School) Kind() Kind { return KindSchool }

func (s *School) index() index { return index{sort: s.Name} }

// Check returns nil or an *Invalid.
func (s *School) Check(Stamp) error {
	var v Invalid
	v.name("name", s.Name, "Give the school's name.")
	v.short("dfe_number", s.DfENumber)
	v.text("address", s.Address)
	v.short("phone", s.Phone)
	v.short("email", s.Email)
	v.short("front_door", s.FrontDoor)
	v.short("out_of_hours", s.OutOfHours)
	v.short("local_authority", s.LocalAuthority)
	v.short("procedures", s.Procedures)
	s.checkYears(&v)
	return v.err()
}

// Limits of text, in characters. A note longer than TextLimit makes typing
// slow and belongs in a document of its own.
const (
	TextLimit  = 20000
	ShortLimit = 200
)

// blank reports whether nothing is written: spaces are nothing.
func blank(s string) bool { return strings.TrimSpace(s) == "" }

func (v *Invalid) name(field, s, empty string) {
	if blank(s) {
		v.add(field, empty)
		return
	}
	v.short(field, s)
}

func (v *Invalid) short(field, s string) {
	switch {
	case utf8.RuneCountInString(s) > ShortLimit:
		v.add(field, "This is too long: 200 characters at most.")
	case strings.ContainsAny(s, "\r\n\t"):
		v.add(field, "This must be one line.")
	default:
		v.clean(field, s)
	}
}

func (v *Invalid) text(field, s string) {
	if utf8.RuneCountInString(s) > TextLimit {
		v.add(field, "This is too long: 20,000 characters at most. Shorten it, or split it into two entries.")
		return
	}
	v.clean(field, s)
}

// each applies one rule to pairs of field and text.
func (v *Invalid) each(rule func(field, s string), pairs ...string) {
	for i := 0; i+1 < len(pairs); i += 2 {
		rule(pairs[i], pairs[i+1])
	}
}

func (v *Invalid) clean(field, s string) {
	if s != Clean(s) {
		v.add(field, "This holds characters that cannot be kept, such as control characters. Delete them and type the words again.")
	}
}

// Clean returns s as it can be kept: invalid UTF-8, control characters (all
// but tab and line feed), byte order marks and other non-characters are
// dropped and line ends become line feeds.
func Clean(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), r == utf8.RuneError, r == '\ufeff', r&0xfffe == 0xfffe:
			return -1
		}
		return r
	}, s)
}
