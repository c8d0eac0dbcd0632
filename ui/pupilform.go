package ui

import (
	"cmp"
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/records"
)

// pupilForm is the page to add a pupil or to correct one.
type pupilForm struct {
	w     *Window
	pupil records.Pupil
	why   string
	sure  bool // that this is not the namesake who was asked about
	form  *form
	box   fyne.CanvasObject
}

// newPupilForm returns the page to correct a pupil; one without an ID is added.
func newPupilForm(w *Window, pupil records.Pupil) *pupilForm {
	p := &pupilForm{w: w, pupil: pupil}
	title, label, key := "Add a pupil", "Add the pupil", "pupil"
	if pupil.ID != "" {
		title, label, key = "Correct "+pupil.Name(), keepCorrection, "pupil "+string(pupil.ID)
	}
	p.form = w.newForm(key, label, p.submit)
	p.form.ask = p.askTwin
	p.inputs()
	body := container.New(&widthLimit{820}, card(container.NewPadded(p.form.box)))
	p.box = pageFrame(w, heading(title), body)
	return p
}

func (p *pupilForm) inputs() {
	f, c := p.form, &p.pupil
	for _, o := range []fyne.CanvasObject{
		row(f.line("forename", "Forename", "", &c.Forename), f.line("surname", "Surname", "", &c.Surname), f.line("known_as", "Known as", "", &c.KnownAs)),
		row(f.date("born", "Date of birth", &c.Born), f.line("sex", "Sex", "", &c.Sex), f.line("upn", "UPN", "13 characters", &c.UPN)),
		row(f.line("year_group", "Year", "R, 1 to 13", &c.YearGroup), f.line("form", "Form", "", &c.Form),
			f.date("joined", "Joined the school", &c.Joined), f.date("left", "Left the school", &c.Left)),
		row(f.line("language", "First language", "", &c.Language), f.line("ethnicity", "Ethnicity", "", &c.Ethnicity), f.line("religion", "Religion", "", &c.Religion)),
		row(f.text("communication", "How the child communicates", "In full sentences, by signing, with an interpreter …", 2, &c.Communication),
			f.text("needs", "Needs", "SEND, EHCP, disability, health", 2, &c.Needs)),
		f.text("address", "Address", "", 2, &c.Address),
		row(f.line("gp", "GP", "", &c.GP), f.line("nhs_number", "NHS number", "", &c.NHSNumber)),
	} {
		f.box.Add(o)
	}
	if c.ID != "" {
		f.box.Add(f.line("why", whyChanged, "Such as: moved house on 3 March", &p.why))
	}
	others := []fyne.CanvasObject{plain("Back", p.back), p.w.earlierButton("Earlier details of "+c.Name(), refTo(records.KindPupil, c.Meta))}
	if c.ID != "" && p.w.store.Me.Role.Manages() {
		others = append(others, plain("Ask for removal of the whole file …", p.remove))
	}
	f.finish(others...)
}

func (p *pupilForm) place() place                           { return placePupils }
func (p *pupilForm) content() fyne.CanvasObject             { return p.box }
func (p *pupilForm) leave() func(ctx context.Context) error { return p.form.draft.leave() }

func (p *pupilForm) open() {
	p.form.focus()
	p.form.begin()
}

func (p *pupilForm) back() {
	if p.pupil.ID != "" {
		p.w.open(newPupilPage(p.w, p.pupil.ID))
		return
	}
	p.w.open(newPupilsPage(p.w))
}

// remove goes to the pupil's page and asks there why the file is to be removed.
func (p *pupilForm) remove() {
	page := newPupilPage(p.w, p.pupil.ID)
	page.then = func(page *pupilPage) { page.askRemoval(records.KindPupil, page.id) }
	p.w.open(page)
}

// twin is the question whether a pupil is one who is kept already: it has the
// same name and birth date.
type twin struct{ records.Pupil }

func (*twin) Error() string { return "a pupil of this name and birth date is kept" }

func (p *pupilForm) submit() {
	store, kept, sure := p.w.store, records.Pupil{}, p.sure || p.pupil.ID != ""
	p.sure = false
	p.form.submit(func(ctx context.Context) error {
		kept = p.pupil
		if !sure {
			if q, is, err := store.Namesake(ctx, &kept); err != nil || is {
				return cmp.Or(err, error(&twin{q}))
			}
		}
		return store.Pupils.Save(ctx, &kept, p.why)
	}, func() { p.w.open(newPupilPage(p.w, kept.ID)) })
}

// askTwin asks whether a second file is wanted, where the error is that
// question.
func (p *pupilForm) askTwin(err error) bool {
	var t *twin
	if !errors.As(err, &t) {
		return false
	}
	left := ""
	if t.Left != "" {
		left = ", left on " + t.Left.String()
	}
	p.w.confirm("Is this another child?", pupilLabel(t.Pupil)+left+", is kept already. If it is the same child, write into that file: two files tell half the story each.",
		"Another child: add", func() { p.sure = true; p.submit() })
	return true
}

// widthLimit gives its one object the width there is, up to a limit at which
// lines of text are still easy to read.
type widthLimit struct{ most float32 }

func (l *widthLimit) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (l *widthLimit) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(min(size.Width, l.most), size.Height))
}
