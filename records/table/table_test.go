package table

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// named scores a row by how many of its cells are known names.
func named(cells []string) int {
	n := 0
	for _, c := range cells {
		if slices.Contains([]string{"Name", "Form", "Born"}, strings.TrimSpace(c)) {
			n++
		}
	}
	return n
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wideText(s string, mark string, high int) string {
	b := []byte(mark)
	for _, u := range utf16.Encode([]rune(s)) {
		pair := []byte{byte(u), byte(u >> 8)}
		b = append(b, pair[high], pair[1-high])
	}
	return string(b)
}

func TestReadCSV(t *testing.T) {
	const plain = "Name,Form\nZoë,5B\n"
	want := [][]string{{"Name", "Form"}, {"Zoë", "5B"}}
	for _, c := range []struct{ name, text string }{
		{"UTF-8", plain},
		{"with a mark", "\ufeff" + plain},
		{"UTF-16, low byte first", wideText(plain, "\xff\xfe", 0)},
		{"UTF-16, high byte first", wideText(plain, "\xfe\xff", 1)},
		{"UTF-16 without a mark", wideText(plain, "", 0)},
		{"Windows-1252", strings.ReplaceAll(plain, "ë", "\xeb")},
		{"Windows line ends", strings.ReplaceAll(plain, "\n", "\r\n")},
		{"old Mac line ends", strings.ReplaceAll(plain, "\n", "\r")},
		{"semicolons", strings.ReplaceAll(plain, ",", ";")},
		{"tabs", strings.ReplaceAll(plain, ",", "\t")},
		{"bars", strings.ReplaceAll(plain, ",", "|")},
		{"quotes", "\"Name\",\"Form\"\n\"Zoë\",\"5B\""},
	} {
		got, err := Read(context.Background(), strings.NewReader(c.text), "a.csv", named)
		if err != nil || got.Header != 0 || !slices.EqualFunc(got.Rows, want, slices.Equal) {
			t.Errorf("%s: Read = %+v, %v, want %q", c.name, got, err, want)
		}
	}
}

func TestHeaderIsTheRowThatScoresBest(t *testing.T) {
	const text = "Class list\n\nName\nName,Form\nName,Form\nZoe,5B\n"
	got, err := Parse(context.Background(), []byte(text), "a.csv", named)
	if err != nil || got.Header != 3 || len(got.Rows) != 6 {
		t.Errorf("header = %+v, %v, want row 3 of 6", got, err)
	}
}

// book returns a workbook that fill has written into.
func book(t testing.TB, o excelize.Options, fill func(x *excelize.File)) []byte {
	t.Helper()
	x := excelize.NewFile()
	defer x.Close()
	fill(x)
	var b bytes.Buffer
	_, err := x.WriteTo(&b, o)
	must(t, err)
	return b.Bytes()
}

func TestReadWorkbook(t *testing.T) {
	data := book(t, excelize.Options{}, func(x *excelize.File) {
		must(t, x.SetSheetRow("Sheet1", "A1", &[]any{"Name", "Form"}))
		must(t, x.SetSheetVisible("Sheet1", true))
		for _, name := range []string{"Hidden", "Best", "Second"} {
			_, err := x.NewSheet(name)
			must(t, err)
		}
		must(t, x.SetSheetRow("Hidden", "A1", &[]any{"Name", "Form", "Born", "Name"}))
		must(t, x.SetSheetVisible("Hidden", false))
		must(t, x.SetSheetRow("Best", "A1", &[]any{"A title"}))
		must(t, x.SetSheetRow("Best", "A2", &[]any{"Name", "Form", "Born"}))
		must(t, x.SetSheetRow("Best", "A4", &[]any{"Zoe", "5B", 42000}))
		must(t, x.SetSheetRow("Best", "A5", &[]any{"Ned", "5B"}))
		must(t, x.MergeCell("Best", "B4", "B5"))
		must(t, x.SetCellFormula("Best", "A6", "A4&\"!\""))
		must(t, x.SetCellValue("Best", "B6", "6A"))
		must(t, x.SetSheetRow("Second", "A1", &[]any{"Name", "Form", "Born"}))
	})
	got, err := Parse(context.Background(), data, "a.xlsx", named)
	must(t, err)
	want := [][]string{{"A title"}, {"Name", "Form", "Born"}, {}, {"Zoe", "5B", "42000"}, {"Ned"}, {"", "6A"}}
	if got.Header != 1 || got.Others != 2 || got.From1904 || !slices.EqualFunc(got.Rows, want, sameCells) {
		t.Errorf("Parse = %+v, want %q", got, want)
	}
}

// sameCells compares rows but for blanks at their ends.
func sameCells(a, b []string) bool {
	for len(a) > 0 && a[len(a)-1] == "" {
		a = a[:len(a)-1]
	}
	return slices.Equal(a, b)
}

// TestFormulaGivesItsKeptValue puts a value beside a formula, as Excel does
// when it saves; the value need not be what the formula would give.
func TestFormulaGivesItsKeptValue(t *testing.T) {
	p := parts(t)
	p[sheet] = strings.Replace(p[sheet], `</row></sheetData>`,
		`<c r="C2" t="str"><f>HYPERLINK("http://example.invalid","x")</f><v>kept</v></c><c r="D2"><f>1+1</f></c></row></sheetData>`, 1)
	got, err := Parse(context.Background(), zipped(t, p), "a.xlsx", named)
	must(t, err)
	if want := []string{"Zoe", "42000", "kept"}; !sameCells(got.Rows[1], want) {
		t.Errorf("row = %q, want %q", got.Rows[1], want)
	}
}

func TestWhatIsNoTable(t *testing.T) {
	row := func(x *excelize.File) { must(t, x.SetSheetRow("Sheet1", "A1", &[]any{"Name", "Form"})) }
	for _, c := range []struct {
		name, data, file string
		want             error
	}{
		{"nothing", "", "a.csv", ErrEmpty},
		{"white space", "\r\n ", "a.csv", ErrEmpty},
		{"no header", "Secret,Words\n", "a.csv", ErrNoHeader},
		{"no header in a workbook", string(book(t, excelize.Options{}, func(*excelize.File) {})), "a.xlsx", ErrNoHeader},
		{"a password", string(book(t, excelize.Options{Password: "secret"}, row)), "a.xlsx", ErrPassword},
		{"an old workbook", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Workbook", "a.xls", ErrOldExcel},
		{"a broken archive", "PK\x03\x04 no more", "a.xlsx", ErrNotSpreadsheet},
		{"another archive", string(zipped(t, map[string]string{"word/document.xml": "<w/>"})), "a.xlsx", ErrNotSpreadsheet},
		{"a web page", "<!DOCTYPE html><p>Name</p>", "a.csv", ErrNotSpreadsheet},
		{"XML", "<?xml version=\"1.0\"?><a/>", "a.csv", ErrNotSpreadsheet},
		{"bytes", "\x89PNG\r\n\x1a\n\x00\x00", "a.csv", ErrNotSpreadsheet},
		{"too large", strings.Repeat("x", MaxBytes+1), "a.csv", ErrTooLarge},
		{"too many rows", "Name,Form\n" + strings.Repeat("a,b\n", MaxRows+HeaderDepth), "a.csv", ErrTooLarge},
	} {
		got, err := Read(context.Background(), strings.NewReader(c.data), c.file, named)
		if !errors.Is(err, c.want) || got != nil {
			t.Errorf("%s: Read = %v, %v, want %v", c.name, got, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "Secret") {
			t.Errorf("%s: the error quotes a cell", c.name)
		}
	}
}

func TestReadStopsWhenItIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	sheet := book(t, excelize.Options{}, func(x *excelize.File) { must(t, x.SetSheetRow("Sheet1", "A1", &[]any{"Name", "Form"})) })
	for name, data := range map[string][]byte{"a.csv": []byte("Name,Form\nZoe,5B\n"), "loose.csv": []byte("Name,Form\n\"Zoe\" x,5B\n"), "a.xlsx": sheet} {
		if got, err := Parse(ctx, data, name, named); !errors.Is(err, context.Canceled) || got != nil {
			t.Errorf("%s: %v, %v, want a cancelled context", name, got, err)
		}
	}
}

// TestNoTemporaryFile reads a sheet larger than excelize keeps in memory by
// itself: what is in it must not be laid on the disk in clear.
func TestNoTemporaryFile(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	data := book(t, excelize.Options{}, func(x *excelize.File) {
		must(t, x.SetSheetRow("Sheet1", "A1", &[]any{"Name", "Form"}))
		w, err := x.NewStreamWriter("Sheet1")
		must(t, err)
		must(t, w.SetRow("A1", []any{"Name", "Form"}))
		for i := range 600 {
			cell, err := excelize.CoordinatesToCellName(1, i+2)
			must(t, err)
			must(t, w.SetRow(cell, []any{strings.Repeat("x", 32000), i}))
		}
		must(t, w.Flush())
	})
	left := func() int {
		files, err := os.ReadDir(dir)
		must(t, err)
		return len(files)
	}
	before, during := left(), 0
	got, err := Parse(context.Background(), data, "a.xlsx", func(cells []string) int {
		during = max(during, left())
		return named(cells)
	})
	if err != nil || len(got.Rows) != 601 {
		t.Fatalf("%v", err)
	}
	if during != before || left() != before {
		t.Errorf("%d files before, %d during, %d after", before, during, left())
	}
}

const sheet = "xl/worksheets/sheet1.xml"

// parts returns the parts of a small workbook by their names.
func parts(t testing.TB) map[string]string {
	t.Helper()
	whole := book(t, excelize.Options{}, func(x *excelize.File) {
		must(t, x.SetSheetRow("Sheet1", "A1", &[]any{"Name", "Born"}))
		must(t, x.SetSheetRow("Sheet1", "A2", &[]any{"Zoe", 42000}))
	})
	z, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	must(t, err)
	p := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		b, err := io.ReadAll(r)
		must(t, err)
		p[f.Name] = string(b)
	}
	return p
}

func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range parts {
		p, err := w.Create(name)
		must(t, err)
		_, err = io.WriteString(p, text)
		must(t, err)
	}
	must(t, w.Close())
	return b.Bytes()
}

