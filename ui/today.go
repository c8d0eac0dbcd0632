package ui

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"throughline/chronology"
	"throughline/records"
	"throughline/referral"
	"throughline/referral/caseload"
	"throughline/referral/procedures"
)

// todayPage shows what is overdue and due over the whole school, most urgent
// first, and the entries that are too vague to act on.
type todayPage struct {
	w       *Window
	title   *widget.Label
	sum     *widget.Label
	list    *fyne.Container
	reading *widget.Label // how far the lines are read; on the list until they are
	box     fyne.CanvasObject
}

// todayData is what Today shows.
type todayData struct {
	now     records.Stamp
	due     []dueItem
	changed []changedLine
	vague   []vagueItem
	pupils  int
	copies  copies
	leaving []removalItem // what waits to be removed
	missing []missingPart // what a new record still lacks
	begun   []unfinished

	followed procedures.Followed // by the school, and what is wrong with its own copy

	year   yearNews
	school *caseload.School
	seen   map[records.ID]string
}

type dueItem struct {
	referral.Item
	pupil records.Pupil
}

// vagueItem is an entry that is still to be made plain.
type vagueItem struct {
	pupil records.Pupil
	entry chronology.Entry
}

func newTodayPage(w *Window) *todayPage {
	p := &todayPage{w: w, title: heading("Today"), sum: quiet(""), list: container.New(&stackLayout{gap: 6}), reading: quiet("")}
	p.box = pageFrame(w, column(-4, p.title, p.sum), p.list)
	return p
}

func (p *todayPage) place() place                       { return placeToday }
func (p *todayPage) content() fyne.CanvasObject         { return p.box }
func (p *todayPage) leave() func(context.Context) error { return nil }

func (p *todayPage) open() {
	load(p.w, p.load, func(d *todayData) {
		p.show(d)
		if d.school.Unread() > 0 {
			p.readOn(d)
		}
	})
}

// atFirst is how long Today waits for the lines before it shows what is due
// without them.
const atFirst = 700 * time.Millisecond

// load finds what is due over the whole school, and what the lines show as far
// as they are read. It touches no widget.
func (p *todayPage) load(ctx context.Context) (*todayData, error) {
	s := p.w.store
	followed, err := procedures.InForce(ctx, s)
	if err != nil {
		return nil, err
	}
	local := followed.Procedures
	d := &todayData{now: records.StampOf(s.Now()), followed: followed}
	if d.copies, err = p.w.backups().state(ctx); err != nil {
		return nil, err
	}
	if d.leaving, err = removalsWaiting(ctx, s); err != nil {
		return nil, err
	}
	if d.seen, err = s.Seen(ctx); err != nil {
		return nil, err
	}
	if d.year, err = loadYear(ctx, s, local); err != nil {
		return nil, err
	}
	if d.missing, err = p.loadMissing(ctx, d); err != nil {
		return nil, err
	}
	if d.begun, err = p.w.loadUnfinished(ctx); err != nil {
		return nil, err
	}
	if d.school, err = p.w.caseload.Open(ctx, s, local, d.now); err != nil {
		return nil, err
	}
	soon, cancel := context.WithTimeout(ctx, atFirst)
	defer cancel()
	p.w.caseload.Read(soon, d.school, nil) // the rest is read on while the page is shown
	d.gather()
	return d, ctx.Err()
}

// readOn reads the lines that are left, says how far it has come, and then
// shows what they say.
func (p *todayPage) readOn(d *todayData) {
	p.reading.SetText(stillReading(d.school.Unread()))
	reader, told := p.w.caseload, time.Now()
	save(p.w, func(ctx context.Context) error {
		return reader.Read(ctx, d.school, func(left int) {
			if time.Since(told) > 300*time.Millisecond {
				told = time.Now()
				fyne.Do(func() { p.reading.SetText(stillReading(left)) })
			}
		})
	}, func(err error) {
		if err != nil {
			p.w.complain(err)
			return
		}
		d.gather()
		p.show(d)
	})
}

func stillReading(left int) string {
	return "Reading the lines for what has changed and what is vague: " + count(left, "pupil", "pupils") + " to go …"
}

// gather lays out what the cases say.
func (d *todayData) gather() {
	d.due, d.vague, d.changed, d.pupils = nil, nil, nil, len(d.school.Cases)
	var items []referral.Item
	pupils := map[records.ID]records.Pupil{}
	for _, c := range d.school.Cases {
		pupils[c.Pupil.ID] = c.Pupil
		items = append(items, c.Items...)
		for _, e := range c.Line.Vague {
			d.vague = append(d.vague, vagueItem{c.Pupil, e})
		}
		if news := chronology.Changed(c.Line.Reading, d.seen[c.Pupil.ID]); c.Read && len(news) > 0 {
			d.changed = append(d.changed, changedLine{c.Pupil, news})
		}
	}
	for _, i := range d.year.due {
		items = append(items, i.Item)
		pupils[i.pupil.ID] = i.pupil
	}
	referral.SortItems(items)
	for _, i := range items {
		d.due = append(d.due, dueItem{i, pupils[i.Pupil]})
	}
	newestFirst(d.vague)
	sortChanged(d.changed)
}

// localProcedures returns the procedures that the school follows today.
func localProcedures(ctx context.Context, s *records.Store) (*procedures.Procedures, error) {
	local, err := procedures.InForce(ctx, s)
	return local.Procedures, err
}

func (p *todayPage) show(d *todayData) {
	p.title.SetText(d.now.Time().Format("Monday 2 January 2006"))
	late := 0
	for _, i := range d.due {
		if i.Urgency <= referral.Overdue {
			late++
		}
	}
	sum := fmt.Sprintf("%s overdue, %s due or waiting", count(late, "thing", "things"), count(len(d.due)-late, "thing", "things"))
	if d.school.Unread() == 0 {
		sum += ", " + count(len(d.vague), "entry", "entries") + " too vague to act on"
	}
	sum = capital(sum) + "."
	if d.pupils == 0 {
		sum = "" // noughts say nothing
	}
	p.sum.SetText(strings.TrimSpace(sum + p.backupLine(d.copies)))
	empty(p.list)
	if c := p.backupCard(d.copies); c != nil {
		p.list.Add(c)
	}
	if c := p.proceduresCard(d.followed); c != nil {
		p.list.Add(c)
	}
	switch {
	case d.pupils == 0:
		p.list.Add(p.noPupils())
	case len(d.due) == 0 && len(d.vague) == 0 && d.school.Unread() == 0:
		p.list.Add(card(prose("Nothing is due today, and every plan to watch says what, how long and what next.")))
	}
	p.showRemovals(d.leaving)
	p.showUnfinished(d.begun)
	p.showDue(d)
	p.showMissing(d.missing)
	if d.school.Unread() > 0 {
		p.list.Add(p.reading)
	}
	p.showYear(d.year)
	p.showChanged(d)
	p.showVague(d)
	p.list.Refresh()
}
