package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/chronology"
	"throughline/records"
)

// entriesPane is the list of entries, newest first, and the one that is read.
type entriesPane struct {
	page     *pupilPage
	order    []int // places on the line, in the order of the list
	selected int   // place on the line; -1 for none
	list     *openList
	reading  *container.Scroll
	text     *fyne.Container
}

func newEntriesPane(p *pupilPage) *entriesPane {
	e := &entriesPane{page: p, selected: -1, text: container.New(&stackLayout{gap: -4})}
	e.list = newOpenList(p.w, func() int { return len(e.order) },
		func() fyne.CanvasObject { return newEntryRow() },
		func(i int, o fyne.CanvasObject) {
			if i < len(e.order) && p.data != nil {
				o.(*entryRow).set(&p.data.line[e.order[i]])
			}
		}, func() {})
	e.list.OnSelected = func(i widget.ListItemID) { e.choose(e.order[i]) }
	e.list.marked = func(i int) { e.choose(e.order[i]) }
	e.reading = e.page.w.scrolled(e.text)
	return e
}

// set shows the entries of a file: newest first, undated ones last.
func (e *entriesPane) set(d *pupilData) {
	e.order, e.selected = newestEntries(d.line), -1
	e.list.UnselectAll()
	e.list.Refresh()
}

func newestEntries(line chronology.Line) []int {
	var dated, undated []int
	for i := len(line) - 1; i >= 0; i-- {
		if line[i].When.Date == "" {
			undated = append(undated, i)
		} else {
			dated = append(dated, i)
		}
	}
	return append(dated, undated...)
}

// choose shows an entry by its place on the line; -1 shows none.
func (e *entriesPane) choose(at int) {
	if at == e.selected && at >= 0 {
		return
	}
	e.selected = at
	for row, i := range e.order {
		if i == at {
			e.list.Select(row)
			e.list.moveTo(row)
		}
	}
	e.page.chose(at)
	e.read()
}

// entryRow is one entry in the list: when, what kind, and how it begins.
type entryRow struct {
	widget.BaseWidget
	when, title, event  *widget.Label
	flag, closed, again *fyne.Container
}

func newEntryRow() *entryRow {
	r := &entryRow{when: widget.NewLabel(""), title: widget.NewLabel(""), event: widget.NewLabel("")}
	r.when.SizeName = theme.SizeNameCaptionText
	r.when.Alignment = fyne.TextAlignTrailing
	r.title.TextStyle.Bold = true
	r.title.Truncation = fyne.TextTruncateEllipsis
	r.event.SizeName = theme.SizeNameCaptionText
	r.event.Truncation = fyne.TextTruncateEllipsis
	r.flag = container.NewCenter(tag("Vague", palette[colorLit], palette[theme.ColorNameWarning]))
	r.closed = container.NewCenter(stateTag(&chronology.Entry{Closed: true}))
	r.again = container.NewCenter(stateTag(&chronology.Entry{Again: true}))
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer draws the two lines of the row.
func (r *entryRow) CreateRenderer() fyne.WidgetRenderer {
	when := container.New(&fixedWidth{128}, r.when)
	first := container.NewBorder(nil, nil, nil, container.NewHBox(r.flag, r.closed, r.again, when), r.title)
	return widget.NewSimpleRenderer(container.NewBorder(nil, nil, nil, container.New(&fixedWidth{8}, widget.NewLabel("")),
		container.New(&stackLayout{gap: -13}, first, r.event)))
}

// set shows an entry. The texts are set without drawing each, then drawn once.
func (r *entryRow) set(e *chronology.Entry) {
	begins := e.Summary
	if begins == "" {
		begins = e.Event
	}
	if begins == "" {
		begins = e.Voice
	}
	r.when.Text = e.When.String()
	r.title.Text = strings.TrimPrefix(e.Title, "Concern: ")
	r.event.Text = inOneLine(begins)
	r.flag.Hidden = len(e.Vagueness()) == 0
	r.closed.Hidden, r.again.Hidden = !e.Closed, e.Closed || !e.Again
	r.Refresh()
}

// inOneLine joins lines; one that does not end a sentence is marked off from the
// next.
func inOneLine(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if before := b.String(); strings.ContainsAny(before[max(0, len(before)-1):], ".:;,!?") {
			b.WriteString(" ")
		} else if before != "" {
			b.WriteString("; ")
		}
		b.WriteString(line)
	}
	return b.String()
}

