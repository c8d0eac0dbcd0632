// Package supervision prepares the session in which a supervisor hears a DSL's
// cases, drafts what is said of each child, and writes the report.
//
// [Next] says which pupils to bring and why, from the live caseload;
// [NoteOf] drafts the note about one child, and [Decisions] offers the decisions
// to test. [Read] and [ReadSession] gather what a report tells from the store,
// and [WritePeriod] and [WriteSession] write it as a tagged PDF.
//
// It ranks nobody by a score: a pupil is brought for reasons, each with the
// records it rests on. It never calls a fall in entries an improvement.
package supervision

import (
	"throughline/chronology"
	"throughline/chronology/wording"
	"throughline/records"
)

// vague reports whether what was done or decided about a concern can be acted on
// by nobody: a plan to watch, an action or help that says too little.
func vague(file *records.File, c *records.Concern) bool {
	for _, f := range chronology.FindingsAfter(file, c) {
		switch f.Kind {
		case wording.VagueMonitoring, wording.VagueAction, wording.VagueSupport:
			return true
		}
	}
	return false
}

// own reports whether a concern is about the pupil whose file it stands in; it
// stands in the files of all who took part.
func own(f *records.File, c *records.Concern) bool { return c.Pupil == f.Pupil.ID }

// dayOf returns the day of a concern, or the day on which it was written where
// it is undated.
func dayOf(c *records.Concern) records.Date {
	if c.When.Date == "" {
		return c.CreatedAt.Date()
	}
	return c.When.Date
}

func refOf(k records.Kind, m records.Meta) records.Ref {
	return records.Ref{Kind: k, ID: m.ID, Version: m.Version}
}
