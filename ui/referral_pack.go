package ui

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/chronology"
	"throughline/records"
	"throughline/referral/pack"
)

// packStep is the step of the pack: the boxes on the left, each with its gaps,
// and the one that is open on the right, sentence by sentence.
type packStep struct {
	page     *referralPage
	sections []records.Section
	adding   map[string]string // sentences typed but not added yet, by section
	start    formText          // what stood here before anything was changed
	frozen   bool              // it was sent, or whoever looks only reads
	key      string            // of the box that is open
	line     chronology.Line
	list     *fyne.Container
	editor   *fyne.Container
	print    *button // to be sent
	state    *widget.Label
	draft    *draft
	box      fyne.CanvasObject
}

// A draft holds the sections, and the sentences that are not added yet, as JSON
// under these names.
const (
	draftSections = "sections"
	draftAdding   = "adding"
)

// packDraft names the draft of a referral's pack.
func packDraft(id records.ID) string { return "referral " + string(id) + " pack" }

func newPackStep(page *referralPage) *packStep {
	d := page.data
	s := &packStep{page: page, frozen: d.ref.SentAt != "" || !page.writes(), key: pack.Sections()[0].Key, line: chronology.Of(d.file), adding: map[string]string{}}
	s.sections = d.ref.Sections
	if d.ref.SentAt == "" {
		s.sections = pack.Redraft(d.file, &d.ref)
	}
	s.list, s.editor, s.state = column(0), column(6), quiet("")
	s.start = s.text()
	s.draft = page.w.newDraft(packDraft(page.id), func() formText { return s.text().since(s.start) })
	left := page.w.newScroll(s.list)
	right := page.w.newScroll(container.New(layout.NewCustomPaddedLayout(0, 12, 8, 16), s.editor))
	buttons := container.NewHBox()
	label := savePackLabel
	switch {
	case !s.frozen:
		buttons.Add(newButton("Keep the pack", func() { s.keep(func() { s.state.SetText("Kept.") }) }))
		buttons.Add(newButton(saveDraftLabel, func() { s.keep(func() { page.saveDraft(page.data.ref) }) }))
	case fileSent(d.file, &d.ref) != nil:
		label = saveSentLabel
	case d.ref.SentAt == "":
		label = saveDraftLabel
	default:
		label = reprintLabel
	}
	s.print = primary(label, func() { s.keep(func() { page.savePack(page.data.ref) }) })
	buttons.Add(s.print)
	foot := container.New(layout.NewCustomPaddedLayout(6, 10, 16, 20), container.NewBorder(nil, nil, nil, buttons, s.state))
	s.box = container.NewBorder(nil, foot, container.New(&sideWidth{350}, container.New(layout.NewCustomPaddedLayout(0, 0, 16, 4), left)), nil, right)
	s.show()
	return s
}

// begin brings back what was changed and not kept. It is called once the step is
// shown.
func (s *packStep) begin() {
	if !s.frozen {
		s.draft.restore(s.restore)
	}
}

// restore brings back what was changed and not kept.
func (s *packStep) restore(t formText, at records.Stamp) {
	d := s.page.data
	var sections []records.Section
	if json.Unmarshal([]byte(t[draftSections]), &sections) == nil {
		ref := d.ref
		ref.Sections = sections
		s.sections = pack.Redraft(d.file, &ref)
	}
	if adding := map[string]string{}; json.Unmarshal([]byte(t[draftAdding]), &adding) == nil {
		s.adding = adding
	}
	s.state.SetText("What you changed by " + at.String() + " is back.")
	s.show()
}

// text returns the pack as a draft keeps it.
func (s *packStep) text() formText {
	sections, err := json.Marshal(s.sections)
	adding, err2 := json.Marshal(s.adding)
	if err != nil || err2 != nil {
		panic(errors.Join(err, err2)) // strings always marshal
	}
	return formText{draftSections: string(sections), draftAdding: string(adding)}
}

func (s *packStep) leave() func(context.Context) error {
	if s.frozen {
		return nil
	}
	return s.draft.leave()
}

func (s *packStep) changed() {
	s.state.SetText("")
	s.draft.changed()
}

