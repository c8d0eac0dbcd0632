package chronology

import (
	"encoding/json"
	"slices"

	"throughline/chronology/pattern"
	"throughline/records"
)

// Dismiss returns the record that sets a statement about a pupil's line aside.
func Dismiss(pupil records.ID, s pattern.Statement, reason string) records.Dismissal {
	d := records.Dismissal{
		Pupil: pupil, Of: string(s.Kind), Subject: s.Subject, Text: s.Text,
		Count: s.Count, Chance: s.Chance, Reason: reason,
	}
	for _, key := range s.Keys {
		d.RestsOn = append(d.RestsOn, records.ID(key))
	}
	return d
}

// dismissed returns the statement that a dismissal set aside.
func dismissed(d records.Dismissal) pattern.Statement {
	s := pattern.Statement{Kind: pattern.Kind(d.Of), Subject: d.Subject, Text: d.Text, Count: d.Count, Chance: d.Chance}
	for _, id := range d.RestsOn {
		s.Keys = append(s.Keys, string(id))
	}
	return s
}

// SetAside takes out of a reading what was dismissed and what new entries have
// not made stronger since. It returns what stands and the dismissals that are in
// force.
func SetAside(r pattern.Reading, dismissals []records.Dismissal) (pattern.Reading, []records.Dismissal) {
	var force []records.Dismissal
	all := r.All()
	for _, d := range dismissals {
		old := dismissed(d)
		if d.TakenBack == "" && slices.ContainsFunc(all, func(s pattern.Statement) bool { return s.Is(old) && !s.Strengthens(old) }) {
			force = append(force, d)
		}
	}
	for _, list := range []*[]pattern.Statement{&r.Patterns, &r.Deterioration, &r.Unanswered, &r.Quiet, &r.Drift} {
		for _, d := range force {
			*list = pattern.Fresh(*list, []pattern.Statement{dismissed(d)})
		}
	}
	return r, force
}

// Changed returns what a reading says that somebody has not seen, or that new
// entries have made stronger since: what gets worse, what recurs, what has gone
// unanswered and what was decided again, the gravest first (see
// [pattern.ByGravity]). Silence and a plan that only grew older are no change. seen is what KeepSeen returned when they last looked; an
// empty text is somebody who never did.
func Changed(r pattern.Reading, seen string) []pattern.Statement {
	var before []pattern.Statement
	if json.Unmarshal([]byte(seen), &before) != nil {
		before = nil // of an older edition: raise it once more rather than never
	}
	all := slices.Concat(r.Deterioration, r.Patterns, r.Unanswered)
	for _, s := range r.Drift {
		if s.Count > 1 {
			all = append(all, s)
		}
	}
	fresh := pattern.Fresh(all, before)
	slices.SortStableFunc(fresh, pattern.ByGravity)
	return fresh
}

// KeepSeen returns, as text to keep, what somebody has seen who looks at a
// reading now.
func KeepSeen(r pattern.Reading) string {
	all := r.All()
	for i := range all {
		all[i].Text = "" // it is made anew from the record; its words need not be kept
	}
	b, err := json.Marshal(all)
	if err != nil {
		panic(err) // text and numbers always marshal
	}
	return string(b)
}
