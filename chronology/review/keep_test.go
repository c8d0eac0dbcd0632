package review

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"throughline/chronology/wording"
	"throughline/records"
	"throughline/records/vault"
)

func mustConcerns(t *testing.T, file, name string) []records.ConcernRow {
	t.Helper()
	rows, err := concernsIn(t.Context(), strings.NewReader(file), name, Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestOddChronologiesAreRead(t *testing.T) {
	const head = "Date,Summary\n"
	for _, c := range []struct {
		name, file string
		want       []string // date and account, or why not
	}{
		{"two digits of a year", head + "01/02/03,A\n", []string{"1 Feb 2003 A"}},
		{"out of order", head + "3/3/2025,C\n1/3/2025,A\n", []string{"3 Mar 2025 C", "1 Mar 2025 A"}},
		{"all on one day", head + "3/3/2025,A\n3/3/2025,B\n", []string{"3 Mar 2025 A", "3 Mar 2025 B"}},
		{"in the future", head + "3/3/2199,A\n", []string{errFuture.Error()}},
		{"the header alone", head, nil},
		{"UTF-16", utf16Text("Date\tSummary\n3/3/2025\tnaïve\n", true, true), []string{"3 Mar 2025 naïve"}},
		{"Windows-1252", head + "3/3/2025,caf\xe9 \x96 \x93no\x94\n", []string{"3 Mar 2025 café – “no”"}},
		{"a table above it", "Student,Category,Place,Outcome\n" + head + "3/3/2025,A\n", []string{"3 Mar 2025 A"}},
		{"two columns of text", "Date,Details,Notes\n3/3/2025,A,B\n", []string{"3 Mar 2025 A\nB"}},
	} {
		var got []string
		for _, r := range mustConcerns(t, c.file, "x.csv") {
			got = append(got, strings.TrimSpace(r.Concern.When.String()+" "+r.Concern.Account))
			if r.Why != "" {
				got[len(got)-1] = r.Why
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestMergedCellsAndFormulas: the value of a merged area stands in its first
// row, so the rows below have no date; a formula gives the value kept for it.
func TestMergedCellsAndFormulas(t *testing.T) {
	x := excelize.NewFile()
	defer x.Close()
	must(t, x.SetSheetRow("Sheet1", "A1", &[]any{"Date", "Summary"}))
	must(t, x.SetSheetRow("Sheet1", "A2", &[]any{"03/03/2025", "No coat"}))
	must(t, x.SetSheetRow("Sheet1", "A3", &[]any{nil, "Asked for food"}))
	must(t, x.MergeCell("Sheet1", "A2", "A3"))
	must(t, x.SetSheetRow("Sheet1", "A4", &[]any{"04/03/2025", "kept value"}))
	must(t, x.SetCellFormula("Sheet1", "B4", `HYPERLINK("http://example.org","press")`))
	var b bytes.Buffer
	_, err := x.WriteTo(&b)
	must(t, err)
	rows := mustConcerns(t, b.String(), "x.xlsx")
	if len(rows) != 3 || rows[0].Concern.When.Date != "2025-03-03" || rows[1].Concern.When.Date != "" || rows[1].Concern.Account != "Asked for food" {
		t.Errorf("merged: %+v", rows)
	}
	if a := rows[2].Concern.Account; strings.Contains(a, "HYPERLINK") || strings.Contains(a, "example") {
		t.Errorf("the formula is kept as %q", a)
	}
}

func TestWhatIsNoChronologyIsNotOpened(t *testing.T) {
	for name, c := range map[string]struct {
		file string
		want error
	}{
		"empty": {"", ErrEmpty}, "blank": {" \n\n", ErrEmpty}, "a picture": {"\x89PNG\r\n\x1a\n\x00", ErrNotSpreadsheet},
		"one column": {"Datum\nx\n", ErrNoDates}, "no dates": {"Name,Colour\nred,blue\n", ErrNoDates},
		"200,000 rows": {"Date,Summary\n" + strings.Repeat("06/01/2025,No coat\n", 200_000), ErrTooLarge},
	} {
		began := time.Now()
		_, err := concernsIn(t.Context(), strings.NewReader(c.file), "x.csv", Options{Now: now})
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := concernsIn(ctx, strings.NewReader("Date,Summary\n3/3/2025,A\n"), "x.csv", Options{Now: now}); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

func TestColumnsAreCorrected(t *testing.T) {
	open := func(file string) *File {
		f, err := OpenFile(t.Context(), strings.NewReader(file), "x.csv")
		must(t, err)
		return f
	}
	f := open("Wann,Was,Noch etwas,Date of review\n3/3/2025,No coat,He was cold,5/5/2025\n")
	if got := f.Headings(); !slices.Equal(got, []string{"Wann", "Was", "Noch etwas", "Date of review"}) {
		t.Fatalf("headings %q", got)
	}
	for _, c := range []struct {
		columns Columns
		want    error
	}{
		{nil, ErrNoDates},
		{Columns{"date": "When"}, ErrColumn},
		{Columns{"date": "Wann", "colour": "Was"}, ErrField},
		{Columns{"date": "Wann + Date of review"}, ErrTwice},
		{Columns{"date": "wann", "summary": "Was + Noch etwas", "action": ""}, nil},
	} {
		rows, err := f.Concerns(t.Context(), c.columns, Options{Now: now})
		if !errors.Is(err, c.want) {
			t.Errorf("%v: %v, want %v", c.columns, err, c.want)
		}
		if err == nil && (len(rows) != 1 || rows[0].Concern.Account != "No coat\nHe was cold") {
			t.Errorf("%v: %+v", c.columns, rows)
		}
	}
	known := open("Date,Details,Notes\n3/3/2025,A,B\n")
	if got := known.Proposed()["summary"]; got != "Details + Notes" || !known.Fits(known.Proposed()) {
		t.Errorf("proposed %q", got)
	}
	if f.Shape() == known.Shape() || known.Shape() != open("date,DETAILS,Notes\n1/1/2025,x,y\n").Shape() {
		t.Error("shapes do not tell files apart by their headings")
	}
	if f.Kind() != "a CSV file" {
		t.Errorf("kind %q", f.Kind())
	}
}

// TestEveryColumnCanBeChosen: what Read knows by name can be corrected.
func TestEveryColumnCanBeChosen(t *testing.T) {
	for _, h := range headings {
		if c := Column(h.column); !slices.Contains(AllColumns(), c) || c.Label() == h.column {
			t.Errorf("%s has no label", c)
		}
	}
	if len(headings) != len(AllColumns()) {
		t.Errorf("%d columns are known by name, %d can be chosen", len(headings), len(AllColumns()))
	}
}

func TestWordingOf(t *testing.T) {
	got := WordingOf([]records.Concern{
		{Account: "No coat at 08:40.", Decision: "Continue to monitor.", Outcome: "Continue to monitor."},
		{Account: "No coat at 08:45.", Decision: "Continue to monitor."}, {Account: "No coat at 08:50."},
	})
	if !slices.Contains(got, Asked{wording.VagueMonitoring, 2}) {
		t.Errorf("asked %v, want two plans to watch", got)
	}
}

// FuzzKeep reads bytes as a chronology and compares it with what is kept: no
// bytes stop it, and nothing it says quotes a cell.
func FuzzKeep(f *testing.F) {
	s, _, err := records.Create(context.Background(), filepath.Join(f.TempDir(), "a.throughline"), records.Setup{
		School: records.School{Name: "Elm Lane Primary"}, Member: records.Member{Name: "Ruth Adeyemi", Role: records.DSL},
		Passphrase: []byte("lantern gravel otter spoon"), Cost: vault.Cost{MemoryKiB: 1024, Passes: 1},
	})
	must(f, err)
	f.Cleanup(func() { s.Close() })
	p := records.Pupil{Forename: "Ned", Surname: "Alder", Born: "2015-01-01"}
	must(f, s.Pupils.Save(context.Background(), &p, ""))
	f.Add([]byte("Date,Summary,Ref,Student\n3/3/2025,\"No coat, again\",7,\"Alder, Ned\"\n3/3/2025,No coat,7,\n31/2/2025,x,,Zed Quux\n,,,\n1/1/1999,y,,\n"))
	f.Add([]byte("Wann,Was\n3/3/2025,x\n"))
	f.Add([]byte(utf16Text("Date\tSummary\n01/02/03\tx", true, true)))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := concernsIn(t.Context(), bytes.NewReader(data), "a.csv", Options{Now: now})
		if err != nil {
			quotesNothing(t, err.Error(), data)
			return
		}
		plan, err := s.PreviewConcerns(t.Context(), "a CSV file", p.ID, rows)
		if err != nil {
			t.Fatal("the plan cannot be made")
		}
		if len(plan.Lines) != len(rows) {
			t.Errorf("%d lines for %d rows", len(plan.Lines), len(rows))
		}
		for _, l := range plan.Lines {
			if l.Verdict == records.RollRejected != (l.Why != "") {
				t.Errorf("row %d: %s, and why is %d bytes long", l.Row, l.Verdict, len(l.Why))
			}
			quotesNothing(t, l.Why, data)
		}
	})
}

// quotesNothing holds that a sentence has no long cell of a file in it.
func quotesNothing(t *testing.T, said string, data []byte) {
	t.Helper()
	for _, cell := range strings.FieldsFunc(string(data), func(r rune) bool { return strings.ContainsRune(",;\t\n\r\"", r) }) {
		if utf8.RuneCountInString(cell) >= 8 && strings.Contains(said, strings.TrimSpace(cell)) {
			t.Errorf("%q quotes a cell", said)
		}
	}
}

// TestAWorkbookOfTooManyRows is refused before all of it is read.
func TestAWorkbookOfTooManyRows(t *testing.T) {
	x := excelize.NewFile()
	defer x.Close()
	w, err := x.NewStreamWriter("Sheet1")
	must(t, err)
	must(t, w.SetRow("A1", []any{"Date", "Summary"}))
	for i := range 200_000 {
		cell, err := excelize.CoordinatesToCellName(1, i+2)
		must(t, err)
		must(t, w.SetRow(cell, []any{45354, "No coat"}))
	}
	must(t, w.Flush())
	var b bytes.Buffer
	_, err = x.WriteTo(&b)
	must(t, err)
	began := time.Now()
	if _, err := OpenFile(t.Context(), &b, "x.xlsx"); !errors.Is(err, ErrTooLarge) {
		t.Errorf("%v, want ErrTooLarge", err)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it took %v to say so", took)
	}
}
