package ui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/chronology/pattern"
	"throughline/records"
)

// mostChanged is how many pupils whose line has changed Today shows at a time.
const mostChanged = 8

// changedLine is a pupil whose line says something that the member has not seen.
type changedLine struct {
	pupil records.Pupil
	news  []pattern.Statement // the gravest first
}

// sortChanged puts the pupil with the gravest news first.
func sortChanged(list []changedLine) {
	slices.SortStableFunc(list, func(a, b changedLine) int {
		return cmp.Or(pattern.ByGravity(a.news[0], b.news[0]), strings.Compare(a.pupil.Surname+a.pupil.Forename, b.pupil.Surname+b.pupil.Forename))
	})
}

// showChanged lists the pupils whose line has changed since the member last
// looked at its patterns.
func (p *todayPage) showChanged(d *todayData) {
	for n, c := range d.changed {
		if n == 0 {
			p.list.Add(subheading("The line has changed since you last looked"))
		}
		if n == mostChanged {
			p.list.Add(quiet(fmt.Sprintf("And of %s more. They move up as you look at these.", count(len(d.changed)-n, "pupil", "pupils"))))
			return
		}
		p.list.Add(p.changedRow(c))
	}
}

func (p *todayPage) changedRow(c changedLine) fyne.CanvasObject {
	name := plain(c.pupil.Name(), func() { p.w.open(newPupilPage(p.w, c.pupil.ID)) })
	name.Alignment = widget.ButtonAlignLeading
	look := newIconButton("Look", theme.VisibilityIcon(), func() {
		page := newPupilPage(p.w, c.pupil.ID)
		page.section = sectionPatterns
		p.w.open(page)
	})
	text := column(-8, plainText(c.news[0].Text))
	if more := len(c.news) - 1; more > 0 {
		text.Add(quiet("And " + count(more, "more statement", "more statements") + "."))
	}
	return card(container.NewBorder(nil, nil, container.New(&fixedWidth{190}, name), look, text))
}
