package ui

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/referral"
)

// leaversPage shows, one list at a time, whose file has to go along, who is new
// and may have a file elsewhere, and which files are old.
type leaversPage struct {
	w    *Window
	list leaverList
	all  bool // also what is settled
	data *leaversData
	year *button // moves pupils up a year
	bar  *fyne.Container
	body *fyne.Container
	box  fyne.CanvasObject
}

// leaverList is one list of the page, by its name.
type leaverList string

const (
	listLeavers  leaverList = "Leavers"
	listStarters leaverList = "New pupils"
	listOld      leaverList = "Old files"
)

// leaversData is what the page shows.
type leaversData struct {
	school   records.School
	cal      records.Calendar
	today    records.Date
	leavers  []referral.Leaver // with something to do first
	starters []starter
	kept     []records.KeptFile
	removed  []records.Removal // of whole files, carried out
	pupils   []records.Pupil   // all of them, to choose from
	newYear  bool              // has begun and nobody has moved up
}

// starter is a pupil who joined lately; item is nil once there is an answer.
type starter struct {
	pupil records.Pupil
	item  *referral.Item
}

func newLeaversPage(w *Window, list leaverList) *leaversPage {
	p := &leaversPage{w: w, list: cmp.Or(list, listLeavers), bar: container.NewHBox(), body: column(6)}
	buttons := container.NewHBox()
	p.year = newButton("New school year …", func() { w.open(newYearPage(w)) })
	p.year.Hide() // until it is due
	buttons.Add(container.NewCenter(p.year))
	buttons.Add(container.NewCenter(plain("Back", func() { w.open(newPupilsPage(w)) })))
	p.box = pageFrame(w, column(2, container.NewBorder(nil, nil, nil, buttons, heading("Leavers and old files")), p.bar), p.body)
	return p
}

func (p *leaversPage) place() place                       { return placePupils }
func (p *leaversPage) content() fyne.CanvasObject         { return p.box }
func (p *leaversPage) leave() func(context.Context) error { return nil }
func (p *leaversPage) open()                              { load(p.w, p.load, p.show) }

// load reads the files of a year's leavers, those of earlier ones for whom there
// is still something to do, and what is to be known of the others. It touches no
// widget.
func (p *leaversPage) load(ctx context.Context) (*leaversData, error) {
	s := p.w.store
	local, err := localProcedures(ctx, s)
	if err != nil {
		return nil, err
	}
	now := records.StampOf(s.Now())
	d := &leaversData{today: now.Date()}
	if d.school, err = s.School(ctx); err != nil {
		return nil, err
	}
	if d.cal, err = s.Calendar(ctx); err != nil {
		return nil, err
	}
	year := d.today.Years(-1)
	add := func(f *records.File) error {
		l := referral.LeaverOf(f, local, d.school.FileInSchoolDays, now)
		if f.Pupil.Left != "" && (!f.Pupil.HasLeft(year) || rankOf(l) < 2) {
			d.leavers = append(d.leavers, l)
		}
		return nil
	}
	if err := errors.Join(s.EachFileSince(ctx, year, add), s.EachLeaver(ctx, year, add)); err != nil {
		return nil, err
	}
	if d.pupils, err = s.Pupils.All(ctx); err != nil {
		return nil, err
	}
	if s.Me.Role.Writes() {
		plan, err := s.NewYear(ctx)
		if err != nil {
			return nil, err
		}
		d.newYear = !plan.Done
	}
	for _, q := range d.pupils {
		item := referral.StarterItem(q, d.cal, now)
		lately := q.Joined != "" && q.Joined <= d.today && q.Joined.Years(1) >= d.today && !q.HasLeft(d.today)
		if s.Opens(q) && (lately || item != nil) {
			d.starters = append(d.starters, starter{q, item})
		}
	}
	d.sort()
	if d.removed, err = removedFiles(ctx, s); err != nil {
		return nil, err
	}
	d.kept, err = s.Retention(ctx, d.today)
	return d, err
}

// sort puts leavers with an open referral first, then by when the file is due;
// and of the new those who joined first.
func (d *leaversData) sort() {
	slices.SortStableFunc(d.leavers, func(a, b referral.Leaver) int {
		return cmp.Or(cmp.Compare(rankOf(a), rankOf(b)), cmp.Compare(a.Due, b.Due))
	})
	slices.SortStableFunc(d.starters, func(a, b starter) int { return cmp.Compare(a.pupil.Joined, b.pupil.Joined) })
}

func rankOf(l referral.Leaver) int {
	switch {
	case len(l.Open) > 0:
		return 0
	case l.Item != nil:
		return 1
	}
	return 2
}

func (p *leaversPage) show(d *leaversData) {
	p.data = d
	show(p.year, d.newYear)
	p.draw()
}

// draw shows the list that is chosen.
func (p *leaversPage) draw() {
	empty(p.bar)
	for _, name := range []leaverList{listLeavers, listStarters, listOld} {
		b := newButton(fmt.Sprintf("%s (%d)", name, p.data.open(name)), func() {
			p.list, p.all = name, false
			p.draw()
		})
		if name == p.list {
			b.Importance = widget.HighImportance
		}
		p.bar.Add(b)
	}
	p.bar.Refresh()
	empty(p.body)
	switch p.list {
	case listStarters:
		p.drawStarters()
	case listOld:
		p.drawOld()
	default:
		p.drawLeavers()
	}
	p.body.Refresh()
}

