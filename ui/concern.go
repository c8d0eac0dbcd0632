package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"

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
	about    records.ID      // the pupil it was opened for; empty when to be chosen
	old      records.Concern // the version that is corrected; its ID is empty for a new one
	data     *concernData
	draft    *draft
	reading  *readingPane
	restored *fyne.Container
	box      fyne.CanvasObject
	button   *widget.Button
	saving   bool

	pupil                                      *pupilPicker
	when                                       *dateEntry
	precision, source, category, second        *widget.Select
	severity, level, told                      *widget.Select
	place_, seenBy, agency                     *entry
	account, words, question                   *entry
	presentation, present                      *entry
	opinion, basis, toldWhy                    *entry
	action, decision, reason, decidedBy, after *entry
	line, why                                  *entry
	significant                                *widget.Check
	also                                       *involvedList
	fields                                     map[string]*field // by the JSON name of what they hold
	texts                                      map[string]*entry
	selects                                    map[string]*widget.Select
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

// newConcernCorrection returns the page that corrects a concern.
func newConcernCorrection(w *Window, id records.ID) *concernPage {
	p := &concernPage{w: w}
	p.old.ID = id
	p.build("Correct an entry", "Save the correction", "correct "+string(id))
	return p
}

func (p *concernPage) place() place                       { return placeConcern }
func (p *concernPage) content() fyne.CanvasObject         { return p.box }
func (p *concernPage) leave() func(context.Context) error { return p.draft.leave() }
func (p *concernPage) open()                              { load(p.w, p.load, p.show) }

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
	for _, q := range pupils {
		if q.Left == "" || q.ID == d.old.Pupil || q.ID == p.about {
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
	p.draft.last = p.draft.body()
	p.draft.restore(func(text formText, at records.Stamp) {
		p.fill(text)
		p.restored.Show()
		p.restored.Objects[0].(*widget.Label).SetText("This is what you had typed by " + at.String() + ". It is not saved yet.")
	})
	p.w.win.Canvas().Focus(p.first())
}

func (p *concernPage) first() fyne.Focusable {
	if p.about != "" || p.old.ID != "" {
		return p.when.date
	}
	return p.pupil.entry
}

func (p *concernPage) build(title, button, form string) {
	p.fields, p.texts, p.selects = map[string]*field{}, map[string]*entry{}, map[string]*widget.Select{}
	p.draft = p.w.newDraft(form, p.typed)
	p.reading = newReadingPane(p.w, p.edited)
	p.button = primary(button, p.save)
	p.restored = container.NewHBox(quiet(""), plain("Throw it away", p.discard))
	p.restored.Hide()
	rows := column(4, p.restored)
	rows.Objects = append(rows.Objects, p.who()...)
	rows.Objects = append(rows.Objects, p.what()...)
	rows.Objects = append(rows.Objects, p.done()...)
	if p.old.ID != "" {
		p.why = p.text("why", "", 1)
		rows.Add(p.in("why", "Why is this changed?", p.why))
	}
	rows.Add(container.NewHBox(p.button, layout.NewSpacer()))
	scroll := p.w.newScroll(container.New(layout.NewCustomPaddedLayout(0, 16, 16, 12), rows))
	side := container.New(layout.NewCustomPaddedLayout(8, 12, 4, 16), p.reading.box)
	head := container.New(layout.NewCustomPaddedLayout(12, 0, 12, 20), heading(title))
	p.box = container.NewBorder(head, nil, nil, container.New(&sideWidth{380}, side), scroll)
}

// sideWidth gives its one object a width and all the height there is.
type sideWidth struct{ width float32 }

func (l *sideWidth) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.width, o[0].MinSize().Height)
}

func (l *sideWidth) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

