package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/referral"
)

func (p *pupilPage) showHead() {
	f := p.data.file
	name := wrapped(heading(f.Pupil.Name()))
	name.Truncation = fyne.TextTruncateOff // the surname comes last
	log := p.w.writeButton("Log a concern", func() { p.w.open(newConcernPage(p.w, p.id)) })
	log.Importance = widget.HighImportance
	buttons := container.NewHBox(log, p.referButton(),
		newButton("Export chronology …", func() { newExport(p.w, p.data).show() }),
		p.w.writeButton("Correct details", func() { p.w.open(newPupilForm(p.w, p.data.file.Pupil)) }))
	who := quiet(whoIs(&f.Pupil, p.data.today))
	who.Wrapping = fyne.TextWrapOff
	tags := container.NewHBox()
	for _, b := range f.Bands {
		if b.From <= p.data.today && (b.To == "" || b.To >= p.data.today) {
			tags.Add(container.NewCenter(tag(bandName(&b)+" since "+b.From.String(), bandColours[b.Status], palette[theme.ColorNameForeground])))
		}
	}
	if f.Pupil.Left != "" {
		tags.Add(container.NewCenter(tag("Left on "+f.Pupil.Left.String(), palette[colorCardBorder], palette[theme.ColorNameForeground])))
	}
	worker := quiet(labelled("Worker: ", workerOn(f.Bands, p.data.today)))
	worker.Wrapping, worker.Truncation = fyne.TextWrapOff, fyne.TextTruncateEllipsis
	empty(p.head)
	p.head.Add(container.NewBorder(nil, nil, nil, container.NewCenter(buttons), name))
	p.head.Add(container.NewBorder(nil, nil, container.NewHBox(who, tags), nil, worker))
	p.head.Refresh()
}

// referButton begins a referral, goes on with the one that is a draft, or opens
// the one that social care have.
func (p *pupilPage) referButton() *button {
	for _, r := range p.data.file.Referrals {
		if r.Pupil == p.id && r.SentAt == "" && r.NotReferred == "" {
			return p.w.writeButton("Go on with the referral", func() { p.w.open(newReferralPage(p.w, p.id, r.ID)) })
		}
	}
	if r := referral.Following(p.data.file); r != nil {
		return newButton("Open the referral", func() { p.w.open(newReferralPage(p.w, p.id, r.ID)) })
	}
	return p.w.writeButton("Begin a referral", func() { p.w.open(newReferralPage(p.w, p.id, "")) })
}

// whoIs says in one line who a pupil is, besides the name.
func whoIs(p *records.Pupil, today records.Date) string {
	var parts []string
	if age := p.AgeOn(today); age >= 0 {
		parts = append(parts, fmt.Sprintf("%d years old", age))
	} else {
		parts = append(parts, "Date of birth not known")
	}
	if y := yearAndForm(p); y != "" {
		parts = append(parts, y)
	}
	if p.Born != "" {
		parts = append(parts, "born "+p.Born.String())
	}
	return strings.Join(parts, "  ·  ")
}

// workerOn returns who is named as the worker of the status that holds on a
// day, or "".
func workerOn(bands []records.StatusBand, day records.Date) string {
	worker := ""
	for _, b := range bands {
		if b.Worker != "" && b.From <= day && (b.To == "" || b.To >= day) {
			worker = b.Worker
		}
	}
	return worker
}
