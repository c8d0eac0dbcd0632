package review

import (
	"bytes"
	"slices"
	"testing"

	"throughline/chronology"
	"throughline/chronology/wording"
	"throughline/records"
)

// What the program writes, another school's program must be able to read.
func TestReadsOurOwnWorkbook(t *testing.T) {
	f := &records.File{
		Pupil: records.Pupil{Forename: "Imogen", Surname: "Test"},
		Concerns: []records.Concern{
			{
				When: records.AtClock("2024-03-04", "08:40"), Source: records.Seen, Account: "No coat", ChildsWords: "I am cold",
				Decision: "Continue to monitor", Categories: []records.Category{records.Neglect},
			},
			{When: records.When{Date: "2024-05-01", Precision: records.InMonth}, Source: records.Seen, Account: "No lunch"},
			{When: records.When{Date: "2024-06-02", Precision: records.About}, Source: records.Seen, Account: "No shoes"},
		},
		Read: "2025-01-01T12:00:00.000000Z",
	}
	var b bytes.Buffer
	must(t, chronology.WriteWorkbook(&b, f, chronology.Of(f), chronology.WorkbookOptions{}))
	tab, err := readTable(b.Bytes(), "a.xlsx")
	must(t, err)
	var got []string
	for i := range 3 {
		w, err := tab.row(tab.header+1+i).when(now, false)
		must(t, err)
		got = append(got, w.String())
	}
	if want := []string{"4 Mar 2024, 08:40", "May 2024", "about 2 Jun 2024"}; !slices.Equal(got, want) {
		t.Errorf("dates = %q, want %q", got, want)
	}
	if r := tab.row(tab.header + 1); r.get("childs_words") != "I am cold" || r.get("decision") != "Continue to monitor" {
		t.Errorf("row = %q", r.cells)
	}
	r := tab.review(Options{Now: now})
	if r.Rows != 3 || len(r.Rejected) != 0 || !slices.ContainsFunc(r.Wording, func(f Finding) bool { return f.Kind == wording.VagueMonitoring }) {
		t.Errorf("result = %+v", r)
	}
}