// who is the part of the form that says whom it is about, when, where and how
// it is known.
func (p *concernPage) who() []fyne.CanvasObject {
	p.pupil = newPupilPicker(p.w)
	p.pupil.changed = p.edited
	p.when = p.w.newDateEntry("When did it happen? Date and time", true)
	p.when.changed = p.edited
	p.fields["when"] = p.when.field
	p.place_, p.seenBy, p.agency = p.text("place", "", 1), p.text("seen_by", "", 1), p.text("agency", "School", 1)
	p.precision = p.choice("precision", precisionNames)
	p.precision.SetSelectedIndex(0)
	p.source = p.choice("source", names(records.Sources()))
	p.category = p.choice("category", names(records.Categories()))
	p.second = p.choice("second", append([]string{"—"}, names(records.Categories())...))
	p.severity = p.choice("severity", severityNames())
	return []fyne.CanvasObject{
		p.in("pupil", "Which pupil?", p.pupil.box),
		sideBySide(p.when.field, newField("How exactly is that known?", p.precision)),
		sideBySide(p.in("place", "Where?", p.place_), p.in("agency", "Which agency?", p.agency)),
		sideBySide(
			p.in("seen_by", "Who saw or heard it? Name and role", p.seenBy), p.in("source", "How is it known?", p.source)),
		sideBySide(
			p.in("categories", "What is it about?", p.category), newField("And also", p.second),
			p.in("severity", "How serious does it look?", p.severity)),
	}
}

