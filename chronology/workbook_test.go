package chronology

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"throughline/records"
)

func workbook(t testing.TB, f *records.File, l Line, o WorkbookOptions) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := WriteWorkbook(&buf, f, l, o); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func open(t testing.TB, b []byte) *excelize.File {
	t.Helper()
	x, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

func value(t *testing.T, x *excelize.File, sheet, cell string, o ...excelize.Options) string {
	t.Helper()
	v, err := x.GetCellValue(sheet, cell, o...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// columnOf returns the letter of a column by its name.
func columnOf(t *testing.T, name string) string {
	t.Helper()
	i := slices.IndexFunc(columns, func(c column) bool { return c.name == name })
	s, err := excelize.ColumnNumberToName(i + 1)
	if err != nil {
		t.Fatal(name, err)
	}
	return s
}

func TestWorkbookHoldsRealDatesAndTimes(t *testing.T) {
	f := story()
	x := open(t, workbook(t, f, Of(f), WorkbookOptions{School: "Fernhill Primary"}))
	raw := excelize.Options{RawCellValue: true}
	for _, c := range []struct{ cell, raw, shown string }{
		{"B2", "45597", "01/11/2024"}, {"D2", "", ""},
		{"B3", "45614", "18/11/2024"}, {"D3", strconv.FormatFloat(520.0/1440, 'f', -1, 64), "08:40"},
		{"B11", "45717", "Mar 2025"}, {"C11", "month", "month"},
		{"B6", "45628", "02/12/2024"}, {"C6", "about", "about"},
		{"B13", "45783", "06/05/2025"}, {"D13", strconv.FormatFloat(610.0/1440, 'f', -1, 64), "10:10"}, // summer time
	} {
		if got := value(t, x, "Chronology", c.cell, raw); got != c.raw {
			t.Errorf("%s raw = %q, want %q", c.cell, got, c.raw)
		}
		if got := value(t, x, "Chronology", c.cell); got != c.shown {
			t.Errorf("%s = %q, want %q", c.cell, got, c.shown)
		}
		if kind, _ := x.GetCellType("Chronology", c.cell); c.cell[0] != 'C' && kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
			t.Errorf("%s is of type %d, want a number", c.cell, kind)
		}
	}
}

func TestWorkbookIsSetForPaper(t *testing.T) {
	f := story()
	b := workbook(t, f, Of(f), WorkbookOptions{})
	x := open(t, b)
	if got, want := x.GetSheetList(), []string{"About", "Chronology", "Timeline"}; !slices.Equal(got, want) {
		t.Fatalf("sheets = %q, want %q", got, want)
	}
	page, err := x.GetPageLayout("Chronology")
	if err != nil || *page.Size != 9 || *page.Orientation != "landscape" || *page.FitToWidth != 1 || *page.FitToHeight != 0 {
		t.Errorf("page = %+v, %v", page, err)
	}
	if m, _ := x.GetMergeCells("Chronology"); len(m) > 0 {
		t.Errorf("%d merged cells", len(m))
	}
	panes, err := x.GetPanes("Chronology")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes = %+v, %v", panes, err)
	}
	if tables, err := x.GetTables("Chronology"); err != nil || len(tables) != 1 || tables[0].Range != "A1:R20" {
		t.Errorf("tables = %+v, %v", tables, err)
	}
	if dim, _ := x.GetSheetDimension("Chronology"); dim != "A1:R20" {
		t.Errorf("dimension = %s", dim)
	}
	titles := false
	for _, n := range x.GetDefinedName() {
		titles = titles || n.Name == "_xlnm.Print_Titles" && n.RefersTo == "'Chronology'!$1:$1"
	}
	if !titles {
		t.Error("the header is not repeated in print")
	}
	if sheet := part(t, b, "xl/worksheets/sheet3.xml"); !strings.Contains(sheet, "Page &amp;P of &amp;N") {
		t.Error("no page numbers in the footer")
	}
}

// part returns a file of the workbook, which is a zip archive.
func part(t *testing.T, b []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	s, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(s)
}

func one(e Entry) (*records.File, Line) {
	f := story()
	if e.When.Date == "" {
		e.When = records.On("2025-01-09")
	}
	return f, Line{e}
}

func TestTextStaysAsItIs(t *testing.T) {
	for _, text := range []string{
		"=1+1", "@SUM(1)", "+44 7700 900123", "-5", "=cmd|' /C calc'!A0", "TRUE", "1E5", "12/03/2025", "0123456789",
		"_x000D_ and _x0041_", "emoji 👩‍👧‍👦 done", "مرحبا", "שלום", "一二三", "line\nline", "a & b < c > \"d\" 'e'", " led by a space",
	} {
		f, l := one(Entry{Voice: text})
		x := open(t, workbook(t, f, l, WorkbookOptions{}))
		cell := columnOf(t, "The child's voice") + "2"
		if got := value(t, x, "Chronology", cell); got != text {
			t.Errorf("%q came back as %q", text, got)
		}
		if formula, _ := x.GetCellFormula("Chronology", cell); formula != "" {
			t.Errorf("%q became the formula %q", text, formula)
		}
	}
}

func TestLongTextGoesOnInContinuationRows(t *testing.T) {
	for name, text := range map[string]string{
		"words":         strings.Repeat("He was late again and had not eaten. ", 600),
		"no spaces":     strings.Repeat("x", 20000),
		"lines":         strings.Repeat("a\n", 3000),
		"emoji":         strings.Repeat("😀", 9000),
		"no width":      strings.Repeat("\u200d", 40000),
		"empty lines":   "top" + strings.Repeat("\n", 200) + "bottom",
		"one line more": strings.Repeat("word\n", linesInRow(lineHeight)) + "end",
	} {
		t.Run(name, func(t *testing.T) {
			f, l := one(Entry{Title: "Concern", Event: "Something", Voice: text})
			x := open(t, workbook(t, f, l, WorkbookOptions{}))
			rows, err := x.GetRows("Chronology", excelize.Options{RawCellValue: true})
			if err != nil || len(rows) < 3 {
				t.Fatalf("%d rows, %v: want more than one", len(rows), err)
			}
			voice := ""
			for i, r := range rows[1:] {
				voice += r[9]
				if r[0] != "1" || r[1] != "45666" {
					t.Errorf("row %d has number %q and date %q", i+2, r[0], r[1])
				}
				if h, _ := x.GetRowHeight("Chronology", i+2); h > rowLimit {
					t.Errorf("row %d is %v points high", i+2, h)
				}
			}
			squeeze := func(s string) string { return strings.ReplaceAll(s, "\n", "") }
			if squeeze(voice) != squeeze(text) {
				t.Errorf("%d bytes came back of %d", len(voice), len(text))
			}
		})
	}
}

func TestRowsAreAsHighAsTheirText(t *testing.T) {
	f := story()
	l := Of(f)
	x := open(t, workbook(t, f, l, WorkbookOptions{}))
	for i := range l {
		h, err := x.GetRowHeight("Chronology", i+2)
		if err != nil {
			t.Fatal(err)
		}
		event := value(t, x, "Chronology", fmt.Sprintf("G%d", i+2))
		if least := float64(strings.Count(event, "\n")+1)*fontSize*1.15 + 1; h < least {
			t.Errorf("row %d is %v points high, want %v at least", i+2, h, least)
		}
	}
}

func TestFrontSheet(t *testing.T) {
	f := story()
	f.Calendar = records.Calendar{}
	o := WorkbookOptions{
		School: "Fernhill Primary", By: "Mrs Adeyemi", AuditHead: "9f2c", Filter: Filter{From: "2024-11-01", To: "2025-06-30", Significant: true},
	}
	l := Of(f).Where(o.Filter)
	x := open(t, workbook(t, f, l, o))
	rows, err := x.GetRows("About")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, r := range rows {
		if len(r) > 1 {
			said[r[0]] = r[1]
		}
	}
	for label, want := range map[string]string{
		"Child": "Zoë Nguyễn", "Born": "28/02/2014", "School": "Fernhill Primary", "Made by": "Mrs Adeyemi", "Made on": "01/07/2025 13:00",
		"First entry": "01/11/2024", "Last entry": "20/05/2025", "Entries": "11", "Head of the audit trail": "9f2c",
		"What is in it":               "Significant events only; the school keeps a fuller record, from 1 Nov 2024 to 30 Jun 2025.",
		"Status when this was made":   "Early help",
		"Plans still to be completed": "Row 2: a plan to watch that does not yet say what is watched, how long, and what happens next.",
	} {
		if said[label] != want {
			t.Errorf("%s = %q, want %q", label, said[label], want)
		}
	}
}

func TestASignificantChronologyShowsTheLine(t *testing.T) {
	f := story()
	o := WorkbookOptions{Filter: Filter{Significant: true}}
	x := open(t, workbook(t, f, Of(f).Where(o.Filter), o))
	got := value(t, x, "Chronology", "G3")
	if !strings.Contains(got, "Shouting at home reported") || strings.Contains(got, "Shouting heard") {
		t.Errorf("event = %q", got)
	}
}

func TestAliasLeavesNoName(t *testing.T) {
	f := story()
	b := workbook(t, f, Of(f), WorkbookOptions{Alias: true})
	x := open(t, b)
	for _, sheet := range x.GetSheetList() {
		rows, err := x.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range rows {
			for _, name := range []string{"Zoë", "Nguyễn", "Karl", "Hobson", "Linh", "Oliver", "A999"} {
				if strings.Contains(strings.Join(r, " "), name) {
					t.Errorf("%s row %d still holds a name: %q", sheet, i+1, r)
				}
			}
		}
	}
	if strings.Contains(part(t, b, "xl/worksheets/sheet3.xml"), "Nguy") {
		t.Error("the page header still holds the name")
	}
}

func TestEmptyLine(t *testing.T) {
	f := story()
	x := open(t, workbook(t, f, nil, WorkbookOptions{}))
	if got := value(t, x, "Chronology", "G2"); got != "There are no entries in this selection." {
		t.Errorf("G2 = %q", got)
	}
}

func TestNoTemporaryFiles(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir)
	f := story()
	var l Line
	for i := range 3000 {
		l = append(l, Entry{
			When: records.On(records.Date("2020-01-01").AddDays(i / 4)), Title: "Concern",
			Event: strings.Repeat("\"Quoted\" & more. ", 300),
		})
	}
	x := open(t, workbook(t, f, l, WorkbookOptions{}))
	if n := len(x.GetSheetList()); n < 4 {
		t.Errorf("%d sheets: the text was not divided", n)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%d temporary files", len(left))
	}
}