// show draws the list of boxes and the box that is open.
func (s *packStep) show() {
	gaps := map[string][]pack.Gap{}
	n := 0
	for _, g := range pack.Missing(s.sections, &s.page.data.ref, s.page.data.file) {
		gaps[g.Section] = append(gaps[g.Section], g)
		n++
	}
	empty(s.list)
	if s.page.data.ref.SentAt != "" {
		s.list.Add(quiet("Sent, and kept as it was sent."))
	} else {
		s.list.Add(quiet(upperFirst(count(n, "gap", "gaps")) + " to look at."))
	}
	s.print.Importance = widget.HighImportance
	if n > 0 && !s.frozen {
		s.print.Importance = widget.MediumImportance // the gaps come first
	}
	s.print.Refresh()
	for _, spec := range pack.Sections() {
		label := spec.Letter + "  " + spec.Title
		if g := len(gaps[spec.Key]); g > 0 && !s.frozen {
			label += fmt.Sprintf("  (%d)", g)
		}
		b := plain(label, func() { s.key = spec.Key; s.show() })
		b.Alignment = widget.ButtonAlignLeading
		if spec.Key == s.key {
			b.Importance = widget.HighImportance
		}
		s.list.Add(b)
	}
	s.list.Refresh()
	s.showBox(gaps[s.key])
}

// showBox draws the box that is open.
func (s *packStep) showBox(gaps []pack.Gap) {
	empty(s.editor)
	spec := pack.Sections()[slices.IndexFunc(pack.Sections(), func(p pack.Spec) bool { return p.Key == s.key })]
	if c := s.sinceCard(); c != nil {
		s.editor.Add(c)
	}
	s.editor.Add(column(-8, subheading(spec.Title), quiet(spec.Why)))
	if len(gaps) > 0 && !s.frozen {
		s.editor.Add(tinted(palette[colorLit], s.gaps(gaps)))
	}
	sec := s.section(s.key)
	for i := range sec.Statements {
		s.editor.Add(s.statement(sec, i))
	}
	if s.frozen {
		if len(sec.Statements) == 0 {
			s.editor.Add(prose(orElse(sec.Blank.String(), "Not answered")))
		}
		s.editor.Refresh()
		return
	}
	s.editor.Add(s.blank(sec))
	add := s.page.w.newText(spec.Hint, 2)
	add.SetText(s.adding[s.key])
	add.OnChanged = func(text string) {
		if s.adding[sec.Key] = text; text == "" {
			delete(s.adding, sec.Key)
		}
		s.changed()
	}
	s.editor.Add(newField("Add a sentence of your own", add))
	s.editor.Add(container.NewHBox(newIconButton("Add it", theme.ContentAddIcon(), func() {
		s.take(sec.Key)
		s.changed()
		s.show()
	})))
	s.editor.Refresh()
}

// mostGaps is how many gaps of a box stand above its sentences at first.
const mostGaps = 3

// gaps lists what a box lacks, the vague entries that it rests on first, each
// with the button that opens it.
func (s *packStep) gaps(gaps []pack.Gap) fyne.CanvasObject {
	rows := column(-6)
	if gaps[0].Entry.ID != "" {
		rows.Add(quiet("Mend what is vague first, or social care will read that nothing was done."))
	}
	add := func(gaps []pack.Gap) {
		for _, g := range gaps {
			rows.Add(s.gap(g))
		}
	}
	add(gaps[:min(mostGaps, len(gaps))])
	if rest := len(gaps) - mostGaps; rest > 0 {
		more := container.NewHBox()
		more.Add(newButton(fmt.Sprintf("And %d more: show them", rest), func() {
			rows.Remove(more)
			add(gaps[mostGaps:])
		}))
		rows.Add(more)
	}
	return rows
}

func (s *packStep) gap(g pack.Gap) fyne.CanvasObject {
	text := quiet("•  " + g.Sentence)
	if g.Entry.ID == "" {
		return text
	}
	open := newButton("Open the entry", func() { s.page.w.openRef(s.page.pupil, g.Entry) })
	return container.NewBorder(nil, nil, nil, container.NewCenter(open), text)
}

// take adds to a section the sentence that was typed for it.
func (s *packStep) take(key string) {
	if text := strings.TrimSpace(records.Clean(s.adding[key])); text != "" {
		sec := s.section(key)
		sec.Statements = append(sec.Statements, records.Statement{Text: text, Edited: true})
	}
	delete(s.adding, key)
}

