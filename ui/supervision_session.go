package ui

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/referral/supervision"
)

// The steps of a session, in the order in which they are taken.
const (
	stepSession  step = "1  The session"
	stepChildren step = "2  Children"
	stepAlone    step = "3  For me alone"
	stepClose    step = "4  Close and report"
)

var sessionSteps = []step{stepSession, stepChildren, stepAlone, stepClose}

// sessionPage is one supervision session, from the agenda to the report.
type sessionPage struct {
	w    *Window
	id   records.ID // empty until the session is kept
	at   step
	data *sessionData
	head *fyne.Container
	tabs map[step]*button
	body *fyne.Container
	form *form // of the step that is open; nil on any other
	box  fyne.CanvasObject
}

// sessionData is everything that the page shows.
type sessionData struct {
	session    records.Supervision
	agenda     supervision.Agenda
	notes      []sessionNote
	reflection records.Reflection
	pupils     []records.Pupil
	today      records.Date
}

type sessionNote struct {
	records.ChildNote
	pupil records.Pupil
}

// newSessionPage returns the page of a session; without an id it begins one.
func newSessionPage(w *Window, id records.ID) *sessionPage {
	p := &sessionPage{w: w, id: id, at: stepSession, tabs: map[step]*button{}, head: container.NewStack(), body: container.NewStack()}
	if id != "" {
		p.at = stepChildren
	}
	steps := container.NewHBox()
	for _, s := range sessionSteps {
		p.tabs[s] = newButton(string(s), func() { p.turn(s) })
		steps.Add(p.tabs[s])
	}
	top := container.New(layout.NewCustomPaddedLayout(12, 4, 16, 20), column(4, p.head, steps))
	p.box = container.NewBorder(top, nil, nil, nil, p.body)
	return p
}

func (p *sessionPage) place() place               { return placeSession }
func (p *sessionPage) content() fyne.CanvasObject { return p.box }
func (p *sessionPage) open()                      { load(p.w, p.load, p.show) }

func (p *sessionPage) leave() func(context.Context) error {
	if p.form == nil {
		return nil
	}
	return p.form.draft.leave()
}

func (p *sessionPage) load(ctx context.Context) (*sessionData, error) {
	s := p.w.store
	d := &sessionData{today: records.DateOf(s.Now())}
	var err error
	if d.agenda, err = supervision.Next(ctx, s); err != nil {
		return nil, err
	}
	if d.pupils, err = s.Pupils.All(ctx); err != nil {
		return nil, err
	}
	if p.id == "" {
		d.session = records.Supervision{On: d.today, Sort: records.OneToOne, Supervisee: s.Me.ID}
		return d, nil
	}
	if d.session, err = s.Supervisions.Get(ctx, p.id); err != nil {
		return nil, err
	}
	notes, err := s.ChildNotes.Under(ctx, p.id)
	if err != nil {
		return nil, err
	}
	byID := map[records.ID]records.Pupil{}
	for _, pupil := range d.pupils {
		byID[pupil.ID] = pupil
	}
	for _, n := range notes {
		d.notes = append(d.notes, sessionNote{n, byID[n.Pupil]})
	}
	d.reflection = records.Reflection{Session: p.id, Member: s.Me.ID}
	reflections, err := s.Reflections.Under(ctx, p.id)
	for _, r := range reflections {
		if r.Member == s.Me.ID {
			d.reflection = r
		}
	}
	return d, err
}

func (p *sessionPage) show(d *sessionData) {
	p.data = d
	p.showHead()
	p.turn(p.at)
}

func (p *sessionPage) showHead() {
	title, state := "New session", "Not kept yet"
	if x := p.data.session; x.ID != "" {
		title, state = "Supervision, "+x.On.String(), "Being prepared"
		if x.Closed != "" {
			state = "Closed on " + x.Closed.String()
		}
	}
	all := newButton("All sessions", func() { p.w.goTo(string(placeSession)) })
	p.head.Objects = []fyne.CanvasObject{container.NewBorder(nil, nil, nil, container.NewCenter(container.NewHBox(container.NewCenter(widget.NewLabel(state)), all)), heading(title))}
	p.head.Refresh()
}

