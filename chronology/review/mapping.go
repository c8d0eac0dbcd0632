package review

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"throughline/records"
	grid "throughline/records/table"
)

// Errors of a mapping. Each is a sentence for whoever chose the columns.
var (
	ErrColumn = errors.New("the file has no column of that name; choose one of the headings in the file")
	ErrField  = errors.New("a chronology has no such column; choose one of those that are listed")
	ErrTwice  = errors.New("only one column can hold this; choose the one that is right")
)

// Column is something that a chronology tells of an event, or of whose it is.
type Column string

// Columns says under which heading of a file a column stands. Of a text that
// stands under several, the headings have " + " between them. A column that is
// not in it is not read.
type Columns map[Column]string

// columnLabels are the columns in the order in which they are asked for.
var columnLabels = []struct {
	column Column
	label  string
}{
	{"date", "Date"}, {"time", "Time"}, {"date_precision", "How exact the date is"}, {"category", "Category"},
	{"summary", "What happened"}, {"childs_words", "The child’s words"}, {"severity", "How serious"}, {"location", "Place"},
	{"action", "Action taken"}, {"decision", "Decision"}, {"outcome", "Outcome"}, {"source", "How it is known"},
	{"observed_by_role", "Seen or written by"}, {"agency", "Agency"}, {"reference", "Reference"}, {"upn", "UPN of the pupil"},
	{"pupil", "Name of the pupil"},
}

// AllColumns returns every column in the order in which they are asked for.
func AllColumns() []Column {
	var all []Column
	for _, c := range columnLabels {
		all = append(all, c.column)
	}
	return all
}

// Label returns the column as people say it.
func (c Column) Label() string {
	for _, l := range columnLabels {
		if l.column == c {
			return l.label
		}
	}
	return string(c)
}

// scoreAnyHeader prefers a row that Read would take as the header. Where there
// is none, the first with two cells may be one in words that are not known.
func scoreAnyHeader(cells []string) int {
	if s := scoreHeader(cells); s > 0 {
		return 1000 + s
	}
	filled := 0
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			filled++
		}
	}
	if filled < 2 {
		return 0
	}
	return 1 + len(layoutOf(cells))
}

// onLine returns a cell of the header as it can be shown on one line.
func onLine(s string) string { return strings.Join(strings.Fields(records.Clean(s)), " ") }

func (f *File) header() []string { return f.table.Rows[f.table.Header] }

// Headings returns the headings of the columns, each once, as they stand in the
// file.
func (f *File) Headings() []string {
	var all []string
	for _, h := range f.header() {
		if h = onLine(h); h != "" && !slices.Contains(all, h) {
			all = append(all, h)
		}
	}
	return all
}

const together = " + "

// HeaderLine returns on which line of the spreadsheet the headings stand,
// counting from 1 as a spreadsheet does: row n is n lines below it.
func (f *File) HeaderLine() int { return f.table.Header + 1 }

// Proposed returns which column stands where, as far as the headings say so.
func (f *File) Proposed() Columns {
	c := Columns{}
	for column, at := range layoutOf(f.header()) {
		var parts []string
		for _, i := range at {
			if h := onLine(f.header()[i]); !slices.Contains(parts, h) {
				parts = append(parts, h)
			}
		}
		c[Column(column)] = strings.Join(parts, together)
	}
	return c
}

// Shape returns what two files with the same headings share, and no others.
func (f *File) Shape() string {
	h := sha256.New()
	for _, heading := range f.Headings() {
		fmt.Fprintf(h, "%q\n", grid.Key(heading))
	}
	return "chronology " + hex.EncodeToString(h.Sum(nil))
}

// Fits reports whether columns name only headings that the file has.
func (f *File) Fits(c Columns) bool {
	_, err := f.places(c)
	return err == nil
}

// places returns in which cells of a row the columns stand. Returns ErrField,
// ErrColumn, ErrTwice or ErrNoDates.
func (f *File) places(columns Columns) (layout, error) {
	l := layout{}
	for column, heading := range columns {
		if heading == "" {
			continue
		}
		if !slices.Contains(AllColumns(), column) {
			return nil, ErrField
		}
		at := f.under(heading)
		if at == nil {
			for part := range strings.SplitSeq(heading, together) {
				more := f.under(part)
				if more == nil {
					return nil, ErrColumn
				}
				at = append(at, more...)
			}
			if single[string(column)] {
				return nil, ErrTwice
			}
		}
		if single[string(column)] {
			at = at[:1]
		}
		l[string(column)] = at
	}
	if l["date"] == nil {
		return nil, ErrNoDates
	}
	return l, nil
}

// under returns the places of the cells under a heading; nil when there is no
// such heading.
func (f *File) under(heading string) []int {
	var at []int
	for i, h := range f.header() {
		if h = onLine(h); h != "" && strings.EqualFold(h, onLine(heading)) {
			at = append(at, i)
		}
	}
	return at
}
