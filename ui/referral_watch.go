package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"throughline/records"
	"throughline/referral"
)

// watch asks, where another agency is to monitor the child, whether that is the
// school, and then for the plan. It is nil where neither is due.
func (p *referralPage) watch() fyne.CanvasObject {
	for _, due := range p.data.state.Due {
		if due.Kind != referral.DueWatch {
			continue
		}
		for _, y := range p.data.state.Replies {
			switch {
			case y.ID != due.Ref.ID:
			case y.WeWatch == records.Yes:
				return p.watchPlan(y.Reply)
			default:
				return p.watchWhom(y.Reply)
			}
		}
	}
	return nil
}

// watchWhom asks whether the school is the agency that is to monitor.
func (p *referralPage) watchWhom(y records.Reply) fyne.CanvasObject {
	store := p.w.store
	var f *form
	f = p.form("watch whom "+string(y.ID), "Keep the answer", func() {
		f.submit(func(ctx context.Context) error {
			if y.WeWatch == records.NotKnown {
				return saying("we_watch", "Choose yes or no. Ask them if you are not sure.")
			}
			saved := y
			return store.Replies.Save(ctx, &saved, "Which agency is to monitor.")
		}, p.open)
	})
	f.box.Add(choice(f, "we_watch", "Is it the school?", "Choose", []records.Answer{records.Yes, records.No}, &y.WeWatch))
	f.finish()
	return tinted(palette[colorLit], wrapped(subheading("They decided that another agency is to monitor the child. Which one?")),
		quiet("If it is the school, it needs a plan: “monitor” on its own is not an action, and social care rely on it."), f.box)
}

// watchPlan makes what they asked of us a plan, tied to their reply.
func (p *referralPage) watchPlan(y records.Reply) fyne.CanvasObject {
	m := records.Monitoring{Pupil: p.pupil, Reply: y.ID, From: p.data.now.Date()}
	store := p.w.store
	var f *form
	f = p.form("watch plan "+string(y.ID), "Keep the plan", func() {
		f.submit(func(ctx context.Context) error {
			saved := m
			return store.Update(ctx, func(tx *records.Tx) error { return tx.StartPlan(&saved) })
		}, p.open)
	})
	f.box.Add(f.text("what", planWhat, "Something another adult could see, hear or count", 2, &m.What))
	f.box.Add(row(f.line("who", planWho, "Name and role", &m.Who), f.line("how_often", planOften, "Every morning at the gate", &m.HowOften),
		f.date("from", "From", &m.From), f.date("until", planUntil, &m.Until)))
	f.box.Add(row(f.text("would_change", "What would make you ring them before then?", "", 2, &m.WouldChange),
		f.text("next_steps", planNext, "", 2, &m.NextSteps)))
	f.finish()
	return tinted(palette[colorLit], wrapped(subheading("They asked us to watch. That needs a plan")),
		quiet("It becomes dated actions. Send social care a copy, so that both sides know what is watched and until when."), f.box)
}