// turn shows a step; what was typed in the one before is kept. Until a session
// is kept there is only the first.
func (p *sessionPage) turn(to step) {
	if p.data == nil {
		return
	}
	if keep := p.leave(); keep != nil {
		save(p.w, keep, p.w.complain)
	}
	p.at, p.form = to, nil
	for s, b := range p.tabs {
		b.Importance = widget.MediumImportance
		if s == to {
			b.Importance = widget.HighImportance
		}
		if b.Enable(); p.data.session.ID == "" && s != stepSession {
			b.Disable()
		}
		b.Refresh()
	}
	var content fyne.CanvasObject
	switch to {
	case stepChildren:
		content = p.children()
	case stepAlone:
		content = p.alone()
	case stepClose:
		content = p.closing()
	default:
		content = p.session()
	}
	p.body.Objects = []fyne.CanvasObject{p.w.newScroll(container.New(layout.NewCustomPaddedLayout(4, 16, 16, 20), column(0, content)))}
	p.body.Refresh()
	if p.form != nil {
		p.form.begin()
	}
}

// newForm returns the form of this step. key tells it from the others.
func (p *sessionPage) newForm(key, label string, submit func()) *form {
	p.form = p.w.newForm("supervision "+string(p.id)+" "+key, label, submit)
	return p.form
}

// keep saves a session with its form, then shows a step anew. The notes of a
// session that is moved to another day move with it.
func (p *sessionPage) keep(f *form, x *records.Supervision, why *string, then step) {
	store, notes := p.w.store, p.data.notes
	f.submit(func(ctx context.Context) error {
		return store.Update(ctx, func(tx *records.Tx) error {
			saved := *x
			if saved.Closed == "" {
				*why = "Gone on with."
			}
			if err := tx.Save(&saved, *why); err != nil {
				return err
			}
			for _, n := range notes {
				if n.On == saved.On {
					continue
				}
				moved := n.ChildNote
				moved.On = saved.On
				if err := tx.Save(&moved, "The session was on another day."); err != nil {
					return err
				}
			}
			*x = saved
			return nil
		})
	}, func() {
		p.id, p.at, p.form = x.ID, then, nil
		p.open()
	})
}

// session is the step of what concerns no one child.
func (p *sessionPage) session() fyne.CanvasObject {
	x, a := p.data.session, p.data.agenda
	fresh := x.ID == ""
	if x.Closed == "" {
		x.Earlier, x.Quality = orElse(x.Earlier, earlierText(a)), orElse(x.Quality, qualityText(a.Quality))
	}
	var why string
	then := stepSession
	if fresh {
		then = stepChildren
	}
	var f *form
	f = p.newForm("session", "Keep", func() { p.keep(f, &x, &why, then) })
	f.box.Add(row(f.date("on", "Day", &x.On), choice(f, "sort", "Kind", "Choose", records.SessionKinds(), &x.Sort), f.number("minutes", "Minutes", &x.Minutes)))
	f.box.Add(row(f.line("supervisor", "Supervisor", "Name and role", &x.Supervisor), f.line("present", "Who else was there", "", &x.Present)))
	f.box.Add(row(f.text("earlier", "What became of earlier actions", "", 3, &x.Earlier), f.text("workload", "Workload and wellbeing", "How many files, what is heavy, how you are", 3, &x.Workload)))
	f.box.Add(row(f.text("themes", "Themes", "What several cases have in common", 3, &x.Themes), f.text("shortcomings", "Our own shortcomings", "What we missed, or did late", 3, &x.Shortcomings)))
	f.box.Add(row(f.text("went_well", "What went well", "", 3, &x.WentWell), f.text("quality", "The record: what was read, vague, late", "", 3, &x.Quality)))
	f.box.Add(row(f.text("actions", "Actions that belong to no one child", "What, who, by when", 2, &x.Actions), f.date("next", "Next session", &x.Next)))
	if x.Closed != "" {
		f.box.Add(f.line("why", "Why is this changed?", "A closed session is corrected as a new version", &why))
	}
	f.finish()
	return card(f.box)
}

