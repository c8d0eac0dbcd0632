package ui

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/records"
	"throughline/referral"
	"throughline/referral/procedures"
)

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
	others := []fyne.CanvasObject{p.letterButton(c, r), p.reliesButton(r)}
	if at := p.answering(c); c.Open() && r.Result == records.RungOpen && (at == nil || at.ID != r.ID) {
		others = append(others, p.w.writeButton("Its reply …", func() { p.raise(r.ID) }))
	}
	return tinted(palette[colorCard], p.correctable(rows, records.KindRung, r.Meta, others...))
}

// raise opens the form for the reply to a rung, or for another rung of a
// challenge, though something else comes next; an empty ID closes it.
func (p *referralPage) raise(id records.ID) {
	p.raising = id
	p.turn(stepChallenge)
}

// answering returns the rung whose reply is to be written down: the one that was
// asked for, or the last where it is open; nil for none.
func (p *referralPage) answering(c referral.ChallengeState) *records.Rung {
	for i := range c.Rungs {
		if g := &c.Rungs[i]; g.ID == p.raising && g.Result == records.RungOpen {
			return g
		}
	}
	if n := len(c.Rungs); n > 0 && c.Rungs[n-1].Result == records.RungOpen && p.raising != c.Challenge.ID {
		return &c.Rungs[n-1]
	}
	return nil
}

// nextStep returns what a challenge that is open asks for: the reply to a rung
// or the next rung; nil where neither is left. An urgent one can be taken higher
// while a rung waits for its reply.
func (p *referralPage) nextStep(c referral.ChallengeState) fyne.CanvasObject {
	reach := referral.Reachable(c.Challenge, c.Rungs)
	if at := p.answering(c); at != nil {
		form := p.rungReply(*at)
		if !c.Challenge.Urgent || len(reach) == 0 {
			return form
		}
		return column(4, form, container.NewHBox(p.w.writeButton("It cannot wait: take it higher …", func() { p.raise(c.Challenge.ID) })))
	}
	n := len(c.Rungs)
	waits := n > 0 && c.Rungs[n-1].Result == records.RungOpen
	switch {
	case len(reach) == 0, n > 0 && !waits && !climbs(c.Rungs[n-1].Result):
		return nil
	case waits:
		return p.newRung(c, reach, plain("Close", func() { p.raise("") }))
	}
	return p.newRung(c, reach)
}

// climbs reports whether a challenge goes on after a rung that ended so.
func climbs(r records.RungResult) bool { return r == records.RungClimb || r == records.RungPartly }

// newRung takes the next rung or, of an urgent challenge, any that is in reach.
func (p *referralPage) newRung(c referral.ChallengeState, reach []int, others ...fyne.CanvasObject) fyne.CanvasObject {
	step := c.Challenge.Ladder[reach[0]-1]
	r := records.Rung{RaisedAt: p.data.now, By: p.w.store.Me.Name + ", " + p.w.store.Me.Role.String(), To: p.heldBy(c.Challenge, reach[0]), ReliesOn: p.suggested()}
	var lines []string
	for _, n := range reach {
		lines = append(lines, rungLine(n, c.Challenge.Ladder[n-1]))
	}
	line := lines[0]
	number := func(line string) int { return reach[max(0, slices.Index(lines, line))] }
	raise := func(local *procedures.Procedures, cal records.Calendar) (records.Rung, error) {
		raised, err := referral.RaiseRung(c.Challenge, c.Rungs, number(line), r.RaisedAt, local, cal)
		raised.By, raised.To, raised.Method, raised.Risk, raised.Sought, raised.Told, raised.ReliesOn = r.By, r.To, r.Method, r.Risk, r.Sought, r.Told, r.ReliesOn
		return raised, err
	}
	var f *form
	f = p.form(fmt.Sprintf("rung %s %d", c.Challenge.ID, reach[0]), "Record that it is raised", func() {
		store := p.w.store
		f.submit(func(ctx context.Context) error {
			local, cal, err := limits(ctx, store)
			if err != nil {
				return err
			}
			raised, err := raise(local, cal)
			if err != nil {
				return err
			}
			return store.Rungs.Save(ctx, &raised, "")
		}, func() {
			p.raising = ""
			p.open()
		})
	})
	title := fmt.Sprintf("Raise rung %d: %s", reach[0], stepSides(step))
	if len(reach) > 1 {
		title = "Raise a rung: this is urgent, so rungs may be jumped"
		f.box.Add(row(wordsOf(f, "rung", "Which rung?", "Choose", lines, &line)))
	}
	p.rungFields(f, &r)
	if len(reach) > 1 {
		f.follow("rung", "to", func(line string) string { return p.heldBy(c.Challenge, number(line)) })
	}
	to := f.input("to").focus.(*entry)
	to.SetPlaceHolder(step.Theirs)
	if in := f.input("rung"); in != nil {
		list := in.focus.(*selectBox)
		changed := list.OnChanged
		list.OnChanged = func(line string) {
			changed(line)
			to.SetPlaceHolder(c.Challenge.Ladder[number(line)-1].Theirs)
		}
	}
	draft := newButton("Draft the letter …", func() {
		p.draftRung(f, c, func() (records.Rung, error) { return raise(p.data.local, p.data.file.Calendar) })
	})
	f.finish(append([]fyne.CanvasObject{draft}, others...)...)
	return tinted(palette[colorLit], wrapped(subheading(title)), f.box)
}

