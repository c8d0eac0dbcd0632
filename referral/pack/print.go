package pack

import (
	"fmt"
	"strconv"
	"strings"

	"throughline/chronology"
	"throughline/chronology/page"
	"throughline/records"
)

// timeline draws the child's line.
func (p *printer) timeline() {
	pic := layout(p.line, p.f.Bands, p.doc.Width())
	if len(pic.Lanes) == 0 {
		return
	}
	const legend = 16
	p.doc.Figure(describe(pic), pic.Height+legend, func(c *page.Canvas) {
		for _, b := range pic.Bands {
			c.Box(b.X1, 0, max(1, b.X2-b.X1), pic.Axis, page.Paper)
			c.Label(b.Label, b.X1+3, 9, 7, max(20, b.X2-b.X1-4), -1, page.Grey)
		}
		for _, t := range pic.Ticks {
			c.Line(t.X, 0, t.X, pic.Axis+3, 0.4, page.Hair)
			c.Label(t.Label, t.X, pic.Axis+12, 7, 0, 0, page.Grey)
		}
		for _, l := range pic.Lanes {
			c.Label(l.Name+" ("+strconv.Itoa(l.Count)+")", 0, l.Y+3, 8, pic.Left-4, -1, page.Ink)
			c.Line(pic.Left, l.Y, pic.Width, l.Y, 0.4, page.Hair)
			for _, d := range l.Dots {
				if d.Diamond {
					c.Diamond(d.X, l.Y, d.Radius+1.5, !d.Hollow, page.Ink)
				} else {
					c.Dot(d.X, l.Y, d.Radius, !d.Hollow, page.Blue)
				}
			}
		}
		c.Line(pic.Left, pic.Axis, pic.Width, pic.Axis, 0.8, page.Ink)
		p.legend(c, pic, pic.Height+8)
	})
}

// legend says what the marks are.
func (p *printer) legend(c *page.Canvas, pic picture, y float64) {
	x := pic.Left
	for _, severity := range []records.Severity{1, 3, 5} {
		c.Dot(x+7, y-2.5, dotLeast+dotStep*float64(severity), true, page.Blue)
		c.Label(severity.String(), x+17, y, 7, 0, -1, page.Grey)
		x += 88
	}
	c.Dot(x+7, y-2.5, dotLeast+dotStep*2, false, page.Blue)
	c.Label("Hearsay", x+17, y, 7, 0, -1, page.Grey)
	if pic.Undated > 0 {
		c.Label("Undated: "+strconv.Itoa(pic.Undated), x+58, y, 7, 0, -1, page.Grey)
	}
}

// describe says in words what the picture shows.
func describe(pic picture) string {
	var parts []string
	for _, l := range pic.Lanes {
		parts = append(parts, fmt.Sprintf("%s %d", l.Name, l.Count))
	}
	s := "Timeline from " + pic.From.String() + " to " + pic.To.String() + ". Entries in each lane: " + strings.Join(parts, ", ") + "."
	for _, b := range pic.Bands {
		s += " " + b.Label + " is shown behind the lanes."
	}
	return s
}

// chronology prints the numbered entries as a table, on landscape pages.
func (p *printer) chronology() {
	if len(p.ev.rows) == 0 {
		return
	}
	p.doc.NewPage(true)
	p.doc.Heading(2, "Chronology")
	p.doc.Note(fmt.Sprintf("%s of the %d on the child's line: those marked as significant and those that this referral rests on. "+
		"Entered late shows: the second date is when an entry was recorded.", count(len(p.ev.rows), "entry", "entries"), p.ev.whole))
	var rows []page.Row
	for i := range p.ev.rows {
		rows = append(rows, p.row(i+1, &p.ev.rows[i]))
	}
	p.doc.Table("Chronology", []page.Column{
		{Head: "No.", Share: 4}, {Head: "When", Share: 11.5}, {Head: "Agency and source", Share: 16},
		{Head: "What happened", Share: 27}, {Head: "The child's words", Share: 13},
		{Head: "Parents", Share: 11}, {Head: "Action, decision, outcome", Share: 17.5},
	}, rows, true)
}

func (p *printer) row(n int, e *chronology.Entry) page.Row {
	when := page.Text(e.When.String())
	if e.Recorded != "" && e.When.Date != "" && e.When.Date < e.Recorded.Date() {
		when = append(when, page.Span{Text: "\nentered " + e.Recorded.Date().String(), Muted: true})
	}
	if e.Status != "" {
		when = append(when, page.Span{Text: "\n" + e.Status.String(), Muted: true})
	}
	voice := ""
	if e.Voice != "" {
		voice = quoted(e.Voice)
	}
	return page.Row{Anchor: anchor(n), Cells: [][]page.Span{
		{{Text: strconv.Itoa(n)}},
		when,
		p.source(e),
		p.event(e),
		page.Text(voice),
		page.Text(e.Response),
		labelled("", e.Action, "Decision. ", e.Decision, "Reason. ", e.Reason, "Outcome. ", e.Outcome),
	}}
}

func (p *printer) source(e *chronology.Entry) []page.Span {
	spans := labelled("", e.Agency, "", e.Source)
	if e.By != "" {
		spans = append(spans, page.Span{Text: "\nentered by " + e.By, Muted: true})
	}
	return spans
}

func (p *printer) event(e *chronology.Entry) []page.Span {
	title := e.Title
	if e.Severity > 0 {
		title += "\u00a0· " + lower(e.Severity.String())
	}
	spans := []page.Span{{Text: title, Bold: true}, {Text: ifSet("\u00a0· ", e.Place) + "\n"}}
	spans = append(spans, label(records.Statement{Standing: e.Standing})...)
	was := ""
	if e.Ref.Kind == records.KindConcern {
		was = "How the child was. "
	}
	spans = append(spans, labelled("", e.Event, was, e.Impact)...)
	if c := concernOf(p.f, e.Ref); c.Opinion != "" {
		spans = append(spans, page.Span{Text: "\nProfessional opinion. ", Bold: true},
			page.Span{Text: join(" ", stop(c.Opinion), ifSet("It rests on: ", stop(c.OpinionBasis)))})
	}
	return spans
}

// labelled returns pairs of label and text, each on a line of its own; empty
// texts are left out.
func labelled(pairs ...string) []page.Span {
	var spans []page.Span
	for i := 0; i+1 < len(pairs); i += 2 {
		text := strings.TrimSpace(pairs[i+1])
		if text == "" {
			continue
		}
		if len(spans) > 0 {
			spans = append(spans, page.Span{Text: "\n"})
		}
		spans = append(spans, page.Span{Text: pairs[i], Bold: true}, page.Span{Text: text})
	}
	return spans
}