// what is the part of the form that says what happened.
func (p *concernPage) what() []fyne.CanvasObject {
	p.account = p.text("account", "What was seen or heard, in order, without opinion", 5)
	p.words = p.text("childs_words", "Word for word, as the child said it", 2)
	p.question = p.text("question", "Tell, explain, describe", 1)
	p.presentation = p.text("presentation", "How the child looked and was, and what they did next", 1)
	p.present = p.text("present", "Names and roles", 1)
	p.opinion = p.text("opinion", "If you have one, it is kept apart from what was seen", 1)
	p.basis = p.text("opinion_basis", "", 1)
	p.also = newInvolvedList(p.w, p.edited)
	return []fyne.CanvasObject{
		p.in("account", "What happened?", p.account),
		p.in("childs_words", "The child's own words", p.words),
		sideBySide(p.in("question", "What was the child asked just before?", p.question),
			p.in("presentation", "Presentation", p.presentation)),
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
	p.toldWhy = p.text("parents_why", "What they said; or why they were not told", 1)
	p.action = p.text("action", "Who did what, at what time", 2)
	p.level = p.choice("level", append([]string{"—"}, names(records.Levels())...))
	p.decision = p.text("decision", "A decision not to act is a decision too", 2)
	p.reason = p.text("reason", "", 2)
	p.decidedBy = p.text("decided_by", "", 1)
	p.after = p.text("outcome", "What came of it for the child; may be filled in later", 1)
	p.line = p.text("line", "One line for the chronology of significant events", 1)
	p.significant = widget.NewCheck("A significant event", func(on bool) {
		show(p.fields["line"], on)
		p.edited()
	})
	lineField := p.in("line", "In one line", p.line)
	lineField.Hide()
	return []fyne.CanvasObject{
		container.NewBorder(nil, nil, container.New(&fixedWidth{190}, p.in("parents_told", "Parents told?", p.told)), nil,
			p.in("parents_why", "What they said, or why not", p.toldWhy)),
		p.in("action", "What was done at once?", p.action),
		p.in("level", "Which level of help was considered?", p.level),
		p.in("decision", "Decision", p.decision),
		p.in("reason", "Reason for the decision", p.reason),
		sideBySide(p.in("decided_by", "Decided by", p.decidedBy), p.in("outcome", "Outcome", p.after)),
		p.significant, lineField,
	}
}

// text returns a text field whose content is part of the draft.
func (p *concernPage) text(name, placeholder string, lines int) *entry {
	e := p.w.newEntry(placeholder)
	if lines > 1 {
		e = p.w.newText(placeholder, lines)
	}
	e.OnChanged = func(string) { p.edited() }
	p.texts[name] = e
	return e
}

func (p *concernPage) choice(name string, options []string) *widget.Select {
	s := widget.NewSelect(options, func(string) { p.edited() })
	s.PlaceHolder = "Choose"
	p.selects[name] = s
	return s
}

func (p *concernPage) in(name, label string, input fyne.CanvasObject) *field {
	f := newField(label, input)
	p.fields[name] = f
	return f
}

// edited keeps the draft and reads the text anew.
func (p *concernPage) edited() {
	if p.data == nil {
		return // still being built
	}
	p.draft.changed()
	p.reading.read(map[string]string{
		"account": p.account.Text, "action": p.action.Text, "decision": p.decision.Text, "outcome": p.after.Text,
	})
}

// typed returns what stands in the form.
func (p *concernPage) typed() formText {
	t := formText{"pupil": string(p.pupil.chosen), "date": p.when.date.Text, "clock": p.when.clock.Text, "also": p.also.text()}
	if p.pupil.chosen == "" {
		t["pupil_typed"] = p.pupil.entry.Text
	}
	for name, e := range p.texts {
		t[name] = e.Text
	}
	for name, s := range p.selects {
		if s.Selected != s.Options[0] || name != "precision" && name != "parents_told" {
			t[name] = s.Selected
		}
	}
	for name, e := range p.reading.plan.texts() {
		t["plan."+name] = e.Text
	}
	if p.significant.Checked {
		t["significant"] = "yes"
	}
	return t
}

// fill puts text into the form.
func (p *concernPage) fill(t formText) {
	for name, e := range p.texts {
		if t[name] != "" {
			e.SetText(t[name])
		}
	}
	for name, s := range p.selects {
		if t[name] != "" {
			s.SetSelected(t[name])
		}
	}
	for name, e := range p.reading.plan.texts() {
		if v := t["plan."+name]; v != "" {
			e.SetText(v)
		}
	}
	if t["date"] != "" {
		p.when.date.SetText(t["date"])
		p.when.clock.SetText(t["clock"])
	}
	if t["pupil_typed"] != "" {
		p.pupil.entry.SetText(t["pupil_typed"])
	}
	if t["pupil"] != "" {
		p.pupil.choose(records.ID(t["pupil"]))
	}
	p.also.fill(t["also"])
	p.significant.SetChecked(t["significant"] != "")
	p.edited()
}

// concernText returns the text of a concern as the form holds it.
func concernText(c records.Concern) formText {
	t := formText{
		"pupil": string(c.Pupil), "date": c.When.Date.String(), "precision": precisionName(c.When.Precision),
		"place": c.Place, "agency": c.Agency, "seen_by": c.SeenBy, "source": c.Source.String(),
		"category": c.Category().String(), "account": c.Account, "childs_words": c.ChildsWords, "question": c.Question,
		"presentation": c.Presentation, "present": c.Present, "opinion": c.Opinion, "opinion_basis": c.OpinionBasis,
		"parents_told": c.ParentsTold.String(), "parents_why": c.ParentsWhy, "action": c.Action,
		"decision": c.Decision, "reason": c.Reason, "decided_by": c.DecidedBy, "outcome": c.Outcome, "line": c.Line,
		"level": c.Level.String(), "severity": severityName(c.Severity),
	}
	if c.When.At != "" {
		t["clock"] = c.When.At.Time().Format("15:04")
	}
	if len(c.Categories) > 1 {
		t["second"] = c.Categories[1].String()
	}
	if c.Significant {
		t["significant"] = "yes"
	}
	return t
}

func (p *concernPage) discard() {
	p.draft.drop()
	if p.old.ID != "" {
		p.w.open(newConcernCorrection(p.w, p.old.ID))
		return
	}
	p.w.open(newConcernPage(p.w, p.about))
}

// concern returns the concern as it stands in the form, built upon the version
// that is corrected. ok is false when a date cannot be read; that is shown
// beside it.
func (p *concernPage) concern() (c records.Concern, ok bool) {
	c = p.old
	when, err := p.when.value()
	when.Precision = precisions[max(0, p.precision.SelectedIndex())]
	if when.Precision != records.Exact {
		when.At = ""
	}
	if when.Date == "" {
		when = records.When{}
	}
	c.Pupil, c.When = p.pupil.chosen, when
	c.Place, c.Agency, c.SeenBy = p.place_.clean(), p.agency.clean(), p.seenBy.clean()
	c.Source = pick(records.Sources(), p.source)
	c.Categories = nil
	for _, s := range []records.Category{pick(records.Categories(), p.category), pick(append([]records.Category{""}, records.Categories()...), p.second)} {
		if s != "" {
			c.Categories = append(c.Categories, s)
		}
	}
	if i := p.severity.SelectedIndex(); i >= 0 {
		c.Severity = records.Severity(i + 1)
	}
	c.Account, c.ChildsWords, c.Question = p.account.clean(), p.words.clean(), p.question.clean()
	c.Presentation, c.Present = p.presentation.clean(), p.present.clean()
	c.Opinion, c.OpinionBasis = p.opinion.clean(), p.basis.clean()
	c.Also = p.also.value()
	c.ParentsTold = pick([]records.Answer{records.NotKnown, records.Yes, records.No}, p.told)
	c.ParentsWhy = p.toldWhy.clean()
	c.Level = pick(append([]records.Level{""}, records.Levels()...), p.level)
	c.Action, c.Decision, c.Reason = p.action.clean(), p.decision.clean(), p.reason.clean()
	c.DecidedBy, c.Outcome = p.decidedBy.clean(), p.after.clean()
	c.Significant, c.Line = p.significant.Checked, p.line.clean()
	return c, err == nil
}

// save keeps the concern, and the plan to watch when one was filled in.
func (p *concernPage) save() {
	if p.saving || p.data == nil {
		return
	}
	for _, f := range p.fields {
		f.says("")
	}
	c, ok := p.concern()
	plan, planOK := p.reading.plan.value()
	if !ok || !planOK {
		p.w.reveal(p.when.field)
		return
	}
	why := ""
	if p.why != nil {
		why = p.why.clean()
	}
	p.saving = true
	p.button.Disable()
	store := p.w.store
	save(p.w, func(ctx context.Context) error { return store.LogConcern(ctx, &c, plan, why) }, func(err error) {
		p.saving = false
		p.button.Enable()
		var invalid *records.Invalid
		switch {
		case errors.As(err, &invalid):
			p.explain(invalid)
		case err != nil:
			p.w.complain(err)
		default:
			p.draft.drop()
			p.w.openRef(c.Pupil, records.Ref{Kind: records.KindConcern, ID: c.ID, Version: c.Version})
		}
	})
}

// explain shows each sentence beside its field and moves to the first one.
func (p *concernPage) explain(v *records.Invalid) {
	var first *field
	for _, problem := range v.Problems {
		name, isPlan := strings.CutPrefix(problem.Field, "plan.")
		f := p.fields[name]
		if isPlan {
			f = p.reading.plan.fields[name]
		}
		if f == nil {
			p.w.complain(v)
			return
		}
		f.says(problem.Sentence)
		if !isPlan && (first == nil || f.Position().Y < first.Position().Y) {
			first = f
		}
	}
	if first != nil {
		p.w.reveal(first)
	}
}

var precisions = []records.Precision{records.Exact, records.About, records.InMonth, records.Before}

var precisionNames = []string{"Exactly", "About that day", "Some day of that month", "Before that day"}

func precisionName(p records.Precision) string {
	for i, q := range precisions {
		if p == q {
			return precisionNames[i]
		}
	}
	return precisionNames[0]
}

func severityNames() []string {
	var s []string
	for i := records.Severity(1); i <= 5; i++ {
		s = append(s, severityName(i))
	}
	return s
}

func severityName(s records.Severity) string {
	if s == 0 {
		return ""
	}
	return fmt.Sprintf("%d  %s", int(s), s)
}

func names[T fmt.Stringer](list []T) []string {
	var s []string
	for _, v := range list {
		s = append(s, v.String())
	}
	return s
}

// pick returns the value that a Select stands on, whose options were made from
// list, or the zero value when nothing is chosen.
func pick[T any](list []T, s *widget.Select) T {
	if i := s.SelectedIndex(); i >= 0 {
		return list[i]
	}
	var none T
	return none
}
