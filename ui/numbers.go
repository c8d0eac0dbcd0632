package ui

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

// numbersPage shows how much there is and no file: what a governor sees.
type numbersPage struct {
	w    *Window
	sum  *widget.Label
	body *fyne.Container
	box  fyne.CanvasObject
}

func newNumbersPage(w *Window) *numbersPage {
	p := &numbersPage{w: w, sum: quiet(""), body: column(10)}
	p.box = pageFrame(w, column(-4, heading("Numbers"), p.sum), p.body)
	return p
}

func (p *numbersPage) place() place                       { return placeNumbers }
func (p *numbersPage) content() fyne.CanvasObject         { return p.box }
func (p *numbersPage) leave() func(context.Context) error { return nil }
func (p *numbersPage) open()                              { load(p.w, p.w.store.Numbers, p.show) }

func (p *numbersPage) show(n *records.Numbers) {
	p.sum.SetText(n.School + ", " + n.From.String() + " to " + n.To.String() +
		". Numbers from 1 to 4, and others that would give them away, are not shown, so that no child can be recognised.")
	empty(p.body)
	p.body.Add(sideBySide(
		tallyCard("Concerns by category", "A concern may stand under several.", n.Categories),
		column(10,
			tallyCard("Concerns by term", "", n.Terms),
			tallyCard("Pupils by status today", "", n.Statuses),
			tallyCard("Referrals sent, by decision of social care", "", n.Outcomes),
			tallyCard("Challenges opened, by kind", "", n.Challenges),
			tallyCard("Good practice of others", "", n.Practices))))
	p.body.Refresh()
}

func tallyCard(title, note string, t records.Tally) fyne.CanvasObject {
	c := column(-8)
	line := func(name string, n int, bold bool) {
		number := widget.NewLabelWithStyle(shownCount(n), fyne.TextAlignTrailing, fyne.TextStyle{Bold: bold})
		text := widget.NewLabelWithStyle(name, fyne.TextAlignLeading, fyne.TextStyle{Bold: bold})
		text.Truncation = fyne.TextTruncateEllipsis
		c.Add(container.NewBorder(nil, nil, nil, number, text))
	}
	for _, k := range t.Counts {
		line(k.Name, k.N, false)
	}
	line("In all", t.Total, true)
	head := wrapped(subheading(title))
	if note == "" {
		return card(head, c)
	}
	return card(head, quiet(note), c)
}

func shownCount(n int) string {
	if n == records.Suppressed {
		return "not shown"
	}
	return strconv.Itoa(n)
}
