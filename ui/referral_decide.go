package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/records"
	"throughline/referral"
)

// decide is the step of the three decisions.
func (p *referralPage) decide() fyne.CanvasObject {
	ref := p.data.ref
	if ref.SentAt != "" || !p.writes() {
		return p.decided()
	}
	by := p.offerDeciders(&ref)
	also := p.siblings(&ref)
	var f *form
	f = p.form("decide", "Keep the decisions", func() { p.keepDecisions(f, &ref, also) })
	lowest := quiet("The lowest level that meets the need is the right one. What was offered below it, and why that was not enough, gives a referral its weight.")
	f.box.Add(card(subheading("First: which level of help does this child need?"),
		column(-10, slices.Concat([]fyne.CanvasObject{by[0], lowest}, p.offered())...), p.threshold(f, &ref), p.tickSiblings(f, also)))
	f.box.Add(card(subheading("Second: immediate risk of harm, or need for assessment?"), column(-10, by[1], p.numbers()), p.writeAllTheSame(),
		row(choice(f, "response", "Response", "Choose", []records.Response{records.Immediate, records.Assessment}, &ref.Response),
			f.line("response_by", "Who decides this", "", &ref.ResponseBy.By)),
		row(f.text("response_why", "Why", "", 2, &ref.ResponseWhy),
			f.text("not_referred", "If you decide not to refer: why", "Leave empty to go on with the referral", 2, &ref.NotReferred))))
	f.box.Add(p.parents(f, &ref, by[2]))
	f.finish()
	return container.NewVBox(column(8, slices.Concat(p.questions(referral.Issues()...), p.lacking(), []fyne.CanvasObject{f.box})...))
}

// writeAllTheSame says that a call about immediate risk is confirmed in writing
// whatever was said in it.
func (p *referralPage) writeAllTheSame() fyne.CanvasObject {
	if r := p.data.ref; r.Response != records.Immediate || r.PhonedAt == "" || r.NotReferred == "" {
		return column(0)
	}
	return tinted(palette[colorLit], plainText("You telephoned about immediate risk. Confirm it in writing all the same, even where they said there is no need: what the child said may never be said again. A reason not to refer does not end that."),
		container.NewHBox(newButton("Go to the writing", func() { p.turn(stepSend) })))
}

// me is how the member at the window signs a decision.
func (p *referralPage) me() string { return p.w.store.Me.Name + ", " + p.w.store.Me.Role.String() }

// offerDeciders sets the names that the form offers for the three decisions,
// and returns what stands under the heading of each: by whom and when it was
// made.
func (p *referralPage) offerDeciders(ref *records.Referral) (made [3]fyne.CanvasObject) {
	deciders := referral.Deciders(*ref)
	for i, to := range []*records.Decider{&ref.LevelBy, &ref.ResponseBy, &ref.ParentsBy} {
		to.By = orElse(orElse(deciders[i].By, to.By), p.me())
		made[i] = column(0)
		if deciders[i].At != "" {
			made[i] = quiet("Decided by " + deciders[i].String() + ". If you change it, that is your decision, made now.")
		}
	}
	return made
}

// keepDecisions keeps the three decisions, each with its time, and turns to what
// comes next.
func (p *referralPage) keepDecisions(f *form, ref *records.Referral, also []*sibling) {
	store, was, me := p.w.store, p.data.ref, p.me()
	f.submit(func(ctx context.Context) error {
		ref.Siblings = ticked(was.Siblings, also)
		referral.KeepDecided(was, ref, me, records.StampOf(store.Now()))
		return store.Referrals.Save(ctx, ref, "The three decisions.")
	}, func() {
		p.id, p.at = ref.ID, afterDecisions(ref)
		p.kept = p.at == stepDecide
		p.open()
	})
}

// afterDecisions returns the step that follows the decisions: the telephone
// where a child is at risk now and nobody has rung, and the writing where
// somebody has, even if it was decided since not to refer. Otherwise it is theirs
// while a decision lacks something, and then the pack.
func afterDecisions(r *records.Referral) step {
	switch {
	case r.Response == records.Immediate && (r.NotReferred == "" && r.PhonedAt == "" || r.NotReferred != "" && r.PhonedAt != ""):
		return stepSend
	case r.NotReferred != "" || len(unmade(*r)) > 0:
		return stepDecide
	}
	return stepPack
}

