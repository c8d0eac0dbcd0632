package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

// concernPage logs a concern, or corrects one: one page in reading order that
// the keyboard alone can fill, with what the checker reads in it beside it.
type concernPage struct {
	w        *Window
	about    records.ID      // the pupil on whose page it was opened; empty when to be chosen
	at       string          // the field that has the keyboard at first; empty for the first one
	old      records.Concern // the version that is corrected; its ID is empty for a new one
	data     *concernData
	draft    *draft
	reading  *readingPane
	start    formText // what stood in the form before anything was typed
	restored *fyne.Container
	box      fyne.CanvasObject
	button   *button
	back     *button       // to the pupil's page; nil where there is none
	missing  *widget.Label // how many fields are still to be mended
	saving   bool

	pupil                                      *pupilPicker
	when                                       *dateEntry
	precision, source, category, second        *selectBox
	severity, level, told                      *selectBox
	place_, seenBy, agency                     *entry
	account, words, question                   *entry
	presentation, present                      *entry
	opinion, basis, toldWhy                    *entry
	action, decision, reason, decidedBy, after *entry
	line, why                                  *entry
	significant                                *checkBox
	attach                                     *checkBox // a document is to be added next
	also                                       *involvedList
	marks                                      *bodyMapList
	fields                                     map[string]*field // by the JSON name of what they hold
	order                                      []string          // of the fields, as they are read
	texts                                      map[string]*entry
	selects                                    map[string]*selectBox
}

// concernData is what the page needs to know before it can be filled.
type concernData struct {
	pupils []records.Pupil
	old    records.Concern
	me     records.Member
}

// newConcernPage returns the page that logs a new concern. pupil may be empty.
func newConcernPage(w *Window, pupil records.ID) *concernPage {
	form := "concern"
	if pupil != "" {
		form += " " + string(pupil)
	}
	p := &concernPage{w: w, about: pupil}
	p.build("Log a concern", "Save the concern", form)
	return p
}

// newConcernCorrection returns the page that corrects a concern, opened on a
// pupil's page at a field; an empty field is the first one.
func newConcernCorrection(w *Window, pupil, id records.ID, at string) *concernPage {
	p := &concernPage{w: w, about: pupil, at: at}
	p.old.ID = id
	p.build("Correct an entry", keepCorrection, "correct "+string(id))
	return p
}

func (p *concernPage) content() fyne.CanvasObject         { return p.box }
func (p *concernPage) leave() func(context.Context) error { return p.draft.leave() }

func (p *concernPage) place() place {
	if p.old.ID != "" {
		return placePupils
	}
	return placeConcern
}

func (p *concernPage) open() {
	if p.back != nil {
		p.w.escape = p.back.OnTapped
	}
	load(p.w, p.load, p.show)
}

// goBack opens the pupil's page, at the entry that is corrected. What was typed
// is kept.
func (p *concernPage) goBack() {
	if p.old.ID != "" {
		p.w.openRef(p.about, records.Ref{Kind: records.KindConcern, ID: p.old.ID})
		return
	}
	p.w.open(newPupilPage(p.w, p.about))
}

func (p *concernPage) load(ctx context.Context) (*concernData, error) {
	s := p.w.store
	d := &concernData{me: s.Me}
	var err error
	if p.old.ID != "" {
		if d.old, err = s.Concerns.Get(ctx, p.old.ID); err != nil {
			return nil, err
		}
	}
	pupils, err := s.Pupils.All(ctx)
	inIt := func(id records.ID) bool {
		return id == d.old.Pupil || id == p.about ||
			slices.ContainsFunc(d.old.Also, func(o records.Involved) bool { return o.Pupil == id })
	}
	for _, q := range pupils {
		if !q.HasLeft(records.DateOf(s.Now())) || inIt(q.ID) {
			d.pupils = append(d.pupils, q)
		}
	}
	return d, err
}

func (p *concernPage) show(d *concernData) {
	p.data = d
	p.pupil.offer(d.pupils)
	p.also.offer(d.pupils)
	if p.old.ID != "" {
		p.old = d.old
		p.fill(concernText(d.old))
		p.also.set(d.old.Also)
	} else {
		p.fill(formText{"seen_by": d.me.Name + ", " + d.me.Role.String(), "pupil": string(p.about)})
	}
	p.start = p.text()
	p.w.win.Canvas().Focus(p.first())
	p.draft.restore(func(text formText, at records.Stamp) {
		p.fill(text)
		p.restored.Show()
		p.restored.Objects[0].(*widget.Label).SetText("This is what you had typed by " + at.String() + ". It is not saved yet.")
	})
}

func (p *concernPage) first() fyne.Focusable {
	if in := p.input(p.at); in != nil {
		return in
	}
	if p.about != "" || p.old.ID != "" {
		return p.when.date
	}
	return p.pupil.entry
}

