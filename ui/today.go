package ui

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/chronology"
	"throughline/records"
	"throughline/referral"
	"throughline/referral/procedures"
)

// todayPage shows what is overdue and due over the whole school, most urgent
// first, and the entries that are too vague to act on.
type todayPage struct {
	w     *Window
	title *widget.Label
	sum   *widget.Label
	list  *fyne.Container
	box   fyne.CanvasObject
}

// todayData is what Today shows.
type todayData struct {
	now     records.Stamp
	due     []dueItem
	changed []changedLine
	vague   []vagueItem
	pupils  int
	copies  records.Backups
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
	p := &todayPage{w: w, title: heading("Today"), sum: quiet(""), list: container.New(&stackLayout{gap: 6})}
	p.box = pageFrame(w, column(-4, p.title, p.sum), p.list)
	return p
}

func (p *todayPage) place() place                       { return placeToday }
func (p *todayPage) content() fyne.CanvasObject         { return p.box }
func (p *todayPage) leave() func(context.Context) error { return nil }
func (p *todayPage) open()                              { load(p.w, p.load, p.show) }

// load reads every file of the school. It touches no widget.
func (p *todayPage) load(ctx context.Context) (*todayData, error) {
	s := p.w.store
	local, err := localProcedures(ctx, s)
	if err != nil {
		return nil, err
	}
	now := records.StampOf(s.Now())
	d := &todayData{now: now}
	if d.copies, err = s.Backups(ctx); err != nil {
		return nil, err
	}
	var items []referral.Item
	pupils := map[records.ID]records.Pupil{}
	seen, err := s.Seen(ctx)
	if err != nil {
		return nil, err
	}
	err = s.EachFile(ctx, func(f *records.File) error {
		d.pupils++
		pupils[f.Pupil.ID] = f.Pupil
		items = append(items, referral.Items(f, local, now)...)
		line := chronology.Of(f)
		for _, e := range line {
			if len(vagueIn(e)) > 0 {
				d.vague = append(d.vague, vagueItem{f.Pupil, e})
			}
		}
		if news := chronology.Changed(chronology.Read(f, line), seen[f.Pupil.ID]); len(news) > 0 {
			d.changed = append(d.changed, changedLine{f.Pupil, news})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	referral.SortItems(items)
	for _, i := range items {
		d.due = append(d.due, dueItem{i, pupils[i.Pupil]})
	}
	newestFirst(d.vague)
	sortChanged(d.changed)
	return d, nil
}

// localProcedures returns the procedures that the school follows.
func localProcedures(ctx context.Context, s *records.Store) (*procedures.Procedures, error) {
	school, err := s.School(ctx)
	if err != nil {
		return nil, err
	}
	if school.Procedures == "" {
		return procedures.Load("default")
	}
	return procedures.Load(school.Procedures)
}

const mostVague = 25

func (p *todayPage) show(d *todayData) {
	p.title.SetText(d.now.Time().Format("Monday 2 January 2006"))
	late := 0
	for _, i := range d.due {
		if i.Urgency <= referral.Overdue {
			late++
		}
	}
	p.sum.SetText(fmt.Sprintf("%s overdue, %s due or waiting, %s too vague to act on.",
		count(late, "thing", "things"), count(len(d.due)-late, "thing", "things"), count(len(d.vague), "entry", "entries")))
	empty(p.list)
	if c := p.backupCard(d.copies); c != nil {
		p.list.Add(c)
	}
	switch {
	case d.pupils == 0:
		p.list.Add(card(subheading("There are no pupils yet."),
			prose("Add the pupils you have worries about. Everything else follows from their files."),
			container.NewHBox(primary("Add a pupil", func() { p.w.open(newPupilForm(p.w, records.Pupil{})) }))))
	case len(d.due) == 0 && len(d.vague) == 0:
		p.list.Add(card(prose("Nothing is due today, and every plan to watch says what, how long and what next.")))
	}
	p.showDue(d)
	p.showChanged(d)
	p.showVague(d)
	p.list.Refresh()
}

func (p *todayPage) showDue(d *todayData) {
	for n, i := range d.due {
		if n == 0 || i.Urgency != d.due[n-1].Urgency {
			p.list.Add(subheading(i.Urgency.String()))
		}
		p.list.Add(p.dueRow(i))
	}
}

func (p *todayPage) dueRow(i dueItem) fyne.CanvasObject {
	fill := palette[colorCard]
	when := quiet(i.Late)
	when.Alignment = fyne.TextAlignTrailing
	if i.Urgency <= referral.Overdue {
		fill = palette[colorLate]
		when.Importance = widget.DangerImportance
		when.TextStyle.Bold = true
	}
	name := plain(i.pupil.Name(), func() { p.w.open(newPupilPage(p.w, i.pupil.ID)) })
	name.Alignment = widget.ButtonAlignLeading
	open := widget.NewButtonWithIcon("Open", theme.NavigateNextIcon(), func() { p.w.openRef(i.pupil.ID, i.Ref) })
	row := container.NewBorder(nil, nil,
		container.New(&fixedWidth{190}, name),
		container.NewHBox(container.New(&fixedWidth{150}, when), open),
		plainText(i.Sentence))
	return tinted(fill, row)
}

func (p *todayPage) showVague(d *todayData) {
	if len(d.vague) == 0 {
		return
	}
	p.list.Add(layout.NewSpacer())
	p.list.Add(subheading("Too vague to act on"))
	for n, v := range d.vague {
		if n == mostVague {
			p.list.Add(quiet(fmt.Sprintf("And %d older ones, on the pupils' lines.", len(d.vague)-n)))
			break
		}
		f := vagueIn(v.entry)[0]
		name := plain(v.pupil.Name(), func() { p.w.open(newPupilPage(p.w, v.pupil.ID)) })
		name.Alignment = widget.ButtonAlignLeading
		mend := widget.NewButtonWithIcon("Make it plain", theme.DocumentCreateIcon(), func() { p.w.openRef(v.pupil.ID, v.entry.Ref) })
		p.list.Add(card(container.NewBorder(nil, nil,
			container.New(&fixedWidth{190}, name),
			container.NewHBox(widget.NewLabel(v.entry.When.Date.String()), mend),
			column(-8, plainText("“"+f.Text+"”"), quiet(f.Ask)))))
	}
}
