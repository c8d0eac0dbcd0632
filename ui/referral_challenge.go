package ui

import (
	"context"
	"fmt"

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
	if open && p.sort == records.OfDecision {
		rows.Add(container.NewHBox(plain("A challenge or complaint of another kind …", func() { p.challengeOf(records.OfConvening) })))
	} else {
		rows.Add(p.newChallenge())
	}
	rows.Add(p.practices())
	return container.NewVBox(rows)
}

// newChallenge opens a challenge of the kind that is chosen: with the local
// ladder, the school's own, or the route of a complaint.
func (p *referralPage) newChallenge() fyne.CanvasObject {
	d := p.data
	var decision records.Reply
	if d.state.Decision != nil {
		decision = *d.state.Decision
	} else if n := len(d.state.Replies); n > 0 {
		decision = d.state.Replies[n-1].Reply
	}
	kinds := widget.NewSelect(nil, nil)
	for _, s := range records.ChallengeSorts() {
		kinds.Options = append(kinds.Options, s.String())
	}
	kinds.SetSelected(p.sort.String())
	kinds.OnChanged = func(string) {
		p.sort = records.ChallengeSorts()[kinds.SelectedIndex()]
		p.turn(stepChallenge)
	}
	c := referral.NewChallengeOf(p.sort, d.ref, decision, d.local)
	if m := d.state.LastConference(); m != nil && p.sort == records.OfConference {
		c.Meeting, c.Decision = m.ID, "On "+m.On.String()+" the conference decided: "+m.Decided
	}
	about := column(4, subheading("Challenge, or complain"), newField("What is it about?", kinds))
	if c.Sort == records.OfConduct {
		return card(about, p.newComplaint(&c))
	}
	return card(about, p.newClimb(&c))
}

// newClimb opens a challenge that goes up a ladder.
func (p *referralPage) newClimb(c *records.Challenge) fyne.CanvasObject {
	var f *form
	f = p.form("challenge "+string(c.Sort), "Open the challenge", func() { p.keepChallenge(f, c) })
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
	f.finish()
	ladder := column(-10)
	for i, s := range c.Ladder {
		ladder.Add(quiet(rungLine(i+1, s)))
	}
	return column(4, quiet(p.advice(c.Sort)), ladder, f.box)
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
	f.box.Add(f.text("decision", "What happened: what was said or done, when, and who was there", "", 3, &c.Decision))
	f.box.Add(row(f.line("to", "To whom: name, role, agency", "", &c.To), f.date("raised", "Made on", &c.Raised)))
	f.box.Add(f.text("sought", "What you ask for", "", 2, &c.Sought))
	f.finish()
	return column(4, quiet("How somebody behaved is a matter for their manager or their complaints team, not for the ladder. It changes no decision about the child: challenge that beside it. What concerns harm by somebody who works with children goes to the LADO instead."), f.box)
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
	rows := column(4, wrapped(subheading(title)), prose(c.Challenge.Decision))
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
	var last *records.Rung
	for i := range c.Rungs {
		last = &c.Rungs[i]
		rows.Add(p.rung(c, &c.Rungs[i]))
	}
	if !c.Open() {
		return card(rows)
	}
	switch {
	case last != nil && last.Result == records.RungOpen:
		rows.Add(p.rungReply(*last))
	case c.Next > 0 && (last == nil || last.Result == records.RungClimb || last.Result == records.RungPartly):
		rows.Add(p.raise(c))
	}
	rows.Add(p.resolve(c.Challenge))
	return card(rows)
}

// rung shows a rung that was taken.
func (p *referralPage) rung(c referral.ChallengeState, r *records.Rung) fyne.CanvasObject {
	text := fmt.Sprintf("Rung %d, raised %s by %s with %s. Sought: %s Risk if nothing changes: %s", r.Number, r.RaisedAt, r.By, r.To, r.Sought, r.Risk)
	rows := column(-8, prose(text))
	if r.Due != "" {
		rows.Add(quiet("Reply due " + r.Due.String()))
	}
	if r.Reply != "" {
		rows.Add(prose("Reply of " + r.RepliedAt.String() + ": " + r.Reply))
	}
	rows.Add(quiet(r.Result.String() + ". " + r.ResultWhy))
	return tinted(palette[colorCard], container.NewBorder(nil, nil, nil, container.NewVBox(p.letterButton(c, r)), rows))
}

