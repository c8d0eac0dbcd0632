package chronology

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// peerWorkbook writes the sheets it is given as XlsxWriter does at its quickest
// and prints how many seconds that took, without reading them.
const peerWorkbook = `
import json, sys, time, io, xlsxwriter
sheets = json.load(sys.stdin)
start = time.perf_counter()
book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
head, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
for n, rows in enumerate(sheets):
    sheet = book.add_worksheet()
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    for r, row in enumerate(rows or []):
        for c, text in enumerate(row or []):
            if text:
                sheet.write_string(r, c, text, wrap if r else head)
book.close()
print(time.perf_counter() - start)
`

// BenchmarkPeerWorkbook writes a chronology of 10,000 rows, and has XlsxWriter
// write the same cells. The budget is half of its time.
func BenchmarkPeerWorkbook(b *testing.B) {
	python := pythonWith("xlsxwriter")
	if python == "" {
		fmt.Println("python3-xlsxwriter is not installed: no figures against it") // which Skip would say under -v alone
		b.SkipNow()
	}
	f, l := story(), many(10000)
	o := WorkbookOptions{School: "Fernhill"}
	cells := cellsOf(b, workbookBytes(b, func(w io.Writer) error { return WriteWorkbook(w, f, l, o) }))
	var ours, theirs []float64
	for b.Loop() {
		start := time.Now()
		if err := WriteWorkbook(io.Discard, f, l, o); err != nil {
			b.Fatal(err)
		}
		ours = append(ours, time.Since(start).Seconds())
		cmd := exec.Command(python, "-c", peerWorkbook)
		cmd.Stdin = bytes.NewReader(cells)
		out, err := cmd.Output()
		if err != nil {
			b.Fatal(err)
		}
		took, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
		if err != nil {
			b.Fatal(err)
		}
		theirs = append(theirs, took)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(least(ours)*1e3, "ours-ms")
	b.ReportMetric(least(theirs)*1e3, "xlsxwriter-ms")
	b.ReportMetric(least(ours)/least(theirs), "ours/xlsxwriter")
}

// least returns the smallest: what a busy machine adds is no part of either.
func least(list []float64) float64 {
	best := list[0]
	for _, v := range list {
		best = min(best, v)
	}
	return best
}

func workbookBytes(b *testing.B, write func(io.Writer) error) []byte {
	b.Helper()
	var out bytes.Buffer
	if err := write(&out); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// cellsOf returns the text of every cell of a workbook, as JSON.
func cellsOf(b *testing.B, book []byte) []byte {
	b.Helper()
	x, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	var sheets [][][]string
	rows := 0
	for _, name := range x.GetSheetList() {
		sheet, err := x.GetRows(name)
		if err != nil {
			b.Fatal(err)
		}
		rows += len(sheet)
		sheets = append(sheets, sheet)
	}
	if rows < 10000 {
		b.Fatalf("the workbook has only %d rows", rows)
	}
	out, err := json.Marshal(sheets)
	if err != nil {
		b.Fatal(err)
	}
	return out
}

// pythonWith returns a Python that has the module, the system's if need be, or
// nothing.
func pythonWith(module string) string {
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(python, "-c", "import "+module).Run() == nil {
			return python
		}
	}
	return ""
}
