package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"throughline/records"
)

// sharedBases are what something leaves the record on, besides our own use. The
// names say what the law asks of whoever shares: consent, or why without it.
var sharedBases = []string{
	"With consent",
	"To keep the child safe, without consent",
	"To the next school, with the file",
	"Asked for by a court, the police or an inspectorate",
}

// sharing asks to whom something goes and why. For our own use nothing more is
// asked, and nothing is written down as shared.
type sharing struct {
	w         *Window
	to, words *entry
	why       *selectBox
	fields    map[string]*field
	more      *fyne.Container // asked only of what is shared
	box       fyne.CanvasObject
	changed   func() // the height may have
}

func newSharing(w *Window, changed func()) *sharing {
	s := &sharing{w: w, to: w.newEntry("Name, role, agency"), words: w.newEntry("Whose consent, or why without it"), changed: changed}
	options := append([]string{forUs}, sharedBases...)
	if !w.store.Me.Role.Writes() {
		options = options[:1] // who may not write cannot write down what was shared
	}
	s.why = newSelect(options, s.chose)
	s.why.PlaceHolder = "Choose"
	s.fields = map[string]*field{"to": newField("To whom", s.to), "basis": newField("Why", s.why)}
	s.to.OnChanged = func(string) { s.fields["to"].says("") }
	s.more = column(-2, newField("In your own words, if there is more to say", s.words), quiet("This is written down as information shared, on the pupil’s line."))
	s.more.Hide()
	s.box = column(2, row(s.fields["basis"], s.fields["to"]), s.more)
	if len(options) == 1 {
		s.why.SetSelected(forUs)
	}
	return s
}

func (s *sharing) chose(why string) {
	s.fields["basis"].says("")
	s.fields["to"].says("")
	if why == forUs {
		s.to.Disable()
	} else {
		s.to.Enable()
	}
	show(s.more, why != forUs)
	s.changed()
}

// fill puts in what is known: how the same was shared before, or else who works
// with the child outside the school.
func (s *sharing) fill(f *records.File, what string, today records.Date) {
	if !s.w.store.Me.Role.Writes() {
		return
	}
	s.to.SetText(workerOn(f.Bands, today))
	for _, d := range slices.Backward(f.Disclosures) {
		if !strings.HasPrefix(d.What, what) {
			continue
		}
		why, words, _ := strings.Cut(d.Basis, ": ")
		if slices.Contains(s.why.Options, why) {
			s.to.SetText(d.To)
			s.words.SetText(words)
			s.why.SetSelected(why)
			return
		}
	}
}

// disclosure returns what is to be written down as shared, nil for our own use.
// It is false where something is missing, which stands beside its field then.
func (s *sharing) disclosure(pupil records.ID, what string) (*records.Disclosure, bool) {
	switch s.why.Selected {
	case "":
		s.fields["basis"].says("Choose why it leaves the record.")
		return nil, false
	case forUs:
		return nil, true
	}
	d := &records.Disclosure{Pupil: pupil, What: shortened(what, records.ShortLimit), To: s.to.clean(),
		Basis: s.why.Selected + labelled(": ", s.words.clean()), At: records.StampOf(s.w.now())}
	if err := d.Check(d.At); err != nil {
		s.w.explain(err, s.fields)
		return nil, false
	}
	return d, true
}

// writeShared opens the form for information that was shared by telephone, in a
// meeting or by e-mail: what left the building without a file.
func (p *pupilPage) writeShared() {
	d := records.Disclosure{Pupil: p.id, At: records.StampOf(p.w.store.Now())}
	var f *form
	store := p.w.store
	f = p.w.newForm("shared of "+string(p.id), "Keep", func() {
		f.submit(func(ctx context.Context) error {
			kept := d
			return store.Disclosures.Save(ctx, &kept, "")
		}, p.kept("Written down as information shared."))
	})
	f.box.Add(quiet("For what you told somebody outside by telephone, face to face or by e-mail. What is exported from here is written down by itself."))
	f.box.Add(f.line("what", "What was shared?", "Her attendance since September", &d.What))
	f.box.Add(row(f.line("to", "To whom?", "Name, role, agency", &d.To), f.stamp("at", "When?", &d.At)))
	f.box.Add(f.text("basis", "Why, and whether with consent?", "Her mother agreed on the telephone", 2, &d.Basis))
	f.box.Add(f.text("said", "In which words, if they matter", "", 2, &d.Said))
	f.finish(p.shut())
	p.write("Information shared", f)
}
