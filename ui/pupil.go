package ui

import (
	"context"
	"errors"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"throughline/chronology"
	"throughline/chronology/pattern"
	"throughline/records"
	"throughline/referral"
)

// section is a part of the pupil page below the line.
type section int

const (
	sectionEntries section = iota
	sectionPatterns
	sectionToDo
	sectionPeople
	sectionTried
	sectionDocuments
)

var allSections = []section{sectionEntries, sectionPatterns, sectionToDo, sectionPeople, sectionTried, sectionDocuments}

// pupilPage shows one pupil: who, the line over time, and below it a section
// at a time, with a form beside it where something is written.
type pupilPage struct {
	w    *Window
	id   records.ID
	want records.Ref // the record to show; the zero Ref is the newest entry
	data *pupilData

	head    *fyne.Container
	strips  *fyne.Container  // what waits to be removed, and what is withheld
	then    func(*pupilPage) // done once the file is shown; nil for nothing
	line    *timeline
	bar     *fyne.Container // the sections to choose from
	said    *widget.Label   // what was just kept
	entries *entriesPane
	body    *panes
	section section
	reason  string          // Kind and Subject of the statement whose evidence is lit
	whole   map[string]bool // headings below which every statement is shown
	form    *form           // open beside the section; nil for none
	adding  bool            // a document is to be added to the record wanted, once it is shown
	box     fyne.CanvasObject
}

// pupilData is what the page shows.
type pupilData struct {
	file    *records.File
	line    chronology.Line
	reading pattern.Reading     // without what was set aside
	aside   []records.Dismissal // what was
	seen    string              // what whoever looks at the patterns has then seen
	due     []referral.Item
	today   records.Date
}

func newPupilPage(w *Window, id records.ID) *pupilPage {
	p := &pupilPage{w: w, id: id, said: quiet(""), whole: map[string]bool{}}
	p.head = container.New(&stackLayout{gap: -2})
	p.strips = container.New(&stackLayout{gap: 4})
	p.strips.Hide()
	p.line = newTimeline(w, p.choseOnLine)
	p.bar = container.NewHBox()
	p.entries = newEntriesPane(p)
	p.body = newPanes()
	p.said.Importance = widget.SuccessImportance
	p.said.Wrapping = fyne.TextWrapOff
	p.said.Truncation = fyne.TextTruncateEllipsis
	p.box = container.New(layout.NewCustomPaddedLayout(8, 10, 16, 16),
		filled(7, p.head, p.strips, p.line, container.NewBorder(nil, nil, p.bar, nil, p.said), p.body))
	return p
}

func (p *pupilPage) place() place               { return placePupils }
func (p *pupilPage) content() fyne.CanvasObject { return p.box }

func (p *pupilPage) leave() func(ctx context.Context) error {
	if p.form == nil {
		return nil
	}
	return p.form.draft.leave()
}

func (p *pupilPage) open() {
	store, id := p.w.store, p.id
	background(p.w, func(ctx context.Context) (*pupilData, error) { return loadPupil(ctx, store, id) }, func(d *pupilData, err error) {
		switch {
		case errors.Is(err, records.ErrLocked):
			p.showLocked()
		case err != nil:
			p.w.complain(err)
		default:
			p.show(d)
		}
	})
}

// loadPupil reads a pupil's file, which the audit trail notes. It touches no
// widget.
func loadPupil(ctx context.Context, s *records.Store, id records.ID) (*pupilData, error) {
	f, err := s.OpenFile(ctx, id)
	if err != nil {
		return nil, err
	}
	local, err := localProcedures(ctx, s)
	if err != nil {
		return nil, err
	}
	d := &pupilData{file: f, line: chronology.Of(f), today: f.Read.Date()}
	whole := pattern.Read(chronology.Events(f, d.line), f.Calendar, d.today)
	d.seen = chronology.KeepSeen(whole)
	d.reading, d.aside = chronology.SetAside(whole, f.Dismissals)
	d.due = referral.Items(f, local, f.Read)
	return d, nil
}

// show draws what was loaded, at the record that is wanted.
func (p *pupilPage) show(d *pupilData) {
	first := p.data == nil
	p.data = d
	p.showHead()
	p.showStrips()
	p.line.set(d.file, d.line)
	p.entries.set(d)
	at := d.find(p.want)
	if at < 0 && first && p.want.ID != "" {
		p.section = d.sectionOf(p.want)
	}
	p.entries.choose(at)
	p.relight()
	p.showSection(p.section)
	p.box.Refresh()
	if then := p.then; then != nil {
		p.then = nil
		then(p)
	}
	if p.adding {
		p.adding = false
		p.addDocument(p.want.ID, "")
	}
}

// find returns the place on the line of a record's last entry, the newest entry
// for the zero Ref, or -1.
func (d *pupilData) find(ref records.Ref) int {
	for i := len(d.line) - 1; i >= 0; i-- {
		if d.line[i].Ref.ID == ref.ID || ref.ID == "" && d.line[i].When.Date != "" {
			return i
		}
	}
	return -1
}

// sectionOf returns the section that shows a record which is not on the line.
func (d *pupilData) sectionOf(ref records.Ref) section {
	switch ref.Kind {
	case records.KindAction, records.KindMonitoring, records.KindMeeting:
		return sectionToDo
	case records.KindTie, records.KindPerson, records.KindStatus, records.KindPupil, records.KindHold, records.KindRemoval:
		return sectionPeople
	case records.KindSupport, records.KindImpact:
		return sectionTried
	case records.KindDocument:
		return sectionDocuments
	case records.KindDismissal:
		return sectionPatterns
	}
	return sectionEntries
}

