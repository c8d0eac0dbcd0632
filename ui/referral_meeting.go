package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/records"
)

// meetings is the step of strategy discussions, conferences and core groups.
func (p *referralPage) meetings() fyne.CanvasObject {
	if p.data.state.Began == "" {
		return column(0, card(prose("Nothing was sent or telephoned yet. Meetings that follow are written down here.")))
	}
	rows := column(8)
	all := p.data.state.Meetings
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].ID == p.meeting {
			rows.Add(p.meetingForm(all[i]))
		}
	}
	if len(all) == 0 && !p.writes() {
		rows.Add(card(prose("No meeting is written down.")))
	}
	if p.meeting == "" && p.writes() {
		rows.Add(p.meetingForm(records.Meeting{Pupil: p.pupil, Referral: p.id}))
	}
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].ID != p.meeting {
			rows.Add(p.meetingCard(&all[i]))
		}
	}
	return container.NewVBox(rows)
}

// meetingForm writes down a meeting that is called or was held, or corrects
// one.
func (p *referralPage) meetingForm(m records.Meeting) fyne.CanvasObject {
	title := "A meeting that is called, or was held"
	if m.ID != "" {
		title = m.Sort.String() + ", " + m.On.String()
	}
	store, was := p.w.store, m
	var f *form
	var why string
	f = p.form("meeting "+string(m.ID), "Keep the meeting", func() {
		f.submit(func(ctx context.Context) error { return keepMeeting(ctx, store, was, m, why) }, func() {
			p.meeting = ""
			p.open()
		})
	})
	meetingFields(f, &m, &why)
	if m.ID == "" {
		f.finish()
	} else {
		f.finish(plain("Close", func() {
			p.meeting = ""
			p.turn(stepMeetings)
		}))
	}
	return card(subheading(title), quiet("Fill in what is known. Write down what was decided after the day; what follows from it is then on Today."), f.box)
}

// meetingFields adds the fields of a meeting to a form.
func meetingFields(f *form, m *records.Meeting, why *string) {
	f.box.Add(row(choice(f, "sort", "Which meeting?", "Choose", records.MeetingKinds(), &m.Sort), f.date("on", "On which day?", &m.On),
		choice(f, "held", "Was it held?", "It lies ahead", []records.Answer{records.Yes, records.No}, &m.Held)))
	f.box.Add(row(f.date("shared", "Our report: parents saw it on", &m.Shared), f.date("report", "Our report: sent on", &m.Report),
		f.line("we", "Who went for the school", "Name and role", &m.We)))
	f.box.Add(f.line("others", "Who else was there", "Names, roles, agencies", &m.Others))
	f.box.Add(row(f.text("decided", "What was decided, and who does what by when", "", 2, &m.Decided),
		f.text("not_held_why", "If it was not held: why, and who said so", "", 2, &m.NotHeldWhy)))
	f.box.Add(row(wordsOf(f, "category", "At a conference: the plan's category", "Choose", records.PlanCategories(), &m.Category),
		choice(f, "view", "Our view", "Not decided yet", []records.View{records.Agree, records.AcceptAnAltern, records.DisagreeWithCSC}, &m.View),
		f.date("next", "The next one is on", &m.Next)))
	f.box.Add(row(f.text("view_why", "Why, if we do not simply agree", "", 2, &m.ViewWhy),
		f.text("dissent", "If we disagreed: how it stands in the minutes", "Asked for it on … ; page …", 2, &m.Dissent)))
	switch {
	case m.ID == "":
	case m.Held == records.NotKnown:
		*why = "What became of the meeting."
	default:
		f.box.Add(f.line("why", "Why is this changed?", "Such as: the minutes came", why))
	}
}

// meetingCard shows one meeting.
func (p *referralPage) meetingCard(m *records.Meeting) fyne.CanvasObject {
	title, fill, label := m.Sort.String()+", "+m.On.String(), palette[colorCard], "Correct"
	switch m.Held {
	case records.NotKnown:
		title, fill, label = title+": called", palette[colorLit], "What came of it"
	case records.No:
		title += ": not held"
	}
	name := plainText(title)
	name.TextStyle.Bold = true
	text := column(-10, name)
	for _, l := range []struct{ label, text string }{
		{"Not held because: ", m.NotHeldWhy}, {"Decided: ", m.Decided}, {"Category: ", m.Category}, {"For the school: ", m.We}, {"Also there: ", m.Others},
		{"Parents saw our report on ", m.Shared.String()}, {"Our report was sent on ", m.Report.String()},
		{"Our view: ", viewInWords(m.View, m.ViewWhy)}, {"In the minutes: ", m.Dissent}, {"Next: ", m.Next.String()},
	} {
		if l.text != "" {
			text.Add(prose(l.label + l.text))
		}
	}
	change := p.w.writeButton(label, func() {
		p.meeting = m.ID
		p.turn(stepMeetings)
	})
	return tinted(fill, container.NewBorder(nil, nil, nil, container.NewCenter(change), text))
}

// viewInWords returns our view with its reason, or "" where there is none yet.
func viewInWords(v records.View, why string) string {
	if v == records.ViewNone {
		return ""
	}
	return strings.TrimSpace(v.String() + ". " + why)
}

// writeMeeting opens the form of a meeting on the pupil's page, for one that
// follows from no referral; an empty ID adds one.
func (p *pupilPage) writeMeeting(id records.ID) {
	m, title := records.Meeting{Pupil: p.id}, "A meeting"
	for _, old := range p.data.file.Meetings {
		if old.ID == id && id != "" {
			m, title = old, old.Sort.String()+", "+old.On.String()
		}
	}
	var why string
	var f *form
	store, was := p.w.store, m
	f = p.w.newForm("meeting of "+string(p.id)+" "+string(id), "Keep the meeting", func() {
		f.submit(func(ctx context.Context) error { return keepMeeting(ctx, store, was, m, why) }, p.kept("The meeting is kept. What follows from it is under To do."))
	})
	meetingFields(f, &m, &why)
	f.finish(p.shut())
	p.write(title, f)
}
