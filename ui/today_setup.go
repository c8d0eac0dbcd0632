package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"throughline/records"
)

// firstWeeks is how long after a record was first unlocked Today says what it
// still lacks.
const firstWeeks = 28 * 24 * time.Hour

// missingPart is something that a new record still lacks, and where it is filled
// in.
type missingPart struct {
	says, label string
	do          func()
}

// noPupils says how a record begins.
func (p *todayPage) noPupils() fyne.CanvasObject {
	if !p.w.store.Me.Role.Writes() {
		return card(prose("There are no pupils yet."))
	}
	return card(subheading("There are no pupils yet."),
		prose("Bring them in from your management information system, or add the pupils you have worries about. Everything else follows from their files."),
		container.NewHBox(p.w.besideAdd(primary("Add a pupil", func() { p.w.open(newPupilForm(p.w, records.Pupil{})) }))))
}

// loadMissing returns what a record in its first weeks still lacks; nothing
// for whoever does not write. It touches no widget.
func (p *todayPage) loadMissing(ctx context.Context, d *todayData) ([]missingPart, error) {
	w, s := p.w, p.w.store
	if !s.Me.Role.Writes() || w.isDemo() || d.copies.Used != "" && s.Now().Sub(d.copies.Used.Time()) > firstWeeks {
		return nil, nil
	}
	school, err := s.School(ctx)
	if err != nil {
		return nil, err
	}
	calendar, err := s.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	members, err := s.Members.All(ctx)
	if err != nil {
		return nil, err
	}
	var parts []missingPart
	add := func(missing bool, says, label string, do func()) {
		if missing {
			parts = append(parts, missingPart{says, label, do})
		}
	}
	door := d.followed.FrontDoor
	add(door.Phone == "" && school.FrontDoor == "" || door.OutOfHoursPhone == "" && school.OutOfHours == "",
		"The telephone numbers of social care’s front door, by day and out of hours: find them before they are needed.", "Local procedures",
		func() { w.open(newProceduresPage(w)) })
	add(len(calendar.Terms) == 0, "The dates of the terms: deadlines and patterns count school days by them.", "Calendar",
		func() { w.open(newCalendarPage(w)) })
	add(s.Me.Role.KeepsSafe() && !d.copies.Late() && d.copies.Failed == "" && w.backups().folder == "", "A folder for backups: if this computer is lost, so is the record.", "Settings",
		func() { w.goTo(string(placeSettings)) })
	add(s.Me.Role.Manages() && len(members) < 2, "A deputy, who can open the record when you are away.", "Settings",
		func() { w.goTo(string(placeSettings)) })
	return parts, nil
}

// showMissing lists what a new record still lacks.
func (p *todayPage) showMissing(parts []missingPart) {
	if len(parts) == 0 {
		return
	}
	rows := column(2, subheading("Still to be set up"))
	for _, s := range parts {
		end := container.NewVBox(newIconButton(s.label, theme.NavigateNextIcon(), s.do))
		rows.Add(container.New(layout.NewBorderLayout(nil, nil, nil, end), plainText(s.says), end))
	}
	p.list.Add(card(rows))
}
