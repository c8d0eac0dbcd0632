package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/referral"
)

// challenges is the step of disagreeing, rung by rung.
func (p *referralPage) challenges() fyne.CanvasObject {
	d := p.data
	if d.state.Began == "" {
		return column(0, card(prose("There is nothing to challenge yet: the referral has not been sent.")))
	}
	if p.letter != nil {
		return column(0, p.writeLetter())
	}
	if form := p.correctedChallenge(); form != nil {
		return column(0, form)
	}
	rows := column(8)
	open := false
	for i := len(d.state.Challenges) - 1; i >= 0; i-- {
		c := d.state.Challenges[i]
		open = open || c.Open() && c.Challenge.Sort == p.sort
		rows.Add(p.challenge(c))
	}
	for _, q := range p.questions(referral.Unresolved) {
		rows.Add(q)
	}
	switch {
	case !p.writes() && len(rows.Objects) == 0:
		rows.Add(card(prose("There is no challenge or complaint.")))
	case !p.writes():
	case open && p.sort == records.OfDecision:
		rows.Add(container.NewHBox(plain("A challenge or complaint of another kind …", func() { p.challengeOf(records.OfConvening) })))
	default:
		rows.Add(p.newChallenge())
	}
	rows.Add(p.practices())
	return container.NewVBox(rows)
}

// newChallenge opens a challenge of the kind that is chosen: with the local
// ladder, the school's own, or the route of a complaint.
func (p *referralPage) newChallenge() fyne.CanvasObject {
	d := p.data
	kinds := newSelect(nil, nil)
	for _, s := range records.ChallengeSorts() {
		kinds.Options = append(kinds.Options, s.String())
	}
	kinds.SetSelected(p.sort.String())
	kinds.OnChanged = func(string) {
		p.sort = records.ChallengeSorts()[kinds.SelectedIndex()]
		p.turn(stepChallenge)
	}
	c := referral.NewChallengeOf(p.sort, d.ref, p.challenged(), d.local)
	if m := d.state.LastConference(); m != nil && p.sort == records.OfConference {
		c.Meeting, c.Decision = m.ID, "On "+m.On.String()+" the conference decided: "+m.Decided
	}
	about := column(4, subheading("Challenge, or complain"), newField("What is it about?", kinds))
	if c.Sort == records.OfConduct {
		return card(about, p.newComplaint(&c))
	}
	return card(about, p.newClimb(&c))
}

// challenged returns the reply that a challenge is about: the decision, or the
// last word where there is none.
func (p *referralPage) challenged() records.Reply {
	s := p.data.state
	switch n := len(s.Replies); {
	case s.Decision != nil:
		return *s.Decision
	case n > 0:
		return s.Replies[n-1].Reply
	}
	return records.Reply{}
}

// newClimb opens a challenge that goes up a ladder.
func (p *referralPage) newClimb(c *records.Challenge) fyne.CanvasObject {
	var f *form
	f = p.form("challenge "+string(c.Sort), "Open the challenge", func() { p.keepChallenge(f, c) })
	p.climbFields(f, c)
	f.finish()
	ladder := column(-10)
	for i, s := range c.Ladder {
		ladder.Add(quiet(rungLine(i+1, s)))
	}
	return column(4, quiet(p.advice(c.Sort)), ladder, f.box)
}

// climbFields adds the fields of a challenge that goes up a ladder to a form.
func (p *referralPage) climbFields(f *form, c *records.Challenge) {
	if c.Sort == records.OfDecision {
		f.box.Add(row(wordsOf(f, "grounds", "Grounds", "Choose", records.Grounds(), &c.Grounds),
			f.tick("urgent", "Urgent: rungs may be jumped", &c.Urgent)))
	} else {
		f.box.Add(row(f.tick("urgent", "Urgent: rungs may be jumped", &c.Urgent)))
	}
	label := "The decision challenged"
	if c.Sort == records.InsideSchool {
		label = "What you disagree about, and who holds which view"
	}
	f.box.Add(f.text("decision", label, "", 2, &c.Decision))
	f.box.Add(f.text("safety", "What keeps the child safe meanwhile", "Who does what, from today", 2, &c.Safety))
}

