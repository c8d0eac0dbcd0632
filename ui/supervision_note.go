package ui

import (
	"cmp"
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"throughline/records"
	"throughline/referral/supervision"
)

// notePage is what a session says of one child, drafted from the child's file.
type notePage struct {
	w       *Window
	session records.Supervision
	pupil   records.ID
	form    *form // nil until the file is read
	head    *fyne.Container
	body    *fyne.Container
	box     fyne.CanvasObject
}

// noteData is what the page shows.
type noteData struct {
	file      *records.File
	note      records.ChildNote
	decisions []supervision.Decision
	today     records.Date
}

// newNotePage returns the page of the note on a child: the one there is, or a
// new one.
func newNotePage(w *Window, session records.Supervision, pupil records.ID) *notePage {
	p := &notePage{w: w, session: session, pupil: pupil, head: container.NewStack(), body: container.NewStack()}
	p.box = pageFrame(w, p.head, p.body)
	return p
}

func (p *notePage) place() place               { return placeSession }
func (p *notePage) content() fyne.CanvasObject { return p.box }
func (p *notePage) open()                      { load(p.w, p.load, p.show) }

func (p *notePage) leave() func(context.Context) error {
	if p.form == nil {
		return nil
	}
	return p.form.draft.leave()
}

func (p *notePage) load(ctx context.Context) (*noteData, error) {
	s := p.w.store
	f, err := s.OpenFile(ctx, p.pupil)
	if err != nil {
		return nil, err
	}
	d := &noteData{file: f, decisions: supervision.Decisions(f), today: f.Read.Date()}
	for _, n := range f.ChildNotes {
		if n.Session == p.session.ID {
			d.note = n
			return d, nil
		}
	}
	child, since, err := supervision.One(ctx, s, f)
	if err != nil {
		return nil, err
	}
	d.note = supervision.NoteOf(f, child, since)
	d.note.Session, d.note.On = p.session.ID, p.session.On
	return d, nil
}

func (p *notePage) show(d *noteData) {
	back := newButton("Back to the session", p.back)
	file := newIconButton("The pupil's file", theme.AccountIcon(), func() { p.w.open(newPupilPage(p.w, p.pupil)) })
	p.head.Objects = []fyne.CanvasObject{container.NewBorder(nil, nil, nil, container.NewCenter(container.NewHBox(back, file)), heading("Supervision: "+d.file.Pupil.Name()))}
	p.head.Refresh()
	p.body.Objects = []fyne.CanvasObject{p.write(d)}
	p.body.Refresh()
	p.form.begin()
}

func (p *notePage) back() { p.w.open(newSessionPage(p.w, p.session.ID)) }