// read shows the entry that is chosen.
func (e *entriesPane) read() {
	empty(e.text)
	e.reading.ScrollToTop()
	defer e.reading.Refresh()
	d := e.page.data
	if e.selected < 0 || e.selected >= len(d.line) {
		e.text.Add(quiet("Choose an entry to read it."))
		return
	}
	x := &d.line[e.selected]
	e.text.Add(e.title(x))
	for _, f := range x.Findings {
		e.text.Add(e.finding(x, f))
	}
	e.parts(x)
	entered := "Entered by "
	if x.Imported != "" {
		entered = "Imported from " + x.Imported + ", by "
	}
	e.text.Add(quiet(entered + nameOr(x.By, "somebody not known") + ", " + x.Recorded.String() + late(x)))
	e.text.Add(e.buttons(x))
}

func nameOr(name, or string) string {
	if name == "" {
		return or
	}
	return name
}

// late says that an entry was written days after what it tells.
func late(x *chronology.Entry) string {
	if x.Ref.Kind == records.KindDocument || x.Imported != "" {
		return "" // its date is that of the letter, or it was written down elsewhere
	}
	if n := x.When.Date.DaysUntil(x.Recorded.Date()); x.When.IsExact() && n > 1 {
		return ", " + count(n, "day", "days") + " after it happened"
	}
	return ""
}

func (e *entriesPane) title(x *chronology.Entry) fyne.CanvasObject {
	tags := container.NewHBox(container.NewCenter(tag(x.When.String(), palette[colorCardBorder], palette[theme.ColorNameForeground])))
	add := func(text string) {
		if text != "" {
			tags.Add(container.NewCenter(tag(text, palette[theme.ColorNameHeaderBackground], palette[theme.ColorNameForeground])))
		}
	}
	if x.Severity > 0 {
		add(x.Severity.String())
	}
	if x.Standing == records.Hearsay {
		add("Hearsay")
	}
	if x.Significant {
		add("Significant")
	}
	if x.Agency != "School" {
		add(x.Agency)
	}
	if state := stateTag(x); state != nil {
		tags.Add(container.NewCenter(state))
	}
	name := subheading(x.Title)
	name.Wrapping = fyne.TextWrapWord
	return column(0, name, container.New(layout.NewCustomPaddedLayout(0, 6, 7, 0), tags))
}

// finding says what is vague or unfair in an entry, what to ask, and where to
// answer it.
func (e *entriesPane) finding(x *chronology.Entry, f chronology.Finding) fyne.CanvasObject {
	words := prose("“" + f.Text + "”")
	words.TextStyle.Italic = true
	content := column(-10, words, prose(f.Ask))
	var answer fyne.CanvasObject
	if do, label := e.remedy(x, f); do != nil {
		answer = container.NewCenter(e.page.w.writeButton(label, do))
	}
	return container.New(layout.NewCustomPaddedLayout(2, 6, 4, 4), tinted(palette[colorLit], container.NewBorder(nil, nil, nil, answer, content)))
}

// block shows one part of an entry under its name; nothing where it is empty.
func (e *entriesPane) block(name, text string) {
	if text == "" {
		return
	}
	l := quiet(name)
	l.TextStyle.Bold = true
	e.text.Add(column(-14, l, prose(text)))
}

func (e *entriesPane) parts(x *chronology.Entry) {
	if x.Voice != "" {
		bar := canvas.NewRectangle(palette[theme.ColorNamePrimary])
		bar.SetMinSize(fyne.NewSize(3, 1))
		l := quiet("In the child’s words")
		l.TextStyle.Bold = true
		words := prose("“" + x.Voice + "”")
		words.TextStyle.Italic = true
		e.text.Add(container.New(layout.NewCustomPaddedLayout(2, 4, 8, 4),
			container.NewBorder(nil, nil, bar, nil, column(-14, l, words))))
	}
	e.block("What happened", x.Event)
	e.bodyMap(x)
	e.block("On the child", x.Impact)
	e.block("The writer’s opinion", x.Opinion)
	e.block("Parents", x.Response)
	e.block("Done", x.Action)
	e.block("Decided", x.Decision)
	e.block("Because", x.Reason)
	e.block("What came of it", x.Outcome)
	if m := e.page.data.file.PlanFor(x.Ref.ID); m != nil {
		e.block("The plan that answers it", planInWords(m))
	}
	e.block("How it is known", x.Source)
	e.block("Where", x.Place)
	e.block("In one line", x.Summary)
	e.documentBlock(x.Ref.ID)
}

