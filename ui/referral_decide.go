package ui

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"throughline/records"
	"throughline/referral"
)

// decide is the step of the three decisions.
func (p *referralPage) decide() fyne.CanvasObject {
	ref := p.data.ref
	if ref.SentAt != "" {
		return p.decided()
	}
	if ref.DecidedBy == "" {
		ref.DecidedBy = p.w.store.Me.Name + ", " + p.w.store.Me.Role.String()
	}
	var f *form
	f = p.form("decide", "Keep the decisions", func() {
		if ref.DecidedAt == "" {
			ref.DecidedAt = records.StampOf(p.w.now())
		}
		then := stepDecide
		if ref.NotReferred == "" {
			then = stepPack
		}
		p.keep(f, &ref, "The three decisions.", then)
	})
	f.box.Add(card(subheading("First: which level of help does this child need?"),
		quiet("The lowest level that meets the need is the right one. What was offered below it, and why that was not enough, gives a referral its weight."),
		column(0, p.offered()...),
		row(choice(f, "level", "Level", "Choose", records.Levels(), &ref.Level),
			f.text("level_reason", "Why this level", "What was offered at each lower level, and why it was not enough", 3, &ref.LevelReason))))
	f.box.Add(card(subheading("Second: immediate risk of harm, or need for assessment?"), p.numbers(),
		row(choice(f, "response", "Response", "Choose", []records.Response{records.Immediate, records.Assessment}, &ref.Response),
			f.text("response_why", "Why", "", 2, &ref.ResponseWhy))))
	f.box.Add(p.parents(f, &ref))
	f.box.Add(card(row(f.line("decided_by", "Decided by", "", &ref.DecidedBy)),
		f.text("not_referred", "If you decide not to refer: why", "Leave empty to go on with the referral", 2, &ref.NotReferred)))
	f.finish()
	return container.NewVBox(column(8, slices.Concat(p.questions(referral.Issues()...), p.lacking(), []fyne.CanvasObject{f.box})...))
}

// parents is the third decision.
func (p *referralPage) parents(f *form, ref *records.Referral) fyne.CanvasObject {
	reasons := quiet("Parents are normally told, and their consent sought for section 17. They are not told where " +
		strings.ToLower(strings.Join(asStrings(records.NotToldReasons()), "; ")) + ". Then say which, and why here.")
	return card(subheading("Third: are the parents told?"), reasons,
		row(choice(f, "parents_told", "Told?", "Choose", []records.Answer{records.Yes, records.No}, &ref.ParentsTold),
			f.date("parents_when", "When", &ref.ParentsWhen),
			f.line("parents_who", "Who was told, by whom, how", "", &ref.ParentsWho),
			choice(f, "consent", "Consent", "Choose", records.Consents(), &ref.Consent)),
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

// numbers shows whom to ring when a child is at risk now.
func (p *referralPage) numbers() fyne.CanvasObject {
	door, school := p.data.local.FrontDoor, p.data.school
	line := func(what, number string) string {
		if number == "" {
			number = "not known: find it now, and keep it on the settings page"
		}
		return what + ": " + number
	}
	text := quiet("If a child is at risk now, ring first and then always confirm in writing, even when told there is no need.\n" +
		strings.Join([]string{line(orElse(door.Name, "Front door"), orElse(door.Phone, school.FrontDoor)), line("Out of hours", orElse(door.OutOfHoursPhone, school.OutOfHours)),
			line("Police, in an emergency", door.Police)}, "   ·   "))
	return text
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
	for _, m := range referral.ThreeDecisions(p.data.ref) {
		rows = append(rows, quiet(fmt.Sprintf("•  Decision %d: %s", m.Decision, m.Sentence)))
	}
	for _, c := range referral.Cautions(p.data.file, p.data.ref) {
		rows = append(rows, quiet("•  "+c))
	}
	if rows == nil {
		return nil
	}
	return []fyne.CanvasObject{tinted(palette[colorLit], column(-10, append([]fyne.CanvasObject{subheading("Still missing")}, rows...)...))}
}

// decided shows the decisions of a referral that was sent: they are history.
func (p *referralPage) decided() fyne.CanvasObject {
	r := p.data.ref
	say := func(label, text string) fyne.CanvasObject { return newField(label, prose(orElse(text, "—"))) }
	told := r.ParentsTold.String()
	if r.ParentsTold == records.Yes {
		told += ": " + r.ParentsWho + ", " + r.ParentsWhen.String() + ". Consent: " + orElse(strings.ToLower(r.Consent.String()), "not recorded") + ". " + r.ParentsSaid
	} else {
		told += ". " + r.ParentsWhy
	}
	return container.NewVBox(column(8,
		card(subheading("Level"), say("Level", r.Level.String()), say("Why", r.LevelReason)),
		card(subheading("Response"), say("Asked for", r.Response.String()), say("Why", r.ResponseWhy)),
		card(subheading("Parents told"), prose(told), say("If the front door disagreed", r.DoorDisputes)),
		quiet("Decided by "+orElse(r.DecidedBy, "—")+", "+r.DecidedAt.String()+". What was sent is not changed afterwards.")))
}

func rungLine(n int, s records.Step) string {
	limit := "no limit set"
	if s.Days > 0 {
		limit = count(s.Days, "working day", "working days")
	}
	return fmt.Sprintf("%d.  %s with %s: %s", n, s.Ours, s.Theirs, limit)
}
