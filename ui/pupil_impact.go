package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/records"
	"throughline/referral"
)

// doneThing is something that was done and may have changed something.
type doneThing struct {
	id   records.ID
	name string
}

// doneThings returns what a measure can belong to: the support, the referrals
// that went, the plans and the meetings that were held, newest of each first.
func (d *pupilData) doneThings() []doneThing {
	var all []doneThing
	f := d.file
	for i := len(f.Supports) - 1; i >= 0; i-- {
		all = append(all, doneThing{f.Supports[i].ID, "Support: " + shortened(f.Supports[i].What, 60) + ", from " + f.Supports[i].From.String()})
	}
	for i := len(f.Referrals) - 1; i >= 0; i-- {
		if began := referral.Begins(f.Referrals[i]); began != "" {
			all = append(all, doneThing{f.Referrals[i].ID, "The referral of " + began.Date().String()})
		}
	}
	for i := len(f.Monitorings) - 1; i >= 0; i-- {
		all = append(all, doneThing{f.Monitorings[i].ID, "Watching for " + shortened(f.Monitorings[i].What, 60)})
	}
	for i := len(f.Meetings) - 1; i >= 0; i-- {
		if m := &f.Meetings[i]; m.Held == records.Yes {
			all = append(all, doneThing{m.ID, m.Sort.String() + " of " + m.On.String()})
		}
	}
	return all
}

func (d *pupilData) nameOfDone(id records.ID) string {
	for _, t := range d.doneThings() {
		if t.id == id {
			return t.name
		}
	}
	return "Something that was done"
}

// addImpacts adds what was measured, the newest first.
func (p *pupilPage) addImpacts(box *fyne.Container) {
	all := p.data.file.Impacts
	if len(all) == 0 {
		return
	}
	box.Add(subheading("What it changed"))
	for i := len(all) - 1; i >= 0; i-- {
		box.Add(p.impactCard(&all[i]))
	}
}

func (p *pupilPage) impactCard(m *records.Impact) fyne.CanvasObject {
	id := m.ID
	what := []string{p.data.nameOfDone(m.Of), "At the start, on " + m.Start.String() + ": " + m.Before}
	if m.Looked == "" {
		return p.dueCard(p.data.dueOf(id), m.Measure, what, p.w.writeButton("Measure again", func() { p.lookAgain(id) }),
			p.w.writeButton("Correct", func() { p.writeImpact(id) }))
	}
	what = append(what, "On "+m.Looked.String()+": "+m.After, labelled("The child says: ", m.ChildsView), labelled("Next: ", m.Next))
	return p.dueCard(nil, m.Change.String()+": "+m.Measure, what, p.w.writeButton("Correct", func() { p.lookAgain(id) }))
}

// impact returns a measure by its ID, or nil.
func (d *pupilData) impact(id records.ID) *records.Impact {
	for i := range d.file.Impacts {
		if d.file.Impacts[i].ID == id {
			return &d.file.Impacts[i]
		}
	}
	return nil
}

// writeImpact opens the form for a measure at its start; an empty ID adds one.
func (p *pupilPage) writeImpact(id records.ID) {
	m, title, key := records.Impact{Pupil: p.id, Start: p.data.today}, "What will it change?", "impact of "+string(p.id)
	if old := p.data.impact(id); old != nil {
		m, title, key = *old, "Correct the measure", "impact "+string(id)
	}
	things := p.data.doneThings()
	names, of := make([]string, len(things)), ""
	for i, t := range things {
		names[i] = t.name
		if t.id == m.Of {
			of = t.name
		}
	}
	var why string
	var f *form
	store := p.w.store
	f = p.w.newForm(key, "Keep the measure", func() {
		f.submit(func(ctx context.Context) error {
			saved := m
			saved.Of = ""
			for _, t := range things {
				if t.name == of {
					saved.Of = t.id
				}
			}
			return store.Impacts.Save(ctx, &saved, why)
		}, p.kept("The measure is kept. On its day it is due to be taken again."))
	})
	f.box.Add(wordsOf(f, "of", "What was done?", "Choose", names, &of))
	f.box.Add(f.line("measure", "What is measured?", "Mornings in school of 20; days with a packed lunch", &m.Measure))
	f.box.Add(row(f.date("start", "Measured on", &m.Start), f.date("review", "Measured again on", &m.Review)))
	f.box.Add(f.text("before", "How it is at the start", "11 of 20", 2, &m.Before))
	if m.ID != "" {
		f.box.Add(f.line("why", whyChanged, "", &why))
	}
	if len(things) == 0 {
		f.box.Add(quiet("Nothing that was done is written down yet. Add what was tried first."))
	}
	f.finish(p.shut())
	p.write(title, f)
}

// lookAgain opens the form that takes a measure again, or corrects that.
func (p *pupilPage) lookAgain(id records.ID) {
	old := p.data.impact(id)
	if old == nil {
		return
	}
	m, why := *old, "Measured again."
	correcting := m.Looked != ""
	if correcting {
		why = ""
	} else {
		m.Looked = p.data.today
	}
	var f *form
	store := p.w.store
	f = p.w.newForm("impact again "+string(id), "Keep what it changed", func() {
		f.submit(func(ctx context.Context) error {
			saved := m
			if saved.Looked == "" {
				return saying("looked", "Give the day on which it was measured again.")
			}
			return store.Impacts.Save(ctx, &saved, why)
		}, p.kept("Kept: what it changed is on the line."))
	})
	f.box.Add(prose(m.Measure + "\nAt the start, on " + m.Start.String() + ": " + m.Before))
	f.box.Add(row(f.date("looked", "Measured again on", &m.Looked), choice(f, "change", "For the child it is", "Choose", records.Changes(), &m.Change)))
	f.box.Add(f.text("after", "The same measure now", "17 of 20", 2, &m.After))
	f.box.Add(f.text("childs_view", "What does the child say has changed?", "", 2, &m.ChildsView))
	f.box.Add(f.text("next", "What follows from this?", "", 2, &m.Next))
	f.box.Add(quiet("Fewer entries are not a change for the child: look at the measure, and ask."))
	if correcting {
		f.box.Add(f.line("why", whyChanged, "", &why))
	}
	f.finish(p.shut())
	p.write("What did it change?", f)
}

// addMeasures adds to what is to do the measures that are to be taken again.
func (p *pupilPage) addMeasures(box *fyne.Container) {
	first := true
	for i := range p.data.file.Impacts {
		m := &p.data.file.Impacts[i]
		if m.Looked != "" {
			continue
		}
		if first {
			box.Add(subheading("To be measured again"))
			first = false
		}
		box.Add(p.impactCard(m))
	}
}

// addMeetings adds to what is to do what is due of meetings that follow from no
// referral.
func (p *pupilPage) addMeetings(box *fyne.Container) {
	first := true
	for _, i := range p.data.due {
		if i.Ref.Kind != records.KindMeeting || i.Case != "" {
			continue
		}
		if first {
			box.Add(subheading("Meetings"))
			first = false
		}
		box.Add(p.dueCard(&i, i.Sentence, nil, p.w.writeButton("Open the meeting", func() { p.writeMeeting(i.Ref.ID) }),
			p.w.writeButton("Another meeting …", func() { p.writeMeeting("") })))
	}
}

// triedButtons are what can be added to what has been tried.
func (p *pupilPage) triedButtons() fyne.CanvasObject {
	return container.NewHBox(p.w.writeButton("Add what was tried", func() { p.writeSupport("") }),
		p.w.writeButton("Measure a change …", func() { p.writeImpact("") }))
}