// open returns how many of a list wait for somebody.
func (d *leaversData) open(list leaverList) int {
	n := 0
	switch list {
	case listLeavers:
		for _, l := range d.leavers {
			if rankOf(l) < 2 {
				n++
			}
		}
	case listStarters:
		for _, s := range d.starters {
			if s.item != nil {
				n++
			}
		}
	default:
		for _, k := range d.kept {
			if k.Due {
				n++
			}
		}
	}
	return n
}

func (p *leaversPage) drawLeavers() {
	p.body.Add(plainText("Those who leave, or left in the last twelve months, and those of earlier years whose file has not arrived. A child protection file goes to the next school securely, apart from the main file, within five days, or in the first five days of a new term; the next school confirms that it came."))
	settled, nothing := 0, 0
	for _, l := range p.data.leavers {
		switch {
		case rankOf(l) < 2 || p.all && l.HasFile:
			p.body.Add(p.leaverRow(l))
		case l.HasFile:
			settled++
		default:
			nothing++
		}
	}
	if len(p.data.leavers) == 0 {
		p.body.Add(card(prose("Nobody has a leaving date in the last twelve months, and no older file waits. Leavers come here when a new school year begins, or when a leaving date is given on the pupil's file.")))
	}
	p.rest(settled, "whose file has arrived, or for whom none is to be sent")
	if nothing > 0 {
		p.body.Add(quiet(capital(count(nothing, "leaver has", "leavers have")) + " nothing in this record: nothing has to go along."))
	}
}

// rest says how many are settled, with a button to see them.
func (p *leaversPage) rest(n int, what string) {
	if n > 0 {
		p.body.Add(container.NewHBox(widget.NewLabel(capital(count(n, "pupil", "pupils"))+" "+what+"."),
			plain("Show them", func() { p.all = true; p.draw() })))
	}
}

func (p *leaversPage) leaverRow(l referral.Leaver) fyne.CanvasObject {
	text := column(-8, plainText(leaverSays(l)))
	if n := len(l.Open); n > 0 {
		open := wrapped(widget.NewLabelWithStyle(capital(count(n, "referral is", "referrals are"))+" still open, challenges included. Tell the next lead where it stands.", fyne.TextAlignLeading, fyne.TextStyle{Bold: true}))
		text = column(-8, open, text)
	}
	fill, late := palette[colorCard], "Left "+l.Pupil.Left.String()
	if l.Pupil.Left >= p.data.today {
		late = "Leaves " + l.Pupil.Left.String()
	}
	if l.Item != nil && l.Item.Urgency <= referral.Overdue {
		fill = palette[colorLate]
		late += "\n" + upperFirst(l.Item.Late)
	}
	buttons := container.NewHBox()
	if l.HasFile && p.w.store.Me.Role.Writes() {
		buttons.Add(newButton("The file …", func() { p.w.open(transferForm(p.w, l.Pupil)) }))
	}
	return p.pupilRow(fill, l.Pupil, text, late, buttons)
}

// leaverSays says in one sentence how it stands with a leaver's file.
func leaverSays(l referral.Leaver) string {
	t := l.Pupil.Transfer
	switch {
	case l.Item != nil:
		return l.Item.Sentence
	case t.NotNeeded != "":
		return "No file is to be sent: " + t.NotNeeded
	case t.Receipt != "":
		return "The file went to " + t.NextSchool + " on " + t.Sent.String() + ", which confirmed it on " + t.Receipt.String() + "."
	}
	return "Nothing in this record has to go along."
}

// pupilRow is a row of any of the lists: who, what about it, when, what to do.
func (p *leaversPage) pupilRow(fill color.Color, q records.Pupil, text fyne.CanvasObject, when string, buttons *fyne.Container) fyne.CanvasObject {
	name := widget.NewHyperlinkWithStyle(q.Name(), nil, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	name.OnTapped = func() { p.w.open(newPupilPage(p.w, q.ID)) }
	name.Wrapping = fyne.TextWrapWord // a button would run over what stands beside it
	about := quiet(when)
	return tinted(fill, container.NewBorder(nil, nil, container.New(&fixedWidth{190}, column(-8, name, quiet(yearAndForm(&q)))),
		container.NewHBox(container.New(&fixedWidth{150}, about), container.New(&stackLayout{gap: 2}, buttons)), text))
}

func (p *leaversPage) drawStarters() {
	p.body.Add(plainText("Those who joined in the last twelve months, and those whose last school never answered. Ask each pupil's last school or nursery whether it kept a child protection file: one that did not come is easily taken for one that does not exist."))
	settled := 0
	for _, s := range p.data.starters {
		if s.item == nil && !p.all {
			settled++
			continue
		}
		p.body.Add(p.starterRow(s))
	}
	if len(p.data.starters) == 0 {
		p.body.Add(card(prose("Nobody has joined in the last twelve months, by the dates in the pupils' files.")))
	}
	p.rest(settled, "whose last school has answered")
}

func (p *leaversPage) starterRow(s starter) fyne.CanvasObject {
	o := s.pupil.OldFile
	fill, says, when := palette[colorCard], "", "Joined "+s.pupil.Joined.String()
	switch {
	case s.item != nil:
		says = s.item.Sentence
		if s.item.Urgency <= referral.Overdue {
			fill, when = palette[colorLate], when+"\n"+upperFirst(s.item.Late)
		}
	case o.Received != "":
		says = "The file came on " + o.Received.String() + "."
	default:
		says = "There is no file: " + o.None
	}
	buttons := container.NewHBox()
	if p.w.store.Me.Role.Writes() {
		buttons.Add(newButton("Note the answer …", func() { p.w.open(oldFileForm(p.w, s.pupil)) }))
	}
	return p.pupilRow(fill, s.pupil, plainText(says), when, buttons)
}
