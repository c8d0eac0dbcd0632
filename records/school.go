package records

import (
	"slices"
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
	return v.err()
}

// Span is a stretch of days, both ends included.
type Span struct {
	Name string `json:"name"`
	From Date   `json:"from"`
	To   Date   `json:"to"`
}

// Has reports whether d lies in the span.
func (s Span) Has(d Date) bool { return s.From <= d && d <= s.To }

// Calendar says when the school is open. A day is a school day when it is a
// weekday within a term, and neither a closure nor a bank holiday.
type Calendar struct {
	Meta
	Terms        []Span `json:"terms"`         // each half-term is a span of its own
	Closures     []Span `json:"closures"`      // INSET days, snow, polling; not holidays for social care
	BankHolidays []Span `json:"bank_holidays"` // England and Wales
}

// Kind returns KindCalendar.
func (*Calendar) Kind() Kind { return KindCalendar }

func (c *Calendar) index() index { return index{sort: "calendar"} }

// Check returns nil or an *Invalid.
func (c *Calendar) Check(Stamp) error {
	var v Invalid
	for _, s := range slices.Concat(c.Terms, c.Closures, c.BankHolidays) {
		if !s.From.valid() || !s.To.valid() || s.To < s.From {
			v.add("terms", "Every term, closure and holiday needs a first day and a last day that is not before it.")
			break
		}
	}
	return v.err()
}

// IsOpen reports whether d is a school day. A weekday that lies outside every
// term that is known, before the first or after the last, counts as open when
// it is no bank holiday: a missing calendar must not make days vanish.
func (c Calendar) IsOpen(d Date) bool {
	if wd := d.Weekday(); wd == 0 || wd == 6 || c.IsBankHoliday(d) || in(c.Closures, d) {
		return false
	}
	if len(c.Terms) == 0 {
		return true
	}
	first, last := c.Terms[0].From, c.Terms[0].To
	for _, t := range c.Terms {
		first, last = min(first, t.From), max(last, t.To)
	}
	return in(c.Terms, d) || d < first || d > last
}

// IsBankHoliday reports whether d is a bank holiday.
func (c Calendar) IsBankHoliday(d Date) bool { return in(c.BankHolidays, d) }

// SchoolDays returns the number of school days from a to b, both included.
func (c Calendar) SchoolDays(a, b Date) int {
	n := 0
	for d := a; d != "" && d <= b; d = d.AddDays(1) {
		if c.IsOpen(d) {
			n++
		}
	}
	return n
}

func in(spans []Span, d Date) bool {
	return slices.ContainsFunc(spans, func(s Span) bool { return s.Has(d) })
}

// Limits of text, in characters. A note longer than TextLimit makes typing
// slow and belongs in a document of its own.
const (
	TextLimit  = 20000
	ShortLimit = 200
)

func (v *Invalid) name(field, s, empty string) {
	if strings.TrimSpace(s) == "" {
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
