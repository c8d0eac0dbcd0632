package chronology

import (
	"slices"

	"throughline/chronology/wording"
	"throughline/records"
)

// findings returns what is vague or unfair in a concern; nothing on a bare line.
func (b *builder) findings(c *records.Concern) []Finding {
	if b.bare {
		return nil
	}
	return append(check(wording.Concern, "account", c.Account), FindingsAfter(b.f, c)...)
}

// check is check, but for a bare line.
func (b *builder) check(field wording.Field, name, text string) []Finding {
	if b.bare {
		return nil
	}
	return check(field, name, text)
}

// FindingsAfter returns what is vague or unfair in what was done and decided
// about a concern, and in what came of it. A decision to keep watching is no
// longer vague once the plan that answers it says what is watched, until when,
// and what happens then.
func FindingsAfter(f *records.File, c *records.Concern) []Finding {
	plan := f.PlanFor(c.ID)
	var after []Finding
	after = append(after, check(wording.Action, "action", c.Action)...)
	after = append(after, check(wording.Decision, "decision", c.Decision)...)
	after = append(after, check(wording.Outcome, "outcome", c.Outcome)...)
	if plan != nil && plan.What != "" && plan.Until != "" && plan.NextSteps != "" {
		after = slices.DeleteFunc(after, func(f Finding) bool { return f.Kind == wording.VagueMonitoring })
	}
	return after
}

// check returns the findings in one field of a record. name is the field's
// JSON name; byte places are in text.
func check(field wording.Field, name, text string) []Finding {
	var found []Finding
	for _, f := range wording.Check(field, text).Findings {
		found = append(found, Finding{Field: name, Finding: f, Text: text[f.Start:f.End]})
	}
	return found
}

// Vague reports whether the entry holds a plan to watch that does not say what,
// how long or what next. It stays flagged until all three are given.
func (e *Entry) Vague() bool {
	return slices.ContainsFunc(e.Findings, func(f Finding) bool { return f.Kind == wording.VagueMonitoring })
}

// Vagueness returns the findings that keep others from acting on an entry: a
// plan to watch, an action or help of which it is not said what it is.
func (e *Entry) Vagueness() []Finding {
	var found []Finding
	for _, f := range e.Findings {
		switch f.Kind {
		case wording.VagueMonitoring, wording.VagueAction, wording.VagueSupport:
			found = append(found, f)
		}
	}
	return found
}