// check holds what must be true of every table.
func check(t *testing.T, got *Table, err error) {
	t.Helper()
	if err != nil {
		if got != nil {
			t.Errorf("a table beside the error %v", err)
		}
		return
	}
	if got.Header >= len(got.Rows) || got.Header >= HeaderDepth || named(got.Rows[got.Header]) == 0 || len(got.Rows) > HeaderDepth+MaxRows {
		t.Errorf("header %d of %d rows", got.Header, len(got.Rows))
	}
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("Name,Form\nZoe,5B\n"))
	f.Add([]byte("\ufeffName;Form\n\"a\n\nb\";c\n"))
	f.Add([]byte("Name\n\"\"\"\n,,,\n\r\r"))
	f.Add([]byte(wideText("Name\tForm\n\"No\" she said\tx", "\xff\xfe", 0)))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := Parse(context.Background(), data, "a.csv", named)
		check(t, got, err)
	})
}

// FuzzWorkbook puts bytes in the place of the sheet of a workbook, where they
// reach further than in the place of the archive.
func FuzzWorkbook(f *testing.F) {
	p := parts(f)
	f.Add(p[sheet])
	f.Add(strings.ReplaceAll(p[sheet], `r="A2"`, `r="XFD1048576"`))
	f.Add(strings.ReplaceAll(p[sheet], `t="s"`, `t="inlineStr"`))
	f.Fuzz(func(t *testing.T, xml string) {
		changed := map[string]string{}
		for name, text := range p {
			changed[name] = text
		}
		changed[sheet] = xml
		got, err := Parse(context.Background(), zipped(t, changed), "a.xlsx", named)
		check(t, got, err)
	})
}
