package pack

import (
	"slices"

	"throughline/chronology"
	"throughline/chronology/pattern"
	"throughline/records"
)

// forPack are the statements about what is unanswered that belong in a
// referral. The others are the school's own work to finish first.
var forPack = []pattern.Kind{
	pattern.NotSeen, pattern.InjuryAfterNoAction, pattern.ExplanationsDiffer, pattern.AbsenceThenInjury,
	pattern.WithdrawnAfterChallenge, pattern.SiblingNotAsked, pattern.UnresolvedDisagreement,
}

// analysis sets down what the pattern of the line shows, each statement with
// its entries, and the opinions of those who wrote them.
func (d *drafter) analysis() {
	r, _ := chronology.SetAside(pattern.Read(chronology.Events(d.f, d.line), d.f.Calendar, d.today), d.f.Dismissals)
	for _, s := range slices.Concat(r.Deterioration, r.Patterns, r.Unanswered, r.Quiet, r.Drift) {
		if slices.ContainsFunc(r.Unanswered, func(u pattern.Statement) bool { return u.Kind == s.Kind }) && !slices.Contains(forPack, s.Kind) {
			continue
		}
		var rests []records.Ref
		for _, row := range s.Rows {
			if row >= 1 && row <= len(d.line) {
				rests = append(rests, d.line[row-1].Ref)
			}
		}
		d.say(records.Fact, s.Text, rests...)
	}
	for _, e := range d.told() {
		d.opinion(e)
	}
}
