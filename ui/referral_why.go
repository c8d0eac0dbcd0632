package ui

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/records"
)

// ground is one thing that a sentence of a pack rests on.
type ground struct {
	title string
	text  string
	label string // of the button that opens it
	open  func()
}

// grounds returns what a sentence rests on: entries in the order of the line,
// then the child, people and others that are not events, each once.
func (s *packStep) grounds(st records.Statement) []ground {
	rests := map[records.ID]bool{}
	for _, r := range st.Rests {
		rests[r.ID] = true
	}
	var list []ground
	onLine := map[records.ID]bool{}
	for _, e := range s.line {
		if !rests[e.Ref.ID] {
			continue
		}
		onLine[e.Ref.ID] = true
		text := e.Event
		if e.Voice != "" {
			text += "\n“" + e.Voice + "”"
		}
		list = append(list, ground{entryInWords(e.When.String(), e.Title), text, "Open the entry", s.opens(e.Ref)})
	}
	for _, r := range st.Rests {
		if onLine[r.ID] {
			continue
		}
		onLine[r.ID] = true
		if g := s.besideLine(r); g != nil {
			list = append(list, *g)
		}
	}
	return list
}

// opens returns what opens a record in place of the panel.
func (s *packStep) opens(ref records.Ref) func() {
	return func() {
		s.page.w.closeDialogs()
		s.page.w.openRef(s.page.pupil, ref)
	}
}

// besideLine says what is recorded of something that is no event: the child, a
// sibling, somebody in their life, this referral, a document without a date. It
// is nil for what is no longer on the file, and for a person who stands here
// with what they are to the child.
func (s *packStep) besideLine(r records.Ref) *ground {
	d := s.page.data
	g := &ground{label: "Open", open: s.opens(r)}
	kept := func(m records.Meta) string {
		return "Kept by " + nameOr(d.file.Author(m), "somebody not known") + ", " + m.RecordedAt.String() + "."
	}
	switch r.Kind {
	case records.KindPupil:
		for _, p := range append([]records.Pupil{d.file.Pupil}, d.file.Siblings...) {
			if p.ID == r.ID {
				g.title, g.text = "The details of "+p.Name(), pupilLabel(p)+". "+kept(p.Meta)
				return g
			}
		}
	case records.KindTie:
		for i := range d.file.Ties {
			if t := &d.file.Ties[i]; t.ID == r.ID {
				person := d.file.People[t.Person]
				g.title = nameOr(person.Name, "Somebody whose name is not known")
				g.text = joined("\n", tieInWords(t, &person), labelled("Strength: ", t.Strength), labelled("Risk factors: ", t.RiskFactors),
					labelled("Risk to staff: ", t.RiskToStaff), kept(t.Meta))
				return g
			}
		}
	case records.KindReferral:
		if r.ID == d.ref.ID {
			g.title, g.text = "This referral", "The three decisions, and the call. "+kept(d.ref.Meta)
			g.open = func() {
				s.page.w.closeDialogs()
				s.page.turn(stepDecide)
			}
			return g
		}
	case records.KindDocument:
		for _, doc := range d.file.Documents {
			if doc.ID == r.ID {
				g.title, g.text = doc.Title, documentFacts(&doc)
				return g
			}
		}
	}
	return nil
}

// joined returns the parts that are not empty with sep between them.
func joined(sep string, parts ...string) string {
	var there []string
	for _, p := range parts {
		if p != "" {
			there = append(there, p)
		}
	}
	return strings.Join(there, sep)
}

// whyButton opens what a sentence rests on; nil for one that rests on nothing.
func (s *packStep) whyButton(st records.Statement) fyne.CanvasObject {
	n := len(s.grounds(st))
	if n == 0 {
		return nil
	}
	return plain(fmt.Sprintf("Show me why (%d)", n), func() { s.showWhy(st) })
}

// showWhy shows what a sentence rests on.
func (s *packStep) showWhy(st records.Statement) {
	rows := column(6, quiet(st.Text))
	for _, g := range s.grounds(st) {
		rows.Add(card(container.NewBorder(nil, nil, nil, container.NewVBox(plain(g.label, g.open)), quiet(g.title)), prose(g.text)))
	}
	s.page.w.showPanel("What this rests on", rows)
}
