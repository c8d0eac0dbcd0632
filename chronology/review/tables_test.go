package review

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"throughline/records"
)

// shown is something that a reading must say: its kind, some of its rows, and
// words from it.
type shown struct {
	kind  string
	rows  []int
	words string
}

// tables are chronologies as other schools might keep them, with what was
// written down beforehand as what must be said of each and what must not.
// Wording lists the rows in which wording must ask of a kind; quiet rows are
// those in which it must ask nothing.
var tables = []struct {
	file    string
	until   records.Date
	must    []shown
	mustnt  []string
	wording map[int]string
	silent  []int
}{
	{"neglect.csv", "2025-03-20",
		[]shown{
			{"category", []int{1, 2, 4, 6, 9, 12}, "neglect"}, {"together", nil, "hunger"}, {"severity", nil, "Severity is rising"},
			{"no_referral", []int{10}, ""}, {"sibling_not_asked", []int{12}, ""}, {"no_outcome", []int{7, 10, 12}, ""}, {"voice", []int{1, 6, 10, 12}, ""},
		},
		[]string{"not_seen", "quiet", "after_break", "explanations_differ", "no_child_words", "monitoring_lapsed", "withdrawn_after_challenge"},
		map[int]string{2: "vague_action", 6: "vague_action", 7: "vague_monitoring", 12: "vague_action"}, []int{3, 10, 11}},
	{"weekends.csv", "2025-01-20",
		[]shown{
			{"weekday", []int{1, 2, 4, 5, 7, 8, 10}, "on a Monday"}, {"person", []int{5, 7, 8, 10}, "Dale Rudkin"}, {"explanations_differ", []int{8}, ""},
			{"category", nil, "physical harm or injury"}, {"voice", nil, "eight of ten entries"},
		},
		[]string{"no_referral", "no_child_words", "not_seen", "absence_then_injury", "quiet", "injury_after_no_further_action"}, nil, nil},
	{"exploitation.csv", "2025-02-14",
		[]shown{
			{"new", []int{10, 11}, "Exploitation is new"}, {"category", []int{5, 8, 12}, "going missing"}, {"explanations_differ", []int{9}, ""},
			{"no_referral", []int{11}, "a contact is not a referral"}, {"too_little", nil, "how serious it looked"},
		},
		[]string{"together", "not_seen", "withdrawn_after_challenge", "severity", "no_child_words"},
		map[int]string{10: "victim_blaming", 11: "vague_action"}, []int{1, 7, 9}},
	{"withdrawn.csv", "2024-02-20",
		[]shown{{"withdrawn_after_challenge", []int{4, 6}, "9 Feb 2024"}, {"no_child_words", nil, ""}, {"together", []int{1, 3, 4, 5}, "injury"}},
		[]string{"explanations_differ", "absence_then_injury", "weekday", "quiet", "monitoring_lapsed"}, nil, []int{6}},
	{"absence_injury.csv", "2024-07-10",
		[]shown{
			{"injury_after_no_further_action", []int{1, 3}, "before a referral was made on 18 Jun 2024"}, {"absence_then_injury", []int{2, 3}, ""}, {"explanations_differ", []int{3}, "17 Jun 2024"},
			{"unresolved_disagreement", []int{5}, ""},
		},
		[]string{"no_referral", "no_child_words", "withdrawn_after_challenge", "not_seen", "records_missing"}, map[int]string{1: "vague_action"}, []int{2, 4}},
	{"sibling_monitor.csv", "2024-03-20",
		[]shown{{"sibling_not_asked", []int{1, 2}, ""}, {"monitoring_lapsed", []int{1, 2}, "nobody looking"}, {"too_little", nil, "Three entries"}},
		[]string{"weekday", "frequency", "gaps", "severity", "quiet", "no_referral"}, map[int]string{2: "vague_monitoring", 3: "vague_monitoring"}, nil},
	{"quiet.csv", "2020-12-18",
		[]shown{{"not_seen", []int{2, 3, 4, 5}, "last seen on 12 Mar 2020"}, {"quiet", nil, "since 15 May 2020"}, {"no_child_words", nil, ""}},
		[]string{"weekday", "frequency", "gaps", "withdrawn_after_challenge"}, nil, []int{5}},
	{"steady.csv", "2024-09-04",
		[]shown{{"category", nil, ""}, {"too_little", nil, "usual terms"}},
		[]string{
			"frequency", "gaps", "severity", "breadth", "weekday", "after_break", "quiet", "no_referral", "not_seen", "records_missing",
			"explanations_differ", "sibling_not_asked", "monitoring_lapsed", "person", "together", "no_child_words",
		}, nil, []int{1, 2, 3, 4, 8, 13}},
	{"phone.csv", "2024-10-10",
		[]shown{{"no_child_words", nil, ""}}, []string{"weekday", "frequency", "person", "severity", "quiet"}, nil, []int{2, 4, 5, 8, 9, 10, 11, 12}},
	{"summer.csv", "2024-09-04",
		[]shown{{"no_referral", nil, ""}, {"voice", nil, "in all 18 entries"}}, []string{"quiet", "frequency", "gaps"}, nil, nil},
	{"back.csv", "2024-11-08",
		[]shown{{"after_break", []int{1, 2, 3, 4, 5, 6, 7, 8}, "days back after a holiday"}}, []string{"weekday", "frequency", "gaps", "records_missing", "quiet"}, nil, nil},
	{"myconcern.csv", "2024-12-02",
		[]shown{
			{"explanations_differ", []int{2, 3}, "30 Sep 2024"}, {"absence_then_injury", []int{4, 5}, ""}, {"unresolved_disagreement", []int{6}, ""},
			{"injury_after_no_further_action", []int{5, 7}, ""}, {"person", []int{3, 4, 5, 7}, "Gary Pike"}, {"too_little", nil, "no column for what came of an entry"},
		},
		[]string{"sibling_not_asked", "not_seen", "withdrawn_after_challenge", "quiet"}, nil, []int{1, 2, 3, 6}},
	{"diary.csv", "2023-10-01",
		[]shown{{"not_seen", []int{8, 9, 10}, "last seen on 20 Mar 2023"}, {"no_child_words", []int{5}, "12 Jan 2023 to 27 Jun 2023"}, {"too_little", nil, "no date that can be read"}},
		[]string{"together", "frequency", "weekday"}, nil, []int{7, 8, 9, 10}},
}

