package review

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"throughline/chronology/wording"
)

// lineWidth is how many characters a line of the report has at most.
const lineWidth = 78

// WriteText writes the result for somebody to read.
func (r *Result) WriteText(w io.Writer) error {
	p := &printer{w: bufio.NewWriter(w)}
	p.line("", fmt.Sprintf("%s, of which %d could be read. Nothing was kept.", count(r.Rows, "row", "rows"), r.Rows-len(r.Rejected)))
	if len(r.undated) > 0 {
		p.line("", fmt.Sprintf("%s: undated. Kept, but out of anything that has to do with time.", rowList(r.undated)))
	}
	p.section("Rows that could not be read", len(r.Rejected))
	for _, x := range r.Rejected {
		p.item(fmt.Sprintf("Row %d. %s", x.Row, x.Why))
	}
	p.section("What the wording asks", len(r.Wording))
	for _, f := range r.Wording {
		p.item(f.sentence())
	}
	p.tested("What recurs", r.Patterns)
	p.tested("What is getting worse", r.Deterioration)
	p.section("What nobody has answered", len(r.Unanswered))
	for _, s := range r.Unanswered {
		p.item(s.Statement + evidence(s.Rows))
	}
	p.section("Where the line falls silent", len(r.Quiet))
	for _, s := range r.Quiet {
		p.item(s.Statement)
	}
	if r.Voice.Statement != "" {
		p.section("The child's own words", 1)
		p.item(r.Voice.Statement + evidence(r.Voice.Rows))
	}
	p.section("What cannot be said", len(r.TooLittle))
	for _, s := range r.TooLittle {
		p.item(s)
	}
	if p.err == nil {
		p.err = p.w.Flush()
	}
	return p.err
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

// section writes a heading where there is something below it.
func (p *printer) section(name string, n int) {
	if n > 0 {
		p.line("", "")
		p.line("", name)
	}
}

func (p *printer) tested(name string, list []Tested) {
	p.section(name, len(list))
	for _, s := range list { // the statement itself says what chance would do
		p.item(s.Statement + evidence(s.Rows))
	}
}

func (p *printer) item(text string) { p.line("  - ", text) }

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
