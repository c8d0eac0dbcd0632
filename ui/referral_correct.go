package ui

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/records"
	"throughline/referral"
	"throughline/referral/procedures"
)

// This file corrects what was said by and to social care: replies, rungs,
// challenges, and when and to whom the referral went. A correction is a new
// version with its reason; what stood there before stays, and is shown.

// amend returns what corrects something that was kept: the button for it, and
// the one that shows what was changed before.
func (p *referralPage) amend(kind records.Kind, m records.Meta) []fyne.CanvasObject {
	return []fyne.CanvasObject{
		p.w.writeButton("Correct …", func() { p.correct(m.ID) }),
		p.w.earlierButton("What was changed", refTo(kind, m)),
	}
}

// correctable puts beside something that was kept, below others, what corrects
// it.
func (p *referralPage) correctable(what fyne.CanvasObject, kind records.Kind, m records.Meta, others ...fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(nil, nil, nil, container.NewVBox(append(others, p.amend(kind, m)...)...), what)
}

// correct opens the form that corrects a record on this step; an empty ID closes
// it.
func (p *referralPage) correct(id records.ID) {
	p.correcting = id
	p.turn(p.at)
}

// correction returns a form that corrects a record, with the fields that fill
// adds and, last, why.
func (p *referralPage) correction(id records.ID, title, note string, fill func(f *form), keep func(ctx context.Context, why string) error) fyne.CanvasObject {
	var f *form
	var why string
	f = p.form("correct "+string(id), "Keep the correction", func() {
		f.submit(func(ctx context.Context) error { return keep(ctx, why) }, func() {
			p.correcting = ""
			p.open()
		})
	})
	fill(f)
	f.box.Add(f.line("why", "Why is this changed?", "Such as: typed the wrong day", &why))
	f.finish(plain("Close", func() { p.correct("") }))
	return card(subheading(title), quiet(note+" What stood here before stays on the record, with your reason."), f.box)
}

// correctedReply returns the reply that is being corrected, or nil.
func (p *referralPage) correctedReply() *records.Reply {
	for i := range p.data.state.Replies {
		if y := &p.data.state.Replies[i].Reply; y.ID == p.correcting {
			return y
		}
	}
	return nil
}

func (p *referralPage) correctReply(y records.Reply) fyne.CanvasObject {
	was, store := y, p.w.store
	return p.correction(y.ID, "Correct what they said on "+y.At.Date().String(), "To take a choice back, choose the first line of its list.", func(f *form) {
		p.replyFields(f, &y, nil)
		f.box.Add(row(choice(f, "view", "Our view of their decision", "Not decided yet", records.Views(), &y.View),
			f.text("view_why", "Why, if we do not simply agree", "", 2, &y.ViewWhy)))
		if y.Enquiry == records.EnquiryOtherMonitors {
			f.box.Add(row(choice(f, "we_watch", "Is the school to monitor the child?", "Not known", answers, &y.WeWatch)))
		}
	}, func(ctx context.Context, why string) error {
		saved := y
		if err := keepReplyDue(ctx, store, was, &saved); err != nil {
			return err
		}
		return store.Replies.Save(ctx, &saved, why)
	})
}

// correctedChallenge returns the form for the challenge or the rung that is
// being corrected, or nil.
func (p *referralPage) correctedChallenge() fyne.CanvasObject {
	for _, c := range p.data.state.Challenges {
		if c.Challenge.ID == p.correcting {
			return p.correctChallenge(c.Challenge)
		}
		for _, g := range c.Rungs {
			if g.ID == p.correcting {
				return p.correctRung(c, g)
			}
		}
	}
	return nil
}

func (p *referralPage) correctChallenge(c records.Challenge) fyne.CanvasObject {
	store := p.w.store
	return p.correction(c.ID, "Correct: "+c.Sort.String(), "Without what was resolved and when, it is open again.", func(f *form) {
		if c.Sort.Climbs() {
			p.climbFields(f, &c)
		} else {
			p.complaintFields(f, &c)
			f.box.Add(row(f.text("answer", "What they answered", "", 2, &c.Answer), f.date("answered", "Answered on", &c.Answered)))
		}
		f.box.Add(container.New(&besideLayout{200}, f.date("resolved_on", "Resolved on", &c.ResolvedOn),
			f.line("resolved", "What was resolved, and how", "", &c.Resolved)))
	}, func(ctx context.Context, why string) error {
		saved := c
		return store.Challenges.Save(ctx, &saved, why)
	})
}

