package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/records"
)

// drawOld shows the files that have reached their time, those on hold, and those
// that never reach it because the birth date is missing.
func (p *leaversPage) drawOld() {
	years := p.data.school.Retention()
	p.body.Add(plainText(fmt.Sprintf("A file is looked at %d years after the pupil's birth. Nothing is removed by itself: somebody decides to keep it on, or asks for its removal, which waits 48 hours. A hold keeps a file, however old it is.", years)))
	var due, held, unknown []records.KeptFile
	for _, k := range p.data.kept {
		switch {
		case len(k.Holds) > 0:
			held = append(held, k)
		case k.Due:
			due = append(due, k)
		case k.Reaches == "":
			unknown = append(unknown, k)
		}
	}
	p.group("To be looked at", "No file has reached its time.", due)
	p.group("On hold", "No file is on hold.", held)
	if p.w.store.Me.Role.Writes() {
		p.body.Add(container.NewHBox(newButton("Put a file on hold …", func() { p.w.open(holdForm(p.w, records.Pupil{}, p.data.pupils)) })))
	}
	p.group("Without a birth date", "Every pupil has a birth date.", unknown)
	p.removedGroup()
}

func (p *leaversPage) group(title, none string, files []records.KeptFile) {
	p.body.Add(subheading(title))
	if len(files) == 0 {
		p.body.Add(card(plainText(none)))
	}
	for _, k := range files {
		p.body.Add(p.oldRow(k))
	}
}

func (p *leaversPage) oldRow(k records.KeptFile) fyne.CanvasObject {
	text, buttons := column(-8), container.NewVBox()
	when := "Born " + k.Pupil.Born.String()
	switch {
	case len(k.Holds) > 0:
		for _, h := range k.Holds {
			text.Add(plainText(holdSays(h)))
		}
	case k.Reaches == "":
		when = ""
		text.Add(plainText("Without a birth date this file never comes up. Give one in the pupil's details."))
	default:
		text.Add(plainText("Reached its time on " + k.Reaches.String() + "."))
	}
	if r := k.Pupil.Review; r.On != "" {
		text.Add(quiet("Looked at on " + r.On.String() + " and kept until " + r.Until.String() + ": " + r.Why))
	}
	if k.Asked != nil {
		says := "Its removal was asked for"
		if len(k.Holds) > 0 {
			says += ", and waits for the hold"
		} else if k.Asked.Due != "" {
			says += "; it is carried out from " + k.Asked.Due.String()
		}
		text.Add(quiet(says + ": " + k.Asked.Reason))
	}
	if p.w.store.Me.Role.Writes() {
		p.oldButtons(k, buttons)
	}
	return p.pupilRow(palette[colorCard], k.Pupil, text, when, buttons)
}

func (p *leaversPage) oldButtons(k records.KeptFile, buttons *fyne.Container) {
	w, q := p.w, k.Pupil
	if k.Asked != nil {
		buttons.Add(newButton("Let it stay …", func() { w.open(stayForm(w, q, k.Asked.ID)) }))
	}
	switch {
	case len(k.Holds) > 0:
		for _, h := range k.Holds {
			buttons.Add(newButton("End the hold …", func() { w.open(endHoldForm(w, q, h)) }))
		}
	case k.Reaches == "":
		buttons.Add(newButton("Give the birth date …", func() { w.open(newPupilForm(w, q)) }))
	default:
		buttons.Add(newButton("Keep it on …", func() { w.open(reviewForm(w, q)) }))
		buttons.Add(newButton("Put it on hold …", func() { w.open(holdForm(w, q, nil)) }))
		if k.Asked == nil && w.store.Me.Role.Manages() {
			buttons.Add(newButton("Ask for its removal …", func() { w.open(removalForm(w, q)) }))
		}
	}
}

// holdSays says in one sentence why a file is on hold.
func holdSays(h records.Hold) string {
	s := h.Reason.String() + ", since " + h.From.String() + "."
	if h.Note != "" {
		s += " " + h.Note
	}
	return s
}
