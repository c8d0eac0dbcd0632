package pack

import (
	"fmt"
	"strconv"
	"strings"

	"throughline/chronology"
	"throughline/chronology/page"
	"throughline/records"
)

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
		verb := "entered "
		if e.Imported != "" {
			verb = "imported "
		}
		when = append(when, page.Span{Text: "\n" + verb + e.Recorded.Date().String(), Muted: true})
	}
	if e.Status != "" {
		when = append(when, page.Span{Text: "\n" + e.Status.String(), Muted: true})
	}
	if at := p.now[e.Ref.ID].RecordedAt; p.reprint() && at > p.asOf() {
		when = append(when, page.Span{Text: "\nchanged since it was sent, " + at.Date().String(), Bold: true})
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