// earlierText says what became of what earlier sessions asked for. It is drafted
// from the record and names no child.
func earlierText(a supervision.Agenda) string {
	if len(a.Earlier) == 0 {
		return ""
	}
	done, late := 0, 0
	for _, e := range a.Earlier {
		if e.Action.Done != "" {
			done++
		} else if e.Late {
			late++
		}
	}
	return fmt.Sprintf("%d of %s done; %s late.", done, count(len(a.Earlier), "action", "actions"), count(late, "is", "are"))
}

// children is the step of whom to bring, and what was said of each.
func (p *sessionPage) children() fyne.CanvasObject {
	rows := column(6)
	has := map[records.ID]bool{}
	for _, n := range p.data.notes {
		has[n.Pupil] = true
		rows.Add(p.noteRow(n))
	}
	picker := newPupilPicker(p.w)
	picker.offer(p.data.pupils)
	begin := newButton("Write the note", func() {
		if picker.chosen != "" {
			p.w.open(newNotePage(p.w, p.data.session, picker.chosen))
		}
	})
	rows.Add(card(newField("Bring another pupil", container.NewBorder(nil, nil, nil, begin, picker.box))))
	a := p.data.agenda
	var left []supervision.Child
	for _, c := range a.Children {
		if !has[c.Pupil.ID] {
			left = append(left, c)
		}
	}
	a.Children = left
	newAgendaView(p.w, rows, a, func(c supervision.Child) { p.w.open(newNotePage(p.w, p.data.session, c.Pupil.ID)) })
	return rows
}

func (p *sessionPage) noteRow(n sessionNote) fyne.CanvasObject {
	name := widget.NewLabelWithStyle(n.pupil.Name(), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	name.Truncation = fyne.TextTruncateEllipsis
	said := "No decision was tested yet."
	if n.Decision != "" {
		said = "Tested: " + n.Decision
	}
	verdict := map[records.Answer]string{records.Yes: "Agreed. ", records.No: "Not agreed. "}[n.Agreed]
	open := newButton("Open the note", func() { p.w.open(newNotePage(p.w, p.data.session, n.Pupil)) })
	return tinted(palette[colorLit], container.NewBorder(nil, nil, container.New(&fixedWidth{200}, name), container.NewCenter(open),
		column(-12, plainText(said), quiet(strings.TrimSpace(verdict+n.AgreedWhy)))))
}

// alone is the step of the personal part, which only the member opens.
func (p *sessionPage) alone() fyne.CanvasObject {
	if p.data.session.Supervisee != p.w.store.Me.ID {
		return column(0, card(prose("What the person who is supervised writes for themselves is theirs alone. It is not shown to you.")))
	}
	r := p.data.reflection
	var f *form
	f = p.newForm("reflection", "Keep", func() {
		store := p.w.store
		f.submit(func(ctx context.Context) error {
			saved := r
			return store.Reflections.Save(ctx, &saved, "Gone on with.")
		}, p.open)
	})
	f.box.Add(quiet("Only you open this. It stands in no child’s file, and it is in no report unless you tick it for a copy of your own."))
	f.box.Add(f.text("text", "What I take away, how it touched me, what I need", "", 8, &r.Text))
	f.finish()
	return card(f.box)
}

// closing is the step of agreeing on the session, and of its report.
func (p *sessionPage) closing() fyne.CanvasObject {
	x := p.data.session
	report := container.NewHBox(newButton("Make the report …", func() { newReport(p.w, &x).show() }))
	if x.Closed != "" {
		text := "Closed on " + x.Closed.String() + "."
		if x.Signed != "" {
			text += " Agreed by " + x.Signed + "."
		}
		return column(8, card(subheading("This session is closed"), prose(text), quiet("Something to correct? Change it on the other pages: it is kept as a new version, with why.")),
			card(subheading("Report"), report))
	}
	x.Closed = p.data.today
	var why string
	var f *form
	f = p.newForm("close", "Close the session", func() {
		why = "Closed."
		p.keep(f, &x, &why, stepClose)
	})
	f.box.Add(quiet(upperFirst(count(len(p.data.notes), "child was", "children were")) + " brought. Once it is closed, the next agenda begins from this day."))
	f.box.Add(row(f.line("signed", "Agreed by", "Both names", &x.Signed), f.date("closed", "Closed on", &x.Closed)))
	f.finish()
	return column(8, card(subheading("Close the session"), f.box), card(subheading("Report"), report))
}