func TestTables(t *testing.T) {
	for _, c := range tables {
		t.Run(c.file, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", "tables", c.file))
			must(t, err)
			r, err := Read(bytes.NewReader(data), c.file, Options{Now: now, Until: c.until})
			must(t, err)
			all := everything(r)
			for _, want := range c.must {
				if !slices.ContainsFunc(all, want.in) {
					t.Errorf("nothing says %v", want)
				}
			}
			for _, s := range all {
				if slices.Contains(c.mustnt, s.kind) {
					t.Errorf("must not say %s %v: %s", s.kind, s.rows, s.words)
				}
			}
			for row, kind := range c.wording {
				if !slices.ContainsFunc(r.Wording, func(f Finding) bool { return f.Row == row && string(f.Kind) == kind }) {
					t.Errorf("row %d: no %s", row, kind)
				}
			}
			for _, f := range r.Wording {
				if slices.Contains(c.silent, f.Row) && f.Column != "action" {
					t.Errorf("row %d, %s: asks of %q (%s)", f.Row, f.Column, f.Text, f.Kind)
				}
			}
		})
	}
}

// everything returns all that a result says of the line.
func everything(r *Result) []shown {
	var all []shown
	for _, s := range slices.Concat(r.Patterns, r.Deterioration) {
		all = append(all, shown{string(s.Kind), s.Rows, s.Statement})
	}
	for _, s := range r.Unanswered {
		all = append(all, shown{string(s.Kind), s.Rows, s.Statement})
	}
	for _, s := range r.Quiet {
		all = append(all, shown{"quiet", nil, s.Statement})
	}
	for _, s := range r.TooLittle {
		all = append(all, shown{"too_little", nil, s})
	}
	return append(all, shown{"voice", r.Voice.Rows, r.Voice.Statement})
}

func (want shown) in(got shown) bool {
	for _, row := range want.rows {
		if !slices.Contains(got.rows, row) {
			return false
		}
	}
	return want.kind == got.kind && strings.Contains(got.words, want.words)
}

// TestTablesAsWorkbooks reads each file as a workbook too: the same is said.
func TestTablesAsWorkbooks(t *testing.T) {
	for _, c := range tables {
		data, err := os.ReadFile(filepath.Join("testdata", "tables", c.file))
		must(t, err)
		o := Options{Now: now, Until: c.until}
		plain, err := Read(bytes.NewReader(data), c.file, o)
		must(t, err)
		book, err := Read(bytes.NewReader(workbookOf(t, string(data))), "a.xlsx", o)
		must(t, err)
		if a, b := everything(plain), everything(book); !slices.EqualFunc(a, b, func(x, y shown) bool { return x.words == y.words && slices.Equal(x.rows, y.rows) }) {
			t.Errorf("%s: as a workbook\n%v\nas text\n%v", c.file, b, a)
		}
	}
}

func workbookOf(t *testing.T, text string) []byte {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	if first, _, _ := strings.Cut(text, "\n"); strings.Contains(first, ";") {
		r.Comma, r.LazyQuotes = ';', true
	}
	rows, err := r.ReadAll()
	must(t, err)
	x := excelize.NewFile()
	defer x.Close()
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		must(t, err)
		must(t, x.SetSheetRow("Sheet1", cell, &row))
	}
	var b bytes.Buffer
	_, err = x.WriteTo(&b)
	must(t, err)
	return b.Bytes()
}