func (p *concernPage) build(title, button, form string) {
	p.fields, p.texts, p.selects = map[string]*field{}, map[string]*entry{}, map[string]*selectBox{}
	p.draft = p.w.newDraft(form, p.typed)
	p.reading = newReadingPane(p.w, p.edited)
	p.reading.asks = p.asks
	p.button = primary(button, p.save)
	note := quiet("")
	note.Wrapping = fyne.TextWrapOff // within a row, wrapped text has no width of its own
	p.restored = container.NewHBox(note, plain("Throw it away", p.discard))
	p.restored.Hide()
	rows := column(4, p.restored)
	rows.Objects = append(rows.Objects, p.who()...)
	rows.Objects = append(rows.Objects, p.what()...)
	rows.Objects = append(rows.Objects, p.done()...)
	if p.old.ID != "" {
		p.why = p.entry("why", "", 1)
		rows.Add(p.in("why", whyChanged, p.why).needed())
	}
	scroll := p.w.newScroll(container.New(layout.NewCustomPaddedLayout(0, 16, 16, 12), rows))
	beside := container.New(&sideWidth{380}, container.New(layout.NewCustomPaddedLayout(8, 12, 4, 16), p.reading.box))
	p.missing = quiet("")
	foot := container.New(layout.NewCustomPaddedLayout(6, 10, 16, 20), container.NewBorder(nil, nil, p.button, nil, p.missing))
	top := container.NewHBox()
	if p.about != "" {
		p.back = plain(backLabel, p.goBack)
		top.Add(container.NewCenter(p.back))
	}
	head := container.New(layout.NewCustomPaddedLayout(12, 0, 16, 20), container.NewBorder(nil, nil, nil, top, heading(title)))
	p.box = &fyne.Container{
		Layout:  layout.NewBorderLayout(head, foot, nil, beside),
		Objects: []fyne.CanvasObject{scroll, foot, beside, head}, // as Tab visits them
	}
}

// sideWidth gives its one object a width and all the height there is.
type sideWidth struct{ width float32 }

func (l *sideWidth) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.width, o[0].MinSize().Height)
}

func (l *sideWidth) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

// besideLayout lays two objects beside one another, the first of a fixed width.
// Unlike a border, it keeps the order in which Tab visits them.
type besideLayout struct{ width float32 }

func (l *besideLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.width+o[1].MinSize().Width, max(o[0].MinSize().Height, o[1].MinSize().Height))
}

func (l *besideLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const gap = 4
	o[0].Resize(fyne.NewSize(l.width, size.Height))
	o[1].Move(fyne.NewPos(l.width+gap, 0))
	o[1].Resize(fyne.NewSize(size.Width-l.width-gap, size.Height))
}

// who is the part of the form that says whom it is about, when, where and how
// it is known.
func (p *concernPage) who() []fyne.CanvasObject {
	p.pupil = newPupilPicker(p.w)
	p.pupil.changed = func() { p.mended("pupil") }
	p.when = p.w.newDateEntry("When did it happen? Date and time", true)
	if p.old.ID == "" {
		p.when.withNow()
	}
	p.when.changed = p.edited
	p.place_, p.seenBy, p.agency = p.entry("place", "", 1), p.entry("seen_by", "", 1), p.entry("agency", "School", 1)
	p.precision = p.choice("precision", precisionNames)
	p.precision.SetSelectedIndex(0)
	p.source = p.choice("source", names(records.Sources()))
	p.category = p.choice("category", names(records.Categories()))
	p.second = p.choice("second", nil)
	p.offerSecond()
	p.severity = p.choice("severity", severityNames())
	return []fyne.CanvasObject{
		p.in("pupil", "Which pupil?", p.pupil.box).needed(),
		sideBySide(p.known("when", p.when.field).needed(), newField("How exactly is that known?", p.precision)),
		sideBySide(p.in("place", "Where?", p.place_), p.in("agency", "Which agency?", p.agency)),
		sideBySide(
			p.in("seen_by", "Who saw or heard it? Name and role", p.seenBy), p.in("source", "How is it known?", p.source).needed()),
		sideBySide(
			p.in("categories", "What is it about?", p.category).needed(), newField("And also", p.second),
			p.in("severity", "How serious does it look?", p.severity)),
	}
}

