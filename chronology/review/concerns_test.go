package review

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"throughline/records"
)

// concernsIn opens a chronology and reads its rows as its headings say.
func concernsIn(ctx context.Context, r io.Reader, filename string, o Options) ([]records.ConcernRow, error) {
	f, err := OpenFile(ctx, r, filename)
	if err != nil {
		return nil, err
	}
	return f.Concerns(ctx, nil, o)
}

func TestConcerns(t *testing.T) {
	const file = "Incident ID,Student,UPN,Date,Time,Category,Source,Seen by,Summary,Voice of the child,Action taken,Outcome\n" +
		"12,\"Nguyễn, Zoë\",,06/01/2025,08:40,Hygiene,Told by child,Mrs Okafor (TA),Asked for food.,\"I'm hungry\",Gave breakfast,\n" +
		"13,,A123,7 Jan 2025,,,,,,,Rang home,No answer\n" +
		"14,,,31/02/2025,,,,,Unreadable,,,\n" +
		"15,,,,,,,,No date,,,\n"
	rows, err := concernsIn(context.Background(), strings.NewReader(file), "x.csv", Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil || len(rows) != 4 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	first := rows[0].Concern
	want := records.Concern{
		When: records.AtClock("2025-01-06", "08:40"), Source: records.ToldByChild, SeenBy: "Mrs Okafor (TA)", Account: "Asked for food.",
		ChildsWords: "I'm hungry", Action: "Gave breakfast", Reference: "12",
	}
	if first.When != want.When || first.Source != want.Source || first.SeenBy != want.SeenBy || first.Account != want.Account ||
		first.ChildsWords != want.ChildsWords || first.Action != want.Action || first.Reference != want.Reference ||
		first.Category() != records.Neglect || rows[0].Name != "Nguyễn, Zoë" {
		t.Errorf("row 1: %+v, of %q", first, rows[0].Name)
	}
	if c := rows[1].Concern; c.Source != records.FromRecords || c.Account != "Rang home" || c.Category() != records.OtherConcern || rows[1].UPN != "A123" {
		t.Errorf("row 2: %+v", c)
	}
	if rows[2].Why != records.ErrNoSuchDay.Error() || rows[3].Why != "" || rows[3].Concern.When.Date != "" {
		t.Errorf("rows 3 and 4: %q, %q", rows[2].Why, rows[3].Why)
	}
}
