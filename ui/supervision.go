package ui

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/referral/supervision"
)

// supervisionPage lists the sessions and shows the agenda of the next one,
// drafted from the live caseload.
type supervisionPage struct {
	w        *Window
	sessions *fyne.Container
	agenda   *fyne.Container
	box      fyne.CanvasObject
}

// supervisionData is what the page shows.
type supervisionData struct {
	sessions []sessionRow // newest first
	agenda   supervision.Agenda
}

// sessionRow is one session and how many children were brought to it.
type sessionRow struct {
	records.Supervision
	about    string // the member who is supervised
	children int
}

func newSupervisionPage(w *Window) *supervisionPage {
	p := &supervisionPage{w: w, sessions: column(6), agenda: column(6)}
	buttons := container.NewHBox(
		newButton("Make a report …", func() { newReport(w, nil).show() }),
		primary("New session", func() { w.open(newSessionPage(w, "")) }))
	p.agenda.Add(quiet("Reading the files …"))
	p.box = pageFrame(w, container.NewBorder(nil, nil, nil, container.NewCenter(buttons), heading("Supervision")), column(10, p.sessions, p.agenda))
	return p
}

func (p *supervisionPage) place() place                       { return placeSession }
func (p *supervisionPage) content() fyne.CanvasObject         { return p.box }
func (p *supervisionPage) leave() func(context.Context) error { return nil }
func (p *supervisionPage) open()                              { load(p.w, p.load, p.show) }

func (p *supervisionPage) load(ctx context.Context) (*supervisionData, error) {
	s := p.w.store
	all, err := s.Supervisions.All(ctx)
	if err != nil {
		return nil, err
	}
	d := &supervisionData{}
	for _, x := range slices.Backward(all) {
		row := sessionRow{Supervision: x}
		if m, err := s.Members.Get(ctx, x.Supervisee); err == nil {
			row.about = m.Name
		}
		notes, err := s.ChildNotes.Under(ctx, x.ID)
		if err != nil {
			return nil, err
		}
		row.children = len(notes)
		d.sessions = append(d.sessions, row)
	}
	d.agenda, err = supervision.Next(ctx, s)
	return d, err
}

func (p *supervisionPage) show(d *supervisionData) {
	empty(p.sessions)
	if len(d.sessions) == 0 {
		p.sessions.Add(card(subheading("There is no session yet."),
			prose("In supervision somebody from outside the day’s work hears your cases, tests your decisions and asks how you are. "+
				"Begin one before you meet: the agenda below is drafted from the record, and what you write is kept as you type.")))
	}
	for _, r := range d.sessions {
		p.sessions.Add(p.row(r))
	}
	p.sessions.Refresh()
	empty(p.agenda)
	p.agenda.Add(subheading("The next session"))
	newAgendaView(p.w, p.agenda, d.agenda, nil)
	p.agenda.Refresh()
}

