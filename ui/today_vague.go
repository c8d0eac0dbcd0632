package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
)

// mostVague is how many entries Today shows at first, and how many more each
// time.
const mostVague = 25

// showVague lists the entries that are too vague to act on, the newest first.
func (p *todayPage) showVague(d *todayData) {
	if len(d.vague) == 0 {
		return
	}
	p.list.Add(layout.NewSpacer())
	p.list.Add(subheading("Too vague to act on"))
	p.list.Add(inParts(len(d.vague), mostVague, func(i int) fyne.CanvasObject { return p.vagueRow(d.vague[i]) },
		func(left int) string { return fmt.Sprintf("And %d older ones: show more", left) }))
}

// vagueRow shows an entry by the first thing that is vague in it. Who only reads
// can open it.
func (p *todayPage) vagueRow(v vagueItem) fyne.CanvasObject {
	open := func() { p.w.openRef(v.pupil.ID, v.entry.Ref) }
	mend := newIconButton("Make it plain", theme.DocumentCreateIcon(), open)
	if !p.w.store.Me.Role.Writes() {
		mend = newIconButton("Open", theme.NavigateNextIcon(), open)
	}
	f := v.entry.Vagueness()[0]
	return card(besideName(p.w.pupilLink(v.pupil),
		column(-8, quiet(v.entry.When.String()+"  ·  "+v.entry.Title), plainText("“"+f.Text+"”"), quiet(f.Ask)), mend))
}

// inParts shows rows some at a time: at the end of those that are shown stands a
// button for the next ones, named by what more says of those that are left.
func inParts(total, some int, row func(i int) fyne.CanvasObject, more func(left int) string) fyne.CanvasObject {
	rows := column(6)
	var add func(from int)
	add = func(from int) {
		to := min(total, from+some)
		for i := from; i < to; i++ {
			rows.Add(row(i))
		}
		if to < total {
			next := container.NewHBox()
			next.Add(newButton(more(total-to), func() { rows.Remove(next); add(to) }))
			rows.Add(next)
		}
	}
	add(0)
	return rows
}
