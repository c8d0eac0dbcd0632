// Package review reads somebody's existing chronology, a CSV file or an Excel
// workbook, says what its wording asks and what its line shows, and keeps
// nothing of it.
//
// It writes no file and no temporary file, and no error of it holds anything
// that stands in a cell.
package review

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"throughline/chronology/pattern"
	"throughline/chronology/wording"
	"throughline/records"
	grid "throughline/records/table"
)

// Errors of Read. Each is a sentence for the reader of the file.
var (
	ErrEmpty          = grid.ErrEmpty
	ErrNotSpreadsheet = grid.ErrNotSpreadsheet
	ErrOldExcel       = grid.ErrOldExcel
	ErrPassword       = grid.ErrPassword
	ErrTooLarge       = grid.ErrTooLarge
	ErrNoDates        = errors.New("there is no column with dates; name one of the columns \"date\", in the row above the first entry")
)

const (
	maxBytes = grid.MaxBytes
	maxRows  = grid.MaxRows
)

// Options says how a chronology is read.
type Options struct {
	// Now is the present: a row dated after it is rejected, and a year of two
	// digits is read as near to it. The zero Now rejects none.
	Now time.Time
	// Until reads the file as if today were that date, and leaves out rows
	// after it. Empty is the date of Now.
	Until records.Date
	// Calendar is the school's. Where its terms are not known the usual ones of
	// England are assumed, and the result says so.
	Calendar records.Calendar
}

// Rejected is a row that could not be read, and why. Rows count from 1 below
// the header, blank ones included, so that row 3 is the third line below it.
type Rejected struct {
	Row int    `json:"row"`
	Why string `json:"why"`
}

// Finding is a finding of wording in one cell.
type Finding struct {
	Row     int            `json:"row"`
	Column  string         `json:"column"`
	Kind    wording.Kind   `json:"kind"`
	Text    string         `json:"text"`
	Missing []wording.Part `json:"missing"` // of a plan to watch; otherwise empty
	Ask     string         `json:"ask"`
}

// Tested is a statement with how often chance alone would do as much; Chance is
// null where it rests on no test.
type Tested struct {
	Kind      pattern.Kind `json:"kind"`
	Statement string       `json:"statement"`
	Rows      []int        `json:"rows"`
	Chance    *float64     `json:"chance"`
}

// Open is something that nobody has answered.
type Open struct {
	Kind      pattern.Kind `json:"kind"`
	Statement string       `json:"statement"`
	Rows      []int        `json:"rows"`
}

// Silence is a stretch without entries, and the day from which it runs.
type Silence struct {
	Statement string       `json:"statement"`
	From      records.Date `json:"from"`
}

// Voice says where the child's own words are.
type Voice struct {
	Rows      []int  `json:"rows"`
	Statement string `json:"statement"`
}

// Result is what a chronology shows. It marshals to one JSON object in which
// every list is there, if empty.
type Result struct {
	Rows          int        `json:"rows"` // that hold anything, rejected ones included
	Rejected      []Rejected `json:"rejected"`
	Wording       []Finding  `json:"wording"`
	Patterns      []Tested   `json:"patterns"`
	Deterioration []Tested   `json:"deterioration"`
	Unanswered    []Open     `json:"unanswered"`
	Quiet         []Silence  `json:"quiet"`
	Drift         []Open     `json:"drift"` // plans and decisions: the same again, closed and opened again, over nine months
	Voice         Voice      `json:"voice"`
	TooLittle     []string   `json:"too_little"`

	undated []int
}

// Read reads a chronology. filename only helps to tell what kind of file it is;
// nothing is opened. Returns ErrEmpty, ErrNotSpreadsheet, ErrOldExcel,
// ErrPassword, ErrTooLarge or ErrNoDates.
func Read(r io.Reader, filename string, o Options) (*Result, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read the chronology: %w", err)
	}
	t, err := readTable(data, filename)
	if err != nil {
		return nil, err
	}
	return t.review(o), nil
}

// review reads every row below the header.
func (t *table) review(o Options) *Result {
	res := &Result{
		Rejected: []Rejected{}, Wording: []Finding{}, Patterns: []Tested{}, Deterioration: []Tested{},
		Unanswered: []Open{}, Quiet: []Silence{}, Drift: []Open{}, Voice: Voice{Rows: []int{}}, TooLittle: []string{},
	}
	var events []pattern.Event
	var yearless []int
	later := t.each(o, func(d dated) {
		res.Rows++
		if d.err != nil {
			res.Rejected = append(res.Rejected, Rejected{d.n, d.err.Error()})
			return
		}
		if d.guessed {
			yearless = append(yearless, d.n)
		}
		if d.when.Date == "" {
			res.undated = append(res.undated, d.n)
		}
		res.words(d.n, d.row)
		e := d.event(d.n, d.when)
		if d.when.Precision == records.About {
			e.Until = d.until(o.pivot())
		}
		events = append(events, e)
	})
	asOf := o.Until
	if asOf == "" {
		asOf = records.DateOf(o.Now)
	}
	res.say(reader(o.Calendar, events, asOf).Read(events, asOf))
	if len(o.Calendar.Terms) == 0 && severalDays(events) {
		res.TooLittle = append(res.TooLittle, assumed)
	}
	if later > 0 {
		res.TooLittle = append(res.TooLittle, fmt.Sprintf("%s after %s %s left out, as asked.", count(later, "row", "rows"), o.Until, map[bool]string{true: "was", false: "were"}[later == 1]))
	}
	if len(yearless) > 0 {
		res.TooLittle = append(res.TooLittle, rowList(yearless)+": no year is given. That of the entries beside was taken, and the date counts as approximate.")
	}
	for _, c := range []struct{ column, holds string }{{"outcome", "what came of an entry"}, {"childs_words", "the child's own words"}} {
		if t.columns[c.column] == nil {
			res.TooLittle = append(res.TooLittle, fmt.Sprintf("The file has no column for %s; look where else that is written.", c.holds))
		}
	}
	if t.others > 0 {
		res.TooLittle = append(res.TooLittle, fmt.Sprintf(
			"Only one sheet was read. The workbook has dates on %d more: save each as a file of its own.", t.others))
	}
	return res
}