// what is the part of the form that says what happened.
func (p *concernPage) what() []fyne.CanvasObject {
	p.account = p.entry("account", "What was seen or heard, in order, without opinion", 5)
	p.words = p.entry("childs_words", "Word for word, as the child said it", 2)
	p.question = p.entry("question", "Tell, explain, describe", 1)
	p.presentation = p.entry("presentation", "How the child looked and was, and what they did next", 1)
	p.present = p.entry("present", "Names and roles", 1)
	p.opinion = p.entry("opinion", "If you have one, it is kept apart from what was seen", 1)
	p.basis = p.entry("opinion_basis", "", 1)
	p.also = newInvolvedList(p.w, func() { p.mended("also") })
	p.marks = newBodyMapList(p.w, func() { p.mended("marks") })
	return []fyne.CanvasObject{
		p.in("account", "What happened?", p.account).needed(),
		p.in("childs_words", "The child's own words", p.words),
		sideBySide(p.in("question", "What was the child asked just before?", p.question),
			p.in("presentation", "Presentation", p.presentation)),
		p.in("marks", "Injuries or marks on the body", p.marks.box),
		sideBySide(p.in("present", "Who else was there?", p.present),
			p.in("also", "Other pupils in it, each with their part", p.also.box)),
		sideBySide(p.in("opinion", "Your opinion", p.opinion),
			p.in("opinion_basis", "What it rests on", p.basis)),
	}
}

// done is the part of the form that says what was done and decided, and why.
func (p *concernPage) done() []fyne.CanvasObject {
	p.told = p.choice("parents_told", []string{"Not known", "Yes", "No"})
	p.told.SetSelectedIndex(0)
	p.toldWhy = p.entry("parents_why", "What they said; or why they were not told", 1)
	p.action = p.entry("action", "Who did what, at what time", 2)
	p.level = p.choice("level", append([]string{"—"}, names(records.Levels())...))
	p.decision = p.entry("decision", "A decision not to act is a decision too", 2)
	p.reason = p.entry("reason", "", 2)
	p.decidedBy = p.entry("decided_by", "", 1)
	p.after = p.entry("outcome", "What came of it for the child; may be filled in later", 1)
	p.line = p.entry("line", "One line for the chronology of significant events", 1)
	p.significant = newCheck("A significant event", func(on bool) {
		show(p.fields["line"], on)
		p.edited()
	})
	p.attach = newCheck("Once this is saved, add a letter, a drawing or another document", nil)
	lineField := p.in("line", "In one line", p.line)
	lineField.Hide()
	return []fyne.CanvasObject{
		container.New(&besideLayout{190}, p.in("parents_told", "Parents told?", p.told),
			p.in("parents_why", "What they said, or why not", p.toldWhy)),
		p.in("action", "What was done at once?", p.action),
		p.in("level", "Which level of help was considered?", p.level),
		p.in("decision", "Decision", p.decision),
		p.in("reason", "Reason for the decision", p.reason),
		sideBySide(p.in("decided_by", "Decided by", p.decidedBy), p.in("outcome", "Outcome", p.after)),
		p.significant, lineField, p.attach,
	}
}

// entry returns a text field whose content is part of the draft.
func (p *concernPage) entry(name, placeholder string, lines int) *entry {
	e := p.w.newEntry(placeholder)
	if lines > 1 {
		e = p.w.newText(placeholder, lines)
	}
	e.OnChanged = func(string) { p.mended(name) }
	p.texts[name] = e
	return e
}

func (p *concernPage) choice(name string, options []string) *selectBox {
	s := newSelect(options, func(string) { p.mended(name) })
	p.selects[name] = s
	return s
}

// in returns the field of a name, in the order of reading.
func (p *concernPage) in(name, label string, input fyne.CanvasObject) *field {
	return p.known(name, newField(label, input))
}

func (p *concernPage) known(name string, f *field) *field {
	p.fields[name] = f
	p.order = append(p.order, name)
	return f
}

// answeredBy are the fields whose problem another one answers, by its name.
var answeredBy = map[string]string{
	"category": "categories", "second": "categories", "precision": "when", "parents_told": "parents_why", "childs_words": "account",
}

// offerSecond offers the categories that are not chosen already.
func (p *concernPage) offerSecond() {
	p.second.Options = []string{"—"}
	for _, k := range records.Categories() {
		if k.String() != p.category.Selected {
			p.second.Options = append(p.second.Options, k.String())
		}
	}
	if p.second.Selected == p.category.Selected {
		p.second.ClearSelected()
	}
	p.second.Refresh()
}

// mended takes away what is said beside a field that was changed.
func (p *concernPage) mended(name string) {
	if name == "category" && p.second != nil {
		p.offerSecond()
	}
	if p.data == nil {
		return // still being built
	}
	for _, f := range []*field{p.fields[name], p.fields[answeredBy[name]]} {
		if f != nil && f.problem.Visible() {
			f.says("")
		}
	}
	p.edited()
}

// edited keeps the draft and reads the text anew.
func (p *concernPage) edited() {
	if p.data == nil {
		return // still being built
	}
	p.tellMissing()
	p.draft.changed()
	p.reading.read(map[string]string{
		"account": p.account.Text, "action": p.action.Text, "decision": p.decision.Text, "outcome": p.after.Text,
	})
}
