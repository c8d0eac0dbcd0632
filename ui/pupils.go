package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/referral"
)

// pupilsPage lists the pupils and finds one as you type. Down and Up move in
// the list, Enter opens.
type pupilsPage struct {
	w       *Window
	find    *finder
	leavers *checkBox
	sum     *widget.Label
	found   *foundList
	list    *openList // of found
	head    *pupilHead
	none    *fyne.Container // shown in place of the list when it is empty
	body    *fyne.Container
	box     fyne.CanvasObject

	all    []pupilLine // as loaded
	shown  []pupilLine // of all, those that were looked for
	loaded bool
}

// pupilLine is one pupil in the list.
type pupilLine struct {
	pupil    records.Pupil
	band     records.StatusKind
	status   string       // in words; empty where there is none
	concerns int          // in which the pupil had a part
	last     records.Date // of the newest concern; empty when there is none
	due      []referral.Item
	locked   bool // to others: nothing but the pupil is known
}

func newPupilsPage(w *Window) *pupilsPage {
	p := &pupilsPage{w: w, sum: quiet("")}
	p.leavers = newCheck("Show those who have left", func(bool) { p.open() })
	p.found = newFoundList(w, "Find a pupil by name, form or UPN", p.looked, p.goTo, func() int { return len(p.shown) },
		func() fyne.CanvasObject { return newPupilRow() },
		func(i int, o fyne.CanvasObject, marked bool) { o.(*pupilRow).set(&p.shown[i], marked) })
	p.find, p.list = p.found.find, p.found.list
	p.none = container.NewStack()
	p.head = newPupilHead(func() { p.looked() })
	p.body = filled(0, p.head.box, p.list)
	add := primary("Add a pupil", func() { w.open(newPupilForm(w, records.Pupil{})) })
	leavers := newButton("Leavers and old files", func() { w.open(newLeaversPage(w, listLeavers)) })
	top := container.NewBorder(nil, nil, nil, container.NewHBox(container.NewCenter(leavers), container.NewCenter(w.besideAdd(add))), heading("Pupils"))
	bar := container.NewBorder(nil, nil, nil, p.leavers, p.find)
	p.box = container.New(layout.NewCustomPaddedLayout(12, 12, 16, 20),
		filled(2, top, bar, p.sum, container.NewStack(p.body, p.none)))
	return p
}

func (p *pupilsPage) place() place                           { return placePupils }
func (p *pupilsPage) content() fyne.CanvasObject             { return p.box }
func (p *pupilsPage) leave() func(ctx context.Context) error { return nil }

func (p *pupilsPage) open() {
	p.w.win.Canvas().Focus(p.find)
	store, leavers := p.w.store, p.leavers.Checked
	load(p.w, func(ctx context.Context) ([]pupilLine, error) { return pupilLines(ctx, store, leavers) }, p.show)
}

