package records

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Span is a stretch of days, both ends included.
type Span struct {
	Name string `json:"name"`
	From Date   `json:"from"`
	To   Date   `json:"to"`
}

// Has reports whether d lies in the span.
func (s Span) Has(d Date) bool { return s.From <= d && d <= s.To }

// meets reports whether the spans share a day.
func (s Span) meets(o Span) bool { return s.From <= o.To && o.From <= s.To }

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

// IsBankHoliday reports whether d is a bank holiday. In the years before and
// after those that the calendar lists, the rules say: a list is made once and
// the record goes on.
func (c Calendar) IsBankHoliday(d Date) bool {
	return in(c.BankHolidays, d) || c.isUnlisted(d) && in(holidaysOf(d.Time().Year()), d)
}

// isUnlisted reports whether d lies in a year before or after those of the bank
// holidays that are listed. A calendar without any lists every year.
func (c Calendar) isUnlisted(d Date) bool {
	if len(c.BankHolidays) == 0 || !d.valid() {
		return false
	}
	year := d[:4]
	outside := func(first, last Date) bool { return last < year || first > year+"~" } // which sorts after every day of it
	first, last := c.BankHolidays[0].From, c.BankHolidays[len(c.BankHolidays)-1].To
	if !outside(first, last) {
		return false // the list is in order, but for what was added by hand
	}
	for _, s := range c.BankHolidays {
		first, last = min(first, s.From), max(last, s.To)
	}
	return outside(first, last)
}

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

// Until returns the last day of the last term that is known, or "".
func (c Calendar) Until() Date {
	var last Date
	for _, t := range c.Terms {
		last = max(last, t.To)
	}
	return last
}

// TermsOf returns the terms that begin in a school year, in order of date.
func (c Calendar) TermsOf(year int) []Span {
	var terms []Span
	for _, t := range c.Terms {
		if SchoolYear(t.From) == year {
			terms = append(terms, t)
		}
	}
	slices.SortFunc(terms, byFirstDay)
	return terms
}

func byFirstDay(a, b Span) int { return strings.Compare(string(a.From), string(b.From)) }

// Missing returns the school year whose terms are to be entered on a day: the
// present one when none of its terms is known, and from June on the next one;
// 0 when nothing is missing.
func (c Calendar) Missing(today Date) int {
	year := SchoolYear(today)
	switch {
	case len(c.TermsOf(year)) == 0:
		return year
	case today.Time().Month() >= time.June && today.Time().Month() < time.September && len(c.TermsOf(year+1)) == 0:
		return year + 1
	}
	return 0
}

// Moved returns spans moved by 52 weeks, so that each day falls on the same
// weekday of the next year: a beginning, to be corrected by hand.
func Moved(spans []Span) []Span {
	var next []Span
	for _, s := range spans {
		next = append(next, Span{s.Name, s.From.AddDays(52 * 7), s.To.AddDays(52 * 7)})
	}
	return next
}

// Limits of a span, in days. The longest term of an English school has some
// sixteen weeks, a half-term in it included; the closures of 2020 lasted for
// months.
const (
	longestTerm    = 150
	longestClosure = 366
	longestHoliday = 7
)

// Check returns nil or an *Invalid. A problem's field names the list, the place
// in it from 0, and the part: see SpanField.
func (c *Calendar) Check(Stamp) error {
	var v Invalid
	v.spans("terms", c.Terms, longestTerm, "This term has more than 150 days. Check the year of both dates, and give each half-term a line of its own.")
	v.spans("closures", c.Closures, longestClosure, "This closure lasts longer than a year. Check the year of both dates.")
	v.spans("bank_holidays", c.BankHolidays, longestHoliday, "This holiday lasts longer than a week. Check both dates.")
	for i, t := range c.Terms {
		for _, o := range c.Terms[:i] {
			if t.From.valid() && t.To.valid() && o.From.valid() && o.To.valid() && t.meets(o) {
				v.add(SpanField("terms", i, "from"), "This term overlaps "+nameOfTerm(o)+", which runs from "+o.From.String()+" to "+o.To.String()+". Check both.")
				break
			}
		}
	}
	return v.err()
}

func nameOfTerm(s Span) string {
	if strings.TrimSpace(s.Name) == "" {
		return "another one"
	}
	return s.Name
}

// SpanField returns how a problem names a part (name, from, to) of one span of
// a calendar's list (terms, closures, bank_holidays); i counts from 0.
func SpanField(list string, i int, part string) string { return fmt.Sprintf("%s.%d.%s", list, i, part) }

// spans applies the rules of one list, the first that is broken of each span.
func (v *Invalid) spans(list string, spans []Span, longest int, tooLong string) {
	for i, s := range spans {
		add := func(part, sentence string) { v.add(SpanField(list, i, part), sentence) }
		v.short(SpanField(list, i, "name"), s.Name)
		switch {
		case s.From == "":
			add("from", "Give the first day.")
		case !s.From.valid():
			add("from", "This date cannot be read. Write it as 5 Mar 2026.")
		case s.From < "1990-01-01" || s.From > "2099-12-31":
			add("from", "This year is too far away. Check the date.")
		case s.To == "":
			add("to", "Give the last day.")
		case !s.To.valid():
			add("to", "This date cannot be read. Write it as 5 Mar 2026.")
		case s.To < s.From:
			add("to", "The last day is before the first. Check both dates.")
		case s.From.DaysUntil(s.To) >= longest:
			add("to", tooLong)
		}
	}
}

// Note returns what is odd about a closure or a bank holiday though it breaks no
// rule, or "": it lies outside the terms, or on a weekend, and so changes
// nothing.
func (c Calendar) Note(s Span) string {
	weekday := false
	for d := s.From; d != "" && d <= s.To && s.From.DaysUntil(d) < 7; d = d.AddDays(1) {
		weekday = weekday || d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
	}
	year := c.TermsOf(SchoolYear(s.From))
	switch {
	case !s.From.valid() || !s.To.valid() || s.To < s.From:
	case !weekday:
		return "This is a weekend, when the school is shut anyway."
	case len(year) > 0 && !slices.ContainsFunc(year, s.meets):
		return "This lies outside every term, when the school is shut anyway."
	}
	return ""
}

// CalendarAt returns the version of the calendar that was in force at an
// instant, by which a deadline of then was counted. Before the first version
// that is the first one. Without a calendar it is the zero Calendar.
func (s *Store) CalendarAt(ctx context.Context, at Stamp) (Calendar, error) {
	now, err := s.Calendar(ctx)
	if err != nil || now.ID == "" {
		return Calendar{}, err
	}
	versions, err := s.Calendars.History(ctx, now.ID)
	if err != nil {
		return Calendar{}, err
	}
	then := versions[0]
	for _, v := range versions[1:] {
		if v.RecordedAt <= at {
			then = v
		}
	}
	return then, nil
}
