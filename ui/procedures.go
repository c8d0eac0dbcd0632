package ui

import (
	"context"
	"errors"
	"maps"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/referral/procedures"
)

// proceduresPage edits the school's own copy of local procedures, one part at a
// time. All parts are saved together.
type proceduresPage struct {
	goBack func() // to where one came from: the settings, unless another page says

	w      *Window
	name   string // of the procedures that are edited
	coming bool   // the edition still to come is edited, not the one in force
	at     procPart
	text   procedures.Fields
	start  procedures.Fields // what is kept
	fields map[string]*field // of the part that is shown, by the key of its setting
	focus  map[string]fyne.Focusable

	data   *proceduresData
	choose *selectBox
	news   *fyne.Container
	tabs   map[procPart]*button
	body   *fyne.Container
	foot   *fyne.Container
	saved  *widget.Label
	draft  *draft
	box    fyne.CanvasObject
}

// proceduresData is what the page shows.
type proceduresData struct {
	all     []procedures.Listed
	follows string              // the name that the school follows
	local   procedures.Followed // what is followed under the name that is edited
	edit    *procedures.Procedures
	listed  procedures.Listed // what is edited
	used    bool              // by the school, or a referral or challenge was begun by it
}

// procPart is a part of the procedures.
type procPart string

// The parts, in the order in which they are shown.
const (
	partDoor   procPart = "Front door"
	partClocks procPart = "Clocks"
	partLadder procPart = "Challenge ladder"
	partForm   procPart = "Referral form"
	partLevels procPart = "Levels of help"
)

var procParts = []procPart{partDoor, partClocks, partLadder, partForm, partLevels}

// newProceduresPage returns the page for the procedures that the school follows.
func newProceduresPage(w *Window) *proceduresPage {
	p := &proceduresPage{w: w, at: partDoor, tabs: map[procPart]*button{}, saved: quiet(""), body: column(8), news: column(4), foot: container.NewHBox()}
	p.goBack = func() { w.goTo(string(placeSettings)) }
	p.choose = newSelect(nil, nil)
	back := plain(backLabel, func() { p.goBack() })
	tabs := container.NewHBox()
	for _, part := range procParts {
		p.tabs[part] = newButton(string(part), func() { p.at = part; p.draw() })
		tabs.Add(p.tabs[part])
	}
	more := newIconButton("Add an authority …", theme.ContentAddIcon(), p.add)
	head := column(2, container.NewBorder(nil, nil, nil, container.NewCenter(container.NewHBox(more, back)), heading("Local procedures")),
		container.New(&besideLayout{300}, framed(p.choose), tabs))
	p.foot.Add(primary("Save", p.save))
	foot := container.New(layout.NewCustomPaddedLayout(6, 10, 16, 20), container.NewBorder(nil, nil, p.foot, nil, p.saved))
	p.box = container.NewBorder(nil, foot, nil, nil, pageFrame(w, head, column(8, p.news, p.body)))
	return p
}

func (p *proceduresPage) place() place               { return placeSettings }
func (p *proceduresPage) content() fyne.CanvasObject { return p.box }

func (p *proceduresPage) open() {
	name, coming := p.name, p.coming
	load(p.w, func(ctx context.Context) (*proceduresData, error) { return p.load(ctx, name, coming) }, p.show)
}

func (p *proceduresPage) leave() func(context.Context) error {
	if p.draft == nil {
		return nil
	}
	return p.draft.leave()
}

// load reads the procedures of a name; those that the school follows when it is
// empty.
func (p *proceduresPage) load(ctx context.Context, name string, coming bool) (*proceduresData, error) {
	s := p.w.store
	school, err := s.School(ctx)
	if err != nil {
		return nil, err
	}
	folder := procedures.Beside(s.Path())
	d := &proceduresData{follows: orElse(school.Procedures, procedures.Default)}
	if d.all, err = folder.Names(); err != nil {
		return nil, err
	}
	name = orElse(name, d.follows)
	if d.local, err = procedures.LoadFrom(folder.Path(), name, records.DateOf(s.Now())); err != nil {
		return nil, err
	}
	d.edit, err = folder.Edit(name, coming)
	if errors.Is(err, records.ErrNotFound) { // a copy of the school's own that cannot be read
		edit := *d.local.Procedures
		edit.Name = name
		d.edit, err = &edit, nil
	}
	if err != nil {
		return nil, err
	}
	for _, l := range d.all {
		if l.Name == name {
			d.listed = l
		}
	}
	d.used, err = s.UsesProcedures(ctx, name)
	return d, err
}

