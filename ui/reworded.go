package ui

import (
	"slices"
	"strings"
	"time"

	"throughline/chronology/wording"
	"throughline/records"
)

// stoodFor is how long a finding has to stand beside a form before its going
// counts as an answer to it; what stood for less was half a sentence.
const stoodFor = 3 * time.Second

// mostReworded is how many changes one concern keeps.
const mostReworded = 20

// reworded follows the findings that stand beside a form and keeps those that
// the writer answered by writing something else.
type reworded struct {
	now   func() time.Time
	since map[records.Rewording]time.Time // findings that stand, and from when on
	gone  []records.Rewording             // that stood and were answered, in that order
}

// see is told which findings stand now.
func (r *reworded) see(standing []records.Rewording) {
	for _, f := range standing {
		if _, there := r.since[f]; !there {
			r.since[f] = r.now()
		}
		r.gone = slices.DeleteFunc(r.gone, func(g records.Rewording) bool { return g == f }) // it is back
	}
	for f, from := range r.since {
		if slices.Contains(standing, f) {
			continue
		}
		delete(r.since, f)
		if r.now().Sub(from) >= stoodFor {
			r.gone = append(r.gone, f)
		}
	}
}

// after returns what was changed in earlier versions and in this one.
func (r *reworded) after(earlier []records.Rewording) []records.Rewording {
	all := slices.Concat(earlier, r.gone)
	return all[:min(len(all), mostReworded)]
}

// findingOf names a finding in a field.
func findingOf(field string, f wording.Finding, text string) records.Rewording {
	return records.Rewording{Field: field, Kind: string(f.Kind), Was: text[f.Start:f.End]}
}

// rewordedInWords says what was changed after a question.
func rewordedInWords(all []records.Rewording) string {
	var said []string
	for _, r := range all {
		said = append(said, nameOfField(r.Field)+": “"+r.Was+"”")
	}
	return strings.Join(said, "\n")
}

// reworded reports whether a concern was changed after a question, before it was
// kept.
func (d *pupilData) reworded(id records.ID) bool {
	return slices.ContainsFunc(d.file.Concerns, func(c records.Concern) bool { return c.ID == id && len(c.Reworded) > 0 })
}
