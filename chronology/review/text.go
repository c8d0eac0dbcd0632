package review

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"throughline/chronology/page"
	"throughline/chronology/wording"
	"throughline/records"
)

// lineWidth is how many characters a line of the report has at most.
const lineWidth = 78

// Section is a part of the report: a heading and what stands below it.
type Section struct {
	Title string
	Items []string
}

// Lead says in one or two sentences what was read.
func (r *Result) Lead() string {
	s := fmt.Sprintf("%s, of which %d could be read. Nothing was kept.", count(r.Rows, "row", "rows"), r.Rows-len(r.Rejected))
	if len(r.undated) > 0 {
		s += fmt.Sprintf(" %s: undated. Read, but left out of anything that has to do with time.", rowList(r.undated))
	}
	return s
}

// Sections returns the report in the order in which it is read, without
// sections that have nothing to say.
func (r *Result) Sections() []Section {
	var all []Section
	add := func(title string, items []string) {
		if len(items) > 0 {
			all = append(all, Section{title, items})
		}
	}
	var rejected, asks, quiet, voice []string
	for _, x := range r.Rejected {
		rejected = append(rejected, fmt.Sprintf("Row %d. %s", x.Row, x.Why))
	}
	for _, f := range r.Wording {
		asks = append(asks, f.sentence())
	}
	for _, s := range r.Quiet {
		quiet = append(quiet, s.Statement)
	}
	if r.Voice.Statement != "" {
		voice = append(voice, r.Voice.Statement+evidence(r.Voice.Rows))
	}
	add("Rows that could not be read", rejected)
	add("What the wording asks", asks)
	add("What is getting worse", statements(r.Deterioration))
	add("What recurs", statements(r.Patterns))
	add("What nobody has answered", open(r.Unanswered))
	add("Where the line falls silent", quiet)
	add("Plans and decisions that drift", open(r.Drift))
	add("The child's own words", voice)
	add("What cannot be said", r.TooLittle)
	return all
}

// statements returns each statement with its rows; the statement itself says
// what chance would do.
func statements(list []Tested) []string {
	var s []string
	for _, t := range list {
		s = append(s, t.Statement+evidence(t.Rows))
	}
	return s
}

func open(list []Open) []string {
	var s []string
	for _, o := range list {
		s = append(s, o.Statement+evidence(o.Rows))
	}
	return s
}

// WriteText writes the result for somebody to read.
func (r *Result) WriteText(w io.Writer) error {
	p := &printer{w: bufio.NewWriter(w)}
	p.line("", r.Lead())
	for _, s := range r.Sections() {
		p.line("", "")
		p.line("", s.Title)
		for _, item := range s.Items {
			p.line("  - ", item)
		}
	}
	if p.err == nil {
		p.err = p.w.Flush()
	}
	return p.err
}

// WritePDF writes the result as a tagged PDF. made is printed as the time at
// which it was made; the same arguments give the same bytes.
func (r *Result) WritePDF(w io.Writer, made time.Time) error {
	d := page.New(page.Info{
		Title: "What a chronology shows", Subject: "A reading of somebody else's chronology", Aside: "Confidential",
		Footer: "made " + records.StampOf(made).String(), Made: made,
	})
	d.Heading(1, "What a chronology shows")
	d.Paragraph(page.Text(r.Lead())...)
	d.Note("Rows count from 1 below the heading of the spreadsheet. This is arithmetic over what was written down, and questions about its wording. It gives no score and takes no decision.")
	for _, s := range r.Sections() {
		d.Heading(2, s.Title)
		var items []page.Item
		for _, text := range s.Items {
			items = append(items, page.Item{Spans: page.Text(text)})
		}
		d.List(items...)
	}
	return d.Write(w, "")
}

func (f *Finding) sentence() string {
	s := fmt.Sprintf("Row %d, %s: \"%s\" (%s", f.Row, f.Column, strings.Join(strings.Fields(f.Text), " "), strings.ReplaceAll(string(f.Kind), "_", " "))
	if len(f.Missing) > 0 {
		var missing []string
		for _, m := range f.Missing {
			missing = append(missing, partName(m))
		}
		s += "; it does not say " + strings.Join(missing, ", ")
	}
	return s + "). " + f.Ask
}

func partName(p wording.Part) string {
	switch p {
	case wording.What:
		return "what is watched"
	case wording.HowLong:
		return "how long"
	case wording.NextSteps:
		return "what happens next"
	}
	return string(p)
}

// evidence returns the rows behind a statement in brackets.
func evidence(rows []int) string {
	if len(rows) == 0 {
		return ""
	}
	return " (" + rowList(rows) + ".)"
}

// rowList returns "Row 3", "Rows 1 and 2" or "Rows 1 to 4 and 9": three or more
// that follow one another are a run.
func rowList(rows []int) string {
	var s []string
	for i := 0; i < len(rows); {
		j := i
		for j+1 < len(rows) && rows[j+1] == rows[j]+1 {
			j++
		}
		if j-i < 2 {
			j = i
			s = append(s, fmt.Sprint(rows[i]))
		} else {
			s = append(s, fmt.Sprintf("%d to %d", rows[i], rows[j]))
		}
		i = j + 1
	}
	switch {
	case len(rows) == 1:
		return "Row " + s[0]
	case len(s) == 1:
		return "Rows " + s[0]
	}
	return "Rows " + strings.Join(s[:len(s)-1], ", ") + " and " + s[len(s)-1]
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

type printer struct {
	w   *bufio.Writer
	err error
}

// line writes text in lines of lineWidth, those after the first set in as far
// as the mark reaches.
func (p *printer) line(mark, text string) {
	indent := strings.Repeat(" ", len(mark))
	for first := true; first || text != ""; first = false {
		if !first {
			mark = indent
		}
		var head string
		head, text = breakAt(text, lineWidth-len(mark))
		if _, err := fmt.Fprintln(p.w, strings.TrimRight(mark+head, " ")); err != nil && p.err == nil {
			p.err = err
		}
	}
}

// breakAt cuts text at the last space within so many characters.
func breakAt(text string, most int) (head, rest string) {
	if utf8.RuneCountInString(text) <= most {
		return text, ""
	}
	n, space := 0, 0
	for i, r := range text {
		if r == ' ' {
			space = i
		}
		if n++; n > most && space > 0 {
			return text[:space], text[space+1:]
		}
	}
	return text, ""
}