// unmade returns what the three decisions lack, each at its field of the form.
func unmade(r records.Referral) []records.Problem {
	var all []records.Problem
	for _, m := range referral.ThreeDecisions(r) {
		switch m.Field {
		case "decided_at", "decided_by": // they come with the decision
		case "phoned_at", "phoned_to", "phoned_said": // on the step of the call
		default:
			all = append(all, records.Problem{Field: m.Field, Sentence: m.Sentence})
		}
	}
	return all
}

// sayUnmade says at each field what is still missing from decisions that were
// just kept.
func (p *referralPage) sayUnmade(f *form) {
	missing := unmade(p.data.ref)
	if len(missing) == 0 {
		return
	}
	f.restored.Objects = []fyne.CanvasObject{tinted(palette[colorLit],
		quiet("This is kept. What is still missing stands at its field. It can wait: “"+string(stepPack)+"” and “"+string(stepSend)+"” above go on without it."))}
	f.restored.Show()
	f.explain(&records.Invalid{Problems: missing})
	if in := f.input(missing[0].Field); in != nil {
		p.w.later(drawnAfter, func() { p.w.reveal(in.field) })
	}
}

// drawnAfter is when a page that is shown has been drawn: before that its fields
// have no place to scroll to.
const drawnAfter = 150 * time.Millisecond

// parents is the third decision.
func (p *referralPage) parents(f *form, ref *records.Referral, made fyne.CanvasObject) fyne.CanvasObject {
	reasons := quiet("Parents are normally told, and their consent sought for section 17. They are not told where " +
		strings.ToLower(strings.Join(asStrings(records.NotToldReasons()), "; ")) + ". Then say which, and why here.")
	return card(subheading("Third: are the parents told?"), column(-10, made, reasons),
		row(choice(f, "parents_told", "Told?", "Choose", []records.Answer{records.Yes, records.No}, &ref.ParentsTold),
			f.date("parents_when", "When", &ref.ParentsWhen),
			choice(f, "consent", "Consent", "Choose", records.Consents(), &ref.Consent),
			f.line("parents_by", "Who decides this", "", &ref.ParentsBy.By)),
		f.line("parents_who", "Who was told, by whom, how", "", &ref.ParentsWho),
		row(f.text("parents_said", "What they said", "", 2, &ref.ParentsSaid),
			f.text("parents_why", "If not told: why not", "", 2, &ref.ParentsWhy)),
		f.text("door_disputes", "If the front door disagreed: what they said, and the line you took", "", 1, &ref.DoorDisputes))
}

// offered lists what was tried below the statutory levels.
func (p *referralPage) offered() []fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, s := range p.data.file.Supports {
		text := fmt.Sprintf("%s: %s, by %s, from %s", s.Level, s.What, s.By, s.From)
		if s.To != "" {
			text += " to " + s.To.String()
		}
		if s.WhyNotEnough != "" {
			text += ". Not enough: " + s.WhyNotEnough
		}
		rows = append(rows, quiet("•  "+text))
	}
	if rows == nil {
		rows = append(rows, quiet("Nothing is recorded as tried. Add what was offered on the pupil's page, under “What has been tried”."))
	}
	return rows
}

