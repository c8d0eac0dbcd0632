package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/referral/procedures"
)

// proceduresNews says what the school should know of its own copy of the local
// procedures: why it is not used, or which edition waits. It is empty when there
// is nothing to say.
func proceduresNews(l procedures.Followed) string {
	switch {
	case l.Refused != nil && l.Edited:
		return l.Refused.Error() + " Until it is mended, clocks and ladder go on by the copy that is in force."
	case l.Refused != nil:
		return l.Refused.Error() + " Until it is mended, clocks and ladder go by what ships with Throughline: " + l.Title + "."
	case l.Waiting != nil:
		return "An edition of " + l.Waiting.Title + " is kept for " + l.Waiting.EditionDate.String() + ". Until then the one in force is used."
	}
	return ""
}

// proceduresCard says on Today that the school's own procedures cannot be used;
// nil when they can.
func (p *todayPage) proceduresCard(l procedures.Followed) fyne.CanvasObject {
	if l.Refused == nil {
		return nil
	}
	return tinted(palette[colorLate], plainText(proceduresNews(l)),
		container.NewHBox(newButton("Go to the settings", func() { p.w.goTo(string(placeSettings)) })))
}