// dated is a row that holds something, and when it happened.
type dated struct {
	row
	n       int // from 1 below the header
	when    records.When
	guessed bool  // the year is that of the row beside
	err     error // why the date cannot be read
}

// each hands over every row below the header that holds something and is not
// after the day until which the file is read. It returns how many rows are.
func (t *table) each(o Options, do func(dated)) (later int) {
	pivot := o.pivot()
	beside := t.firstDate(pivot) // the date of the last row that had one
	for i := t.header + 1; i < len(t.rows); i++ {
		d := dated{row: t.row(i), n: i - t.header}
		if d.blank() {
			continue
		}
		d.when, d.err = d.row.when(pivot, t.from1904)
		if errors.Is(d.err, records.ErrDateForm) {
			if near, ok := d.withoutYear(beside, pivot); ok {
				d.when, d.guessed, d.err = near, true, nil
			}
		} else if d.err == nil && d.when.Date != "" {
			beside = d.when.Date
		}
		switch {
		case d.err == nil && !o.Now.IsZero() && d.when.Date > records.DateOf(o.Now):
			d.err = errFuture
		case d.err == nil && o.Until != "" && d.when.Date > o.Until:
			later++
			continue
		}
		do(d)
	}
	return later
}

// pivot is what a year of two digits is read as near to. Without a present
// they are of this century, up to 59.
func (o Options) pivot() time.Time {
	if o.Now.IsZero() {
		return time.Date(2049, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return o.Now
}

// reader returns a reader with the school's calendar, or with the usual one
// where its terms are not known.
func reader(cal records.Calendar, events []pattern.Event, asOf records.Date) *pattern.Reader {
	if len(cal.Terms) > 0 {
		return pattern.NewReader(cal, "", "")
	}
	first, last := asOf, asOf
	for _, e := range events {
		if d := e.When.Date; d != "" {
			if first == "" || d < first {
				first = d
			}
			last = max(last, d)
		}
	}
	usual := usualTerms(first, last)
	usual.Closures = cal.Closures
	usual.BankHolidays = append(usual.BankHolidays, cal.BankHolidays...)
	return pattern.NewReader(usual, "", "").Roughly()
}

// severalDays reports whether the events lie on more than one day.
func severalDays(events []pattern.Event) bool {
	one := records.Date("")
	for _, e := range events {
		switch d := e.When.Date; {
		case d == "" || d == one:
		case one == "":
			one = d
		default:
			return true
		}
	}
	return false
}

// words adds what wording finds in a row.
func (res *Result) words(n int, row row) {
	for _, c := range []struct {
		column string
		field  wording.Field
	}{
		{"summary", wording.Concern}, {"action", wording.Action}, {"decision", wording.Decision}, {"outcome", wording.Outcome},
	} {
		text := row.get(c.column)
		for _, f := range wording.Check(c.field, text).Findings {
			res.Wording = append(res.Wording, Finding{
				Row: n, Column: c.column, Kind: f.Kind, Text: text[f.Start:f.End],
				Missing: append([]wording.Part{}, f.Missing...), Ask: f.Ask,
			})
		}
	}
}

// say adds what pattern says.
func (res *Result) say(r pattern.Reading) {
	for _, s := range r.Patterns {
		res.Patterns = append(res.Patterns, tested(s))
	}
	for _, s := range r.Deterioration {
		res.Deterioration = append(res.Deterioration, tested(s))
	}
	for _, s := range r.Unanswered {
		res.Unanswered = append(res.Unanswered, Open{s.Kind, s.Text, rows(s)})
	}
	for _, s := range r.Quiet {
		res.Quiet = append(res.Quiet, Silence{s.Text, s.From})
	}
	for _, s := range r.Drift {
		res.Drift = append(res.Drift, Open{s.Kind, s.Text, rows(s)})
	}
	res.Voice = Voice{rows(r.Voice), r.Voice.Text}
	res.TooLittle = append(res.TooLittle, r.TooLittle...)
}

func tested(s pattern.Statement) Tested {
	t := Tested{Kind: s.Kind, Statement: s.Text, Rows: rows(s)}
	if s.Chance != pattern.NoTest {
		t.Chance = &s.Chance
	}
	return t
}

// rows returns the rows behind a statement, each once, in order of time.
func rows(s pattern.Statement) []int {
	once := []int{}
	for _, r := range s.Rows {
		if !slices.Contains(once, r) {
			once = append(once, r)
		}
	}
	return once
}