func (p *pupilPage) sectionName(s section) string {
	d := p.data
	switch s {
	case sectionPatterns:
		return fmt.Sprintf("Patterns (%d)", len(statements(&d.reading)))
	case sectionToDo:
		return fmt.Sprintf("To do (%d)", len(d.due))
	case sectionPeople:
		return fmt.Sprintf("People and status (%d)", len(d.file.Ties))
	case sectionTried:
		return fmt.Sprintf("What has been tried (%d)", len(d.file.Supports))
	case sectionDocuments:
		return fmt.Sprintf("Documents (%d)", len(d.file.Documents))
	}
	return fmt.Sprintf("Entries (%d)", len(d.line))
}

// showSection shows one section; a form that is open stays with the section it
// was opened in.
func (p *pupilPage) showSection(s section) {
	p.closeForm()
	p.section = s
	empty(p.bar)
	for _, other := range allSections {
		b := newButton(p.sectionName(other), func() { p.press(other) })
		if other == s {
			b.Importance = widget.HighImportance
		}
		p.bar.Add(b)
	}
	p.bar.Refresh()
	switch s {
	case sectionEntries:
		p.showEntries()
	case sectionPatterns:
		p.showPatterns()
	case sectionToDo:
		p.body.set(p.w.scrolled(p.toDo()), nil)
	case sectionPeople:
		p.body.set(p.w.scrolled(p.people()), nil)
	case sectionTried:
		p.body.set(p.w.scrolled(p.tried()), nil)
	case sectionDocuments:
		p.body.set(p.w.scrolled(p.documents()), nil)
	}
}

func (p *pupilPage) showEntries() {
	if len(p.data.line) == 0 {
		p.body.set(container.NewVBox(card(subheading("There are no entries yet."),
			prose("The first concern begins the line. Who is in the household, and what has been tried, can be written down before."),
			container.NewHBox(p.bringIn(newButton), p.telling(newButton)))), nil)
		return
	}
	p.body.set(container.NewBorder(nil, container.NewHBox(p.telling(newButton), p.bringIn(newButton)), nil, nil, p.entries.list), p.entries.reading)
}

// bringIn returns the button that brings in a chronology from elsewhere; nobody
// sees it who does not write.
func (p *pupilPage) bringIn(button func(string, func()) *button) fyne.CanvasObject {
	b := button("Bring in a chronology …", func() { p.w.open(newBringIn(p.w, &p.data.file.Pupil)) })
	show(b, p.w.store.Me.Role.Writes())
	return b
}

// telling returns the button that writes down what somebody outside was told.
func (p *pupilPage) telling(button func(string, func()) *button) fyne.CanvasObject {
	b := button("Information shared …", p.writeShared)
	show(b, p.w.store.Me.Role.Writes())
	return b
}

// press shows a section; the evidence of a statement stays lit only while its
// entries are looked at.
func (p *pupilPage) press(s section) {
	p.say("")
	if s != sectionPatterns && s != sectionEntries && p.reason != "" {
		p.reason = ""
		p.relight()
	}
	p.showSection(s)
}

// choseOnLine shows an entry that was chosen on the timeline.
func (p *pupilPage) choseOnLine(i int) {
	p.entries.choose(i)
	if p.section != sectionEntries {
		p.showSection(sectionEntries)
	}
}

// chose is called when another entry is shown.
func (p *pupilPage) chose(i int) {
	p.line.choose(i)
	if i >= 0 {
		p.want = p.data.line[i].Ref
	}
	if p.form != nil && p.section == sectionEntries {
		p.showSection(sectionEntries)
	}
}

// say tells quietly what was just kept.
func (p *pupilPage) say(text string) { p.said.SetText(text) }

// write opens a form beside the section.
func (p *pupilPage) write(title string, f *form) {
	p.closeForm()
	p.say("")
	p.form = f
	f.box.Remove(f.foot)
	f.box.Objects = append([]fyne.CanvasObject{subheading(title)}, f.box.Objects...)
	p.body.aside(container.NewBorder(nil, f.foot, nil, nil, p.w.scrolled(card(f.box))))
	p.w.escape = func() { p.showSection(p.section) }
	f.focus()
	f.begin()
}

// closeForm takes the form away; what was typed into it is kept as a draft.
func (p *pupilPage) closeForm() {
	if p.form == nil {
		return
	}
	if keep := p.form.draft.leave(); keep != nil {
		save(p.w, keep, p.w.complain)
	}
	p.form, p.w.escape = nil, nil
}

// shut returns a button that takes the form away.
func (p *pupilPage) shut() fyne.CanvasObject { return p.shutBy("Close") }

// shutBy returns a button of that name that takes the form away.
func (p *pupilPage) shutBy(label string) fyne.CanvasObject {
	return plain(label, func() { p.showSection(p.section) })
}

// kept says what was kept and shows the file as it now is.
func (p *pupilPage) kept(text string) func() {
	return func() {
		p.form, p.w.escape = nil, nil
		p.say(text)
		p.open()
	}
}

// scrolled lets a column scroll up and down.
func (w *Window) scrolled(o fyne.CanvasObject) *container.Scroll {
	return w.newScroll(container.New(layout.NewCustomPaddedLayout(2, 8, 2, 12), o))
}