// write is the form.
func (p *notePage) write(d *noteData) fyne.CanvasObject {
	n := d.note
	var why string
	var f *form
	f = p.w.newForm("supervision note "+string(p.session.ID)+" "+string(p.pupil), "Keep the note", func() {
		store, now := p.w.store, p.w.store.Now
		f.submit(func(ctx context.Context) error {
			n.Tested = records.Ref{}
			for _, x := range d.decisions {
				if x.Text == n.Decision {
					n.Tested = x.Ref
				}
			}
			if p.session.Closed == "" {
				why = "Gone on with in the session."
			}
			saved := n
			if err := saved.Check(records.StampOf(now())); err != nil {
				return err
			}
			return store.Update(ctx, func(tx *records.Tx) error { return saveNote(tx, &saved, d.file, why) })
		}, p.back)
	})
	f.box.Add(quiet("Drafted from the record. Change, shorten and add: it stands in the child’s file as you leave it."))
	f.box.Add(row(f.text("why", "Why is the child brought?", "", 4, &n.Why), f.text("happened", "What has happened", "", 4, &n.Happened)))
	f.box.Add(f.text("lived", "Lived experience and voice", "What is a day like for this child? In their words where there are any", 4, &n.Lived))
	f.box.Add(row(f.text("worries", "What is worrying?", "", 3, &n.Worries), f.text("strengths", "What protects?", "", 3, &n.Strengths)))
	f.box.Add(container.New(&besideLayout{200}, choice(f, "read", "Chronology read?", "Not known", []records.Answer{records.Yes, records.No}, &n.Read),
		f.text("tried", "What has been tried, and what it changed", "", 3, &n.Tried)))
	f.box.Add(subheading("The decision that is tested"))
	decision := f.text("decision", "Which decision?", "Choose one above, or write it", 3, &n.Decision)
	if len(d.decisions) > 0 {
		f.box.Add(newField("From the record", p.offer(f, d.decisions)))
	}
	f.box.Add(decision)
	f.box.Add(container.New(&besideLayout{200}, choice(f, "agreed", "Does the supervisor agree?", "Not said", []records.Answer{records.Yes, records.No}, &n.Agreed),
		f.text("agreed_why", "Why, or why not", "", 2, &n.AgreedWhy)))
	f.box.Add(f.text("challenge", "Was a challenge considered?", "And if none is made, why", 2, &n.Challenge))
	f.box.Add(subheading("What follows"))
	f.box.Add(f.text("action", "Action", "It becomes a dated action in the child’s file", 2, &n.Action))
	f.box.Add(row(f.line("action_who", "By whom", "Name and role", &n.ActionWho), f.date("action_due", "By when", &n.ActionDue), f.date("review", "Look at the child again on", &n.ReviewDate)))
	if p.session.Closed != "" && n.ID != "" {
		f.box.Add(f.line("why_changed", "Why is this changed?", "The session is closed; this is kept as a new version", &why))
	}
	f.finish(newButton("Back without keeping", p.back))
	p.form = f
	return container.New(layout.NewCustomPaddedLayout(0, 0, 0, 0), card(f.box))
}

// offer is the list of decisions that stand in the record; the one that is
// chosen is written into the form, to be edited.
func (p *notePage) offer(f *form, list []supervision.Decision) *selectBox {
	s := newSelect(nil, nil)
	s.PlaceHolder = "Choose a decision to test"
	for _, x := range list {
		s.Options = append(s.Options, short(x.String(), 110))
	}
	s.OnChanged = func(string) {
		if i := s.SelectedIndex(); i >= 0 {
			f.input("decision").set(list[i].Text)
		}
	}
	return s
}

// short returns a text of at most n letters, with an ellipsis where it is cut.
func short(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// saveNote keeps a note and the action that it asks for, which goes on as one
// action when the note is changed.
func saveNote(tx *records.Tx, n *records.ChildNote, f *records.File, why string) error {
	if n.Action != "" {
		a := records.Action{Pupil: n.Pupil}
		for _, old := range f.Actions {
			if n.Task != "" && old.ID == n.Task {
				a = old
			}
		}
		a.What, a.Who, a.Due = n.Action, n.ActionWho, n.ActionDue
		if err := tx.Save(&a, cmp.Or(why, "Changed in supervision.")); err != nil {
			return err
		}
		n.Task = a.ID
	}
	return tx.Save(n, why)
}

// number adds a field for a whole number; empty is 0.
func (f *form) number(name, label string, to *int) *field {
	e := f.w.newEntry("")
	text := ""
	if *to > 0 {
		text = strconv.Itoa(*to)
	}
	field := f.entry(name, label, e, &text)
	in := f.input(name)
	in.read = func() bool {
		*to = 0
		if e.clean() == "" {
			return true
		}
		n, err := strconv.Atoi(e.clean())
		if err != nil || n < 0 {
			in.field.says("Give a whole number, such as 60.")
			return false
		}
		*to = n
		return true
	}
	return field
}

// openNote opens what supervision said of a child. Who may not open the session
// is told so; the child's entry on the line says the same.
func (w *Window) openNote(pupil, note records.ID) {
	store := w.store
	load(w, func(ctx context.Context) (records.Supervision, error) {
		n, err := store.ChildNotes.Get(ctx, note)
		if err != nil {
			return records.Supervision{}, err
		}
		return store.Supervisions.Get(ctx, n.Session)
	}, func(s records.Supervision) { w.open(newNotePage(w, s, pupil)) })
}
