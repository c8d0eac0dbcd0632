package ui

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"throughline/records"
	"throughline/referral"
	"throughline/referral/procedures"
)

// yearNews is what Today says about the school year.
type yearNews struct {
	missing  int       // the school year whose terms are to be entered; 0 for none
	rollOver int       // the school year for which the pupils are to be moved up; 0 for none
	starters int       // new pupils whose last school has not answered, where they are many
	late     int       // of them, for longer than they should be
	old      int       // files that have reached their time
	leavers  int       // whose file has not arrived, where they are many
	lateFile int       // of them, whose file is late
	due      []dueItem // for leavers and new pupils where they are few, and for leavers' referrals
}

// How many new pupils, and how many leavers' files, Today names; more are one
// row, as when a whole year group has left or joined.
const (
	mostStarters = 3
	mostLeavers  = 8
)

// loadYear finds what Today says about the school year. It touches no widget.
func loadYear(ctx context.Context, s *records.Store, local *procedures.Procedures) (n yearNews, err error) {
	now := records.StampOf(s.Now())
	cal, err := s.Calendar(ctx)
	if err != nil {
		return n, err
	}
	if len(cal.Terms) > 0 { // a record in its first weeks has more urgent gaps; Settings says this one
		n.missing = cal.Missing(now.Date())
	}
	plan, err := s.NewYear(ctx)
	if err != nil {
		return n, err
	}
	if !plan.Done && len(plan.Moves) > 0 {
		n.rollOver = plan.Year
	}
	kept, err := s.Retention(ctx, now.Date())
	if err != nil {
		return n, err
	}
	for _, k := range kept {
		if k.Due && k.Asked == nil {
			n.old++
		}
	}
	pupils, err := s.Pupils.All(ctx)
	if err != nil {
		return n, err
	}
	pupils = slices.DeleteFunc(pupils, func(q records.Pupil) bool { return !s.Opens(q) })
	n.addStarters(pupils, cal, now)
	return n, n.addLeavers(ctx, s, local, now)
}

// addStarters adds what is to be asked about new pupils: one by one while they
// are few, and as a number when a whole year group has joined.
func (n *yearNews) addStarters(pupils []records.Pupil, cal records.Calendar, now records.Stamp) {
	var few []dueItem
	for _, q := range pupils {
		i := referral.StarterItem(q, cal, now)
		if i == nil {
			continue
		}
		few = append(few, dueItem{*i, q})
		if i.Urgency <= referral.Overdue {
			n.late++
		}
	}
	if len(few) > mostStarters {
		n.starters = len(few)
		return
	}
	n.due, n.late = append(n.due, few...), 0
}

// addLeavers adds what is due for those who have left, however long ago: a duty
// that nobody has done gets older, not smaller.
func (n *yearNews) addLeavers(ctx context.Context, s *records.Store, local *procedures.Procedures, now records.Stamp) error {
	school, err := s.School(ctx)
	if err != nil {
		return err
	}
	var files []dueItem
	err = s.EachLeaver(ctx, now.Date(), func(f *records.File) error {
		for _, i := range referral.LeaverItems(f, local, school.FileInSchoolDays, now) {
			if i.Referral != "" {
				n.due = append(n.due, dueItem{i, f.Pupil})
				continue
			}
			files = append(files, dueItem{i, f.Pupil})
			if i.Urgency <= referral.Overdue {
				n.lateFile++
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(files) > mostLeavers {
		n.leavers = len(files)
		return nil
	}
	n.due = append(n.due, files...)
	return nil
}

// showYear shows what belongs to the school year rather than to one pupil.
func (p *todayPage) showYear(n yearNews) {
	if n.rollOver+n.missing+n.starters+n.leavers+n.old == 0 || !p.w.store.Me.Role.Writes() {
		return
	}
	p.list.Add(subheading("The school year"))
	if n.rollOver != 0 {
		p.list.Add(p.yearRow("A new school year has begun. Move the pupils up for "+records.SchoolYearName(n.rollOver)+": they are all shown first.", "Look",
			func() { p.w.open(newYearPage(p.w)) }))
	}
	if n.missing != 0 {
		p.list.Add(p.yearRow("The terms of "+records.SchoolYearName(n.missing)+" are not known yet. Deadlines and patterns count school days by them.", "Calendar",
			func() { p.w.open(newCalendarPage(p.w)) }))
	}
	if n.leavers != 0 {
		p.list.Add(p.yearRow(fmt.Sprintf("The files of %d leavers are still on their way to the next school, %d of them late.", n.leavers, n.lateFile), "Look",
			func() { p.w.open(newLeaversPage(p.w, listLeavers)) }))
	}
	if n.starters != 0 {
		says := capital(count(n.starters, "new pupil", "new pupils")) + ": the last school has not said yet whether it kept a file"
		if n.late > 0 {
			says += ", of " + count(n.late, "pupil", "pupils") + " for longer than five days"
		}
		p.list.Add(p.yearRow(says+".", "Look", func() { p.w.open(newLeaversPage(p.w, listStarters)) }))
	}
	if n.old != 0 {
		p.list.Add(p.yearRow(capital(count(n.old, "file has", "files have"))+" reached the time to be looked at.", "Look",
			func() { p.w.open(newLeaversPage(p.w, listOld)) }))
	}
}

func (p *todayPage) yearRow(says, label string, do func()) fyne.CanvasObject {
	return card(container.NewBorder(nil, nil, nil, newIconButton(label, theme.NavigateNextIcon(), do), plainText(says)))
}

// openItem opens what an item is about: how a file goes along, where it is about
// that, and otherwise the record.
func (p *todayPage) openItem(i dueItem) {
	switch {
	case i.Ref.Kind != records.KindPupil || !p.w.store.Me.Role.Writes():
		p.w.openRef(i.pupil.ID, i.Ref)
	case i.pupil.Left != "":
		p.w.open(transferForm(p.w, i.pupil))
	default:
		p.w.open(oldFileForm(p.w, i.pupil))
	}
}
