package review

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"slices"

	"throughline/chronology/wording"
	"throughline/records"
	grid "throughline/records/table"
)

// File is a chronology that was opened to be kept: its columns are known, its
// rows are still to be read.
type File struct {
	kind  string
	table *grid.Table
}

// OpenFile opens a chronology and reads it into memory as it stands. A file whose
// columns are not known by their names is opened too; its reader says which they
// are. filename only helps to tell what kind of file it is. Returns the errors of
// Read, ErrNoDates only for a file without columns, or the error of ctx.
func OpenFile(ctx context.Context, r io.Reader, filename string) (*File, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return nil, err
	}
	t, err := grid.Parse(ctx, data, filename, scoreAnyHeader)
	if errors.Is(err, grid.ErrNoHeader) {
		return nil, ErrNoDates
	}
	if err != nil {
		return nil, err
	}
	kind := "a CSV file"
	if bytes.HasPrefix(data, []byte("PK")) {
		kind = "an Excel workbook"
	}
	return &File{kind, t}, nil
}

// Kind returns what kind of file it is: "a CSV file".
func (f *File) Kind() string { return f.kind }

// Concerns reads the rows as concerns to be kept, by the columns given, or as
// the headings say when they are nil. A row that cannot be read is among them
// with the reason; the reasons quote nothing. o.Now is needed, and o.Until and
// o.Calendar do not count. Returns ErrNoDates, ErrColumn, ErrField, ErrTwice or
// the error of ctx.
//
// How an entry is known is seldom written down; where it is not, the concern
// was found in another record.
func (f *File) Concerns(ctx context.Context, columns Columns, o Options) ([]records.ConcernRow, error) {
	if columns == nil {
		columns = f.Proposed()
	}
	l, err := f.places(columns)
	if err != nil {
		return nil, err
	}
	t := &table{rows: f.table.Rows, header: f.table.Header, columns: l, from1904: f.table.From1904}
	var rows []records.ConcernRow
	o.Until = ""
	t.each(o, func(d dated) {
		c := records.ConcernRow{Row: d.n, UPN: d.get("upn"), Name: d.get("pupil")}
		if d.err != nil {
			c.Why = d.err.Error()
		} else {
			c.Concern = d.concern()
		}
		rows = append(rows, c)
	})
	return rows, ctx.Err()
}

// Asked is how many of some concerns the wording asks about, and what.
type Asked struct {
	Kind  wording.Kind
	Count int
}

// WordingOf counts concerns by what their wording asks, the most frequent first.
func WordingOf(concerns []records.Concern) []Asked {
	var all []Asked
	for i := range concerns {
		c := &concerns[i]
		var kinds []wording.Kind // each once for a concern
		for _, in := range []struct {
			field wording.Field
			text  string
		}{{wording.Concern, c.Account}, {wording.Action, c.Action}, {wording.Decision, c.Decision}, {wording.Outcome, c.Outcome}} {
			for _, f := range wording.Check(in.field, in.text).Findings {
				if !slices.Contains(kinds, f.Kind) {
					kinds = append(kinds, f.Kind)
				}
			}
		}
		for _, k := range kinds {
			at := slices.IndexFunc(all, func(a Asked) bool { return a.Kind == k })
			if at < 0 {
				at, all = len(all), append(all, Asked{Kind: k})
			}
			all[at].Count++
		}
	}
	slices.SortStableFunc(all, func(a, b Asked) int { return cmp.Compare(b.Count, a.Count) })
	return all
}

// concern returns what a row says. Where nothing is said to have happened, what
// was done or decided is the account: it is all there is.
func (d dated) concern() records.Concern {
	c := records.Concern{
		When: d.when, Place: d.get("location"), SeenBy: d.get("observed_by_role"), Agency: d.get("agency"),
		Source: records.FromRecords, Categories: categoriesOf(d.get("category")), Severity: severityOf(d.get("severity")),
		Account: d.get("summary"), ChildsWords: d.get("childs_words"), Action: d.get("action"),
		Decision: d.get("decision"), Outcome: d.get("outcome"), Reference: d.get("reference"),
	}
	if len(c.Categories) == 0 {
		c.Categories = []records.Category{records.OtherConcern}
	}
	if known := records.Source(sourceOf(d.get("source"))); slices.Contains(records.Sources(), known) {
		c.Source = known
	} else if c.SeenBy == "" {
		c.SeenBy = string(known)
	}
	if c.Account == "" && c.ChildsWords == "" {
		c.Account = cmp.Or(c.Action, c.Decision, c.Outcome)
	}
	return c
}