// heldBy returns who is asked at a rung, as far as the record names them: at the
// first of a challenge to social care whoever gave the decision, and "" at any
// other.
func (p *referralPage) heldBy(c records.Challenge, number int) string {
	if number == 1 && (c.Sort == records.OfDecision || c.Sort == records.OfConvening) {
		return p.challenged().From
	}
	return ""
}

// draftRung opens the letter of a rung that is not recorded as raised yet, with
// what stands in its form.
func (p *referralPage) draftRung(f *form, c referral.ChallengeState, raise func() (records.Rung, error)) {
	for _, in := range f.inputs {
		if !in.read() {
			p.w.win.Canvas().Focus(in.focus)
			return
		}
	}
	g, err := raise()
	if err != nil {
		f.explain(err)
		return
	}
	p.letter = &letterOf{c.Challenge, c.Rungs, &g}
	p.turn(stepChallenge)
}

// follow writes what belongs to a choice into another field, as long as nothing
// else was typed there.
func (f *form) follow(choice, field string, of func(chosen string) string) {
	from, to := f.input(choice), f.input(field)
	list, before := from.focus.(*selectBox), from.text()
	changed := list.OnChanged
	list.OnChanged = func(s string) {
		changed(s)
		if s == "" { // a draft is brought back: it clears the list first
			return
		}
		if to.text() == of(before) {
			to.set(of(s))
		}
		before = s
	}
}

// rungFields adds to a form what is said of a rung when it is raised.
func (p *referralPage) rungFields(f *form, r *records.Rung) {
	when := f.stamp("raised_at", "When", &r.RaisedAt)
	f.box.Add(sideBySide(when, wordsOf(f, "method", "How", "Choose", []string{"", "Telephone", "E-mail", "Letter", "Meeting"}, &r.Method)))
	f.box.Add(row(f.line("by", "Raised by", "", &r.By), f.line("to", "With whom: name, role, agency", "", &r.To)))
	f.box.Add(row(f.text("risk", "Risk to the child if nothing changes", "", 2, &r.Risk), f.text("sought", "The outcome you ask for", "", 2, &r.Sought)))
	f.box.Add(f.line("told", "Who else was told", "", &r.Told))
	f.box.Add(p.reliesField(f, &r.ReliesOn))
}

// rungReply records their reply to a rung, and how it ended. Where nobody
// replied there is no day of a reply either.
func (p *referralPage) rungReply(r records.Rung) fyne.CanvasObject {
	r.RepliedAt = p.data.now
	today := r.RepliedAt
	var f *form
	f = p.form("rung reply "+string(r.ID), "Keep the reply", func() {
		store := p.w.store
		f.submit(func(ctx context.Context) error {
			saved := r
			switch {
			case saved.Reply == "" && saved.Result == records.RungOpen:
				return saying("reply", "Write what they replied, or choose how this rung ended.")
			case saved.Reply == "" && saved.RepliedAt.Date() == today.Date():
				saved.RepliedAt = "" // as it stood in the form
			}
			return store.Rungs.Save(ctx, &saved, "The reply.")
		}, func() {
			p.raising = ""
			p.open()
		})
	})
	when := f.stamp("replied_at", "Replied", &r.RepliedAt)
	f.box.Add(sideBySide(when, choice(f, "result", "How did this rung end?", "Choose", records.RungResults()[1:], &r.Result)))
	f.box.Add(row(f.text("reply", "What they replied", "Leave it empty if nobody replied", 2, &r.Reply), f.text("result_why", "Why it ended so", "", 2, &r.ResultWhy)))
	f.finish()
	return tinted(palette[colorLit], subheading(fmt.Sprintf("The reply to rung %d", r.Number)), f.box)
}
