package records

import (
	"slices"
	"strings"
	"time"

	"github.com/rickar/cal/v2/gb"
)

// proclaimed holds the one-off bank holidays of England and Wales since 2000
// that the rules of the calendar package do not know (GOV.UK, UK bank
// holidays; Royal Proclamations of 2001, 2010, 2011 and 2022).
var proclaimed = []Span{
	{"Golden Jubilee", "2002-06-03", "2002-06-03"},
	{"Spring Bank Holiday", "2002-06-04", "2002-06-04"},
	{"Royal Wedding", "2011-04-29", "2011-04-29"},
	{"Spring Bank Holiday", "2012-06-04", "2012-06-04"},
	{"Diamond Jubilee", "2012-06-05", "2012-06-05"},
	{"State Funeral of Queen Elizabeth II", "2022-09-19", "2022-09-19"},
}

// moved holds the days that would have been the Spring Bank Holiday had it not
// been moved for a jubilee.
var moved = []Date{"2002-05-27", "2012-05-28"}

// BankHolidays returns the bank holidays of England and Wales from the first
// to the last day of the years given, each one day long, in order of date. It
// is right from 2000 for every holiday that had been proclaimed by August
// 2026; one proclaimed later is added to the school's [Calendar]. Years in the
// wrong order give none.
func BankHolidays(fromYear, toYear int) []Span {
	var all []Span
	for y := fromYear; y <= toYear; y++ {
		for _, h := range gb.Holidays {
			actual, kept := h.Calc(y)
			if kept.IsZero() {
				continue
			}
			name := h.Name
			if kept != actual {
				name += " (substitute day)"
			}
			if d := wallDate(kept); !slices.Contains(moved, d) {
				all = append(all, Span{name, d, d})
			}
		}
	}
	for _, s := range proclaimed {
		if y := s.From.Time().Year(); fromYear <= y && y <= toYear {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b Span) int { return strings.Compare(string(a.From), string(b.From)) })
	return all
}

// wallDate returns the day that t shows in its own zone: holidays are days,
// not instants.
func wallDate(t time.Time) Date { return Date(t.Format(dateLayout)) }
