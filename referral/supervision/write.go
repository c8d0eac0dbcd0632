package supervision

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"throughline/chronology"
	"throughline/chronology/page"
	"throughline/records"
)

// Options is what a written report says of where it comes from.
type Options struct {
	School     records.School
	Author     records.Member
	AuditHead  string        // of the record when the report was made; printed, so that a paper copy pins it
	Now        records.Stamp // printed as the time at which the report was made
	Names      bool          // names in place of letters
	To         string        // whom it is for; empty where it stays with the author
	Reflection string        // of the author, on a session; printed last
	Password   string        // to open the file; empty writes it unencrypted
}

// printer writes one report.
type printer struct {
	doc  *page.Document
	o    Options
	of   func(f *records.File) string              // what a child is called
	in   func(f *records.File) func(string) string // for what stands in a child's file
	hide func(string) string                       // for everything else
}

// newPrinter begins a report on some children. Everything that is printed goes
// through in or hide, so that no name passes by.
func newPrinter(o Options, title string, files []*records.File, roll []records.Pupil) *printer {
	p := &printer{o: o}
	p.doc = page.New(page.Info{
		Title: title, Author: o.Author.Name, Subject: "Safeguarding supervision at " + o.School.Name, Aside: "Confidential",
		Footer: o.School.Name + " · made " + o.Now.String(), Made: o.Now.Time(),
	})
	if o.Names {
		same := func(s string) string { return s }
		p.of = func(f *records.File) string { return f.Pupil.Name() }
		p.in, p.hide = func(*records.File) func(string) string { return same }, same
		return p
	}
	l := chronology.NewLetters(files, roll)
	ins := map[records.ID]func(string) string{}
	p.of = func(f *records.File) string { return l.Of(f.Pupil.ID) }
	p.in = func(f *records.File) func(string) string {
		if ins[f.Pupil.ID] == nil {
			ins[f.Pupil.ID] = l.In(f)
		}
		return ins[f.Pupil.ID]
	}
	p.hide = l.Hide
	return p
}

// fact returns a line of a table of facts; an empty value is said to be so.
func (p *printer) fact(name, value string, hide func(string) string) page.Fact {
	if strings.TrimSpace(value) == "" {
		return page.Fact{Name: name, Value: []page.Span{{Text: "Not written down", Italic: true, Muted: true}}}
	}
	return page.Fact{Name: name, Value: page.Text(hide(value))}
}

// made says by whom and how the report was made, and for whom.
func (p *printer) made() []page.Fact {
	names := "Letters stand in place of the names of children, the same throughout; people at home are named by what they are to the child. " +
		"Names that the record does not hold are not replaced."
	if p.o.Names {
		names = "Full names"
	}
	facts := []page.Fact{
		{Name: "School", Value: page.Text(p.o.School.Name)},
		{Name: "Made by", Value: page.Text(p.o.Author.Name + ", " + p.o.Author.Role.String() + ", on " + p.o.Now.String())},
		{Name: "Names", Value: page.Text(names)},
	}
	if p.o.To != "" {
		facts = append(facts, page.Fact{Name: "For", Value: page.Text(p.o.To)})
	}
	return facts
}

// close ends the report with what pins it to the record.
func (p *printer) close(w io.Writer) error {
	if p.o.AuditHead != "" {
		p.doc.Note("Audit chain of the record when this was made: " + p.o.AuditHead + ".")
	}
	return p.doc.Write(w, p.o.Password)
}

// table prints a table of texts, whose first column heads its rows, or says
// that there is nothing.
func (p *printer) table(name, nothing string, columns []page.Column, rows [][]string) {
	if len(rows) == 0 {
		p.doc.Paragraph(page.Text(nothing)...)
		return
	}
	var all []page.Row
	for _, r := range rows {
		var cells [][]page.Span
		for _, c := range r {
			cells = append(cells, page.Text(c))
		}
		all = append(all, page.Row{Cells: cells})
	}
	p.doc.Table(name, columns, all, true)
}

// Sizes of a chart, in points.
const (
	barRow   = 17
	barLabel = 236 // room for the longest category
	barFirst = barLabel + 8
)

// chart draws bars with their figures and prints the same figures as a table.
// name says what is counted: "Concerns by month".
func (p *printer) chart(name, head string, bars []Bar, base int) {
	most := 1
	var said []string
	for _, b := range bars {
		most = max(most, b.N)
		said = append(said, b.Name+" "+strconv.Itoa(b.N))
	}
	alt := "Bar chart. " + name + ": " + strings.Join(said, ", ") + ". The same figures stand in the table below."
	p.doc.Figure(alt, chartHeight(bars), func(c *page.Canvas) {
		room := c.W - barFirst - 30
		for i, b := range bars {
			y := barRow * float64(i)
			c.Label(b.Name, barLabel, y+11.5, 8.5, barLabel, 1, page.Ink)
			if b.N > 0 {
				c.Box(barFirst, y+3, room*float64(b.N)/float64(most), barRow-6, page.Blue)
			}
			c.Label(strconv.Itoa(b.N), barFirst+room*float64(b.N)/float64(most)+5, y+11.5, 8.5, 0, -1, page.Ink)
		}
		c.Line(barFirst, 0, barFirst, barRow*float64(len(bars)), 0.8, page.Ink)
	})
	var rows [][]string
	for _, b := range bars {
		rows = append(rows, []string{b.Name, strconv.Itoa(b.N) + " of " + strconv.Itoa(base)})
	}
	p.table(name, "", []page.Column{{Head: head, Share: 3}, {Head: "Number", Share: 1}}, rows)
}

func chartHeight(bars []Bar) float64 { return barRow*float64(len(bars)) + 4 }

// of says a count with its base: "3 of 12".
func of(n, base int) string { return fmt.Sprintf("%d of %d", n, base) }
