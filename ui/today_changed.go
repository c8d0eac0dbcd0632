package ui

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"throughline/chronology/pattern"
	"throughline/records"
)

// mostChanged is how many pupils whose line has changed Today shows at first, and
// how many more each time.
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
	if len(d.changed) == 0 {
		return
	}
	p.list.Add(subheading("The line has changed since you last looked"))
	p.list.Add(inParts(len(d.changed), mostChanged, func(i int) fyne.CanvasObject { return p.changedRow(d.changed[i]) },
		func(left int) string { return "And of " + count(left, "pupil", "pupils") + " more: show more" }))
}

func (p *todayPage) changedRow(c changedLine) fyne.CanvasObject {
	look := newIconButton("Look", theme.VisibilityIcon(), func() {
		page := newPupilPage(p.w, c.pupil.ID)
		page.section = sectionPatterns
		p.w.open(page)
	})
	text := column(-8, plainText(c.news[0].Text))
	if more := len(c.news) - 1; more > 0 {
		text.Add(quiet("And " + count(more, "more statement", "more statements") + "."))
	}
	return card(besideName(p.w.pupilLink(c.pupil), text, look))
}
