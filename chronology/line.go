package chronology

import (
	"slices"
	"strings"

	"throughline/chronology/wording"
	"throughline/records"
)

// Of returns every record of the file on one line: concerns, actions done,
// monitoring and support begun and ended, statuses, moves into and out of the
// household, referrals and what was answered, challenges, meetings, measures,
// good practice, what was shared, and what supervision said.
// What lies after the day the file was read (a plan that ends next month) has
// not happened and is left out.
func Of(f *records.File) Line {
	b := builder{f: f, today: f.Read.Date()}
	return b.lay()
}

// Bare returns the line of Of without its findings, for arithmetic over a whole
// school: to read every sentence takes most of the time.
func Bare(f *records.File) Line {
	b := builder{f: f, today: f.Read.Date(), bare: true}
	return b.lay()
}

// lay lays every record on the line, in order.
func (b *builder) lay() Line {
	b.concerns()
	b.plans()
	b.supports()
	b.statuses()
	b.household()
	b.referrals()
	b.replies()
	b.challenges()
	b.meetings()
	b.impacts()
	b.practices()
	b.disclosures()
	b.documents()
	b.notes()
	slices.SortStableFunc(b.line, func(a, z Entry) int {
		if c := strings.Compare(a.order(), z.order()); c != 0 {
			return c
		}
		return strings.Compare(string(a.Recorded), string(z.Recorded))
	})
	return b.line
}

// order returns what sorts an entry in time. A challenge is resolved by the
// answers of that day, so it comes after them.
func (e *Entry) order() string {
	if e.Ref.Kind == records.KindChallenge && e.When.At == "" {
		return e.When.Sort() + "T~"
	}
	return e.When.Sort()
}

type builder struct {
	f     *records.File
	today records.Date
	bare  bool // without findings
	line  Line
}

// add puts an entry on the line, with what every entry has.
func (b *builder) add(kind records.Kind, m records.Meta, e Entry) {
	e.Ref = records.Ref{Kind: kind, ID: m.ID, Version: m.Version}
	e.Recorded = m.CreatedAt
	e.By = b.f.Author(m)
	if e.Agency == "" {
		e.Agency = "School"
	}
	if e.Standing == "" {
		e.Standing = records.Fact
	}
	if e.When.Date != "" {
		e.Status = b.f.StatusOn(e.When.Date)
	}
	b.line = append(b.line, e)
}

// happened reports whether d is a day that has come.
func (b *builder) happened(d records.Date) bool {
	return d != "" && (b.today == "" || d <= b.today)
}

func (b *builder) concerns() {
	for i := range b.f.Concerns {
		c := &b.f.Concerns[i]
		e := Entry{
			When:         c.When,
			Agency:       c.Agency,
			Imported:     imported(c),
			Source:       join(": ", c.Source.String(), c.SeenBy),
			Category:     c.Category(),
			Categories:   c.Categories,
			Severity:     c.Severity,
			Place:        c.Place,
			Title:        "Concern: " + c.Category().String(),
			Event:        c.Account,
			Summary:      c.Line,
			Opinion:      join(" It rests on: ", c.Opinion, c.OpinionBasis),
			Significance: "−",
			Significant:  c.Significant || c.Severity >= 4,
			Impact:       c.Presentation,
			Voice:        c.ChildsWords,
			Response:     parents(c.ParentsTold, c.ParentsWhy),
			Action:       c.Action,
			Decision:     join(" — ", c.Decision, c.DecidedBy),
			Reason:       c.Reason,
			Outcome:      paragraphs(c.Outcome, closing(c)),
			Closed:       c.Closed != "",
			Again:        len(c.Reopened) > 0,
			Findings:     b.findings(c),
		}
		if c.Source == records.Unattributed {
			e.Standing = records.Hearsay
		}
		if c.Question != "" {
			e.Event = paragraphs(e.Event, "The child was asked: "+c.Question)
		}
		if c.Pupil != b.f.Pupil.ID {
			e.asOther(b.part(c))
		}
		b.add(records.KindConcern, c.Meta, e)
	}
}

// imported returns what kind of file a concern was brought in from, and what it
// is called there; "" for one that was written here.
func imported(c *records.Concern) string {
	if c.Imported == "" {
		return ""
	}
	return c.Imported + label(", reference ", c.Reference)
}

// part returns the part this pupil had in a concern about another child.
func (b *builder) part(c *records.Concern) records.Part {
	for _, o := range c.Also {
		if o.Pupil == b.f.Pupil.ID {
			return o.Part
		}
	}
	return records.Mentioned
}

// asOther makes the entry one about another child: the words, the presentation
// and the parents' answer are that child's and not this one's.
func (e *Entry) asOther(p records.Part) {
	e.Part = p
	e.Title = "In another child's concern, as " + strings.ToLower(p.String()) + ": " + e.Category.String()
	if e.Voice != "" {
		e.Event = paragraphs(e.Event, "The other child said: "+e.Voice)
	}
	e.Voice, e.Impact, e.Response, e.Significance = "", "", "", ""
}

// parents returns whether the parents were told, and what they said or why not.
func parents(told records.Answer, why string) string {
	switch told {
	case records.Yes:
		return join(". ", "Told", why)
	case records.No:
		return join(": ", "Not told", why)
	}
	return why
}