// section returns the section of a key, which it adds when the referral has
// none yet.
func (s *packStep) section(key string) *records.Section {
	i := slices.IndexFunc(s.sections, func(sec records.Section) bool { return sec.Key == key })
	if i < 0 {
		i = len(s.sections)
		s.sections = append(s.sections, records.Section{Key: key})
	}
	return &s.sections[i]
}

// blank is the choice of what an empty box says.
func (s *packStep) blank(sec *records.Section) fyne.CanvasObject {
	out := 0
	for _, st := range sec.Statements {
		if st.LeftOut == "" {
			out++
		}
	}
	if out > 0 {
		return widget.NewLabel("")
	}
	choices := []records.Blank{records.BlankNotKnown, records.BlankNotApplicable}
	r := widget.NewRadioGroup(names(choices), nil)
	r.Horizontal = true
	r.SetSelected(sec.Blank.String())
	r.OnChanged = func(v string) {
		sec.Blank = records.BlankNotChosen
		if i := slices.Index(r.Options, v); i >= 0 {
			sec.Blank = choices[i]
		}
		s.changed()
		s.show()
	}
	return newField("Nothing stands here. What should the form say?", r)
}

// statement shows one sentence with its evidence, to be changed or left out.
func (s *packStep) statement(sec *records.Section, i int) fyne.CanvasObject {
	st := &sec.Statements[i]
	if s.frozen {
		return s.frozenStatement(*st)
	}
	e := s.page.w.newText("", min(6, 1+len(st.Text)/95))
	e.SetText(st.Text)
	e.OnChanged = func(string) {
		st.Text, st.Edited = e.clean(), true
		s.changed()
	}
	why := s.page.w.newEntry("Why it does not go out")
	why.SetText(st.LeftOut)
	why.OnChanged = func(string) { st.LeftOut = why.clean(); s.changed() }
	why.OnSubmitted = func(string) { s.show() }
	show(why, st.LeftOut != "")
	leave := plain("Leave out …", func() {
		why.Show()
		s.editor.Refresh()
		s.page.w.win.Canvas().Focus(why)
	})
	if st.LeftOut != "" {
		leave = plain("Take in again", func() { st.LeftOut = ""; s.changed(); s.show() })
	}
	buttons := container.NewHBox(leave)
	if b := s.whyButton(*st); b != nil {
		buttons.Add(b)
	}
	fill := palette[colorCard]
	if st.LeftOut != "" {
		fill = palette[theme.ColorNameDisabledButton]
	}
	return tinted(fill, e, why, container.NewBorder(nil, nil, quiet(standing(*st)), buttons))
}

func (s *packStep) frozenStatement(st records.Statement) fyne.CanvasObject {
	if st.LeftOut != "" {
		return card(quiet("Left out: "+st.LeftOut), prose(st.Text))
	}
	row := column(-6, prose(st.Text), quiet(standing(st)))
	if b := s.whyButton(st); b != nil {
		row.Add(container.NewHBox(b))
	}
	return card(row)
}

// standing says in words what a sentence is.
func standing(st records.Statement) string {
	switch {
	case st.Standing == records.Hearsay:
		return "Hearsay"
	case st.Standing == records.Opinion:
		return "Professional opinion"
	case len(st.Rests) == 0:
		return "Yours"
	case st.Edited:
		return "Drafted, changed by you"
	}
	return "From the record"
}

// keep saves the pack as a version of the referral, with the sentences that
// were typed to be added.
func (s *packStep) keep(done func()) {
	if s.frozen {
		done()
		return
	}
	if len(s.adding) > 0 {
		for _, key := range slices.Sorted(maps.Keys(s.adding)) {
			s.take(key)
		}
		s.show()
	}
	w, ref := s.page.w, s.page.data.ref
	ref.Sections = slices.Clone(s.sections)
	store := w.store
	save(w, func(ctx context.Context) error { return store.Referrals.Save(ctx, &ref, "The pack.") }, func(err error) {
		var invalid *records.Invalid
		if errors.As(err, &invalid) {
			s.state.SetText(invalid.Error())
			return
		}
		if err != nil {
			w.complain(err)
			return
		}
		s.page.data.ref = ref
		s.draft.drop()
		s.start = s.text()
		s.draft = w.newDraft(s.draft.form, s.draft.text)
		done()
	})
}
