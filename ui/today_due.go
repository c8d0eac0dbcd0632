package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/referral"
)

// dueText is what is due, for how long it is not confirmed, and, for what
// comes before anything else, what to say and the ladder to take if they will
// not.
func dueText(i referral.Item) fyne.CanvasObject {
	text := column(-10, plainText(i.Sentence))
	if i.Waiting != "" {
		text.Add(quiet(i.Waiting + "."))
	}
	if i.Urgency == referral.AtOnce && i.Say != "" {
		text.Add(quiet("You could say: “" + i.Say + "”"))
	}
	if i.Climb != "" {
		text.Add(quiet(i.Climb))
	}
	return text
}

// dueButtons are what can be done about something that is due: keep that social
// care were asked, and open the record.
func (p *todayPage) dueButtons(i dueItem) fyne.CanvasObject {
	box := container.NewHBox()
	if i.Case != "" && i.Referral.Askable() {
		box.Add(widget.NewButton("We asked …", func() { p.w.askedAgain(i.pupil.ID, i.Case, i.Say, p.open) }))
	}
	box.Add(widget.NewButtonWithIcon("Open", theme.NavigateNextIcon(), func() { p.openItem(i) }))
	return box
}
