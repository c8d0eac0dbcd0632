package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/records"
	"throughline/referral"
)

// replies is the step of what social care said, and of our view of it.
func (p *referralPage) replies() fyne.CanvasObject {
	d := p.data
	if d.state.Began == "" {
		return column(0, card(prose("Nothing was sent or telephoned yet. What social care say is recorded here once it was.")))
	}
	if y := p.correctedReply(); y != nil {
		return container.NewVBox(column(8, p.compare(), p.correctReply(*y)))
	}
	rows := column(8, p.compare())
	if len(d.state.Due) > 0 {
		rows.Add(p.due())
	}
	if d.state.Decision != nil {
		rows.Add(p.ourView())
	}
	if watch := p.watch(); watch != nil && p.writes() {
		rows.Add(watch)
	}
	for _, q := range p.questions(referral.EarlyHelpInDispute) {
		rows.Add(q)
	}
	if p.writes() {
		rows.Add(p.newReply())
	}
	for i := len(d.state.Replies) - 1; i >= 0; i-- {
		rows.Add(p.reply(d.state.Replies[i]))
	}
	return container.NewVBox(rows)
}

// compare lays what was asked for beside what they say they logged.
func (p *referralPage) compare() fyne.CanvasObject {
	s := p.data.state
	fill := palette[colorCard]
	note := "A contact is information that they log. A referral asks for an assessment. Always ask which of the two they recorded, and note who said so."
	if s.Mismatch {
		fill = palette[colorLate]
		note = "They logged less than was asked for. Nothing may follow from a contact: ask for it to be changed, in writing, and challenge if it is not."
	}
	return tinted(fill, sideBySide(
		column(-6, quiet("We asked for"), wrapped(subheading(upperFirst(s.Asked)))),
		column(-6, quiet("They say they logged"), wrapped(subheading(s.LoggedAs.String())))), quiet(note))
}