// pupilLines returns what the list shows of every pupil, by surname; those who
// have left only where they are asked for. It touches no widget.
func pupilLines(ctx context.Context, s *records.Store, leavers bool) ([]pupilLine, error) {
	local, err := localProcedures(ctx, s)
	if err != nil {
		return nil, err
	}
	now := records.StampOf(s.Now())
	since := now.Date()
	if leavers {
		since = "" // however long ago
	}
	var all []pupilLine
	err = s.EachFileSince(ctx, since, func(f *records.File) error {
		l := pupilLineOf(f)
		if !f.Pupil.HasLeft(now.Date()) {
			l.due = referral.Items(f, local, now)
			if i := referral.StarterItem(f.Pupil, f.Calendar, now); i != nil { // Today names it too
				l.due = append(l.due, *i)
			}
		}
		all = append(all, l)
		return nil
	})
	if err != nil {
		return nil, err
	}
	pupils, err := s.Pupils.All(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range pupils {
		if !s.Opens(p) && !p.HasLeft(since) {
			all = append(all, pupilLine{pupil: p, status: "Locked file", locked: true})
		}
	}
	slices.SortStableFunc(all, byName)
	return all, nil
}

func pupilLineOf(f *records.File) pupilLine {
	l := pupilLine{pupil: f.Pupil, concerns: len(f.Concerns), band: f.StatusOn(f.Read.Date())}
	l.status = l.band.String()
	if f.Pupil.HasLeft(f.Read.Date()) {
		l.band, l.status = "", "Left "+f.Pupil.Left.String()
	}
	for _, c := range f.Concerns {
		l.last = max(l.last, c.When.Date)
	}
	return l
}

func (p *pupilsPage) show(all []pupilLine) {
	p.all, p.loaded = all, true
	p.looked()
}

// looked shows the pupils that fit what is typed.
func (p *pupilsPage) looked() {
	p.shown = nil
	for _, l := range p.all {
		if l.fits(p.find.Text) {
			p.shown = append(p.shown, l)
		}
	}
	p.head.sort(p.shown)
	p.sum.SetText(p.summary())
	p.empty()
	p.found.first()
}

func (p *pupilsPage) summary() string {
	if !p.loaded {
		return ""
	}
	if strings.TrimSpace(p.find.Text) == "" {
		return capital(count(len(p.all), "pupil", "pupils")) + "."
	}
	return fmt.Sprintf("%d of %s found. Enter opens the one that is marked.", len(p.shown), count(len(p.all), "pupil", "pupils"))
}

// empty says what to do when there is nobody to show.
func (p *pupilsPage) empty() {
	var say fyne.CanvasObject
	switch {
	case !p.loaded || len(p.shown) > 0:
	case len(p.all) == 0:
		say = card(subheading("There are no pupils yet."),
			prose("Bring them in from your management information system, or add the pupils you have worries about. Everything else follows from their files."),
			container.NewHBox(p.w.besideAdd(primary("Add a pupil", func() { p.w.open(newPupilForm(p.w, records.Pupil{})) }))))
	default:
		text := "Nobody here has that name. Look for the surname alone"
		if p.leavers.Checked {
			text += ", or add the pupil."
		} else {
			text += ", show those who have left, or add the pupil."
		}
		say = card(prose(text))
	}
	empty(p.none)
	if say != nil {
		p.none.Add(container.NewVBox(say))
	}
	show(p.body, say == nil)
	p.none.Refresh()
}

// fits reports whether the pupil is one of those who are looked for: by name,
// by form or by the beginning of the UPN. Nothing typed fits everybody.
func (l *pupilLine) fits(query string) bool {
	q := records.Fold(strings.TrimSpace(query))
	if q == "" || nameMatches(l.pupil, query) {
		return true
	}
	return q == records.Fold(l.pupil.Form) || len(q) > 3 && strings.HasPrefix(records.Fold(l.pupil.UPN), q)
}

func (p *pupilsPage) goTo(i int) {
	if i >= 0 && i < len(p.shown) {
		p.w.open(newPupilPage(p.w, p.shown[i].pupil.ID))
	}
}

// pupilRow is one line of the list, or its heading.
type pupilRow struct {
	widget.BaseWidget
	ground *canvas.Rectangle
	cells  [7]*widget.Label // the fifth is a gap
}

// The columns: name, year and form, status, concerns, a gap, last concern, due.
var pupilColumns = &columns{shares: []float32{3.2, 1.4, 2.1, 0.85, 0.2, 1.3, 2.4}}

func newPupilRow() *pupilRow {
	r := &pupilRow{ground: canvas.NewRectangle(palette[colorLit])}
	r.ground.CornerRadius = 4
	r.ground.Hide()
	for i := range r.cells {
		r.cells[i] = widget.NewLabel("")
		r.cells[i].Truncation = fyne.TextTruncateEllipsis
	}
	r.cells[3].Alignment = fyne.TextAlignTrailing
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer lays the cells out in their columns.
func (r *pupilRow) CreateRenderer() fyne.WidgetRenderer {
	box := container.New(pupilColumns)
	for _, c := range r.cells {
		box.Add(c)
	}
	return widget.NewSimpleRenderer(container.NewStack(r.ground, box))
}

func (r *pupilRow) set(l *pupilLine, marked bool) {
	name := l.pupil.Surname + ", " + l.pupil.Forename
	if k := l.pupil.KnownAs; k != "" && k != l.pupil.Forename {
		name += " (" + k + ")"
	}
	last := "none"
	if l.last != "" {
		last = l.last.String()
	}
	late, due := dueInWords(l.due)
	r.cells[6].Importance = widget.MediumImportance
	if late {
		r.cells[6].Importance = widget.DangerImportance
	}
	concerns := fmt.Sprint(l.concerns)
	if l.locked {
		concerns, last, due = "", "", ""
	}
	for i, text := range []string{name, yearAndForm(&l.pupil), l.status, concerns, "", last, due} {
		r.cells[i].Text = text
	}
	r.cells[0].TextStyle.Bold = marked
	r.ground.Hidden = !marked
	r.Refresh()
}

// dueInWords says how many things are due and how soon, and whether something
// is late.
func dueInWords(items []referral.Item) (late bool, words string) {
	n := dueCounts(items)
	var parts []string
	for _, u := range []struct {
		urgency referral.Urgency
		words   string
	}{{referral.AtOnce, "now"}, {referral.Overdue, "overdue"}, {referral.DueNow, "today"}, {referral.Soon, "this week"}} {
		if n[u.urgency] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n[u.urgency], u.words))
		}
	}
	if rest := n[referral.Open] + n[referral.Later]; rest > 0 {
		parts = append(parts, fmt.Sprintf("%d later", rest))
	}
	return n[referral.AtOnce]+n[referral.Overdue] > 0, strings.Join(parts, ", ")
}

// yearAndForm returns "Year 6, 6B"; a year group of R is Reception.
func yearAndForm(p *records.Pupil) string {
	year := p.YearGroup
	switch {
	case year == "R":
		year = "Reception"
	case year != "" && strings.Trim(year, "0123456789") == "":
		year = "Year " + year
	}
	if p.Form == "" || year == "" {
		return year + p.Form
	}
	return year + ", " + p.Form
}

// columns shares out the width among objects; each is as high as it needs.
type columns struct{ shares []float32 }

func (l *columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		m := o.MinSize()
		size = fyne.NewSize(size.Width+m.Width, max(size.Height, m.Height))
	}
	return size
}

func (l *columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var whole, x float32
	for _, s := range l.shares {
		whole += s
	}
	for i, o := range objects {
		w := size.Width * l.shares[i] / whole
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(w, size.Height))
		x += w
	}
}
