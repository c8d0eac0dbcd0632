package chronology

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"throughline/records"
)

// columns are those that national and local templates share, in order. Their
// widths are chosen so that a page of A4 on its side prints at 7½ points.
var columns = []column{
	{"Row", 4.5},
	{"Date", 10.5},
	{"Exact?", 7.5},
	{"Time", 6},
	{"Agency", 9.5},
	{"Source of information", 12.5},
	{"Event", 33},
	{"+/−", 4},
	{"Impact on the child", 12},
	{"The child's voice", 16},
	{"Parent or carer's response", 11.5},
	{"Action, and by whom", 14},
	{"Decision and reason", 16},
	{"Outcome", 12.5},
	{"Status then", 9},
	{"Full entry", 10},
	{"Entered by", 9},
	{"Entered on", 10.5},
}

// places of columns that are not text.
const (
	colRow = iota
	colDate
	colExact
	colTime
	colEvent   = 6
	colSign    = 7
	colEntered = 17
)

// sheetRow is one row of the sheet, or a continuation of the row above.
type sheetRow struct {
	cells  []any
	height float64 // points
	bytes  int     // of text
}

// layout returns the rows of each chronology sheet: one sheet, unless there is
// more text than may go on one.
func (b *book) layout(line Line) [][]sheetRow {
	parts := [][]sheetRow{nil}
	size := 0
	for i := range line {
		rows := b.rows(i+1, &line[i])
		n := 0
		for _, r := range rows {
			n += r.bytes
		}
		if size += n; size > sheetLimit {
			parts, size = append(parts, nil), n
		}
		last := len(parts) - 1
		parts[last] = append(parts[last], rows...)
	}
	return parts
}

// rows returns an entry as the row it takes, and the rows it goes on in.
func (b *book) rows(number int, e *Entry) []sheetRow {
	texts := b.texts(e)
	perLine := lineHeight
	for _, t := range texts {
		if strings.ContainsFunc(t, tall) {
			perLine = tallLine
			break
		}
	}
	pieces, heights, n := divide(texts, linesInRow(perLine))
	if n > 1 { // lower rows leave less of a page empty
		pieces, heights, n = divide(texts, linesInRow(perLine)*6/10)
	}
	rows := make([]sheetRow, n)
	for k := range rows {
		r := &rows[k]
		r.cells = make([]any, len(columns))
		lines := 1
		for c := range columns {
			text := ""
			if k < len(pieces[c]) {
				text = strings.TrimRight(pieces[c][k], "\n")
				lines = max(lines, heights[c][k])
			}
			if c == colEvent && k > 0 {
				text = paragraphs(fmt.Sprintf("(Row %d continued)", number), text)
				if k < len(pieces[c]) {
					lines = max(lines, heights[c][k]+1)
				}
			}
			r.cells[c] = b.cell(textStyle, nil)
			if text != "" {
				r.cells[c] = b.cell(textStyle, text)
			}
			r.bytes += xmlSize(text)
		}
		b.values(r.cells, number, e)
		r.height = min(rowLimit, float64(lines)*perLine+rowPadding)
	}
	return rows
}

// divide returns the pieces of each text that fit into rows of so many lines,
// the lines each takes, and how many rows that makes. One line is kept for the
// words that say that a row is continued.
func divide(texts []string, lines int) (pieces [][]string, heights [][]int, rows int) {
	rows = 1
	for c, t := range texts {
		p, h := pour(t, columns[c].room(), lines-1)
		pieces, heights = append(pieces, p), append(heights, h)
		rows = max(rows, len(p))
	}
	return pieces, heights, rows
}

// texts returns the text of each column, "" for those that hold numbers.
func (b *book) texts(e *Entry) []string {
	event := e.Event
	if b.o.Filter.Significant && e.Summary != "" {
		event = e.Summary
	}
	t := make([]string, len(columns))
	t[4], t[5] = e.Agency, e.Source
	t[colEvent] = paragraphs(heading(e), event, label("Opinion: ", e.Opinion))
	t[8], t[9], t[10], t[11] = e.Impact, e.Voice, e.Response, e.Action
	t[12] = paragraphs(e.Decision, label("Reason: ", e.Reason))
	t[13], t[14], t[15], t[16] = e.Outcome, e.Status.String(), paragraphs(reference(e.Ref), label("Imported from ", e.Imported)), e.By
	for c := range t {
		t[c] = b.hide(records.Clean(t[c]))
	}
	return t
}

