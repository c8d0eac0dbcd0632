package records

import (
	"encoding/json"
	"errors"
	"io"
	"slices"
	"sync"
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
	slices.SortFunc(all, byFirstDay)
	return all
}

// ruled holds the bank holidays of years that somebody asked about.
var ruled sync.Map // by year

// holidaysOf returns the bank holidays of a year, by the rules.
func holidaysOf(year int) []Span {
	if known, ok := ruled.Load(year); ok {
		return known.([]Span)
	}
	all := BankHolidays(year, year)
	ruled.Store(year, all)
	return all
}

// wallDate returns the day that t shows in its own zone: holidays are days,
// not instants.
func wallDate(t time.Time) Date { return Date(t.Format(dateLayout)) }

// ErrNotGovUK means that a file is not GOV.UK's list of bank holidays. It is a
// sentence for whoever chose the file.
var ErrNotGovUK = errors.New("This is not GOV.UK's list of bank holidays. Save bank-holidays.json from gov.uk/bank-holidays, and choose that file.")

// largestList is how much of a list is read, in bytes; GOV.UK's has 30,000.
const largestList = 1 << 20

// ReadBankHolidays reads the holidays of England and Wales from the JSON file
// that GOV.UK publishes, in order of date. Returns ErrNotGovUK when it is
// something else, also when a single date in it cannot be read.
func ReadBankHolidays(r io.Reader) ([]Span, error) {
	data, err := io.ReadAll(io.LimitReader(r, largestList))
	if err != nil {
		return nil, err
	}
	var list map[string]struct {
		Events []struct{ Title, Date, Notes string }
	}
	if json.Unmarshal(data, &list) != nil || len(list["england-and-wales"].Events) == 0 {
		return nil, ErrNotGovUK
	}
	var all []Span
	for _, e := range list["england-and-wales"].Events {
		d, name := Date(e.Date), Clean(e.Title)
		if e.Notes == "Substitute day" {
			name += " (substitute day)"
		}
		all = append(all, Span{name, d, d})
	}
	if (&Calendar{BankHolidays: all}).Check("") != nil {
		return nil, ErrNotGovUK
	}
	slices.SortFunc(all, byFirstDay)
	return all, nil
}

// Replaced returns the bank holidays of a calendar with those of another list in
// place of them, in each year that the list covers.
func Replaced(holidays, list []Span) []Span {
	all := slices.Clone(list)
	for _, h := range holidays {
		sameYear := func(s Span) bool { return s.From.Time().Year() == h.From.Time().Year() }
		if !slices.ContainsFunc(list, sameYear) {
			all = append(all, h)
		}
	}
	slices.SortFunc(all, byFirstDay)
	return all
}