// raise takes the next rung.
func (p *referralPage) raise(c referral.ChallengeState) fyne.CanvasObject {
	step := c.Challenge.Ladder[c.Next-1]
	r := records.Rung{RaisedAt: p.data.now, By: p.w.store.Me.Name + ", " + p.w.store.Me.Role.String(), To: step.Theirs}
	var f *form
	f = p.form(fmt.Sprintf("rung %s %d", c.Challenge.ID, c.Next), "Record that it is raised", func() {
		store, local, cal := p.w.store, p.data.local, p.data.file.Calendar
		f.submit(func(ctx context.Context) error {
			raised, err := referral.RaiseRung(c.Challenge, c.Rungs, c.Next, r.RaisedAt, local, cal)
			if err != nil {
				return err
			}
			raised.By, raised.To, raised.Method, raised.Risk, raised.Sought, raised.Told = r.By, r.To, r.Method, r.Risk, r.Sought, r.Told
			raised.ReliesOn = p.evidence()
			return store.Rungs.Save(ctx, &raised, "")
		}, p.open)
	})
	when := f.stamp("raised_at", "When", &r.RaisedAt)
	f.box.Add(sideBySide(when, wordsOf(f, "method", "How", "Choose", []string{"Telephone", "E-mail", "Letter", "Meeting"}, &r.Method)))
	f.box.Add(row(f.line("by", "Raised by", "", &r.By), f.line("to", "With whom: name, role, agency", "", &r.To)))
	f.box.Add(row(f.text("risk", "Risk to the child if nothing changes", "", 2, &r.Risk), f.text("sought", "The outcome you ask for", "", 2, &r.Sought)))
	f.box.Add(f.line("told", "Who else was told", "", &r.Told))
	f.finish()
	return tinted(palette[colorLit], wrapped(subheading(fmt.Sprintf("Raise rung %d: %s with %s", c.Next, step.Ours, step.Theirs))), f.box)
}

// evidence returns the entries that the pack rests on.
func (p *referralPage) evidence() []records.Ref {
	var refs []records.Ref
	seen := map[records.ID]bool{}
	for _, sec := range p.data.ref.Sections {
		for _, st := range sec.Statements {
			for _, r := range st.Rests {
				if st.LeftOut == "" && r.Kind == records.KindConcern && !seen[r.ID] {
					seen[r.ID] = true
					refs = append(refs, r)
				}
			}
		}
	}
	return refs
}

// rungReply records their reply to a rung, and how it ended.
func (p *referralPage) rungReply(r records.Rung) fyne.CanvasObject {
	r.RepliedAt = p.data.now
	var f *form
	f = p.form("rung reply "+string(r.ID), "Keep the reply", func() {
		store := p.w.store
		f.submit(func(ctx context.Context) error {
			switch {
			case r.Reply == "" && r.Result == records.RungOpen:
				return saying("reply", "Write what they replied, or choose how this rung ended.")
			case r.RepliedAt == "" && r.Reply != "":
				return saying("replied_at", "Say when they replied.")
			}
			return store.Rungs.Save(ctx, &r, "The reply.")
		}, p.open)
	})
	when := f.stamp("replied_at", "Replied", &r.RepliedAt)
	f.box.Add(sideBySide(when, choice(f, "result", "How did this rung end?", "Choose",
		[]records.RungResult{records.RungResolved, records.RungPartly, records.RungClimb, records.RungWithdrawn}, &r.Result)))
	f.box.Add(row(f.text("reply", "What they replied", "", 2, &r.Reply), f.text("result_why", "Why it ended so", "", 2, &r.ResultWhy)))
	f.finish()
	return tinted(palette[colorLit], subheading(fmt.Sprintf("The reply to rung %d", r.Number)), f.box)
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
	f.finish()
	return f.box
}