func (p *supervisionPage) row(r sessionRow) fyne.CanvasObject {
	state, fill := "Closed", palette[colorCard]
	if r.Closed == "" {
		state, fill = "Being prepared", palette[colorLit]
	}
	day := widget.NewLabelWithStyle(r.On.String(), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	who := r.Supervisor
	if r.Supervisee != p.w.store.Me.ID {
		who += ", with " + r.about
	}
	open := newIconButton("Open", theme.NavigateNextIcon(), func() { p.w.open(newSessionPage(p.w, r.ID)) })
	line := plainText(r.Sort.String() + ", with " + who)
	return tinted(fill, container.NewBorder(nil, nil, container.New(&fixedWidth{150}, column(-12, day, quiet(state))), container.NewCenter(open),
		column(-12, line, quiet(upperFirst(count(r.children, "child", "children"))+" brought."))))
}

// agendaView shows an agenda: how the record was kept, what earlier sessions
// asked for, and the pupils with why they are brought.
type agendaView struct {
	w     *Window
	box   *fyne.Container
	bring func(supervision.Child) // begins the note about a child; nil where none is written here
}

// mostPoints is how many reasons of a pupil are shown at first.
const mostPoints = 3

// newAgendaView fills box with an agenda.
func newAgendaView(w *Window, box *fyne.Container, a supervision.Agenda, bring func(supervision.Child)) {
	v := &agendaView{w, box, bring}
	since := "since the last session, on " + a.Since.String()
	if a.Since == "" {
		since = "since " + a.From().String() + ", as no session was closed before"
	}
	box.Add(quiet(fmt.Sprintf("Drafted from %s, with what is new %s. %s", count(a.Pupils, "pupil’s file", "pupils’ files"), since, qualityText(a.Quality))))
	for i, e := range a.Earlier {
		if i == 0 {
			box.Add(subheading("What earlier sessions asked for"))
		}
		box.Add(v.earlier(e))
	}
	box.Add(subheading("Whom to bring, most urgent first"))
	box.Add(v.children(a.Children))
	for i, x := range slices.Concat(a.Challenges, a.Replies) {
		if i == 0 {
			box.Add(subheading("Challenges, complaints and replies that are open"))
		}
		box.Add(v.waiting(x))
	}
}

// qualityText says how the record was kept, in whole numbers with their base.
func qualityText(q supervision.Quality) string {
	if q.Written == 0 {
		return "No concern was written in that time."
	}
	return fmt.Sprintf("%s written. Later than the next school day: %d of %d with an exact date. Still too vague to act on: %d of %d.",
		upperFirst(count(q.Written, "concern", "concerns")), q.Late, q.Dated, q.Vague, q.Written)
}

func (v *agendaView) name(p records.Pupil) fyne.CanvasObject {
	b := plain(p.Name(), func() { v.w.open(newPupilPage(v.w, p.ID)) })
	b.Alignment = widget.ButtonAlignLeading
	return container.New(&fixedWidth{200}, b)
}

// line lays a pupil's name, a text and a button beside one another.
func (v *agendaView) line(late bool, p records.Pupil, text, note string, ref records.Ref) fyne.CanvasObject {
	fill := palette[colorCard]
	if late {
		fill = palette[colorLate]
	}
	open := newIconButton("Open", theme.NavigateNextIcon(), func() { v.w.openRef(p.ID, ref) })
	words := column(-12, plainText(text))
	if note != "" {
		words.Add(quiet(note))
	}
	return tinted(fill, container.NewBorder(nil, nil, v.name(p), container.NewCenter(open), words))
}

func (v *agendaView) earlier(e supervision.Earlier) fyne.CanvasObject {
	note := "Asked on " + e.Asked.String() + "; due " + e.Action.Due.String() + "."
	switch {
	case e.Action.Done != "":
		note += " Done on " + e.Action.Done.String() + ": " + e.Action.Result
	case e.Late:
		note += " Late, and not done yet."
	default:
		note += " Not done yet."
	}
	return v.line(e.Late && e.Action.Done == "", e.Pupil, e.Action.Who+": "+e.Action.What, note, records.Ref{Kind: records.KindAction, ID: e.Action.ID})
}

func (v *agendaView) waiting(x supervision.Waiting) fyne.CanvasObject {
	return v.line(!x.Item.Ours, x.Pupil, x.Item.Sentence, upperFirst(x.Item.Late), x.Item.Ref)
}

// children shows the pupils to bring, a dozen first and the rest on request.
func (v *agendaView) children(list []supervision.Child) fyne.CanvasObject {
	box := column(6)
	if len(list) == 0 {
		box.Add(card(prose("No pupil has to be brought: nothing is new, late, open or vague. You can still bring anybody.")))
	}
	add := func(some []supervision.Child) {
		for _, c := range some {
			box.Add(v.child(c))
		}
	}
	most := min(supervision.Most, len(list))
	add(list[:most])
	if rest := list[most:]; len(rest) > 0 {
		var more *button
		more = newButton("Show the other "+count(len(rest), "pupil", "pupils"), func() {
			more.Hide()
			add(rest)
			v.box.Refresh()
		})
		box.Add(container.NewHBox(more))
	}
	return box
}

// child shows one pupil with why they are brought.
func (v *agendaView) child(c supervision.Child) fyne.CanvasObject {
	points := column(-6)
	show := func(list []supervision.Point) {
		for _, p := range list {
			points.Add(v.point(c.Pupil, p))
		}
	}
	list := oneOfEach(c.Points)
	show(list[:min(mostPoints, len(list))])
	if rest := list[min(mostPoints, len(list)):]; len(rest) > 0 {
		var more *button
		more = plain("And "+count(len(rest), "more reason", "more reasons"), func() {
			points.Remove(more)
			show(rest)
			v.box.Refresh()
		})
		more.Alignment = widget.ButtonAlignLeading
		points.Add(more)
	}
	left := column(0, v.name(c.Pupil))
	if c.Pupil.HasLeft(records.DateOf(v.w.store.Now())) {
		left.Add(quiet("Left " + c.Pupil.Left.String()))
	} else if c.Status != "" {
		left.Add(quiet(c.Status.String()))
	}
	if v.bring != nil {
		left.Add(container.NewHBox(newIconButton("Write the note", theme.DocumentCreateIcon(), func() { v.bring(c) })))
	}
	fill := palette[colorCard]
	if c.Points[0].Reason == supervision.AtOnce {
		fill = palette[colorLate]
	}
	return tinted(fill, container.NewBorder(nil, nil, container.New(&fixedWidth{210}, left), nil, points))
}

// oneOfEach returns the points with the first of each reason in front, so that
// many of one do not hide another.
func oneOfEach(points []supervision.Point) []supervision.Point {
	var first, rest []supervision.Point
	for i, p := range points {
		if i > 0 && p.Reason == points[i-1].Reason {
			rest = append(rest, p)
		} else {
			first = append(first, p)
		}
	}
	return append(first, rest...)
}

func (v *agendaView) point(p records.Pupil, x supervision.Point) fyne.CanvasObject {
	reason := quiet(x.Reason.String())
	reason.TextStyle.Bold = true
	var open fyne.CanvasObject
	if len(x.Refs) > 0 {
		open = container.NewCenter(newIconButton("", theme.NavigateNextIcon(), func() { v.w.openRef(p.ID, x.Refs[0]) }))
	}
	return container.NewBorder(nil, nil, nil, open, column(-14, reason, plainText(x.Text)))
}