func upperFirst(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// due lists what the clocks say.
func (p *referralPage) due() fyne.CanvasObject {
	rows := column(0, subheading("Clocks"))
	toCheck, ask := false, true
	for _, due := range p.data.state.Due {
		l := prose(due.What + "  " + upperFirst(due.Late(p.data.file.Calendar, p.data.now)) + ".")
		if due.Overdue || due.AtOnce {
			l.TextStyle.Bold = true
		}
		clock := column(-10, l)
		if rule := ruleOf(due); rule != "" {
			clock.Add(quiet(rule))
		}
		rows.Add(p.withAsking(due, clock, ask))
		ask = ask && !due.Kind.Askable()
		toCheck = toCheck || due.ToCheck
	}
	if toCheck {
		rows.Add(quiet("Where a limit stands without its source, it is to be checked against the local procedures."))
	}
	return card(rows)
}

// withAsking puts buttons beside what social care can be asked about: one call
// asks about all of it, so that it was made stands beside the first alone.
func (p *referralPage) withAsking(due referral.Due, what fyne.CanvasObject, ask bool) fyne.CanvasObject {
	if !due.Kind.Askable() || !p.writes() {
		return what
	}
	buttons := container.NewHBox()
	if ask {
		buttons.Add(newButton("We asked …", func() { p.w.askedAgain(p.pupil, p.id, p.data.state.Say(due), p.open) }))
	}
	switch due.Kind {
	case referral.DueMismatch:
		buttons.Add(newButton("Challenge …", func() { p.challengeOf(records.OfDecision) }))
	case referral.DueStrategy, referral.DueConference:
		buttons.Add(newButton("Challenge …", func() { p.challengeOf(records.OfConvening) }))
	}
	return container.NewBorder(nil, nil, nil, container.NewVBox(buttons), what)
}

// challengeOf turns to a challenge of a kind.
func (p *referralPage) challengeOf(sort records.ChallengeSort) {
	p.sort = sort
	p.turn(stepChallenge)
}

// ruleOf says whose limit it is, and what it was on the day from which it runs,
// where that is another.
func ruleOf(due referral.Due) string {
	if due.Then == "" {
		return due.Rule
	}
	return strings.TrimPrefix(due.Rule+". "+dueThen(due.Then), ". ")
}

// dueThen says what a limit was by the calendar and the procedures of the day
// from which it runs.
func dueThen(by records.Stamp) string {
	return "By the calendar and the limits of that day: " + by.String() + "."
}

// newReply records something they said, or that we asked.
func (p *referralPage) newReply() fyne.CanvasObject {
	y := records.Reply{Pupil: p.pupil, Referral: p.id, At: p.data.now}
	ref := p.data.ref
	var f *form
	f = p.form("reply", "Keep this", func() {
		store, was := p.w.store, p.data.ref
		f.submit(func(ctx context.Context) error {
			saved, changed := y, ref
			if err := keepReplyDue(ctx, store, records.Reply{}, &saved); err != nil {
				return err
			}
			return store.Update(ctx, func(tx *records.Tx) error {
				if changed.Reference != was.Reference {
					if err := tx.Save(&changed, "The reference they gave."); err != nil {
						return err
					}
				}
				return tx.Save(&saved, "")
			})
		}, p.open)
	})
	p.replyFields(f, &y, &ref.Reference)
	f.finish()
	return card(subheading("Something new from them, or a chase by us"), f.box)
}

// replyFields adds the fields of a reply to a form. reference is that of the
// referral, or nil where it is not asked for.
func (p *referralPage) replyFields(f *form, y *records.Reply, reference *string) {
	when := f.stamp("at", "When", &y.At)
	f.box.Add(sideBySide(when, f.line("from", "Who said it: name and role", "Whom you asked, when you chased", &y.From)))
	f.box.Add(row(wordsOf(f, "method", "How", "Choose", []string{"", "Telephone", "E-mail", "Letter", "In person"}, &y.Method),
		choice(f, "in_writing", "In writing?", "Not known", answers, &y.InWriting),
		choice(f, "logged_as", "What do they say they logged?", "Not said", []records.LoggedAs{records.LoggedNotSaid, records.LoggedContact, records.LoggedReferral}, &y.LoggedAs),
		f.date("assessed", "Assessment finished on", &y.Assessed)))
	decided := row(wordsOf(f, "outcome", "What did they decide?", "Nothing yet", orNone(records.OutcomesOf(records.LoggedNotSaid)), &y.Outcome),
		wordsOf(f, "enquiry", "After a section 47 enquiry: its outcome", "Nothing yet", orNone(records.EnquiryOutcomes()), &y.Enquiry))
	if p.mayConfirm(y) {
		decided.(*fyne.Container).Add(choice(f, "confirms", "Their decision, now in writing?", "Not known", answers, &y.Confirms))
	}
	f.box.Add(decided)
	f.box.Add(row(f.tick("chased", "We asked; this is the chase", &y.Chased), f.tick("acknowledges", "They say they have it", &y.Acknowledges),
		f.date("child_seen", "Child seen on", &y.ChildSeen)))
	f.box.Add(row(f.text("said", "What was said", "", 2, &y.Said), f.text("reasons", "Reasons they gave", "", 2, &y.Reasons)))
	next := row(f.line("next", "Who does what next, by when", "", &y.Next))
	if reference != nil {
		next.(*fyne.Container).Add(f.line("reference", "Reference they gave", "If they gave one", reference))
	}
	f.box.Add(next)
}

// orNone offers a list of outcomes with none at its head.
func orNone(list []records.Outcome) []records.Outcome { return append([]records.Outcome{""}, list...) }

// mayConfirm reports whether a reply can be the decision of another one, now in
// writing: while that is waited for, and where it was said or taken to be.
func (p *referralPage) mayConfirm(y *records.Reply) bool {
	s := p.data.state
	waited := slices.ContainsFunc(s.Due, func(d referral.Due) bool { return d.Kind == referral.DueFeedback })
	taken := slices.ContainsFunc(s.Replies, func(h referral.Heard) bool { return h.Written && h.ID == y.ID })
	return y.Confirms != records.NotKnown || taken || waited && s.Decision.ID != y.ID
}

// ourView asks what we think of their decision, or shows it and offers to change
// it.
func (p *referralPage) ourView() fyne.CanvasObject {
	s := p.data.state
	switch {
	case s.Viewed == nil && !p.writes():
		return card(plainText("They decided: " + string(s.Decision.Decided()) + ". We have not said yet what we think of it."))
	case s.Viewed == nil:
		return p.view(*s.Decision)
	case p.viewing:
		return p.view(*s.Viewed)
	}
	change := p.w.writeButton("Change our view …", func() {
		p.viewing = true
		p.turn(stepReply)
	})
	return card(container.NewBorder(nil, nil, nil, container.NewVBox(change),
		column(-8, plainText("They decided: "+string(s.Decision.Decided())+"."), prose("Our view: "+viewInWords(s.View, s.Viewed.ViewWhy)))))
}

// view asks what we think of their decision; y is the reply with which that is
// kept.
func (p *referralPage) view(y records.Reply) fyne.CanvasObject {
	was, why := y, "Our view of the decision."
	if was.View != records.ViewNone {
		why = ""
	}
	var f *form
	f = p.form("view "+string(y.ID), "Keep our view", func() {
		store := p.w.store
		f.submit(func(ctx context.Context) error {
			saved := y
			if saved.View == records.ViewNone {
				return saying("view", "Choose our view of the decision.")
			}
			if err := keepReplyDue(ctx, store, was, &saved); err != nil {
				return err
			}
			return store.Replies.Save(ctx, &saved, why)
		}, func() {
			p.viewing = false
			if y.View == records.DisagreeWithCSC && was.View != y.View {
				p.at = stepChallenge
			}
			p.open()
		})
	})
	f.box.Add(row(choice(f, "view", "Our view", "Choose", []records.View{records.Agree, records.AcceptAnAltern, records.DisagreeWithCSC}, &y.View),
		f.text("view_why", "Why; and which alternative, if one is accepted", "", 2, &y.ViewWhy)))
	if was.View == records.ViewNone {
		f.finish()
		return tinted(palette[colorLit], wrapped(subheading("They decided: "+string(p.data.state.Decision.Decided())+". Do you agree?")),
			quiet("Listen first: is there an alternative that keeps the child safe? If there is none, challenge."), f.box)
	}
	f.box.Add(f.line("why", "What changed our mind?", "What was learned since, from whom", &why))
	f.finish(plain("Close", func() {
		p.viewing = false
		p.turn(stepReply)
	}))
	return tinted(palette[colorLit], wrapped(subheading("They decided: "+string(p.data.state.Decision.Decided())+". Change our view")),
		quiet("What we thought before stays on the record."), f.box)
}

// reply shows one reply.
func (p *referralPage) reply(y referral.Heard) fyne.CanvasObject {
	var parts []string
	add := func(label, text string) {
		if text != "" {
			parts = append(parts, label+text)
		}
	}
	if y.Chased {
		parts = append(parts, "We asked.")
	}
	if y.Acknowledges {
		parts = append(parts, "They have it.")
	}
	if y.LoggedAs != records.LoggedNotSaid {
		parts = append(parts, "Logged as: "+y.LoggedAs.String()+".")
	}
	if y.Written {
		parts = append(parts, "Taken as their decision in writing.")
	}
	add("Decided: ", string(y.Outcome))
	add("Outcome of the section 47 enquiry: ", string(y.Enquiry))
	add("Assessment finished on ", y.Assessed.String())
	add("Said: ", y.Said)
	add("Reasons: ", y.Reasons)
	add("Next: ", y.Next)
	add("Child seen on ", y.ChildSeen.String())
	if y.View != records.ViewNone {
		add("Our view: ", viewInWords(y.View, y.ViewWhy))
	}
	title := y.At.String() + ", " + y.From
	if y.Method != "" {
		title += ", by " + strings.ToLower(y.Method)
	}
	text := column(-8, quiet(title), prose(strings.Join(parts, "\n")))
	if y.Early {
		text.Add(quiet("This is dated before the referral was sent. Check both dates."))
	}
	return card(p.correctable(text, records.KindReply, y.Meta))
}