func TestSameInputSameBytes(t *testing.T) {
	f := story()
	first := workbook(t, f, Of(f), WorkbookOptions{})
	for range 20 {
		if !bytes.Equal(first, workbook(t, f, Of(f), WorkbookOptions{})) {
			t.Fatal("two workbooks of one line differ")
		}
	}
}

// many returns n entries of about 300 characters of account.
func many(n int) Line {
	var l Line
	for i := range n {
		l = append(l, Entry{
			Ref:  records.Ref{Kind: records.KindConcern, ID: records.ID(fmt.Sprintf("0190-%032d", i)), Version: 1},
			When: records.AtTime(records.Date("2015-09-01").AddDays(i / 4).Time().Add(9 * 3600e9)), Recorded: readAt, By: "Mrs Adeyemi",
			Agency: "School", Source: "Seen or heard by the writer: Mr Pike", Title: "Concern: Neglect", Severity: 2, Significance: "−",
			Event: strings.Repeat("Came in late without a coat and said there was no breakfast. ", 5),
			Voice: "I wasn't hungry anyway", Action: "DSL told at 9.10", Decision: "Ring home today", Reason: "Third time this week",
			Category: records.Neglect, Categories: []records.Category{records.Neglect},
		})
	}
	return l
}

func BenchmarkWorkbook10000(b *testing.B) {
	f := story()
	l := many(10000)
	for b.Loop() {
		if err := WriteWorkbook(io.Discard, f, l, WorkbookOptions{School: "Fernhill"}); err != nil {
			b.Fatal(err)
		}
	}
}