// heading returns the first line of an event: what kind of entry it is, how
// serious it looked, and where.
func heading(e *Entry) string {
	s := e.Title
	if len(e.Categories) > 1 {
		for _, c := range e.Categories[1:] {
			s += "; " + c.String()
		}
	}
	if e.Severity > 0 {
		s += " (" + strings.ToLower(e.Severity.String()) + ")"
	}
	return s + label(". Place: ", e.Place)
}

// values puts numbers, dates and times into the cells of a row. A continuation
// row has the same, so that it stays with its row when the sheet is sorted or
// filtered.
func (b *book) values(cells []any, number int, e *Entry) {
	cells[colRow] = b.cell(centreStyle, number)
	cells[colExact] = b.cell(centreStyle, exactness(e.When))
	cells[colTime] = b.cell(timeStyle, nil)
	cells[colSign] = b.cell(centreStyle, nil)
	if e.Significance != "" {
		cells[colSign] = b.cell(centreStyle, e.Significance)
	}
	cells[colEntered] = b.cell(dateStyle, nil)
	cells[colDate] = b.cell(dateStyle, nil)
	if day, ok := serial(e.When.Date); ok {
		style := dateStyle
		if e.When.Precision == records.InMonth {
			style = monthStyle
		}
		cells[colDate] = b.cell(style, day)
	} else if e.When.Date != "" {
		cells[colDate] = b.cell(centreStyle, e.When.Date.String())
	}
	if e.When.At != "" {
		cells[colTime] = b.cell(timeStyle, clock(e.When.At))
	}
	if e.Recorded != "" {
		cells[colEntered] = b.cell(dateStyle, serialTime(e.Recorded))
	}
}

func exactness(w records.When) string {
	switch {
	case w.Date == "":
		return "undated"
	case w.Precision == "":
		return string(records.Exact)
	}
	return string(w.Precision)
}

// reference returns what finds the full entry again: its kind, the end of its
// ID (the start is a date) and the version.
func reference(r records.Ref) string {
	id, kind := string(r.ID), string(r.Kind)
	if r.Kind == records.KindTie {
		kind = "household"
	}
	if len(id) > 8 {
		id = id[len(id)-8:]
	}
	s := strings.TrimSpace(kind + " " + id)
	if r.Version > 1 {
		s += fmt.Sprintf(" v%d", r.Version)
	}
	return s
}

// xmlSize returns the bytes that text takes in a sheet, at most.
func xmlSize(text string) int {
	n := len(text) + 60
	for _, c := range []string{"&", "<", ">", "\"", "'", "\n", "\t"} {
		n += 5 * strings.Count(text, c)
	}
	return n
}

func sheetName(part int) string {
	if part == 0 {
		return "Chronology"
	}
	return fmt.Sprintf("Chronology %d", part+1)
}

// chronology writes one chronology sheet.
func (b *book) chronology(part int, rows []sheetRow) error {
	name := sheetName(part)
	widths := make([]float64, len(columns))
	head := make([]any, len(columns))
	lines := 1
	for i, c := range columns {
		widths[i] = c.chars
		head[i] = b.cell(headStyle, c.name)
		_, n := fill(c.name, c.room()*8/10, 99) // bold, and beside the filter's button
		lines = max(lines, n)
	}
	if len(rows) == 0 {
		rows = []sheetRow{b.nothing()}
	}
	sw, err := b.sheet(name, "landscape", widths, len(rows)+1)
	if err != nil {
		return err
	}
	if err := sw.SetPanes(&excelize.Panes{
		Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft",
	}); err != nil {
		return err
	}
	if err := sw.SetRow("A1", head, excelize.RowOpts{Height: float64(lines)*lineHeight + rowPadding}); err != nil {
		return err
	}
	for i, r := range rows {
		if err := sw.SetRow(fmt.Sprintf("A%d", i+2), r.cells, excelize.RowOpts{Height: r.height}); err != nil {
			return err
		}
	}
	last, err := excelize.CoordinatesToCellName(len(columns), len(rows)+1)
	if err != nil {
		return err
	}
	if err := sw.AddTable(&excelize.Table{
		Range: "A1:" + last, Name: strings.ReplaceAll(name, " ", ""), StyleName: "TableStyleLight1",
	}); err != nil {
		return err
	}
	if err := sw.Flush(); err != nil {
		return err
	}
	return b.x.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: "'" + name + "'!$1:$1", Scope: name,
	})
}

// nothing returns the row of a chronology without entries.
func (b *book) nothing() sheetRow {
	cells := make([]any, len(columns))
	for c := range cells {
		cells[c] = b.cell(textStyle, nil)
	}
	cells[colEvent] = b.cell(textStyle, "There are no entries in this selection.")
	return sheetRow{cells: cells, height: 2*lineHeight + rowPadding}
}