func (p *referralPage) correctRung(c referral.ChallengeState, g records.Rung) fyne.CanvasObject {
	store, was := p.w.store, g
	return p.correction(g.ID, fmt.Sprintf("Correct rung %d", g.Number), "If nobody replied, leave the reply and its day empty.", func(f *form) {
		p.rungFields(f, &g)
		f.box.Add(sideBySide(f.stamp("replied_at", "Replied", &g.RepliedAt),
			choice(f, "result", "How did this rung end?", "Choose", records.RungResults(), &g.Result)))
		f.box.Add(row(f.text("reply", "What they replied", "", 2, &g.Reply), f.text("result_why", "Why it ended so", "", 2, &g.ResultWhy)))
	}, func(ctx context.Context, why string) error {
		local, cal, err := limits(ctx, store)
		if err != nil {
			return err
		}
		saved, at := g, g.RaisedAt
		saved.RaisedAt = was.RaisedAt
		saved = referral.MoveRung(c.Challenge, c.Rungs, saved, at, local, cal)
		return store.Rungs.Save(ctx, &saved, why)
	})
}

// correctSent corrects when, how and to whom the referral went, and the
// reference; what is noted as shared goes with it. The pack stays as it was
// sent. A sending that was noted by mistake can be taken back.
func (p *referralPage) correctSent() fyne.CanvasObject {
	ref, was, mistake := p.data.ref, p.data.ref, false
	return p.correction(p.id, "Correct how it was sent", "The pack itself stays as it was sent.", func(f *form) {
		when := f.stamp("sent_at", "When it was sent", &ref.SentAt)
		f.box.Add(sideBySide(when, f.line("sent_to", "To whom", "", &ref.SentTo)))
		f.box.Add(row(wordsOf(f, "method", "How", "Choose", []string{"", "Secure e-mail", byWebForm, "By hand"}, &ref.Method),
			f.line("reference", "Reference they gave", "If they gave one", &ref.Reference)))
		f.box.Add(f.tick("taken_back", "It has not gone out: this was pressed by mistake", &mistake))
	}, func(ctx context.Context, why string) error {
		saved := ref
		if mistake {
			unsend(&saved)
		} else if saved.SentAt == "" {
			return saying("sent_at", "Say when it was sent. If it has not gone out, tick that below.")
		}
		return p.keepSending(ctx, was, saved, why)
	})
}

// unsend makes a referral the draft again that it was before it was noted as
// sent. Its pack stays, and so does the PDF among the documents.
func unsend(r *records.Referral) {
	r.SentAt, r.SentTo, r.Method, r.PackHash, r.PackMade, r.PackFile = "", "", "", "", "", ""
}

// keepSending keeps a sending that was corrected or taken back, together with
// what is noted as shared by it.
func (p *referralPage) keepSending(ctx context.Context, was, saved records.Referral, why string) error {
	store := p.w.store
	local, cal, err := limits(ctx, store)
	if err != nil {
		return err
	}
	referral.KeepDue(was, &saved, local, cal)
	shared, err := store.Disclosures.Under(ctx, was.ID)
	if err != nil {
		return err
	}
	return store.Update(ctx, func(tx *records.Tx) error {
		if err := tx.Save(&saved, why); err != nil {
			return err
		}
		for _, d := range shared {
			if d.At != was.SentAt || d.To != was.SentTo || d.TakenBack != "" {
				continue
			}
			if saved.SentAt == "" {
				d.TakenBack = why
			} else {
				d.At, d.To = saved.SentAt, saved.SentTo
			}
			if err := tx.Save(&d, why); err != nil {
				return err
			}
		}
		return nil
	})
}

// limits returns the procedures and the calendar by which it is kept what is due
// when.
func limits(ctx context.Context, s *records.Store) (*procedures.Procedures, records.Calendar, error) {
	local, err := localProcedures(ctx, s)
	if err != nil {
		return nil, records.Calendar{}, err
	}
	cal, err := s.Calendar(ctx)
	return local, cal, err
}

// keepReplyDue writes into a reply what is due when from it.
func keepReplyDue(ctx context.Context, s *records.Store, was records.Reply, y *records.Reply) error {
	local, cal, err := limits(ctx, s)
	if err == nil {
		referral.KeepReplyDue(was, y, local, cal)
	}
	return err
}

// keepMeeting keeps a meeting, with what is due when from it.
func keepMeeting(ctx context.Context, s *records.Store, was, m records.Meeting, why string) error {
	local, cal, err := limits(ctx, s)
	if err != nil {
		return err
	}
	referral.KeepMeetingDue(was, &m, local, cal)
	return s.Meetings.Save(ctx, &m, why)
}
