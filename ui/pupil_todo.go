package ui

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"throughline/chronology"
	"throughline/chronology/wording"
	"throughline/records"
	"throughline/referral"
)

func isWatching(f chronology.Finding) bool { return f.Kind == wording.VagueMonitoring }

// plan returns a plan to watch by its ID, or nil.
func (d *pupilData) plan(id records.ID) *records.Monitoring {
	for i := range d.file.Monitorings {
		if d.file.Monitorings[i].ID == id {
			return &d.file.Monitorings[i]
		}
	}
	return nil
}

// planAt returns the plan that an entry is about or that answers it, or nil.
func (d *pupilData) planAt(ref records.Ref) *records.Monitoring {
	if m := d.plan(ref.ID); m != nil {
		return m
	}
	return d.file.PlanFor(ref.ID)
}

// planInWords says what is watched, until when, what happens then, and how it
// ended.
func planInWords(m *records.Monitoring) string {
	s := m.Who + comma(m.HowOften) + ", watches for “" + m.What + "” until " + m.Until.String() + ". Then: " + m.NextSteps
	if m.Ended != "" {
		s += "\nEnded on " + m.Ended.String() + ": " + m.Result
	}
	return s
}

func (d *pupilData) action(id records.ID) *records.Action {
	for i := range d.file.Actions {
		if d.file.Actions[i].ID == id {
			return &d.file.Actions[i]
		}
	}
	return nil
}

// dueOf returns what is due about a record, or nil.
func (d *pupilData) dueOf(id records.ID) *referral.Item {
	for i := range d.due {
		if d.due[i].Ref.ID == id {
			return &d.due[i]
		}
	}
	return nil
}

// toDo shows what is due from referrals, what is watched, and what somebody has
// to do.
func (p *pupilPage) toDo() fyne.CanvasObject {
	box := container.New(&stackLayout{gap: 6})
	box.Add(container.NewHBox(
		p.w.writeButton("Add an action", func() { p.writeAction() }),
		p.w.writeButton("Plan to watch …", func() { p.writePlan("") }),
		p.w.writeButton("A meeting …", func() { p.writeMeeting("") })))
	n := len(box.Objects)
	p.addCare(box)
	p.addPlans(box)
	p.addActions(box)
	p.addMeetings(box)
	p.addMeasures(box)
	if len(box.Objects) == n {
		box.Add(card(prose("Nothing is waiting to be done. An action says what, who and by when; a plan to watch says what, how long and what next.")))
	}
	return box
}

// addCare adds what is due in referrals.
func (p *pupilPage) addCare(box *fyne.Container) {
	first := true
	for _, i := range p.data.due {
		alone := i.Ref.Kind == records.KindMeeting && i.Case == ""
		if alone || i.Ref.Kind == records.KindAction || i.Ref.Kind == records.KindMonitoring || i.Ref.Kind == records.KindImpact {
			continue
		}
		if first {
			box.Add(subheading("With social care"))
			first = false
		}
		box.Add(p.dueCard(&i, i.Sentence, nil, newButton("Open the referral", func() { p.w.openRef(p.id, i.Ref) })))
	}
}

// dueCard shows one thing to do, how late it is, and what can be done.
func (p *pupilPage) dueCard(due *referral.Item, what string, more []string, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	fill := palette[colorCard]
	text := container.New(&stackLayout{gap: -14}, prose(what))
	if due != nil {
		when := quiet(lateInWords(due))
		when.TextStyle.Bold = true
		if due.Urgency <= referral.Overdue {
			fill = palette[colorLate]
			when.Importance = widget.DangerImportance
		}
		text.Add(when)
		if due.Then != "" {
			text.Add(quiet(dueThen(due.Then)))
		}
	}
	for _, m := range more {
		if m != "" {
			text.Add(quiet(m))
		}
	}
	return tinted(fill, container.NewBorder(nil, nil, nil, container.NewCenter(container.NewHBox(buttons...)), text))
}