func (p *proceduresPage) show(d *proceduresData) {
	p.data, p.name = d, d.edit.Name
	p.text = d.edit.Fields()
	p.start = maps.Clone(p.text)
	p.choose.OnChanged, p.choose.Options = nil, nil
	for i, l := range d.all {
		p.choose.Options = append(p.choose.Options, listedTitle(l))
		if l.Name == p.name {
			p.choose.SetSelectedIndex(i)
		}
	}
	p.choose.OnChanged = func(string) { p.other(d.all[p.choose.SelectedIndex()].Name, false) }
	p.showNews()
	key := "procedures " + p.name
	if p.coming {
		key += " to come"
	}
	p.draft = p.w.newDraft(key, func() formText { return formText(p.text).since(formText(p.start)) })
	p.draw()
	p.draft.restore(func(t formText, at records.Stamp) {
		maps.Copy(p.text, t)
		p.saved.SetText("What you changed by " + at.String() + " is back. It is not saved yet.")
		p.draw()
	})
}

// listedTitle names procedures in a list, with whether they are the school's own.
func listedTitle(l procedures.Listed) string {
	switch {
	case l.Edited && !l.Ships:
		return l.Title + " (added)"
	case l.Edited:
		return l.Title + " (edited by the school)"
	}
	return l.Title
}

// other edits other procedures, or another edition; what was typed is kept.
func (p *proceduresPage) other(name string, coming bool) {
	if keep := p.leave(); keep != nil {
		save(p.w, keep, p.w.complain)
	}
	p.name, p.coming = name, coming
	p.saved.SetText("")
	p.open()
}

// showNews says what is in force, what waits and what cannot be used.
func (p *proceduresPage) showNews() {
	d := p.data
	empty(p.news)
	if text := proceduresNews(d.local); text != "" {
		row := tinted(palette[colorLit], plainText(text))
		if d.local.Refused != nil {
			row = tinted(palette[colorLate], plainText(text))
		}
		p.news.Add(row)
	}
	switch {
	case p.coming:
		p.news.Add(container.NewHBox(newButton("Edit the edition in force", func() { p.other(p.name, false) })))
	case d.local.Waiting != nil:
		p.news.Add(container.NewHBox(newButton("Edit the edition from "+d.local.Waiting.EditionDate.String(), func() { p.other(p.name, true) })))
	}
	if p.name != d.follows {
		p.news.Add(quiet("The school does not follow these. Choose whose procedures it follows under Settings, The school."))
	}
	p.foot.Objects = p.foot.Objects[:1]
	switch l := d.listed; {
	case l.Edited && l.Ships:
		p.foot.Add(newButton("Back to what ships …", p.drop))
	case l.Edited && !d.used:
		p.foot.Add(newButton("Take off the list …", p.takeOff))
	case l.Edited && p.name != d.follows:
		p.news.Add(quiet("A referral was begun by these, so they stay on the list."))
	}
	p.news.Refresh()
}

func (p *proceduresPage) edited() {
	p.saved.SetText("Not saved yet.")
	p.draft.changed()
}

// save keeps the school's own copy, unless something is wrong with it, which is
// said beside it.
func (p *proceduresPage) save() {
	if p.data == nil {
		return
	}
	edit, problems := p.text.Read(p.name, p.w.now())
	day, coming := records.DateOf(p.w.now()), p.coming
	if edit.Checked > day {
		problems = append(problems, procedures.Problem{Key: "checked", Reason: "This day is still to come."})
	}
	if len(problems) > 0 {
		p.explain(problems)
		return
	}
	store, d := p.w.store, p.draft
	save(p.w, func(ctx context.Context) error { return procedures.Save(ctx, store, edit, coming) }, func(err error) {
		if err != nil {
			p.w.complain(err)
			return
		}
		d.drop()
		p.coming = false
		p.open()
		p.saved.SetText("Saved. " + whenUsed(edit, day))
	})
}

