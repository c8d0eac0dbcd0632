package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

func (d *pupilData) support(id records.ID) *records.Support {
	for i := range d.file.Supports {
		if d.file.Supports[i].ID == id {
			return &d.file.Supports[i]
		}
	}
	return nil
}

// tried shows the help that was offered or given, newest first: what gives a
// referral its weight.
func (p *pupilPage) tried() fyne.CanvasObject {
	box := container.New(&stackLayout{gap: 6})
	box.Add(p.triedButtons())
	all := p.data.file.Supports
	if len(all) == 0 {
		box.Add(card(prose("Nothing is written down yet. What was offered at a lower level, and why it was not enough, is what gives a referral its weight.")))
	}
	for i := len(all) - 1; i >= 0; i-- {
		box.Add(p.supportCard(&all[i]))
	}
	p.addImpacts(box)
	return box
}

func (p *pupilPage) supportCard(s *records.Support) fyne.CanvasObject {
	what := prose(s.What)
	what.TextStyle.Bold = true
	text := container.New(&stackLayout{gap: -14}, what, quiet(s.Level.String()+". "+s.By+". "+spanOf(s.From, s.To)))
	for _, l := range []struct{ label, text string }{
		{"Aim: ", s.Aim}, {"Before: ", s.Before}, {"After: ", s.After}, {"Result: ", s.Result},
		{"Why it was not enough: ", s.WhyNotEnough},
	} {
		if l.text != "" {
			text.Add(prose(l.label + l.text))
		}
	}
	if s.To != "" && s.Result == "" {
		missing := quiet("What came of it is not written down.")
		missing.Importance = widget.WarningImportance
		text.Add(missing)
	}
	id, label := s.ID, "Correct"
	if s.To == "" {
		label = "End or correct"
	}
	return card(container.NewBorder(nil, nil, nil, container.NewCenter(
		p.w.writeButton(label, func() { p.writeSupport(id) })), text))
}

// writeSupport opens the form for help that was offered or given; an empty ID
// adds one.
func (p *pupilPage) writeSupport(id records.ID) {
	s, title, key := records.Support{Pupil: p.id}, "What has been tried", "support of "+string(p.id)
	if old := p.data.support(id); old != nil {
		s, title, key = *old, "End or correct what was tried", "support "+string(id)
	}
	var why string
	var f *form
	store := p.w.store
	f = p.w.newForm(key, "Keep", func() {
		f.submit(func(ctx context.Context) error {
			saved := s
			return store.Supports.Save(ctx, &saved, why)
		}, p.kept("Kept."))
	})
	f.box.Add(f.text("what", "What was offered or done?", "Breakfast club every school day", 2, &s.What))
	f.box.Add(row(choice(f, "level", "Level of help", "Choose", records.Levels(), &s.Level), f.line("by", "Given by", "Name and role", &s.By)))
	f.box.Add(f.line("aim", "What was it for?", "", &s.Aim))
	f.box.Add(row(f.date("from", "From", &s.From), f.date("to", "Until (empty while it lasts)", &s.To)))
	f.box.Add(row(f.text("before", "How it was before", "Late 9 of 20 days", 2, &s.Before), f.text("after", "The same measure afterwards", "Late 8 of 20 days", 2, &s.After)))
	f.box.Add(f.text("result", "What came of it?", "", 2, &s.Result))
	f.box.Add(f.text("why_not_enough", "Why was it not enough?", "", 2, &s.WhyNotEnough))
	if s.ID != "" {
		f.box.Add(f.line("why", "Why is this changed?", "Such as: it ended", &why))
	}
	f.finish(p.shut())
	p.write(title, f)
}
