package review

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// check holds what must be true of every result.
func check(t *testing.T, r *Result, err error) {
	t.Helper()
	if err != nil {
		if r != nil {
			t.Errorf("a result beside the error %v", err)
		}
		return
	}
	seen := 0
	for _, x := range r.Rejected {
		if x.Row <= seen || x.Why == "" {
			t.Errorf("rejected = %v", r.Rejected)
		}
		seen = x.Row
	}
	if r.Rows < len(r.Rejected)+len(r.undated) {
		t.Errorf("%d rows, of which %d rejected and %d undated", r.Rows, len(r.Rejected), len(r.undated))
	}
	if b, err := json.Marshal(r); err != nil || !json.Valid(b) {
		t.Errorf("the result cannot be marshalled: %v", err)
	}
	if err := r.WriteText(io.Discard); err != nil {
		t.Error(err)
	}
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte(plainCSV))
	f.Add([]byte("\ufeffDate;Details\n3.3.24;\"a\n\nb\"\n"))
	f.Add([]byte("date\n\"\"\"\n,,,\n\r\r"))
	f.Add([]byte(utf16Text("date\tsummary\n45354.5\tx", true, true)))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Read(bytes.NewReader(data), "a.csv", Options{Now: now})
		check(t, r, err)
	})
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"about 3 March 2024", "c. 2024-03-03", "45354.5", "3-5 March 2024", "Mar-24", "2024-03-03T09:15:00+01:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w, err := row{[]string{s, "10:00"}, layout{"date": {0}, "time": {1}}}.when(now, false)
		if err != nil && w.Date != "" {
			t.Errorf("%q = %v beside the error %v", s, w, err)
		}
		if w.Date != "" && (w.Date.Time().IsZero() || w.At != "" && w.At.Date() != w.Date) {
			t.Errorf("%q = %+v", s, w)
		}
	})
}

// FuzzWorkbook puts bytes in the place of the sheet of a workbook, where they
// reach further than in the place of the archive.
func FuzzWorkbook(f *testing.F) {
	x := excelize.NewFile()
	must(f, x.SetSheetRow("Sheet1", "A1", &[]any{"Date", "Summary"}))
	must(f, x.SetSheetRow("Sheet1", "A2", &[]any{45354, "text"}))
	var whole bytes.Buffer
	_, err := x.WriteTo(&whole)
	must(f, err)
	must(f, x.Close())
	const sheet = "xl/worksheets/sheet1.xml"
	parts := map[string]string{}
	z, err := zip.NewReader(bytes.NewReader(whole.Bytes()), int64(whole.Len()))
	must(f, err)
	for _, p := range z.File {
		r, err := p.Open()
		must(f, err)
		b, err := io.ReadAll(r)
		must(f, err)
		parts[p.Name] = string(b)
	}
	f.Add(parts[sheet])
	f.Add(strings.ReplaceAll(parts[sheet], `r="A2"`, `r="XFD1048576"`))
	f.Add(strings.ReplaceAll(parts[sheet], `t="s"`, `t="inlineStr"`))
	f.Fuzz(func(t *testing.T, xml string) {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for name, text := range parts {
			if name == sheet {
				text = xml
			}
			p, err := w.Create(name)
			must(t, err)
			_, err = io.WriteString(p, text)
			must(t, err)
		}
		must(t, w.Close())
		r, err := Read(&b, "a.xlsx", Options{Now: now})
		check(t, r, err)
	})
}