// advice says how a kind of challenge is taken up.
func (p *referralPage) advice(s records.ChallengeSort) string {
	switch s {
	case records.InsideSchool:
		return "Talk first, on the same day. Anybody may refer a child themselves; nobody needs leave for it. If it is not settled, go on like this:"
	case records.OfConvening:
		return "Ask who decided, and why, and ask for it in writing. Whoever has a duty to the child may ask for a discussion or a conference. Then climb the ladder of " + p.data.local.Title + ":"
	case records.OfConference:
		return "Say it in the meeting, and have it put in the minutes with the reason. Then climb the ladder of " + p.data.local.Title + ":"
	}
	return "Ask first whether there is an alternative. If the child is still not safe, climb the ladder of " + p.data.local.Title + ":"
}

// newComplaint makes a complaint about conduct, which has no ladder.
func (p *referralPage) newComplaint(c *records.Challenge) fyne.CanvasObject {
	c.Raised = p.data.now.Date()
	var f *form
	f = p.form("complaint", "Keep the complaint", func() { p.keepChallenge(f, c) })
	p.complaintFields(f, c)
	f.finish()
	return column(4, quiet("How somebody behaved is a matter for their manager or their complaints team, not for the ladder. It changes no decision about the child: challenge that beside it. What concerns harm by somebody who works with children goes to the LADO instead."), f.box)
}

// complaintFields adds the fields of a complaint about conduct to a form.
func (p *referralPage) complaintFields(f *form, c *records.Challenge) {
	f.box.Add(f.text("decision", "What happened: what was said or done, when, and who was there", "", 3, &c.Decision))
	f.box.Add(row(f.line("to", "To whom: name, role, agency", "", &c.To), f.date("raised", "Made on", &c.Raised)))
	f.box.Add(f.text("sought", "What you ask for", "", 2, &c.Sought))
}

func (p *referralPage) keepChallenge(f *form, c *records.Challenge) {
	store := p.w.store
	f.submit(func(ctx context.Context) error {
		saved := *c
		return store.Challenges.Save(ctx, &saved, "")
	}, func() {
		p.sort = records.OfDecision
		p.open()
	})
}

// challenge shows one challenge with its rungs, and what can be done next.
func (p *referralPage) challenge(c referral.ChallengeState) fyne.CanvasObject {
	about := c.Challenge.Grounds
	if c.Challenge.Sort != records.OfDecision {
		about = c.Challenge.Sort.String()
	}
	title := "Challenge: " + about
	if !c.Open() {
		title = "Resolved on " + c.Challenge.ResolvedOn.String() + ": " + about
	}
	rows := column(4, p.correctable(column(4, wrapped(subheading(title)), prose(c.Challenge.Decision)), records.KindChallenge, c.Challenge.Meta))
	if !c.Challenge.Sort.Climbs() {
		return p.complaint(c, rows)
	}
	rows.Add(quiet("Safe meanwhile: " + c.Challenge.Safety))
	if c.Challenge.Resolved != "" {
		rows.Add(prose("What was resolved: " + c.Challenge.Resolved))
	}
	ladder := column(-10)
	for i, s := range c.Challenge.Ladder {
		ladder.Add(quiet(rungLine(i+1, s)))
	}
	rows.Add(ladder)
	for i := range c.Rungs {
		rows.Add(p.rung(c, &c.Rungs[i]))
	}
	if !c.Open() || !p.writes() {
		return card(rows)
	}
	if next := p.nextStep(c); next != nil {
		rows.Add(next)
	}
	rows.Add(p.resolve(c.Challenge))
	return card(rows)
}

// resolve closes a challenge with what was resolved and when.
func (p *referralPage) resolve(c records.Challenge) fyne.CanvasObject {
	var f *form
	f = p.form("resolve "+string(c.ID), "Close the challenge", func() {
		store := p.w.store
		f.submit(func(ctx context.Context) error {
			if c.Resolved == "" && c.ResolvedOn == "" {
				return saying("resolved", "A challenge is closed only with what was resolved and when.")
			}
			return store.Challenges.Save(ctx, &c, "Resolved.")
		}, p.open)
	})
	f.box.Add(container.New(&besideLayout{200}, f.date("resolved_on", "Resolved on", &c.ResolvedOn),
		f.line("resolved", "What was resolved, and how", "A challenge is closed only with this", &c.Resolved)))
	f.button.Importance = widget.MediumImportance // what comes next on the ladder is the first thing
	f.finish()
	return f.box
}