// lateInWords says how late something is, or when it is due.
func lateInWords(i *referral.Item) string {
	switch i.Urgency {
	case referral.AtOnce:
		return "Now"
	case referral.Overdue:
		return "Overdue: " + i.Late
	}
	return capital(nameOr(i.Late, i.Urgency.String()))
}

// addPlans adds the plans to watch that are open, each with its dated actions.
func (p *pupilPage) addPlans(box *fyne.Container) {
	first := true
	for i := range p.data.file.Monitorings {
		m := &p.data.file.Monitorings[i]
		if m.Ended != "" {
			continue
		}
		if first {
			box.Add(subheading("Being watched"))
			first = false
		}
		id := m.ID
		box.Add(p.dueCard(p.data.dueOf(id), "“"+m.What+"”", []string{
			m.Who + comma(m.HowOften) + ", from " + m.From.String() + " until " + m.Until.String() + ".",
			"Then: " + m.NextSteps,
			labelled("What would change the plan: ", m.WouldChange),
		}, p.w.earlierButton("What was changed in this plan", refTo(records.KindMonitoring, m.Meta)),
			p.w.writeButton("End this plan", func() { p.endPlan(id) }), p.w.writeButton("Correct", func() { p.writePlan(id) })))
		for j := range p.data.file.Actions {
			if a := &p.data.file.Actions[j]; a.Plan == id && a.Done == "" {
				box.Add(p.actionCard(a))
			}
		}
	}
}

// addActions adds the open actions that belong to no open plan.
func (p *pupilPage) addActions(box *fyne.Container) {
	first := true
	for i := range p.data.file.Actions {
		a := &p.data.file.Actions[i]
		if m := p.data.plan(a.Plan); a.Done != "" || m != nil && m.Ended == "" {
			continue
		}
		if first {
			box.Add(subheading("Actions"))
			first = false
		}
		box.Add(p.actionCard(a))
	}
}

func (p *pupilPage) actionCard(a *records.Action) fyne.CanvasObject {
	id := a.ID
	done := p.w.writeButton("Mark done", func() { p.writeDone(id) })
	past := p.w.earlierButton("What was changed in this action", refTo(records.KindAction, a.Meta))
	return p.dueCard(p.data.dueOf(id), a.Who+": "+a.What, []string{"By " + a.Due.String()}, past, done)
}

func comma(s string) string { return labelled(", ", s) }

// labelled returns s behind its label, or "" when s is empty.
func labelled(label, s string) string {
	if s == "" {
		return ""
	}
	return label + s
}

// makePlain opens the form that turns "continue to monitor" into a plan: what,
// how long, what next. It answers a concern.
func (p *pupilPage) makePlain(concern records.ID) {
	m := records.Monitoring{Pupil: p.id, Concern: concern, From: p.data.today}
	p.planForm("Make it plain", "plan for "+string(concern), &m)
}

// writePlan opens the form to correct a plan to watch, or to make one that
// answers no concern.
func (p *pupilPage) writePlan(id records.ID) {
	if old := p.data.plan(id); old != nil {
		m := *old
		p.planForm("Correct the plan to watch", "plan "+string(id), &m)
		return
	}
	p.planForm("Plan to watch", "plan of "+string(p.id), &records.Monitoring{Pupil: p.id, From: p.data.today})
}