func (b *builder) plans() {
	for i := range b.f.Actions {
		a := &b.f.Actions[i]
		if !b.happened(a.Done) {
			continue
		}
		b.add(records.KindAction, a.Meta, Entry{
			When: records.On(a.Done), Title: "Action done", Source: a.Who,
			Event: a.What, Action: a.What + " (" + a.Who + ")", Outcome: a.Result,
			Findings: b.check(wording.Outcome, "result", a.Result),
		})
	}
	for i := range b.f.Monitorings {
		m := &b.f.Monitorings[i]
		if b.happened(m.From) {
			b.add(records.KindMonitoring, m.Meta, Entry{
				When: records.On(m.From), Title: "Monitoring begun", Source: m.Who,
				Event:    "Watched for: " + m.What,
				Action:   join(", ", m.Who, m.HowOften, "until "+m.Until.String()),
				Decision: paragraphs(label("Next steps: ", m.NextSteps), label("What would change the plan: ", m.WouldChange)),
			})
		}
		if b.happened(m.Ended) {
			b.add(records.KindMonitoring, m.Meta, Entry{
				When: records.On(m.Ended), Title: "Monitoring ended", Source: m.Who,
				Event: "Watched for: " + m.What, Outcome: m.Result,
				Findings: b.check(wording.Outcome, "result", m.Result),
			})
		}
	}
}

func (b *builder) supports() {
	for i := range b.f.Supports {
		s := &b.f.Supports[i]
		if b.happened(s.From) {
			b.add(records.KindSupport, s.Meta, Entry{
				When: records.On(s.From), Title: "Support begun", Source: s.By, Significance: "+",
				Event:  paragraphs(s.What, label("Level: ", s.Level.String()), label("Aim: ", s.Aim)),
				Impact: label("Before: ", s.Before), Action: join(": ", s.By, s.What),
			})
		}
		if b.happened(s.To) {
			b.add(records.KindSupport, s.Meta, Entry{
				When: records.On(s.To), Title: "Support ended", Source: s.By,
				Event:    s.What,
				Impact:   paragraphs(label("Before: ", s.Before), label("After: ", s.After)),
				Outcome:  paragraphs(s.Result, label("Why it was not enough: ", s.WhyNotEnough)),
				Findings: b.check(wording.Outcome, "result", s.Result),
			})
		}
	}
}

func (b *builder) statuses() {
	for i := range b.f.Bands {
		s := &b.f.Bands[i]
		what := join(": ", s.Status.String(), s.Category)
		if b.happened(s.From) {
			b.add(records.KindStatus, s.Meta, Entry{
				When: records.On(s.From), Title: "Status begun", Source: s.Worker, Significant: true,
				Event: paragraphs(what+" from this day.", label("Worker: ", s.Worker)),
			})
		}
		if b.happened(s.To) {
			b.add(records.KindStatus, s.Meta, Entry{
				When: records.On(s.To), Title: "Status ended", Source: s.Worker, Significant: true,
				Event: what + " until this day.",
			})
		}
	}
}

func (b *builder) household() {
	for i := range b.f.Ties {
		t := &b.f.Ties[i]
		who := t.Relationship
		if p, ok := b.f.People[t.Person]; ok && p.Name != "" {
			who = p.Name + " (" + t.Relationship + ")"
		}
		risk := ""
		switch {
		case t.RiskFactors != "" && t.Strength == "":
			risk = "−"
		case t.Strength != "" && t.RiskFactors == "":
			risk = "+"
		}
		if b.happened(t.LivesFrom) {
			b.add(records.KindTie, t.Meta, Entry{
				When: records.On(t.LivesFrom), Title: "Change at home", Significant: true, Significance: risk,
				Event:  who + " lives in the household from this day.",
				Impact: paragraphs(label("Risk: ", t.RiskFactors), label("Strength: ", t.Strength)),
			})
		}
		if b.happened(t.LivesTo) {
			b.add(records.KindTie, t.Meta, Entry{
				When: records.On(t.LivesTo), Title: "Change at home", Significant: true,
				Event: who + " no longer lives in the household after this day.",
			})
		}
	}
}

func (b *builder) disclosures() {
	for i := range b.f.Disclosures {
		d := &b.f.Disclosures[i]
		e := Entry{When: at(d.At), Title: "Information shared", Event: d.What + " was shared with " + d.To + ".", Reason: d.Basis}
		if d.TakenBack != "" {
			e.Title, e.Event, e.Reason = "Noted as shared by mistake", d.What+" was noted as shared with "+d.To+", and did not go out.", d.TakenBack
		}
		b.add(records.KindDisclosure, d.Meta, e)
	}
}

// at returns the When of an instant, undated when the instant is not known.
func at(s records.Stamp) records.When { return records.AtTime(s.Time()) }

// label returns s behind its label, or "" when s is empty.
func label(name, s string) string {
	if s == "" {
		return ""
	}
	return name + s
}

// join returns the parts that are not empty with sep between them.
func join(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), sep)
}

// paragraphs returns the parts that are not empty, each on a line of its own.
func paragraphs(parts ...string) string { return join("\n", parts...) }

// closing says when a concern was closed and what was settled, or when it was
// opened again; empty for one that was never closed.
func closing(c *records.Concern) string {
	if c.Closed != "" {
		return "Closed on " + c.Closed.String() + ": " + c.ClosedWhy
	}
	if n := len(c.Reopened); n > 0 {
		return "Closed once, and open again since " + c.Reopened[n-1].String() + "."
	}
	return ""
}
