package review

import (
	"cmp"
	"context"
	"io"
	"slices"

	"throughline/records"
)

// Concerns reads a chronology as concerns to be kept. A row that cannot be read
// is among them with the reason. filename and the errors are those of [Read],
// or that of ctx; o.Now is needed, and o.Until and o.Calendar do not count.
//
// How an entry is known is seldom written down; where it is not, the concern
// was found in another record.
func Concerns(ctx context.Context, r io.Reader, filename string, o Options) ([]records.ConcernRow, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return nil, err
	}
	t, err := readTable(data, filename)
	if err != nil {
		return nil, err
	}
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