// numbers shows whom to ring when a child is at risk now. Where a number is not
// known it leads to the one place where they are entered, and back.
func (p *referralPage) numbers() fyne.CanvasObject {
	door, school := p.data.local.FrontDoor, p.data.school
	unknown := false
	line := func(what, number string) string {
		if number == "" {
			number = "not known"
			unknown = true
		}
		return what + ": " + number
	}
	text := quiet("If a child is at risk now, ring first and then always confirm in writing, even when told there is no need.\n" +
		strings.Join([]string{line(orElse(door.Name, "Front door"), orElse(door.Phone, school.FrontDoor)), line("Out of hours", orElse(door.OutOfHoursPhone, school.OutOfHours)),
			line("Police, in an emergency", door.Police)}, "   ·   "))
	if !unknown || !p.writes() {
		return text
	}
	enter := newButton("Enter the numbers", func() {
		to := newProceduresPage(p.w)
		to.goBack = func() {
			back := newReferralPage(p.w, p.pupil, p.id)
			back.at = p.at
			p.w.open(back)
		}
		p.w.open(to)
	})
	return container.NewBorder(nil, nil, nil, container.NewCenter(enter), text)
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// questions returns what case reviews would ask here about some issues, each
// with its source.
func (p *referralPage) questions(about ...referral.Issue) []fyne.CanvasObject {
	rows := column(-6, subheading("Questions that case reviews ask"))
	n := len(rows.Objects)
	for _, q := range referral.Questions(p.data.file, p.data.ref, p.data.local, p.data.now) {
		if slices.Contains(about, q.Issue) {
			rows.Add(questionText(q))
		}
	}
	if len(rows.Objects) == n {
		return nil
	}
	return []fyne.CanvasObject{tinted(palette[colorLit], rows)}
}

// questionText shows one question with its issue and its source.
func questionText(q referral.Question) fyne.CanvasObject {
	what := plainText(q.Ask)
	issue := quiet(string(q.Issue))
	issue.TextStyle.Bold = true
	return column(-12, issue, what, quiet(q.Source))
}

// lacking says what the decisions still lack.
func (p *referralPage) lacking() []fyne.CanvasObject {
	var rows []fyne.CanvasObject
	if since := p.changedSince(); since != "" {
		rows = append(rows, quiet("•  "+since+" Compare the level with the words as they are now."))
	}
	for _, c := range referral.Cautions(p.data.file, p.data.ref) {
		rows = append(rows, quiet("•  "+c))
	}
	for _, m := range referral.ThreeDecisions(p.data.ref) {
		if m.Field == "decided_at" || m.Field == "decided_by" {
			continue // they come with the decision
		}
		rows = append(rows, quiet(fmt.Sprintf("•  Decision %d: %s", m.Decision, m.Sentence)))
	}
	if rows == nil {
		return nil
	}
	return []fyne.CanvasObject{tinted(palette[colorLit], column(-10, append([]fyne.CanvasObject{subheading("Still missing")}, rows...)...))}
}

// decided shows the decisions of a referral that was sent: they are history. To
// who only reads it shows those of a draft, too.
func (p *referralPage) decided() fyne.CanvasObject {
	r, by := p.data.ref, referral.Deciders(p.data.ref)
	say := func(label, text string) fyne.CanvasObject { return newField(label, prose(orElse(text, "—"))) }
	who := func(n int) fyne.CanvasObject { return quiet("Decided by " + orElse(by[n].String(), "—")) }
	told := r.ParentsTold.String()
	if r.ParentsTold == records.Yes {
		told += ": " + r.ParentsWho + ", " + r.ParentsWhen.String() + ". Consent: " + orElse(strings.ToLower(r.Consent.String()), "not recorded") + ". " + r.ParentsSaid
	} else {
		told += ". " + r.ParentsWhy
	}
	level := []fyne.CanvasObject{subheading("Level"), who(0), say("Level", r.Level.String()), say("Why", r.LevelReason),
		say("Threshold criteria met", r.Threshold)}
	var also []string
	for _, s := range p.siblings(&r) {
		if s.on {
			also = append(also, s.name)
		}
	}
	if also != nil {
		level = append(level, say("Brothers and sisters on the same referral", strings.Join(also, "\n")))
	}
	response := card(subheading("Response"), who(1), say("Asked for", r.Response.String()), say("Why", r.ResponseWhy))
	if r.NotReferred != "" {
		response = card(subheading("Not referred"), who(1), say("Why", r.NotReferred))
	}
	rows := column(8, card(level...), response,
		card(subheading("Parents told"), who(2), prose(told), say("If the front door disagreed", r.DoorDisputes)))
	if r.SentAt == "" {
		rows.Objects = slices.Concat(p.lacking(), rows.Objects)
	} else {
		rows.Add(quiet("What was sent is not changed afterwards. " + p.changedSince()))
	}
	return container.NewVBox(rows)
}

// stepSides names who raises a rung and with whom.
func stepSides(s records.Step) string { return s.Ours + ", to " + lowerFirst(s.Theirs) }

func rungLine(n int, s records.Step) string {
	limit := "no limit set"
	if s.Days > 0 {
		limit = count(s.Days, "working day", "working days")
	}
	return fmt.Sprintf("%d.  %s: %s", n, stepSides(s), limit)
}
