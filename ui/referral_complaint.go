package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"throughline/records"
	"throughline/referral"
)

// complaint shows a complaint about conduct, and what can be done next: write
// its answer, or close it.
func (p *referralPage) complaint(c referral.ChallengeState, rows *fyne.Container) fyne.CanvasObject {
	rows.Add(prose("Made to " + c.Challenge.To + " on " + c.Challenge.Raised.String() + ". Asked for: " + c.Challenge.Sought))
	rows.Add(p.letterButton(c, nil))
	if c.Challenge.Answer != "" {
		rows.Add(prose("Answered on " + c.Challenge.Answered.String() + ": " + c.Challenge.Answer))
	}
	if c.Challenge.Resolved != "" {
		rows.Add(prose("What was resolved: " + c.Challenge.Resolved))
	}
	if !c.Open() || !p.writes() {
		return card(rows)
	}
	if c.Challenge.Answer == "" {
		rows.Add(p.answer(c.Challenge))
	}
	rows.Add(p.resolve(c.Challenge))
	return card(rows)
}

// answer records the answer to a complaint.
func (p *referralPage) answer(c records.Challenge) fyne.CanvasObject {
	c.Answered = p.data.now.Date()
	store := p.w.store
	var f *form
	f = p.form("answer "+string(c.ID), "Keep the answer", func() {
		f.submit(func(ctx context.Context) error {
			saved := c
			if saved.Answer == "" {
				return saying("answer", "Write what they answered.")
			}
			return store.Challenges.Save(ctx, &saved, "The answer.")
		}, p.open)
	})
	f.box.Add(row(f.text("answer", "What they answered", "", 2, &c.Answer), f.date("answered", "Answered on", &c.Answered)))
	f.finish()
	return f.box
}

// practices shows what other professionals did well, and asks for more of it.
func (p *referralPage) practices() fyne.CanvasObject {
	g := records.GoodPractice{Pupil: p.pupil, Referral: p.id, On: p.data.now.Date()}
	store := p.w.store
	var f *form
	f = p.form("good practice", "Keep this", func() {
		f.submit(func(ctx context.Context) error {
			saved := g
			return store.Practices.Save(ctx, &saved, "")
		}, p.open)
	})
	f.box.Add(row(f.line("who", "Who did something well: name, role, agency", "", &g.Who), f.date("on", "On", &g.On)))
	f.box.Add(row(f.text("what", "What was done, and what it changed for the child", "", 2, &g.What), f.text("told", "Who was told of it: them, their manager", "", 2, &g.Told)))
	f.finish()
	rows := column(4, subheading("Good practice"), quiet("Write down what was done well, as you would a challenge: it is on the child's line, and in the numbers."))
	for i := len(p.data.file.Practices) - 1; i >= 0; i-- {
		if g := p.data.file.Practices[i]; g.Referral == p.id {
			rows.Add(prose(g.On.String() + ", " + g.Who + ": " + g.What))
		}
	}
	switch {
	case p.writes():
		rows.Add(f.box)
	case len(rows.Objects) == 2:
		return column(0)
	}
	return card(rows)
}