// whenUsed says from when what was saved is followed.
func whenUsed(p *procedures.Procedures, day records.Date) string {
	if p.EditionDate > day {
		return "It is used from " + p.EditionDate.String() + " on."
	}
	return "What is due is counted by it from now on. A referral that was sent shows beside it the limit it began with, and a challenge that is open keeps its ladder."
}

// drop goes back to what ships, once that is confirmed.
func (p *proceduresPage) drop() {
	store, name, d := p.w.store, p.name, p.draft
	p.w.confirm("Back to what ships?", "The school's own copy is put aside, in the folder “earlier” beside the record, and what ships with Throughline is used from now on.", "Back to what ships", func() {
		save(p.w, func(ctx context.Context) error { return procedures.Drop(ctx, store, name) }, func(err error) {
			if err != nil {
				p.w.complain(err)
				return
			}
			d.drop()
			p.coming = false
			p.open()
			p.saved.SetText("The school's own copy was put aside.")
		})
	})
}

// explain shows the part with the first problem, and says on it what is wrong.
func (p *proceduresPage) explain(problems []procedures.Problem) {
	p.at = partOf(problems[0].Key)
	p.draw()
	elsewhere, first := map[procPart]int{}, true
	for _, problem := range problems {
		if part := partOf(problem.Key); part != p.at {
			elsewhere[part]++
			continue
		}
		f, key := p.fieldFor(problem.Key)
		if f == nil {
			p.saved.SetText(problem.Reason)
			continue
		}
		f.says(problem.Reason)
		if first {
			if at := p.focus[key]; at != nil {
				p.w.win.Canvas().Focus(at)
			}
			p.w.reveal(f)
			first = false
		}
	}
	text := "Nothing is saved yet: look at what is marked."
	for _, part := range procParts {
		if elsewhere[part] > 0 {
			text += " There is more under “" + string(part) + "”."
		}
	}
	p.saved.SetText(text)
}

// fieldFor returns the field of a setting; for a row as a whole, its first that
// is empty, or its first.
func (p *proceduresPage) fieldFor(key string) (*field, string) {
	if f := p.fields[key]; f != nil {
		return f, key
	}
	for _, part := range []string{".theirs", ".ours", ".label"} {
		if f := p.fields[key+part]; f != nil && strings.TrimSpace(p.text[key+part]) == "" {
			return f, key + part
		}
	}
	if f := p.fields[key+".ladder"]; f != nil {
		return f, key + ".ladder"
	}
	return nil, ""
}

// partOf returns the part that a setting stands on.
func partOf(key string) procPart {
	head, _, _ := strings.Cut(key, ".")
	switch head {
	case "clocks":
		return partClocks
	case "challenge":
		return partLadder
	case "form":
		return partForm
	case "levels":
		return partLevels
	}
	return partDoor
}

// proceduresCard is the card of the settings page that leads here.
func (p *settingsPage) proceduresCard() fyne.CanvasObject {
	p.local = plainText("")
	return card(subheading("Local procedures"), p.local, container.NewHBox(
		newIconButton("Edit local procedures", theme.DocumentCreateIcon(), func() { p.w.open(newProceduresPage(p.w)) })))
}

// tellLocal says what is followed, and what of it is not known.
func (p *settingsPage) tellLocal(l procedures.Followed) {
	text := "Telephone numbers, time limits, the challenge ladder and the boxes of the referral form: as they ship, or as the school edited them. In use: " + l.Title
	if l.Edited {
		text += ", edited by the school"
	}
	text += ifText(", edition ", l.Edition, "") + ". "
	if n := len(l.Unknown()); n > 0 {
		text += upperFirst(count(n, "thing is", "things are")) + " not known in it yet. "
	}
	p.local.SetText(text + proceduresNews(l))
}
