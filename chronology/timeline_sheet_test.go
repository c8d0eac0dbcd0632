package chronology

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"throughline/records"
)

func TestTimelineSheet(t *testing.T) {
	f := story()
	f.Calendar = schoolYear
	b := workbook(t, f, Of(f), WorkbookOptions{})
	x := open(t, b)
	pic := Scene{Line: Of(f), Bands: f.Bands, Calendar: f.Calendar, Read: f.Read.Date()}.Picture()

	names := map[string]bool{}
	rows, err := x.GetRows(timelineName, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	marks := 0
	for _, r := range rows {
		if len(r) > 0 {
			names[r[0]] = true
		}
		if len(r) == 4 && r[1] != "Date" && names["What the pictures draw"] {
			for _, l := range pic.Lanes {
				if r[3] == l.Name && r[0] != "Date not exact" {
					marks++
				}
			}
		}
	}
	for _, l := range pic.Lanes {
		if !names[l.Name] {
			t.Errorf("no row is named %q", l.Name)
		}
	}
	if marks != len(pic.Marks) {
		t.Errorf("%d marks are on the sheet, want %d", marks, len(pic.Marks))
	}
	if m, _ := x.GetMergeCells(timelineName); len(m) > 0 {
		t.Errorf("%d merged cells", len(m))
	}
	drawing := part(t, b, "xl/drawings/drawing1.xml")
	if !strings.Contains(drawing, "Timeline from 18 Nov 2024 to 1 Jul 2025") || !strings.Contains(drawing, "Concerns in 6 school weeks: ") {
		t.Error("the charts have no words for those who cannot see them")
	}
	for _, chart := range []string{"xl/charts/chart1.xml", "xl/charts/chart2.xml"} {
		if !strings.Contains(part(t, b, chart), `<layoutTarget val="inner">`) {
			t.Errorf("%s leaves its layout to the reader", chart)
		}
	}
	area := ""
	for _, n := range x.GetDefinedName() {
		if n.Name == "_xlnm.Print_Area" {
			area = n.RefersTo
		}
	}
	if !strings.HasPrefix(area, "Timeline!$A$1:$M$") {
		t.Errorf("what is printed is %q", area)
	}
}

func TestTimelineSheetHidesNames(t *testing.T) {
	f := story()
	f.Ties[1].LivesFrom = "2025-02-01" // within the picture, which names who moved in
	b := workbook(t, f, Of(f), WorkbookOptions{Alias: true})
	for _, file := range []string{"xl/drawings/drawing1.xml", "xl/charts/chart1.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet4.xml"} {
		for _, name := range []string{"Karl", "Hobson", "Nguy", "Oliver"} {
			if strings.Contains(part(t, b, file), name) {
				t.Errorf("%s still holds %s", file, name)
			}
		}
	}
	if !strings.Contains(part(t, workbook(t, f, Of(f), WorkbookOptions{}), "xl/drawings/drawing1.xml"), "Karl Hobson") {
		t.Error("with names, the words do not say who moved in")
	}
}

func TestNoTimelineWithoutADate(t *testing.T) {
	f := story()
	for name, line := range map[string]Line{
		"no entry": nil, "no date": {drawnOn("", records.Neglect, 1)}, "a slip of the keyboard": {drawnOn("0204-11-18", records.Neglect, 1)},
	} {
		x := open(t, workbook(t, f, line, WorkbookOptions{}))
		if i, _ := x.GetSheetIndex(timelineName); i >= 0 {
			t.Errorf("%s: there is an empty picture", name)
		}
	}
}

func TestTheCurveOfASheetHasGaps(t *testing.T) {
	f := story()
	f.Calendar = records.Calendar{Terms: []records.Span{{From: "2024-09-03", To: "2025-02-14"}, {From: "2025-02-24", To: "2025-07-22"}}}
	b := &book{f: f, hide: func(s string) string { return s }}
	s := newPlotSheet(b, Scene{Line: Of(f), Calendar: f.Calendar, Read: "2025-07-01", End: "Read"}.Picture())
	curve := s.blocks[len(s.blocks)-1]
	gaps := 0
	for _, p := range curve.points {
		if p.day == "" {
			gaps++
		}
		if p.day > "2025-02-14" && p.day < "2025-02-24" {
			t.Errorf("the curve has a point at half-term, on %s", p.day)
		}
	}
	if !curve.curve || gaps != 1 {
		t.Errorf("%d gaps in %+v, want one: half-term", gaps, curve)
	}
}