// bodyMap shows the marks of a concern. Those of another pupil's concern are on
// that child.
func (e *entriesPane) bodyMap(x *chronology.Entry) {
	if x.Ref.Kind != records.KindConcern || x.Part != "" {
		return
	}
	for i := range e.page.data.file.Concerns {
		if c := &e.page.data.file.Concerns[i]; c.ID == x.Ref.ID && len(c.Marks) > 0 {
			e.text.Add(bodyMapBlock(c.Marks))
		}
	}
}

// remedy returns what answers a finding, and the name of its button.
func (e *entriesPane) remedy(x *chronology.Entry, f chronology.Finding) (do func(), label string) {
	if x.Ref.Kind == records.KindConcern && x.Part == "" && isWatching(f) && e.page.data.file.PlanFor(x.Ref.ID) == nil {
		return func() { e.page.makePlain(x.Ref.ID) }, "Make it plain"
	}
	if do, _ := e.correction(x, f.Field); do != nil {
		return do, "Correct this"
	}
	return nil, ""
}

// correction returns what corrects an entry at a field, and the name of its
// button; nil for what is corrected on another page. An empty field is the first
// one.
func (e *entriesPane) correction(x *chronology.Entry, at string) (do func(), label string) {
	p := e.page
	id := x.Ref.ID
	switch x.Ref.Kind {
	case records.KindConcern:
		return func() { p.w.open(newConcernCorrection(p.w, p.id, id, at)) }, "Correct this entry"
	case records.KindSupport:
		return func() { p.writeSupport(id) }, "Correct or end this"
	case records.KindMonitoring:
		return func() { p.writePlan(id) }, "Correct this plan"
	case records.KindAction:
		return func() { p.writeDone(id) }, "Correct this entry"
	case records.KindStatus:
		return func() { p.writeStatus(id) }, "Correct or end this"
	case records.KindTie:
		return func() { p.writePerson(id) }, "Correct this entry"
	case records.KindImpact:
		return func() { p.lookAgain(id) }, "Correct what it changed"
	case records.KindDocument:
		return func() { p.showSection(sectionDocuments) }, "Show the document"
	}
	return nil, ""
}

func (e *entriesPane) buttons(x *chronology.Entry) fyne.CanvasObject {
	p := e.page
	box := container.NewHBox()
	if do, label := e.correction(x, ""); do != nil && x.Ref.Kind == records.KindDocument {
		box.Add(newButton(label, do))
	} else if do != nil {
		box.Add(p.w.writeButton(label, do))
	} else if x.Ref.Kind == records.KindChildNote {
		box.Add(newButton("Open the note", func() { p.w.openRef(p.id, x.Ref) }))
	} else if x.Ref.Kind != records.KindDisclosure {
		box.Add(newButton("Open the referral", func() { p.w.openRef(p.id, x.Ref) }))
	}
	if x.Ref.Kind == records.KindConcern && x.Part == "" && !x.Vague() && p.data.file.PlanFor(x.Ref.ID) == nil {
		box.Add(p.w.writeButton("Plan to watch …", func() { p.makePlain(x.Ref.ID) }))
	}
	if m := p.data.planAt(x.Ref); m != nil && m.Ended == "" {
		box.Add(p.w.writeButton("End this plan", func() { p.endPlan(m.ID) }))
	}
	if x.Ref.Kind != records.KindDocument && p.w.store.Me.Role.Writes() {
		box.Add(newButton("Add a document …", func() { p.addDocument(x.Ref.ID, "") }))
	}
	if x.Ref.Version > 1 {
		box.Add(plain(count(x.Ref.Version-1, "earlier version", "earlier versions"), func() { e.history(x.Ref) }))
	} else if p.data.reworded(x.Ref.ID) {
		box.Add(plain("Changed before it was kept", func() { e.history(x.Ref) }))
	}
	return column(2, box, e.life(x))
}

// life returns the buttons that close an entry, open it again or ask for its
// removal.
func (e *entriesPane) life(x *chronology.Entry) fyne.CanvasObject {
	p, id := e.page, x.Ref.ID
	box := container.NewHBox()
	if x.Ref.Kind == records.KindConcern && x.Part == "" && p.w.store.Me.Role.Writes() {
		if x.Closed {
			box.Add(newButton("Open again …", func() { p.reopenConcern(id) }))
		} else {
			box.Add(newButton("Close this concern …", func() { p.closeConcern(id) }))
		}
	}
	if p.removable(x.Ref, x.Part) {
		box.Add(newButton("Ask for removal …", func() { p.askRemoval(x.Ref.Kind, id) }))
	}
	show(box, len(box.Objects) > 0)
	return box
}
