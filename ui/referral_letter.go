package ui

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/chronology"
	"throughline/records"
	"throughline/referral"
	"throughline/referral/pack"
)

// letterOf is the letter that is being written: of a rung, or of the complaint
// itself when there is no rung.
type letterOf struct {
	challenge records.Challenge
	rungs     []records.Rung
	rung      *records.Rung
}

// key names the draft of the letter. That of a rung is the same before and after
// the rung is recorded as raised.
func (l *letterOf) key() string {
	if l.rung != nil {
		return fmt.Sprintf("letter %s %d", l.challenge.ID, l.rung.Number)
	}
	return "letter " + string(l.challenge.ID)
}

// letterButton opens the letter of a rung, or of a complaint when rung is nil.
func (p *referralPage) letterButton(c referral.ChallengeState, rung *records.Rung) fyne.CanvasObject {
	return container.NewHBox(p.w.writeButton("Letter …", func() {
		p.letter = &letterOf{c.Challenge, c.Rungs, rung}
		p.turn(stepChallenge)
	}))
}

// writeLetter shows the letter as it was drafted, to be changed and then made.
func (p *referralPage) writeLetter() fyne.CanvasObject {
	d, of := p.data, p.letter
	o := pack.Options{School: d.school, Author: p.w.store.Me, Now: d.now}
	l := pack.ComplaintLetter(d.file, &d.ref, &of.challenge, o)
	if of.rung != nil {
		l = pack.RungLetter(d.file, &d.ref, &of.challenge, of.rungs, of.rung, o)
	}
	initials := false
	password := p.w.newSecret("")
	var f *form
	f = p.form(of.key(), "Make the letter …", func() {
		if f.ready(l) {
			p.makeLetter(l, initials, password.Text)
		}
	})
	back := plain("Back to the challenge", func() {
		p.letter = nil
		p.turn(stepChallenge)
	})
	f.box.Add(row(f.line("to", "To: name, role, agency", "", &l.To), f.date("on", "Date of the letter", &l.On)))
	f.box.Add(f.line("about", "About", "", &l.About))
	for i := range l.Parts {
		part := &l.Parts[i]
		title := orElse(part.Title, "How it begins")
		if part.List {
			title += " (each line is a point)"
		}
		f.box.Add(f.text(part.Key, title, "Left empty, this part is not printed", min(8, 1+len(part.Text)/110+strings.Count(part.Text, "\n")), &part.Text))
	}
	f.box.Add(row(f.line("sign", "Who signs", "", &l.Sign), newField("Password to open it (empty: none)", password).hint("Tell it by telephone, never in the same e-mail.")))
	f.box.Add(f.tick("initials", "Initials and roles in place of names", &initials))
	f.box.Add(quiet("Initials do not hide names that the record does not hold, so read the letter before it goes out. That it was made, and to whom it goes, is kept on the child's file."))
	f.finish()
	return card(container.NewBorder(nil, nil, nil, back, wrapped(subheading(l.Title))), f.box)
}

// ready reads the letter's fields and says beside them what is missing. What was
// typed stays a draft, so that the letter can be made again.
func (f *form) ready(l pack.Letter) bool {
	f.say("")
	for _, in := range f.inputs {
		if !in.read() {
			f.w.win.Canvas().Focus(in.focus)
			return false
		}
	}
	var missing records.Invalid
	for _, need := range []struct{ field, sentence string }{
		{"to", "Say to whom the letter goes."}, {"on", "Give the date of the letter."}, {"about", "Say whom the letter is about."},
		{pack.PartDecision, "Say what the letter is about: without it nobody can answer."}, {pack.PartSought, "Say what you ask for."}, {"sign", "Say who signs."},
	} {
		if in := f.input(need.field); in != nil && strings.TrimSpace(in.text()) == "" {
			missing.Problems = append(missing.Problems, records.Problem{Field: need.field, Sentence: need.sentence})
		}
	}
	if in := f.input("to"); len([]rune(in.text())) > records.ShortLimit {
		missing.Problems = append(missing.Problems, records.Problem{Field: "to", Sentence: "This is too long: 200 characters at most."})
	}
	if len(missing.Problems) > 0 {
		f.explain(&missing)
		return false
	}
	return true
}

// makeLetter asks where the letter goes and writes it there, under a name that
// names nobody. To whom it goes is kept as shared.
func (p *referralPage) makeLetter(l pack.Letter, initials bool, password string) {
	d, store := p.data, p.w.store
	what := "Letter: " + strings.ToLower(l.Title[:1]) + l.Title[1:]
	p.w.saveFile("letter "+string(l.On)+".pdf", func(ctx context.Context, path string) error {
		out := l
		if initials {
			out = l.Hide(chronology.NewAliases(d.file).Hide)
		}
		sum, at, err := pack.ExportLetter(ctx, store, d.ref.Pupil, out, path, password)
		if err != nil {
			return err
		}
		return store.Disclosures.Save(ctx, &records.Disclosure{
			Pupil: d.ref.Pupil, Referral: d.ref.ID, What: what, To: l.To, SHA256: sum, At: at,
			Basis: "Professional challenge, to keep the child safe. " + basis(&d.ref),
		}, "")
	})
}

// sinceCard says what of the record is not as it was when the pack was sent; nil
// when nothing is.
func (s *packStep) sinceCard() fyne.CanvasObject {
	d := s.page.data
	changes := pack.Since(d.file, &d.ref)
	if len(changes) == 0 {
		return nil
	}
	head := "Since it was sent, " + count(len(changes), "entry is", "entries are") + " new or not as before."
	show := plain("Show which", func() { s.page.w.showPanel("Since the pack was sent", s.sinceRows(changes)) })
	return tinted(palette[colorLit], container.NewBorder(nil, nil, nil, show, plainText(head)))
}

func (s *packStep) sinceRows(changes []pack.Change) fyne.CanvasObject {
	rows := column(4, quiet("The pack stays as it was sent. Tell the social worker what they would not know from it."))
	for n, c := range changes {
		if n == sinceMost {
			rows.Add(quiet("And " + count(len(changes)-n, "more", "more") + ", on the pupil's line."))
			break
		}
		rows.Add(s.sinceRow(c))
	}
	return rows
}

// sinceMost is how many entries are listed; the pupil's line has them all.
const sinceMost = 40

func (s *packStep) sinceRow(c pack.Change) fyne.CanvasObject {
	text := c.Become.String()
	if c.Title != "" {
		text += ": " + c.Title
	}
	if c.When.Date != "" {
		text += ", " + c.When.String()
	}
	lines := column(-8, plainText(text))
	if len(c.Texts) > 0 {
		lines.Add(quiet("In the pack: “" + strings.Join(c.Texts, "” “") + "”"))
	}
	if c.Become == pack.GoneNow || c.Ref.Kind == records.KindPupil || c.Ref.Kind == records.KindPerson || c.Ref.Kind == records.KindTie {
		return card(lines)
	}
	ref := c.Ref
	return card(container.NewBorder(nil, nil, nil, container.NewVBox(plain("Open the entry", func() {
		s.page.w.closeDialogs()
		s.page.w.openRef(s.page.pupil, ref)
	})), lines))
}
