package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

// fieldLabels are the fields of a pupil as people say them.
var fieldLabels = map[string]string{
	"upn": "UPN", "forename": "Forename", "surname": "Surname", "known_as": "Known as", "born": "Date of birth", "sex": "Sex",
	"year_group": "Year", "form": "Form", "ethnicity": "Ethnicity", "religion": "Religion", "language": "First language", "needs": "Needs",
	"address": "Address", "gp": "GP", "nhs_number": "NHS number", "joined": "Joined the school", "left": "Left the school",
}

// showPlan shows what an import would do, and the button that does it.
func (p *importPage) showPlan(plan *records.RollPlan) {
	p.plan, p.left = plan, map[records.ID]bool{}
	empty(p.stage)
	if p.columns != nil {
		m := chosenColumns(p.columns)
		p.stage.Add(container.NewHBox(plain("Back to the columns", func() { p.showColumns(m) })))
	}
	p.stage.Add(p.summary(plan))
	var rejected []rejectedRow
	var warned, fresh, changed []string
	for _, l := range plan.Lines {
		row := p.rowName(l.Row)
		switch l.Verdict {
		case records.RollRejected:
			rejected = append(rejected, rejectedRow{l.Row, l.Why})
			continue
		case records.RollNew:
			fresh = append(fresh, listName(&l.Pupil)+detail(yearAndForm(&l.Pupil)))
		case records.RollChanged:
			changed = append(changed, listName(&l.Pupil)+": "+changesInWords(l.Changes))
		}
		for _, w := range l.Warnings {
			warned = append(warned, row+", "+listName(&l.Pupil)+": "+w)
		}
	}
	p.rejected(rejected)
	p.list("To be checked", "These pupils can be kept. Something in their row was left out or looks unusual.", warned)
	if len(plan.Gone) > 0 {
		p.stage.Add(p.gone(plan.Gone))
	}
	p.list("Changed", "", changed)
	p.list("New", "", fresh)
	p.shown()
}

// summary is the card with the counts and the button.
func (p *importPage) summary(plan *records.RollPlan) fyne.CanvasObject {
	fresh, changed := plan.Count(records.RollNew), plan.Count(records.RollChanged)
	counts := prose(fmt.Sprintf("From %s: %d new, %d changed, %d the same, %s rejected. %s kept and on roll, but not in the file.", plan.From,
		fresh, changed, plan.Count(records.RollSame), count(plan.Count(records.RollRejected), "row", "rows"), capital(count(len(plan.Gone), "pupil is", "pupils are"))))
	if fresh+changed+len(plan.Gone) == 0 {
		return card(counts, quiet("There is nothing to keep."))
	}
	note := "Nothing is kept yet. What is changed stays in the pupil's history, and a field that is not in the file stays as it is."
	return card(subheading("What would change"), counts, container.NewHBox(primary("Keep these", p.keep)), quiet(note))
}

// gone is the card of those who are not in the file, with a box for each.
func (p *importPage) gone(gone []records.Pupil) fyne.CanvasObject {
	list := widget.NewList(func() int { return len(gone) },
		func() fyne.CanvasObject { return newCheck("", nil) },
		func(i int, o fyne.CanvasObject) {
			c, pupil := o.(*checkBox), &gone[i]
			c.OnChanged = nil
			c.Text = listName(pupil) + detail(yearAndForm(pupil))
			c.SetChecked(p.left[pupil.ID])
			c.OnChanged = func(on bool) { p.left[pupil.ID] = on }
			c.Refresh()
		})
	list.HideSeparators = true
	height := float32(min(len(gone), 6)) * 38
	return card(subheading(fmt.Sprintf("Perhaps left (%d)", len(gone))),
		plainText("These pupils are kept and on roll, but not in the file. Tick who has left; the others stay as they are. Their files stay, whoever is ticked."),
		container.New(&fixedHeight{height}, list))
}

// fixedHeight gives its one object a height and the width there is.
type fixedHeight struct{ height float32 }

func (l *fixedHeight) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, l.height)
}

func (l *fixedHeight) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

// showDone says what was kept.
func (p *importPage) showDone(plan *records.RollPlan, left int) {
	empty(p.stage)
	text := fmt.Sprintf("Done: %d added, %d changed, %d marked as having left.", plan.Count(records.RollNew), plan.Count(records.RollChanged), left)
	if n := plan.Count(records.RollRejected); n > 0 {
		text += fmt.Sprintf(" %s left out; put them right in your system and bring the file in again.", capital(count(n, "row was", "rows were")))
	}
	p.stage.Add(card(prose(text), quiet("Delete the file now if you do not need it: it is not encrypted."),
		container.NewHBox(primary("Show the pupils", func() { p.w.open(newPupilsPage(p.w)) }))))
	p.shown()
}

func listName(p *records.Pupil) string { return p.Surname + ", " + p.Forename }

func detail(text string) string {
	if text == "" {
		return ""
	}
	return "  ·  " + text
}

// changesInWords says what an import would change of a pupil.
func changesInWords(changes []records.RollChange) string {
	var parts []string
	for _, c := range changes {
		old, fresh := strings.ReplaceAll(c.Old, "\n", "; "), strings.ReplaceAll(c.New, "\n", "; ")
		switch {
		case old == "":
			parts = append(parts, fieldLabels[c.Field]+": "+fresh)
		case fresh == "":
			parts = append(parts, fieldLabels[c.Field]+": "+old+" is taken out")
		default:
			parts = append(parts, fieldLabels[c.Field]+": "+old+" becomes "+fresh)
		}
	}
	return strings.Join(parts, "  ·  ")
}