func (p *pupilPage) planForm(title, key string, m *records.Monitoring) {
	var why string
	var f *form
	store, saved := p.w.store, *m
	f = p.w.newForm(key, "Keep the plan", func() {
		f.submit(func(ctx context.Context) error {
			saved = *m
			return store.Update(ctx, func(tx *records.Tx) error {
				if saved.ID == "" {
					return tx.StartPlan(&saved)
				}
				return tx.Save(&saved, why)
			})
		}, func() { p.kept(planKept(m, p.data.file.Calendar))() })
	})
	f.box.Add(f.text("what", planWhat, "Something another adult could see, hear or count", 2, &m.What))
	f.box.Add(row(f.line("who", planWho, "Name and role", &m.Who), f.line("how_often", planOften, "Every day at the gate", &m.HowOften)))
	f.box.Add(row(f.date("from", "From", &m.From), f.date("until", planUntil, &m.Until)))
	f.box.Add(f.text("next_steps", planNext, "The DSL meets mother and decides about early help", 2, &m.NextSteps))
	f.box.Add(f.text("would_change", planChange, "A second day without food", 2, &m.WouldChange))
	if m.ID != "" {
		f.box.Add(f.line("why", whyChanged, "", &why))
	}
	f.finish(p.shut())
	p.write(title, f)
}

// planKept says what a new plan brings with it.
func planKept(m *records.Monitoring, cal records.Calendar) string {
	if m.ID != "" {
		return "The plan is corrected."
	}
	return fmt.Sprintf("The plan is kept, with %s: see To do.", count(len(m.Tasks(cal)), "dated action", "dated actions"))
}

// endPlan opens the form that ends a plan to watch with what was seen.
func (p *pupilPage) endPlan(id records.ID) {
	old := p.data.plan(id)
	if old == nil {
		return
	}
	m := *old
	m.Ended = p.data.today
	var f *form
	store := p.w.store
	f = p.w.newForm("end of plan "+string(id), "End the plan", func() {
		f.submit(func(ctx context.Context) error {
			saved := m
			return store.Monitorings.Save(ctx, &saved, "The plan ended.")
		}, p.kept("The plan is ended, and its result is on the line."))
	})
	f.box.Add(prose("Watched for: “" + m.What + "”"))
	f.box.Add(f.text("result", "What was seen, and how did the watching end?", "How often, out of how many days; who said so", 4, &m.Result))
	f.box.Add(row(f.date("ended", "Ended on", &m.Ended)))
	f.box.Add(quiet("The next step was to be: " + m.NextSteps + " It stays to do until it is marked done."))
	f.finish(p.shut())
	p.write("End this plan", f)
}

// writeAction opens the form for a new action.
func (p *pupilPage) writeAction() {
	a := records.Action{Pupil: p.id}
	var f *form
	store := p.w.store
	f = p.w.newForm("action of "+string(p.id), "Keep the action", func() {
		f.submit(func(ctx context.Context) error {
			saved := a
			return store.Actions.Save(ctx, &saved, "")
		}, p.kept("The action is kept."))
	})
	f.box.Add(f.text("what", "What is to be done?", "Ring the school nurse about the missed appointments", 2, &a.What))
	f.box.Add(row(f.line("who", "Who does it?", "Name and role", &a.Who), f.date("due", "By when?", &a.Due)))
	f.finish(p.shut())
	p.write("Add an action", f)
}

// writeDone opens the form that marks an action done, or corrects what came of
// one that is.
func (p *pupilPage) writeDone(id records.ID) {
	old := p.data.action(id)
	if old == nil {
		return
	}
	a, title, why := *old, "Mark done", "Done."
	correcting := a.Done != ""
	if correcting {
		title, why = "Correct what came of it", ""
	} else {
		a.Done = p.data.today
	}
	var f *form
	store := p.w.store
	f = p.w.newForm("action "+string(id), title, func() {
		f.submit(func(ctx context.Context) error {
			saved := a
			return store.Actions.Save(ctx, &saved, why)
		}, p.kept("Kept: what came of it is on the line."))
	})
	f.box.Add(prose(a.Who + ": " + a.What))
	f.box.Add(f.text("result", "What came of it?", "", 4, &a.Result))
	f.box.Add(row(f.date("done", "Done on", &a.Done)))
	if correcting {
		f.box.Add(f.line("why", whyChanged, "", &why))
	}
	f.finish(p.shut())
	p.write(title, f)
}
